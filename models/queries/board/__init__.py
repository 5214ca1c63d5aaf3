"""The board: the open cases of an office, the worst first."""
