"""Waking at an instant: APScheduler calls, and the code that is called reads from the database what is due."""

from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

_WAKE = "wake"


class Alarm:
    """Calls `wake` at the instant that was planned last. Belongs to one event loop.

    `real_instant` tells when the system's clock shows what the program's clock shows at an instant; None for never.

    It may be started again after `stop`. It never misfires: a call that comes late is made all the same.
    """

    def __init__(self, wake: Callable[[], None], *, real_instant: Callable[[datetime], datetime | None]) -> None:
        self._wake = wake
        self._real_instant = real_instant
        self._planned: datetime | None = None
        self._scheduler = AsyncIOScheduler()

    def start(self) -> None:
        """Wait for what will be planned; nothing is so far."""
        self._planned = None
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._scheduler.shutdown(wait=False)

    def plan(self, at: datetime | None) -> None:
        """Let the call come at `at` by the program's clock, in the place of what was planned; not at all for None."""
        real = self._real_instant(at) if at is not None else None
        if real is None:
            self._planned = None
            if self._scheduler.get_job(_WAKE) is not None:
                self._scheduler.remove_job(_WAKE)
        elif real != self._planned:
            self._planned = real
            self._scheduler.add_job(self._call, "date", run_date=real, id=_WAKE, replace_existing=True)

    def forget(self) -> None:
        """Let the next plan be made afresh, also for the same instant: the system's clock may have been set."""
        self._planned = None

    async def _call(self) -> None:
        self._planned = None
        self._wake()

    def next_call(self) -> datetime | None:
        """Return when the scheduler makes the next call, by the system's clock; None where nothing is planned."""
        job = self._scheduler.get_job(_WAKE)
        found: datetime | None = job.next_run_time if job is not None else None
        return found
