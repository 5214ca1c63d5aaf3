"""A notice that nobody can draw, or that Telegram will never take, holds up no other and is reported."""

import asyncio

from sqlalchemy import select

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from models.case.task import Task
from models.mail.notice import NoticeKind, NoticeState, Priority
from tests.bot.notices.post import GROUP, Office, Post, note


async def test_a_notice_that_cannot_be_drawn_is_set_aside_with_an_alert(
    post: Post, budi: Person, office: Office
) -> None:
    await post.owe(note(breaks=True), note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    failed, sent, alert = await post.notices()
    assert (failed.state, failed.failure) == (NoticeState.UNDELIVERABLE, "cannot be drawn: LookupError")
    assert sent.state == NoticeState.SENT
    assert (alert.chat_id, alert.state) == (office.account["admin"], NoticeState.SENT)
    assert alert.body["code"] == "alert-undeliverable"


async def test_a_message_telegram_refuses_does_not_hold_up_the_next(post: Post, budi: Person, office: Office) -> None:
    await post.owe(note("<b>tanpa akhir"), note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    refused, _, alert = await post.notices()
    assert refused.state == NoticeState.UNDELIVERABLE
    assert "parse entities" in (refused.failure or "")
    assert alert.chat_id == office.account["admin"]


async def test_a_card_that_is_dealt_again_and_again_in_vain_alerts_once(post: Post, office: Office) -> None:
    await office.report()
    await post.activity.still()
    task = await post.database.read(lambda session: session.scalars(select(Task)).one())
    for _ in range(3):
        in_vain = note(breaks=True)
        in_vain.task_id = task.id
        await post.owe(in_vain)
    assert len(await post.notices(kind=NoticeKind.ALERT)) == 1


async def test_what_a_stranger_cannot_be_told_alerts_nobody(post: Post, budi: Person, sandbox: Sandbox) -> None:
    answer = note("<b>tanpa akhir", chat=sandbox.group(GROUP, "Asing", [budi]).chat_id)
    answer.priority = Priority.STRANGER
    await post.owe(answer)
    assert await post.outcome() == [NoticeState.UNDELIVERABLE], "a stranger who adds the bot to groups wakes no admin"


async def test_an_alert_that_is_refused_alerts_nobody(post: Post, office: Office) -> None:
    alert = note("<b>tanpa akhir", chat=office.account["admin"])
    alert.kind = NoticeKind.ALERT
    await post.owe(alert)
    assert await post.outcome() == [NoticeState.UNDELIVERABLE]


async def test_words_that_cannot_be_written_do_not_hold_up_the_next(post: Post, budi: Person, office: Office) -> None:
    await post.database.transact(lambda session: session.add_all([note("Rahasia \ud800"), note("Halo")]))
    async with asyncio.timeout(5):
        await post.activity.still()
    assert [message.words for message in budi.received] == ["Halo"]
    refused, _, alert = await post.notices()
    assert refused.state == NoticeState.UNDELIVERABLE
    assert "Rahasia" not in (refused.failure or "Rahasia")
    assert alert.chat_id == office.account["admin"]
