"""Stored messages that list many things: what they say fits one message of Telegram."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.texts.catalogue import Texts
from handlers.texts.shorten import unmarked, visible
from handlers.texts.spoken import spoken

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
MOST = 4096
"""Characters that Telegram takes in one message."""


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts.load(ZoneInfo("Asia/Makassar"))


def lost(count: int, name: str) -> list[dict[str, object]]:
    why = "Bad Request: wrong file identifier/HTTP URL specified"
    return [{"kind": "document", "position": at, "name": name, "why": why} for at in range(1, count + 1)]


def said(texts: Texts, language: str, files: list[dict[str, object]]) -> tuple[int, list[str]]:
    text = spoken(texts.say(language), "files-lost", {"number": "SW-2026-0001", "lost": files}, now=NOW)
    return visible(text), unmarked(text).split("\n")[1:-1]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_few_lost_files_are_all_named(texts: Texts, language: str) -> None:
    _, lines = said(texts, language, lost(20, "Foto <server> & ruang.pdf"))
    assert len(lines) == 20
    assert all("Foto <server> & ruang.pdf" in line for line in lines)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ["Foto <server> & ruang.pdf", "😀" * 40, "x" * 5000])
def test_of_very_many_lost_files_the_message_names_the_first_and_counts_the_others(
    texts: Texts, language: str, name: str
) -> None:
    length, lines = said(texts, language, lost(150, name))
    assert length <= MOST
    *named, more = lines
    assert len(named) >= 5
    assert f"{150 - len(named)} " in more
