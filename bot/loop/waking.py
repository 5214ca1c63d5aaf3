"""Looking for work whose time is known: at the instant that was planned, when nudged, and now and then besides."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.loop.activity import Activity
from bot.loop.alarm import Alarm
from bot.loop.lookout import Lookout


class PlannedLookout(Lookout):
    """A lookout that also looks at the instant planned last. `real_instant` is that of `Alarm`.

    A look without a reason plans afresh: the system's clock may have been set meanwhile.
    """

    def __init__(
        self,
        look: Callable[[], Awaitable[None]],
        *,
        every: timedelta,
        activity: Activity,
        failing: str,
        real_instant: Callable[[datetime], datetime | None],
    ) -> None:
        self._alarm = Alarm(self.nudge_running, real_instant=real_instant)
        super().__init__(look, every=every, activity=activity, failing=failing, unasked=self._alarm.forget)

    def plan(self, at: datetime | None) -> None:
        """Look at `at` by the program's clock, in place of the instant planned before; at none for None."""
        self._alarm.plan(at)

    def next_call(self) -> datetime | None:
        """Return when the planned look comes, by the system's clock; None where none is planned."""
        return self._alarm.next_call()

    async def run(self) -> None:
        """Look until cancelled, for the first time at once. May be run again after that."""
        self._alarm.start()
        try:
            await super().run()
        finally:
            self._alarm.stop()
