"""Having all who are late reminded, by a person who looks over them: within what each of them may hear.

A person hears one reminder in the least time of the office's spacing (`models/office/attention.py`), also where others
ask for it. Those who were reminded a moment ago get what is late with their next reminder, and so does everybody while
the office is closed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.case.proceeding import Proceeding
from models.case.task import Task
from models.chase.reminders import lock_reminders, remind
from models.office.attention import asked_from, want_reminder
from models.office.office import Office
from models.office.overseeing import tenure_over
from models.office.person import Person, includes, unique
from models.refusals.looking import BoardNotYours
from models.repository.finder import Finder
from models.repository.reader import Reader
from models.repository.records import Records

_MOST = 200
"""Tasks of which people are reminded by one tap; those that are late for longest come first."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is reminded of some late tasks.

    `now` are those who may hear a reminder now, `later` those who get it with their next one, `deaf` those who cannot
    be written to. `own` tells whether the person who asks holds up some themselves. `tasks` counts the tasks of which
    somebody is reminded now.
    """

    now: tuple[Person, ...] = ()
    later: tuple[Person, ...] = ()
    deaf: tuple[Person, ...] = ()
    own: bool = False
    tasks: int = 0


def audience_of(reader: Reader, person: Person, task_ids: Sequence[int]) -> Audience:
    """Return who would be reminded of the tasks if `person` asked for it now. Changes nothing."""
    chosen = select(Task).where(Task.id.in_(task_ids[:_MOST]), Task.closed_at.is_(None)).order_by(Task.id)
    tasks = list(reader.session.scalars(chosen)) if task_ids else []
    return _audience(reader, reader.office(), person, tasks)


def remind_of(records: Records, person: Person, task_ids: Sequence[int]) -> Audience:
    """Have those reminded who hold up the tasks, in the name of `person`, and return who is.

    Each task of which somebody is reminded says so in the journal of its case. What was decided, or is not late any
    more, is passed over. Raises `BoardNotYours` for a task that `person` does not look over.
    """
    office = records.lock_office()
    found = [
        (proceeding, task)
        for proceeding, task in records.tasks(list(task_ids[:_MOST]))
        if task.is_open and task.paused_at is None and records.calendar.late(task.due_at, records.at)
    ]
    tasks = [task for _, task in found]
    people = unique(one for task in tasks for one in task.deciders(office) if one.id != person.id)
    lock_reminders(records, people, task_ids=[task.id for task in tasks])
    records.lock_people(one.id for one in people)
    heard = _audience(records, office, person, tasks)
    for proceeding, task in found:
        _ask(records, proceeding, task, heard, by=person)
    remind(records, heard.now)
    return heard


def _ask(records: Records, proceeding: Proceeding, task: Task, heard: Audience, *, by: Person) -> None:
    """Let those who decide one task be reminded of it, and write that down."""
    office = records.lock_office()
    deciders = [one for one in task.deciders(office) if one.id != by.id]
    now, later = _among(deciders, heard.now), _among(deciders, heard.later)
    if not now and not later:
        return
    tenure = tenure_over(office, by, task.post, at=records.at)
    if tenure is None:
        raise BoardNotYours
    proceeding.have_reminded(task, by=tenure, to=now, later=later)
    for person in (*now, *later):
        # While the task has this version, nobody has done anything with it: it must be named.
        want_reminder(person, asked_from(person, office.file, at=records.at), of={task.id: task.version})


def _audience(finder: Finder, office: Office, by: Person, tasks: Sequence[Task]) -> Audience:
    now, later, deaf, counted, own = list[Person](), list[Person](), list[Person](), 0, False
    for task in tasks:
        deciders = task.deciders(office)
        own = own or includes(deciders, by.id)
        others = [person for person in deciders if person.id != by.id]
        hearing = [person for person in others if person.hears]
        at_once = [person for person in hearing if asked_from(person, office.file, at=finder.at) <= finder.at]
        deaf += [person for person in others if not person.hears]
        later += [person for person in hearing if not includes(at_once, person.id)]
        now += at_once
        counted += bool(at_once)
    return Audience(tuple(unique(now)), tuple(unique(later)), tuple(unique(deaf)), own=own, tasks=counted)


def _among(people: Iterable[Person], chosen: Sequence[Person]) -> list[Person]:
    return [person for person in people if includes(chosen, person.id)]
