"""What a commit owes leaves in the order in which it is waited for: the new card before old ones are drawn again."""

import asyncio

import pytest
from telegram.request import RequestData

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.telegram import wires
from bot.telegram.request import Request
from models.mail.notice import NoticeKind
from tests.bot.notices.post import Post, carded, fresh_card, note

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The calls in the order in which they begin and leave."""
    steps: list[str] = []
    begin, leave = Request.do_request, wires._Wire._leave

    async def begins(
        request: Request, url: str, method: str, request_data: RequestData | None = None, **waits: object
    ) -> tuple[int, bytes]:
        steps.append(f"{url.rpartition('/')[2]} begins")
        return await begin(request, url, method, request_data, **waits)

    async def leaves(wire: wires._Wire) -> None:
        called = wire._leaving[0].split(b" ")[1].rpartition(b"/")[2].decode()
        await leave(wire)
        steps.append(f"{called} has left")

    monkeypatch.setattr(Request, "do_request", begins)
    monkeypatch.setattr(wires._Wire, "_leave", leaves)
    return steps


async def test_a_new_card_has_left_before_an_old_one_is_drawn_anew(
    post: Post, budi: Person, sandbox: Sandbox, seen: list[str]
) -> None:
    sari = sandbox.person(1002, "Sari", started=True)
    await post.owe(carded(NoticeKind.CARD, fresh_card(), "langkah 1"))
    # Both calls find a connection that is there.
    await asyncio.gather(post.line.get_me(), post.line.get_me())
    seen.clear()
    await post.owe(carded(NoticeKind.REFRESH, await post.card(), "langkah 1, selesai"), note("langkah 2", chat=1002))
    assert seen == [
        "sendMessage begins",
        "sendMessage has left",
        "editMessageText begins",
        "editMessageText has left",
    ]
    assert (budi.last.words, sari.last.words) == ("langkah 1, selesai", "langkah 2")
