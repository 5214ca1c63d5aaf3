"""How long people wait for a tap, counted in round trips to Telegram.

The clock starts when the stand-in hands the tap out, that is when getUpdates is answered, before the answer has
travelled. It stops when a call takes effect at the stand-in: answerCallbackQuery stops the wheel on the button,
sendMessage shows the next official's card. A call travels half of the round trip before it takes effect, so that one
round trip passes at the least: the tap's way to the bot and the call's way to Telegram.

Each is told as it is, and without the tap's own transaction, which must be on disk before anybody may be told.

What an empty bot takes on the same machine in the same run is told as well: the client library, the stand-in and the
people in Python beside it are in every figure, and no program could do with less.
"""

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.sandbox.chats import CallbackPress, Message
from bot.sandbox.flood import Limits
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Happening
from tests.benchmarks import empty_bot
from tests.benchmarks.bot_process import BotProcess
from tests.benchmarks.city import MONDAY, TOKEN, City, ObservedQueue
from tests.benchmarks.crowd import Crowd, Trip
from tests.benchmarks.figures import Figure, Findings, share

ROUND_TRIP = timedelta(milliseconds=50)

GLANCE = 0.3
"""Seconds for which people look at a card before they tap: nobody taps while it is still being sent."""

_MILLISECONDS = 1000 * ROUND_TRIP.total_seconds()

_CARD_TARGET = 1.2
_WHEEL_TARGET = 1.0


@dataclass(frozen=True, slots=True)
class _Floor:
    """What an empty bot did: each way in round trips, and milliseconds of its processor for each call it made."""

    answers: list[float]
    cards: list[float]
    each_call: float


async def floor(folder: Path, findings: Findings, *, taps: int) -> None:
    """Let somebody tap the button of a bot that has nothing to do, one tap after the other."""
    found = await _empty(folder, taps=taps, round_trip=ROUND_TRIP, glance=GLANCE)
    for name, values in (("the wheel stops", found.answers), ("the next card is there", found.cards)):
        findings.add(Figure("an empty bot", f"{name}, median", share(values, 0.5), "round trips", f"{taps} taps"))


async def empty_call(folder: Path, *, taps: int) -> float:
    """Return how many milliseconds of its processor a call takes of a bot that has nothing to do."""
    return (await _empty(folder, taps=taps, round_trip=timedelta(), glance=0)).each_call


async def _empty(folder: Path, *, taps: int, round_trip: timedelta, glance: float) -> _Floor:
    sandbox = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=lambda: MONDAY, limits=Limits.off())
    sandbox.latency.round_trip = round_trip
    queue = sandbox.world.updates = ObservedQueue(sandbox.world.updates)
    somebody, following = (sandbox.person(number, f"Pegawai {number} Contoh", started=True) for number in (1, 2))
    answers: list[float] = []
    cards: list[float] = []

    def notice(happening: Happening, message: Message, _: CallbackPress | None) -> None:
        if happening is Happening.ANSWER:
            answers.append(time.monotonic())
        elif happening is Happening.MESSAGE and message.text == empty_bot.NEXT:
            cards.append(time.monotonic())

    async with sandbox.serve() as address:
        given = {"token": TOKEN, "telegram": address.url, "next": following.user_id}
        bot = BotProcess(given, folder / "empty-bot.log", module=empty_bot.__name__)
        await bot.start()
        try:
            somebody.says("Halo")
            card = await somebody.awaits(empty_bot.BUTTON)
            processor, calls = bot.processor_seconds, len(sandbox.calls)
            with sandbox.listening(notice):
                for _ in range(taps):
                    await asyncio.sleep(glance)
                    await somebody.taps(empty_bot.BUTTON, card).answered()
                    await sandbox.world.until(lambda: len(cards) == len(answers), within=10, why="No next card")
            processor, calls = bot.processor_seconds - processor, len(sandbox.calls) - calls
        finally:
            await bot.stop()
    handed_out = list(queue.handed_out.values())
    to_answers, to_cards = (
        [_round_trips(at - out) for at, out in zip(seen, handed_out, strict=True)] for seen in (answers, cards)
    )
    return _Floor(to_answers, to_cards, 1000 * processor / calls)


async def unloaded(city: City, findings: Findings, *, seed: int, cases: int) -> None:
    """Walk one case after the other: nothing else happens in the city."""
    crowd = Crowd(city, seed, glance=GLANCE)
    with crowd.at_work():
        for _ in range(cases):
            crowd.report()
            await crowd.all_finished(within=60)
    _tell(findings, "one case at a time", crowd.trips(), await city.decided())


async def loaded(city: City, findings: Findings, *, seed: int, per_second: float, seconds: float) -> None:
    """Let reports come in at random, all people deciding at once."""
    crowd = Crowd(city, seed, glance=GLANCE)
    before = city.count("SELECT count(*) FROM inbox WHERE state = 'done'")
    began = time.monotonic()
    with crowd.at_work():
        await crowd.report_at(per_second, seconds=seconds)
        took = time.monotonic() - began
        handled = city.count("SELECT count(*) FROM inbox WHERE state = 'done'") - before
        await crowd.all_finished(within=600)
    findings.add(
        Figure(
            "under load", "reports", crowd.begun / took, "1/s", f"coming in at random: {handled / took:.0f} updates/s"
        )
    )
    _tell(findings, "under load", crowd.trips(), await city.decided())


def _tell(findings: Findings, group: str, trips: Iterable[Trip], decided: Mapping[int, float]) -> None:
    found = [one for one in trips if one.update_id in decided]
    said = f"{len(found)} taps; {_MILLISECONDS:g} ms a round trip"
    own = [1000 * decided[one.update_id] for one in found]
    findings.add(Figure(group, "the tap's own transaction, median", share(own, 0.5), "ms", "decided, and on disk"))
    for name, target, seen in (
        ("the wheel stops", _WHEEL_TARGET, {one: one.answered for one in found}),
        ("the next card is there", _CARD_TARGET, {one: one.next_card for one in found}),
    ):
        whole = {one: _round_trips(at - one.handed_out) for one, at in seen.items() if at is not None}
        beside = [value - _round_trips(decided[one.update_id]) for one, value in whole.items()]
        values = list(whole.values())
        findings.add(
            Figure(group, f"{name}, median", share(values, 0.5), "round trips", said),
            Figure(group, f"{name}, 95th percentile", share(values, 0.95), "round trips", said),
            Figure(group, f"{name}, beside the tap's own transaction", share(beside, 0.5), "round trips", said, target),
        )


def _round_trips(seconds: float) -> float:
    return seconds / ROUND_TRIP.total_seconds()
