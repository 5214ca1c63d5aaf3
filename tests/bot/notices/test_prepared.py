"""What a transaction owes is drawn in it where nothing stands in the way; else when its turn comes."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot.notices.job import Drawn, Job, Undrawable
from bot.notices.pace import OwnPace, Rate, Rates
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.storage.database import Changed, Database
from models.mail.card import CardKind
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from tests.bot.notices.post import AT, Post, carded, fresh_card, note

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def taken_up(post: Post, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The chats whose next notice was drawn in a transaction of its own."""
    chats: list[int] = []
    next_drawing = post.outbox.next_drawing

    def noted(session: Session, chat_id: int) -> Drawn:
        chats.append(chat_id)
        return next_drawing(session, chat_id)

    monkeypatch.setattr(post.outbox, "next_drawing", noted)
    return chats


async def test_it_leaves_without_another_transaction(post: Post, budi: Person, taken_up: list[int]) -> None:
    await post.owe(note("dibaca segera"))
    assert [message.words for message in budi.received] == ["dibaca segera"]
    assert [(one.attempts, one.doubtful) for one in await post.notices()] == [(1, 0)]
    assert taken_up == []


async def test_what_follows_in_the_chat_is_drawn_where_the_one_before_is_kept(
    post: Post, budi: Person, taken_up: list[int]
) -> None:
    await post.owe(note("satu"), note("dua"), note("tidak perlu", pointless=True), note("tiga"))
    assert [message.words for message in budi.received] == ["satu", "dua", "tiga"]
    assert [(one.state, one.attempts, one.doubtful) for one in await post.notices()] == [
        (NoticeState.SENT, 1, 0),
        (NoticeState.SENT, 1, 0),
        (NoticeState.NOT_NEEDED, 0, 0),
        (NoticeState.SENT, 1, 0),
    ]
    assert taken_up == []


async def test_what_follows_in_a_chat_that_must_rest_is_drawn_when_its_turn_comes(
    post: Post, budi: Person, taken_up: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    one_a_second = OwnPace(Rates(private=Rate(1, 1)), monotonic=lambda: sum(post.slept), sleep=post.rest)
    monkeypatch.setattr(post.courier, "_pace", one_a_second)
    await post.owe(note("satu"), note("dua"))
    assert [message.words for message in budi.received] == ["satu", "dua"]
    assert sum(post.slept) >= 1
    assert taken_up == [1001]


@pytest.mark.parametrize("failing", ["_draw", "_store", "_begun"])
async def test_what_keeps_the_next_from_being_drawn_keeps_nothing_from_being_kept(
    post: Post, budi: Person, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, asked = getattr(post.outbox, failing), list[int]()

    def fails_once_after_the_first(*arguments: object) -> object:
        asked.append(len(asked))
        if len(asked) == 2:
            raise Undrawable(2) if failing == "_draw" else LookupError("a fault")
        return whole(*arguments)

    monkeypatch.setattr(post.outbox, failing, fails_once_after_the_first)
    await post.owe(note("satu"), note("dua"))
    assert [message.words for message in budi.received] == ["satu", "dua"]
    assert [(one.state, one.attempts, one.doubtful) for one in await post.notices()] == [(NoticeState.SENT, 1, 0)] * 2


async def test_nothing_is_drawn_before_what_is_owed_already(
    post: Post, budi: Person, database: Database, taken_up: list[int]
) -> None:
    with database.transaction() as session:
        session.add(note("lebih dulu"))
    await post.owe(note("kemudian"))
    assert [message.words for message in budi.received] == ["lebih dulu", "kemudian"]
    assert taken_up == [1001]


async def test_to_a_chat_being_served_nothing_is_sent_twice(post: Post, sandbox: Sandbox, budi: Person) -> None:
    sandbox.latency.round_trip = timedelta(milliseconds=20)
    await asyncio.gather(*(post.owe(note(str(number))) for number in range(10)))
    assert [message.words for message in budi.received] == [str(number) for number in range(10)]
    assert [(one.attempts, one.doubtful) for one in await post.notices()] == [(1, 0)] * 10


async def test_where_a_round_began_before_the_news_of_the_commit_it_is_drawn_anew(
    post: Post, budi: Person, taken_up: list[int]
) -> None:
    post.database.before_commit(lambda _, __: ())
    prepared: list[Job] = []

    def owes(session: Session) -> None:
        session.add(owed := note("sekali saja"))
        session.flush()
        prepared.extend(post.outbox.first_jobs(session, [owed], busy=set()))

    await post.database.transact(owes)
    post.courier.committed(Changed(frozenset({Notice}), prepared=tuple(prepared)))
    await post.activity.still()
    assert [message.words for message in budi.received] == ["sekali saja"]
    assert taken_up == [1001]


async def test_a_chat_that_must_rest_is_left_to_its_turn(post: Post, budi: Person, taken_up: list[int]) -> None:
    await post.pace.limited(1001, 5.0)
    await post.owe(note("setelah jeda"))
    assert sum(post.slept) >= 5.0
    assert [message.words for message in budi.received] == ["setelah jeda"]
    assert taken_up == [1001]


async def test_what_a_sweep_owes_to_many_is_not_drawn_in_it(post: Post, sandbox: Sandbox, taken_up: list[int]) -> None:
    chats = range(3001, 3009)
    people = [sandbox.person(chat, f"Orang {chat}", started=True) for chat in chats]
    await post.owe(*(note("sapuan", chat=chat) for chat in chats))
    assert [person.received[0].words for person in people] == ["sapuan"] * 8
    assert set(taken_up) == set(chats)


@pytest.mark.parametrize("kind", [CardKind.BOARD, CardKind.SEARCH, CardKind.RECAP, CardKind.STATISTICS])
async def test_what_is_read_of_many_cases_is_drawn_beside_the_writer(
    post: Post, budi: Person, taken_up: list[int], kind: CardKind
) -> None:
    await post.owe(carded(NoticeKind.CARD, fresh_card(kind), "banyak laporan"))
    assert [message.words for message in budi.received] == ["banyak laporan"]
    assert taken_up == [1001]


async def test_what_cannot_be_drawn_keeps_nothing_from_being_decided(post: Post, budi: Person) -> None:
    await post.owe(note("tidak dapat digambar", breaks=True), note("utuh"))
    assert [message.words for message in budi.received] == ["utuh"]
    assert (await post.outcome(kind=NoticeKind.SAY))[0] == NoticeState.UNDELIVERABLE


async def test_of_refreshes_of_one_card_the_last_will_do(post: Post, budi: Person) -> None:
    await post.owe(carded(NoticeKind.CARD, fresh_card(), "awal"))
    shown = await post.card()
    owed = [
        Notice(
            kind=NoticeKind.REFRESH,
            priority=Priority.CARD,
            chat_id=1001,
            card_id=shown.id,
            body={"text": text},
            owed_at=AT,
        )
        for text in ("lama", "baru")
    ]
    await post.owe(*owed)
    assert [message.words for message in budi.received] == ["baru"]
    assert (await post.outcome())[1:] == [NoticeState.NOT_NEEDED, NoticeState.SENT]
