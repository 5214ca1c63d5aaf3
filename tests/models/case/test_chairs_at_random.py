"""Whatever happens to the officials, every open task has one desk: who sits there has its card, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.case.task import Task
from models.mail.card import CardKind
from models.office.office import Office
from models.refusals.refusal import Refusal
from tests.models.administration.leave import ends, files, leaves_to, looks
from tests.models.bureau import APPOINTED
from tests.models.case.test_empty_chairs import appoints, holds, relieves, returns
from tests.models.chase.test_escalation import blocks

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

EVENTS = 60


class Year:
    """Officials to whom things happen, one after the other, by a seed."""

    def __init__(self, bureau: Bureau, seed: int) -> None:
        self.bureau = bureau
        self.chance = Random(seed)
        self.cases = [bureau.begins("budi", f"Masalah {number}") for number in range(4)]
        for step, case_id in enumerate(self.cases, start=2):
            bureau.walks(case_id, until=step)
        self.away: dict[str, int] = {}
        self.blocked = set[str]()

    def happens(self) -> str:
        """Let one thing happen, and return what it was. What is refused changes nothing."""
        name = self.chance.choice(list(APPOINTED))
        what, event = self.chance.choice(list(self._events(name).items()))
        try:
            event()
        except Refusal as refusal:
            return f"{what} {name}: {refusal!r}"
        return f"{what} {name}"

    def _events(self, name: str) -> dict[str, Callable[[], object]]:
        bureau, post = self.bureau, APPOINTED[name][1]
        return {
            "retires": lambda: relieves(bureau, name, post),
            "is appointed": lambda: appoints(bureau, name, post),
            "is appointed to another post": lambda: appoints(
                bureau, name, self.chance.choice([one for _, one in APPOINTED.values()])
            ),
            "blocks": lambda: self._blocks(name),
            "returns": lambda: self._returns(name),
            "goes": lambda: self._goes(name),
            "comes": lambda: self._comes(name),
            "time passes": self._passes,
            "somebody decides": self._decides,
        }

    def _blocks(self, name: str) -> None:
        blocks(self.bureau, name)
        self.blocked.add(name)

    def _returns(self, name: str) -> None:
        returns(self.bureau, name)
        self.blocked.discard(name)

    def _goes(self, name: str) -> None:
        plh = self.chance.choice([None, *(one for one in APPOINTED if one != name)])
        today = self.bureau.at.astimezone(self.bureau.rules.office.calendar.zone).date()
        if name in self.away:
            return
        if plh is None:
            self.away[name] = files(self.bureau, name, today, today + timedelta(days=300))
        else:
            self.away[name] = leaves_to(self.bureau, name, plh, today, None)

    def _comes(self, name: str) -> None:
        if name in self.away:
            ends(self.bureau, self.away.pop(name), name)

    def _passes(self) -> None:
        self.bureau.works(self.chance.choice((5, 31, 95)))

    def _decides(self) -> None:
        case_id = self.chance.choice(self.cases)
        task = self.bureau.case(case_id).tasks[-1]
        holders = self.bureau.holders(case_id) if task.is_open else []
        if task.is_open and task.step < 5 and holders and holders[0] is not None:
            self.bureau[holders[0]].forwards(case_id)


def everybody_sits_right(records: Records) -> list[str]:
    """Return what is wrong with the desks of the open tasks and with who has their cards."""
    office, faults = records.lock_office(), []
    for task_id in records.session.scalars(select(Task.id).where(Task.closed_at.is_(None))).all():
        proceeding, task = records.task(task_id)
        holders = proceeding.holders(task)
        if task.seat(office, at=records.at) != task.sits:
            faults.append(f"task {task_id} sits at {task.sits}, and belongs at {task.seat(office, at=records.at)}")
        cards = {one.person_id for one in task.live_cards if one.kind is CardKind.TASK and one.live}
        if cards != {person.id for person in holders if person.account_id is not None}:
            faults.append(f"task {task_id}: {cards} have a card, {[one.id for one in holders]} decide")
        if _must_be_able(office, task, records) and not any(person.hears for person in holders):
            faults.append(f"task {task_id} waits for {[one.name for one in holders]}, who cannot be reached")
    return faults


def _must_be_able(office: Office, task: Task, records: Records) -> bool:
    """Whether nobody may keep a task waiting any more: its post is vacant, or its standard is over."""
    home = task.raised_from or task.post
    overdue = office.file.calendar.late(task.due_at, records.at) > 0
    return (overdue or not office.own_holders(home)) and any(admin.hears for admin in office.admins)


@pytest.mark.parametrize("seed", range(4))
def test_every_open_task_has_one_desk_whatever_happens(bureau: Bureau, seed: int) -> None:
    year, told = Year(bureau, seed), []
    for _ in range(EVENTS):
        told.append(year.happens())
        looks(bureau)
        bureau.sweeps()
        faults = bureau.work(everybody_sits_right)
        assert not faults, "\n".join([*told, *faults])
    assert holds(bureau)
