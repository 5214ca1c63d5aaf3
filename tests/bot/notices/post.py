"""A courier with the stand-in behind it, and notices whose bodies say how they are drawn."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from markupsafe import Markup
from sqlalchemy import select

from bot.clock import MovableClock
from bot.loop.activity import Activity
from bot.loop.pauses import Pauses
from bot.metrics import Metrics
from bot.notices.courier import Courier
from bot.notices.outbox import Outbox
from bot.notices.pace import OwnPace, Rates
from bot.replicas.leases import Sole
from bot.replicas.presence import Alone
from bot.sandbox.chats import Message
from bot.sandbox.server import Address
from bot.storage.database import Database
from handlers.delivery.plan import Delete, Drawing, Edit, Key, Nothing, Plan, Send, SendFiles
from handlers.screens.screen import Style
from handlers.texts.catalogue import Texts
from models.mail.card import Card, CardKind, Face
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.rules import Rules
from tests.parts import line_to

T = TypeVar("T")
TOKEN = "123456:a-token-of-thirty-characters-or-more"
AT = datetime(2026, 3, 30, 0, 30, tzinfo=UTC)
GROUP = -100500


class Office(Protocol):
    """What these tests need of the office in `conftest.py`."""

    account: dict[str, int]

    async def report(self, text: str = "") -> int: ...
    async def work(self, work: Callable[[Records], T]) -> T: ...


def drawn(reader: Reader, notice: Notice, _: Texts) -> Drawing:
    """Draw a notice as its body says; what screens look like is not the courier's business."""
    return Drawing(_plan(reader, notice))


def _plan(reader: Reader, notice: Notice) -> Plan:
    body = notice.body
    card = reader.card_by_id(notice.card_id)
    if "breaks" in body:
        raise LookupError("a screen with a fault")
    if "pointless" in body:
        return Nothing()
    if "files" in body:
        return SendFiles(notice.chat_id, files=body["files"], caption=Markup("Lampiran"))
    words = body.get("text", f"{notice.kind.value}, {reader.at:%H.%M}")
    text = Markup(words)  # noqa: S704 - a test writes its own markup, and some that Telegram refuses
    if card is not None and notice.kind == NoticeKind.REFRESH:
        if card.message_id is None:
            return Nothing()
        ids = [one for one in (card.message_id, card.twin_id) if one is not None]
        return Edit(notice.chat_id, ids, text, card_id=card.id, digest=text)
    if card is not None and notice.kind == NoticeKind.WITHDRAW:
        return Delete(notice.chat_id, [card.message_id] if card.message_id else [])
    keyboard = ((Key("Buka", token="token", style=Style.GREEN), Key("Panduan", url="https://example.org")),)
    return Send(
        notice.chat_id,
        text,
        keyboard=keyboard if card is not None else (),
        silent=bool(body.get("silent")),
        reply_to=body.get("reply_to"),
        card_id=card.id if card is not None else None,
        digest=text if card is not None else None,
    )


class Post:
    """A courier with the stand-in behind it, and a way to owe and to look."""

    def __init__(self, database: Database, rules: Rules, clock: MovableClock, address: Address) -> None:
        self.database, self.clock = database, clock
        self.activity, self.slept = Activity(), list[float]()
        self.line = line_to(address.url, token=TOKEN)
        self.pace = OwnPace(Rates.unbounded(), monotonic=lambda: sum(self.slept), sleep=self.rest)
        self.outbox = Outbox(rules=rules, texts=Texts.load(rules.office.calendar.zone), now=clock.now, leases=Sole())
        self.courier = self.opened()
        if not database.shared:
            database.before_commit(self.courier.prepare)
        database.on_commit(self.courier.committed)

    def opened(self) -> Courier:
        """Return a courier as a new process would make it."""
        return Courier(
            bot=self.line,
            database=self.database,
            outbox=self.outbox,
            pace=self.pace,
            presence=Alone(),
            activity=self.activity,
            pauses=Pauses(self.rest),
            metrics=Metrics(),
        )

    async def rest(self, seconds: float) -> None:
        """Let the seconds pass of which the pace waits, at once."""
        self.slept.append(seconds)
        await asyncio.sleep(0)

    async def owe(self, *notices: Notice) -> None:
        """Commit `notices` together, and wait until everything owed was carried out."""
        await self.database.transact(lambda session: session.add_all(notices))
        await self.activity.still()

    async def outcome(self, *, kind: NoticeKind | None = None) -> list[NoticeState]:
        return [NoticeState(one.state) for one in await self.notices(kind=kind)]

    async def notices(self, *, kind: NoticeKind | None = None) -> Sequence[Notice]:
        statement = select(Notice).order_by(Notice.id)
        if kind is not None:
            statement = statement.where(Notice.kind == kind)
        return await self.database.read(lambda session: session.scalars(statement).all())

    async def card(self) -> Card:
        return await self.database.read(lambda session: session.scalars(select(Card)).one())


def note(text: str = "Halo", *, chat: int = 1001, **body: Any) -> Notice:
    """A plain message owed to a chat."""
    return Notice(kind=NoticeKind.SAY, priority=Priority.ANSWER, chat_id=chat, body={"text": text, **body}, owed_at=AT)


def carded(kind: NoticeKind, card: Card, text: str) -> Notice:
    return Notice(kind=kind, priority=Priority.CARD, chat_id=card.chat_id, card=card, body={"text": text}, owed_at=AT)


def fresh_card(kind: CardKind = CardKind.STATUS, *, chat: int = 1001) -> Card:
    return Card(kind=kind, chat_id=chat, live=True, face=Face.MAIN, made_at=AT)


def media(message: Message) -> str:
    assert message.media is not None
    return message.media.file_id
