"""Who hears of a late task: those who may decide it, and those who are told when it is escalated."""

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

    The superior is the nearest above who can be reached, is there, and is not one of those who are late.
    """
    above = office.told_above(task.post, besides=task.deciders(office))
    people = {Audience.SUPERIOR: above, Audience.WATCHERS: office.watchers()}
    return unique(person for one in office.file.ladder.escalate_to for person in people[one])
