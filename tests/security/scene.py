"""One office with a case in every situation, and attempts that leave no trace in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, select, text, update
from sqlalchemy.orm import Session

from handlers import messages, taps
from handlers.chat.incoming import Incoming
from handlers.delivery.drawing import draw
from handlers.delivery.plan import Edit, Send
from handlers.texts.catalogue import Texts
from models.administration import absence, admission
from models.administration.appointment import relieve
from models.case.case import Case
from models.case.draft import DispositionDraft, ReportDraft
from models.case.evaluation import Part
from models.case.proceeding import Proceeding
from models.case.question import Question
from models.case.selection import Selection
from models.case.task import Task
from models.mail.card import Button, Card, CardKind, Face
from models.mail.conversation import Expects
from models.mail.notice import Notice, NoticeState
from models.office.invitation import InviteKind
from models.office.person import Person
from models.office.proposal import AdminProposal, ProposalKind
from models.office.registration import Registration
from models.office.tenure import Capacity, Post, Tenure
from models.refusals.refusal import Refusal
from models.repository import consultations, extensions, joining
from models.repository.records import Records
from models.rules.actions import Action
from models.rules.office_file import load_office
from models.rules.rules import Rules
from models.rules.sop_file import load_sops, parse_sop
from models.rules.standard import Standard
from models.tables import METADATA
from tests.handlers.conftest import APPOINTED, MONDAY, PACKAGED
from tests.reports import a_report
from tests.security.authority import (
    ASKED,
    AWAY,
    EVERYBODY,
    HANDS,
    HOLDERS,
    NOBODY,
    ON_LEAVE_LATER,
    OTHER,
    SITUATIONS,
    Situation,
)

SOFTWARE = "penanganan-masalah-software"
HARDWARE = "penanganan-masalah-hardware"
CANDIDATE = 9900
ACCOUNTS = {who: 9000 + number for number, who in enumerate(EVERYBODY)}
SECRET = "kenari-yang-bernyanyi"

_ABOUT_AN_ABSENCE = (CardKind.ABSENCE, CardKind.PLH_REQUEST)

_OF_A_TASK = {CardKind.TASK, CardKind.COPY, CardKind.EXTENSION, CardKind.CONSULTATION}

_TRACES = {"outbox", "journal_chains", "journal_entries", "journal_payloads"}
"""The tables that a refusal may add to: the answer, and the journal's line that something was refused."""

T = TypeVar("T")

Door = Callable[[Proceeding, Task, Tenure], object]


@dataclass(frozen=True)
class Attempt:
    """Something somebody tries: a tap on a card of theirs, or a message taken for what such a card asked for.

    `face` is what the card shows; `chosen` the colleague who was chosen on it before, or that the task is, on a list
    on which cards are chosen; `span` the time, `asks` the post that is asked for an opinion. A card that shows the task
    `before` the last one is that of the person who sent the case on. Where it is `late`, the task is an hour over its
    standard, or was when it was decided.
    """

    touch: str = ""
    argument: str = ""
    face: Face = Face.MAIN
    card: CardKind = CardKind.TASK
    writes: Expects | None = None
    replies: bool = False
    chosen: str = ""
    span: str = ""
    asks: str = ""
    before: bool = False
    part: str = ""
    subject: str = ""
    late: bool = False

    @property
    def begins(self) -> bool:
        """Whether it is about an absence that is not filed yet."""
        return Expects.DAYS_AWAY.value in (self.touch, self.writes)


@dataclass(frozen=True)
class Outcome:
    """What an attempt led to: the refusal's name or "", tables that changed, and what the bot said."""

    refusal: str
    changed: set[str]
    journal: list[str]
    chats: set[int]
    said: str


def rules_of_two_sops() -> Rules:
    """Return the packaged office with a related SOP, so that a case can be moved."""
    sops = load_sops(PACKAGED / "sops")
    words = sops[SOFTWARE].text.replace(f'code = "{SOFTWARE}"', f'code = "{HARDWARE}"', 1).replace('"SW"', '"HW"', 1)
    related = parse_sop(words, source="hardware.toml")
    return Rules(office=load_office(PACKAGED / "offices/sulawesi-utara.toml"), sops={**sops, related.code: related})


class Scene:
    """The office, its people by name, and the case of each situation."""

    def __init__(
        self, situations: Sequence[Situation] = SITUATIONS, *, vacates: str = "", deputy: str | None = "kadiv"
    ) -> None:
        self.engine = _engine()
        self.rules = rules_of_two_sops()
        self.rules = replace(self.rules, office=replace(self.rules.office, deputy=deputy))
        self.texts = Texts.load(self.rules.office.calendar.zone)
        self.at = MONDAY
        self.people: dict[str, int] = {}
        self.tenures: dict[str, int] = {}
        self.cases: dict[str, int] = {}
        self.questions: dict[str, int] = {}
        self.extensions: dict[str, int] = {}
        self.consultations: dict[str, int] = {}
        self.joined: dict[str, int] = {}
        self._hire()
        self.other = self._report(OTHER)
        for situation in situations:
            self.cases[situation.name] = self._build(situation)
        self.absence = self._go_on_leave()
        for name in sorted(HOLDERS[vacates]) if vacates else ():
            self._relieve(name, vacates)
        self.proposal = self._propose()
        self.work(_deliver)

    def work(self, piece: Callable[[Records], T]) -> T:
        """Run one piece of work in a transaction of its own."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            return piece(self._records(session))

    def close(self) -> None:
        self.engine.dispose()

    def _hire(self) -> None:
        names = {name: (full, post, Capacity.DEFINITIVE) for name, (full, post) in APPOINTED.items()}
        names |= {
            "yusuf": ("Yusuf Contoh", "kadiv", Capacity.PLT),
            "gita": ("Gita Contoh", "kabag-p2l", Capacity.PLH),
            "lia": ("Lia Contoh", "jft-prakom", Capacity.DEFINITIVE),
            "eko": ("Eko Contoh", "kadiv", Capacity.DEFINITIVE),
            "budi": ("Budi Santoso", "", Capacity.DEFINITIVE),
            "oki": ("Oki Contoh", "", Capacity.DEFINITIVE),
            "dewi": ("Dewi Kartika", "", Capacity.DEFINITIVE),
            "revoked": ("Toni Contoh", "jft-prakom", Capacity.DEFINITIVE),
        }

        def hire(records: Records) -> None:
            before = records.at - timedelta(days=30)
            posts = self.rules.office.posts
            records.session.add_all([Post(code=one.code, title=one.title, short=one.short) for one in posts])
            records.session.flush()
            for number, (name, (full, post, capacity)) in enumerate(names.items(), start=1):
                person = Person(
                    name=full,
                    nip=f"1980010120050210{number:02d}",
                    account_id=None if name in NOBODY else ACCOUNTS[name],
                    is_admin=name == "dewi",
                    registered_at=before,
                    unreachable_since=None,
                )
                records.session.add(person)
                if post:
                    tenure = Tenure.begin(person, post, capacity=capacity, at=before)
                    tenure.ends_at = records.at - timedelta(days=1) if name == "eko" else None
                    records.session.add(tenure)
                    records.session.flush()
                    self.tenures[f"tenure_of_{name}"] = tenure.id
                records.session.flush()
                self.people[name] = person.id
            invite = admission.invite(records, InviteKind.OFFICE)
            waiting = Registration(
                account_id=CANDIDATE, nip="199001012015031001", name="Pendaftar", begun_at=before, waits_since=before
            )
            waiting.invite_id = invite.id
            records.session.add(waiting)

        self.work(hire)

    def _build(self, situation: Situation) -> int:
        """Bring a case into a situation, as its name tells."""
        case_id = self._report(situation)
        if situation.fellow:
            self.joined[situation.name] = self._join(situation, case_id)
        name = situation.name.removeprefix("secret-").removeprefix("joined-")
        if name == "declined":
            self.does("bambang", case_id, lambda proceeding, task, by: proceeding.decline(task, by=by, note="Bukan."))
        elif name == "merged":
            self._merge(case_id, self.other)
        elif name == "moved":
            self._move(case_id)
        elif name == "closed":
            self._walk(case_id, 10)
        elif name == "withdrawn":
            self._walk(case_id, 2)
            self._withdraw(case_id)
        elif name == "left-by-eko":
            self._leave_to_hendra(case_id, f"{SECRET} {situation.name}")
        elif name == "sent-back-to-hendra":
            self._walk(case_id, 4)
            self.does("maria", case_id, lambda proceeding, task, by: proceeding.send_back(task, by=by, note="Salah."))
        elif name == "returned-to-rina":
            self._walk(case_id, 6)
            self.does("maria", case_id, lambda proceeding, task, by: proceeding.give_back(task, by=by, note="Kurang."))
        elif situation.assigned:
            self._walk(case_id, 4)
            self._give(case_id, situation.assigned)
            if situation.started:
                self.does("rina", case_id, lambda proceeding, task, by: proceeding.start(task, by=by))
            self._let_rina_ask(situation.name, case_id)
        else:
            self._walk(case_id, situation.step, copied_to=situation.copied_to)
        return case_id

    def _let_rina_ask(self, name: str, case_id: int) -> None:
        """Let Rina ask the reporter, her superior for more time, or another post, where a situation is named so."""
        if name == "more-time-for-rina":
            self.extensions[name] = self._ask_for_more_time(case_id)
        if name == "consulted-by-rina":
            self.consultations[name] = self._consult(case_id)
        if name.endswith("asked-by-rina"):
            self.questions[name] = self._ask(case_id)

    def _go_on_leave(self) -> int:
        """Let Lia be away with Andi as her Plh.; returns the number of the absence of Bambang that lies ahead."""

        def person(records: Records, who: str) -> Person:
            return records.session.get_one(Person, self.people[who])

        def leave(records: Records) -> int:
            today = records.at.astimezone(self.rules.office.calendar.zone).date()
            for away, plh in AWAY.items():
                lasting = absence.file(records, person(records, away), today, None, by=person(records, away))
                absence.ask(records, lasting, person(records, plh), by=person(records, away))
                absence.answer(records, lasting, by=person(records, plh), accepts=True)
            bambang, later = person(records, ON_LEAVE_LATER), today + timedelta(days=14)
            ahead = absence.file(records, bambang, later, later, by=bambang)
            absence.ask(records, ahead, person(records, ASKED), by=bambang)
            return ahead.id

        return self.work(leave)

    def _relieve(self, name: str, post: str) -> None:
        self.work(lambda records: relieve(records, records.session.get_one(Person, self.people[name]), post))

    def _propose(self) -> int:
        """Let Dewi, the only admin, propose that Budi be one; returns the number of the proposal."""

        def propose(records: Records) -> int:
            by, person = self.people["dewi"], self.people["budi"]
            kind = ProposalKind.MAKE_ADMIN
            proposal = AdminProposal(kind=kind, by_id=by, person_id=person, data={}, made_at=records.at)
            records.session.add(proposal)
            records.session.flush()
            return proposal.id

        return self.work(propose)

    def _report(self, situation: Situation) -> int:

        def report(records: Records) -> int:
            reporter = records.session.get_one(Person, self.people[situation.reporter])
            said = a_report(f"{SECRET} {situation.name}", confidential=situation.confidential)
            begun = records.begin(said, reporter=reporter, sop=SOFTWARE)
            records.session.flush()
            return begun.case.id

        return self.work(report)

    def _join(self, situation: Situation, case_id: int) -> int:
        """Let the fellow report the same: with a draft, or where the case leads, with a case that is merged into it.

        Returns the number of the joined report.
        """
        if situation.name.startswith("led"):
            theirs = replace(situation, name=f"of-{situation.fellow}", reporter=situation.fellow)
            self._merge(self._report(theirs), case_id)

        def join(records: Records) -> int:
            proceeding = records.case(case_id)
            if not proceeding.fellows:
                by = records.session.get_one(Person, self.people[situation.fellow])
                proceeding.join(by=by, text="Di tempat saya juga.")
                records.session.flush()
            return proceeding.fellows[0].id

        return self.work(join)

    def _merge(self, case_id: int, into_id: int) -> None:
        def merge(records: Records) -> None:
            task = records.case(case_id).case.tasks[-1]
            bambang = records.session.get_one(Person, self.people["bambang"])
            joining.merge(records, task.id, into_id, by=bambang, version=task.version)

        self.work(merge)

    def case(self, situation: Situation) -> Case:
        return self.work(lambda records: records.case(self.cases[situation.name]).case)

    def does(self, who: str, case_id: int, door: Door) -> None:
        def act(records: Records) -> None:
            proceeding = records.case(case_id)
            task = proceeding.case.open_task
            assert task is not None
            door(proceeding, task, records.tenure(records.session.get_one(Person, self.people[who]), task))
            records.session.flush()

        self.work(act)

    def _walk(self, case_id: int, until: int, *, copied_to: str = "") -> None:
        words = [f"jft-prakom@{self.people[copied_to]}"] if copied_to else []
        for step in range(1, until):
            self.does(HANDS[step - 1], case_id, lambda proceeding, task, by: _onward(proceeding, task, by, words))

    def _leave_to_hendra(self, case_id: int, said: str) -> None:
        """Let Eko decide his step before he leaves the post, and Hendra say something after that."""
        left = self._set_end_of_eko(None)
        self._walk(case_id, 2)
        self.does("eko", case_id, lambda proceeding, task, by: proceeding.forward(task, by=by))
        self._set_end_of_eko(left)
        self.does("hendra", case_id, lambda proceeding, task, by: proceeding.remark(task, by=by, text=said))

    def _set_end_of_eko(self, ends_at: datetime | None) -> datetime | None:
        def change(records: Records) -> datetime | None:
            tenure = records.session.get_one(Tenure, self.tenures["tenure_of_eko"])
            before, tenure.ends_at = tenure.ends_at, ends_at
            return before

        return self.work(change)

    def _give(self, case_id: int, to: str) -> None:
        def give(proceeding: Proceeding, task: Task, by: Tenure) -> None:
            chosen = next(one for one in proceeding.candidates(task) if one.id == self.people[to])
            proceeding.forward(task, by=by, to=chosen)

        self.does("maria", case_id, give)

    def _ask(self, case_id: int) -> int:
        self.does("rina", case_id, lambda proceeding, task, by: proceeding.ask(task, by=by, text="Sejak kapan?"))
        newest = select(Question.id).order_by(Question.id.desc()).limit(1)
        return self.work(lambda records: records.session.scalars(newest).one())

    def _ask_for_more_time(self, case_id: int) -> int:
        def ask(records: Records) -> int:
            proceeding = records.case(case_id)
            task = proceeding.case.tasks[-1]
            rina = records.tenure(records.session.get_one(Person, self.people["rina"]), task)
            span = Standard.parse("1 hari")
            return extensions.ask(records, proceeding, task, by=rina, span=span, note="Menunggu.").id

        return self.work(ask)

    def _consult(self, case_id: int) -> int:
        def consult(records: Records) -> int:
            proceeding = records.case(case_id)
            task = proceeding.case.tasks[-1]
            rina = records.tenure(records.session.get_one(Person, self.people["rina"]), task)
            return consultations.consult(
                records, proceeding, task, by=rina, post="kadiv", to=None, text="Perlu vendor?"
            ).id

        return self.work(consult)

    def _withdraw(self, case_id: int) -> None:
        def withdraw(records: Records) -> None:
            records.case(case_id).withdraw(by=records.session.get_one(Person, self.people["budi"]))

        self.work(withdraw)

    def _move(self, case_id: int) -> None:
        def move(records: Records) -> None:
            proceeding = records.case(case_id)
            task = proceeding.case.open_task
            assert task is not None
            bambang = records.session.get_one(Person, self.people["bambang"])
            records.move(proceeding, task, by=records.tenure(bambang, task), to=HARDWARE)

        self.work(move)

    def tries(
        self, connection: Connection, situation: Situation, who: str, attempt: Attempt, *, blind: bool
    ) -> Outcome:
        """Carry out an attempt as an update would, look at what became of it, and undo it.

        What the bot said is drawn only where the person who tries is `blind`: may not read the case.
        """
        savepoint = connection.begin_nested()
        try:
            with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
                return self._tries(session, situation, who, attempt, blind=blind)
        finally:
            savepoint.rollback()

    def _tries(self, session: Session, situation: Situation, who: str, attempt: Attempt, *, blind: bool) -> Outcome:
        account = ACCOUNTS[who]
        token = self._prepare(session, situation, who, attempt)
        session.flush()
        before, entries = _tables(session), _entries(session)
        last_notice = session.scalar(text("SELECT coalesce(max(id), 0) FROM outbox"))
        if attempt.writes is None and not attempt.replies:
            refusal = self._handle(
                session,
                lambda records: taps.tap(records, token, account_id=account, message_id=1),
                lambda records, found: taps.refused(records, found, token, account_id=account, message_id=1),
            )
        else:
            said = Incoming(
                account, account, who, "id", 777, "Kata-kata baru.", reply_to=1 if attempt.replies else None
            )
            refusal = self._handle(
                session,
                lambda records: messages.receive(records, said),
                lambda records, found: messages.refused(records, found, said),
            )
        session.flush()
        owed = session.scalars(select(Notice).where(Notice.id > last_notice).order_by(Notice.id)).all()
        after = _tables(session)
        return Outcome(
            refusal,
            {name for name, rows in after.items() if rows != before[name]},
            _entries(session)[len(entries) :],
            {notice.chat_id for notice in owed},
            self._said(session, [one for one in owed if refusal or one.chat_id == account]) if blind else "",
        )

    def _handle(
        self,
        session: Session,
        work: Callable[[Records], object],
        otherwise: Callable[[Records, Refusal], object],
    ) -> str:
        try:
            with session.begin_nested():
                work(self._records(session))
                session.flush()
        except Refusal as refusal:
            otherwise(self._records(session), refusal)
            return refusal.code
        return ""

    def _records(self, session: Session) -> Records:
        return Records(session, rules=self.rules, at=self.at)

    def _said(self, session: Session, owed: Iterable[Notice]) -> str:
        plans = [draw(self._records(session).reader, notice, self.texts).plan for notice in owed]
        return "\n".join(plan.text for plan in plans if isinstance(plan, Send | Edit))

    def _mark(self, session: Session) -> str:
        """Return what the buttons on the card of whoever waits for an admin stand for."""
        waiting = session.get_one(Registration, CANDIDATE)
        return admission.mark(self._records(session).lock_office(), waiting, None, listed="")

    def _prepare(self, session: Session, situation: Situation, who: str, attempt: Attempt) -> str:
        """Put a card with the button into the chat of whoever tries, as genuine as any the program made."""
        case_id = self.cases[situation.name]
        tasks = session.scalars(select(Task).where(Task.case_id == case_id).order_by(Task.id.desc())).all()
        task = tasks[1] if attempt.before and len(tasks) > 1 else tasks[0]
        if attempt.late:
            task.due_at, task.late_by = self.at - timedelta(hours=1), None if task.is_open else 3600
        card = Card(
            kind=attempt.card,
            chat_id=ACCOUNTS[who],
            person_id=self.people.get(who, self.people["eko"]),
            case_id=case_id,
            task_id=task.id if attempt.card in _OF_A_TASK else None,
            extension_id=self.extensions.get(situation.name) if attempt.card is CardKind.EXTENSION else None,
            question_id=self.questions.get(situation.name) if attempt.card is CardKind.QUESTION else None,
            consultation_id=(self.consultations.get(situation.name) if attempt.card is CardKind.CONSULTATION else None),
            absence_id=self.absence if attempt.card in _ABOUT_AN_ABSENCE and not attempt.begins else None,
            account_id=CANDIDATE if attempt.card is CardKind.CANDIDATE else None,
            subject=attempt.subject.format(proposal=self.proposal, **self.people) or None,
            face=attempt.face,
            live=True,
            message_id=1,
            made_at=self.at,
        )
        session.add(card)
        session.flush()
        if who not in NOBODY:
            self._drafts(session, who, card)
        if who not in NOBODY and attempt.face in {Face.SELECTING, Face.EXPECTS_SELECTION_NOTE}:
            selection = Selection(person_id=self.people[who])
            selection.begin(card.id, at=self.at)
            selection.tick_all({task.id: task.version} if attempt.chosen else {}, at=self.at)
            session.add(selection)
        elif who not in NOBODY and (attempt.chosen or attempt.span or attempt.asks):
            draft = DispositionDraft(person_id=self.people[who], task_id=task.id, instructions=[], note="")
            draft.to_id = self.people[attempt.chosen] if attempt.chosen else None
            draft.span = attempt.span or None
            draft.consult_post = attempt.asks or None
            session.add(draft)
        if attempt.writes is not None:
            conversation = self._records(session).conversation(ACCOUNTS[who])
            question_id = self.questions.get(situation.name)
            conversation.expect(
                attempt.writes, card_id=card.id, task_id=task.id, question_id=question_id, part=attempt.part
            )
        argument = attempt.argument.format(
            case=case_id,
            task=task.id,
            question=self.questions.get(situation.name, 0),
            mark=self._mark(session),
            absence=self.absence,
            other=self.other,
            joined=self.joined.get(situation.name, 0),
            **self.people,
            **self.tenures,
        )
        button = Button.mint(card, action=attempt.touch, argument=argument, version=task.version)
        session.add(button)
        return button.token

    def _drafts(self, session: Session, who: str, card: Card) -> None:
        """Give everybody a report that they are writing, so that its buttons have something to work on."""
        draft = ReportDraft(
            person_id=self.people[who], text="Draf.", sop=SOFTWARE, files=[], messages=[], begun_at=self.at
        )
        draft.card_id = card.id if card.kind is CardKind.DRAFT else None
        session.add(draft)


def _deliver(records: Records) -> None:
    """Let every card that is owed stand in its chat."""
    records.session.execute(update(Notice).values(state=NoticeState.SENT))
    records.session.execute(update(Card).values(message_id=Card.id + 100_000))


def _onward(proceeding: Proceeding, task: Task, by: Tenure, copies: Sequence[str] = ()) -> None:
    match task.step:
        case 1 | 2 | 3 | 4:
            proceeding.forward(task, by=by, copies=copies)
        case 5:
            for part in Part:
                proceeding.write(task, part, "Isi.", by=by)
            proceeding.submit(task, by=by)
        case 6 | 7:
            proceeding.sign_off(task, Action.PASS, by=by)
        case 8:
            proceeding.sign_off(task, Action.APPROVE, by=by)
        case _:
            proceeding.sign_off(task, Action.ACKNOWLEDGE, by=by)


def _engine() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")

    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    METADATA.create_all(engine)
    return engine


def _tables(session: Session) -> dict[str, list[Any]]:
    """Return every row of every table but those that a refusal may add to."""
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return {
        name: raw.execute(f'SELECT * FROM "{name}" ORDER BY {", ".join(table.primary_key.columns.keys())}').fetchall()
        for name, table in METADATA.tables.items()
        if name not in _TRACES
    }


def _entries(session: Session) -> list[str]:
    return list(session.scalars(text("SELECT action FROM journal_entries ORDER BY rowid")))
