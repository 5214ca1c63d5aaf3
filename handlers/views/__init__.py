"""The views of screens, found in the record and frozen."""
