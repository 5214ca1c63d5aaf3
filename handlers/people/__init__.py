"""Registration, administration and help."""
