"""Buttons that were forged, stolen, outlived or pressed from elsewhere: each gets a clear answer and does nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.sandbox.chats import Message
from models.administration import appointment
from models.journal.chain import Entry
from models.office.person import Person
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice, Employee, demo_office

STALE = "Tombol ini tidak berlaku lagi"
_TRACES = {"outbox", "inbox", "journal_chains", "journal_entries", "journal_payloads"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path) as place:
        await place.report("Budi", "SIMPEG tidak dapat dibuka")
        yield place


async def tables(office: DemoOffice) -> dict[str, list[Any]]:
    """Return the record as it stands, but for what every answer leaves behind."""

    def read(records: Records) -> dict[str, list[Any]]:
        names = records.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        return {
            name: [tuple(row) for row in records.session.execute(text(f'SELECT * FROM "{name}"'))]
            for name in names
            if name not in _TRACES
        }

    return await office.asks(read)


def key(who: Employee, label: str) -> tuple[str, Message]:
    """Return the token under a button of somebody's chat, and the message it is on."""
    message = who.message(label)
    button = message.button(label)
    assert button is not None
    assert button.data is not None
    return button.data, message


async def person(office: DemoOffice, who: Employee) -> int:
    return await office.asks(lambda records: records.known(who.person.user_id).id)


FORGERIES: dict[str, Callable[[str], str]] = {
    "random": lambda token: "A" * len(token),
    "cut short": lambda token: token[:-1],
    "one too long": lambda token: token + "A",
    "as long as can be": lambda _: "x" * 64,
    "other case": str.swapcase,
    "other alphabet": lambda token: "ж" + token[1:],
    "like SQL": lambda _: "' OR '1'='1' --",
    "a wildcard": lambda _: "%",
    "an action": lambda _: "forward",
    "a number": lambda _: "1",
    "with a line's end": lambda token: token + "\n",
    "with nothing in it": lambda token: token + "\x00",
}


async def test_a_forged_token_does_nothing_and_is_answered(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    token, card = key(kakanwil, "Teruskan ke")
    before = await tables(office)
    for name, forge in FORGERIES.items():
        assert STALE in await kakanwil.toast_of(kakanwil.person.forges(forge(token), card)), name
        assert await tables(office) == before, name


async def test_a_token_is_no_use_in_another_chat(office: DemoOffice) -> None:
    token, _ = key(office["Kakanwil"], "Teruskan ke")
    before = await tables(office)
    for name in ("Budi", "Kadiv", "Rina"):
        thief = office[name]
        thief.person.says("/start")
        await office.settle()
        assert STALE in await thief.toast_of(thief.person.forges(token))
    after = await tables(office)
    assert {name for name in after if after[name] != before[name]} <= {"conversations"}


async def test_a_token_is_no_use_in_a_group(office: DemoOffice) -> None:
    kakanwil, budi = office["Kakanwil"], office["Budi"]
    group = office.sandbox.group(-100200300, "Kepegawaian", [kakanwil.person, budi.person])
    await budi.says("/lapor Printer rusak", into=group)
    posted = [one for one in group.chat if one.from_bot][-1]
    token, _ = key(kakanwil, "Teruskan ke")
    before = await tables(office)

    for who in (kakanwil, budi):
        assert STALE in await who.toast_of(who.person.forges(token, posted))

    assert await tables(office) == before


async def test_a_token_is_no_use_from_a_message_that_was_forwarded_or_written_by_hand(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    token, card = key(kakanwil, "Teruskan ke")
    by_hand = await kakanwil.says("/bantuan")
    forwarded = replace(card, message_id=by_hand.message_id + 1000, forwarded_from=card.sender)
    before = await tables(office)

    for message in (by_hand, forwarded):
        assert STALE in await kakanwil.toast_of(kakanwil.person.forges(token, message))

    assert await tables(office) == before
    await kakanwil.taps("Teruskan ke", card)
    assert (await office.task()).step == 2, "the genuine one goes on working"


async def test_a_token_that_is_pressed_on_another_message_of_the_bot_paints_nothing_over(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    token, card = key(kakanwil, "Teruskan ke")
    await kakanwil.says("/bantuan")
    guide = kakanwil.person.last
    assert guide.from_bot
    assert guide.message_id != card.message_id
    shown = guide.words

    await kakanwil.toast_of(kakanwil.person.forges(token, guide))

    assert (guide.words, guide.edited, guide.buttons) == (shown, None, [])
    assert card.edited is not None
    assert (await office.task()).step == 2, "the tap counts as one on the card itself"


async def test_a_token_of_an_earlier_state_changes_nothing(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    token, card = key(kakanwil, "Teruskan ke")
    await kakanwil.says("Mohon segera.", reply_to=card)
    await kakanwil.taps("Teruskan ke")
    await office["Kadiv"].taps("Kembalikan")
    await office["Kadiv"].taps("Disposisi kurang jelas")
    before = await tables(office)

    toast = await kakanwil.toast_of(kakanwil.person.forges(token, card))

    assert "Sudah diputuskan" in toast
    after = await tables(office)
    assert {name for name in after if after[name] != before[name]} <= {"cards"}, "the old card is drawn anew, no more"
    assert (await office.task()).step == 1


async def test_a_token_drawn_before_the_task_changed_asks_to_look_again(office: DemoOffice) -> None:
    await office.walk(until=6)
    kasubbag = office["Kasubbag"]
    token, card = key(kasubbag, "Benar, teruskan")
    await kasubbag.says("Sudah saya baca.", reply_to=card)
    assert key(kasubbag, "Benar, teruskan")[0] != token

    toast = await kasubbag.toast_of(kasubbag.person.forges(token, card))

    assert "Keadaan sudah berubah" in toast
    assert (await office.task()).step == 6


async def test_a_token_dies_with_the_account_it_was_made_for(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    token, card = key(kakanwil, "Teruskan ke")
    number = await person(office, kakanwil)
    await office.asks(lambda records: appointment.unbind(records, records.session.get_one(Person, number)))
    await office.settle()
    assert card.buttons == [], "the card in the lost chat has lost its buttons"
    before = await tables(office)

    toast = await kakanwil.toast_of(kakanwil.person.forges(token, card))

    assert "belum terdaftar" in toast
    assert await tables(office) == before


def appoint(records: Records, person_id: int) -> None:
    appointment.appoint(records, records.session.get_one(Person, person_id), "kakanwil")


async def test_a_token_dies_when_the_post_changes_hands(office: DemoOffice) -> None:
    kakanwil, wati = office["Kakanwil"], office["Wati"]
    token, card = key(kakanwil, "Teruskan ke")
    heir = await person(office, wati)
    await office.asks(lambda records: appoint(records, heir))
    await office.settle()
    before = await tables(office)

    toast = await kakanwil.toast_of(kakanwil.person.forges(token, card))

    assert "Ini bukan tugas Anda sekarang; yang berwenang: Wati Contoh" in toast
    assert await tables(office) == before
    await wati.taps("Teruskan ke")
    assert (await office.task()).step == 2


async def test_what_was_tried_stands_in_the_journal(office: DemoOffice) -> None:
    kakanwil, wati = office["Kakanwil"], office["Wati"]
    token, card = key(kakanwil, "Teruskan ke")
    heir = await person(office, wati)
    await office.asks(lambda records: appoint(records, heir))
    await kakanwil.toast_of(kakanwil.person.forges(token, card))

    tried = select(Entry.actor_id).where(Entry.action == "refuse")
    assert await office.asks(lambda records: records.session.scalars(tried).all()) == [1]
    assert await office.verified()
