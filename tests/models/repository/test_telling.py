"""What becomes of rows that say who may act is told, whatever changes them: no statement may go past the session."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import joinedload

from models.journal.chain import ORIGIN, Chain, Entry, Payload
from models.office.person import Person
from models.proof.verification import verify
from models.repository import telling
from models.repository.told import STATE, STOCK, TOLD

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

ROOT = Path(__file__).parents[3]
ENTITIES = {one.entity.__name__ for one in TOLD}
TIMERS = {
    ("models/administration/following.py", "remind_at"),
    ("models/administration/absences_due.py", "wake_at"),
    ("models/upkeep/auditing.py", "remind_at"),
}
"""The statements that change many of those rows at once, by their file and the column: one that is not told."""


def statements() -> set[tuple[str, str]]:
    """Return where a statement updates or deletes rows that are told, and which column; `*` where it removes them."""
    found = set()
    for floor in ("models", "bot", "handlers"):
        for path in (ROOT / floor).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(path.read_text())):
                if _is_call(node, "delete"):
                    found.add((name, "*"))
                if _sets(node):
                    found |= {(name, keyword.arg or "*") for keyword in node.keywords}
    return found


def _sets(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether this gives values to an `update` of rows that are told."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return any(_is_call(one, "update") for one in ast.walk(node.func.value))


def _is_call(node: ast.AST, verb: str) -> bool:
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == verb
    first = node.args[0] if named and isinstance(node, ast.Call) and node.args else None
    return isinstance(first, ast.Name) and first.id in ENTITIES


def test_no_statement_changes_told_rows_past_the_session() -> None:
    assert statements() == TIMERS


def told(bureau: Bureau) -> list[list[object]]:
    """Return what the last entry of the office's journal tells of rows."""

    def read(records: Records) -> list[list[object]]:
        newest = select(Entry).where(Entry.action == STATE).order_by(Entry.sequence.desc()).limit(1)
        entry = records.session.scalars(newest.options(joinedload(Entry.payload))).one()
        return list((entry.payload.body or {})["rows"]) if entry.payload is not None else []

    return bureau.work(read)


def entries(bureau: Bureau) -> int:
    return bureau.work(lambda records: records.lock_office().entries)


def test_what_has_changed_of_a_row_is_told_once_and_without_a_name(bureau: Bureau) -> None:
    def changes(records: Records) -> None:
        budi = records.session.get_one(Person, bureau["budi"].id)
        budi.unit = "Humas"
        records.session.flush()
        budi.is_admin = True

    before = entries(bureau)
    bureau.work(changes)
    assert entries(bureau) == before + 1
    ((table, key, columns),) = told(bureau)
    assert (table, key) == ("people", [bureau["budi"].id])
    assert isinstance(columns, dict)
    assert set(columns) == {"unit", "is_admin"}
    assert columns["is_admin"] is True
    assert "Humas" not in str(columns)


def test_rows_are_told_in_the_order_of_their_keys(bureau: Bureau) -> None:
    """A session knows no order of what it has changed: the same work would be told otherwise each time."""
    names = ("hendra", "maria", "rina", "budi", "andi")

    def changes(records: Records) -> None:
        people = [records.session.get_one(Person, bureau[name].id) for name in names]
        for one in people:
            one.unit = "Humas"
            records.session.flush()

    bureau.work(changes)
    assert [key for _, key, _ in told(bureau)] == [[number] for number in sorted(bureau[name].id for name in names)]


def test_a_new_row_is_told_whole(bureau: Bureau) -> None:
    bureau.hires("wulan", "Wulan Sari")
    ((table, key, columns),) = told(bureau)
    assert (table, key) == ("people", [bureau["wulan"].id])
    assert isinstance(columns, dict)
    (people,) = (one for one in TOLD if one.entity is Person)
    assert set(columns) == {column.name for column in people.columns}
    assert "Wulan" not in str(columns)


def test_another_salt_tells_everything_that_is_hidden_with_it(bureau: Bureau) -> None:
    def changes(records: Records) -> None:
        records.session.get_one(Person, bureau["budi"].id).salt = bytes(16)

    bureau.work(changes)
    ((_, _, columns),) = told(bureau)
    assert isinstance(columns, dict)
    assert set(columns) == {"name", "nip", "rank", "telegram_id", "unit"}
    assert verdicts(bureau) == []


def test_what_was_forged_in_a_row_is_not_told_with_another_change(bureau: Bureau) -> None:
    """Otherwise an admin that somebody has written into the table would be one by the journal as well."""

    def forge(records: Records) -> None:
        records.session.execute(
            text("UPDATE people SET is_admin = :yes WHERE id = :id"), {"yes": True, "id": bureau["budi"].id}
        )

    def changes(records: Records) -> None:
        records.session.get_one(Person, bureau["budi"].id).unit = "Humas"

    assert verdicts(bureau) == []
    bureau.work(forge)
    bureau.work(changes)
    assert verdicts(bureau) == [f"the person {bureau['budi'].id}: its is_admin is not what the journal tells"]


def test_a_column_of_a_later_version_is_told_at_the_start(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no other with it: what was told of those before is held on."""
    (people,) = (one for one in TOLD if one.entity is Person)
    before = tuple(replace(one, passed_over={*one.passed_over, "is_admin"}) if one is people else one for one in TOLD)

    def stock(records: Records) -> bool:
        records.session.execute(delete(Payload))
        records.session.execute(delete(Entry))
        records.session.execute(update(Chain).values(length=0, head=ORIGIN))
        return records.take_stock()

    with monkeypatch.context() as earlier:
        earlier.setattr(telling, "TOLD", before)
        assert bureau.work(stock)
        assert not bureau.work(lambda records: records.take_stock())
    assert bureau.work(lambda records: records.take_stock())
    assert not bureau.work(lambda records: records.take_stock())

    def read(records: Records) -> list[list[object]]:
        newest = select(Entry).where(Entry.action == STOCK).order_by(Entry.sequence.desc()).limit(1)
        entry = records.session.scalars(newest.options(joinedload(Entry.payload))).one()
        return list((entry.payload.body or {})["rows"]) if entry.payload is not None else []

    rows = bureau.work(read)
    assert {str(table) for table, _, _ in rows} == {"people"}
    assert {tuple(columns) for _, _, columns in rows if isinstance(columns, dict)} == {("is_admin",)}
    assert verdicts(bureau) == []


def verdicts(bureau: Bureau) -> list[str]:
    return bureau.work(lambda records: [one.reason for one in verify(records.session).breaches])


def test_what_only_times_things_is_not_told(bureau: Bureau) -> None:
    def changes(records: Records) -> None:
        records.session.get_one(Person, bureau["budi"].id).remind_at = records.at

    bureau.begins("budi")
    before = entries(bureau)
    bureau.work(changes)
    bureau.begins("budi")
    assert entries(bureau) == before
