"""Fifty at once on one invite, and the codes that open nothing: over HTTP, against the program as it ships."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.administration import admission
from models.office.invitation import Invite, InviteKind, code_digest
from models.office.person import Person
from models.office.registration import Registration
from models.office.tenure import Tenure
from models.repository.owing import STRANGERS
from tests.journeys.demo_office import DemoOffice, Employee, demo_office

RACERS = 50
INVALID = "Undangan ini tidak berlaku"
INVITED = "Anda diundang"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path) as place:
        yield place


async def code_for(office: DemoOffice, kind: InviteKind = InviteKind.POST, post: str | None = "jft-prakom") -> str:
    return await office.asks(
        lambda records: admission.invite(records, kind, post=post, nip="197001011995032002").renew()
    )


def newcomers(office: DemoOffice, count: int) -> list[Employee]:
    return [office.newcomer(f"Orang {number}", 8000 + number) for number in range(count)]


async def a_minute_passes(office: DemoOffice) -> None:
    """Let a minute pass: a stranger is answered once in each."""
    await office.comes(office.clock.now() + timedelta(minutes=1))


async def test_of_fifty_who_claim_an_invite_at_once_one_comes_in(office: DemoOffice) -> None:
    code = await code_for(office)
    racers = newcomers(office, RACERS)
    for racer in racers:
        racer.person.says(f"/start {code}")
    await office.settle()

    assert len([one for one in racers if one.sees(INVITED)]) == 1
    assert len([one for one in racers if one.sees(INVALID)]) == STRANGERS, "the others have had their answers' share"
    begun = select(func.count()).select_from(Registration)
    assert await office.asks(lambda records: records.session.scalar(begun)) == 1

    (winner,) = (one for one in racers if one.sees(INVITED))
    await winner.says("197001011995032002 Eka Sumual")
    for press in [winner.person.taps("Benar, ini saya") for _ in range(5)]:
        await winner.toast_of(press)
    held = select(func.count()).select_from(Tenure).join(Tenure.person).where(Person.nip == "197001011995032002")
    assert await office.asks(lambda records: records.session.scalar(held)) == 1
    assert await office.verified()


async def test_a_code_that_was_used_expired_or_replaced_opens_nothing(office: DemoOffice) -> None:
    used, late, replaced = [await code_for(office) for _ in range(3)]
    first, second, third = newcomers(office, 3)
    await first.says(f"/start {used}")
    await first.says("197001011995032002 Eka Sumual")
    await first.taps("Benar, ini saya")
    replacing = select(Invite).where(Invite.digest == code_digest(replaced))
    await office.asks(lambda records: records.session.scalars(replacing).one().renew())
    await second.says(f"/start {replaced}")
    await office.comes(office.clock.now() + timedelta(hours=24))
    await third.says(f"/start {late}")
    await a_minute_passes(office)
    await third.says(f"/start {used}")

    assert not any(one.sees(INVITED) for one in (second, third))
    assert [one.words for one in third.person.received if INVALID in one.words] == [
        second.person.received[-1].words
    ] * 2


async def test_wrong_codes_of_every_kind_get_one_and_the_same_answer(office: DemoOffice) -> None:
    code = await code_for(office)
    (guesser,) = newcomers(office, 1)
    guesses = [code[:-1], code + "A", code.swapcase(), "a", "A" * 64, "%", "' OR 1=1 --", "../" * 20, "1234567890"]
    for guess in guesses:
        await guesser.says(f"/start {guess}")
        await a_minute_passes(office)
    assert {one.words for one in guesser.person.received} == {guesser.person.received[0].words}
    assert guesser.sees(INVALID)
    assert len(guesser.person.received) == len(guesses)
    await guesser.says(f"/start {guesses[0]}")
    await guesser.says(f"/start {code}")
    assert guesser.sees(INVITED), "wrong codes of others must not spoil the right one"


async def test_an_invite_cannot_be_read_from_the_record(office: DemoOffice) -> None:
    code = await code_for(office)
    kept = await office.asks(lambda records: records.session.scalars(select(Invite.digest)).all())
    assert kept == [code_digest(code)]
    assert len(code) == 22, "128 bits"
