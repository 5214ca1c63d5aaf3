"""The URL of a database: which kind of database it names, where that is, and the password in it."""

import re
from urllib.parse import unquote

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.stopped import DatabaseUnusable
from bot.storage.postgresql import Postgresql
from bot.storage.sqlite import Sqlite
from bot.storage.store import Store

_NO_URL = (
    "DATABASE_URL is not an SQLAlchemy URL. Write it like sqlite:///disposisi.db or "
    "postgresql+psycopg://user:password@host:5432/disposisi, with each of : / @ # ? % in the password as "
    "%3A %2F %40 %23 %3F %25."
)
_AFTER_THE_USER = re.compile(r"://[^:/@]*:(?P<password>.*)@")


def store_at(url: str) -> Store:
    """Return the kind of database at a URL. Raises `DatabaseUnusable` for another URL than `Database` takes."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Not chained: the library's message holds a part of the URL, perhaps of its password.
        raise DatabaseUnusable(_NO_URL) from None
    if "@" in (parsed.host or ""):
        # An @ of the password was taken for its end: the host, which is printed, would hold the rest of it.
        raise DatabaseUnusable(_NO_URL)
    match parsed.get_backend_name():
        case "sqlite":
            return Sqlite(parsed)
        case "postgresql":
            return Postgresql(parsed)
        case name:
            raise DatabaseUnusable(
                f"DATABASE_URL names {name}, which is not supported. Use sqlite:///disposisi.db or postgresql://…"
            )


def password_in(url: str) -> str:
    """Return the password in the URL of a database, as the server is told it; "" where there is none.

    It is found in a URL that cannot be used, too: what is said of that URL must not hold it.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or "@" in (parsed.host or ""):
        found = _AFTER_THE_USER.search(url)
        return unquote(found["password"]) if found is not None else ""
    in_query = parsed.query.get("password") or ""
    return str(parsed.password or "") or (in_query if isinstance(in_query, str) else in_query[0])
