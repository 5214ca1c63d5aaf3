"""The office of the handlers' tests, whose people chat in memory, for attacks on it."""

from tests.handlers.conftest import (
    Office,
    Pegawai,
    Stranger,
    another,
    office,
    open_office_at,
    packaged_rules,
    stranger,
)

__all__ = [
    "Office",
    "Pegawai",
    "Stranger",
    "another",
    "office",
    "open_office_at",
    "packaged_rules",
    "stranger",
]
