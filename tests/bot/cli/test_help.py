"""The command line teaches: every command shows an example."""

import re

import pytest

from tests.bot.cli.command_line import Disposisi

PERSONAL = (
    "person import",
    "person list",
    "person remove",
    "person unbind",
    "person end-tenure",
    "person dismiss-admin",
)
SEALS = ("checkpoint show", "checkpoint list", "checkpoint key", "checkpoint rotate", "checkpoint restart")
COMMANDS = ("run", "demo", "check", "invite", "verify", "migrate", "backup", "restore", "register", "rekap")


class TestHelp:
    def test_without_a_command_it_teaches(self, disposisi: Disposisi) -> None:
        said = disposisi()
        assert "disposisi demo" in said
        for command in (*COMMANDS, "person", "archive", "sop", "checkpoint"):
            assert command in said

    @pytest.mark.parametrize(
        "command", [*COMMANDS, *PERSONAL, *SEALS, "sop check", "sop show", "archive show", "archive erase"]
    )
    def test_every_command_shows_an_example(self, disposisi: Disposisi, command: str) -> None:
        said = disposisi(*command.split(), "--help")
        assert said.code == 0
        assert re.search(rf"Examples?: *disposisi {command}", " ".join(said.out.split()))

    def test_the_version(self, disposisi: Disposisi) -> None:
        said = disposisi("--version")
        assert said.code == 0
        assert said.out.startswith("disposisi")

    def test_a_mistyped_command_is_a_usage_error(self, disposisi: Disposisi) -> None:
        said = disposisi("verfy")
        assert said.code == 2
        assert "verify" in said
