"""Finding what a piece of work needs, inside one transaction: the person, the office, the case, the draft."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from models.case.attachment import Attachment
from models.case.case import Case
from models.case.draft import DispositionDraft, ReportDraft
from models.case.proceeding import Proceeding
from models.case.question import Question
from models.case.report import Report
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import Button, Card, CardKind
from models.mail.conversation import Conversation
from models.mail.notice import Notice, NoticeKind, Priority
from models.office.invitation import Invite, code_digest
from models.office.person import Person
from models.office.registration import Registration
from models.office.tenure import Tenure
from models.refusals import NotRegistered, NotYourTask, UnknownButton, UnknownCase
from models.repository import whole_case
from models.repository.numbering import Numbering
from models.repository.office_lock import HeldOffice, held_in
from models.repository.whole_case import ANEW, Way

_LANGUAGE_LENGTH = 8
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,32}")

_BY_ACCOUNT = select(Person).where(Person.account_id == bindparam("account_id"))
_BUTTON = select(Button).where(Button.token == bindparam("token")).options(joinedload(Button.card))
_PREPARED = select(DispositionDraft).where(
    DispositionDraft.person_id == bindparam("person"), DispositionDraft.task_id == bindparam("task")
)


@dataclass(frozen=True, slots=True)
class Press:
    """A tap that was found genuine: whose it is, on which card, and what its button stands for."""

    person: Person | None
    card: Card
    action: str
    argument: str
    version: int


class Records(HeldOffice):
    """The way from a transaction to the objects of the domain, at one instant.

    Where several write side by side, what is decided on is locked first and read afterwards: whoever waited for a lock
    sees what the other one left. The office is held before any case, and a case before all that belongs to it, so
    that no two wait for each other.

    To show how things stand, `looking` is enough: what was read in the same transaction is not read again, but taken as
    the transaction has left it. Which cards live is not to be known then.
    """

    def person(self, account_id: int) -> Person | None:
        """Return the person bound to this Telegram account."""
        return self.session.scalar(_BY_ACCOUNT, {"account_id": account_id}, execution_options=ANEW)

    def known(self, account_id: int) -> Person:
        """Return the person bound to this Telegram account. Raises `NotRegistered`."""
        person = self.person(account_id)
        if person is None:
            raise NotRegistered
        return person

    def conversation(self, account_id: int, *, language: str | None = None) -> Conversation:
        """Return the thread of this private chat; a new one begins in `language`, the account's own."""
        conversation = self.session.get(Conversation, account_id)
        if conversation is None:
            conversation = Conversation(account_id=account_id, language=(language or "id")[:_LANGUAGE_LENGTH])
            conversation.settle()
            self.session.add(conversation)
        return conversation

    def registration(self, account_id: int) -> Registration | None:
        """Return the registration this account is in the middle of."""
        return self.session.get(Registration, account_id, populate_existing=True)

    def invite(self, code: str) -> Invite | None:
        """Return the invite with this code."""
        return self.session.scalar(select(Invite).where(Invite.digest == code_digest(code)), execution_options=ANEW)

    def press(self, token: str, *, account_id: int, message_id: int) -> Press:
        """Return what a tapped button stands for, if the tap comes from the chat it was made for.

        A copy left behind by a send whose fate was unknown is adopted as the card's twin. Raises `UnknownButton`, also
        where the account is another person's by now, and `NotRegistered` where it is nobody's any more.
        """
        shaped = _TOKEN.fullmatch(token)
        button = self.session.scalar(_BUTTON, {"token": token}) if shaped else None
        if button is None or button.card.chat_id != account_id:
            raise UnknownButton
        card, person = button.card, self.person(account_id)
        if card.person_id is not None and (person is None or card.person_id != person.id):
            raise UnknownButton if person else NotRegistered
        if message_id not in {card.message_id, card.twin_id}:
            self.hold_office()
            self.hold_card(card)
        if message_id not in {card.message_id, card.twin_id}:
            self._adopt(card, message_id)
        return Press(person, card, button.action, button.argument, button.version)

    def hold_card(self, card: Card) -> None:
        """Let nobody else change which messages show `card` until this work is over, and read it as it is now.

        Where a copy is tapped while another one's arrival is being kept, each would forget what the other has learnt.
        """
        if self._beside_others:
            self.session.refresh(card, with_for_update=True)

    def _adopt(self, card: Card, message_id: int) -> None:
        """Let a copy of `card` belong to it, and show how things stand: it was left out of every drawing so far."""
        card.message_id, card.twin_id = message_id, card.message_id
        over = card.kind is CardKind.NUDGE and not card.live
        self.owe((correspondence.withdraw if over else correspondence.refresh)(card, at=self.at))

    def card_shown(self, chat_id: int, message_id: int, token: str | None = None) -> Card | None:
        """Return the card that a message of this chat shows, as when somebody replies to it.

        A copy left behind by a send whose fate was unknown is known, and adopted, by the `token` on one of its buttons,
        from whoever might tap it.
        """
        # Each half names the chat: an index leads to it, however many cards the chat has had.
        shown = or_(
            and_(Card.chat_id == chat_id, Card.message_id == message_id),
            and_(Card.chat_id == chat_id, Card.twin_id == message_id, Card.twin_id.is_not(None)),
        )
        card = self.session.scalar(select(Card).where(shown).order_by(Card.id.desc()).limit(1))
        if card is not None or token is None:
            return card
        try:
            return self.press(token, account_id=chat_id, message_id=message_id).card
        except (UnknownButton, NotRegistered):
            return None

    def case(self, case_id: int) -> Proceeding:
        """Return a whole case, locked against other writers. Raises `UnknownCase`."""
        return self._found(whole_case.BY_ID, case_id, lambda case: case.id == case_id)

    def case_numbered(self, number: str) -> Proceeding:
        """Return the whole case with this number, such as `SW-2026-0147`. Raises `UnknownCase`."""
        case_id = self.session.scalar(select(Case.id).where(Case.number == number))
        if case_id is None:
            raise UnknownCase(number)
        return self.case(case_id)

    def task(self, task_id: int) -> tuple[Proceeding, Task]:
        """Return a task and the whole case it belongs to. Raises `UnknownCase`."""
        proceeding = self._found(whole_case.BY_TASK, task_id, lambda case: task_id in {task.id for task in case.tasks})
        return proceeding, next(task for task in proceeding.case.tasks if task.id == task_id)

    def _found(self, way: Way, number: int, wanted: Callable[[Case], bool]) -> Proceeding:
        self.hold_office()
        case = next(filter(wanted, held_in(self.session).cases), None) if self._looking else None
        if case is None:
            if self._beside_others:
                # One statement that locks the case and reads the rest would, having waited, return the rest as it was.
                self.session.execute(way.lock, {"id": number})
            case = whole_case.read_one(self.session, way, number)
            if case is None:
                raise UnknownCase(str(number))
            held_in(self.session).keep(case)
        return Proceeding(case, office=self.office, at=self.at)

    def tasks(self, task_ids: Sequence[int]) -> list[tuple[Proceeding, Task]]:
        """Return tasks and their whole cases, in this order; as many statements for many as `task` takes for one."""
        of_tasks = select(Task.id, Task.case_id).where(Task.id.in_(task_ids))
        cases: dict[int, int] = dict(self.session.execute(of_tasks).all())
        chosen = sorted(set(cases.values()))
        self.hold_office()
        # In one order, so that no two wait for each other.
        self.session.execute(select(Case.id).where(Case.id.in_(chosen)).order_by(Case.id).with_for_update())
        whole = whole_case.read_many(self.session, chosen)
        found = {case.id: Proceeding(case, office=self.office, at=self.at) for case in whole}
        asked = [(task_id, found[cases[task_id]]) for task_id in task_ids if task_id in cases]
        return [(one, next(task for task in one.case.tasks if task.id == task_id)) for task_id, one in asked]

    def begin(self, report: Report, *, reporter: Person, sop: str) -> Proceeding:
        """Open a case under the newest version of the SOP with the code `sop`, with the next number."""
        version = self.sop_version(sop)
        number = self.next_number(version.sop.prefix)
        begun = Proceeding.begin(
            report, number=number, sop_version=version, reporter=reporter, office=self.office, at=self.at
        )
        self.session.add(begun.case)
        held_in(self.session).keep(begun.case)
        return begun

    def move(self, proceeding: Proceeding, task: Task, *, by: Tenure, to: str) -> Proceeding:
        """End a case at its first step and open it anew under the related SOP with the code `to`."""
        version, old = self.sop_version(to), proceeding.case
        number = self.next_number(version.sop.prefix)
        proceeding.move(task, by=by, number=number, to=version)
        files = self.session.scalars(select(Attachment).where(Attachment.case_id == old.id).order_by(Attachment.id))
        report = replace(old.report([file.record for file in files]), previous_case_id=old.id)
        moved = Proceeding.begin(
            report, number=number, sop_version=version, reporter=old.reporter, office=self.office, at=self.at
        )
        self.session.add(moved.case)
        held_in(self.session).keep(moved.case)
        return moved

    def feedback(self, proceeding: Proceeding, *, by: Person, helped: bool) -> None:
        """Keep whether the result helped, and tell each watcher once per case that it did not.

        Raises what the door of the same name raises.
        """
        for owed in proceeding.feedback(by=by, helped=helped):
            self.owe_once(owed)

    def tenure(self, person: Person, task: Task) -> Tenure:
        """Return the tenure by which `person` may act on `task`.

        Raises `NotYourTask` naming the holders of the post, or the post itself where nobody holds it.
        """
        tenure = self.office.tenure(person, task.post)
        if tenure is None:
            names = ", ".join(holder.name for holder in self.office.holders(task.post))
            # A post may have left the office file since; then its code is all there is.
            short = next((post.short for post in self.office.file.posts if post.code == task.post), task.post)
            raise NotYourTask(names or short)
        return tenure

    def held(self, press: Press) -> tuple[Proceeding, Task, Tenure]:
        """Return the case and the task whose card was tapped, and the tenure by which whoever tapped may act on it.

        Raises `NotRegistered`, `NotYourTask`, and `UnknownButton` for a card that shows no task.
        """
        if press.person is None:
            raise NotRegistered
        if press.card.task_id is None:
            raise UnknownButton
        proceeding, task = self.task(press.card.task_id)
        if press.person.account_id is None:
            # Taken away while the case was waited for.
            raise NotRegistered
        return proceeding, task, self.tenure(press.person, task)

    def question(self, question_id: int) -> tuple[Proceeding, Question]:
        """Return a question and its whole case. Raises `UnknownCase`."""
        case_id = self.session.scalar(select(Question.case_id).where(Question.id == question_id))
        if case_id is None:
            raise UnknownCase("")
        proceeding = self.case(case_id)
        return proceeding, self.session.get_one(Question, question_id, populate_existing=True)

    def report_draft(self, person: Person) -> ReportDraft | None:
        """Return the report that `person` is writing."""
        return self.session.scalar(select(ReportDraft).where(ReportDraft.person_id == person.id))

    def prepared(self, person: Person, task: Task) -> DispositionDraft | None:
        """Return the instructions and note that `person` has prepared for `task`, if any."""
        return self.session.scalar(_PREPARED, {"person": person.id, "task": task.id})

    def disposition_draft(self, person: Person, task: Task) -> DispositionDraft:
        """Return the instructions and note that `person` prepares for `task`; a fresh one if there is none."""
        draft = self.prepared(person, task)
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
        year = self.at.astimezone(self.rules.office.calendar.zone).year
        numbering = self.session.get(Numbering, (prefix, year), with_for_update=True, populate_existing=True)
        if numbering is None:
            numbering = Numbering(prefix=prefix, year=year, last=0)
            self.session.add(numbering)
        numbering.last += 1
        return f"{prefix}-{year}-{numbering.last:04d}"

    def owe(self, *notices: Notice) -> None:
        """Let `notices` be sent once this transaction is committed."""
        self.session.add_all(notices)

    def owe_once(self, notice: Notice) -> None:
        """Let `notice` be sent unless one with the same `once` was owed before."""
        if self.session.scalar(select(Notice.id).where(Notice.once == notice.once)) is None:
            self.owe(notice)
            self.session.flush()

    def say(self, chat_id: int, code: str, *, person: Person | None = None, silent: bool = False, **data: Any) -> None:
        """Owe a plain answer to a chat; `code` names the message in the catalogue of texts."""
        self.owe(
            Notice(
                kind=NoticeKind.SAY,
                priority=Priority.ANSWER,
                chat_id=chat_id,
                person_id=person.id if person else None,
                body={"code": code, "data": data, "silent": silent},
                owed_at=self.at,
            )
        )

    def show(
        self,
        kind: CardKind,
        chat_id: int,
        *,
        person: Person | None = None,
        subject_id: int | None = None,
        case: Case | None = None,
    ) -> Card:
        """Owe a new card in a chat, as the answer to what was just asked; returns the card."""
        card = Card(
            kind=kind,
            chat_id=chat_id,
            person_id=person.id if person else None,
            case_id=case.id if case else None,
            subject_id=subject_id,
            mode="main",
            live=True,
            made_at=self.at,
        )
        self.owe(
            Notice(
                kind=NoticeKind.CARD,
                priority=Priority.ANSWER,
                chat_id=chat_id,
                person_id=card.person_id,
                card=card,
                body={},
                owed_at=self.at,
            )
        )
        return card
