"""What comes in comes twice, out of order, torn apart and all at once; it counts once, as it was meant."""

from random import Random

import pytest

from bot.sandbox.chats import Button, Message
from bot.sandbox.people import Person, Press
from bot.sandbox.updates import UpdateQueue, WaitingUpdate
from bot.updates.inbox import lane_of
from tests.crash.weather.town import Town, town

RATE = 0.2
"""How often an update is doubled."""

OVERDUE = 10
"""Updates or taps after which one is doubled in any case: how many there are is up to the machine."""


class Disorder:
    """A queue that hands out updates in small batches, shuffled across chats, some twice, some again after the end.

    What one chat has said stays in its order, as Telegram keeps it.
    """

    def __init__(self, queue: UpdateQueue, chance: Random) -> None:
        self._pending = queue.pending
        self._chance = chance
        self._handed_out: list[WaitingUpdate] = []
        self.doubled = 0
        self.returned = 0

    def pending(self, *, limit: int, allowed: list[str] | None, at: float) -> list[WaitingUpdate]:
        """Return some of what waits, and some of what was confirmed long ago."""
        # Updates behind the batch must not be confirmed with it, so a batch is the beginning of what waits.
        waiting = self._pending(limit=self._chance.randint(1, min(limit, 7)), allowed=allowed, at=at)
        if not waiting:
            return []
        batch = self._shuffled(waiting)
        twice = [update for update in batch if self._chance.random() < RATE]
        again = [update for update in self._handed_out if self._chance.random() < RATE / len(self._handed_out)]
        if len(self._handed_out) >= OVERDUE and not self.doubled:
            twice = twice or batch[:1]
        if len(self._handed_out) >= OVERDUE and not self.returned:
            again = again or self._handed_out[:1]
        self.doubled, self.returned = self.doubled + len(twice), self.returned + len(again)
        self._handed_out += waiting
        return [*again, *batch, *twice]

    def _shuffled(self, waiting: list[WaitingUpdate]) -> list[WaitingUpdate]:
        lanes: dict[int, list[WaitingUpdate]] = {}
        for update in waiting:
            lanes.setdefault(lane_of(update.as_json()), []).append(update)
        order = [lane for lane, updates in lanes.items() for _ in updates]
        self._chance.shuffle(order)
        return [lanes[lane].pop(0) for lane in order]


def disorderly(place: Town, monkeypatch: pytest.MonkeyPatch) -> Disorder:
    disorder = Disorder(place.sandbox.world.updates, Random(place.seed))
    monkeypatch.setattr(place.sandbox.world.updates, "pending", disorder.pending)
    return disorder


def twitchy(place: Town, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let one tap in five be a double tap, and one of the first; returns the count of them, in a list."""
    count, single = [0], [0]
    taps = Person.taps

    def twice(person: Person, target: str | Button, message: Message | None = None) -> Press:
        pressed = taps(person, target, message)
        single[0] += 1
        if place.chance.random() < RATE or (not count[0] and single[0] >= OVERDUE):
            count[0] += 1
            taps(person, target, message or pressed.message)
        return pressed

    monkeypatch.setattr(Person, "taps", twice)
    return count


async def chaos(
    url: str, monkeypatch: pytest.MonkeyPatch, *, seed: int, cases: int, prakoms: int, rounds: int | None = None
) -> None:
    async with town(url, seed=seed, prakoms=prakoms) as place:
        disorder = disorderly(place, monkeypatch)
        double_taps = twitchy(place, monkeypatch)
        await place.report(*place.newcomers(cases))
        await place.go_on(rounds)
        place.check()
        assert min(disorder.doubled, disorder.returned, *double_taps) > 0, f"seed {seed}"


@pytest.mark.databases("sqlite")
async def test_doubled_and_shuffled_updates_count_once(migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await chaos(migrated_url, monkeypatch, seed=20261123, cases=2, prakoms=2, rounds=10)


@pytest.mark.crash
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [1, 2])
async def test_many_doubled_and_shuffled_updates_count_once(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await chaos(migrated_url, monkeypatch, seed=seed, cases=15, prakoms=8)


@pytest.mark.databases("sqlite")
async def test_albums_torn_apart_and_mixed_with_others_stay_whole(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town(migrated_url, seed=20261124) as place:
        disorderly(place, monkeypatch)
        people = place.newcomers(4)
        for person in people:
            text = f"Album dari {person.name}"
            place.reports[text] = person.user_id
            person.sends_album(5, text)
        await place.settle()
        for person in people:
            person.taps("Kirim")
        await place.settle()
        place.check()
        kept = place.kept()
        assert len(kept.cases) == 4
        for case in kept.cases:
            (reported,) = (entry for entry in kept.entries[case["chain_id"]] if entry["action"] == "report")
            assert len(reported["body"]["files"]) == 5, case["text"]


async def one_wins(url: str) -> None:
    async with town(url) as place:
        await place.report(*place.newcomers(1))
        head = place.heads["kakanwil"]
        card = next(message for message in head.received if message.button("Teruskan ke"))
        presses = [head.taps("Teruskan ke", card) for _ in range(50)]
        await place.settle()

        toasts = [await press.answered() for press in presses]
        assert sum("Diteruskan ke" in toast for toast in toasts) == 1
        assert sum("Sudah diputuskan (diteruskan) oleh Kakanwil Contoh" in toast for toast in toasts) == 49, toasts
        labels = [[button.text for button in row] for row in card.buttons]
        assert labels == [["↩️ Tarik kembali"], ["🗺 Alur SOP", "🕘 Riwayat"]]
        assert [(task["step"], task["outcome"]) for task in place.kept().tasks] == [(1, "forwarded"), (2, None)]
        place.check()


@pytest.mark.databases("sqlite")
async def test_fifty_taps_at_once_on_one_button(migrated_url: str) -> None:
    await one_wins(migrated_url)


@pytest.mark.crash
@pytest.mark.databases("postgresql")
async def test_fifty_taps_at_once_on_one_button_on_a_server(migrated_url: str) -> None:
    await one_wins(migrated_url)


async def one_takes_it(url: str, *, count: int) -> None:
    async with town(url, prakoms=count) as place:
        await place.report(*place.newcomers(1))
        await place.work(until=lambda: place.kept().tasks[-1]["step"] == 4)
        head = place.heads["kasubbag-humas"]
        head.taps("Teruskan ke")
        await place.settle()
        head.taps("Siapa saja")
        await place.settle()

        presses = [prakom.taps("Mulai tangani") for prakom in place.prakoms]
        await place.settle()
        toasts = [await press.answered() for press in presses]

        (task,) = (one for one in place.kept().tasks if one["step"] == 5)
        winner = place.kept().person[task["assignee_id"]]["name"]
        assert sum("kini Anda tangani" in toast for toast in toasts) == 1
        assert sum(f"ditangani oleh {winner}" in toast for toast in toasts) == count - 1, toasts
        assert sum(bool(prakom.sees("Mulai tangani")) for prakom in place.prakoms) == 0
        place.check()


@pytest.mark.databases("postgresql")
async def test_ten_people_take_the_same_case_at_once(migrated_url: str) -> None:
    await one_takes_it(migrated_url, count=10)


@pytest.mark.crash
async def test_fifty_people_take_the_same_case_at_once(migrated_url: str) -> None:
    await one_takes_it(migrated_url, count=50)
