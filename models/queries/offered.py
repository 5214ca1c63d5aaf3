"""The Laporan Evaluasi of closed cases that are like one being written, as a start for it.

Nobody is offered what they may not read, what is confidential, what they reported themselves or joined, what was
erased, or the words of another person that are restricted.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, func, select

from models.case.case import Case, CaseState
from models.case.evaluation import Evaluation, Offered
from models.case.joined_report import THERE, JoinedReport
from models.case.sop_version import SopVersion
from models.office.overseeing import oversees_everything
from models.office.person import Person
from models.queries import lists
from models.repository.reader import Reader
from models.search import terms
from models.search.likeness import READ, Told, alike_long_ago
from models.search.meanings import is_general, meaning_of
from models.search.newest import newest
from models.search.wanted import Terms
from models.search.words import forms, words

MOST = 60
"""Closed cases that are compared with one, the newest that have a word of it."""

_WORDS = 12
"""Words of a report by which closed cases are looked for."""

_SAID = (
    select(Case.id, Case.number, Case.closed_at, func.substr(Case.text, 1, READ).label("text"), Person.unit)
    .join(Person, Person.id == Case.reporter_id)
    .join(SopVersion, SopVersion.id == Case.sop_version_id)
    .where(
        Case.id.in_(bindparam("cases", expanding=True)),
        Case.state == CaseState.CLOSED,
        ~Case.confidential,
        Case.erased_in.is_(None),
        Case.reporter_id != bindparam("person"),
        ~exists().where(JoinedReport.case_id == Case.id, JoinedReport.person_id == bindparam("person"), THERE),
        SopVersion.code == bindparam("sop"),
    )
)
_EVALUATIONS = (
    select(Evaluation, Person.restricted_in)
    .join(Person, Person.id == Evaluation.author_id)
    .where(Evaluation.case_id.in_(bindparam("cases", expanding=True)), Evaluation.submitted_at.is_not(None))
    .order_by(Evaluation.case_id, Evaluation.revision)
)


def offered_evaluations(reader: Reader, case: Case, person: Person) -> list[Offered]:
    """Return those of the closed cases of the same SOP that are most like `case`, the likest first: three at most."""
    wanted = _wanted(reader, case, person)
    if wanted is None:
        return []
    found = set(newest(reader.session, wanted, MOST))
    rows = _readable(reader, case, person, found)
    told = [Told(row.id, (row.text,), row.unit or "", row.closed_at) for row in rows.values()]
    likest = [one.key for one in alike_long_ago(case.text, case.reporter.unit or "", told)]
    return _with_words(reader, [rows[one] for one in likest], person)


def offered_evaluation(reader: Reader, case: Case, person: Person, case_id: int) -> Offered | None:
    """Return the Laporan Evaluasi of one closed case; None where `person` cannot be offered it for `case`."""
    rows = _readable(reader, case, person, {case_id})
    return next(iter(_with_words(reader, rows.values(), person)), None)


def _wanted(reader: Reader, case: Case, person: Person) -> Terms | None:
    """Return what the documents of cases have that may be offered; None where the person could read none of them."""
    telling = dict.fromkeys(
        one.letters
        for one in words(case.text[:READ])
        if one.counts and not is_general(meaning_of(one.letters)) and not one.letters.isdecimal()
    )
    some = {terms.SHARED + form for word in list(telling)[:_WORDS] for form in forms(word)}
    office = reader.office()
    parts = {terms.at_post(person.id, post) for post in office.posts_of(person)}
    everything = oversees_everything(office, person)
    if not some or not (parts or everything):
        return None
    about = {f"{terms.PREFIX}{case.number.partition('-')[0].lower()}"}
    hidden = frozenset({terms.CONFIDENTIAL})
    wanted = Terms([frozenset(some), frozenset(about), frozenset({terms.OVER})], hidden)
    return wanted if everything else wanted.besides(parts)


def _readable(reader: Reader, case: Case, person: Person, case_ids: set[int]) -> dict[int, Row[Any]]:
    """Return those of the cases that may be offered to `person`, by their numbers."""
    seen = lists.seen_whole(reader, person, case_ids - {case.id})
    if not seen:
        return {}
    wanted = {"cases": sorted(seen), "person": person.id, "sop": case.sop.code}
    statement: Select[*tuple[Any, ...]] = _SAID
    return {row.id: row for row in reader.session.execute(statement, wanted)}


def _with_words(reader: Reader, rows: Iterable[Row[Any]], person: Person) -> list[Offered]:
    """Return the last revision that was handed in for each of the cases, in their order, where `person` may read it."""
    cases = {row.id: row for row in rows}
    if not cases:
        return []
    # The last revision comes last, and takes the place of those before it.
    found = reader.session.execute(_EVALUATIONS, {"cases": sorted(cases)}).all()
    last = {one.case_id: one.parts if limited is None or one.author_id == person.id else None for one, limited in found}
    return [
        Offered(number, row.number, row.closed_at, parts)
        for number, row in cases.items()
        if (parts := last.get(number)) is not None
    ]
