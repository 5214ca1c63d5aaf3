"""An office whose people chat with the handlers: what is owed is drawn at once, and buttons are tapped by label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from re import sub
from typing import TYPE_CHECKING, TypeVar

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from handlers import messages, taps
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.delivery.drawing import draw
from handlers.delivery.plan import Delete, Drawing, Edit, Key, Keyboard, Nothing, Plan, Send, SendFiles, SendPaper
from handlers.texts.catalogue import Texts
from handlers.texts.shorten import length
from models.case.attachment import FileRecord
from models.case.case import Case
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail.card import Card
from models.mail.notice import Notice, NoticeKind, NoticeState
from models.office.invitation import Invite
from models.office.person import Person
from models.office.tenure import Capacity, Post, Tenure
from models.refusals.refusal import Refusal
from models.repository.office_lock import locked_office_chain
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.office_file import load_office
from models.rules.rules import Rules
from models.rules.sop_file import load_sops
from models.tables import METADATA

if TYPE_CHECKING:
    from tests.conftest import ReadyMade

T = TypeVar("T")

PACKAGED = Path(__file__).parents[2] / "models"
MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Monday 23 November 2026, 08.30 WITA: an ordinary week without a holiday."""

APPOINTED = {
    "bambang": ("Bambang Wijaya", "kakanwil"),
    "siti": ("Siti Rahmawati", "kadiv"),
    "hendra": ("Hendra Lumi", "kabag-p2l"),
    "maria": ("Maria Tangka", "kasubbag-humas"),
    "rina": ("Rina Mokoginta", "jft-prakom"),
    "andi": ("Andi Pratama", "jft-prakom"),
}
"""The invented people of the office: the name a test calls them by, their full name, their post."""


@dataclass(slots=True)
class Shown:
    """One message of ours as it stands in a chat: its words without markup, and its buttons."""

    message_id: int
    html: str
    keyboard: Keyboard
    silent: bool = False
    reply_to: int | None = None

    @property
    def text(self) -> str:
        return unescape(sub(r"<[^>]+>", "", self.html))

    @property
    def keys(self) -> list[Key]:
        return [key for row in self.keyboard for key in row]

    @property
    def labels(self) -> list[str]:
        return [key.label for key in self.keys]


@dataclass(slots=True)
class Chat:
    """What a chat shows of ours, oldest first, and the albums sent to it."""

    messages: list[Shown] = field(default_factory=list)
    files: list[SendFiles] = field(default_factory=list)
    papers: list[SendPaper] = field(default_factory=list)

    @property
    def last(self) -> Shown:
        return self.messages[-1]

    def find(self, words: str) -> Shown:
        """Return the newest message that contains `words`."""
        found = [message for message in self.messages if words in message.text]
        assert found, f"{words!r} is not in {[message.text for message in self.messages]}"
        return found[-1]


def only_reads(session: Session, *, only: bool) -> None:
    """Let SQLite refuse to write from now on, or no longer; on PostgreSQL the transaction itself refuses."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA query_only = {'ON' if only else 'OFF'}"))


@dataclass(frozen=True, slots=True)
class Memory:
    """What an office knows beside its database: the time, what the chats show, and the last message's number."""

    at: datetime
    chats: dict[int, Chat]
    numbers: int


class Office:
    """The office under test: its database, its clock, its people, its chats.

    Every post is held, by those in `APPOINTED`; Budi reports without a post, and Dewi is an admin.
    """

    def __init__(self, engine: Engine, rules: Rules) -> None:
        self.engine = engine
        self.rules = rules
        self.at = MONDAY
        self.texts = Texts.load(rules.office.calendar.zone)
        self.chats: dict[int, Chat] = {}
        self._numbers = 5000
        people = self.work(lambda records: list(records.session.scalars(select(Person.id).order_by(Person.id))))
        self._people = dict(zip(("budi", "dewi", *APPOINTED), people, strict=False))

    @classmethod
    def founds(cls, engine: Engine, rules: Rules) -> None:
        """Make the office in a database with nothing in it."""
        METADATA.create_all(engine)
        office = cls(engine, rules)
        rows = [Post(code=post.code, title=post.title, short=post.short) for post in rules.office.posts]
        office.work(lambda records: records.session.add_all(rows))
        office.work(lambda records: locked_office_chain(records.session))
        office.hires("budi", "Budi Santoso")
        office.hires("dewi", "Dewi Kartika", admin=True)
        for name, (full_name, post) in APPOINTED.items():
            office.hires(name, full_name, post=post)

    def __getitem__(self, name: str) -> Pegawai:
        return Pegawai(self, name, self._people[name])

    @contextmanager
    def transaction(self) -> Iterator[Records]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield Records(session, rules=self.rules, at=self.at)

    def work(self, piece: Callable[[Records], T]) -> T:
        """Run one piece of work in a transaction of its own, now."""
        with self.transaction() as records:
            return piece(records)

    def handle(self, work: Callable[[Records], T], otherwise: Callable[[Records, Refusal], T]) -> T:
        """Handle one update as the desk does: a refusal undoes the work and is answered; then deliver what is owed."""

        try:
            result = self.work(work)
        except Refusal as refusal:
            refused = refusal
            result = self.work(lambda records: otherwise(records, refused))
        self.deliver()
        return result

    @property
    def memory(self) -> Memory:
        return Memory(self.at, deepcopy(self.chats), self._numbers)

    def recalls(self, memory: Memory) -> None:
        """Go on where an office with such a database was."""
        self.at, self.chats, self._numbers = memory.at, deepcopy(memory.chats), memory.numbers

    def passes(self, span: timedelta) -> None:
        self.at += span

    def hires(
        self, name: str, full_name: str, *, post: str | None = None, admin: bool = False, account: bool = True
    ) -> Pegawai:
        """Register a person under the name that the test calls them by."""
        number = len(self._people) + 1
        person = Person(
            name=full_name,
            nip=f"1980010120050210{number:02d}",
            account_id=1000 + number if account else None,
            language="id",
            unit="",
            unit_asked_at=self.at,
            is_admin=admin,
            registered_at=self.at,
            unreachable_since=None,
        )

        def hire(records: Records) -> int:
            records.session.add(person)
            if post is not None:
                records.session.add(Tenure.begin(person, post, capacity=Capacity.DEFINITIVE, at=records.at))
            records.session.flush()
            return person.id

        self._people[name] = self.work(hire)
        return self[name]

    def number(self) -> int:
        """Return the next message number of any chat."""
        self._numbers += 1
        return self._numbers

    def case(self, number: str | None = None) -> Case:
        """Return the case with this number, or the newest."""

        def find(records: Records) -> Case:
            newest = records.session.scalar(select(Case.number).order_by(Case.id.desc()).limit(1))
            return records.case_numbered(number or newest or "").case

        return self.work(find)

    def deliver(self) -> None:
        """Draw everything that is owed, in order, and let the chats show it."""
        owed = select(Notice.id).where(Notice.state == NoticeState.OWED).order_by(Notice.id)
        while found := self.work(lambda records: list(records.session.scalars(owed))):
            for notice_id in found:
                with self.reading() as reader:
                    drawing = draw(reader, reader.session.get_one(Notice, notice_id), self.texts)
                with self.transaction() as records:
                    self._deliver(records, notice_id, drawing)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Look in a transaction that cannot write, on either kind of database."""
        engine = self.engine.execution_options(postgresql_readonly=True)
        with Session(engine) as session, session.begin():
            only_reads(session, only=True)
            try:
                yield Reader(session, rules=self.rules, at=self.at)
            finally:
                only_reads(session, only=False)

    def _deliver(self, records: Records, notice_id: int, drawing: Drawing) -> None:
        notice, plan = records.session.get_one(Notice, notice_id), drawing.plan
        records.session.add_all(drawing.buttons)
        if drawing.tells is not None:
            records.session.get_one(Invite, drawing.tells.invite_id).digest = drawing.tells.digest
        notice.state = NoticeState.NOT_NEEDED if isinstance(plan, Nothing) else NoticeState.SENT
        card = records.session.get(Card, notice.card_id) if notice.card_id is not None else None
        message_id = self._carry_out(plan, self.chats.setdefault(notice.chat_id, Chat()))
        if card is not None and notice.kind is NoticeKind.WITHDRAW:
            card.message_id = None
        elif card is not None:
            card.message_id = message_id or card.message_id
            if isinstance(plan, Send):
                card.sounded_at = None if plan.silent else records.at
            card.digest = plan.digest if isinstance(plan, Send | Edit | SendPaper) else card.digest

    def _carry_out(self, plan: Plan, chat: Chat) -> int | None:
        match plan:
            case Send():
                sent = Shown(self.number(), plan.text, plan.keyboard, silent=plan.silent, reply_to=plan.reply_to)
                assert length(sent.text) <= 4096
                chat.messages.append(sent)
                return sent.message_id
            case Edit():
                for shown in chat.messages:
                    if shown.message_id in plan.message_ids:
                        shown.html, shown.keyboard = plan.text, plan.keyboard
                        assert length(shown.text) <= 4096
            case Delete():
                chat.messages = [one for one in chat.messages if one.message_id not in plan.message_ids]
            case SendFiles():
                chat.files.append(plan)
            case SendPaper():
                chat.papers.append(plan)
                sent = Shown(self.number(), plan.caption, plan.keyboard, silent=plan.silent, reply_to=None)
                chat.messages.append(sent)
                return sent.message_id
            case Nothing():
                pass
        return None


class Pegawai:
    """One person of the office with their private chat."""

    def __init__(self, office: Office, name: str, person_id: int) -> None:
        self.office = office
        self.name = name
        self.id = person_id

    @property
    def person(self) -> Person:
        return self.office.work(lambda records: records.session.get_one(Person, self.id))

    @property
    def account_id(self) -> int:
        return self.person.account_id or 0

    @property
    def chat(self) -> Chat:
        return self.office.chats.setdefault(self.account_id, Chat())

    def message(
        self, text: str = "", *, file: FileRecord | None = None, album: str | None = None, reply_to: int | None = None
    ) -> Incoming:
        """Return a message as this person would send it, in private."""
        return Incoming(
            chat_id=self.account_id,
            sender_id=self.account_id,
            sender_name=self.person.name,
            language="id",
            message_id=self.office.number(),
            text=text,
            files=() if file is None else (file if album is None else {**file, "album": album},),
            album=album,
            reply_to=reply_to,
        )

    def writes(
        self, text: str = "", *, file: FileRecord | None = None, album: str | None = None, reply_to: int | None = None
    ) -> Incoming:
        """Send a message and have it handled; returns it."""
        sent = self.message(text, file=file, album=album, reply_to=reply_to)
        self.office.handle(
            lambda records: messages.receive(records, sent),
            lambda records, refusal: messages.refused(records, refusal, sent),
        )
        return sent

    def sends(self, text: str, handler: Callable[[Records, Incoming, list[str]], None]) -> Incoming:
        """Send a command and have `handler` take it; returns the message."""
        sent = self.message(text)
        self.office.handle(
            lambda records: handler(records, sent, text.split()[1:]),
            lambda records, refusal: messages.refused(records, refusal, sent),
        )
        return sent

    def edits(self, sent: Incoming, text: str, handler: Callable[[Records, Incoming], None]) -> None:
        """Change the words of a message sent before."""
        changed = replace(sent, text=text)
        self.office.handle(
            lambda records: handler(records, changed),
            lambda records, refusal: messages.refused(records, refusal, changed),
        )

    def taps(self, label: str, *, on: Shown | None = None) -> str:
        """Tap the button whose label contains `label`, on the newest message that has one; returns the toast."""
        carrying = [one for one in self.chat.messages if any(label in text for text in one.labels)]
        shown = on or (carrying[-1] if carrying else None)
        assert shown is not None, f"no {label!r} on {[(one.text, one.labels) for one in self.chat.messages]}"
        key = next(key for key in shown.keys if label in key.label)
        return self.presses(key.token or "", shown.message_id)

    def presses(self, token: str, message_id: int) -> str:
        """Press a button by its token, as a client does that still shows it; returns the toast."""
        me = self.account_id
        toast = self.office.handle(
            lambda records: taps.tap(records, token, account_id=me, message_id=message_id),
            lambda records, refusal: taps.refused(records, refusal, token, account_id=me, message_id=message_id),
        )
        return self._read(toast)

    def _read(self, toast: Toast) -> str:
        text = toast.worded(self.office.texts.say(self.person.language), now=self.office.at)
        assert length(text) <= 200
        return text

    def does(self, number: str, door: Callable[[Proceeding, Task, Tenure], T]) -> T:
        """Go through a door of the domain for the open task of a case, as its holder."""

        def act(records: Records) -> T:
            proceeding = records.case_numbered(number)
            task = proceeding.case.open_task
            assert task is not None
            return door(proceeding, task, records.tenure(records.session.get_one(Person, self.id), task))

        result = self.office.work(act)
        self.office.deliver()
        return result


class Stranger(Pegawai):
    """A Telegram account that is nobody's yet, with its private chat; `person` is whoever it becomes."""

    def __init__(self, office: Office, name: str, account: int, language: str = "id") -> None:
        super().__init__(office, name, 0)
        self.account = account
        self.language = language

    @property
    def person(self) -> Person:
        person = self.known
        assert person is not None, f"{self.name} is not registered"
        return person

    @property
    def known(self) -> Person | None:
        return self.office.work(lambda records: records.person(self.account))

    @property
    def account_id(self) -> int:
        return self.account

    def message(
        self, text: str = "", *, file: FileRecord | None = None, album: str | None = None, reply_to: int | None = None
    ) -> Incoming:
        return Incoming(
            chat_id=self.account,
            sender_id=self.account,
            sender_name=self.name,
            language=self.language,
            message_id=self.office.number(),
            text=text,
            files=() if file is None else (file if album is None else {**file, "album": album},),
            album=album,
            reply_to=reply_to,
        )

    def _read(self, toast: Toast) -> str:
        return toast.worded(self.office.texts.say(self.language), now=self.office.at)


def photo(name: str) -> FileRecord:
    """Return a photo as the handlers get it."""
    return {
        "kind": "photo",
        "file_id": f"id-{name}",
        "file_unique_id": f"unique-{name}",
        "name": "",
        "size": 1000,
        "caption": "",
    }


@pytest.fixture
def photos() -> Callable[[int], list[FileRecord]]:
    """Return a way to get so many different photos."""
    return lambda count: [photo(str(index)) for index in range(1, count + 1)]


@pytest.fixture(scope="session")
def packaged_rules() -> Rules:
    return Rules(office=load_office(PACKAGED / "offices/sulawesi-utara.toml"), sops=load_sops(PACKAGED / "sops"))


OpenOfficeAt = Callable[[str, Callable[[Office], object]], Office]
"""Opens an office brought somewhere by the function, which is called once for each name."""


@pytest.fixture
def open_office_at(
    ready_made: ReadyMade, packaged_rules: Rules, database_kind: str, memories: dict[tuple[str, str], Memory]
) -> OpenOfficeAt:
    """Open offices, each with a database of its own, in which something has happened already."""

    def open_one(name: str, bring: Callable[[Office], object]) -> Office:
        def fill(empty: Engine) -> None:
            Office.founds(empty, packaged_rules)
            office = Office(empty, packaged_rules)
            bring(office)
            memories[database_kind, name] = office.memory

        office = Office(ready_made(name, fill), packaged_rules)
        office.recalls(memories[database_kind, name])
        return office

    return open_one


@pytest.fixture
def office(open_office_at: OpenOfficeAt) -> Office:
    """An office with a database of its own."""
    return open_office_at("chatting office", lambda _: None)


@pytest.fixture
def stranger(office: Office) -> Stranger:
    """Somebody nobody at the office has met."""
    return Stranger(office, "Eka", 9001)


@pytest.fixture
def another(office: Office) -> Stranger:
    """One more whom nobody has met."""
    return Stranger(office, "Fajar", 9002)
