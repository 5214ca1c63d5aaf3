"""Papers and pictures: templates, fonts, and the thread on which Typst sets them."""
