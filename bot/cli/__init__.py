"""The command line: `commands` and `…_commands` say how each command is typed, the other modules what it does."""
