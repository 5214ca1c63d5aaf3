"""Every column of every table is changed as a forger with the database would: `verify` finds it, or a reason is given.

The fast part changes each column once where it is empty and once where it is not, the long one every row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.tables import METADATA
from tests.models.proof import unproved
from tests.models.proof.eventful import lives_through_everything
from tests.models.proof.forgery import Record
from tests.models.proof.mutations import measured

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

pytestmark = [pytest.mark.databases("sqlite"), pytest.mark.timeout(900)]

LEFT = {table: condition for table, (condition, _) in unproved.ROWS.items()}
PROVED = sorted(set(METADATA.tables) - set(unproved.TABLES))


@pytest.fixture
def record(images: list[Record], bureau: Bureau) -> Record:
    if not images:
        lives_through_everything(bureau)
        images.append(Record.of(bureau.engine))
    return images[0]


def test_the_list_names_what_there_is() -> None:
    assert set(unproved.TABLES) <= set(METADATA.tables)
    for table, column in unproved.COLUMNS:
        assert table in PROVED
        assert column in METADATA.tables[table].columns


def test_an_office_in_which_everything_was_done_holds(record: Record) -> None:
    with record.open() as copy:
        assert copy.verify().breaches == ()
        empty = [name for name in PROVED if not copy.one(f"SELECT count(*) FROM {name}")]
        assert empty == [], "every table that is proved has rows here"


@pytest.mark.parametrize("table", PROVED)
def test_a_change_of_any_column_is_found_or_listed(record: Record, table: str) -> None:
    found = measured(record, tables=[table], every_row=False, without=LEFT)
    assert {column for _, column in found} == set(METADATA.tables[table].columns.keys()), "every column was changed"
    missed = {column for (_, column), some in found.items() if some}
    assert missed <= {column for name, column in unproved.COLUMNS if name == table}


@pytest.mark.crash
@pytest.mark.parametrize("table", [name for name in PROVED if not name.startswith("journal_")])
def test_a_change_of_any_column_of_any_row_is_found_or_listed(record: Record, table: str) -> None:
    """Each row of each table; the entries of the journal are changed at random in `test_verification.py`."""
    found = measured(record, tables=[table], every_row=True, without=LEFT)
    missed = {column for (_, column), some in found.items() if some}
    assert missed == {column for name, column in unproved.COLUMNS if name == table}, "the list names what is missed"
