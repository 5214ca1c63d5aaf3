"""Which lists in chats are kept true: those of the last working day.

A list says of when it is, and stays in its chat for ever. Were the older ones drawn again too when a case moves, a
decision would cost more with every week that the office has worked.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement

from models.mail.card import Card
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar

KEPT_FOR = Standard.parse("1 hari")
"""How long, in office time, a list is kept true after it was made."""

_LONGEST = timedelta(days=21)
"""No working day lasts longer, with the longest holidays in it."""


def perhaps_kept(at: datetime) -> ColumnElement[bool]:
    """Return the condition on cards which `kept` must look at, those of a working day before `at` among them."""
    return Card.made_at > perhaps_since(at)


def perhaps_since(at: datetime) -> datetime:
    """Return the instant after which a list must have been made for `kept` to look at it."""
    return at - _LONGEST


def kept(lists: Iterable[Card], calendar: WorkCalendar, at: datetime) -> list[Card]:
    """Return those of the lists that were made less than a working day before `at`."""
    return [card for card in lists if calendar.due(card.made_at, KEPT_FOR) >= at]
