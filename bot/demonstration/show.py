"""What the page of the demonstration offers beside the chats, and what becomes of a press on it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from bot.demonstration.flow import Reader
from bot.demonstration.ledger import Ledger, worded
from bot.demonstration.mishaps import Mishaps
from bot.demonstration.mortal import Mortal
from bot.demonstration.stage import Scene
from bot.demonstration.theatre import Theatre
from bot.demonstration.titles import Titles
from bot.demonstration.visitors import Visitors
from bot.metrics import Metrics
from bot.sandbox.chats import Json
from bot.storage.database import Database

_GLANCE = 1.0
"""Seconds between two looks at the record, which is verified when it has grown."""


class Show:
    """The direction of one scene, as the stand-in asks for it. An office with another SOP has no play."""

    def __init__(
        self,
        scene: Scene,
        bot: Mortal,
        *,
        theatre: Theatre | None,
        ledger: Ledger,
        mishaps: Mishaps,
        visitors: Visitors,
        titles: Titles,
    ) -> None:
        self.scene = scene
        self.bot = bot
        self.places: Callable[[], list[Json]] = list
        self.theatre = theatre
        self._ledger = ledger
        self._mishaps = mishaps
        self._visitors = visitors
        self._titles = titles
        self._flow: Json = {}
        self._chosen: int | None = None

    def view(self) -> Json:
        """Return what the page shows."""
        verdict = self._ledger.verdict
        shown: Json = {
            "record": {"text": worded(verdict), "proved": verdict.verifies} if verdict is not None else None,
            "troubles": [*self._mishaps.view(), *self._visitors.view()],
            "told": self._mishaps.told,
            "places": self.places(),
            "flow": self._flow,
        }
        if self.theatre is not None:
            shown["play"] = self.theatre.view()
        return shown

    async def act(self, do: str, fields: Json) -> None:
        """Do what a control of the page asks for. KeyError for what is not offered, ValueError where it cannot be."""
        if do in self._mishaps.actions:
            await self._mishaps.act(do)
        elif do == "flow":
            self._chosen = int(fields["case"])
            await self._look_at_flow()
        elif do == "invite":
            self._mishaps.tell(await self._visitors.invite())
        else:
            await self._of_the_play()[do]()

    def _of_the_play(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        theatre = self.theatre
        if theatre is None:
            return {}
        return {
            "play": theatre.start,
            "pause": theatre.pause,
            "resume": theatre.resume,
            "hurry": theatre.hurry,
            "stop": theatre.stop,
        }

    async def watch(self) -> None:
        """Look at the record until cancelled, and verify it whenever it has grown."""
        while True:
            standing = await self._ledger.standing()
            known = self._ledger.verdict
            if known is None or known.entries != standing.entries:
                await self._ledger.verified()
                await self._titles.look()
                self.scene.sandbox.world.changed()
            await self._look_at_flow()
            await asyncio.sleep(_GLANCE)

    async def _look_at_flow(self) -> None:
        flow = await self._ledger.flow(Reader(self.scene.calendar, self.scene.clock.now()), self._chosen)
        if flow != self._flow:
            self._flow = flow
            self.scene.sandbox.world.changed()

    @contextlib.asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Watch the record while the block runs."""
        watch = asyncio.create_task(self.watch(), name="watch of the demonstration")
        try:
            yield
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch


@contextlib.asynccontextmanager
async def direct(scene: Scene, bot: Mortal, *, with_play: bool, pace: float = 1.0) -> AsyncIterator[Show]:
    """Offer on the page of `scene` what there is beside its chats, while the block runs. `pace` is that of the play."""
    with Database(scene.database_url, metrics=Metrics()) as database:
        ledger = Ledger(database)
        mishaps = Mishaps(scene, bot, ledger)
        theatre = Theatre(scene, settle=bot.settle, hindrances=mishaps.hindrances, pace=pace) if with_play else None
        show = Show(
            scene,
            bot,
            theatre=theatre,
            ledger=ledger,
            mishaps=mishaps,
            visitors=Visitors(scene, database),
            titles=Titles(scene, database),
        )
        scene.sandbox.direction = show
        async with show.watching():
            try:
                yield show
            finally:
                if theatre is not None:
                    await theatre.stop()
