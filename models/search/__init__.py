"""Words by which cases are found: their stems, the terms of a case, and the document that the database keeps of it."""
