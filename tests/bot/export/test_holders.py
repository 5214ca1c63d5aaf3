"""`holders.py` finds in an export who acted for a post that they did not hold then, however well the chain fits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from bot.export.holders import NothingTold, faults, main
from models.administration.seconding import lose_phone
from models.office.person import Person
from tests.bot.export.forging import audited, chained_again, change
from tests.bot.export.holding import writes_journal
from tests.bot.export.played import SECOND
from tests.models.case.test_empty_chairs import appoints, at_step, relieves

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.export.verifier import Line
    from models.repository.records import Records
    from tests.bot.export.conftest import Copied
    from tests.bot.export.played import Played
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")

CASE = "case:SW-2026-0001"

Words = dict[str, Any]


def forges(folder: Path, forge: Callable[[Line, Words], object], chain: str = CASE) -> None:
    """Change the lines of a chain at will."""
    path = folder / "journal.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line["chain"] == chain:
            words = json.loads(line["payload"])
            forge(line, words)
            line["payload"] = json.dumps(words, sort_keys=True, separators=(",", ":"))
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


def found(folder: Path) -> list[str]:
    """Return what is found in an export, each fault without its line and entry."""
    return [one.partition(", entry ")[2].partition(": ")[2] for one in faults(folder)]


def case_at_step_3(bureau: Bureau) -> str:
    """Let a case come to its third step, and return its chain."""
    return f"case:{bureau.case(at_step(bureau, 3)).number}"


def at_second_step(line: Line, words: Words) -> bool:
    return bool(line["action"] == "forward" and words["step"] == 2)


def test_an_honest_export_has_no_fault(exports: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(exports["whole"])]) == 0
    assert capsys.readouterr().out == "all who acted for a post held it then\n"


def test_an_extract_tells_nothing_of_the_office(exports: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NothingTold, match="it is an extract"):
        list(faults(exports["extract"]))
    with pytest.raises(SystemExit) as ended:
        main([str(exports["extract"])])
    assert ended.value.code == 2
    assert "it is an extract" in capsys.readouterr().err


def test_a_folder_that_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path)])
    assert ended.value.code == 2
    assert "journal.jsonl cannot be read: No such file or directory" in capsys.readouterr().err


def test_a_line_that_cannot_be_read_is_a_fault(copied: Copied) -> None:
    folder = copied("whole")
    change(folder, "journal.jsonl", lambda lines: lines[-1].update(payload="{"))
    (fault,) = faults(folder)
    assert "it cannot be read" in fault


FORGED = {
    "somebody who never held it": ("definitive:kadiv", "budi", {}, "they did not hold that then"),
    "the holder as a Plt.": ("plt:kadiv", "siti", {}, "they did not hold that then"),
    "an admin, where none had to": ("admin:kadiv", "rina", {}, "the task was not left to the admins"),
    "the holder of another post": ("definitive:kakanwil", "bambang", {}, "the task was at the post kadiv"),
    "without an office": ("definitive:kadiv", "siti", {"office": None}, "it does not name the office"),
}


@pytest.mark.parametrize(("capacity", "decider", "said", "why"), FORGED.values(), ids=FORGED)
def test_a_decision_that_was_not_theirs_is_found(
    played: Played, copied: Copied, capacity: str, decider: str, said: Words, why: str
) -> None:
    folder, person = copied("whole"), played.bureau[decider].id

    def forge(line: Line, words: Words) -> None:
        if at_second_step(line, words):
            line["actor"], line["capacity"] = person, capacity
            words.update(said)
            if words["office"] is None:
                del words["office"]

    forges(folder, forge)
    (fault,) = found(folder)
    assert fault.startswith(f"person {person} acts as {capacity}, and {why}")
    assert main([str(folder)]) == 1


def test_one_who_left_does_not_decide_by_naming_an_office_in_which_they_held_the_post(
    fresh: Played, tmp_path: Path
) -> None:
    bureau = fresh.bureau
    bureau.work(lambda records: writes_journal(records.session, tmp_path))
    told = (tmp_path / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    then = sum(json.loads(line)["chain"] == "office" for line in told)
    relieves(bureau, "siti", "kadiv")
    appoints(bureau, "bambang", "kadiv")
    bureau.works(6)
    chain, siti = case_at_step_3(bureau), bureau["siti"].id
    bureau.work(lambda records: writes_journal(records.session, tmp_path))
    assert found(tmp_path) == []

    def decided(line: Line, words: Words) -> None:
        if at_second_step(line, words):
            line["actor"], words["office"] = siti, then

    forges(tmp_path, decided, chain)
    assert found(tmp_path) == [f"person {siti} acts as definitive:kadiv, and they did not hold that then"]


def test_an_admin_who_was_none_is_found_in_the_chain_of_the_office(fresh: Played, tmp_path: Path) -> None:
    bureau = fresh.bureau

    def loses(records: Records) -> None:
        rina, dewi = (records.session.get_one(Person, bureau[name].id) for name in ("rina", "dewi"))
        lose_phone(records, rina, by=dewi)

    bureau.work(loses)
    bureau.work(lambda records: writes_journal(records.session, tmp_path))
    assert found(tmp_path) == []
    budi = bureau["budi"].id

    def another(line: Line, _: Words) -> None:
        if line["capacity"] == "admin":
            line["actor"] = budi

    forges(tmp_path, another, "office")
    assert found(tmp_path) == [f"person {budi} acts as admin, and they were no admin then"]


def test_a_case_from_before_is_held_to_who_has_held_the_post_at_all(fresh: Played, tmp_path: Path) -> None:
    bureau = fresh.bureau
    chain = case_at_step_3(bureau)
    bureau.work(lambda records: writes_journal(records.session, tmp_path))
    budi = bureau["budi"].id

    def forgets(_: Line, words: Words) -> None:
        for key in ("office", "sop"):
            words.pop(key, None)

    def another(line: Line, words: Words) -> None:
        if at_second_step(line, words):
            line["actor"] = budi

    forges(tmp_path, forgets, chain)
    assert found(tmp_path) == []
    forges(tmp_path, another, chain)
    assert found(tmp_path) == [f"person {budi} acts as definitive:kadiv, and they have never held that"]


def test_what_no_checkpoint_seals_yet_is_forged_to_fit_and_found(
    fresh: Played, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The chain, the register and the manifest fit: the verifier alone has nothing to say of it."""
    from bot.cli.exporting import check

    bureau, out, key = fresh.bureau, tmp_path / "out", tmp_path / "key.txt"
    chain, budi = case_at_step_3(bureau), bureau["budi"].id
    fresh.exports(out)
    key.write_text(str(SECOND.public), encoding="utf-8")
    check(out, key, None)
    assert "all who acted for a post held it then" in capsys.readouterr().out

    def decides(lines: list[Line]) -> None:
        for line in lines:
            if line["chain"] == chain and at_second_step(line, json.loads(line["payload"])):
                line["actor"] = budi
        chained_again(lines, chain)

    change(out, "journal.jsonl", decides)
    change(out, "cases.jsonl", lambda lines: lines[-1]["tasks"][1].update(decided_by=budi))
    assert audited(out).faults == []
    with pytest.raises(typer.Exit) as ended:
        check(out, key, None)
    assert ended.value.exit_code == 1
    said = capsys.readouterr().err
    assert f"{chain}, entry 3: person {budi} acts as definitive:kadiv, and they did not hold that then" in said
    assert "NOT PROVED: 1 faults" in said
