"""The calendar of the office in chat: its coming days off, what admins entered, and a change before it is confirmed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.rules.office_calendar import CalendarEntry, EntryKind, periods_written
from models.rules.work_calendar import Period, Week

_REASON = 160
_LINE = 60
_NAME = 30
_LABEL = 24
_MOVES = 8
_ENTRIES = 10
_SEASONS = 3
_COMING = 10
_TICKS = 40
_BUTTONS = 30


class Hours(StrEnum):
    """The hours that a button gives a working day; `OWN` asks for them."""

    FULL = "full"
    HALF = "half"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class DayOff:
    """A coming day off, and why."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """What an admin entered, with the admin's name."""

    entry: CalendarEntry
    by: str


@dataclass(frozen=True, slots=True)
class SeasonLine:
    """A season of the office file that is under way or to come; `estimated` until the government has decided it."""

    name: str
    first: date
    last: date
    week: Week
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The calendar as it is in force. `today_hours` is empty on a day off, of which `today_reason` tells why.

    `undoable` is the version that one tap takes back, None where none is. Only admins may change something.
    `unknown_years` are those ahead whose cuti bersama nobody has said to be complete. `following` is how many open
    steps have yet to follow the calendar with their deadlines.
    """

    today: date
    today_hours: Sequence[Period]
    today_reason: str
    coming: Sequence[DayOff]
    entries: Sequence[EntryLine]
    seasons: Sequence[SeasonLine]
    undoable: int | None
    admin: bool
    unknown_years: Sequence[int] = ()
    following: int = 0


@dataclass(frozen=True, slots=True)
class Moving:
    """The deadline of an open step that would move."""

    number: str
    before: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change before it is confirmed. `past` is whether it begins before `now`; `moving` are the deadlines it moves.

    These are all of them where they are `whole`; otherwise more open steps wait than were looked at.
    `unticked` are the places of entries that were left out. `passed_over` counts what a file held beside whole days.
    `hours` are what a button may give the days: a working day's, or the weeks of seasons by their names.
    """

    adding: Sequence[CalendarEntry]
    removing: Sequence[CalendarEntry]
    unticked: frozenset[int]
    passed_over: dict[str, int]
    moving: Sequence[Moving]
    past: bool
    now: datetime
    full: Sequence[Period] = ()
    weeks: Sequence[tuple[str, Week]] = field(default=())
    whole: bool = True


def calendar_card(view: CalendarView, say: Say) -> Screen:
    """Return the calendar. Everybody may read it; an admin gets the buttons that change it."""
    blocks = [say("calendar-title"), _today(view, say)]
    if view.coming:
        blocks.append(Markup("\n").join((say("calendar-coming"), *(_off(one, say) for one in view.coming[:_COMING]))))
    if view.seasons:
        seasons = [_season(one, say) for one in view.seasons[:_SEASONS]]
        blocks.append(Markup("\n").join((say("calendar-seasons"), *seasons)))
    if view.entries:
        lines = [_entered(one, say) for one in view.entries[:_ENTRIES]]
        more = [say("calendar-more", count=len(view.entries) - _ENTRIES)] if len(view.entries) > _ENTRIES else []
        blocks.append(Markup("\n").join((say("calendar-entries"), *lines, *more)))
    if view.admin and view.following:
        blocks.append(say("calendar-follows", count=view.following))
    if view.admin:
        blocks.append(say("calendar-how"))
    return Screen(Markup("\n\n").join(blocks), tuple(_main_rows(view, say)) if view.admin else ())


def _main_rows(view: CalendarView, say: Say) -> Iterator[tuple[Button, ...]]:
    def adds(kind: EntryKind) -> Button:
        return Button(say.plain(f"button-calendar-{kind.value}"), Touch.CALENDAR_ADD, kind.value)

    yield (adds(EntryKind.DAY_OFF), adds(EntryKind.WORKING_DAY))
    removes = Button(say.plain("button-calendar-remove"), Touch.CALENDAR_REMOVE)
    yield (adds(EntryKind.SEASON), *([removes] if view.entries else []))
    for year in view.unknown_years:
        yield (Button(say.plain("button-calendar-year", year=str(year)), Touch.CALENDAR_YEAR, str(year)),)
    if view.undoable is not None:
        yield (Button(say.plain("button-calendar-undo"), Touch.CALENDAR_UNDO, str(view.undoable)),)


def _today(view: CalendarView, say: Say) -> Markup:
    day = say.time.dated(view.today)
    if view.today_hours:
        return say("calendar-today", day=day, hours=_hours(view.today_hours))
    if view.today_reason:
        return say("calendar-today-holiday", day=day, reason=shortened(view.today_reason, _LINE))
    return say("calendar-today-off", day=day)


def _off(one: DayOff, say: Say) -> Markup:
    return say("calendar-line", day=say.time.dated(one.day), reason=shortened(one.reason, _LINE))


def _season(one: SeasonLine, say: Say) -> Markup:
    name = shortened(one.name, _LINE)
    code = "calendar-season-estimated" if one.estimated else "calendar-season"
    return say(code, days=_span(one.first, one.last, say), name=name, hours=_week(one.week, say))


def _entered(line: EntryLine, say: Say) -> Markup:
    entry = line.entry
    by = shortened(line.by, _NAME)
    said = {"days": _span(entry.first, entry.last, say), "reason": shortened(entry.reason, _LINE), "by": by}
    return say(f"calendar-entered-{entry.kind.value}", hours=_hours_of(entry, say), **said)


def prompt(kind: str, say: Say) -> Screen:
    """Return the card that asks for days, or for the hours of days that are named already."""
    return Screen(say(f"calendar-prompt-{kind}"), ((Button(say.plain("button-back"), Touch.BACK),),))


def removing(entries: Sequence[EntryLine], say: Say) -> Screen:
    """Return the entries of admins as buttons, of which one removes each."""
    rows = [
        (
            Button(
                say.plain(
                    "button-calendar-remove-of",
                    days=say.time.days(one.entry.first, one.entry.last),
                    reason=shortened(one.entry.reason, _LABEL),
                ),
                Touch.CALENDAR_REMOVE_OF,
                str(one.entry.number),
            ),
        )
        for one in entries[:_BUTTONS]
    ]
    return Screen(say("calendar-removing"), (*rows, (Button(say.plain("button-back"), Touch.BACK),)))


def choosing_hours(view: ChangeView, say: Say) -> Screen:
    """Return the question which hours hold on the days that are to be entered."""
    (entry, *_) = view.adding
    rows: list[tuple[Button, ...]] = []
    if entry.kind is EntryKind.WORKING_DAY:
        rows.append((_hours_button(Hours.FULL, view.full, say),))
        rows.append((_hours_button(Hours.HALF, view.full[:1], say),))
    for name, week in view.weeks if entry.kind is EntryKind.SEASON else ():
        label = say.plain("button-calendar-week", name=name, hours=_hours(next(filter(None, week), ())))
        rows.append((Button(label, Touch.CALENDAR_HOURS, name),))
    rows.append((Button(say.plain("button-calendar-own"), Touch.CALENDAR_HOURS, Hours.OWN.value),))
    text = say(
        "calendar-which-hours", days=_span(entry.first, entry.last, say), reason=shortened(entry.reason, _REASON)
    )
    return Screen(text, (*rows, (Button(say.plain("button-back"), Touch.BACK),)))


def _hours_button(hours: Hours, periods: Sequence[Period], say: Say) -> Button:
    label = say.plain(f"button-calendar-{hours.value}", hours=_hours(periods))
    return Button(label, Touch.CALENDAR_HOURS, hours.value)


def confirming(view: ChangeView, say: Say) -> Screen:
    """Return a change with the deadlines that it moves, to be confirmed."""
    ticks = len(view.adding) > 1
    blocks = [
        *(_asked(entry, say) for entry in view.adding if not ticks),
        *(_withdrawn(one, say) for one in view.removing),
    ]
    if ticks:
        blocks.append(say("calendar-import", count=len(view.adding) - len(view.unticked)))
    if passed := [say.plain(f"calendar-passed-{why}", count=count) for why, count in view.passed_over.items() if count]:
        blocks.append(say("calendar-passed", what=say.time.join(passed)))
    if view.past:
        blocks.append(say("calendar-past"))
    blocks.append(_moves(view, say))
    rows: list[tuple[Button, ...]] = _ticks(view, say) if ticks else []
    if len(view.unticked) < len(view.adding) or view.removing:
        rows.append((Button(say.plain("button-calendar-confirm"), Touch.CALENDAR_CONFIRM, style=Style.GREEN),))
    return Screen(Markup("\n\n").join(blocks), (*rows, (Button(say.plain("button-back"), Touch.BACK),)))


def _asked(entry: CalendarEntry, say: Say) -> Markup:
    said = {"days": _span(entry.first, entry.last, say), "reason": shortened(entry.reason, _REASON)}
    return say(f"calendar-confirm-{entry.kind.value}", hours=_hours_of(entry, say), **said)


def _withdrawn(entry: CalendarEntry, say: Say) -> Markup:
    days = _span(entry.first, entry.last, say)
    return say("calendar-confirm-remove", days=days, reason=shortened(entry.reason, _REASON))


def _moves(view: ChangeView, say: Say) -> Markup:
    lines = [
        say(
            "calendar-move",
            number=one.number,
            before=say.time.moment(one.before, now=view.now),
            due=say.time.moment(one.due, now=view.now),
        )
        for one in view.moving[:_MOVES]
    ]
    if len(view.moving) > _MOVES:
        more = "calendar-more" if view.whole else "calendar-more-at-least"
        lines.append(say(more, count=len(view.moving) - _MOVES))
    heading = say("calendar-moves" if view.whole else "calendar-moves-at-least", count=len(view.moving))
    return Markup("\n").join((heading, *lines))


def _ticks(view: ChangeView, say: Say) -> list[tuple[Button, ...]]:
    def tick(place: int, entry: CalendarEntry) -> Button:
        code = "button-unticked" if place in view.unticked else "button-ticked"
        named = f"{say.time.dated(entry.first)} {entry.reason}"
        return Button(say.plain(code, instruction=shortened(named, _LABEL * 2)), Touch.CALENDAR_TICK, str(place))

    return [(tick(place, entry),) for place, entry in enumerate(view.adding[:_TICKS])]


def _hours_of(entry: CalendarEntry, say: Say) -> str:
    match entry.kind:
        case EntryKind.DAY_OFF | EntryKind.YEAR:
            return ""
        case EntryKind.WORKING_DAY:
            return _hours(entry.periods)
        case EntryKind.SEASON:
            return _week(entry.week, say)


def _hours(periods: Sequence[Period]) -> str:
    return ", ".join(one.replace("-", "–") for one in periods_written(periods))


def _week(week: Week, say: Say) -> str:
    """Return the hours of a week: each run of weekdays with the same hours, such as `Sen–Kam 08.00–15.00`."""
    runs: list[tuple[int, int]] = []
    for day in range(len(week)):
        if runs and week[runs[-1][0]] == week[day]:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return "; ".join(f"{say.time.weekdays(first, last)} {_hours(week[first])}" for first, last in runs if week[first])


def _span(first: date, last: date, say: Say) -> str:
    """Return a day with its weekday, or a range, with the year."""
    return say.time.dated(first) if first == last else f"{say.time.dated(first)} – {say.time.dated(last)}"
