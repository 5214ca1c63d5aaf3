# The language's own name, and what /bahasa answers.

language-name = English
language-chosen = 🇬🇧 English chosen. Other languages: { $others }
language-unknown = That language is not available yet. Choose: { $languages }
