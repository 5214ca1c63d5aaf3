"""The ladder of reminders for one running step: warn, late, escalate, then repeat. Pure: data in, instants out.

Every rung lies inside office time, is strictly later than the one before it, and never comes early: its instant is
reached only when the share of office time it stands for has passed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import assert_never

from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar


class RungKind(StrEnum):
    """What a rung does: remind the holder, state the lateness, tell the superior and the watchers, remind again.

    They stand in the order in which they are climbed. The last is climbed again and again.
    """

    WARN = "warn"
    LATE = "late"
    ESCALATE = "escalate"
    REPEAT = "repeat"

    @classmethod
    def of(cls, ordinal: int) -> "RungKind":
        """Return the kind of the rung with this ordinal: 0 warn, 1 late, 2 escalate, 3 and on repeat."""
        if ordinal < 0:
            message = f"rungs are counted from 0: {ordinal}"
            raise ValueError(message)
        kinds = list(cls)
        return kinds[min(ordinal, len(kinds) - 1)]

    @property
    def ordinal(self) -> int:
        """The ordinal of the first rung of this kind."""
        return list(RungKind).index(self)


class Audience(StrEnum):
    """Who is told of an escalation beside the holder."""

    SUPERIOR = "superior"
    WATCHERS = "watchers"


@dataclass(frozen=True, slots=True)
class LadderSettings:
    """What an office decides about chasing.

    `warn_percent` of the standard (1 to 99) passes before the warning; `escalate_after_standards` more standards pass
    between the deadline and the escalation; `repeat_minimum` is the least office time, in seconds, between two
    repeats for standards in minutes and hours (for days it is the standard itself, so at most one a working day);
    `escalate_to` names who is told of an escalation beside the holder.
    """

    warn_percent: int = 80
    escalate_after_standards: int = 1
    repeat_minimum: int = 30 * 60
    escalate_to: tuple[Audience, ...] = (Audience.SUPERIOR, Audience.WATCHERS)

    def timing(self, kind: RungKind) -> dict[str, int] | None:
        """Return the settings from which the instant of a rung follows, by their names; None where it needs none.

        The journal tells them with each rung that is climbed: the office file they stand in may change.
        """
        match kind:
            case RungKind.WARN:
                return {"warn_percent": self.warn_percent}
            case RungKind.LATE:
                return None
            case RungKind.ESCALATE:
                return {"escalate_after_standards": self.escalate_after_standards}
            case RungKind.REPEAT:
                after, least = self.escalate_after_standards, self.repeat_minimum
                return {"escalate_after_standards": after, "repeat_minimum": least}
            case _:
                assert_never(kind)


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder of one task, owed from `at` (UTC) on."""

    ordinal: int
    kind: RungKind
    at: datetime


def rung(
    ordinal: int,
    *,
    opened: datetime,
    due: datetime,
    standard: Standard,
    calendar: WorkCalendar,
    settings: LadderSettings,
) -> Rung:
    """Return one rung of a task opened at `opened` with its deadline at `due`, which lies after it in office time.

    The first rung past office time that is truly late is the first whole second worked after the deadline: a deadline
    at a closing becomes late one second after the next opening. Raises ValueError for a negative ordinal.
    """
    kind = RungKind.of(ordinal)
    match kind:
        case RungKind.WARN:
            share = -(-calendar.between(opened, due) * settings.warn_percent // 100)
            at = calendar.add(opened, share)
        case RungKind.LATE:
            at = calendar.add(due, 1)
        case RungKind.ESCALATE | RungKind.REPEAT:
            at = _past_due(ordinal - RungKind.ESCALATE.ordinal, due, standard, calendar, settings)
        case _:
            assert_never(kind)
    return Rung(ordinal, kind, calendar.opening(at))


def rungs_due(
    from_ordinal: int,
    until: datetime,
    *,
    opened: datetime,
    due: datetime,
    standard: Standard,
    calendar: WorkCalendar,
    settings: LadderSettings,
) -> list[Rung]:
    """Return the rungs from `from_ordinal` on that are owed at `until`, in order; none when the next lies ahead.

    Of several repeats only the newest is returned: nobody is served by the reminders that a program which was down,
    or whose clock was wrong, did not send. So there are at most four rungs.
    """
    found: list[Rung] = []
    for ordinal in count(from_ordinal):
        following = rung(ordinal, opened=opened, due=due, standard=standard, calendar=calendar, settings=settings)
        if following.at > until:
            break
        if found and found[-1].kind is following.kind:
            found.pop()
        found.append(following)
    return found


def _past_due(
    repeats: int, due: datetime, standard: Standard, calendar: WorkCalendar, settings: LadderSettings
) -> datetime:
    if standard.seconds is not None:
        interval = max(standard.seconds, settings.repeat_minimum)
        return calendar.add(due, standard.seconds * settings.escalate_after_standards + interval * repeats)
    at = due
    # One standard after the other: a leap of many days could fall twice on one closing where special days are short.
    for _ in range(settings.escalate_after_standards + repeats):
        at = calendar.due(at, standard)
    return at
