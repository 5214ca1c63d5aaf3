"""Rows about people, told in the office's journal by digests that say nothing once the salt of the row is gone."""

import hashlib
import json
import secrets

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

_SALT_BYTES = 16


def fresh_salt() -> bytes:
    """Return 128 random bits: what may be guessed of a person cannot be held against a digest without them."""
    return secrets.token_bytes(_SALT_BYTES)


class Salted:
    """The salt of a row. With the salt emptied, the digests that the journal has of the row can be told from nothing.

    The salt is kept in the row alone. It is None for a row whose words were erased.
    """

    salt: Mapped[bytes | None] = mapped_column(LargeBinary(_SALT_BYTES), default=fresh_salt)


def salted_digest(salt: object, column: str, value: object) -> str | None:
    """Return the digest by which the journal tells the value of a column; None for no value.

    It is SHA-256 over the salt and the JSON of the column's name and the value; without a salt, over the JSON alone.
    """
    if value is None:
        return None
    told = json.dumps([column, value], ensure_ascii=False, separators=(",", ":"), default=repr)
    return hashlib.sha256((salt if isinstance(salt, bytes) else b"") + told.encode("utf-8", "replace")).hexdigest()
