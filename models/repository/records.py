"""Finding and locking what a decision changes, inside one transaction: the office, cases, tasks, drafts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import ColumnExpressionArgument, bindparam, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from models.case.attachment import Attachment, FileRecord
from models.case.case import Case, CaseState
from models.case.consultation import Consultation
from models.case.copy import Copy
from models.case.draft import DispositionDraft, ReportDraft
from models.case.extension import ExtensionRequest
from models.case.journey import FELLOW, REPORTER
from models.case.proceeding import Proceeding
from models.case.question import Question, Remark
from models.case.report import Report
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.mail.card import Card, CardKind
from models.mail.conversation import Conversation
from models.mail.correspondence import refresh
from models.office import attention
from models.office.person import Person, includes
from models.office.tenure import Tenure
from models.refusals.reports import UnknownCase
from models.refusals.work import NotYourTask
from models.repository import whole_case
from models.repository.already_read import already_read
from models.repository.calendars import OFFICE
from models.repository.catching_up import catch_up
from models.repository.lookup import by_key
from models.repository.numbering import Numbering
from models.repository.office_lock import OFFICE_CHAIN, OFFICE_LOCK_SHARED
from models.repository.people_lock import PeopleLock
from models.repository.reading import Reading
from models.repository.whole_case import Way
from models.rules.sop import Sop
from models.rules.urgency import Urgency

_LANGUAGE_LENGTH = 8

_REPORTS_LOCK = 0x727074
"""The first half of PostgreSQL's advisory lock on the reports of one person; the second is the person's number."""

_HOUR = timedelta(hours=1)

Asked = TypeVar("Asked", Question, Consultation, ExtensionRequest)
"""What somebody is asked about a case."""

_ASKED: tuple[type[Question | Consultation | ExtensionRequest], ...] = (Question, Consultation, ExtensionRequest)
_CASE_OF = {kind: select(kind.case_id).where(kind.id == bindparam("id")) for kind in _ASKED}
_WITH_OFFICE = {way: Reading((*OFFICE, *way.cases.parts)) for way in (whole_case.BY_ID, whole_case.BY_TASK)}
"""What reads the office and a case in one statement, by how the case is found."""

_SHARED = select(OFFICE_LOCK_SHARED.label("taken")).subquery("office")

_LOCKING_BOTH = {
    way: way.lock.add_columns(_SHARED.c.taken).join(_SHARED, true()).with_for_update(key_share=True, of=Case)
    for way in _WITH_OFFICE
}
"""What locks the office and then a case: PostgreSQL locks rows when all else of a statement is done."""

_BEFORE = aliased(Case)
_SENT = (
    select(Case.opened_at)
    .where(
        Case.reporter_id == bindparam("person"),
        Case.opened_at <= bindparam("now"),
        ~exists().where(_BEFORE.id == Case.previous_case_id, _BEFORE.state == CaseState.MOVED),
    )
    .order_by(Case.id.desc())
    .limit(bindparam("number"))
)
"""When the latest reports of a person were sent. What an official moved to another SOP was not sent a second time."""


_ACTED = select(
    or_(
        exists().where(
            Remark.case_id == bindparam("case"),
            Remark.task_id == bindparam("task"),
            Remark.to_id.is_(None),
            Remark.capacity.not_in((REPORTER, FELLOW)),
        ),
        exists().where(Question.case_id == bindparam("case"), Question.task_id == bindparam("task")),
        exists().where(Consultation.case_id == bindparam("case"), Consultation.task_id == bindparam("task")),
        exists().where(Attachment.case_id == bindparam("case"), Attachment.task_id == bindparam("task")),
    )
)
"""Whether its holder has noted, asked or attached something at a task. To hand it to a colleague is no such thing."""


class Records(PeopleLock):
    """The way from a transaction to what a decision changes, at one instant.

    Where several write side by side, a row is locked first and read afterwards: work that waited for a lock sees what
    the other work left. The order of the locks is the office, then a case, then cards, then people
    (`models/repository/office_lock.py`, `models/repository/people_lock.py`).
    """

    def conversation(self, account_id: int, *, language: str | None = None) -> Conversation:
        """Return the thread of this private chat; a new one begins in `language`, the account's own."""
        conversation = by_key(self.session, Conversation, account_id)
        if conversation is None:
            conversation = Conversation(account_id=account_id, language=(language or "id")[:_LANGUAGE_LENGTH])
            conversation.settle()
            self.session.add(conversation)
        return conversation

    def lock_card(self, card: Card) -> None:
        """Let nobody else change which messages show `card` until this work is over, and read the card as it is now.

        A tap on a copy and the news of another copy's arrival would otherwise each forget what the other has learnt.
        Work that also needs the office or the card's case locks them before (`lock_case_of`).
        """
        if self._beside_others:
            self.session.refresh(card, with_for_update={"key_share": True})

    def lock_cases(self, case_ids: Iterable[int]) -> None:
        """Lock the office and cases, in one order, without reading them yet."""
        self.lock_office()
        if self._beside_others:
            locked = select(Case.id).where(Case.id.in_(sorted(case_ids))).order_by(Case.id)
            self.session.execute(locked.with_for_update(key_share=True))

    def lock_cards(self, *chosen: ColumnExpressionArgument[bool]) -> None:
        """Let nobody else change the cards that are `chosen` until this work is over, without reading them yet."""
        if self._beside_others:
            self.session.execute(select(Card.id).where(*chosen).order_by(Card.id).with_for_update(key_share=True))

    def lock_case_of(self, card: Card) -> None:
        """Lock the office and the case of `card`, in this order, without reading them yet."""
        if self._beside_others:
            self.lock_office()
            if card.case_id is not None:
                self.session.execute(whole_case.BY_ID.lock, {"id": card.case_id})

    def case(self, case_id: int) -> Proceeding:
        """Return a whole case, locked against other writers. Raises `UnknownCase`."""
        return self._found(whole_case.BY_ID, case_id)

    def case_numbered(self, number: str) -> Proceeding:
        """Return the whole case with this number, such as `SW-2026-0147`. Raises `UnknownCase`."""
        case_id = self.session.scalar(select(Case.id).where(Case.number == number))
        if case_id is None:
            raise UnknownCase(number)
        return self.case(case_id)

    def task(self, task_id: int) -> tuple[Proceeding, Task]:
        """Return a task and the whole case it belongs to. Raises `UnknownCase`."""
        proceeding = self._found(whole_case.BY_TASK, task_id)
        return proceeding, next(task for task in proceeding.case.tasks if task.id == task_id)

    def _found(self, way: Way, number: int) -> Proceeding:
        if self._office is None:
            case = self._found_with_office(way, number)
        else:
            self._lock_case(way, number)
            case = whole_case.read_one(self.session, way, number)
        if case is None:
            raise UnknownCase(str(number))
        already_read(self.session).keep(case)
        proceeding = Proceeding(case, office=self.lock_office(), at=self.at, at_last=self.at_last)
        catch_up(self, [proceeding])
        return proceeding

    def _found_with_office(self, way: Way, number: int) -> Case | None:
        """Lock the office, then the case, and read both in one statement."""
        if self._beside_others:
            self.session.execute(_LOCKING_BOTH[way], {"id": number})
        found = _WITH_OFFICE[way].find(self.session, {"id": number, "chain": OFFICE_CHAIN})
        self._keep_office(found)
        return next(iter(way.cases.made(self.session, found)), None)

    def _lock_case(self, way: Way, number: int) -> None:
        # One statement that locks the case and reads the rest would, having waited, return the rest as it was.
        if self._beside_others:
            self.session.execute(way.lock, {"id": number})

    def cases(self, case_ids: Sequence[int]) -> list[Proceeding]:
        """Return whole cases, locked, in this order; as many statements for many as for one."""
        office = self.lock_office()
        # Locked in one order, so that no two wait for each other.
        locked = select(Case.id).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update(key_share=True)
        self.session.execute(locked)
        found = {case.id: case for case in whole_case.read_many(self.session, case_ids)}
        for case in found.values():
            already_read(self.session).keep(case)
        proceedings = [
            Proceeding(found[one], office=office, at=self.at, at_last=self.at_last) for one in case_ids if one in found
        ]
        catch_up(self, proceedings)
        return proceedings

    def tasks(self, task_ids: Sequence[int]) -> list[tuple[Proceeding, Task]]:
        """Return tasks and their whole cases, in this order; as many statements for many as `task` takes for one."""
        of_tasks = select(Task.id, Task.case_id).where(Task.id.in_(task_ids))
        cases: dict[int, int] = dict(self.session.execute(of_tasks).all())
        found = {one.case.id: one for one in self.cases(sorted(set(cases.values())))}
        asked = [(task_id, found[cases[task_id]]) for task_id in task_ids if task_id in cases]
        return [(one, next(task for task in one.case.tasks if task.id == task_id)) for task_id, one in asked]

    def must_wait(self, reporter: Person) -> datetime | None:
        """Return the instant until which another report of `reporter` must wait; None when it may become a case.

        It must wait once they have sent as many within an hour as the office takes.
        """
        self.lock_office()
        if self._beside_others:
            # Two reports of one person, in a group and in private, do not both take the last place. The person's row
            # is not locked for it: cards are changed after this, and come before people.
            self.session.execute(select(func.pg_advisory_xact_lock(_REPORTS_LOCK, reporter.id)))
        most = self.rules.office.limits.reports_per_hour
        sent = self.session.scalars(_SENT, {"person": reporter.id, "now": self.at, "number": most}).all()
        until = sent[-1] + _HOUR if len(sent) == most else self.at
        return until if until > self.at else None

    def begin(self, report: Report, *, reporter: Person, sop: str) -> Proceeding:
        """Open a case under the newest version of the SOP with the code `sop`, with the next number."""
        version = self.sop_version(sop)
        number = self.next_number(version.sop.prefix)
        begun = Proceeding.begin(
            report,
            number=number,
            sop_version=version,
            reporter=reporter,
            office=self.lock_office(),
            at=self.at,
            after=self._handled_before(report, version.sop),
        )
        self.session.add(begun.case)
        already_read(self.session).keep(begun.case)
        if report.previous_case_id is not None:
            self._tell_of_following(report.previous_case_id)
        return begun

    def _tell_of_following(self, case_id: int) -> None:
        """Owe a new drawing of the card by which the closer of a case learnt that it did not help."""
        shown = select(Card).where(Card.case_id == case_id, Card.live, Card.kind == CardKind.FEEDBACK)
        self.owe(*(refresh(card, at=self.at) for card in self.session.scalars(shown.order_by(Card.id))))

    def _handled_before(self, report: Report, sop: Sop) -> Case | None:
        """Return the case under the same SOP that `report` follows, if `sop` sends such a report to its handle step."""
        if sop.resumes is None or report.previous_case_id is None:
            return None
        case = self.reader.case(report.previous_case_id).case
        return case if case.state is CaseState.CLOSED and case.sop.code == sop.code else None

    def move(self, proceeding: Proceeding, task: Task, *, by: Tenure, to: str) -> Proceeding:
        """End a case at its first step and open its report again under the related SOP with the code `to`."""
        version, old = self.sop_version(to), proceeding.case
        number = self.next_number(version.sop.prefix)
        proceeding.move(task, by=by, number=number, to=version)
        files = self.session.scalars(select(Attachment).where(Attachment.case_id == old.id).order_by(Attachment.id))
        report = replace(old.report([file.record for file in files]), previous_case_id=old.id)
        moved = Proceeding.begin(
            report, number=number, sop_version=version, reporter=old.reporter, office=self.lock_office(), at=self.at
        )
        self.session.add(moved.case)
        already_read(self.session).keep(moved.case)
        return moved

    def transfer(
        self,
        proceeding: Proceeding,
        task: Task,
        *,
        by: Person,
        to: Person,
        note: str,
        files: Sequence[FileRecord] = (),
    ) -> None:
        """Hand a task to a colleague, with the instructions and the note that were prepared for it.

        Raises what the door of the same name raises.
        """
        giver = task.assignee_id or by.id
        proceeding.transfer(task, by=by, to=to, note=note, files=files)
        chosen, prepared = self.prepared(by.id, task), self.prepared(giver, task)
        if chosen is not None:
            chosen.to_id = None
        if prepared is not None and self.prepared(to.id, task) is None:
            prepared.person_id = to.id

    def recall(self, proceeding: Proceeding, task: Task, *, by: Tenure) -> Task:
        """Take back what was forwarded with `task`; its instructions and its note are prepared for the next time.

        Raises what the door of the same name raises.
        """
        given = {"case": task.case_id, "task": proceeding.case.tasks[-1].id}
        opened = proceeding.recall(task, by=by, acted=bool(self.session.scalar(_ACTED, given)))
        before = self.prepared(by.person_id, task) if task.copies else None
        if task.instructions or task.note or before is not None:
            self.session.flush()
            draft = self.disposition_draft(by.person, opened)
            draft.instructions, draft.note = list(task.instructions), task.note
            draft.copies = list(before.copies) if before is not None else []
        return opened

    def read_copy(self, task_id: int, *, by: Person) -> tuple[Proceeding, Copy, bool]:
        """Mark the copy that a person got of what decided a task as read; False where it was before.

        Raises `NotYourTask` where they got none, beside what the door `read` raises.
        """
        proceeding, task = self.task(task_id)
        copy = next((one for one in task.copies if one.person_id == by.id), None)
        if copy is None:
            raise NotYourTask(task.decided_by.name if task.decided_by else "")
        shown = self.card_by_id(copy.card_id)
        theirs = shown is not None and task.decided_by is not None and shown.chat_id == task.decided_by.account_id
        return proceeding, copy, proceeding.read(copy, by=by, sender=shown if theirs else None)

    def detach(self, proceeding: Proceeding, task: Task, file: Attachment, *, by: Tenure) -> None:
        """Take a file out of the Laporan Evaluasi that is being written. Raises what the door of the same name does."""
        proceeding.detach(task, file, by=by)
        self.session.delete(file)
        self.session.flush()

    def feedback(self, proceeding: Proceeding, *, by: Person, helped: bool) -> None:
        """Keep whether the result helped, and tell each watcher once per case that it did not.

        Raises what the door of the same name raises.
        """
        for owed in proceeding.feedback(by=by, helped=helped):
            self.owe_once(owed)

    def note_act(self, person: Person) -> None:
        """Note that `person` has acted: the spacing of their reminders starts again.

        It is noted at the end of the work: the row of a person is locked after those of a case and its cards.
        """
        if person.unanswered:
            self.at_last(person, partial(attention.note_act, file=self.office_file, at=self.at))

    def tenure(self, person: Person, task: Task) -> Tenure:
        """Return the tenure by which `person` may act on `task`.

        Raises `NotYourTask` naming the holders of the post, or the post itself where nobody holds it.
        """
        office = self.lock_office()
        left = task.by_admins and (task.is_open or not office.acting(task.post))
        if left and includes(task.deciders(office), person.id):
            return Tenure.of_admin(person, task.post, at=self.at)
        tenure = office.tenure(person, task.post, given_to=task.assignee_id)
        if tenure is None:
            names = ", ".join(holder.name for holder in office.holders(task.post))
            # A post may have left the office file since; then its code is all there is.
            short = next((post.short for post in office.file.posts if post.code == task.post), task.post)
            raise NotYourTask(names or short)
        return tenure

    def question(self, question_id: int) -> tuple[Proceeding, Question]:
        """Return a question and its whole case. Raises `UnknownCase`."""
        return self.with_case(Question, question_id)

    def with_case(self, kind: type[Asked], asked_id: int) -> tuple[Proceeding, Asked]:
        """Return what somebody was asked about a case, and the whole case. Raises `UnknownCase`."""
        case_id = self.session.scalar(_CASE_OF[kind], {"id": asked_id})
        if case_id is None:
            raise UnknownCase("")
        proceeding = self.case(case_id)
        return proceeding, self.session.get_one(kind, asked_id, populate_existing=True)

    def begin_draft(
        self,
        person: Person,
        *,
        sop: str,
        previous_case_id: int | None,
        confidential: bool = False,
    ) -> ReportDraft:
        """Return a fresh report of `person`, who has none, under the SOP with the code `sop`."""
        draft = ReportDraft(
            person_id=person.id,
            text="",
            urgency=Urgency.ORDINARY,
            confidential=confidential,
            sop=sop,
            files=[],
            messages=[],
            previous_case_id=previous_case_id,
            card_id=None,
            begun_at=self.at,
            waits_until=None,
            from_group=None,
            unsent_at=None,
            unsent_told=False,
        )
        self.session.add(draft)
        return draft

    def drop_draft(self, draft: ReportDraft) -> None:
        """Let a report go that was sent, or will not be."""
        self.session.delete(draft)

    def disposition_draft(self, person: Person, task: Task) -> DispositionDraft:
        """Return the instructions and note that `person` prepares for `task`; a fresh one if there is none."""
        draft = self.prepared(person.id, task)
        if draft is None:
            draft = DispositionDraft(person_id=person.id, task_id=task.id, instructions=[], note="")
            self.session.add(draft)
        return draft

    def sop_version(self, code: str) -> SopVersion:
        """Return the newest version of an SOP, kept now if its text is new."""
        sop = self.rules.sops[code]
        version = self.session.scalar(
            select(SopVersion).where(SopVersion.code == code, SopVersion.digest == sop.digest)
        )
        if version is None:
            latest = self.session.scalar(select(func.max(SopVersion.version)).where(SopVersion.code == code)) or 0
            version = SopVersion.of(sop, version=latest + 1, at=self.at)
            self.session.add(version)
        return version

    def next_number(self, prefix: str) -> str:
        """Give out the next case number of the office's year, such as `SW-2026-0147`."""
        year = self.at.astimezone(self.calendar.zone).year
        numbering = self.session.get(Numbering, (prefix, year), with_for_update=True, populate_existing=True)
        if numbering is None:
            numbering = Numbering(prefix=prefix, year=year, last=0)
            self.session.add(numbering)
        numbering.last += 1
        return f"{prefix}-{year}-{numbering.last:04d}"
