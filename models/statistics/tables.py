"""What is kept of closed tasks for the figures: a row for each stretch of time, and sums by year, month and day.

All follow from the record: they are counted by the leading process after a task was closed, and can be counted again.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.rules.actions import Outcome
from models.statistics.holding import Hold


class Stretch(Base):
    """A stretch of time in which a closed task lay with one person, or with nobody in particular.

    `post` is the task's own post, `person_id` who held it then. Durations are seconds of office time, by the calendar
    that was in force when the task was closed. In it the task `turned_late` if its standard ran out there. It is had
    `again` by whom, or by how, an earlier stretch of the task was held too. `closed_at` is that of the whole task.

    The last stretch of a task is `closing`, and tells of the whole: `outcome`, `decider_id`, `opened_at`, `stay_used`
    and `stay_late` (`Times`), `reminders` (rungs that were climbed), whether it was the `first` task of its case,
    whether it `ends` the case, and in how many rounds of correction the case was then.
    """

    __tablename__ = "stretches"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    sop: Mapped[str] = mapped_column(String(64))
    step: Mapped[int]
    post: Mapped[str] = mapped_column(String(64))
    how: Mapped[Hold]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]
    used: Mapped[int]
    waited: Mapped[int]
    asked: Mapped[int]
    late: Mapped[int]
    turned_late: Mapped[bool]
    again: Mapped[bool]
    closed_at: Mapped[datetime]
    closing: Mapped[bool]
    outcome: Mapped[Outcome | None]
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime | None]
    stay_used: Mapped[int] = mapped_column(default=0)
    stay_late: Mapped[int] = mapped_column(default=0)
    reminders: Mapped[int] = mapped_column(default=0)
    first: Mapped[bool] = mapped_column(default=False)
    ends: Mapped[bool] = mapped_column(default=False)
    rounds: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        Index("ix_stretches_closed_at", "closed_at"),
        Index("ix_stretches_post", "post", "closed_at"),
        Index(
            "ix_stretches_person",
            "person_id",
            "closed_at",
            sqlite_where=sql("person_id IS NOT NULL"),
            postgresql_where=sql("person_id IS NOT NULL"),
        ),
        Index(
            "ix_stretches_decider",
            "decider_id",
            "closed_at",
            sqlite_where=sql("decider_id IS NOT NULL"),
            postgresql_where=sql("decider_id IS NOT NULL"),
        ),
        Index(
            "ix_stretches_opened_at",
            "opened_at",
            sqlite_where=sql("opened_at IS NOT NULL"),
            postgresql_where=sql("opened_at IS NOT NULL"),
        ),
        Index(
            "ix_stretches_late",
            "closed_at",
            sqlite_where=sql("stay_late > 0"),
            postgresql_where=sql("stay_late > 0"),
        ),
    )


class Basis(StrEnum):
    """By which instant of a task it falls into a span: of its closing, or of its opening."""

    CLOSED = "closed"
    OPENED = "opened"


class Tally(Base):
    """Sums over the stretches that fall into one year, month or day of the office's clock, and have all else in common.

    `span` is a year such as 2026, a month such as 202611, or a day such as 20261130: a period of any length is read
    from few rows. `person_id` and `decider_id` are 0 for nobody, `outcome` is "" for a stretch that is not the closing
    one. `held` counts tasks, each once for everybody who held it, and `lates` those that turned late there. `stays`
    counts closed (or opened) tasks, `late_stays` those that were late. `ends` counts cases that ended (or, by opening,
    that began), `corrected` those of them with a round of correction, `rounds` these rounds. `reminded` counts tasks
    that somebody was reminded of, `delayed` the stretches in which the reporter was waited for.
    """

    __tablename__ = "tallies"

    basis: Mapped[Basis] = mapped_column(primary_key=True)
    span: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sop: Mapped[str] = mapped_column(String(64), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    post: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    decider_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    how: Mapped[Hold] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(32), primary_key=True)
    held: Mapped[int]
    stays: Mapped[int]
    late_stays: Mapped[int]
    lates: Mapped[int]
    used: Mapped[int]
    waited: Mapped[int]
    asked: Mapped[int]
    late: Mapped[int]
    reminders: Mapped[int]
    ends: Mapped[int]
    corrected: Mapped[int]
    rounds: Mapped[int]
    reminded: Mapped[int]
    delayed: Mapped[int]

    __table_args__ = ({"sqlite_with_rowid": False},)


class Duration(Base):
    """How many tasks (`stays`) took so many `minutes` of office time, of those that were closed in one span.

    `span`, `person_id` and `decider_id` are those of `Tally`; the person is the one who had the task at its closing.
    The minutes are rounded up; where a day of the span waits for its sums, those that were counted before are not.
    """

    __tablename__ = "durations"

    span: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sop: Mapped[str] = mapped_column(String(64), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    post: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    decider_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    minutes: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stays: Mapped[int]

    __table_args__ = ({"sqlite_with_rowid": False},)


class UntalliedDay(Base):
    """A day whose own tallies and durations are not whole: it lies before the record began to keep any of days.

    What is asked of such a day is summed from its stretches. The leading process makes its sums and takes the row away.
    """

    __tablename__ = "untallied_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
