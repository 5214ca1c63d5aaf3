"""Finding cases by words, as one person may: the one room of rules for `/cari`, for inline queries, and for any other.

A word finds a case only for a person who may read that word: all words for those who see the case whole, those of the
report for its reporter, and for a person who joined it what they wrote themselves. A case of which a person sees only
where it stands is found by nobody's words, and not counted.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from models.case.case import Case, CaseState
from models.case.consultation import Consultation
from models.case.evaluation import Evaluation, Part
from models.case.extension import ExtensionRequest
from models.case.journey import REPORTER
from models.case.question import Question, Remark
from models.case.task import Task
from models.office.overseeing import oversees_everything
from models.office.person import Person
from models.queries import lists
from models.queries.joined_words import JoinedCase, joined_by
from models.repository.reader import Reader
from models.search import terms
from models.search.document import SearchDocument, read
from models.search.excerpt import Excerpt, excerpt
from models.search.newest import newest
from models.search.question import Asked, name_words
from models.search.wanted import Terms

MOST = 60
"""Cases that one search finds, the newest; a person who looks for an older one narrows the search."""

_NAMED = 40
"""People whose name has one word of a search, at most."""

_SHORT_NAME = 2
"""Letters of a word that is no name yet."""

_OPEN = 2000
"""Open cases that are looked through, the newest: they are few beside those that are over."""

FIRST = slice(0, 6)
"""The cases that are shown at once, unless others are asked for."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a search is narrowed to besides its words; None or False where it is not.

    `month` is such as 202611, `sop` the prefix of an SOP's numbers, `mine` the cases that the person reported or had a
    part in.
    """

    is_open: bool | None = None
    month: int | None = None
    sop: str | None = None
    mine: bool = False


NOT_NARROWED = Narrowed()


@dataclass(frozen=True, slots=True)
class Found:
    """A case that was found, with what the person may read of it.

    `post` is the post of its open task, "" where it is over, and `holder` the person to whom that was given, if any.
    """

    case_id: int
    number: str
    state: CaseState
    own: bool
    confidential: bool
    opened_at: datetime
    step: int
    post: str
    holder: str
    said: Excerpt


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, the best first: the numbers of the rows, and which of them the person sees whole.

    `partly` says that no case has all the words.

    `more` says that there are older ones, `filling` that the index does not have all cases yet, and `joined_more` that
    the person joined more cases than are looked through.
    """

    case_ids: Sequence[int]
    whole: frozenset[int] = frozenset()
    partly: bool = False
    more: bool = False
    filling: bool = False
    joined_more: bool = False


def search(
    reader: Reader, person: Person, asked: Asked, narrowed: Narrowed = NOT_NARROWED, *, most: int = MOST
) -> Search:
    """Return the cases that `person` may find by these words, the newest first, those with the number in front.

    Where no case has all of the words, those that have one of them follow, the ones with most of them first.
    """
    if not asked:
        return Search(())
    people = _named(reader, asked)
    finding = _Finding(reader, person, narrowed, most)
    found = finding.ids(asked, people)
    # A number that is not there is not to be answered by another one of the same year.
    partly = not found and len(asked.words) > 1 and not any(word.isdecimal() for word in asked.words)
    if partly:
        counts = defaultdict[int, int](int)
        for word in asked.words:
            alone = Asked((word,), unfinished=asked.unfinished and word == asked.words[-1])
            for case_id in finding.ids(alone, people):
                counts[case_id] += 1
        found = sorted(counts, key=lambda one: (-counts[one], -one))[: most + 1]
    shown = found[:most]
    return Search(
        shown,
        frozenset(finding.whole),
        partly=partly and bool(shown),
        more=len(found) > most,
        filling=not shown and _filling(reader),
        joined_more=finding.joined_more,
    )


def shown(reader: Reader, person: Person, asked: Asked, found_now: Search, part: slice = FIRST) -> list[Found]:
    """Return what a person may read of a part of what they have just found, in its order; a page at a time."""
    case_ids, whole = found_now.case_ids[part], found_now.whole
    wanted = select(Case).where(Case.id.in_(case_ids))
    cases = {case.id: case for case in reader.session.scalars(wanted)}
    tasks = select(Task).where(Task.case_id.in_(case_ids), Task.closed_at.is_(None))
    open_tasks = {task.case_id: task for task in reader.session.scalars(tasks)}
    own = {case.id for case in cases.values() if case.reporter_id == person.id}
    said = _said(reader.session, list(cases.values()), whole, own, asked, person)
    joined = _joined_by(reader, person)[0] if said.keys() != cases.keys() else ()
    for one in joined:
        if one.case_id in cases and one.case_id not in said:
            said[one.case_id] = _own_words(one, asked)
            own.add(one.case_id)
    found = []
    for case_id in (one for one in case_ids if one in said):
        case, task = cases[case_id], open_tasks.get(case_id)
        holder = reader.person_by_id(task.assignee_id) if task is not None else None
        found.append(
            Found(
                case_id=case.id,
                number=case.number,
                state=CaseState(case.state),
                own=case.id in own,
                confidential=case.confidential,
                opened_at=case.opened_at,
                step=task.step if task is not None else 0,
                post=task.post if task is not None else "",
                holder=holder.name if holder is not None else "",
                said=said[case_id],
            )
        )
    return found


class _Finding:
    """One person's way through the index, by each kind of right that they have."""

    def __init__(self, reader: Reader, person: Person, narrowed: Narrowed, most: int) -> None:
        self._reader, self._person, self._most = reader, person, most
        self._narrowed = narrowed
        self._office = reader.office()
        self._posts = self._office.posts_of(person)
        self._oversees = oversees_everything(self._office, person)
        self.whole = set[int]()
        self._joined, self.joined_more = _joined_by(reader, person)

    def ids(self, asked: Asked, people: Mapping[str, Sequence[int]]) -> list[int]:
        """Return the cases that have all the words, the newest first; one more than `most` where there are more."""
        whole, own = self._narrow(asked.whole(people)), self._narrow(asked.shared())
        only = self._open_cases() if self._narrowed.is_open else None
        seen = set[int]()
        if self._oversees and not self._narrowed.mine:
            seen = self._matching(whole.besides(without=[terms.CONFIDENTIAL]), among=only)
            # What they oversee they see whole. Of the rest there are only confidential cases to be looked at.
            whole = whole.besides([terms.CONFIDENTIAL])
        parts = [terms.at_post(self._person.id, post) for post in self._posts]
        doubtful = self._matching(whole.besides(parts), among=only) if parts else set[int]()
        if self._narrowed.is_open is not False:
            doubtful |= self._matching(whole, among=self._at_hand())
        seen |= lists.seen_whole(self._reader, self._person, doubtful)
        self.whole |= seen
        found = seen | self._matching(own.besides([f"{terms.REPORTED_BY}{self._person.id}"]), among=only)
        found |= {one.case_id for one in self._joined if own.met_by(one.terms) and (only is None or one.is_open)}
        return sorted(found, reverse=True)[: self._most + 1]

    def _narrow(self, wanted: Terms) -> Terms:
        narrowed = self._narrowed
        if narrowed.month is not None:
            wanted = wanted.besides([f"{terms.MONTH}{narrowed.month}"])
        if narrowed.sop is not None:
            wanted = wanted.besides([f"{terms.PREFIX}{narrowed.sop.lower()}"])
        # Of what is over there is so much that the database would go through all of it to leave it out.
        return wanted.besides([terms.OVER]) if narrowed.is_open is False else wanted

    def _open_cases(self) -> set[int]:
        newest = select(Case.id).where(Case.state == CaseState.OPEN).order_by(Case.id.desc()).limit(_OPEN)
        return set(self._reader.session.scalars(newest))

    def _at_hand(self) -> set[int]:
        """Return the open cases that wait for the person, or for posts below theirs, or for their opinion."""
        office = self._office
        conditions = [lists.awaiting(office, self._person)]
        if not self._narrowed.mine and not self._oversees:
            conditions.append(lists.overseen(office, self._person))
        # By the indexes of what is open: in the order of the rows, all tasks would be gone through.
        tasks = select(Task.case_id).where(Task.closed_at.is_(None), or_(*conditions))
        asked = select(Consultation.case_id).where(lists.consulted(office, self._person))
        session = self._reader.session
        found = {*session.scalars(tasks), *session.scalars(asked)}
        return set(sorted(found, reverse=True)[:_OPEN])

    def _matching(self, wanted: Terms, *, among: set[int] | None = None) -> set[int]:
        """Return the newest cases with these terms, of all or `among` the few that are given."""
        session = self._reader.session
        if among is None:
            return set(newest(session, wanted, self._most + 1))
        if not among:
            return set()
        documents = select(SearchDocument.case_id, SearchDocument.terms).where(SearchDocument.case_id.in_(among))
        met = [case_id for case_id, kept in session.execute(documents) if wanted.met_by(read(kept))]
        return set(sorted(met, reverse=True)[: self._most + 1])


def _joined_by(reader: Reader, person: Person) -> tuple[list[JoinedCase], bool]:
    return joined_by(reader.session, person, reader.calendar.zone)


def _own_words(joined: JoinedCase, asked: Asked) -> Excerpt:
    """Return the words of a person in a case that they joined: those in which something was found, else the first."""
    said = [excerpt(text, asked) for text in joined.texts] or [excerpt("", asked)]
    return next((one for one in said if one.found), said[0])


def _filling(reader: Reader) -> bool:
    """Whether there are cases that the index does not have yet: it is filled from the newest backwards."""
    first = reader.session.scalar(select(func.min(SearchDocument.case_id)))
    older = select(Case.id) if first is None else select(Case.id).where(Case.id < first)
    return reader.session.scalar(older.limit(1)) is not None


def _named(reader: Reader, asked: Asked) -> dict[str, list[int]]:
    """Return the people whose name has a word, by the word. People are few beside cases."""
    wanted = [word for word in asked.words if word.isalpha() and len(word) > _SHORT_NAME]
    if not wanted:
        return {}
    begins = [func.lower(Person.name).contains(word) for word in wanted]
    found = defaultdict[str, list[int]](list)
    for person_id, name in reader.session.execute(select(Person.id, Person.name).where(or_(*begins)).limit(_NAMED)):
        for word in name_words(name) & set(wanted):
            found[word].append(person_id)
    return dict(found)


def _said(
    session: Session, cases: Sequence[Case], whole: Collection[int], own: Collection[int], asked: Asked, person: Person
) -> dict[int, Excerpt]:
    """Return of each case the words of the report, or the first other words in which something was found.

    Nothing is shown of a case that is neither seen `whole` nor the person's `own`, and nothing beside the report that a
    person wrote whose words are restricted, once the case is over: to them alone.
    """
    found = {case.id: excerpt(case.text, asked) for case in cases if case.id in whole or case.id in own}
    missing = [case_id for case_id, said in found.items() if not said.found]
    for texts in (_SHARED, _INNER) if missing else ():
        readable = [one for one in missing if texts is _SHARED or one in whole]
        said = [
            (case_id, author, words)
            for statement in (texts if readable else ())
            for case_id, *rest in session.execute(statement, {"cases": readable})
            for author, whole_words in zip(rest[::2], rest[1::2], strict=True)
            if whole_words and (words := excerpt(whole_words, asked)).found
        ]
        over = {case.id for case in cases if case.closed_at is not None}
        restricted = _restricted(session, {author for case_id, author, _ in said if case_id in over} - {person.id})
        for case_id, author, words in said:
            if not found[case_id].found and not (case_id in over and author in restricted):
                found[case_id] = words
    return found


def _restricted(session: Session, authors: Collection[int]) -> set[int]:
    """Return those of some people whose words are restricted."""
    if not authors:
        return set()
    return set(session.scalars(select(Person.id).where(Person.id.in_(authors), Person.restricted_in.is_not(None))))


_CASES: BindParameter[Any] = bindparam("cases", expanding=True)
_OWN_NOTE = Remark.capacity == REPORTER
_SHARED: tuple[Select[*tuple[Any, ...]], ...] = (
    select(Remark.case_id, Remark.by_id, Remark.text).where(Remark.case_id.in_(_CASES), _OWN_NOTE).order_by(Remark.id),
    select(Question.case_id, Question.asked_by_id, Question.text, Case.reporter_id, Question.answer)
    .join(Case, Case.id == Question.case_id)
    .where(Question.case_id.in_(_CASES))
    .order_by(Question.id),
)
_INNER: tuple[Select[*tuple[Any, ...]], ...] = (
    select(
        Evaluation.case_id,
        *(
            column
            for part in Part
            for column in (Evaluation.author_id.label(f"by_{part}"), getattr(Evaluation, part.value))
        ),
    )
    .where(Evaluation.case_id.in_(_CASES), Evaluation.submitted_at.is_not(None))
    .order_by(Evaluation.id.desc()),
    select(Task.case_id, Task.decided_by_id, Task.note, Task.late_reason_by_id, Task.late_reason)
    .where(Task.case_id.in_(_CASES))
    .order_by(Task.id),
    select(Remark.case_id, Remark.by_id, Remark.text).where(Remark.case_id.in_(_CASES), ~_OWN_NOTE).order_by(Remark.id),
    select(
        *(Consultation.case_id, Consultation.by_id, Consultation.text),
        *(Consultation.answered_by_id, Consultation.answer),
    ).where(Consultation.case_id.in_(_CASES)),
    select(
        *(ExtensionRequest.case_id, ExtensionRequest.by_id, ExtensionRequest.text),
        *(ExtensionRequest.decided_by_id, ExtensionRequest.note),
    ).where(ExtensionRequest.case_id.in_(_CASES)),
)
"""The words of cases beside the reports, each after its author.

What a reporter may read, and what is for those who see a case whole.
"""
