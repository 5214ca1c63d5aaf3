"""Who hears of a late task: those who may decide it, and those who are told when it is escalated."""

from datetime import datetime

from models.case.task import Task
from models.mail.reminder import REMINDERS
from models.office.office import Office
from models.office.person import Person, reachable, unique
from models.rules.ladder import Audience, RungKind


def audience(office: Office, task: Task, kind: RungKind) -> list[Person]:
    """Return who hears of a rung of this kind: who may decide the task, and the overseers where they are told."""
    people = task.deciders(office)
    if REMINDERS[kind].overseers is not None:
        people = [*people, *overseers(office, task)]
    return unique(reachable(people))


def overseers(office: Office, task: Task) -> list[Person]:
    """Return who hears of an escalation of `task` beside those who may decide it, as the office file says.

    Of a case that goes up and down for too long, the superior hears whatever the file says.
    """
    people = {Audience.SUPERIOR: superiors(office, task), Audience.WATCHERS: office.watchers()}
    told = [person for one in office.file.ladder.escalate_to for person in people[one]]
    return unique([*told, *(people[Audience.SUPERIOR] if task.overrun_at is not None else [])])


def may_hear(office: Office, task: Task, *, at: datetime) -> list[Person]:
    """Return everybody whom the sweep may tell of `task` at the instant `at`, also where it goes to another desk."""
    seat = task.seat(office, at=at)
    there = task.judges_at(seat, office)
    elsewhere = [*there, *office.told_above(seat.post, besides=there)]
    return unique(reachable([*audience(office, task, RungKind.ESCALATE), *superiors(office, task), *elsewhere]))


def superiors(office: Office, task: Task) -> list[Person]:
    """Return the nearest above who can be reached, are there, and are not among those who may decide `task`."""
    return office.told_above(task.post, besides=task.deciders(office))
