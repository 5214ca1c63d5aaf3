"""How late the rungs of the ladder are when thousands of tasks fall due at the same instant."""

import asyncio
import time
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from models.case.task import Task
from tests.benchmarks.city import FIRST_ACCOUNT, City, city
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.figures import Figure, Findings, share
from tests.benchmarks.filling import copy_case
from tests.parts import database_at

HANDLERS = 50
"""Among how many people the tasks are shared out."""

PER_SECOND = 28.7
"""Messages a second that the courier sends at most, towards the real Telegram."""

_BEFORE = timedelta(seconds=3)
_GRACE = 600.0
_GROUP = "rungs due together"


async def rungs(folder: Path, database_url: str, findings: Findings, *, seed: int, tasks: int) -> None:
    """Let `tasks` tasks of as many cases reach 80 % of their standard at one instant, and people go on reporting."""
    async with city(folder, database_url, employees=500, handlers=HANDLERS) as place:
        crowd = Crowd(place, seed, until_step=5)
        with crowd.at_work():
            crowd.report()
            await crowd.all_finished(within=60)
        await place.settled()
    copy_case(database_url, 1, tasks - 1, employees=500)
    due = _share_out(database_url)
    async with city(folder, database_url, employees=500, handlers=HANDLERS, history=1000) as place:
        await place.leaps(due - _BEFORE - place.clock.now())
        await _fall_due(place, findings, seed=seed, due=due, tasks=tasks)


def _share_out(database_url: str) -> datetime:
    """Give the open tasks to the handlers in turn; returns the instant at which all of them fall due."""
    with database_at(database_url) as database, database.transaction() as session:
        handler = "(SELECT id FROM people WHERE telegram_id = :first + tasks.id % :handlers)"
        said = {"first": FIRST_ACCOUNT + 5, "handlers": HANDLERS}
        session.execute(text(f"UPDATE tasks SET assignee_id = {handler} WHERE closed_at IS NULL"), said)
        session.execute(
            text(
                "UPDATE cards SET person_id = (SELECT assignee_id FROM tasks WHERE tasks.id = cards.task_id), "
                "chat_id = :first + task_id % :handlers "
                "WHERE task_id IN (SELECT id FROM tasks WHERE closed_at IS NULL)"
            ),
            said,
        )
        due: datetime | None = session.scalar(select(func.max(Task.chase_at)))
    assert due is not None
    return due


async def _fall_due(place: City, findings: Findings, *, seed: int, due: datetime, tasks: int) -> None:
    """Watch from the instant on until everything is written and sent."""
    crowd = Crowd(place, seed + 1, until_step=3)
    written: list[tuple[float, int]] = []
    reporting = asyncio.create_task(_go_on_reporting(crowd))
    with crowd.at_work():
        ends = time.monotonic() + _GRACE
        while (climbed := place.count("SELECT count(*) FROM chases")) < tasks:
            written.append(((place.clock.now() - due).total_seconds(), climbed))
            assert time.monotonic() < ends, f"{climbed} of {tasks} rungs climbed"
            await asyncio.sleep(0.25)
        all_written = (place.clock.now() - due).total_seconds()
        reporting.cancel()
        await asyncio.gather(reporting, return_exceptions=True)
        waits = [one.answered - one.handed_out for one in crowd.trips() if one.answered is not None]
    owed = place.count("SELECT count(*) FROM outbox WHERE state = 'owed'")
    first = next((at for at, climbed in written if climbed), all_written)
    half = next((at for at, climbed in written if climbed >= tasks / 2), all_written)
    findings.add(
        Figure(_GROUP, "rungs", tasks, "", f"shared by {HANDLERS} people, all due at one instant"),
        Figure(_GROUP, "first written", max(0.0, first), "s", "after the instant"),
        Figure(_GROUP, "half written", half, "s", "after the instant"),
        Figure(_GROUP, "all written, with what is owed for them", all_written, "s", "after the instant", most=60),
        Figure(_GROUP, "Telegram's own share", owed / PER_SECOND, "s", f"{owed} still owed, {PER_SECOND:g} a second"),
    )
    if waits:
        findings.add(
            Figure(_GROUP, "a tap meanwhile is answered, median", share(waits, 0.5), "s", f"{len(waits)} taps"),
            Figure(_GROUP, "a tap meanwhile is answered, at worst", max(waits), "s", f"{len(waits)} taps"),
        )


async def _go_on_reporting(crowd: Crowd) -> None:
    await crowd.report_at(2, seconds=_GRACE)
