"""Which messages are pieces of one, as Telegram writes them, and whether more may come."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.updates.pieces import SHORTEST, gathered, in_order, may_go_on
from models.mail.inbox import InboxUpdate

AT = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
BUDI, WATI = 1001, 1002
LONG = "p" * 4096


def said(number: int, text: str = "", *, by: int = BUDI, date: int = 1_795_000_000, **more: Any) -> dict[str, Any]:
    words = {"text": text} if text else {}
    sender = {"id": by, "is_bot": False, "first_name": "Budi"}
    return {"message": {"message_id": number, "date": date, "chat": {"id": by}, "from": sender, **words, **more}}


def photo(number: int, album: str, *, by: int = BUDI) -> dict[str, Any]:
    return said(number, by=by, media_group_id=album, photo=[])


def forwarded(number: int, text: str, *, author: int, date: int = 5) -> dict[str, Any]:
    return said(number, text, forward_origin={"type": "user", "date": date, "sender_user": {"id": author}})


def tap(by: int = BUDI) -> dict[str, Any]:
    return {"callback_query": {"from": {"id": by}, "message": {"message_id": 1, "chat": {"id": by}}}}


REPLY: dict[str, Any] = {"reply_to_message": {"message_id": 9}}
COMMAND: dict[str, Any] = {"entities": [{"type": "bot_command", "offset": 0, "length": 6}]}


@pytest.mark.parametrize(
    ("bodies", "together", "complete"),
    [
        ([said(1, "Halo")], 1, True),
        ([said(1, LONG)], 1, False),
        ([said(1, "p" * SHORTEST)], 1, True),
        ([said(1, "p" * (SHORTEST + 1))], 1, False),
        ([said(1, "😀" * 1100)], 1, False),
        ([said(1, LONG), said(2, "sisa")], 2, True),
        ([said(1, LONG), said(2, LONG), said(3, "sisa"), said(4, "lain")], 3, True),
        ([said(1, LONG), said(2, LONG)], 2, False),
        ([said(1, LONG), said(2, "sisa", date=1_795_000_002)], 2, True),
        ([said(1, LONG), said(2, "lain", date=1_795_000_003)], 1, True),
        ([said(1, LONG), said(2, "/batal", **COMMAND)], 1, True),
        ([said(1, "/lapor " + LONG[7:], **COMMAND), said(2, "sisa")], 2, True),
        ([said(1, LONG), said(2, "/var/log")], 2, True),
        ([said(1, LONG), photo(2, "7")], 1, True),
        ([said(1, LONG), tap()], 1, True),
        ([said(1, LONG), tap(), said(2, "sisa")], 1, True),
        ([said(1, LONG), said(2, "lain", by=WATI)], 1, False),
        ([said(1, LONG), said(2, "lain", by=WATI), said(3, "sisa")], 2, True),
        ([said(1, LONG), said(2, "lain", **REPLY)], 1, True),
        (
            [said(1, LONG, **REPLY), said(2, "sisa", **REPLY)],
            2,
            True,
        ),
        ([said(1, LONG), {"edited_message": said(1, LONG)["message"]}, said(2, "sisa")], 2, True),
        ([said(1, LONG), said(2, "sisa", sender_chat={"id": -5})], 1, False),
        ([forwarded(1, LONG, author=5), forwarded(2, "sisa", author=5)], 2, True),
        ([forwarded(1, LONG, author=5), forwarded(2, "lain", author=6)], 1, True),
        ([forwarded(1, LONG, author=5), forwarded(2, "lain", author=5, date=60)], 1, True),
        ([forwarded(1, LONG, author=5), said(2, "komentar")], 1, True),
        ([photo(1, "7")], 1, False),
        ([photo(1, "7"), photo(2, "7")], 2, False),
        ([photo(1, "7"), photo(2, "7"), said(3, "sesudahnya")], 2, True),
        ([photo(1, "7"), photo(2, "8"), photo(3, "7")], 2, True),
        ([photo(1, "7"), photo(2, "8", by=WATI), photo(3, "7")], 2, False),
        ([photo(number, "7") for number in range(1, 11)], 10, True),
    ],
)
def test_what_belongs_together_is_gathered(bodies: list[dict[str, Any]], together: int, *, complete: bool) -> None:
    rows = [InboxUpdate(update_id=number, lane=1, body=body, received_at=AT) for number, body in enumerate(bodies)]
    found, all_there = gathered(rows)
    assert (len(found), all_there) == (together, complete)


def test_pieces_stand_in_the_order_in_which_they_were_written() -> None:
    rows = [InboxUpdate(update_id=number, lane=1, body=photo(number, "7"), received_at=AT) for number in (3, 1, 2)]
    assert [row.update_id for row in in_order(gathered(rows)[0])] == [1, 2, 3]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": "?"},
        {"message": {"text": LONG}},
        {"message": {"from": {"id": "5"}, "text": LONG}},
        {"message": {"from": {"id": 5}, "message_id": True, "date": 5, "text": LONG}},
        {"message": {"from": {"id": 5}, "message_id": 5, "date": "now", "text": LONG}},
        said(1, LONG) | {"message": said(1)["message"] | {"text": [LONG], "entities": "?", "forward_origin": "?"}},
        said(1) | {"message": said(1)["message"] | {"media_group_id": 7}},
    ],
)
def test_what_telegram_would_not_write_waits_for_nothing(body: dict[str, Any]) -> None:
    assert not may_go_on(body)
    row = InboxUpdate(update_id=1, lane=1, body=body, received_at=AT)
    assert gathered([row]) == ([row], True)
