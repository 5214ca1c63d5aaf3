"""First words of strangers and candidates: a few, of a few, for a few days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from models.administration import admission, first_words
from models.administration.first_words import CANDIDATES, FILES, LENGTH, MESSAGES, STRANGERS
from models.office.first_words import KEPT, FirstWords
from models.office.invitation import InviteKind
from models.office.registration import Registration
from models.upkeep.moving import serve_as
from models.upkeep.retention import let_go
from tests.models.rivals import meet

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.case.attachment import FileRecord
    from models.repository.records import Records
    from tests.models.bureau import Bureau

STRANGER = 500_000


def message(text: str = "", *, number: int = 1, file: str | None = None) -> dict[str, Any]:
    return {"message_id": number, "text": text, "album": None, "file": file, "joint": "\n"}


def photo(name: str) -> FileRecord:
    return {"kind": "photo", "file_id": name, "file_unique_id": name, "name": "", "size": 1, "caption": ""}


def keeps(bureau: Bureau, account_id: int, *texts: str) -> list[bool]:
    def keep(records: Records) -> list[bool]:
        return [first_words.keep(records, account_id, [message(text)], []) for text in texts]

    return bureau.work(keep)


def kept(bureau: Bureau, account_id: int) -> list[str]:
    def look(records: Records) -> list[str]:
        found = first_words.of(records, account_id)
        return [one["text"] for one in found.messages] if found is not None else []

    return bureau.work(look)


def rows(bureau: Bureau) -> int:
    return bureau.work(lambda records: records.session.scalar(select(func.count()).select_from(FirstWords)) or 0)


def waits(bureau: Bureau, account_id: int, *, nip: str | None = "199001012015031001") -> None:
    """Let an account wait for an admin."""

    def wait(records: Records) -> None:
        invite = admission.invite(records, InviteKind.OFFICE)
        waiting = Registration(account_id=account_id, nip=nip, name="Calon", begun_at=records.at)
        waiting.invite_id, waiting.waits_since = invite.id, records.at
        records.session.add(waiting)

    bureau.work(wait)


def test_the_first_messages_of_an_account_are_kept_and_no_more(bureau: Bureau) -> None:
    said = [f"Pesan {number}" for number in range(MESSAGES + 3)]
    assert keeps(bureau, STRANGER, *said) == [True] * MESSAGES + [False] * 3
    assert kept(bureau, STRANGER) == said[:MESSAGES]


def test_a_message_is_kept_whole_or_not_at_all(bureau: Bureau) -> None:
    assert keeps(bureau, STRANGER, "a" * (LENGTH - 10), "b" * 11, "c" * 10) == [True, False, True]
    assert [text[0] for text in kept(bureau, STRANGER)] == ["a", "c"]


def test_of_many_files_as_many_are_kept_as_have_room(bureau: Bureau) -> None:
    files = [photo(f"F{number}") for number in range(FILES + 2)]
    pieces = [message(file=file["file_unique_id"]) for file in files]

    def keep_each(records: Records) -> None:
        for piece, file in zip(pieces[:MESSAGES], files, strict=False):
            assert first_words.keep(records, STRANGER, [piece], [file])

    bureau.work(keep_each)
    assert bureau.work(lambda records: first_words.keep(records, STRANGER, pieces[-1:], files[-1:])) is False
    found = bureau.work(lambda records: first_words.of(records, STRANGER))
    assert found is not None
    assert [file["file_id"] for file in found.files] == ["F0", "F1", "F2", "F3", "F4"]


def test_a_flood_of_strangers_fills_its_own_places_and_no_candidate_loses_theirs(bureau: Bureau) -> None:
    for account in range(STRANGERS + 50):
        keeps(bureau, STRANGER + account, "Saya juga")
    assert rows(bureau) == STRANGERS
    waits(bureau, 7)
    assert keeps(bureau, 7, "SIMPEG tidak dapat dibuka") == [True]
    assert kept(bureau, 7) == ["SIMPEG tidak dapat dibuka"]


def test_candidates_are_bounded_too(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    assert CANDIDATES == 300
    monkeypatch.setattr(first_words, "CANDIDATES", 2)
    for account in (7, 8, 9):
        waits(bureau, account)
    assert [keeps(bureau, account, "Tolong")[0] for account in (7, 8, 9)] == [True, True, False]


@pytest.mark.databases("postgresql")
def test_strangers_who_come_at_once_take_no_more_places_than_there_are(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_words, "STRANGERS", 1)

    def keep(account_id: int) -> Callable[[Records], bool]:
        return lambda records: first_words.keep(records, account_id, [message("Halo")], [])

    first, second = meet(bureau, keep(STRANGER), keep(STRANGER + 1))
    assert (first, second.result, rows(bureau)) == (True, False, 1)


def test_what_is_too_old_is_forgotten_also_where_nobody_has_swept_yet(bureau: Bureau) -> None:
    keeps(bureau, STRANGER, "SIMPEG mati")
    bureau.at += KEPT - timedelta(seconds=1)
    assert kept(bureau, STRANGER) == ["SIMPEG mati"]
    bureau.work(lambda records: let_go(records.session, records.at))
    assert rows(bureau) == 1
    bureau.at += timedelta(seconds=1)
    assert kept(bureau, STRANGER) == []
    assert keeps(bureau, STRANGER, "Sekarang SAKTI") == [True]
    assert kept(bureau, STRANGER) == ["Sekarang SAKTI"]


def test_the_sweep_forgets_what_is_too_old(bureau: Bureau) -> None:
    keeps(bureau, STRANGER, "SIMPEG mati")
    bureau.at += KEPT
    bureau.work(lambda records: let_go(records.session, records.at))
    assert rows(bureau) == 0


def test_another_account_of_the_bot_begins_without_them(bureau: Bureau) -> None:
    keeps(bureau, STRANGER, "SIMPEG mati")

    def serve(records: Records) -> None:
        for account in (1, 2):
            serve_as(records, account_id=account, username="disposisi_bot")

    bureau.work(serve)
    assert rows(bureau) == 0
