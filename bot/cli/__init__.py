"""The command line: `commands` says how each command is typed, the other modules what it does."""
