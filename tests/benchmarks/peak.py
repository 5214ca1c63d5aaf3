"""Whether a tap is answered as soon at the end of a long peak as at its beginning."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.city import City
from tests.benchmarks.crowd import Crowd, Trip
from tests.benchmarks.figures import Figure, Findings, share

_UPDATES_OF_A_CASE = 24
"""What people send for a case that goes through all nine steps, see docs/performance.md."""

_LONGEST_WINDOW = 60.0
_WARMING = 0.5
"""The part of a window that passes before the first begins. Until then the first cases are on their way."""

_GRACE = 600.0
_FLAT = 1.1


@dataclass(frozen=True, slots=True)
class Peak:
    """So many `updates` a second come in for so many `seconds`, whether or not the bot keeps up."""

    updates: float
    seconds: float

    @property
    def window(self) -> float:
        """The seconds at the beginning and at the end that are held against each other: a minute, if that is short."""
        return min(_LONGEST_WINDOW, self.seconds / 3)


async def peak(city: City, findings: Findings, amount: Peak, *, seed: int) -> None:
    """Let people report at random as often as that makes so many updates, and everybody else do at once what is asked.

    The times are those from the instant at which the stand-in hands a tap out to the one at which it is answered.
    """
    await city.settled()
    crowd = Crowd(city, seed)
    done = "SELECT count(*) FROM inbox WHERE state = 'done'"
    before, ended = city.count(done), asyncio.Event()
    watching = asyncio.create_task(city.watched(ended))
    began = time.monotonic()
    with crowd.at_work():
        await crowd.report_at(amount.updates / _UPDATES_OF_A_CASE, seconds=amount.seconds)
        stopped = time.monotonic()
        meanwhile = city.count(done) - before
        await crowd.all_finished(within=_GRACE)
        await city.settled()
    drained = time.monotonic() - stopped
    ended.set()
    usage = await watching
    early = _answers(crowd.trips(), began + _WARMING * amount.window, amount.window)
    late = _answers(crowd.trips(), stopped - amount.window, amount.window)
    rate, wanted = meanwhile / (stopped - began), f"{crowd.begun} cases, wanted {amount.updates:g} updates a second"
    shared = usage.processor_seconds / (stopped - began + drained)
    of_each = f"{len(early)} and {len(late)} taps in {amount.window:g} s each, the median"
    ratio = share(late, 0.5) / share(early, 0.5)
    findings.add(
        Figure("peak", "updates handled", rate, "1/s", f"while people reported: {wanted}"),
        Figure("peak", "processors kept busy", shared, "", "by the bot"),
        Figure("peak", "a tap is answered, at the beginning", 1000 * share(early, 0.5), "ms", of_each),
        Figure("peak", "a tap is answered, at the end", 1000 * share(late, 0.5), "ms", of_each),
        Figure("peak", "the same, 95th percentile", 1000 * share(late, 0.95), "ms", of_each),
        Figure("peak", "the end against the beginning", ratio, "times", of_each, most=_FLAT),
        Figure("peak", "everything handled and sent", drained, "s", "after the last report"),
        Figure("peak", "memory", usage.memory[-1], "MB", "resident, at the end"),
    )


def _answers(trips: Sequence[Trip], begins: float, seconds: float) -> list[float]:
    """Return in seconds how long each tap waited for its answer that was handed out in this span."""
    inside = (one for one in trips if begins <= one.handed_out < begins + seconds)
    return [one.answered - one.handed_out for one in inside if one.answered is not None]
