"""Somebody works in the database behind the program's back: the audit notices within two minutes, and mends it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot import chaser
from bot.sandbox.faults import Fault, Trouble
from tests.crash.weather.storm import hurried
from tests.crash.weather.town import Town, town


def test_the_audit_comes_round_in_time() -> None:
    longest = chaser.AUDITED_EVERY + chaser.SWEPT_EVERY
    assert longest <= timedelta(minutes=2), "it is looked at with each safety sweep"


@pytest.fixture
async def place(migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """An office whose audit comes round with every look, and whose courier does not wait long after a failure."""
    monkeypatch.setattr(chaser, "AUDITED_EVERY", timedelta())
    with hurried(monkeypatch):
        async with town(migrated_url) as opened:
            yield opened


async def is_audited(place: Town) -> None:
    place.program.parts.chaser.nudge()
    await place.settle()


@asynccontextmanager
async def silence(place: Town) -> AsyncIterator[None]:
    """Let nothing reach Telegram while the block runs, and the updates come in all the same."""
    methods = ("sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery", "sendPhoto")
    for method in methods:
        place.sandbox.faults.sometimes(method, Fault(Trouble.SERVER_ERROR), rate=1.0)
    yield
    place.sandbox.faults.clear()


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tasks SET chase_at = NULL",
        "UPDATE tasks SET chase_at = '2027-11-23 00:30:00.000000' WHERE closed_at IS NULL",
    ],
    ids=["emptied", "put off by a year"],
)
async def test_timers_are_set_again(place: Town, statement: str) -> None:
    await place.report(*place.newcomers(2))
    place.tamper(statement)
    await is_audited(place)
    place.check()
    place.passes(25)
    await place.settle()
    assert len(place.kept().chases) == 2, "each is warned of, once"
    place.check()


async def test_the_outbox_is_emptied_before_anything_was_sent(place: Town) -> None:
    (budi,) = place.newcomers(1)
    await place.report(budi)
    before = len(place.sandbox.calls)
    async with silence(place):
        place.heads["kakanwil"].taps("Teruskan ke")
        await place.sandbox.drained()
        await place.sandbox.until(lambda: _refused(place, before) >= 3, why="the courier has not tried")
        place.tamper("DELETE FROM outbox WHERE state = 'owed'")
    await is_audited(place)
    assert place.heads["kadiv"].sees("Teruskan ke"), place.heads["kadiv"].transcript()
    await place.go_on(2)
    assert budi.sees("3/9") or budi.sees("4/9"), budi.transcript()
    assert not [one for one in place.kept().outbox if one["state"] not in {"sent", "not-needed"}]


async def test_a_reminder_that_was_taken_away_is_given(place: Town) -> None:
    await place.report(*place.newcomers(1))
    kakanwil = place.heads["kakanwil"]
    before = len(place.sandbox.calls)
    async with silence(place):
        place.passes(25)
        await place.sandbox.until(lambda: _refused(place, before) >= 2, why="the courier has not tried")
        place.tamper("DELETE FROM outbox WHERE state = 'owed'")
    await is_audited(place)
    assert kakanwil.sees("jatuh tempo"), kakanwil.transcript()
    assert len(place.kept().chases) == 1


@pytest.mark.databases("sqlite")
async def test_a_reporter_learns_of_their_case_although_its_receipt_was_taken_away(place: Town) -> None:
    (budi,) = place.newcomers(1)
    await place.report(budi)
    for message in list(budi.received):
        budi.deletes(message)
    place.tamper(
        "DELETE FROM outbox WHERE kind != 'alert'",
        "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind = 'status')",
        "DELETE FROM cards WHERE kind = 'status'",
    )
    await is_audited(place)
    assert budi.sees("SW-2026-0001"), budi.transcript()


@pytest.mark.databases("sqlite")
async def test_what_nobody_can_mend_is_told_to_the_admin_once(place: Town) -> None:
    await place.report(*place.newcomers(1))
    place.tamper("UPDATE tasks SET closed_at = opened_at, chase_at = NULL")
    admin = place.heads["kasubbag-humas"]
    for _ in range(3):
        await is_audited(place)
    told = [message for message in admin.received if "SW-2026-0001" in message.words]
    assert len(told) == 1, admin.transcript()


def _refused(place: Town, before: int) -> int:
    return sum(1 for call in place.sandbox.calls[before:] if call.error and "injected" in call.error)
