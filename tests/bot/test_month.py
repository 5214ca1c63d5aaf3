"""The office that has lived for a month: its plan, and the month really lived through the real bot."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from sqlalchemy import select

from bot.demonstration import month
from bot.demonstration.ledger import Ledger
from bot.demonstration.play import packaged
from bot.demonstration.premises import Places, month_office
from bot.demonstration.stage import NO_TOKEN
from bot.metrics import Metrics
from bot.rules import load_rules
from bot.storage.database import Database
from models.case.case import Case, CaseState
from models.case.evaluation import Evaluation
from models.case.task import Task

MONDAY_MORNING = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)


def test_the_plan_has_a_report_at_every_step_and_late_ones_and_is_the_same_each_time() -> None:
    calendar = load_rules(packaged(telegram_bot_token=NO_TOKEN)).office.calendar
    todo = month.deeds(calendar, MONDAY_MORNING)
    assert todo == month.deeds(calendar, MONDAY_MORNING)
    assert all(one.at <= other.at for one, other in pairwise(todo))
    assert todo[-1].at < MONDAY_MORNING
    assert calendar.working_days(month.beginning(calendar, MONDAY_MORNING), MONDAY_MORNING) == 20
    assert {plan.done for plan in month.PLANS} == {0, 1, 3, 4, 5, 6, 7, 8, 9}
    assert len({plan.subject for plan in month.PLANS}) == len(month.PLANS)
    assert sum(bool(plan.late) for plan in month.PLANS) >= 4


@pytest.mark.timeout(600)
async def test_a_month_is_lived_and_its_record_is_proved() -> None:
    rules = load_rules(packaged(telegram_bot_token=NO_TOKEN))
    async with month_office(Places(), rules) as lived:
        await lived.live()
        assert lived.place.note == f"{len(month.PLANS)} laporan"
        assert lived.scene.clock.now() >= lived.end
        with Database(lived.scene.database_url, metrics=Metrics()) as database:
            assert (await Ledger(database).verified()).verifies
            states = await database.read(lambda session: Counter(session.scalars(select(Case.state))))
            open_steps = await database.read(
                lambda session: set(session.scalars(select(Task.step).where(Task.closed_at.is_(None))))
            )
            late = await database.read(
                lambda session: len(session.scalars(select(Task.id).where(Task.late_by > 0)).all())
            )
            due = await database.read(
                lambda session: session.scalars(select(Task.due_at).where(Task.closed_at.is_(None))).all()
            )
            said = await database.read(lambda session: session.execute(select(Case.quick, Case.clear, Case.well)).all())
            evaluations = await database.read(lambda session: len(session.scalars(select(Evaluation.id)).all()))
    assert states[CaseState.CLOSED] == 7
    assert states[CaseState.OPEN] == 9
    assert {1, 2, 4, 5, 6, 7, 8, 9} <= open_steps
    assert late == 4
    assert 2 <= sum(one > lived.end for one in due) < len(due), "some of what is open is late, and some is not"
    assert evaluations >= 7
    quick, clear, well = (Counter(one for one in column if one is not None) for column in zip(*said, strict=True))
    assert (quick, clear, well) == ({True: 3, False: 2}, {True: 3, False: 1}, {True: 3, False: 1})
