"""Who hears that a rung of the ladder was climbed, and by which kind of notice."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.mail.notice import NoticeKind
from models.rules.complete import complete
from models.rules.ladder import RungKind


@dataclass(frozen=True, slots=True)
class Reminder:
    """The notices for one kind of rung.

    `holders` is what those get who may decide the task. `overseers` is what its superiors and the watchers get, None
    where they hear nothing.
    """

    holders: NoticeKind
    overseers: NoticeKind | None = None


REMINDERS: Mapping[RungKind, Reminder] = complete(
    RungKind,
    {
        RungKind.WARN: Reminder(NoticeKind.WARN),
        RungKind.LATE: Reminder(NoticeKind.LATE),
        RungKind.ESCALATE: Reminder(NoticeKind.REPEAT, overseers=NoticeKind.ESCALATE),
        RungKind.REPEAT: Reminder(NoticeKind.REPEAT),
    },
)
"""The reminder of each kind of rung."""

FOR_OVERSEERS = frozenset(reminder.overseers for reminder in REMINDERS.values() if reminder.overseers is not None)
"""The kinds of notice that are for overseers. They stay in the chat while the task passes from holder to holder."""

OVERSEEN_FROM = 1 + min(kind.ordinal for kind, reminder in REMINDERS.items() if reminder.overseers is not None)
"""A task whose next rung has this number, or a higher one, is a task that its overseers have heard of."""
