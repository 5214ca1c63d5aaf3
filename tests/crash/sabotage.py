"""Ways to take a safeguard out of the program, in its own process: a suite that stays green then is worthless."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.updates.inbox import Inbox, Stored, Whole
from bot.updates.intake import Intake
from handlers.steps import disposition
from models.case.journey import Journey
from models.case.task import Task
from models.mail.inbox import InboxUpdate
from models.office.tenure import Tenure
from models.repository.presses import Press, pressed_task
from models.repository.records import Records
from models.rules.actions import Action
from models.rules.sop import Step

_SLOW = 0.1
"""Seconds by which a hasty intake stores too late: longer than the call that confirms takes."""


def confirmed_before_stored() -> None:
    """Tell Telegram that updates were received, and commit them afterwards."""
    store = Intake.store
    late: set[asyncio.Task[None]] = set()

    async def afterwards(intake: Intake, batch: Sequence[Mapping[str, Any]]) -> None:
        await asyncio.sleep(_SLOW)
        await store(intake, batch)

    async def hasty(intake: Intake, batch: Sequence[Mapping[str, Any]]) -> None:
        if batch:
            storing = asyncio.create_task(afterwards(intake, batch))
            late.add(storing)
            storing.add_done_callback(late.discard)

    patch.object(Intake, "store", hasty).start()


def marked_done_afterwards() -> None:
    """Commit what an update causes, and in a second transaction that it is done."""
    finish, attempt = Inbox.finish, Intake._attempt

    def unmarked(_: Inbox, __: Session, *update_ids: int) -> None:
        """Leave the updates as they are."""

    async def twice(intake: Intake, whole: Whole) -> BaseException | None:
        failure = await attempt(intake, whole)
        if failure is None:
            await intake._database.transact(lambda session: finish(intake._inbox, session, *whole.update_ids))
        return failure

    patch.object(Inbox, "finish", unmarked).start()
    patch.object(Intake, "_attempt", twice).start()


def inbox_without_its_key() -> None:
    """Take an update that comes again for a new one."""
    store = Inbox.store

    def forgetful(inbox: Inbox, session: Session, batch: Sequence[Mapping[str, Any]]) -> Stored:
        session.execute(delete(InboxUpdate).where(InboxUpdate.update_id.in_([one["update_id"] for one in batch])))
        return store(inbox, session, batch)

    patch.object(Inbox, "store", forgetful).start()


def outdated_buttons_count() -> None:
    """Carry out what a button of an earlier state of the task asks for."""
    patch.object(disposition, "_found", partial(disposition._found, current=False)).start()


def decided_more_than_once() -> None:
    """Let a task be decided that was decided before."""

    def careless(journey: Journey, task: Task, *, by: Tenure, action: Action) -> Step:  # noqa: ARG001 - as it is called
        return journey.sop.step(task.step)

    def found(records: Records, press: Press, *, current: bool = True) -> object:  # noqa: ARG001 - as it is called
        return pressed_task(records, press)

    patch.object(Journey, "_deciding", careless).start()
    patch.object(disposition, "_found", found).start()


SABOTAGE: Mapping[str, Callable[[], None]] = MappingProxyType(
    {
        one.__name__: one
        for one in (
            confirmed_before_stored,
            marked_done_afterwards,
            inbox_without_its_key,
            outdated_buttons_count,
            decided_more_than_once,
        )
    }
)
