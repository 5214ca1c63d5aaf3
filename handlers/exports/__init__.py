"""Files made of the record: the register as a spreadsheet, as CSV and as JSON Lines. Pure: rows in, a file out."""
