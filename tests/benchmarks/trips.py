"""How long people wait for a tap, counted in round trips to Telegram.

The clock starts when the stand-in hands the tap out, that is when getUpdates is answered, before the answer has
travelled. It stops when a call takes effect at the stand-in: answerCallbackQuery stops the wheel on the button,
sendMessage shows the next official's card. A call travels half of the round trip before it takes effect, so that one
round trip passes at the least: the tap's way to the bot and the call's way to Telegram. Nothing is subtracted.
"""

import time
from collections.abc import Iterable
from datetime import timedelta

from tests.benchmarks.city import City
from tests.benchmarks.crowd import Crowd, Trip
from tests.benchmarks.figures import Figure, Findings, share

ROUND_TRIP = timedelta(milliseconds=50)

_CARD_TARGET = 1.2
_WHEEL_TARGET = 1.0


async def unloaded(city: City, findings: Findings, *, seed: int, cases: int) -> None:
    """Walk one case after the other: nothing else happens in the city."""
    crowd = Crowd(city, seed)
    with crowd.at_work():
        for _ in range(cases):
            crowd.report()
            await crowd.all_finished(within=60)
    _tell(findings, "one case at a time", crowd.trips())


async def loaded(city: City, findings: Findings, *, seed: int, per_second: float, seconds: float) -> None:
    """Let reports come in at random, all people deciding at once."""
    crowd = Crowd(city, seed)
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
    _tell(findings, "under load", crowd.trips())


def _tell(findings: Findings, group: str, trips: Iterable[Trip]) -> None:
    found = list(trips)
    wheel = [_round_trips(one.answered - one.handed_out) for one in found if one.answered is not None]
    card = [_round_trips(one.next_card - one.handed_out) for one in found if one.next_card is not None]
    said = f"{len(found)} taps; {ROUND_TRIP.total_seconds() * 1000:g} ms a round trip"
    for name, values, target in (
        ("the wheel stops", wheel, _WHEEL_TARGET),
        ("the next card is there", card, _CARD_TARGET),
    ):
        findings.add(
            Figure(group, f"{name}, median", share(values, 0.5), "round trips", said, most=target),
            Figure(group, f"{name}, 95th percentile", share(values, 0.95), "round trips", said),
        )
        own = [1000 * ROUND_TRIP.total_seconds() * (value - 1) for value in values]
        findings.add(
            Figure(group, f"{name}: beyond one round trip, median", share(own, 0.5), "ms", "what the bot adds")
        )


def _round_trips(seconds: float) -> float:
    return seconds / ROUND_TRIP.total_seconds()
