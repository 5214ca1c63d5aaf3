"""What an export tells of a case that several people report, and of one that was merged into another."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.export.verifier import Line
from tests.bot.export.forging import audited, change, let_fit
from tests.bot.export.played import Played, plays
from tests.models.reports_joined import joins, leaves, merges, parts

LED, PARTED, MERGED = "SW-2026-0008", "SW-2026-0009", "SW-2026-0010"
"""The case that others were joined to; the one that was merged and parted again; the one that stays a part of it."""


@pytest.fixture
def joined(migrated_url: str, tmp_path: Path) -> Iterator[Played]:
    """Play a record where dewi and rina report what budi reported; siti joined it and left."""
    played = plays(migrated_url, tmp_path / "files")
    bureau = played.bureau
    first, second, third = (bureau.begins(name, "SIMPEG mati") for name in ("budi", "andi", "rina"))
    merges(bureau, "bambang", second, first)
    parts(bureau, "bambang", first)
    merges(bureau, "bambang", third, first)
    for name in ("dewi", "siti"):
        joins(bureau, name, first)
    leaves(bureau, "siti", first)
    bureau.finishes(first)
    bureau["budi"].says_whether_it_helped(first, helped=True)
    bureau["rina"].says_whether_it_helped(first, helped=False)
    bureau.engine.dispose()
    played.seals()
    yield played
    bureau.engine.dispose()


def told(folder: Path, name: str = "cases.jsonl") -> dict[str, Line]:
    found = (json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines())
    return {line["case"]: line for line in found}


def test_fellow_reporters_and_merged_reports_are_told_and_proved(joined: Played, tmp_path: Path) -> None:
    joined.exports(tmp_path / "out")
    assert audited(tmp_path / "out").faults == []
    others = sorted(joined.bureau[name].id for name in ("dewi", "rina"))
    for name in ("cases.jsonl", "register.jsonl"):
        found = told(tmp_path / "out", name)
        assert [found[one]["state"] for one in (LED, PARTED, MERGED)] == ["closed", "open", "merged"]
        assert [found[one]["fellows"] for one in (LED, PARTED, MERGED)] == [others, [], []]
        assert [found[one]["merged_into"] for one in (LED, PARTED, MERGED)] == [None, None, LED]
        # What a fellow reporter says of the result is no fact of the case.
        assert found[LED]["helped"] is True


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("wrong", [{"fellows": []}, {"merged_into": LED}, {"merged_into": None}], ids=str)
def test_they_are_held_against_the_journal(joined: Played, wrong: Line, tmp_path: Path) -> None:
    joined.exports(tmp_path / "out")
    number = MERGED if wrong.get("merged_into", LED) is None else LED
    for name in ("cases.jsonl", "register.jsonl"):
        change(tmp_path / "out", name, lambda lines: [one.update(wrong) for one in lines if one["case"] == number])
    (fault,) = audited(tmp_path / "out").faults
    assert fault.startswith("cases.jsonl, line ")
    assert f"{next(iter(wrong))} of case:{number}: not what the journal tells" in fault


@pytest.mark.databases("sqlite")
def test_an_extract_names_the_other_reporters(joined: Played, tmp_path: Path) -> None:
    joined.exports(tmp_path / "one", number=LED)
    assert audited(tmp_path / "one").faults == []
    people = (tmp_path / "one" / "office" / "people.jsonl").read_text(encoding="utf-8").splitlines()
    names = {json.loads(line)["name"] for line in people}
    assert {"Budi Santoso", "Dewi Kartika", "Rina Mokoginta"} <= names


@pytest.mark.databases("sqlite")
def test_an_export_from_before_says_nothing_of_them_and_is_proved(joined: Played, tmp_path: Path) -> None:
    joined.exports(tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "lacking")
    for folder in (tmp_path / "out", tmp_path / "lacking"):
        for name in ("cases.jsonl", "register.jsonl"):
            change(folder, name, lambda lines: [line.pop(key) for line in lines for key in ("fellows", "merged_into")])
    manifest = tmp_path / "out" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"disposisi/export/2", b"disposisi/export/1"))
    let_fit(tmp_path / "out")
    assert audited(tmp_path / "out").faults == []
    assert "merged_into" in audited(tmp_path / "lacking").faults[0]
