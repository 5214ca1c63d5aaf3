"""The versions of the office's calendar. The newest is in force, in every process, from the commit that brings it."""

from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity
from models.rules.office_calendar import OfficeCalendar, digest_of
from models.rules.work_calendar import Season, WorkCalendar


class CalendarVersion(Base):
    """The calendar as it became at `made_at`, whole: the office file's part, its holidays, and the admins' entries.

    A row is never changed. `by_id` is the admin who changed something in chat, None where the office file or the
    `holidays` package brought it. `digest` tells versions apart; the office's journal names it.
    """

    __tablename__ = "calendar_versions"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    made_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    digest: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict[str, Any]]

    @classmethod
    def of(cls, calendar: OfficeCalendar, *, by_id: int | None, at: datetime) -> Self:
        """Return the version that brings `calendar` into force."""
        body = calendar.written()
        return cls(made_at=at, by_id=by_id, digest=digest_of(body), body=body)

    @property
    def calendar(self) -> OfficeCalendar:
        """The calendar of this version."""
        return OfficeCalendar.read(self.body)


def seasons_of(calendar: WorkCalendar, year: int) -> tuple[Season, ...]:
    """Return the seasons that have a day in `year`, those of the office file and those entered in chat, in order."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = (one for one in calendar.hours.seasons if first <= one.last and one.first <= last)
    return tuple(sorted(found, key=lambda one: one.first))
