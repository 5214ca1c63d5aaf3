"""The one place that reads a clock. Everything else is handed the instant it works at."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """The system's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the clock itself

    def real_instant(self, at: datetime) -> datetime | None:
        """Return the instant on the system's clock at which this clock will show `at`; None if it never will."""
        return at.astimezone(UTC)

    def on_jump(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever this clock leaps forward. The system's clock never does."""


class MovableClock(Clock):
    """A clock that can be moved forward, for demonstrations and tests.

    It starts at `start`, or at the present, and runs on from there. A `frozen` clock moves only by `advance` and
    `jump_to`.
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        present = super().now()
        self._frozen_at = (start or present).astimezone(UTC) if frozen else None
        self._ahead = (start - present) if start is not None else timedelta()
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Return the instant this clock shows, aware, in UTC."""
        return super().now() + self._ahead if self._frozen_at is None else self._frozen_at

    def real_instant(self, at: datetime) -> datetime | None:
        """Return when the system's clock will read what makes this one show `at`; None while frozen."""
        return at.astimezone(UTC) - self._ahead if self._frozen_at is None else None

    def on_jump(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each leap, on the thread that moved the clock."""
        self._listeners.append(listener)

    def advance(self, span: timedelta) -> None:
        """Move forward by `span`. Raises `ValueError` for a negative one: time does not run back."""
        if span < timedelta():
            raise ValueError(f"a clock does not go back: {span}")
        if self._frozen_at is None:
            self._ahead += span
        else:
            self._frozen_at += span
        for listener in self._listeners:
            listener()

    def jump_to(self, at: datetime) -> None:
        """Move forward to `at`. Raises `ValueError` when that lies in the past."""
        self.advance(at - self.now())
