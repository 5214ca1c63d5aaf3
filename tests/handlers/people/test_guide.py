"""Help tells each person what they may do, and strangers nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.people import guide

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai, Stranger

pytestmark = pytest.mark.databases("sqlite")

PARTS = ("Melapor", "Disposisi", "Penanganan", "Admin")


def asks(person: Pegawai) -> str:
    person.sends("/bantuan", guide.command)
    return person.chat.last.text


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("budi", ("Melapor",)),
        ("siti", ("Melapor", "Disposisi")),
        ("rina", ("Melapor", "Penanganan")),
        ("dewi", ("Melapor", "Admin")),
    ],
)
def test_help_names_only_what_this_person_may_do(office: Office, name: str, parts: tuple[str, ...]) -> None:
    text = asks(office[name])

    assert tuple(part for part in PARTS if f"\n{part}\n" in text) == parts
    assert ("/tugas" in text) == (name in {"siti", "rina"})
    assert "\n\n\n" not in text


def test_help_is_given_in_english_too(office: Office) -> None:
    def choose(records: Records) -> None:
        records.known(office["siti"].account_id).language = "en"

    office.work(choose)
    assert "What you can do" in asks(office["siti"])


def test_help_for_a_stranger_is_a_greeting(stranger: Stranger) -> None:
    assert "minta tautan undangan" in asks(stranger)
    assert "/tugas" not in stranger.chat.last.text


def test_a_command_that_there_is_not_is_answered_with_a_hint(office: Office, stranger: Stranger) -> None:
    for person in (office["budi"], stranger):
        person.sends("/tigas", lambda records, message, _words: guide.unknown_command(records, message))

    assert "/bantuan" in office["budi"].chat.last.text
    assert "minta tautan undangan" in stranger.chat.last.text


@pytest.mark.parametrize(("account", "language"), [("en-GB", "en"), ("id", "id"), ("fr", "id"), (None, "id")])
def test_somebody_never_met_is_spoken_to_in_the_language_of_their_account(
    office: Office, account: str | None, language: str
) -> None:
    spoken = office.work(lambda records: guide.language_of(records, 4711, account))
    assert office.texts.say(spoken).language == language


def test_a_persons_own_choice_goes_before_their_account(office: Office) -> None:
    siti = office["siti"].account_id

    assert office.work(lambda records: guide.language_of(records, siti, "en")) == "id"
