"""What people who joined a report said of its result, through the revision that keeps all of it, forward and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

import models
from bot.storage import migration
from models.case.verdict import Rating
from models.proof.verification import verify
from models.rules.office_file import load_office
from models.rules.rules import Rules
from models.rules.sop_file import load_sops
from tests.models.bureau import Bureau
from tests.models.reports_joined import joins

_PACKAGED = Path(models.__file__).parent


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def test_a_word_of_who_joined_stays_and_what_they_said_beside_it_goes_and_is_found_missing(engine: Engine) -> None:
    migration.upgrade(engine)
    rules = Rules(load_office(_PACKAGED / "offices/sulawesi-utara.toml"), load_sops(_PACKAGED / "sops"))
    Bureau.founds(engine, rules)
    bureau = Bureau(engine, rules)
    case_id = bureau.begins("budi")
    joins(bureau, "dewi", case_id)
    bureau.finishes(case_id)
    bureau["dewi"].says_whether_it_helped(case_id, helped=True)
    bureau["dewi"].rates(case_id, Rating.QUICK)
    assert _said(engine, "helped, quick, clear") == [(True, True, None)]
    assert not bureau.work(lambda records: verify(records.session)).breaches

    migration.downgrade(engine, "0043")
    assert _said(engine, "helped") == [(True,)]
    migration.upgrade(engine)
    assert _said(engine, "helped, quick, clear") == [(True, None, None)]
    # The journal has it still: an operator who goes back and forward is told what the row lost.
    (breach,) = bureau.work(lambda records: verify(records.session)).breaches
    assert "quick" in breach.reason


def _said(engine: Engine, columns: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT {columns} FROM joined_reports"))
        return [tuple(None if one is None else bool(one) for one in row) for row in found]
