"""The digests of figures: each week, and each month on its first working day, to those who see the office.

A digest goes out with the daily round, in its transaction: so it comes in office time, and exactly once. A week or a
month in which nobody was there to make a round is told by the first round after it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import exists, select

from models.case.task import Task
from models.chase.daily_round import DailyRound
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.correspondence import About
from models.mail.notice import NoticeKind, Priority
from models.office.person import bound, reachable, unique
from models.repository.records import Records
from models.rules.period import Period, month_before
from models.statistics.choice import Choice
from models.statistics.counting import IS_UNCOUNTED
from models.statistics.tables import Stretch

_WEEK = timedelta(days=7)


def give_figures(records: Records) -> None:
    """Owe the digests that are due with the round of this day, each of them once.

    They make no sound. The head of the office gets them, and those who keep the SOP, unless the office file says
    otherwise.
    """
    today = records.at.astimezone(records.calendar.zone).date()
    if not records.rules.office.figures_digest or records.session.get(DailyRound, today) is None:
        return
    office = records.lock_office()
    for period in _due(records, today):
        for person in reachable(unique([*office.heads(), *office.watchers()])):
            card = correspondence.made(
                CardKind.STATISTICS,
                bound(person),
                at=records.at,
                person_id=person.id,
                about=About(page=0, subject=Choice(period).kept),
            )
            records.owe_once(
                correspondence.notice(
                    NoticeKind.CARD,
                    person,
                    at=records.at,
                    priority=Priority.INFORMATION,
                    card=card,
                    body={"silent": True},
                    once=f"figures:{period}:{person.id}",
                )
            )


def _due(records: Records, today: date) -> Iterator[Period]:
    """Yield the last week and the last month, where this day's round is the first since, and something was closed."""
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    for begins, period in ((week, Period(week - _WEEK, week - timedelta(days=1))), (month, month_before(today))):
        earlier = exists().where(DailyRound.day >= begins, DailyRound.day < today)
        if records.session.scalar(select(earlier)):
            continue
        if _tells(records, period):
            yield period


def _tells(records: Records, period: Period) -> bool:
    """Whether anything was closed in a period, be it counted or not."""
    starts, ends = period.starts(records.calendar.zone), period.ends(records.calendar.zone)
    counted = exists().where(Stretch.closed_at >= starts, Stretch.closed_at < ends)
    fresh = exists().where(IS_UNCOUNTED, Task.closed_at >= starts, Task.closed_at < ends)
    return bool(records.session.scalar(select(counted)) or records.session.scalar(select(fresh)))
