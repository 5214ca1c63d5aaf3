"""People block the bot, leave Telegram, take cards away, move their group; Telegram says no in its own words."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlalchemy import select

from bot.sandbox.chats import Answer
from bot.sandbox.faults import Fault, Trouble
from models.administration import appointment
from models.office.person import Person
from tests.crash.weather.storm import hurried
from tests.crash.weather.town import Town, town

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
async def place(migrated_url: str) -> AsyncIterator[Town]:
    async with town(migrated_url) as opened:
        yield opened


def step(place: Town) -> int:
    """Return the step that the newest case is at."""
    return int(place.kept().tasks[-1]["step"])


def beyond(place: Town, number: int) -> bool:
    return place.open_cases == 0 or step(place) > number


async def test_an_official_who_leaves_telegram_is_reported_and_replaced(place: Town) -> None:
    (budi, dewi) = place.newcomers(2)
    kadiv, kakanwil, admin = (place.heads[post] for post in ("kadiv", "kakanwil", "kasubbag-humas"))
    kadiv.leaves_telegram()
    await place.report(budi)
    kakanwil.taps("Teruskan ke")
    await place.settle()
    assert admin.sees(f"{kadiv.name} tidak dapat dihubungi")
    assert kakanwil.sees(f"{kadiv.name} tidak dapat dihubungi"), "the superior knows too"
    place.check()

    await place.asks(
        lambda records: appointment.appoint(
            records, records.session.scalars(select(Person).where(Person.account_id == dewi.user_id)).one(), "kadiv"
        )
    )
    await place.settle()
    assert dewi.sees("Teruskan ke")
    place.heads["kadiv"] = dewi
    await place.go_on(2)
    assert step(place) > 2
    place.check()


@pytest.mark.crash
async def test_a_reporter_who_blocks_the_bot_misses_nothing_once_they_let_it_in_again(place: Town) -> None:
    (budi,) = place.newcomers(1)
    await place.report(budi)
    budi.blocks_bot()
    await place.settle()
    await place.work()
    assert not budi.sees("Sudah teratasi")
    place.check()

    budi.unblocks()
    await place.settle()
    assert budi.sees("Sudah teratasi"), budi.transcript()
    place.check()


@pytest.mark.crash
async def test_everyone_blocks_the_bot_in_turn_and_the_case_goes_on(place: Town) -> None:
    await place.report(*place.newcomers(1))
    for number in range(1, 10):
        holders = place.prakoms if number == 5 else [person for person in place.heads.values() if person.received]
        for holder in holders:
            holder.blocks_bot()
        await place.settle()
        for holder in holders:
            holder.unblocks()
        await place.settle()
        place.check()
        await place.work(until=partial(beyond, place, number))
    assert place.open_cases == 0
    place.check()


async def test_a_card_that_its_reader_took_away_comes_back_once_it_says_something_new(place: Town) -> None:
    await place.report(*place.newcomers(1))
    kakanwil = place.heads["kakanwil"]
    card = next(message for message in kakanwil.received if message.button("Teruskan ke"))
    kakanwil.deletes(card)
    for _ in range(2):
        place.passes(30)
        await place.settle()
    assert kakanwil.sees("Teruskan ke"), kakanwil.transcript()
    place.check(place.evidence(removed={card.message_id}))


async def test_a_status_card_that_was_taken_away_stays_away(place: Town) -> None:
    (budi,) = place.newcomers(1)
    await place.report(budi)
    for message in list(budi.received):
        budi.deletes(message)
    place.heads["kakanwil"].taps("Teruskan ke")
    await place.settle()
    await place.restart()
    await place.settle()
    assert budi.received == [], "neither the courier nor the audit at the start sends it again"


async def test_a_group_that_moves_gets_its_answer_where_it_is_now(place: Town) -> None:
    budi, wati = place.newcomers(2)
    group = place.sandbox.group(-100200300, "Kepegawaian", [budi, wati])
    complaint = wati.says("SIMPEG tidak dapat dibuka sejak pagi", into=group)
    budi.says("/lapor", complaint, into=group)
    group.moves(-100200301)
    await place.settle()
    moved = place.sandbox.world.chats[-100200301]
    assert any("SW-2026-0001" in message.words for message in moved.visible if message.from_bot)
    assert not any(message.from_bot for message in group.chat)


async def test_an_edit_that_was_made_unheard_is_not_taken_for_a_failure(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await place.report(*place.newcomers(1))
    kakanwil = place.heads["kakanwil"]
    with hurried(monkeypatch):
        place.sandbox.faults.next("editMessageText", Fault(Trouble.RESET_AFTER_ACTING))
        kakanwil.taps("Teruskan ke")
        await place.settle()
    said = [call.error for call in place.sandbox.calls if call.method == "editMessageText" and call.error]
    assert any("message is not modified" in error for error in said), said
    assert not [notice for notice in place.kept().outbox if notice["state"] not in {"sent", "not-needed"}]
    place.check()


async def test_a_tap_that_is_answered_too_late_counts_all_the_same(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await place.report(*place.newcomers(1))
    world = place.sandbox.world
    answer = world.answer

    def late(query_id: str, answered: Answer) -> None:
        place.stopwatch.skip(151)
        answer(query_id, answered)

    with monkeypatch.context() as patch:
        patch.setattr(world, "answer", late)
        press = place.heads["kakanwil"].taps("Teruskan ke")
        await place.settle()
    assert press.answer is None
    said = [call.error for call in place.sandbox.calls if call.method == "answerCallbackQuery"][-1]
    assert said is not None
    assert "query is too old" in said
    assert step(place) == 2
    place.check()
