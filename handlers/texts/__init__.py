"""The words that people read: a folder of texts for each language, and the wording of time."""
