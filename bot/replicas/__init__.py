"""Several processes on one database: which are present, which one leads, which one serves a chat."""
