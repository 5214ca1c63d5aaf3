"""An office of invented people with the packaged rules, one transaction at a time, at instants the test decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, joinedload

from models.administration import admission, appointment, dealing
from models.case.attachment import FileRecord
from models.case.case import Case
from models.case.consultation import Consultation
from models.case.evaluation import Part
from models.case.extension import ExtensionRequest
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.case.verdict import Appraisal, Rating
from models.chase.sweep import Sweep, chase_due
from models.journal.chain import Breach, Entry, first_breach
from models.mail.card import Card, CardKind
from models.mail.notice import Notice, NoticeKind
from models.office.invitation import InviteKind
from models.office.person import Person
from models.office.tenure import Capacity, Post, Tenure
from models.queries import lists
from models.queries.lists import Waiting
from models.refusals.work import NotYourTask
from models.repository import consultations, explaining, extensions
from models.repository.office_lock import locked_office_chain
from models.repository.records import Records
from models.rules.actions import Action
from models.rules.office_file import PostSpec
from models.rules.rules import Rules
from models.rules.sop import Sop
from models.rules.standard import Standard
from models.rules.step_kinds import StepKind
from models.rules.urgency import Urgency
from models.tables import METADATA
from tests.reports import a_report

T = TypeVar("T")

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Monday 23 November 2026, 08.30 WITA: an ordinary week without a holiday."""

SOFTWARE = "penanganan-masalah-software"
HARDWARE = "penanganan-masalah-hardware"

APPOINTED = {
    "bambang": ("Bambang Wijaya", "kakanwil"),
    "siti": ("Siti Rahmawati", "kadiv"),
    "hendra": ("Hendra Lumi", "kabag-p2l"),
    "maria": ("Maria Tangka", "kasubbag-humas"),
    "rina": ("Rina Mokoginta", "jft-prakom"),
    "andi": ("Andi Pratama", "jft-prakom"),
}
"""The invented people of the office: the name a test calls them by, their full name, their post."""


class Bureau:
    """The office under test: its database, its clock, its people.

    Every post is held, by those in `APPOINTED`; Budi reports without a post, and Dewi is an admin.
    """

    def __init__(self, engine: Engine, rules: Rules) -> None:
        self.engine = engine
        self.rules = rules
        self.at = MONDAY
        people = self.work(lambda records: list(records.session.scalars(select(Person).order_by(Person.id))))
        self._people = dict(zip(("budi", "dewi", *APPOINTED), people, strict=False))

    @classmethod
    def founds(cls, engine: Engine, rules: Rules) -> None:
        """Make the office in a database with nothing in it."""
        METADATA.create_all(engine)
        bureau = cls(engine, rules)
        bureau._establishes(rules.office.posts)
        bureau.work(lambda records: locked_office_chain(records.session))
        bureau.hires("budi", "Budi Santoso")
        bureau.hires("dewi", "Dewi Kartika", admin=True)
        for name, (full_name, post) in APPOINTED.items():
            bureau.hires(name, full_name).takes(post)

    def __getitem__(self, name: str) -> Pegawai:
        return Pegawai(self, self._people[name].id)

    def named(self, person_id: int | None) -> str | None:
        """Return what the test calls the person with this number."""
        return next((name for name, person in self._people.items() if person.id == person_id), None)

    @contextmanager
    def transaction(self) -> Iterator[Records]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield Records(session, rules=self.rules, at=self.at)

    def work(self, piece: Callable[[Records], T]) -> T:
        """Run one piece of work in a transaction of its own, now."""
        with self.transaction() as records:
            return piece(records)

    def passes(self, span: timedelta) -> None:
        self.at += span

    def works(self, minutes: float) -> None:
        """Let office time pass."""
        self.at = self.rules.office.calendar.add(self.at, round(minutes * 60))

    def hires(self, name: str, full_name: str, *, account: bool = True, admin: bool = False) -> Pegawai:
        """Register a person under the name that the test calls them by."""
        number = len(self._people) + 1
        person = Person(
            name=full_name,
            nip=f"1980010120050210{number:02d}",
            account_id=1000 + number if account else None,
            language="id",
            unit="",
            is_admin=admin,
            registered_at=self.at,
            unreachable_since=None,
        )
        self.work(lambda records: records.session.add(person))
        self._people[name] = person
        return self[name]

    def knows(self, sop: Sop) -> None:
        """Load one more SOP, or another version of one, and fill each role that no post of the office fills."""
        office = self.rules.office
        filled = {role for post in office.posts for role in post.roles}
        fresh = [
            PostSpec(role.code, role.title, role.title, (role.code,), None, several=False)
            for role in sop.roles
            if sop.steps_of(role.code) and role.code not in filled
        ]
        self.rules = Rules(
            office=replace(office, posts=(*office.posts, *fresh)), sops={**self.rules.sops, sop.code: sop}
        )
        self._establishes(fresh)

    def forgets(self, code: str) -> None:
        """Run without one of the SOPs, as when its file was taken away."""
        kept = {known: sop for known, sop in self.rules.sops.items() if known != code}
        self.rules = replace(self.rules, sops=kept)

    def _establishes(self, posts: Iterable[PostSpec]) -> None:
        rows = [Post(code=post.code, title=post.title, short=post.short) for post in posts]
        self.work(lambda records: records.session.add_all(rows))

    def begins(
        self,
        name: str,
        text: str = "SIMPEG tidak dapat dibuka",
        *,
        sop: str = SOFTWARE,
        urgency: Urgency = Urgency.ORDINARY,
        confidential: bool = False,
    ) -> int:
        """Let a person report a problem, and return the number of the case's row."""

        def report(records: Records) -> int:
            person = records.session.get_one(Person, self._people[name].id)
            report = a_report(text, urgency, confidential=confidential)
            begun = records.begin(report, reporter=person, sop=sop)
            records.session.flush()
            return begun.case.id

        return self.work(report)

    def case(self, case_id: int) -> Case:
        return self.work(lambda records: records.case(case_id).case)

    def only_case(self) -> int:
        """Return the number of the row of the one case there is."""
        return self.work(lambda records: records.session.scalars(select(Case.id)).one())

    def task(self, case_id: int) -> Task:
        """Return the open task of a case, which must have exactly one."""
        (task,) = (task for task in self.case(case_id).tasks if task.is_open)
        return task

    def holders(self, case_id: int) -> list[str | None]:
        """Return who may decide the open task, by the names of the test."""

        def find(records: Records) -> list[str | None]:
            proceeding = records.case(case_id)
            task = proceeding.case.open_task
            return [self.named(person.id) for person in proceeding.holders(task)] if task else []

        return self.work(find)

    def walks(self, case_id: int, *, until: int) -> Task:
        """Take the straight path to a step, each task decided by its first holder within a minute."""
        while True:
            task, holders, kind = self.work(lambda records: self._looked_at(records, case_id))
            if task.step == until:
                return task
            self.works(1)
            name = holders[0]
            assert name is not None
            self[name].carries_on(case_id, kind)

    def _looked_at(self, records: Records, case_id: int) -> tuple[Task, list[str | None], StepKind]:
        """Return the open task of a case, who may decide it, and what kind of step it is."""
        proceeding = records.case(case_id)
        (task,) = (task for task in proceeding.case.tasks if task.is_open)
        holders = [self.named(person.id) for person in proceeding.holders(task)]
        return task, holders, proceeding.case.sop.step(task.step).kind

    def finishes(self, case_id: int) -> Case:
        """Take the straight path to the end."""
        self.walks(case_id, until=len(self.case(case_id).sop.steps))
        (name, *_) = self.holders(case_id)
        assert name is not None
        self[name].carries_on(case_id)
        return self.case(case_id)

    def lives_through_much(self) -> None:
        """Have a case with every trouble, a declined one and an open one."""
        first = self.begins("budi")
        self.works(26)
        self.sweeps()
        self.walks(first, until=5)
        self["rina"].starts(first)
        self["budi"].answers(self["rina"].asks(first))
        self.walks(first, until=6)
        self["maria"].gives_back(first)
        self["rina"].writes(first, Part.CAUSE, "Kapasitas sesi basis data penuh.")
        self.finishes(first)
        self["budi"].says_whether_it_helped(first, helped=True)
        second = self.begins("siti", "Tolong belikan printer")
        self.works(5)
        self["bambang"].declines(second)
        third = self.begins("budi", "Email dinas tidak dapat dikirim")
        self.works(3)
        self["bambang"].forwards(third, instructions=("Tindak lanjuti",), note="Mohon prioritas.")

    def sweeps(self) -> Sweep:
        return self.work(chase_due)

    def deals(self, post: str) -> None:
        """Deal what is open at a post whose holders have changed."""
        self.work(lambda records: dealing.deal(records, post))

    def queue(self, name: str) -> list[Waiting]:
        return self.work(lambda records: lists.queue(records.reader, records.session.get_one(Person, self[name].id)))

    def notices(self, kind: NoticeKind | None = None) -> list[Notice]:
        statement = select(Notice).order_by(Notice.id)
        if kind is not None:
            statement = statement.where(Notice.kind == kind)
        return self.work(lambda records: list(records.session.scalars(statement)))

    def codes(self, name: str) -> list[str]:
        """Return the plain messages and alerts owed to a person, by the names of their texts."""
        person_id = self._people[name].id
        return [one.body["code"] for one in self.notices() if one.person_id == person_id and "code" in one.body]

    def live(self, task_id: int, kind: CardKind = CardKind.TASK) -> list[str | None]:
        """Return who has a card of a task that can still be tapped."""
        statement = select(Card).where(Card.task_id == task_id, Card.live, Card.kind == kind).order_by(Card.id)
        cards = self.work(lambda records: list(records.session.scalars(statement)))
        return [self.named(card.person_id) for card in cards]

    def entries(self, case_id: int) -> list[Entry]:
        """Return the journal of a case with its payloads."""

        def read(records: Records) -> list[Entry]:
            entries = records.case(case_id).case.chain.entries.select().order_by(Entry.sequence)
            return list(records.session.scalars(entries.options(joinedload(Entry.payload))))

        return self.work(read)

    def breach(self, case_id: int) -> Breach | None:
        chain = self.case(case_id).chain
        return first_breach(chain, self.entries(case_id))


class Pegawai:
    """One person of the office. Each verb is one transaction that goes through a door of the domain."""

    def __init__(self, bureau: Bureau, person_id: int) -> None:
        self.bureau = bureau
        self.id = person_id

    def does(self, case_id: int, door: Callable[[Proceeding, Task, Tenure], T], *, task_id: int | None = None) -> T:
        """Go through a door for the open task, or for an earlier one whose card is still in this person's hands."""

        def act(records: Records) -> T:
            proceeding = records.case(case_id)
            tasks = proceeding.case.tasks
            task = next((one for one in tasks if one.id == task_id), None) or proceeding.case.open_task or tasks[-1]
            return door(proceeding, task, self._tenure(records, task))

        return self.bureau.work(act)

    def _tenure(self, records: Records, task: Task) -> Tenure:
        own = [one for one in records.lock_office().tenures if one.person_id == self.id and one.lasts]
        try:
            return records.tenure(self._person(records), task)
        except NotYourTask:
            if not own:
                raise
            return own[0]

    def _person(self, records: Records) -> Person:
        return records.session.get_one(Person, self.id)

    def takes(self, post: str, capacity: Capacity = Capacity.DEFINITIVE) -> None:
        """Begin to hold a post."""
        self.bureau.work(
            lambda records: records.session.add(
                Tenure.begin(self._person(records), post, capacity=capacity, at=records.at)
            )
        )

    def leaves(self, post: str) -> None:
        """Hold a post no longer."""

        def end(records: Records) -> None:
            for tenure in records.lock_office().tenures:
                if tenure.person_id == self.id and tenure.post == post:
                    tenure.ends_at = records.at

        self.bureau.work(end)

    def is_unbound(self) -> None:
        """Have the account taken away, as when a phone is lost."""
        self.bureau.work(lambda records: appointment.unbind(records, self._person(records)))

    def comes_back(self, *, post: str | None = None) -> None:
        """Have an account again, by the office's link or an invite for a post, and the word of Dewi, an admin."""

        def register(records: Records) -> None:
            person, dewi = self._person(records), self.bureau["dewi"]._person(records)
            account = 2000 + person.id
            kind = InviteKind.POST if post is not None else InviteKind.OFFICE
            code = admission.invite(records, kind, post=post).renew()
            registration, _ = admission.claim(records, code, account)
            registration.nip, registration.name = person.nip, person.name
            if admission.complete(records, registration) is None:
                mark = admission.mark(records.lock_office(), registration, person, listed="")
                admission.accept(records, account, mark, by=dewi)

        self.bureau.work(register)

    def loses_account(self) -> None:
        """Have no Telegram account any more."""

        def unbind(records: Records) -> None:
            self._person(records).account_id = None

        self.bureau.work(unbind)

    def forwards(
        self, case_id: int, *, to: str | None = None, instructions: tuple[str, ...] = (), note: str = ""
    ) -> Task | None:
        def forward(proceeding: Proceeding, task: Task, by: Tenure) -> Task | None:
            chosen = self.bureau._people[to].id if to else None
            person = next((one for one in proceeding.candidates(task) if one.id == chosen), None)
            if to is not None and person is None:
                person = self.bureau._people[to]
            return proceeding.forward(task, by=by, to=person, instructions=instructions, note=note)

        return self.does(case_id, forward)

    def sends_back(self, case_id: int, note: str = "Bukan wewenang kami.", *, to: int | None = None) -> Task:
        return self.does(case_id, lambda proceeding, task, by: proceeding.send_back(task, by=by, note=note, to=to))

    def declines(self, case_id: int, note: str = "Bukan masalah perangkat lunak.") -> None:
        self.does(case_id, lambda proceeding, task, by: proceeding.decline(task, by=by, note=note))

    def moves(self, case_id: int, *, to: str) -> int:
        """Move a case to another SOP, and return the new case's row."""

        def move(records: Records) -> int:
            proceeding = records.case(case_id)
            task = proceeding.case.open_task
            assert task is not None
            moved = records.move(proceeding, task, by=self._tenure(records, task), to=to)
            records.session.flush()
            return moved.case.id

        return self.bureau.work(move)

    def starts(self, case_id: int) -> None:
        self.does(case_id, lambda proceeding, task, by: proceeding.start(task, by=by))

    def asks(self, case_id: int, text: str = "Pesan galat apa yang muncul?") -> int:
        """Ask the reporter, and return the question's row."""

        def ask(records: Records) -> int:
            proceeding = records.case(case_id)
            task = proceeding.case.open_task or proceeding.case.tasks[-1]
            question = proceeding.ask(task, by=self._tenure(records, task), text=text)
            records.session.flush()
            proceeding.owe_question(question)
            return question.id

        return self.bureau.work(ask)

    def answers(self, question_id: int, text: str = "ORA-00018.", files: tuple[FileRecord, ...] = ()) -> None:
        def answer(records: Records) -> None:
            proceeding, question = records.question(question_id)
            proceeding.answer(question, by=self._person(records), text=text, files=files)

        self.bureau.work(answer)

    def writes(self, case_id: int, part: Part, words: str) -> None:
        self.does(case_id, lambda proceeding, task, by: proceeding.write(task, part, words, by=by))

    def fills(self, case_id: int) -> None:
        """Write every part of the Laporan Evaluasi that is still empty."""

        def fill(proceeding: Proceeding, task: Task, by: Tenure) -> None:
            for part in proceeding.draft(task, by=by).missing:
                proceeding.write(task, part, f"Isi {part.value}.", by=by)

        self.does(case_id, fill)

    def attaches(self, case_id: int, *files: FileRecord) -> None:
        self.does(case_id, lambda proceeding, task, by: proceeding.attach(task, files, by=by))

    def submits(self, case_id: int) -> Task | None:
        return self.does(case_id, lambda proceeding, task, by: proceeding.submit(task, by=by))

    def hands_in(self, case_id: int) -> None:
        """Write what is still empty, and submit."""
        self.fills(case_id)
        self.submits(case_id)

    def signs_off(self, case_id: int, action: Action) -> Task | None:
        return self.does(case_id, lambda proceeding, task, by: proceeding.sign_off(task, action, by=by))

    def passes_on(self, case_id: int) -> Task | None:
        return self.signs_off(case_id, Action.PASS)

    def approves(self, case_id: int) -> Task | None:
        return self.signs_off(case_id, Action.APPROVE)

    def gives_back(self, case_id: int, note: str = "Simpulan belum memuat penyebab.") -> Task:
        return self.does(case_id, lambda proceeding, task, by: proceeding.give_back(task, by=by, note=note))

    def acknowledges(self, case_id: int) -> Task | None:
        return self.signs_off(case_id, Action.ACKNOWLEDGE)

    def carries_on(self, case_id: int, kind: StepKind | None = None) -> None:
        """Do what carries the case to its next step, whatever the kind of this one; it is looked up if not given."""
        if kind is None:
            case = self.bureau.case(case_id)
            assert case.open_task is not None
            kind = case.sop.step(case.open_task.step).kind
        if kind.rules.assigns:
            self.forwards(case_id)
        elif kind.rules.handles:
            self.hands_in(case_id)
        else:
            self.signs_off(case_id, kind.rules.onward)

    def tries(self, case_id: int, action: str) -> None:
        """Try the action that goes by this name in the journal, with everything it needs."""
        doings: dict[str, Callable[[int], object]] = {
            "forward": self.forwards,
            "send-back": self.sends_back,
            "decline": self.declines,
            "move": lambda case_id: self.moves(case_id, to=HARDWARE),
            "start": self.starts,
            "ask": self.asks,
            "write": lambda case_id: self.writes(case_id, Part.CAUSE, "Sesi menumpuk."),
            "attach": lambda case_id: self.attaches(case_id, {"kind": "photo", "file_id": "F", "file_unique_id": "U"}),
            "submit": self.hands_in,
            "pass": self.passes_on,
            "approve": self.approves,
            "return": self.gives_back,
            "acknowledge": self.acknowledges,
            "note": self.remarks,
        }
        doings[action](case_id)

    def remarks(self, case_id: int, text: str = "Mohon dipercepat.") -> None:
        self.does(case_id, lambda proceeding, task, by: proceeding.remark(task, by=by, text=text))

    def recalls(self, case_id: int, *, task_id: int | None = None) -> Task:
        """Take back what the last decision has forwarded, or that of the task named."""

        def recall(records: Records) -> Task:
            proceeding = records.case(case_id)
            decided = [one for one in proceeding.case.tasks if not one.is_open]
            task = next((one for one in decided if one.id == task_id), decided[-1])
            return records.recall(proceeding, task, by=self._tenure(records, task))

        return self.bureau.work(recall)

    def hands_on(
        self, case_id: int, *, to: str, note: str = "Sedang tidak di tempat.", task_id: int | None = None
    ) -> None:
        """Hand the open task, or the one named, to a colleague."""

        def hand(records: Records) -> None:
            proceeding = records.case(case_id)
            tasks = proceeding.case.tasks
            task = next((one for one in tasks if one.id == task_id), tasks[-1])
            receiver = self.bureau[to]._person(records)
            records.transfer(proceeding, task, by=self._person(records), to=receiver, note=note)

        self.bureau.work(hand)

    def asks_for_more_time(
        self, case_id: int, span: str = "1 hari", note: str = "Menunggu suku cadang.", *, task_id: int | None = None
    ) -> int:
        """Ask for an extension of the open task, or of the one named; returns the request's row."""

        def ask(records: Records) -> int:
            proceeding = records.case(case_id)
            tasks = proceeding.case.tasks
            task = next((one for one in tasks if one.id == task_id), tasks[-1])
            by, wanted = self._tenure(records, task), Standard.parse(span)
            return extensions.ask(records, proceeding, task, by=by, span=wanted, note=note).id

        return self.bureau.work(ask)

    def explains(self, case_id: int, text: str = "Menunggu penyedia.", *, task_id: int | None = None) -> None:
        """Say why the open task is late, or the one named, or the last one."""

        def explain(records: Records) -> None:
            proceeding = records.case(case_id)
            tasks = proceeding.case.tasks
            task = next((one for one in tasks if one.id == task_id), tasks[-1])
            explaining.explain(records, proceeding, task, by=self._tenure(records, task), text=text)

        self.bureau.work(explain)

    def consults(self, case_id: int, *, post: str = "", person: str = "", text: str = "Perlu server cadangan?") -> int:
        """Ask another post, or a colleague, for an opinion on the open task; returns the consultation's row."""

        def consult(records: Records) -> int:
            proceeding = records.case(case_id)
            task = proceeding.case.open_task or proceeding.case.tasks[-1]
            to = self.bureau[person]._person(records) if person else None
            by, where = self._tenure(records, task), post or task.post
            return consultations.consult(records, proceeding, task, by=by, post=where, to=to, text=text).id

        return self.bureau.work(consult)

    def advises(self, consultation_id: int, text: str = "Ya, segera.", files: tuple[FileRecord, ...] = ()) -> None:
        def advise(records: Records) -> None:
            proceeding, asked = records.with_case(Consultation, consultation_id)
            proceeding.advise(asked, by=self._person(records), text=text, files=files)

        self.bureau.work(advise)

    def grants(self, request_id: int) -> None:
        def grant(records: Records) -> None:
            proceeding, request = records.with_case(ExtensionRequest, request_id)
            extensions.grant(records, proceeding, request, by=self._person(records))

        self.bureau.work(grant)

    def denies(self, request_id: int, note: str = "") -> None:
        def deny(records: Records) -> None:
            proceeding, request = records.with_case(ExtensionRequest, request_id)
            proceeding.deny(request, by=self._person(records), note=note)

        self.bureau.work(deny)

    def urges(self, case_id: int) -> datetime:
        return self.bureau.work(lambda records: records.case(case_id).urge(by=self._person(records)))

    def adds(self, case_id: int, text: str = "Sejak pembaruan kemarin.", files: tuple[FileRecord, ...] = ()) -> None:
        self.bureau.work(lambda records: records.case(case_id).add(by=self._person(records), text=text, files=files))

    def withdraws(self, case_id: int) -> None:
        self.bureau.work(lambda records: records.case(case_id).withdraw(by=self._person(records)))

    def rates(self, case_id: int, rating: Rating) -> None:
        self.bureau.work(lambda records: records.case(case_id).rate(rating, by=self._person(records)))

    def appraises(self, case_id: int, appraisal: Appraisal = Appraisal.WELL) -> None:
        self.bureau.work(lambda records: records.case(case_id).appraise(appraisal, by=self._person(records)))

    def says_whether_it_helped(self, case_id: int, *, helped: bool) -> None:
        self.bureau.work(
            lambda records: records.feedback(records.case(case_id), by=self._person(records), helped=helped)
        )
