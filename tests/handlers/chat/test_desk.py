"""The desk that every update comes to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from handlers.chat.desk import Desk
from handlers.texts.catalogue import Texts
from models.rules.rules import Rules

T = TypeVar("T")

EARLY = datetime(2026, 11, 23, 1, tzinfo=UTC)
WAITED = timedelta(seconds=8)


async def test_work_bears_the_instant_at_which_its_turn_came(packaged_rules: Rules) -> None:
    now = EARLY
    engine = create_engine("sqlite://")

    async def transact(work: Callable[[Session], T]) -> T:
        nonlocal now
        now += WAITED
        with Session(engine) as session:
            return work(session)

    desk = Desk(
        rules=packaged_rules,
        transact=transact,
        clock=lambda: now,
        texts=Texts.load(packaged_rules.office.calendar.zone),
        username="disposisi_bot",
    )
    done_at = await desk.serve(1, lambda records: records.at, lambda records, _: records.at)
    engine.dispose()
    assert done_at == EARLY + WAITED
