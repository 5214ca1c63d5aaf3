"""What the bot tells of a decision from a row that was forged just before: it is found, or does not come from there.

A chase may be left out: what is told of the others is held all the same (`Laundered.leaves_out`).

The fast part forges, for each table, in the scenes whose decision reads most of it; the long one every row in each.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from models.administration.calendar import adopt_calendar
from models.administration.files_in_force import tell_files
from models.tables import METADATA
from tests.models.proof import unproved
from tests.models.proof.laundering import Laundry
from tests.models.proof.scenes import SCENES

if TYPE_CHECKING:
    from models.rules.rules import Rules
    from tests.models.bureau import Bureau

pytestmark = [pytest.mark.databases("sqlite"), pytest.mark.timeout(3600)]

PROVED = sorted(name for name in METADATA.tables if name not in unproved.TABLES and not name.startswith("journal_"))
"""The entries and payloads are held by their hashes, whatever comes after them."""

QUICK = {
    "cases": ["move", "merge", "calendar"],
    "tasks": ["send-back", "start", "chase", "read-copy", "calendar"],
    "tenures": ["report", "absence-begins", "absence-ends"],
    "people": ["person", "chase"],
    "extensions": ["grant"],
    "questions": ["answer"],
    "consultations": ["advise"],
    "evaluations": ["submit"],
    "attachments": ["keep-file", "erase-file"],
    "absences": ["absence-begins", "absence-comes", "absence-ends"],
    "plh_requests": ["absence-ends"],
    "contents": ["erase-file"],
    "copies": ["read-copy"],
}
"""For each table the scenes in which it is forged, in the fast part."""


@pytest.fixture(scope="module")
def images() -> list[bytes]:
    return []


@pytest.fixture
def image(images: list[bytes], bureau: Bureau) -> bytes:
    if not images:
        bureau.work(adopt_calendar)
        bureau.work(tell_files)
        with closing(bureau.engine.raw_connection()) as raw:
            assert isinstance(raw.driver_connection, sqlite3.Connection)
            images.append(raw.driver_connection.serialize())
    return images[0]


def missed(scene: str, image: bytes, rules: Rules, *tables: str, every_row: bool) -> list[object]:
    with closing(Laundry(scene, image, rules)) as laundry:
        found = list(laundry.laundered(tables, every_row=every_row))
    return [one for one in found if one.mutation.place not in unproved.COLUMNS and not one.leaves_out]


@pytest.mark.parametrize(("table", "scene"), [(table, scene) for table, scenes in QUICK.items() for scene in scenes])
def test_what_a_decision_tells_from_a_forged_column_is_found(
    image: bytes, bureau: Bureau, table: str, scene: str
) -> None:
    assert missed(scene, image, bureau.rules, table, every_row=False) == []


@pytest.mark.crash
@pytest.mark.parametrize("scene", SCENES)
def test_what_a_decision_tells_from_any_forged_row_is_found(image: bytes, bureau: Bureau, scene: str) -> None:
    assert missed(scene, image, bureau.rules, *PROVED, every_row=True) == []
