"""The stand-alone verifier: what was erased is proved with 3, and what lacks without an erasure is a fault."""

import json
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.export.verifier import ERASED, Line
from models.upkeep.erasing import erase_words
from tests.bot.export.forging import audited, chained_again, change, let_fit
from tests.bot.export.played import PHOTO, Played

FIRST, FOURTH = "case:SW-2026-0001", "case:SW-2026-0004"


def erases(played: Played, case: int, name: str = "budi") -> None:
    """Erase what a person wrote and sent in a case that is over, and seal it."""
    played.bureau.work(lambda records: erase_words(records, case, played.bureau[name].id, because="permintaan"))
    played.seals()


@pytest.fixture
def erased(fresh: Played, tmp_path: Path) -> Path:
    """The export of a record in which Budi's words and files are gone from two cases."""
    fresh.bureau.finishes(4)
    erases(fresh, 1)
    erases(fresh, 4)
    fresh.exports(tmp_path / "out")
    return tmp_path / "out"


def words_of(lines: list[Line], chain: str) -> Line:
    """Return the first line of a chain that has words."""
    return next(line for line in lines if line["chain"] == chain and line["words"])


def loses_words(lines: list[Line]) -> None:
    words_of(lines, FIRST)["words"] = None


def loses_a_payload(lines: list[Line]) -> None:
    words_of(lines, FIRST).update(payload=None, words=None)


def gets_other_words(lines: list[Line]) -> None:
    words = words_of(lines, FIRST)["words"]
    key = next(iter(words))
    words[key] = [words[key][0], json.dumps("lain")]


def is_said_to_be_old(lines: list[Line]) -> None:
    """Give an entry the form in which older ones lose words, so that its digest need not fit."""
    line = words_of(lines, FIRST)
    body = json.loads(line["payload"])
    line |= {
        "version": 2,
        "words": None,
        "payload": json.dumps(body | {key: {"erased": True} for key in line["words"]}),
    }


def tells_of_no_erasure(lines: list[Line]) -> None:
    (place,) = (place for place, line in enumerate(lines) if (line["chain"], line["action"]) == (FIRST, "erase"))
    lines[place]["payload"] = lines[place]["payload"].replace('"text"', '"note"')
    chained_again(lines, FIRST)


class TestErasures:
    def test_everything_else_is_proved_and_the_status_says_so(self, erased: Path) -> None:
        found = audited(erased)
        assert (found.faults, found.status) == ([], 3)
        assert found.counts[ERASED] > 3
        everything = b"".join(path.read_bytes() for path in erased.rglob("*") if path.is_file())
        assert b"Layar biru" not in everything
        assert b"satu.pdf" not in everything
        assert PHOTO not in everything

    @pytest.mark.parametrize(
        "forge", [loses_words, loses_a_payload, gets_other_words, is_said_to_be_old, tells_of_no_erasure]
    )
    def test_words_that_lack_without_an_erasure_are_a_fault(
        self, erased: Path, forge: Callable[[list[Line]], None]
    ) -> None:
        change(erased, "journal.jsonl", forge)
        assert audited(erased).status == 1

    @pytest.mark.parametrize("name", ["text", "file"])
    def test_what_was_erased_may_not_come_back_in_the_case(self, erased: Path, name: str) -> None:
        def forge(lines: list[Line]) -> None:
            if name == "text":
                lines[0]["text"] = "lain"
            else:
                lines[3]["files"][0]["name"] = "lain.pdf"

        change(erased, "cases.jsonl", forge)
        assert len(audited(erased).faults) == 1

    def test_a_file_with_another_name_does_not_take_its_place(self, erased: Path) -> None:
        (erased / "files").mkdir(exist_ok=True)
        (erased / "files" / ("0" * 64)).write_bytes(b"lain")
        let_fit(erased)
        assert audited(erased).status == 1

    def test_an_extract_is_proved_too(self, fresh: Played, tmp_path: Path) -> None:
        erases(fresh, 1)
        fresh.exports(tmp_path / "out", number="SW-2026-0001")
        found = audited(tmp_path / "out")
        assert (found.faults, found.status) == ([], 3)

    @pytest.mark.parametrize("version", [1, 2])
    def test_what_older_entries_lost_is_told_by_the_rest(self, fresh: Played, tmp_path: Path, version: int) -> None:
        with (
            patch("models.journal.chain.VERSION", version),
            patch("models.journal.personal.new_secrets", lambda _: None),
        ):
            case = fresh.bureau.begins("budi", "Kata-kata lama")
            fresh.bureau["bambang"].declines(case)
        fresh.exports(tmp_path / "before")
        assert audited(tmp_path / "before").status == 0
        erases(fresh, case)
        fresh.exports(tmp_path / "out")
        found = audited(tmp_path / "out")
        assert (found.faults, found.status) == ([], 3)
        change(tmp_path / "out", "journal.jsonl", self._other_rest)
        assert audited(tmp_path / "out").status == 1

    @staticmethod
    def _other_rest(lines: list[Line]) -> None:
        line = next(line for line in lines if line["payload"] and '{"erased":true}' in line["payload"])
        line["payload"] = line["payload"].replace('"urgency":"biasa"', '"urgency":"darurat"')
