"""The office of the handlers' tests, whose people chat in memory, for attacks on it."""

from tests.handlers.conftest import Office, Pegawai, Stranger, another, office, packaged_rules, stranger

__all__ = ["Office", "Pegawai", "Stranger", "another", "office", "packaged_rules", "stranger"]
