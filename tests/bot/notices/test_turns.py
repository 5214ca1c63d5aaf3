"""Within a chat the answer to one's own tap goes before new cards; everything else keeps its order."""

import pytest

from bot.sandbox.people import Person
from bot.storage.database import Database
from models.mail.card import CardKind
from models.mail.notice import Notice, NoticeKind, Priority
from tests.bot.notices.post import Post, carded, fresh_card, note


def news(text: str) -> Notice:
    owed = note(text)
    owed.priority = Priority.INFORMATION
    return owed


async def owed_in_order(post: Post, database: Database) -> list[str]:
    """Return the words of what the chat is owed, in the order in which it would leave."""
    words: list[str] = []
    with database.transaction() as session:
        while (drawn := post.outbox.next_drawing(session, 1001)).notice_id is not None:
            notice = session.get_one(Notice, drawn.notice_id)
            words.append(notice.body["text"])
            session.delete(notice)
            session.flush()
    return words


async def test_an_answer_does_not_wait_for_sixty_cards(post: Post, database: Database) -> None:
    cards = [carded(NoticeKind.CARD, fresh_card(CardKind.TASK), f"kartu {number}") for number in range(60)]
    shown = fresh_card(CardKind.TASK)
    shown.message_id = 50
    tapped = carded(NoticeKind.REFRESH, shown, "ketukan")
    tapped.priority = Priority.ANSWER
    with database.transaction() as session:
        session.add_all([*cards[:30], news("kabar"), *cards[30:]])
        session.flush()
        session.add_all([tapped, note("jawaban")])
    words = await owed_in_order(post, database)
    assert words[:2] == ["ketukan", "jawaban"]
    assert words[2:] == [f"kartu {number}" for number in range(30)] + ["kabar"] + [
        f"kartu {number}" for number in range(30, 60)
    ]


async def test_the_drawing_of_a_card_that_nobody_tapped_keeps_its_place(post: Post, database: Database) -> None:
    shown = fresh_card(CardKind.TASK)
    shown.message_id = 50
    with database.transaction() as session:
        session.add(carded(NoticeKind.CARD, fresh_card(CardKind.TASK), "kartu"))
        session.flush()
        session.add(carded(NoticeKind.REFRESH, shown, "segar"))
    assert await owed_in_order(post, database) == ["kartu", "segar"]


@pytest.mark.databases("sqlite")
async def test_what_is_drawn_with_the_decision_is_the_answer(post: Post, budi: Person) -> None:
    await post.owe(carded(NoticeKind.CARD, fresh_card(CardKind.TASK), "kartu"), note("jawaban"))
    assert [message.words for message in budi.received] == ["jawaban", "kartu"]


@pytest.mark.databases("sqlite")
async def test_a_card_is_not_drawn_with_the_decision_while_an_answer_waits(
    post: Post, budi: Person, database: Database
) -> None:
    with database.transaction() as session:
        session.add(note("jawaban"))
    await post.owe(carded(NoticeKind.CARD, fresh_card(CardKind.TASK), "kartu"))
    assert [message.words for message in budi.received] == ["jawaban", "kartu"]
