"""The record as plain lines, for an export: read in pages, in the form that docs/export-format.md describes."""
