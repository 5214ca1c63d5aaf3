"""The two offices of the demonstration: an empty one, and one that has lived for a month, each with its own page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.demonstration import month
from bot.demonstration.mortal import Mortal
from bot.demonstration.play import is_packaged, packaged
from bot.demonstration.show import Show, direct
from bot.demonstration.stage import Scene, open_scene, starting_instant
from bot.settings import Settings
from models.rules.rules import Rules

EMPTY, MONTH = "Kantor kosong", "Kantor setelah sebulan"

_STANDING_BACK = 10
"""By how much the bot of the month stands back while its month is played: the other one answers somebody."""


@dataclass(slots=True)
class Place:
    """One office as the pages link to it; `note` says how far it is."""

    label: str
    url: str = ""
    note: str = ""


class Places:
    """The offices that there are, the same on each page."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._shows: list[Show] = []

    def add(self, label: str, show: Show) -> Place:
        """Link to the office of a show from every page, and from its own to the others."""
        place = Place(label, show.scene.address.url)
        self._places.append(place)
        self._shows.append(show)
        show.places = lambda: [
            {"label": one.label, "url": one.url, "note": one.note, "here": one is place} for one in self._places
        ]
        self.changed()
        return place

    def changed(self) -> None:
        """Let every page show the links as they are now."""
        for show in self._shows:
            show.scene.sandbox.world.changed()


@asynccontextmanager
async def empty_office(places: Places, *, port: int, database_url: str | None) -> AsyncIterator[tuple[Show, Settings]]:
    """Open the empty office, by the settings of the folder. Raises `Stopped`."""
    async with open_scene(port=port, database_url=database_url) as scene:
        settings = Settings.load(**scene.given)
        async with (
            Mortal(scene, settings) as bot,
            direct(scene, bot, with_play=is_packaged(settings)) as show,
        ):
            places.add(EMPTY, show)
            yield show, settings


@asynccontextmanager
async def month_office(places: Places, rules: Rules, *, port: int = 0) -> AsyncIterator["Month"]:
    """Open the packaged office as it was a month ago; `Month.live` brings it to the present. `rules` are its rules."""
    end = starting_instant(rules.office.calendar, Clock().now())
    begun = month.beginning(rules.office.calendar, end)
    async with open_scene(settings=packaged, at=begun, runs_on=True, paced=False, port=port) as scene:
        settings = packaged(**scene.given)
        async with (
            Mortal(scene, settings, paced=False, nice=_STANDING_BACK) as bot,
            direct(scene, bot, with_play=True) as show,
        ):
            yield Month(scene, bot, places, places.add(MONTH, show), end)


@dataclass(frozen=True, slots=True)
class Month:
    """The office whose month is played."""

    scene: Scene
    bot: Mortal
    places: Places
    place: Place
    end: datetime

    async def live(self) -> None:
        """Let the month pass, and say on every page how far it is."""

        def tell(done: int, of: int) -> None:
            self.place.note = f"sedang dimainkan: {done * 100 // of} %"
            self.places.changed()

        await month.live(self.scene, end=self.end, settle=self.bot.settle, tell=tell)
        self.place.note = f"{len(month.PLANS)} laporan"
        self.places.changed()
