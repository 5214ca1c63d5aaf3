"""Why the program cannot start or go on, as typed errors whose text is for the person at the command line.

Each text says what is wrong, where, and what to do; none holds a secret. The command line prints it and ends.
"""


class Stopped(Exception):
    """The base of everything that keeps the program from running and that its operator can mend."""


class InvalidSettings(Stopped):
    """A variable of the environment or of `.env` is missing or cannot be used."""


class DatabaseUnusable(Stopped):
    """The database cannot be opened, read or written."""


class SchemaOutdated(Stopped):
    """The tables of the database are not those this version of the program works with."""


class OfficeUnfit(Stopped):
    """The office file and the SOP files are each valid but do not fit each other."""


class AlreadyRunning(Stopped):
    """Another process serves this database. `pid` is its number where known."""

    def __init__(self, message: str, *, pid: int | None) -> None:
        super().__init__(message)
        self.pid = pid


class TokenRejected(Stopped):
    """Telegram does not know the token, or has withdrawn it.

    It is raised from None: the library's own message may hold the token.
    """

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not know the token in TELEGRAM_BOT_TOKEN. Copy it again from @BotFather, or ask there for a "
            "new one."
        )
