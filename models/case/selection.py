"""Which cards an official has chosen to forward together. Kept in the database, so that it survives a restart."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.refusals.work import TooManySelected

MOST = 50
"""Cards that may be forwarded together: they are decided in one transaction, which must not keep others waiting."""

LASTS = timedelta(hours=1)
"""How long a choice lasts after it was last touched. What was chosen is by then no longer in the person's mind."""


class Selection(Base):
    """What a person has chosen on the list `card_id` of their tasks, with one instruction for all: words and files.

    `chosen` holds the version of each task as it was when it was chosen, under the task's number: what comes in after
    that, its person has not seen. A person chooses on one list at a time. Nothing becomes of a choice that is not
    finished within `LASTS`.
    """

    __tablename__ = "selections"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    chosen: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(Text, default="")
    files: Mapped[list[dict[str, Any]]]
    touched_at: Mapped[datetime]

    def lasts(self, *, at: datetime) -> bool:
        """Whether the choice can still be gone on with."""
        return at - self.touched_at < LASTS

    @property
    def task_ids(self) -> list[int]:
        """The numbers of the tasks that are chosen, in the order in which they were."""
        return [int(number) for number in self.chosen]

    def version_of(self, task_id: int) -> int | None:
        """Return the version in which a task was chosen, None where it is not."""
        return self.chosen.get(str(task_id))

    def begin(self, card_id: int, *, at: datetime) -> None:
        """Begin on the list `card_id`, with nothing chosen."""
        self.card_id, self.chosen, self.note, self.files, self.touched_at = card_id, {}, "", [], at

    def tick(self, task_id: int, version: int, *, at: datetime) -> bool:
        """Choose a task, or choose it no longer; returns whether it is chosen now. Raises `TooManySelected`."""
        ticked = str(task_id) not in self.chosen
        if ticked and len(self.chosen) >= MOST:
            raise TooManySelected(MOST)
        kept = {number: seen for number, seen in self.chosen.items() if number != str(task_id)}
        self.chosen, self.touched_at = (kept | {str(task_id): version} if ticked else kept), at
        return ticked

    def tick_all(self, tasks: Mapping[int, int], *, at: datetime) -> None:
        """Choose the first `MOST` of the tasks, by their versions; where these are chosen already, choose nothing."""
        first = {str(task_id): version for task_id, version in islice(tasks.items(), MOST)}
        self.chosen, self.touched_at = {} if first.keys() <= self.chosen.keys() else first, at
