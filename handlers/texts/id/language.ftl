# The language's own name, and what /bahasa answers.

language-name = Bahasa Indonesia
language-chosen = 🇮🇩 Bahasa Indonesia dipilih. Bahasa lain: { $others }
language-unknown = Bahasa itu belum tersedia. Pilih: { $languages }
