"""What an admin prepares for the calendar, until it is confirmed: kept, so that a restart loses none of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.rules.office_calendar import CalendarEntry, entry_read, entry_written


class CalendarDraft(Base):
    """The change that one admin prepares on one card: entries to add, and the numbers of those to remove.

    `left_out` are the places, from 0, of entries that the admin has unticked; `passed_over` counts what a file held
    beside whole days, by the name of its reason.
    """

    __tablename__ = "calendar_drafts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    adding: Mapped[list[dict[str, Any]]]
    removing: Mapped[list[dict[str, Any]]]
    left_out: Mapped[list[dict[str, Any]]]
    passed_over: Mapped[dict[str, Any]]
    begun_at: Mapped[datetime]

    @property
    def entries(self) -> list[CalendarEntry]:
        """The entries to add, also those that are unticked."""
        return [entry_read(one) for one in self.adding]

    @entries.setter
    def entries(self, entries: list[CalendarEntry]) -> None:
        self.adding = [entry_written(one) for one in entries]

    @property
    def removed(self) -> list[CalendarEntry]:
        """The entries to remove."""
        return [entry_read(one) for one in self.removing]

    @property
    def unticked(self) -> set[int]:
        """The places of the entries that are not to be added."""
        return {one["place"] for one in self.left_out}

    @property
    def ticked(self) -> list[CalendarEntry]:
        """The entries that are to be added."""
        return [one for place, one in enumerate(self.entries) if place not in self.unticked]

    def tick(self, place: int) -> None:
        """Take an entry that was left out, or leave out one that was taken."""
        places = self.unticked ^ {place}
        self.left_out = [{"place": one} for one in sorted(places)]
