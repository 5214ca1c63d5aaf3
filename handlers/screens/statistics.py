"""The screens of `/statistik`: the figures, the numbers that open their cases, and the ways to narrow them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.paging import Page, in_pairs
from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.span import Span, worded
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.case.verdict import Count
from models.rules.period import Period, month_before
from models.statistics.cells import Sums
from models.statistics.figures import FEW, Came, Figures, OpenNow, PersonFigures
from models.statistics.holding import Hold
from models.statistics.listing import LATE_BY_HOLD, Listed, Number

PAGE = 6
"""Lines of one page of a list."""

_NAMES = (60, 40, 28, 20)
"""Characters of each name in a list: as many as its page has room for on a phone."""

_MONTHS_OFFERED = 6
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """Of what the figures are: the period, and in words what of the office. `behind` closed tasks are not counted."""

    period: Period
    what: str
    behind: int = 0


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The figures of one reader's choice.

    `of_cases` says that they are of whole cases; then `verdicts` are told. `standard` is that of a single step.
    `person` is what one person held and decided. `own` offers the reader's own figures, `whole` the way back to all
    that the reader may see, `people` those of persons, and `file` a spreadsheet.
    """

    heading: Heading
    figures: Figures
    came: Came
    open: OpenNow
    verdicts: Count | None
    standard: str = ""
    person: PersonFigures | None = None
    of_cases: bool = True
    own: bool = False
    whole: bool = False
    people: bool = True
    file: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One SOP, step, post or person of a list, with the `choice` by which its figures are shown alone."""

    name: str
    choice: str
    figures: Figures = field(default_factory=Figures)
    person: PersonFigures | None = None
    post: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True)
class ListedView:
    """A page of the cases behind a number. Those in `readable` may be opened by the reader."""

    heading: Heading
    number: Number
    count: int
    lines: Sequence[Listed]
    page: Page
    readable: frozenset[int]


def figures(view: FiguresView, say: Say) -> Screen:
    """Return the figures, with the ways to look closer."""
    lines = [*_title(view.heading, say), *_told(view, say)]
    return Screen(Markup("\n").join(lines), rows=tuple(_ways(view, say)))


def words(view: FiguresView, say: Say) -> Markup:
    """Return the figures in words alone: what stands under their picture, for those who cannot see it."""
    return Markup("\n").join([*_title(view.heading, say), *_told(view, say)])


def numbers(view: FiguresView, say: Say) -> Screen:
    """Return the numbers as buttons, each of which opens the cases it was made of."""
    found = [(number, count) for number, count in counts(view) if count]
    buttons = [
        Button(
            say.plain(
                "button-statistics-number",
                name=say.plain(f"statistics-number-{number.value}"),
                # The list behind it has tasks: one may have been reminded of several times.
                count=say.plain("statistics-reminded-times", count=str(count))
                if number is Number.REMINDED
                else str(count),
            ),
            Touch.FIGURES,
            f"number:{number.value}",
        )
        for number, count in found
    ]
    waited = view.figures.sums.waited + view.figures.sums.asked
    if waited and view.person is None:
        label = f"{say.plain('statistics-number-waited')} {seconds(waited, say)}"
        buttons.append(Button(label, Touch.FIGURES, f"number:{Number.WAITED.value}"))
    text = Markup("\n").join([*_title(view.heading, say), say("statistics-numbers" if found else "statistics-nothing")])
    return Screen(text, rows=(*in_pairs(buttons), (_back(say),)))


def counts(view: FiguresView) -> Iterator[tuple[Number, int]]:
    """Yield the numbers of a view that open cases, with how many there are."""
    sums, person = view.figures.sums, view.person
    if person is not None:
        yield from ((Number.HELD, person.held), (Number.TURNED_LATE, person.late), (Number.DECIDED, person.decided))
    else:
        if view.of_cases:
            yield from ((Number.CAME, view.came.cases), (Number.ENDED, sums.ends), (Number.CORRECTED, sums.corrected))
        yield from ((Number.STAYS, sums.stays), (Number.IN_TIME, view.figures.on_time), (Number.LATE, sums.late_stays))
        yield from ((LATE_BY_HOLD[how], booked.lates) for how, booked in _booked(view.figures))
        yield Number.RETURNED, view.figures.returned
        yield Number.REMINDED, sums.reminders
    yield from ((Number.OPEN, view.open.count), (Number.OPEN_LATE, view.open.late))
    if view.verdicts is not None:
        yield from said(view.verdicts)


def said(found: Count) -> tuple[tuple[Number, int], ...]:
    """Return what reporters said, each with how often."""
    return (
        (Number.HELPED, found.helped),
        (Number.NOT_HELPED, found.not_helped),
        (Number.QUICK, found.quick),
        (Number.SLOW, found.slow),
        (Number.CLEAR, found.clear),
        (Number.UNCLEAR, found.unclear),
    )


def listed(view: ListedView, say: Say) -> Screen:
    """Return a page of the cases behind a number."""
    name = say.plain(f"statistics-number-{view.number.value}")
    lines = [*_title(view.heading, say), say("statistics-listed", name=name, count=view.count)]
    lines += [_line(one, say) for one in view.lines]
    opening = [
        Button(say.plain("button-status-of", number=one.number.rpartition("-")[2]), Touch.STATUS, str(one.case_id))
        for one in {one.case_id: one for one in view.lines}.values()
        if one.case_id in view.readable
    ]
    rows = [tuple(opening[place : place + 3]) for place in range(0, len(opening), 3)]
    if view.page.pages > 1:
        lines.append(say("page-of", page=view.page.page + 1, pages=view.page.pages))
        rows.append(tuple(_turning(view.page, say)))
    back = Button(say.plain("button-back"), Touch.FIGURES, "face:numbers")
    return Screen(Markup("\n").join(lines), rows=(*rows, (back,)))


def groups(heading: Heading, found: Sequence[Group], page: Page, say: Say) -> Screen:
    """Return a page of SOPs, steps, posts or persons, each with its figures and a button that shows them alone."""
    shown = found[page.page * page.size : (page.page + 1) * page.size]

    def drawn(room: int) -> Screen:
        lines = [*_title(heading, say), *(_group(one, say, room) for one in shown)]
        lines.append(say("statistics-choose" if shown else "statistics-nothing"))
        if any(one.figures.median is not None for one in shown):
            lines.append(say("statistics-group-times-legend"))
        elif any(one.figures.stays for one in shown):
            lines.append(say("statistics-group-legend"))
        buttons = [Button(shortened(one.name, 22), Touch.FIGURES, one.choice) for one in shown]
        turning = [tuple(_turning(page, say))] if page.pages > 1 else []
        return Screen(Markup("\n").join(lines), rows=(*in_pairs(buttons), *turning, (_back(say),)))

    return phone.roomiest(_NAMES, drawn, phone.fits)[1]


def periods(heading: Heading, today: date, say: Say) -> Screen:
    """Return the periods that are offered: months, quarters, years."""
    months, quarters = [Period.month(today)], [_quarter(today)]
    while len(months) < _MONTHS_OFFERED:
        months.append(month_before(months[-1].first))
    quarters.append(_quarter(month_before(quarters[0].first).first))
    years = [Period.year(today), Period.year(date(today.year - 1, 1, 1))]
    buttons = [Button(say.time.month_of(one.first), Touch.FIGURES, f"period:{one}") for one in months]
    rows = [tuple(buttons[place : place + 3]) for place in range(0, len(buttons), 3)]
    rows.append(tuple(Button(period_words(one, say), Touch.FIGURES, f"period:{one}") for one in quarters))
    rows.append(tuple(Button(str(one), Touch.FIGURES, f"period:{one}") for one in years))
    text = Markup("\n").join([*_title(heading, say), say("statistics-choose-period")])
    return Screen(text, rows=(*rows, (_back(say),)))


def period_words(period: Period, say: Say) -> str:
    """Return what a period is called: a month, a quarter, a year, or its days."""
    if period == Period.month(period.first):
        return say.time.month(period.first)
    if period == Period.year(period.first):
        return str(period.first.year)
    if period == _quarter(period.first):
        return say.plain(
            "button-statistics-quarter", quarter=str((period.first.month + 2) // 3), year=str(period.first.year)
        )
    return f"{say.time.days(period.first, period.last)} {period.last.year}"


def _quarter(day: date) -> Period:
    first = date(day.year, (day.month - 1) // _QUARTER * _QUARTER + 1, 1)
    return Period(first, Period.month(date(first.year, first.month + 2, 1)).last)


def _title(heading: Heading, say: Say) -> list[Markup]:
    lines = [say("statistics-title", period=period_words(heading.period, say)), say("statistics-of", what=heading.what)]
    return [*lines, say("statistics-behind", count=heading.behind)] if heading.behind else lines


def _told(view: FiguresView, say: Say) -> Iterator[Markup]:
    told, sums = view.figures, view.figures.sums
    if view.person is not None:
        yield from _told_of_person(view.person, say)
    else:
        came, ended = (view.came.cases, sums.ends) if view.of_cases else (view.came.stays, sums.stays)
        yield say("statistics-cases" if view.of_cases else "statistics-stays", came=came, ended=ended)
        yield _in_time(told, say)
        if told.median is not None:
            yield say("statistics-times", half=at_most(told.median, say), most=at_most(told.ninth_tenth or 0, say))
        if view.standard:
            yield say("statistics-standard", standard=view.standard)
        yield from _told_of_lateness(told, say)
        if view.of_cases and (sums.corrected or told.returned):
            yield say("statistics-rounds", cases=sums.corrected, rounds=sums.rounds, returned=told.returned)
        elif told.returned:
            yield say("statistics-returned", returned=told.returned)
        if sums.waited or sums.asked:
            yield say("statistics-waited", waited=seconds(sums.waited, say), asked=seconds(sums.asked, say))
        if sums.reminders:
            yield say("statistics-reminded", count=sums.reminders)
    if view.verdicts is not None and view.verdicts.verdicts:
        yield _of_reporters(view.verdicts, say)
        rated = [
            f"{say.plain(f'statistics-number-{number.value}')} {count}"
            for number, count in said(view.verdicts)[2:]
            if count
        ]
        if rated:
            yield say("statistics-rated", words=" · ".join(rated))
    yield say("statistics-open", count=view.open.count, late=view.open.late)
    if view.open.oldest is not None:
        since = say.time.stamp(view.open.oldest)
        yield say("statistics-oldest", number=view.open.oldest_number, since=since)


def _of_reporters(told: Count, say: Say) -> Markup:
    line = say("statistics-verdicts", helped=told.helped, **{"not": told.not_helped})
    return line + say("statistics-verdicts-fellows", count=told.fellows) if told.fellows else line


def _in_time(told: Figures, say: Say) -> Markup:
    share = told.share_on_time
    if not told.stays:
        return say("statistics-nothing")
    if share is None:
        return say("statistics-in-time-few", part=told.on_time, whole=told.stays)
    return say("statistics-in-time", share=share, part=told.on_time, whole=told.stays)


def _told_of_person(person: PersonFigures, say: Say) -> Iterator[Markup]:
    yield say("statistics-person-held", held=person.held, late=person.late)
    if person.share_on_time is not None:
        yield say("statistics-person-share", share=person.share_on_time)
    if person.late_for:
        yield say("statistics-person-late", span=seconds(person.late_for, say))
    yield say("statistics-person-decided", decided=person.decided)


def _told_of_lateness(told: Figures, say: Say) -> Iterator[Markup]:
    found = [
        say(
            "statistics-late-by",
            how=say.plain(f"statistics-how-{how.value}"),
            count=booked.lates,
            span=seconds(booked.late, say),
        )
        for how, booked in _booked(told)
    ]
    if found:
        yield say("statistics-late-heading") + Markup(" ") + Markup(" · ").join(found)


def _booked(told: Figures) -> list[tuple[Hold, Sums]]:
    return [(how, told.booked[how]) for how in Hold if how in told.booked and told.booked[how].lates]


def _group(one: Group, say: Say, room: int) -> Markup:
    name = shortened(one.name, room)
    if one.person is not None:
        late_for = f" ({seconds(one.person.late_for, say)})" if one.person.late_for else ""
        return say(
            "statistics-group-person",
            name=name,
            post=one.post,
            held=one.person.held,
            late=one.person.late,
            span=late_for,
            decided=one.person.decided,
        )
    told = one.figures
    share = (
        say.plain("statistics-group-few", part=str(told.on_time), whole=str(told.stays))
        if told.stays < FEW
        else say.plain("statistics-group-share", share=str(told.share_on_time), whole=str(told.stays))
    )
    times = (
        say.plain("statistics-group-times", half=at_most(told.median, say), most=at_most(told.ninth_tenth or 0, say))
        if told.median is not None
        else ""
    )
    return say("statistics-group", name=name, share=share, times=times)


def _line(one: Listed, say: Say) -> Markup:
    more = say.plain("statistics-line-step", step=str(one.step)) if one.step else ""
    if one.late:
        more += say.plain("statistics-line-late", span=seconds(one.late, say))
    return say("statistics-line", number=one.number, at=say.time.stamp(one.at), more=more)


def _ways(view: FiguresView, say: Say) -> Iterator[tuple[Button, ...]]:
    def to(name: str, choice: str) -> Button:
        return Button(say.plain(f"button-statistics-{name}"), Touch.FIGURES, choice)

    yield to("numbers", "face:numbers"), to("period", "face:periods")
    if view.people:
        yield to("sops", "face:sops"), to("steps", "face:steps"), to("posts", "face:posts"), to("people", "face:people")
    mine = [to("own", "own")] if view.own else []
    whole = [to("all", "all")] if view.whole else []
    if mine or whole:
        yield (*mine, *whole)
    sent = [to("picture", "send:figures-picture"), to("print", "send:figures-print")]
    yield tuple([*sent, to("file", "file")] if view.file else sent)


def _turning(page: Page, say: Say) -> Iterator[Button]:
    if page.page > 0:
        yield Button(say.plain("button-page-before"), Touch.PAGE, str(page.page - 1))
    if page.page + 1 < page.pages:
        yield Button(say.plain("button-page-after"), Touch.PAGE, str(page.page + 1))


def _back(say: Say) -> Button:
    return Button(say.plain("button-back"), Touch.FIGURES, "face:main")


def minutes(amount: int, say: Say) -> str:
    """Return minutes of office time in words."""
    return worded(Span(0, 60 * amount), say)


def at_most(amount: int, say: Say) -> str:
    """Return the minutes of office time that something does not exceed, in words; none are “less than a minute”."""
    return say.plain("statistics-at-most", span=minutes(amount, say)) if amount else minutes(amount, say)


def seconds(amount: int, say: Say) -> str:
    """Return seconds of office time in words."""
    return worded(Span(0, amount), say)
