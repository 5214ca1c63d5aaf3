"""[▶ Putar contoh]: the scripted case, played in the open page at reading speed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum

from bot.demonstration.halting import Hindrance, failed, halted
from bot.demonstration.pacing import Cue, Pace, reading_time
from bot.demonstration.stage import Scene
from bot.demonstration.story import script
from bot.sandbox.chats import Json
from bot.sandbox.script import Action, Do, Line, Narrate, Player, Script

logger = logging.getLogger(__name__)

_PATIENCE = 60.0
"""Seconds the bot may take for what the script waits for; the machine may be busy with another office."""


class State(StrEnum):
    """Where a play stands."""

    READY = "ready"
    PLAYING = "playing"
    PAUSED = "paused"
    OVER = "over"
    STOPPED = "stopped"


class Theatre:
    """One play at a time on one scene. `hindrances` returns what of the page keeps a play from going on."""

    def __init__(
        self,
        scene: Scene,
        *,
        settle: Callable[[], Awaitable[None]],
        hindrances: Callable[[], Sequence[Hindrance]],
        pace: float = 1.0,
    ) -> None:
        self._scene = scene
        self._settle = settle
        self.hindrances = hindrances
        self._factor = pace
        self._pace = Pace(pace)
        self._task: asyncio.Task[None] | None = None
        self._state = State.READY
        self._heading = Narrate("", "")
        self._action: Action | None = None
        self._cue: Cue | None = None
        self._done = self._of = 0
        self._trouble = ""

    @property
    def plays(self) -> bool:
        """Whether a play is under way, paused or not."""
        return self._task is not None and not self._task.done()

    async def start(self) -> None:
        """Begin the play. ValueError while one is under way."""
        if self.plays:
            raise ValueError("Contoh sedang diputar.")
        self._pace = Pace(self._factor)
        self._done, self._trouble = 0, ""
        actions = script(self._scene)
        headings = [action for action in actions if isinstance(action, Narrate)]
        # The day begins before the first heading is reached; what comes is said at once.
        self._of, self._heading = len(headings), headings[0]
        self._show(State.PLAYING)
        self._task = asyncio.create_task(self._play(actions), name="play of the demonstration")
        self._task.add_done_callback(self._ended)

    async def pause(self) -> None:
        """Let the play stand still."""
        self._pace.pause()
        self._show(State.PAUSED)

    async def resume(self) -> None:
        """Let the play go on."""
        self._pace.resume()
        self._show(State.PLAYING)

    async def hurry(self) -> None:
        """Go to the next heading without waiting."""
        self._pace.hurry()
        self._show(State.PLAYING)

    async def stop(self) -> None:
        """End the play where it is; what was done stays done."""
        if self._task is not None and self.plays:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._show(State.STOPPED)

    async def finished(self) -> None:
        """Wait until the play is over or has been stopped."""
        if self._task is not None:
            await asyncio.wait({self._task})

    def view(self) -> Json:
        """Return what the page shows of the play."""
        return {
            "state": self._state.value,
            "heading": self._heading.text,
            "look": self._look(),
            "done": self._done,
            "of": self._of,
            "cue": self._cued(),
        }

    def _look(self) -> str:
        """Return what to look for, or why the play went no further."""
        if self._trouble or self._state is not State.STOPPED:
            return self._trouble or self._heading.look
        return f"Dihentikan pada “{self._heading.text}”. Lanjutkan sendiri, atau putar lagi."

    def _cued(self) -> Json | None:
        cue = self._cue
        if cue is None:
            return None
        return {"chat": self._scene.people[cue.who].user_id, "kind": cue.kind, "words": cue.words}

    async def _play(self, actions: Script) -> None:
        player = Player(
            self._scene.sandbox,
            self._scene.people,
            tell=_untold,
            settle=self._settle,
            patience=_PATIENCE,
            before=self._before,
        )
        ended = State.STOPPED
        try:
            await player.play(actions)
            ended = State.OVER
        except (AssertionError, ConnectionError, TimeoutError):
            logger.info("the play of the demonstration came to a halt", exc_info=True)
            self._trouble = halted(self._heading.text, self._action, self.hindrances())
        finally:
            # Whatever has happened, the page does not wait for a play that is over.
            self._show(ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (failure := task.exception()) is not None:
            logger.error("the play of the demonstration failed", exc_info=failure)
            self._trouble = failed(self._heading.text)
            self._scene.sandbox.world.changed()

    async def _before(self, action: Action) -> None:
        self._action = action
        if isinstance(action, Narrate):
            self._pace.calm()
            self._heading, self._done = action, self._done + 1
        if not isinstance(action, Do):
            self._cue = Cue.of(action)
            self._scene.sandbox.world.changed()
        await self._pace.hold(reading_time(action))

    def _show(self, state: State) -> None:
        self._state = state
        if state in {State.OVER, State.STOPPED}:
            self._cue = None
        self._scene.sandbox.world.changed()


def _untold(_line: Line) -> None:
    """Tell nobody: the page shows the chats themselves."""
