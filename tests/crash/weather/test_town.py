"""The people of the storm are tried themselves: who answers for ever would let no case come to its end."""

import pytest

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.crash.test_crowd import button, shown
from tests.crash.weather.town import MONDAY, TOKEN, Writer

PROMPT = "✍️ Temuan untuk SW-2026-0001: tulis, lalu kirim."
ANSWER = "Temuan untuk SW-2026-0001 telah diperiksa dan dicatat."


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=lambda: MONDAY)


@pytest.fixture
def rina(sandbox: Sandbox) -> Person:
    return sandbox.person(7101, "Rina", started=True)


def said(person: Person) -> list[str]:
    return [one.words for one in person.chat if not one.from_bot]


def test_a_writer_answers_a_prompt_once_and_its_twin_once(sandbox: Sandbox, rina: Person) -> None:
    """The bot sent it again, and does not know the first one: that one asks for ever."""
    writer = Writer(rina)
    for _ in range(2):
        shown(sandbox, rina, PROMPT, "« Kembali")
    for _ in range(4):
        writer.act()
    assert said(rina) == [ANSWER] * 2


def test_what_lies_under_a_prompt_that_was_answered_goes_on(sandbox: Sandbox, rina: Person) -> None:
    writer = Writer(rina)
    shown(sandbox, rina, "SW-2026-0001", "Ajukan")
    shown(sandbox, rina, PROMPT, "« Kembali")
    writer.act()
    writer.act()
    assert said(rina) == [ANSWER]
    assert [press.message.words for chat in sandbox.world.chats.values() for press in chat.presses] == ["SW-2026-0001"]


def test_a_prompt_that_was_asked_for_again_is_answered_again(sandbox: Sandbox, rina: Person) -> None:
    writer = Writer(rina)
    message = shown(sandbox, rina, PROMPT, "« Kembali")
    writer.act()
    for text, label in (("SW-2026-0001", "📝 Laporan Evaluasi"), (PROMPT, "« Kembali")):
        assert said(rina) == [ANSWER]
        message.text, message.buttons = text, [[button(label)]]
        writer.act()
    assert said(rina) == [ANSWER] * 2
