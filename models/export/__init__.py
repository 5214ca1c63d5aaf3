"""The record as plain lines, for an export: read in pages, in the form that docs/record-format.md describes."""
