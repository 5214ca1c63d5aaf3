"""Tells how far an office has come while it is played, and what is broken as soon as it is found.

A year takes long. A run that is stopped has told by then all that it knew.
"""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from models.proof import verification
from tests.year import chases
from tests.year.days import DAY
from tests.year.house import House

Say = Callable[[str], None]

_EVENING = timedelta(hours=20)

_WEEK, _WEEKS = DAY * 7, 4
"""How often a line is said, and after how many of them the chases and the proof are looked at."""


def unsaid(_line: str) -> None:
    """Say nothing."""


class Progress:
    """Says a line every week, and each fault once: at once, or every fourth week where it takes a look at the past."""

    def __init__(self, house: House, name: str, say: Say) -> None:
        self._house = house
        self._name = name
        self._say = say
        self._found: set[str] = set()
        self._looked_at: datetime | None = None
        self._weeks = 0
        self._began = time.process_time()
        house.evidence.tell = self.broken

    def begin(self, day: date) -> None:
        """Say a line in the evening of every seventh day from `day` on."""
        self._house.later(self._house.almanac.now.midnight(day) + _EVENING, self._week)

    def broken(self, line: str) -> None:
        """Say what is broken, where it was not said before."""
        if line not in self._found:
            self._found.add(line)
            self._say(f"{self._name} BROKEN {line}")

    def _week(self) -> None:
        self._house.later(self._house.at + _WEEK, self._week)
        self._weeks += 1
        if self._weeks % _WEEKS == 0:
            self._look()
        docket, spent = self._house.docket, time.process_time() - self._began
        played = len(docket.tasks)
        day = self._house.almanac.now.local(self._house.at).date()
        each = f"{spent / played:.2f} s each" if played else "–"
        self._say(f"{self._name} {day}: {played} cases, {len(docket.waiting)} open, {each}, {len(self._found)} faults")

    def _look(self) -> None:
        """Look at the chases of the tasks that were open since the last look, and at the proof."""
        for line in (*chases.check(self._house, since=self._looked_at), *chases.budget(self._house)):
            self.broken(line)
        found = self._house.work(lambda records: verification.verify(records.session))
        if not found.verifies:
            self.broken(f"I6: {found}")
        self._looked_at = self._house.at
