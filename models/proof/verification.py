"""Proving the record: every chain verifies, no case is missing, and every case agrees with its journal.

It reads the columns as they are stored, because a database that somebody has written into may hold anything. Chains are
streamed; one case at a time is in memory.

A chain alone cannot show that its end was cut off together with its head and everything that followed from that end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from models.base import Base
from models.case.attachment import Attachment
from models.case.case import Case
from models.case.consultation import Consultation
from models.case.content import Content
from models.case.copy import Copy
from models.case.evaluation import Evaluation
from models.case.extension import ExtensionRequest
from models.case.issued_paper import IssuedPaper
from models.case.joined_report import JoinedReport
from models.case.question import Question, Remark
from models.case.sop_version import SopVersion
from models.case.task import Chase, Task
from models.journal.chain import Breach, Chain, Entry, Payload, first_breach
from models.office.calendar import CalendarVersion
from models.office.person import Person
from models.office.tenure import Tenure
from models.proof.account import Row
from models.proof.calendars import BROUGHT
from models.proof.comparing import mismatches
from models.proof.contents import Contents
from models.proof.erasures import Erasures
from models.proof.findable import fault_of
from models.proof.foreseen import FOLLOWED, Foreseen
from models.proof.mandates import GIVEN, OVER, Mandates
from models.proof.moves import Moves
from models.proof.numberings import miscounted
from models.proof.office import TELLING, OfficeHistory
from models.proof.papers import Papers
from models.proof.reading import Broken, entry_of
from models.proof.renames import RENAMED, Renames
from models.proof.replay import Contradiction, Replay
from models.proof.stays import Settled
from models.proof.stored import Kept, Stored
from models.proof.testimony import Exhibits
from models.proof.works import ACTS, Works
from models.repository.numbering import Numbering
from models.repository.office_lock import OFFICE_CHAIN
from models.repository.told import TOLD
from models.rules.sop import digest as digest_of_sop
from models.search.document import SearchDocument

CASE_SUBJECT = "case:"
"""What the subject of a case's chain begins with; the case number follows."""

_BATCH = 500

_CHAINS, _ENTRIES, _PAYLOADS, _CASES, _NUMBERINGS = (
    Base.metadata.tables[entity.__tablename__] for entity in (Chain, Entry, Payload, Case, Numbering)
)
_CONTENTS = Base.metadata.tables[Content.__tablename__]
_PEOPLE = Base.metadata.tables[Person.__tablename__]
_DOCUMENTS = Base.metadata.tables[SearchDocument.__tablename__]
_CALENDARS, _SOPS, _CHASES = (
    Base.metadata.tables[entity.__tablename__] for entity in (CalendarVersion, SopVersion, Chase)
)
(
    _TASKS,
    _EVALUATIONS,
    _QUESTIONS,
    _REMARKS,
    _ATTACHMENTS,
    _TENURES,
    _EXTENSIONS,
    _CONSULTATIONS,
    _COPIES,
    _PAPERS,
    _JOINED,
) = (
    Base.metadata.tables[entity.__tablename__]
    for entity in (
        *(Task, Evaluation, Question, Remark, Attachment, Tenure, ExtensionRequest, Consultation, Copy),
        *(IssuedPaper, JoinedReport),
    )
)


_EVERY_CHAIN = Kept.of(_CHAINS.columns, order=[Chain.id])
_ENTRIES_OF_CHAIN = Kept.of(
    [*_ENTRIES.columns, *(_PAYLOADS.c[name] for name in ("salt", "body", "secrets", "erased_in"))],
    where=[Entry.chain_id == bindparam("chain_id")],
    order=[Entry.sequence],
    source=_ENTRIES.outerjoin(_PAYLOADS, (Entry.chain_id == Payload.chain_id) & (Entry.sequence == Payload.sequence)),
)
_TOLD_OF_THE_OFFICE = (RENAMED, GIVEN, OVER, BROUGHT, FOLLOWED, *TELLING, *ACTS)
_OF_THE_OFFICE = Kept.of(
    _ENTRIES_OF_CHAIN.columns,
    where=[
        Entry.chain_id == bindparam("chain_id"),
        Entry.action.in_((RENAMED, GIVEN, OVER, BROUGHT, FOLLOWED, *TELLING, *ACTS)),
    ],
    order=[Entry.sequence],
    source=_ENTRIES.outerjoin(_PAYLOADS, (Entry.chain_id == Payload.chain_id) & (Entry.sequence == Payload.sequence)),
)
_CASE_OF_CHAIN = Kept.of(_CASES.columns, where=[Case.chain_id == bindparam("chain_id")])
(
    _TASKS_OF_CASE,
    _EVALUATIONS_OF_CASE,
    _QUESTIONS_OF_CASE,
    _REMARKS_OF_CASE,
    _ATTACHMENTS_OF_CASE,
    _EXTENSIONS_OF_CASE,
    _CONSULTATIONS_OF_CASE,
    _COPIES_OF_CASE,
    _JOINED_OF_CASE,
) = (
    Kept.of(table.columns, where=[table.c.case_id == bindparam("case_id")], order=[table.c[order]])
    for table, order in (
        (_TASKS, "id"),
        (_EVALUATIONS, "revision"),
        (_QUESTIONS, "id"),
        (_REMARKS, "id"),
        (_ATTACHMENTS, "id"),
        (_EXTENSIONS, "id"),
        (_CONSULTATIONS, "id"),
        (_COPIES, "id"),
        (_JOINED, "id"),
    )
)
_CHASES_OF_CASE = Kept.of(
    _CHASES.columns,
    where=[Task.case_id == bindparam("case_id")],
    order=[Chase.task_id, Chase.ordinal],
    source=_CHASES.join(_TASKS, Task.id == Chase.task_id),
)
_DOCUMENT_OF_CASE = Kept.of(_DOCUMENTS.columns, where=[_DOCUMENTS.c.case_id == bindparam("case_id")])
_CHASES_WITHOUT_TASK = Kept.of(_CHASES.columns, where=[~exists().where(Task.id == Chase.task_id)])
_EVERY_SOP = Kept.of(_SOPS.columns, order=[SopVersion.id])
_EVERY_ROW_TOLD = {told: Kept.of(told.table.columns, order=[*told.table.primary_key.columns]) for told in TOLD}
_SALTS = Kept.of([_PEOPLE.c.id, _PEOPLE.c.salt], order=[_PEOPLE.c.id])
_STANDING_IN = Kept.of(_TENURES.columns, where=[Tenure.stands_for_id.is_not(None)], order=[Tenure.id])
_CASES_WITHOUT_CHAIN = Kept.of([_CASES.c.number], where=[~exists().where(Chain.id == Case.chain_id)], order=[Case.id])
_STRAYS = {
    what: Kept.of([table.c.id], where=[~exists().where(Case.id == table.c.case_id)], order=[table.c.id])
    for what, table in (
        ("task", _TASKS),
        ("evaluation", _EVALUATIONS),
        ("question", _QUESTIONS),
        ("note", _REMARKS),
        ("file", _ATTACHMENTS),
        ("request for more time", _EXTENSIONS),
        ("consultation", _CONSULTATIONS),
        ("copy", _COPIES),
        ("joined report", _JOINED),
    )
}
"""The rows whose case is missing, by the word for one of them."""
_DOCUMENTS_WITHOUT_CASE = Kept.of([_DOCUMENTS.c.case_id], where=[~exists().where(Case.id == SearchDocument.case_id)])
_EVERY_CALENDAR = Kept.of(_CALENDARS.columns, order=[CalendarVersion.id])
_EVERY_CONTENT = Kept.of(_CONTENTS.columns, order=[Content.digest])
_EVERY_PAPER = Kept.of(
    [*_PAPERS.columns, _CASES.c.chain_id],
    order=[_PAPERS.c.file],
    source=_PAPERS.outerjoin(_CASES, _CASES.c.id == _PAPERS.c.case_id),
)
_EVERY_NUMBERING = Kept.of(_NUMBERINGS.columns, order=[Numbering.prefix, Numbering.year])


@dataclass(frozen=True, slots=True)
class Verification:
    """How much was verified, and the first breach of each chain, in the order in which the chains were begun.

    `erased` counts the entries from whose payload words were erased, each by an act that an entry tells of.
    `files` counts the contents of the archive whose bytes were read.
    """

    cases: int
    entries: int
    erased: int
    breaches: tuple[Breach, ...]
    files: int = 0

    @property
    def first(self) -> Breach | None:
        """The first breach of all; None if there is none."""
        return self.breaches[0] if self.breaches else None

    @property
    def verifies(self) -> bool:
        """Whether there is no breach."""
        return not self.breaches

    @property
    def status(self) -> int:
        """How a command ends that proves the record: 0 proved, 1 a breach, 3 proved but for what was erased."""
        if self.breaches:
            return 1
        return 3 if self.erased else 0


def verify(session: Session) -> Verification:
    """Verify the whole record that `session` reads. It changes nothing, and needs neither the bot nor the office."""
    return _Verifier(session).verify()


class _Verifier:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.entries = 0
        self.erased = 0
        self._stored = Stored(session).rows
        self._renames = Renames()
        self._mandates = Mandates(self._renames)
        self._contents, self._papers = Contents(), Papers()
        self._office = OfficeHistory()
        self._sops: dict[Any, Row] = {}
        self._indexed_from: int | None = None
        self._foreseen = Foreseen()
        self._settled = Settled(self._office, self._foreseen, self._renames)
        self._works = Works(self._office, self._foreseen, self._settled)
        self._moves = Moves()
        self._begun_in = 0

    def verify(self) -> Verification:
        self._sops = {row["id"]: row for row in self._stored(_EVERY_SOP)}
        self._indexed_from = self.session.scalar(select(func.min(SearchDocument.case_id)))
        self._foreseen = Foreseen({row["digest"]: row for row in self._sops.values()})
        self._settled = Settled(self._office, self._foreseen, self._renames)
        self._works = Works(self._office, self._foreseen, self._settled)
        self._office.salts |= {row["id"]: row["salt"] for row in self._stored(_SALTS)}
        self._read_office()
        breaches = [
            *self._sops_told(),
            *self._chains(),
            *(Breach(f"{CASE_SUBJECT}{number}", sequence, why) for number, sequence, why in self._moves.misnamed()),
            *self._without_chain(),
            *self._strays(),
            *self._mandates_told(),
            *miscounted(self.session, self._stored(_EVERY_NUMBERING), subject=CASE_SUBJECT),
            *self._contents_told(),
            *(Breach(f"paper {file}", 0, why) for file, why in self._papers.mismatches(self._stored(_EVERY_PAPER))),
            *self._strays_of_index(),
        ]
        cases = self.session.scalar(select(func.count()).select_from(Case)) or 0
        return Verification(cases, self.entries, self.erased, tuple(breaches))

    def _read_office(self) -> None:
        """Read which posts were renamed, who stood in for whom, and who held what when, from the office's chain.

        Whether that chain verifies is said with all chains.
        """
        told = list[Entry]()
        for chain in self._stored(_EVERY_CHAIN):
            if chain["subject"] != OFFICE_CHAIN:
                continue
            for expected, row in enumerate(self._stored(_OF_THE_OFFICE, chain_id=chain["id"]), start=1):
                try:
                    told.append(entry_of(row, expected))
                except Broken:
                    continue
        for entry in told:
            self._renames.add(entry)
        self._foreseen.add(told, self._stored(_EVERY_CALENDAR))
        for entry in told:
            self._mandates.add(entry)
            self._office.add(entry)
            self._works.add(entry)
        self._works.finish()

    def _chains(self) -> Iterator[Breach]:
        for row in self._stored(_EVERY_CHAIN):
            breach = self._chain(row)
            if breach is not None:
                yield breach

    def _chain(self, row: Mapping[str, Any]) -> Breach | None:
        """Return the first breach of one chain and of what belongs to it."""
        if not isinstance(row["subject"], str) or not isinstance(row["length"], int):
            return Breach(f"chain {row['id']}", 0, "its head is unreadable")
        chain = Chain(subject=row["subject"], length=row["length"], head=row["head"])
        replay = Replay(
            chain.subject.removeprefix(CASE_SUBJECT),
            self._renames,
            self._office,
            self._mandates,
            self._contents,
            self._foreseen,
            self._moves,
            settled=self._settled,
            version=self._begun_in if chain.subject.startswith(CASE_SUBJECT) else 0,
        )
        erasures = Erasures()
        try:
            breach = first_breach(chain, self._entries(row["id"], replay, erasures))
        except Broken as broken:
            breach = Breach(chain.subject, broken.sequence, broken.reason)
        except Contradiction as contradiction:
            breach = Breach(chain.subject, contradiction.sequence, contradiction.reason)
        self._contents.end_of_case(replay.testimony.files)
        self.erased += erasures.count
        breach = breach or erasures.breach(chain.subject)
        if breach is None and chain.subject.startswith(CASE_SUBJECT):
            breach = self._case(row["id"], chain, replay)
        if breach is None and chain.subject == OFFICE_CHAIN:
            breach = self._calendars(chain, replay)
        if breach is None and chain.subject == OFFICE_CHAIN:
            breach = self._rows_told(chain)
        return breach

    def _rows_told(self, chain: Chain) -> Breach | None:
        """Return the first difference between the rows that say who may act and the office's journal."""
        if self._office.unreadable is not None:
            return Breach(chain.subject, self._office.unreadable, "what it tells of rows cannot be read")
        if not self._office.tells:
            return None
        found = [
            *self._works.faults,
            *(
                one
                for told, kept in _EVERY_ROW_TOLD.items()
                for one in self._office.mismatches(told, self._stored(kept), last=chain.length)
            ),
        ]
        earliest = min(found, default=None, key=lambda one: one[0])
        return Breach(chain.subject, *earliest) if earliest else None

    def _calendars(self, chain: Chain, replay: Replay) -> Breach | None:
        """Return the first difference between the versions of the calendar and the office's journal."""
        found = replay.calendars.mismatches(self._stored(_EVERY_CALENDAR), last=chain.length)
        earliest = min(found, default=None, key=lambda one: one[0])
        return Breach(chain.subject, *earliest) if earliest else None

    def _entries(self, chain_id: int, replay: Replay, erasures: Erasures) -> Iterator[Entry]:
        """Stream the entries of one chain. Each is replayed when the next is asked for: it was found sound by then."""
        for expected, row in enumerate(self._stored(_ENTRIES_OF_CHAIN, chain_id=chain_id), start=1):
            self.entries += 1
            entry = entry_of(row, expected)
            yield entry
            replay.add(entry)
            if expected == 1:
                # No case is begun in an older version than the office's chain, or a case before it.
                self._begun_in = max(self._begun_in, entry.version)
            erasures.add(entry)
            self._papers.add(entry, chain_id=chain_id)

    def _case(self, chain_id: int, chain: Chain, replay: Replay) -> Breach | None:
        """Return the first difference between the rows of the case with this chain and its journal."""
        case = next(self._stored(_CASE_OF_CHAIN, chain_id=chain_id), None)
        if case is None:
            return Breach(chain.subject, chain.length, "the case of this chain is missing")
        if case["number"] != chain.subject.removeprefix(CASE_SUBJECT):
            return Breach(chain.subject, chain.length, f"this is the chain of another case, {case['number']}")
        number = case["id"]
        self._moves.numbers[number] = case["number"]
        tasks, evaluations = self._of_case(_TASKS_OF_CASE, number), self._of_case(_EVALUATIONS_OF_CASE, number)
        exhibits = Exhibits(
            questions=self._of_case(_QUESTIONS_OF_CASE, number),
            remarks=self._of_case(_REMARKS_OF_CASE, number),
            extensions=self._of_case(_EXTENSIONS_OF_CASE, number),
            consultations=self._of_case(_CONSULTATIONS_OF_CASE, number),
            files=self._of_case(_ATTACHMENTS_OF_CASE, number),
            copies=self._of_case(_COPIES_OF_CASE, number),
            chases=self._of_case(_CHASES_OF_CASE, number),
            joined=self._of_case(_JOINED_OF_CASE, number),
        )
        sop = self._sops.get(case["sop_version_id"])
        found = mismatches(replay, case=case, tasks=tasks, evaluations=evaluations, exhibits=exhibits, sop=sop)
        earliest = min(found, default=None, key=lambda one: one[0])
        if earliest is None and replay.behind:
            earliest = chain.length, "its deadline does not follow the newest calendar"
        if earliest is None and (misplaced := replay.misplaced) is not None:
            earliest = chain.length, misplaced
        if earliest is None and self._indexed_from is not None and number >= self._indexed_from:
            document = next(self._stored(_DOCUMENT_OF_CASE, case_id=number), None)
            fault = fault_of(document, case, tasks=tasks, evaluations=evaluations, exhibits=exhibits)
            earliest = (chain.length, fault) if fault is not None else None
        return Breach(chain.subject, *earliest) if earliest else None

    def _of_case(self, kept: Kept, number: object) -> list[Row]:
        """Return the rows that belong to the case with this number."""
        return list(self._stored(kept, case_id=number))

    def _without_chain(self) -> Iterator[Breach]:
        """Yield the cases and the entries whose chain is missing."""
        for case in self._stored(_CASES_WITHOUT_CHAIN):
            yield Breach(f"{CASE_SUBJECT}{case['number']}", 1, "the chain of this case is missing")
        office = select(Chain.id).where(Chain.subject == OFFICE_CHAIN)
        if self.session.scalar(office) is None and self.session.scalar(select(Person.id).limit(1)) is not None:
            yield Breach(OFFICE_CHAIN, 1, "the chain of the office is missing, and there are people in it")
        kept = exists().where(Chain.id == Entry.chain_id)
        orphans = select(Entry.chain_id, func.count()).where(~kept).group_by(Entry.chain_id).order_by(Entry.chain_id)
        for chain_id, count in self.session.execute(orphans):
            self.entries += count
            yield Breach(f"chain {chain_id}", 1, "the chain of these entries is missing")

    def _strays(self) -> Iterator[Breach]:
        """Yield the rows whose case is missing."""
        for what, kept in _STRAYS.items():
            for row in self._stored(kept):
                yield Breach(f"{what} {row['id']}", 0, f"the case of this {what} is missing")

        for row in self._stored(_CHASES_WITHOUT_TASK):
            yield Breach(f"chase {row['task_id']}/{row['ordinal']}", 0, "the task of this chase is missing")

    def _strays_of_index(self) -> Iterator[Breach]:
        for row in self._stored(_DOCUMENTS_WITHOUT_CASE):
            yield Breach(f"index {row['case_id']}", 0, "the case of this part of the index is missing")

    def _sops_told(self) -> Iterator[Breach]:
        """Yield the versions of SOPs whose text is another than the one they are named by."""
        for number, row in self._sops.items():
            if not isinstance(row["text"], str) or digest_of_sop(row["text"]) != row["digest"]:
                yield Breach(f"SOP version {number}", 0, "its text is not the one that its digest names")

    def _mandates_told(self) -> Iterator[Breach]:
        """Yield the first difference between the tenures of every Plh. and what the office's journal tells of them."""
        found = self._mandates.mismatches(list(self._stored(_STANDING_IN)))
        earliest = min(found, default=None, key=lambda one: one[0])
        if earliest is not None:
            yield Breach(OFFICE_CHAIN, *earliest)

    def _contents_told(self) -> Iterator[Breach]:
        """Yield the differences between the contents of the archive and what the journals tell of them."""
        rows = self._stored(_EVERY_CONTENT)
        for digest, reason in self._contents.mismatches(rows):
            yield Breach(f"content {digest}", 0, reason)
