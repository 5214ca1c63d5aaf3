"""The journal keeps what a person says in the fields that the record of the action names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from models.rules.actions import Action
from tests.models.reports_joined import joins

if TYPE_CHECKING:
    from models.case.proceeding import Proceeding
    from models.case.task import Task
    from models.office.tenure import Tenure
    from tests.models.bureau import Bureau

MARK = "🗣"
"""Stands before everything that a person says here."""


def speaking(body: dict[str, Any]) -> set[str]:
    """Return the fields of an entry's payload in which a person speaks; a ticked instruction is spoken too."""
    said = {name for name, value in body.items() if isinstance(value, str) and value.startswith(MARK)}
    return said | ({"instructions"} if body.get("instructions") else set())


def signed(proceeding: Proceeding, task: Task, by: Tenure) -> None:
    """Sign a step off with a note."""
    onward = proceeding.sop.step(task.step).kind.rules.onward
    proceeding.sign_off(task, onward, by=by, note=f"{MARK} Sudah diperiksa")


@pytest.mark.databases("sqlite")
def test_words_are_kept_where_the_timeline_looks_for_them(bureau: Bureau) -> None:
    first = bureau.begins("budi", f"{MARK} SIMPEG mati")
    bureau["bambang"].forwards(first, instructions=("Tindak lanjuti",), note=f"{MARK} Segera")
    bureau["siti"].sends_back(first, f"{MARK} Bukan kami")
    bureau.walks(first, until=5)
    bureau["rina"].starts(first)
    bureau["budi"].answers(bureau["rina"].asks(first, f"{MARK} Sejak kapan?"), f"{MARK} Tadi pagi")
    bureau["rina"].remarks(first, f"{MARK} Sesi penuh")
    bureau["budi"].adds(first, f"{MARK} Hanya di lantai dua")
    bureau.hires("tono", "Tono Contoh")
    joins(bureau, "tono", first, f"{MARK} Saya juga")
    bureau["maria"].denies(
        bureau["rina"].asks_for_more_time(first, note=f"{MARK} Tunggu vendor"), f"{MARK} Belum perlu"
    )
    bureau["hendra"].advises(bureau["rina"].consults(first, post="kabag-p2l", text=f"{MARK} Wajar?"), f"{MARK} Wajar")
    bureau["rina"].hands_on(first, to="andi", note=f"{MARK} Sedang cuti")
    bureau.walks(first, until=6)
    bureau["maria"].gives_back(first, f"{MARK} Penyebabnya apa?")
    bureau.walks(first, until=6)
    for name in ("maria", "hendra", "siti", "bambang"):
        bureau[name].does(first, signed)
    second = bureau.begins("budi", f"{MARK} Printer mati")
    bureau.works(60)
    bureau["bambang"].explains(second, f"{MARK} Ada rapat")
    bureau["bambang"].declines(second, f"{MARK} Bukan perangkat lunak")
    entries = [entry for case_id in (first, second) for entry in bureau.entries(case_id)]
    bodies = [(entry.action, entry.payload.body) for entry in entries if entry.payload and entry.payload.body]
    spoken: dict[str, set[str]] = {}
    for action, body in bodies:
        spoken.setdefault(action, set()).update(speaking(body))
    assert {action: fields for action, fields in spoken.items() if fields} == {
        action: set(action.rules.words) for action in Action if action.rules.words
    }
