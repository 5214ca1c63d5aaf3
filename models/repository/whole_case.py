"""Reading whole cases: a few plain statements, built once, for one case or for many.

The ORM's own loading of collections would do the same; it builds a statement for each collection of each case read,
which takes longer than the database needs to answer.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from models.case.case import Case
from models.case.copy import Copy
from models.case.evaluation import Evaluation
from models.case.joined_report import JoinedReport
from models.case.task import Task
from models.mail.card import Card
from models.office.person import Person

T = TypeVar("T")

FRESHLY: Mapping[str, Any] = {"populate_existing": True}
"""Lets a statement bring objects up to date that were read before; what was changed in them is written first."""

_CASES = select(Case).options(joinedload(Case.sop_version), joinedload(Case.chain), joinedload(Case.reporter))

_BY_IDS = _CASES.where(Case.id.in_(bindparam("ids", expanding=True)))

_TASKS = (
    select(Task, Copy)
    .outerjoin(Copy, Copy.task_id == Task.id)
    .where(Task.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(Task.id, Copy.id)
)
"""Few decisions have copies: together with the tasks they cost no statement of their own."""
_EVALUATIONS = (
    select(Evaluation).where(Evaluation.case_id.in_(bindparam("ids", expanding=True))).order_by(Evaluation.revision)
)
_LIVE_CARDS = select(Card).where(Card.case_id.in_(bindparam("ids", expanding=True)), Card.live).order_by(Card.id)
_JOINED = (
    select(JoinedReport, Person)
    .join(Person, Person.id == JoinedReport.person_id)
    .where(JoinedReport.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(JoinedReport.id)
)
_PEOPLE = select(Person).where(Person.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Way:
    """How one case is found by a number, `id` in both statements: locked first, then read."""

    lock: Select[int]
    read: Select[Case]

    @classmethod
    def where(cls, condition: ColumnElement[bool]) -> Self:
        """Return the way to the case for which `condition` holds."""
        return cls(select(Case.id).where(condition).with_for_update(key_share=True), _CASES.where(condition))


BY_ID = Way.where(Case.id == bindparam("id"))
BY_TASK = Way.where(Case.id == select(Task.case_id).where(Task.id == bindparam("id")).scalar_subquery())


def read_one(session: Session, way: Way, number: int) -> Case | None:
    """Return the whole case that `way` leads to."""
    case = session.scalar(way.read, {"id": number}, execution_options=FRESHLY)
    if case is not None:
        _complete(session, [case])
    return case


def read_many(session: Session, case_ids: Iterable[int]) -> list[Case]:
    """Return whole cases; as many statements for many as for one."""
    cases = list(session.scalars(_BY_IDS, {"ids": list(case_ids)}, execution_options=FRESHLY))
    _complete(session, cases)
    return cases


def _complete(session: Session, cases: Sequence[Case]) -> None:
    """Read what belongs to the cases: tasks with their people, evaluations, living cards; those of the tasks, too."""
    wanted = {"ids": [case.id for case in cases]}
    copies_of = defaultdict[Task, list[Copy]](list)
    for task, copy in session.execute(_TASKS, wanted, execution_options=FRESHLY):
        copies_of[task] += filter(None, (copy,))
    tasks = list(copies_of)
    evaluations = session.scalars(_EVALUATIONS, wanted, execution_options=FRESHLY).all()
    cards = session.scalars(_LIVE_CARDS, wanted, execution_options=FRESHLY).all()
    _name(session, tasks, [copy for task in tasks for copy in copies_of[task]])
    tasks_of = _grouped(tasks, [task.case_id for task in tasks])
    evaluations_of = _grouped(evaluations, [one.case_id for one in evaluations])
    cards_of = _grouped(cards, [card.case_id for card in cards])
    shown_of = _grouped(cards, [card.task_id for card in cards])
    for case in cases:
        set_committed_value(case, "tasks", tasks_of[case.id])
        set_committed_value(case, "evaluations", evaluations_of[case.id])
        set_committed_value(case, "live_cards", cards_of[case.id])
    _join(session, cases)
    for task in tasks:
        set_committed_value(task, "live_cards", shown_of[task.id])
        set_committed_value(task, "copies", copies_of[task])


def _join(session: Session, cases: Sequence[Case]) -> None:
    """Read the reports that were joined to the cases; to most there are none, and nothing is asked."""
    with_some = [case.id for case in cases if case.joined]
    found = session.execute(_JOINED, {"ids": with_some}, execution_options=FRESHLY).all() if with_some else ()
    for joined, person in found:
        set_committed_value(joined, "person", person)
    of_case = _grouped([joined for joined, _ in found], [joined.case_id for joined, _ in found])
    for case in cases:
        set_committed_value(case, "joined_reports", of_case[case.id])


def _name(session: Session, tasks: Sequence[Task], copies: Sequence[Copy]) -> None:
    """Let each task know who it was given to and who decided it, and each copy its reader; most are read already."""
    ids = {one for task in tasks for one in (task.assignee_id, task.decided_by_id) if one is not None}
    ids |= {copy.person_id for copy in copies if copy.person_id is not None}
    known = {person.id: person for person in session.identity_map.values() if isinstance(person, Person)}
    if missing := ids - known.keys():
        found = session.scalars(_PEOPLE, {"ids": sorted(missing)})
        known |= {person.id: person for person in found}
    for task in tasks:
        set_committed_value(task, "assignee", known[task.assignee_id] if task.assignee_id is not None else None)
        set_committed_value(task, "decided_by", known[task.decided_by_id] if task.decided_by_id is not None else None)
    for copy in copies:
        set_committed_value(copy, "person", known[copy.person_id] if copy.person_id is not None else None)


def _grouped(found: Sequence[T], keys: Sequence[Hashable]) -> defaultdict[Hashable, list[T]]:
    groups = defaultdict[Hashable, list[T]](list)
    for one, key in zip(found, keys, strict=True):
        groups[key].append(one)
    return groups
