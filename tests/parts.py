"""Parts of the program for tests that do not look at their metrics."""

from bot.metrics import Metrics
from bot.storage.database import Database
from bot.telegram.line import Line


def database_at(url: str) -> Database:
    return Database(url, metrics=Metrics())


def line_to(base_url: str, *, token: str, proxy: str | None = None) -> Line:
    return Line(token, base_url=base_url, proxy=proxy, metrics=Metrics())
