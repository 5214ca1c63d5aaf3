"""Lists of cases and tasks: what waits for a person, which cases they may see, which case a typed number means."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, Integer, Select, and_, exists, false, func, literal, or_, select, type_coerce
from sqlalchemy import case as sql_case

from models.case.case import Case, CaseState
from models.case.consultation import Consultation
from models.case.copy import Copy
from models.case.joined_report import JoinedReport
from models.case.question import Question
from models.case.task import Task
from models.mail.card import Card
from models.mail.notice import Notice, NoticeKind
from models.office.office import Office
from models.office.overseeing import oversees_everything, scope_of
from models.office.person import Person, includes
from models.queries.membership import has
from models.repository.numbering import Numbering
from models.repository.reader import Reader
from models.rules.rules import Rules
from models.rules.standard import Standard
from models.rules.urgency import Urgency

_TYPED = re.compile(r"(?:(?P<prefix>[A-Z]{2,5})[-/. ]*)?(?:(?P<year>[0-9]{4})[-/. ]+)?(?P<serial>[0-9]{1,9})")

_REMEMBERED = 20
"""A person's latest reports among which an edited message is looked for."""

_RANK = sql_case({urgency.value: urgency.rank for urgency in Urgency}, value=Case.urgency)
"""The place of a case among others by its urgency."""

_CANDIDATES = 50
"""Cases with the same serial that are looked through: one a year for each SOP."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open task in a list. `subject` is empty where the case is confidential, or not the person's to read.

    `mine` tells whether the person who looks may decide it. To those who may not, a confidential case is an ordinary
    one. `waiting_since` is since when the reporter is asked, None while they are not, and `paused_at` that instant
    where the clock of the task stands still meanwhile. `urges` counts how often the reporter has urged. `own` tells
    whether the person who looks reported the case, or joined those who did.
    """

    task_id: int
    case_id: int
    number: str
    subject: str
    post: str
    due_at: datetime
    mine: bool
    urgency: Urgency
    waiting_since: datetime | None
    paused_at: datetime | None
    standard: Standard
    urges: int
    step: int
    version: int
    sop_version_id: int
    own: bool

    @classmethod
    def of(cls, task: Task, case: Case, *, subject: str, mine: bool, own: bool) -> Self:
        """Return an open task as somebody sees it who may decide it, or may not."""
        return cls(
            task_id=task.id,
            case_id=case.id,
            number=case.number,
            subject=subject,
            post=task.post,
            due_at=task.due_at,
            mine=mine,
            urgency=Urgency(case.urgency) if mine or not case.confidential else Urgency.ORDINARY,
            waiting_since=task.waiting_since,
            paused_at=task.paused_at,
            standard=task.measure,
            urges=task.urges,
            step=task.step,
            version=task.version,
            sop_version_id=case.sop_version_id,
            own=own,
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in a list.

    `subject` is empty where the case is not the person's own report, and confidential or not theirs to read. `post` is
    where an open one lies, by its code, and `since` when it came there, or when it was over.
    """

    case_id: int
    number: str
    subject: str
    state: CaseState
    own: bool
    post: str = ""
    since: datetime | None = None


def queue(reader: Reader, person: Person) -> list[Waiting]:
    """Return the open tasks that wait for `person`: the most urgent first, then the earliest deadline."""
    office = reader.office()
    # Of a post that many hold, most tasks may have been given to others: these are left to the database.
    found = _open_tasks(reader, person, and_(Task.post.in_(office.desks_of(person)), _at_hand(office, person)))
    return [waiting for waiting in found if waiting.mine]


def next_for(reader: Reader, person: Person, *, after: Task | None = None) -> Waiting | None:
    """Return what stands first in the `queue` of `person`, None where nothing waits.

    `after` is a task that this transaction has just decided, before anything of that is written: what the decision
    opens is dealt as a card of its own. One row is read, however many wait.
    """
    with reader.session.no_autoflush:
        first = _at_hand_of(reader, person, after).order_by(_RANK, Task.due_at, Task.id).limit(1)
        found = [(task, case) for task, case in reader.session.execute(first)]
        own = _reported(reader, person, [case for _, case in found])
    for task, case in found:
        subject = "" if case.confidential else case.subject
        return Waiting.of(task, case, subject=subject, mine=True, own=case.id in own)
    return None


def _at_hand_of(reader: Reader, person: Person, after: Task | None) -> Select[Task, Case]:
    office = reader.office()
    wanted = select(Task, Case).join(Case, Case.id == Task.case_id).where(Task.closed_at.is_(None))
    wanted = wanted.where(Task.post.in_(office.desks_of(person)), _at_hand(office, person))
    return wanted if after is None else wanted.where(Task.id != after.id)


def waiting(reader: Reader, person: Person, task_ids: Iterable[int]) -> list[Waiting]:
    """Return those of the tasks that are still open, as `person` may see them, in the order of `queue`."""
    return _open_tasks(reader, person, Task.id.in_(list(task_ids)))


def _open_tasks(reader: Reader, person: Person, condition: ColumnElement[bool]) -> list[Waiting]:
    office = reader.office()
    overseen = _overseen_posts(office, person)
    statement = (
        select(Task, Case)
        .join(Case, Case.id == Task.case_id)
        .where(Task.closed_at.is_(None), Case.state == CaseState.OPEN, condition)
        .order_by(Task.due_at, Task.id)
    )
    rows = [(task, case) for task, case in reader.session.execute(statement)]
    own = _reported(reader, person, [case for _, case in rows])
    found = []
    for task, case in rows:
        mine = includes(task.deciders(office), person.id)
        subject = case.subject if not case.confidential and (mine or task.post in overseen) else ""
        found.append(Waiting.of(task, case, subject=subject, mine=mine, own=case.id in own))
    # What is late has the earlier deadline, so among the equally urgent it stands first.
    return sorted(found, key=lambda one: one.urgency.rank)


def _reported(reader: Reader, person: Person, cases: Iterable[Case]) -> set[int]:
    """Return those of the cases that `person` reported, first or with others: these are asked for where there are."""
    found = {case.id: case for case in cases}
    shared = [case.id for case in found.values() if case.joined]
    joined = JoinedReport.person_id == person.id, JoinedReport.parted_at.is_(None)
    theirs = select(JoinedReport.case_id).where(JoinedReport.case_id.in_(shared), *joined)
    own = {case.id for case in found.values() if case.reporter_id == person.id}
    return own | set(reader.session.scalars(theirs)) if shared else own


def visible(reader: Reader, person: Person, *, limit: int) -> list[Listed]:
    """Return the cases `person` may look at: their own reports and what they had a part in, the open ones first.

    After they left the post of their part they see its number without its subject (`sight_of`). The head of the office,
    watchers and admins see every open case besides. At most `limit` are returned, the newest of each kind first.
    """
    office = reader.office()
    overseeing = oversees_everything(office, person)
    own, is_open = Case.reporter_id == person.id, Case.state == CaseState.OPEN
    decided, given = Task.decided_by_id == person.id, Task.assignee_id == person.id
    at_hand = and_(Task.closed_at.is_(None), or_(_at_hand(office, person), _stood_in_for(office, person)))
    involved = exists().where(Task.case_id == Case.id, or_(decided, given, at_hand))
    # The newest of each kind, which an index finds however many there are. What is among the first of all is also
    # among the first of its kind.
    kinds = [
        (Case.id, own),
        # By the index of what is open, which is little: that of a person would lead through all they ever reported.
        (Case.id, and_(Case.reporter_id + 0 == person.id, is_open)),
        (Case.id, is_open if overseeing else and_(is_open, involved)),
        (Task.case_id, decided),
        (Task.case_id, given),
        (Copy.case_id, Copy.person_id == person.id),
        (JoinedReport.case_id, and_(JoinedReport.person_id == person.id, JoinedReport.parted_at.is_(None))),
        (Consultation.case_id, consulted(office, person)),
    ]
    newest = {
        case_id
        for number, condition in kinds
        for case_id in reader.session.scalars(
            select(number).where(condition).distinct().order_by(number.desc()).limit(limit)
        )
    }
    statement = (
        select(Case).where(Case.id.in_(newest)).order_by(is_open.desc(), own.desc(), Case.id.desc()).limit(limit)
    )
    cases = reader.session.scalars(statement).all()
    readable = _readable(reader, person, {case.id for case in cases})
    lies_at = _where(reader, [case.id for case in cases if case.state is CaseState.OPEN])
    return [
        Listed(
            case_id=case.id,
            number=case.number,
            subject=case.subject if case.reporter_id == person.id or case.id in readable else "",
            state=CaseState(case.state),
            own=case.reporter_id == person.id,
            post=lies_at[case.id][0] if case.id in lies_at else "",
            since=lies_at[case.id][1] if case.id in lies_at else case.closed_at,
        )
        for case in cases
    ]


def _where(reader: Reader, case_ids: Iterable[int]) -> dict[int, tuple[str, datetime]]:
    """Return at which post open cases lie, and since when."""
    found = select(Task.case_id, Task.post, Task.opened_at).where(Task.case_id.in_(case_ids), Task.closed_at.is_(None))
    return {case_id: (post, opened_at) for case_id, post, opened_at in reader.session.execute(found)}


def _overseen_posts(office: Office, person: Person) -> set[str]:
    """Return the posts whose open tasks `person` oversees, as `scope_of` has it."""
    scope = scope_of(office, person)
    return set(scope.posts) if scope is not None else set()


def _readable(reader: Reader, person: Person, case_ids: set[int]) -> set[int]:
    """Return those of the cases that are not confidential and that `person` sees whole, as `sight_of` has it."""
    return set(reader.session.scalars(_seen_whole(reader, person, case_ids).where(~Case.confidential)))


def seen_whole(reader: Reader, person: Person, case_ids: set[int]) -> set[int]:
    """Return those of the cases that `person` sees whole, confidential ones too, as `sight_in` has it."""
    return set(reader.session.scalars(_seen_whole(reader, person, case_ids))) if case_ids else set()


def _seen_whole(reader: Reader, person: Person, case_ids: set[int]) -> Select[int]:
    office = reader.office()
    handled = and_(
        or_(Task.decided_by_id == person.id, Task.assignee_id == person.id), Task.post.in_(office.posts_of(person))
    )
    overseen = and_(Task.closed_at.is_(None), Task.post.in_(_overseen_posts(office, person)), ~Case.confidential)
    present = or_(handled, overseen, and_(Task.closed_at.is_(None), awaiting(office, person)))
    copied = Copy.person_id == person.id, Copy.case_id == Case.id, Copy.post.in_(office.posts_of(person))
    asked = select(Consultation.case_id).where(Consultation.case_id.in_(case_ids), consulted(office, person))
    took_part = [exists().where(Task.case_id == Case.id, present), exists().where(*copied), Case.id.in_(asked)]
    if oversees_everything(office, person):
        took_part.append(~Case.confidential)
    return select(Case.id).where(Case.id.in_(case_ids), or_(*took_part))


def awaiting(office: Office, person: Person) -> ColumnElement[bool]:
    """Return which open tasks `person` may decide, or might were they not away: those are seen whole."""
    return or_(_at_hand(office, person), _stood_in_for(office, person))


def overseen(office: Office, person: Person) -> ColumnElement[bool]:
    """Return which tasks are at posts that `person` oversees."""
    return Task.post.in_(_overseen_posts(office, person))


def consulted(office: Office, person: Person) -> ColumnElement[bool]:
    """Return which consultations wait for the opinion of `person`, as `Standing.consulted` has it."""
    posts = [post for post in office.posts_of(person) if includes(office.holders(post), person.id)]
    mine = [one.stands_for_id for one in office.tenures if one.person_id == person.id and one.lasts]
    theirs = Consultation.to_id.in_([person.id, *(one for one in mine if one is not None)])
    return and_(
        # What was never answered stays: the tasks that are open lead to the few that wait.
        Consultation.task_id.in_(select(Task.id).where(Task.closed_at.is_(None))),
        Consultation.answered_at.is_(None),
        Consultation.by_id != person.id,
        Consultation.post.in_(posts),
        or_(Consultation.to_id.is_(None), theirs),
    )


def _at_hand(office: Office, person: Person) -> ColumnElement[bool]:
    """Return which open tasks `person` may decide, as `Task.deciders` has it."""
    found = [_at_hand_in(office, post, person) for post in office.posts_of(person)]
    if not person.is_admin or not includes(office.able_admins, person.id):
        return or_(false(), *found)
    left = and_(Task.raised_from == Task.post, Task.closed_at.is_(None), Task.raised_from.is_not(None))
    alone = all(admin.id == person.id for admin in office.able_admins)
    return or_(*found, left if alone else and_(left, ~has(Task.not_by, literal(person.id))))


def _at_hand_in(office: Office, post: str, person: Person) -> ColumnElement[bool]:
    here = and_(Task.post == post, Task.raised_from.is_distinct_from(Task.post))
    own = _falls_to(office, post, person, mandate=False)
    if all(tenure.stands_for_id is None for tenure in office.tenures_of(post)):
        return and_(here, own)
    delegated = _falls_to(office, post, person, mandate=True)
    return and_(here, or_(and_(Task.mandate, delegated), and_(~Task.mandate, own)))


def _falls_to(office: Office, post: str, person: Person, *, mandate: bool) -> ColumnElement[bool]:
    """Return to whom a task of `post`, with this `mandate`, may have been given for `person` to decide it.

    A task about a report of `person` is left out where it is for others to judge: somebody holds the post with them,
    and has not reported it too.
    """
    holding = office.holding(post, mandate=mandate)
    if not includes(holding, person.id):
        return false()
    others = [
        one
        for one in dict.fromkeys(number for t in office.tenures_of(post) for number in (t.person.id, t.stands_for_id))
        if one is not None and not includes(office.among(holding, post, one, mandate=mandate), person.id)
    ]
    falls = or_(Task.assignee_id.is_(None), Task.assignee_id.not_in(others))
    # What was given to a person who may not judge it falls to the others.
    given_on = or_(falls, has(Task.not_by, type_coerce(Task.assignee_id, Integer)))
    people = {one.id for one in holding}
    if people == {person.id}:
        return given_on
    all_reported = and_(*(has(Task.not_by, literal(one)) for one in sorted(people)))
    return or_(and_(given_on, ~has(Task.not_by, literal(person.id))), and_(falls, all_reported))


def _stood_in_for(office: Office, person: Person) -> ColumnElement[bool]:
    """Return which open tasks would be those of `person` to decide, were they not away: they still see them whole.

    What was given to `person` is not among them.
    """
    posts = [post for post in office.posts_of(person) if office.stand_in(person.id, post) is not None]
    return and_(Task.post.in_(posts), Task.assignee_id.is_(None))


def at_hand(reader: Reader, person: Person, *, limit: int, only_confidential: bool = False) -> list[tuple[int, str]]:
    """Return the open tasks that wait for `person`, each with the number of its case, the earliest deadline first."""
    office = reader.office()
    posts = office.desks_of(person)
    if not posts:
        return []
    theirs = and_(Task.post.in_(posts), _at_hand(office, person))
    statement = (
        select(Task.id, Case.number)
        .join(Case, Case.id == Task.case_id)
        .where(Task.closed_at.is_(None), Case.state == CaseState.OPEN, theirs)
        .order_by(Task.due_at, Task.id)
        .limit(limit)
    )
    if only_confidential:
        statement = statement.where(Case.confidential)
    return [(task_id, number) for task_id, number in reader.session.execute(statement)]


def names_a_case(rules: Rules, typed: str) -> bool:
    """Whether words are the number of a case and nothing else: figures alone, or behind the prefix of an SOP."""
    match = _TYPED.fullmatch(typed.strip().upper())
    return match is not None and match["prefix"] in {None, *(sop.prefix for sop in rules.sops.values())}


def numbers_like(reader: Reader, typed: str) -> list[str]:
    """Return the case numbers that `typed` may mean, the newest first; none when it is no number at all.

    `typed` is what a person wrote: `SW-2026-0147`, `sw 2026 147`, `sw 147`, `0147`, `147`.
    """
    match = _TYPED.fullmatch(typed.strip().upper())
    if match is None:
        return []
    serial = int(match["serial"])
    # Every number was given out from a register, so all that may be meant can be named, and found by their index.
    numberings = select(Numbering.prefix, Numbering.year).where(Numbering.last >= serial)
    meant = [
        f"{prefix}-{year}-{serial:04d}"
        for prefix, year in reader.session.execute(numberings)
        if match["prefix"] in {None, prefix} and match["year"] in {None, str(year)}
    ]
    found = select(Case.number).where(Case.number.in_(meant)).order_by(Case.id.desc()).limit(_CANDIDATES)
    return list(reader.session.scalars(found))


def active_counts(reader: Reader, post: str) -> dict[int, int]:
    """Return how many open tasks of `post` each person who was given one has, by the person's number."""
    statement = (
        select(Task.assignee_id, func.count())
        .where(Task.closed_at.is_(None), Task.post == post, Task.assignee_id.is_not(None))
        .group_by(Task.assignee_id)
    )
    return {person_id: count for person_id, count in reader.session.execute(statement) if person_id}


def body_of_list(reader: Reader, card: Card) -> Mapping[str, Any]:
    """Return the body of the notice of a reminder of several tasks, or of a digest; its `items` name the tasks."""
    listing = Notice.kind.in_((NoticeKind.SUMMARY, NoticeKind.DIGEST))
    return reader.session.scalar(select(Notice.body).where(Notice.card_id == card.id, listing)) or {}


def reminded_of(reader: Reader, person: Person, body: Mapping[str, Any]) -> list[Waiting]:
    """Return what a reminder with this `body` shows now: all that waits for `person`, then what it named of others."""
    own = queue(reader, person)
    named = {item["task"] for item in body.get("items", ()) if item["kind"] == NoticeKind.ESCALATE.value}
    others = waiting(reader, person, named - {one.task_id for one in own})
    return own + [one for one in others if not one.mine]


def report_of_message(reader: Reader, person: Person, message_id: int) -> str | None:
    """Return the number of the report, among the latest of `person`, that was made of this message."""
    sent = select(Case.number, Case.origin).where(Case.reporter_id == person.id).order_by(Case.id.desc())
    found = reader.session.execute(sent.limit(_REMEMBERED))
    return next((number for number, origin in found if message_id in origin.get("messages", ())), None)


def open_questions(reader: Reader, person_id: int) -> list[tuple[int, str]]:
    """Return the newest open question of each case that waits for its reporter's answer, with the case's number."""
    found = (
        select(Question.id, Case.number)
        .join(Case, Case.id == Question.case_id)
        .where(Case.reporter_id == person_id, Case.state == CaseState.OPEN, Question.answered_at.is_(None))
        .order_by(Question.id.desc())
    )
    newest: dict[str, int] = {}
    for question_id, number in reader.session.execute(found):
        newest.setdefault(number, question_id)
    return [(question_id, number) for number, question_id in newest.items()]


def continued_as(reader: Reader, case: Case) -> str:
    """Return the number under which a case that was moved goes on, "" where it does not."""
    goes_on = following(reader, case)
    return goes_on[1] if goes_on else ""


def following(reader: Reader, case: Case) -> tuple[int, str] | None:
    """Return the first case that goes on from this one, by its row and its number; None where there is none."""
    found = select(Case.id, Case.number).where(Case.previous_case_id == case.id).order_by(Case.id).limit(1)
    row = reader.session.execute(found).first()
    return (row[0], row[1]) if row else None
