"""A test of the tests: each safeguard is taken out of the running program once, and the promises must be seen broken.

What the suite does not notice it does not protect. Each scene is also played with the safeguard in place, and then
nothing is broken.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from unittest.mock import patch

import pytest

from bot.sandbox.chats import Message
from bot.sandbox.people import Person
from bot.sandbox.updates import WaitingUpdate
from models.rules.office_file import Limits
from tests.crash import invariants
from tests.crash.sabotage import SABOTAGE
from tests.crash.scripted_case import ACTS, APPOINTED_BEFORE, REPORT
from tests.crash.stage import MONDAY, STAFF, Fresh, Nursery, Stage, stage
from tests.crash.violation import Violation

pytestmark = [pytest.mark.crash, pytest.mark.databases("sqlite")]

FIRST_BOUNDARIES = range(1, 13)
"""Between the arrival of an update and the answer to it."""

SUBMITTED = next(place for place, act in enumerate(ACTS) if "Ajukan" in act.name) + 1
"""How many acts the Laporan Evaluasi takes until it is handed in."""

Scene = Callable[[Stage], Awaitable[list[str]]]
"""Something that happens; returns the reports that were sent."""


async def killed_over_reports(place: Stage) -> list[str]:
    """The program dies while it takes reports in: each of several at another boundary.

    The office takes ten of a person in an hour.
    """
    sent = []
    for fatal in FIRST_BOUNDARIES:
        if fatal > Limits().reports_per_hour:
            await place.comes(MONDAY + timedelta(hours=1, minutes=1))
        text = f"{REPORT} {fatal}"
        await place.armed(fatal)
        place["Budi"].says(text)
        await place.settles()
        await place.armed(None)
        if place["Budi"].sees("Kirim"):
            sent.append(text)
            place["Budi"].taps("Kirim")
            await place.settles()
    return sent


async def killed_over_notes(place: Stage) -> list[str]:
    """The program dies while it takes notes on a Laporan Evaluasi in: each of several at another boundary."""
    await _walked(place, SUBMITTED)
    card = _newest(place["Kasubbag"], "Benar, teruskan")
    for fatal in FIRST_BOUNDARIES:
        await place.armed(fatal)
        place["Kasubbag"].says(f"Catatan {fatal}", reply_to=card)
        await place.settles()
        await place.armed(None)
    return [REPORT]


async def an_update_comes_twice(place: Stage) -> list[str]:
    """Telegram hands out again what was confirmed, as after a lost answer."""
    copies = _Copies(place)
    place["Budi"].says(REPORT)
    await place.settles()
    copies.hand_out_again()
    place["Wati"].says("/bantuan")
    await place.settles()
    place["Budi"].taps("Kirim")
    await place.settles()
    return [REPORT]


async def an_old_button_is_pressed(place: Stage) -> list[str]:
    """A note is added to the case, and then a button is pressed that was drawn before."""
    await _walked(place, SUBMITTED)
    official = place["Kasubbag"]
    card = _newest(official, "Benar, teruskan")
    button = card.button("Benar, teruskan")
    assert button is not None
    official.says("Sudah saya baca.", reply_to=card)
    await place.settles()
    official.forges(button.data or "", card)
    await place.settles()
    return [REPORT]


async def a_button_is_pressed_twice(place: Stage) -> list[str]:
    """Two taps on one button, before the first is answered."""
    await _walked(place, 2)
    place["Kakanwil"].taps("Teruskan ke")
    place["Kakanwil"].taps("Teruskan ke")
    await place.settles()
    return [REPORT]


SCENES: tuple[tuple[str, Scene, str], ...] = (
    ("confirmed_before_stored", killed_over_reports, "I1"),
    ("marked_done_afterwards", killed_over_notes, "I1"),
    ("inbox_without_its_key", an_update_comes_twice, "I1"),
    ("outdated_buttons_count", an_old_button_is_pressed, "I2"),
    ("decided_more_than_once", a_button_is_pressed_twice, "I2"),
)


async def broken_by(nest: Nursery, fresh: Fresh, scene: Scene, *, sabotage: tuple[str, ...]) -> list[Violation]:
    """Play a scene and return the promises that were broken."""
    with fresh() as url:
        async with stage(nest, url, sabotage=sabotage) as place:
            await place.starts()
            place.populate(STAFF, at=MONDAY - APPOINTED_BEFORE)
            reports = dict.fromkeys(await scene(place), place["Budi"].account.account_id)
            return invariants.check(invariants.Evidence(url, place.sandbox, at=place.clock.now(), reports=reports))


async def _walked(place: Stage, acts: int) -> None:
    for act in ACTS[:acts]:
        await act.play(place)
        await place.settles()


def _newest(person: Person, label: str) -> Message:
    return next(message for message in reversed(person.received) if message.button(label))


@pytest.mark.parametrize(("safeguard", "scene", "promise"), SCENES)
async def test_what_is_taken_out_is_missed(
    nest: Nursery, fresh: Fresh, safeguard: str, scene: Scene, promise: str
) -> None:
    broken = await broken_by(nest, fresh, scene, sabotage=(safeguard,))
    assert promise in {one.invariant for one in broken}, f"nobody misses {safeguard}: {invariants.told(broken)}"


@pytest.mark.parametrize("scene", dict.fromkeys(scene for _, scene, _ in SCENES))
async def test_nothing_is_missing_where_nothing_was_taken_out(nest: Nursery, fresh: Fresh, scene: Scene) -> None:
    assert not (broken := await broken_by(nest, fresh, scene, sabotage=())), invariants.told(broken)


def test_every_sabotage_is_tried() -> None:
    assert {safeguard for safeguard, _, _ in SCENES} == set(SABOTAGE)


class _Copies:
    """Remembers what the stand-in handed out, and can hand it out once more."""

    def __init__(self, place: Stage) -> None:
        self._queue = place.sandbox.world.updates
        self._pending = self._queue.pending
        self._kept: dict[int, WaitingUpdate] = {}
        self._again: list[WaitingUpdate] = []
        patch.object(self._queue, "pending", self._hand_out).start()

    def hand_out_again(self) -> None:
        """Let the next answer begin with everything that was handed out before."""
        self._again = list(self._kept.values())

    def _hand_out(self, *, limit: int, allowed: list[str] | None, at: float) -> list[WaitingUpdate]:
        fresh = self._pending(limit=limit, allowed=allowed, at=at)
        self._kept |= {update.update_id: update for update in fresh}
        if not fresh:
            return []
        copies, self._again = self._again, []
        return [*copies, *fresh]
