"""An export of the record: plain files that prove themselves without this program."""
