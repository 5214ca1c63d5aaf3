"""As which kind of file a paper goes out: what a phone can show as a photo, and what must arrive as it is."""

import struct
from datetime import UTC, datetime

import pytest
from markupsafe import Markup

from bot.notices.printing import TALLEST, kind_of
from handlers.delivery.plan import SendPaper
from handlers.papers.paper import Paper, Sheet
from models.case.attachment import AttachmentKind
from tests.bot.papers.test_typesetting import Words

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def plan(sheet: Sheet) -> SendPaper:
    return SendPaper(1, paper=Paper("sheet", Words("x"), told_at=AT, sheet=sheet), name="x", caption=Markup("x"))


@pytest.mark.parametrize(("height", "kind"), [(TALLEST, AttachmentKind.PHOTO), (TALLEST + 1, AttachmentKind.DOCUMENT)])
def test_a_picture_is_a_photo_unless_telegram_would_make_it_too_small_to_read(
    height: int, kind: AttachmentKind
) -> None:
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1080, height)
    assert kind_of(plan(Sheet.PNG), png) is kind


def test_pages_are_always_a_file() -> None:
    assert kind_of(plan(Sheet.PDF), b"%PDF-1.7 " + bytes(40)) is AttachmentKind.DOCUMENT
