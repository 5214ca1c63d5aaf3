"""Reading whole cases: one statement, built once, for one case or for many."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, Self, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.attributes import set_committed_value

from models.case.case import Case
from models.case.copy import Copy
from models.case.evaluation import Evaluation
from models.case.joined_report import JoinedReport
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.journal.chain import Chain
from models.mail.card import Card
from models.office.person import Person
from models.repository.lookup import Lookup
from models.repository.reading import Found, Part, Reading, relate, whole

T = TypeVar("T")

FRESHLY: Mapping[str, Any] = {"populate_existing": True}
"""Lets a statement bring objects up to date that were read before; what was changed in them is written first."""

_JOINED = (
    select(JoinedReport, Person)
    .join(Person, Person.id == JoinedReport.person_id)
    .where(JoinedReport.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(JoinedReport.id)
)
_PEOPLE = Lookup(select(Person).where(Person.id.in_(bindparam("ids", expanding=True))))

Which = Callable[[InstrumentedAttribute[Any]], ColumnElement[bool]]
"""Makes, of a column that names a case, the condition that it is one of those wanted."""


class Cases:
    """The parts of whole cases: what belongs to each of those for which a condition holds."""

    def __init__(self, which: Which) -> None:
        self._cases = whole(Case, which(Case.id))
        self._versions = whole(SopVersion, SopVersion.id.in_(select(Case.sop_version_id).where(which(Case.id))))
        # Not by IN: PostgreSQL would go through all chains for a few cases.
        self._chains = whole(Chain, (Chain.id == Case.chain_id) & which(Case.id))
        self._reporters = whole(Person, Person.id.in_(select(Case.reporter_id).where(which(Case.id))))
        self._tasks = whole(Task, which(Task.case_id))
        self._copies = whole(Copy, which(Copy.case_id))
        self._evaluations = whole(Evaluation, which(Evaluation.case_id))
        self._cards = whole(Card, which(Card.case_id) & Card.live)

    @property
    def parts(self) -> tuple[Part[Any], ...]:
        """What is to be read."""
        return (
            *(self._cases, self._versions, self._chains, self._reporters),
            *(self._tasks, self._copies, self._evaluations, self._cards),
        )

    def made(self, session: Session, found: Found) -> list[Case]:
        """Return the cases that were found, in the order of their numbers, each with what belongs to it."""
        cases = _ordered(found.of(self._cases))
        versions, chains = _by_id(found.of(self._versions)), _by_id(found.of(self._chains))
        reporters = _by_id(found.of(self._reporters))
        tasks, cards = _ordered(found.of(self._tasks)), _ordered(found.of(self._cards))
        copies = _ordered(found.of(self._copies))
        _name(session, tasks, copies)
        tasks_of, cards_of = _grouped(tasks, "case_id"), _grouped(cards, "case_id")
        evaluations_of = _grouped(sorted(found.of(self._evaluations), key=attrgetter("revision")), "case_id")
        for case in cases:
            version, chain, reporter = versions[case.sop_version_id], chains[case.chain_id], reporters[case.reporter_id]
            relate(case, sop_version=version, chain=chain, reporter=reporter)
            set_committed_value(case, "tasks", tasks_of[case.id])
            set_committed_value(case, "evaluations", evaluations_of[case.id])
            set_committed_value(case, "live_cards", cards_of[case.id])
        shown_of, copies_of = _grouped(cards, "task_id"), _grouped(copies, "task_id")
        for task in tasks:
            set_committed_value(task, "live_cards", shown_of[task.id])
            set_committed_value(task, "copies", copies_of[task.id])
        _join(session, cases)
        return cases


@dataclass(frozen=True, eq=False, slots=True)
class Way:
    """How one case is found by a number, `id` in both statements: locked first, then read."""

    lock: Select[int]
    cases: Cases
    read: Reading

    @classmethod
    def where(cls, number: ColumnElement[int]) -> Self:
        """Return the way to the case with this number."""
        cases = Cases(lambda column: column == number)
        lock = select(Case.id).where(Case.id == number).with_for_update(key_share=True)
        return cls(lock, cases, Reading(cases.parts))


BY_ID = Way.where(bindparam("id", type_=Case.id.type))
BY_TASK = Way.where(select(Task.case_id).where(Task.id == bindparam("id")).scalar_subquery())


@lru_cache
def _some(count: int) -> tuple[Cases, Reading]:
    """Return how so many cases are read."""
    numbers = [bindparam(f"id{place}", type_=Case.id.type) for place in range(count)]
    cases = Cases(lambda column: column.in_(numbers))
    return cases, Reading(cases.parts)


def read_one(session: Session, way: Way, number: int) -> Case | None:
    """Return the whole case that `way` leads to."""
    return next(iter(way.cases.made(session, way.read.find(session, {"id": number}))), None)


def read_many(session: Session, case_ids: Iterable[int]) -> list[Case]:
    """Return whole cases; as many statements for many as for one."""
    wanted = sorted(set(case_ids))
    if not wanted:
        return []
    # Few statements for any number of cases: each is for twice as many as the one before.
    count = 1 << (len(wanted) - 1).bit_length()
    cases, reading = _some(count)
    given = {f"id{place}": wanted[min(place, len(wanted) - 1)] for place in range(count)}
    return cases.made(session, reading.find(session, given))


def _ordered(found: list[T]) -> list[T]:
    return sorted(found, key=attrgetter("id"))


def _by_id(found: Iterable[T]) -> dict[int, T]:
    return dict(zip(map(attrgetter("id"), found := list(found)), found, strict=True))


def _grouped(found: Iterable[T], key: str) -> defaultdict[Hashable, list[T]]:
    groups = defaultdict[Hashable, list[T]](list)
    of = attrgetter(key)
    for one in found:
        groups[of(one)].append(one)
    return groups


def _join(session: Session, cases: Sequence[Case]) -> None:
    """Read the reports that were joined to the cases; to most there are none, and nothing is asked."""
    with_some = [case.id for case in cases if case.joined]
    found = session.execute(_JOINED, {"ids": with_some}, execution_options=FRESHLY).all() if with_some else ()
    for joined, person in found:
        relate(joined, person=person)
    of_case = _grouped((joined for joined, _ in found), "case_id")
    for case in cases:
        set_committed_value(case, "joined_reports", of_case[case.id])


def _name(session: Session, tasks: Sequence[Task], copies: Sequence[Copy]) -> None:
    """Let each task know who it was given to and who decided it, and each copy its reader; most are read already."""
    ids = {one for task in tasks for one in (task.assignee_id, task.decided_by_id) if one is not None}
    ids |= {copy.person_id for copy in copies if copy.person_id is not None}
    known: dict[int | None, Person] = {
        person.id: person for person in session.identity_map.values() if isinstance(person, Person)
    }
    if missing := ids - set(known):
        known |= {person.id: person for person in _PEOPLE.all(session, {"ids": sorted(missing)})}
    for task in tasks:
        relate(task, assignee=known.get(task.assignee_id), decided_by=known.get(task.decided_by_id))
    for copy in copies:
        relate(copy, person=known.get(copy.person_id))
