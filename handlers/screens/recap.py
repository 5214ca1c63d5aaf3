"""The monthly list of one person's work in chat: pages of cases with their assignment, time, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from handlers.screens import appraisal, phone
from handlers.screens.rating import Verdict
from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.case.verdict import Heard
from models.rules.period import Period, month_before

PAGE = 3
"""Cases on a page."""

MONTHS, _ACROSS = 12, 3
"""Months that a card offers, and how many stand in a row."""

_ROOMS = (400, 240, 160, 110, 80, 50, 30)
"""Characters of each of the texts that people wrote: as many as a page has room for on a phone."""

_UNCUT = 1_000_000
"""Characters that no text has which somebody wrote in chat."""


@dataclass(frozen=True, slots=True)
class PassLine:
    """One pass of the handling in words: `used` of `standard`; `late` and `before` are delays, "" where none.

    `late_reason` is why it was late, with its writer where that is another person; "" where it does not stand there.
    """

    round: int
    used: str
    standard: str
    late: str
    before: str
    given_by: str
    plh: str
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class RecapCase:
    """A case of the list, worded. What the reader may not read is empty; `hidden` says why, "" where nothing is."""

    case_id: int
    number: str
    subject: str
    hidden: str
    assigned_by: str
    assigned_at: str
    assigned: str
    passes: Sequence[PassLine]
    findings: str
    result: str
    state: str
    in_time: bool
    helped: bool | None
    heard: Heard
    verdict: Verdict
    well: bool | None
    appraised_by: str
    ended_by: str
    appraisable: bool


@dataclass(frozen=True, slots=True)
class RecapTotals:
    """What a month comes to. Small counts are told as they are, never in percent."""

    handled: int
    in_time: int
    corrections: int
    helped: int
    not_helped: int
    well: int
    improve: int


@dataclass(frozen=True, slots=True)
class RecapView:
    """A month of one person. `page` counts from 0; `cases` are those of the page, `handed_on` is worded.

    `today` is the day on the office's clock; `others` is whether the reader may look at other people.
    """

    name: str
    month: Period
    today: date
    now: datetime
    totals: RecapTotals
    cases: Sequence[RecapCase]
    page: int
    pages: int
    handed_on: Sequence[str]
    own: bool
    others: bool


@dataclass(frozen=True, slots=True)
class MonthInWords:
    """A whole month of one person; `handed_on` is worded."""

    name: str
    month: Period
    totals: RecapTotals
    cases: Sequence[RecapCase]
    handed_on: Sequence[str]


def whole(found: MonthInWords, say: Say) -> Markup:
    """Return a whole month, with all that was written."""
    blocks = [headline(found.name, found.month, found.totals, say)]
    blocks += [_case(one, say, _UNCUT) for one in found.cases]
    if found.handed_on:
        blocks.append(say("recap-handed-on", lines=", ".join(found.handed_on)))
    return Markup("\n\n").join(blocks)


def recap_card(view: RecapView, say: Say) -> Screen:
    """Return one page of a month, with what can be done with it."""
    return phone.roomiest(_ROOMS, lambda room: _drawn(view, say, room), phone.fits)[1]


def headline(name: str, month: Period, totals: RecapTotals, say: Say) -> Markup:
    """Return whose month it is and what it comes to; the words under its paper and its spreadsheet."""
    title = say("recap-title", month=say.time.month(month.first), name=name)
    if totals.handled == 0:
        return Markup("\n").join((title, say("recap-empty")))
    counted = say("recap-totals", handled=totals.handled, intime=totals.in_time, corrections=totals.corrections)
    judged = {"helped": totals.helped, "nothelped": totals.not_helped}
    appraised = {"well": totals.well, "improve": totals.improve}
    return Markup("\n").join((title, counted, say("recap-said", **judged, **appraised)))


def summary(view: RecapView, say: Say) -> Markup:
    """Return whose month it is and what it comes to."""
    return headline(view.name, view.month, view.totals, say)


def months_card(view: RecapView, say: Say) -> Screen:
    """Return the last twelve months, the present one first."""
    found = [Period.month(view.today)]
    while len(found) < MONTHS:
        found.append(month_before(found[-1].first))
    buttons = [Button(say.time.month_of(one.first), Touch.RECAP_MONTH, str(one)) for one in found]
    rows = [tuple(buttons[place : place + _ACROSS]) for place in range(0, len(buttons), _ACROSS)]
    return Screen(say("recap-months", name=view.name), (*rows, (_back(say),)))


def people_card(people: Sequence[tuple[int, str]], say: Say) -> Screen:
    """Return the people whose month the reader may look at."""
    rows = tuple((Button(name, Touch.RECAP_OF, str(number)),) for number, name in people)
    return Screen(say("recap-people" if people else "recap-nobody"), (*rows, (_back(say),)) if people else ())


def _back(say: Say) -> Button:
    return Button(say.plain("button-back"), Touch.RECAP_MONTH, "back")


def _drawn(view: RecapView, say: Say, room: int) -> Screen:
    blocks = [summary(view, say), *(_case(one, say, room) for one in view.cases)]
    if view.handed_on and view.page == view.pages - 1:
        blocks.append(say("recap-handed-on", lines=", ".join(view.handed_on)))
    if view.pages > 1:
        blocks.append(say("page-of", page=view.page + 1, pages=view.pages))
    return Screen(Markup("\n\n").join(blocks), _rows(view, say))


def _case(one: RecapCase, say: Say, room: int) -> Markup:
    subject = shortened(one.subject, room)
    lines = [
        say("recap-case", number=one.number, subject=subject) if subject else say("recap-number", number=one.number)
    ]
    if one.hidden:
        lines.append(say(f"recap-{one.hidden}"))
    if one.assigned_by:
        said = shortened(one.assigned, room)
        code = "recap-assigned-words" if said else "recap-assigned"
        lines.append(say(code, by=one.assigned_by, at=one.assigned_at, words=said))
    lines += [
        say(f"recap-{name}", words=shortened(words, room))
        for name, words in (("findings", one.findings), ("result", one.result))
        if words.strip()
    ]
    for each in one.passes:
        lines.append(pass_words(each, say, several=len(one.passes) > 1))
        if each.late_reason:
            lines.append(say("recap-late-reason", reason=shortened(each.late_reason, room)))
    lines += said_of(one, say)
    return Markup("\n").join(lines)


def pass_words(one: PassLine, say: Say, *, several: bool) -> Markup:
    """Return the time of one pass against its standard, and whose the delay was."""
    parts = [say("recap-late" if one.late else "recap-in-time", used=one.used, standard=one.standard, late=one.late)]
    if several:
        parts.insert(0, say("recap-round", round=one.round))
    if one.before:
        parts.append(say("recap-late-before", before=one.before, name=one.given_by))
    elif one.given_by:
        parts.append(say("recap-given-by", name=one.given_by))
    if one.plh:
        parts.append(say("recap-plh", capacity=one.plh))
    return Markup("").join(parts)


def said_of(one: RecapCase, say: Say) -> list[Markup]:
    """Return what the reporter and the superior said of the work; where others ended it, that is said of theirs."""
    if one.ended_by:
        return [say("recap-ended-by", name=one.ended_by)]
    if one.state:
        return [say("recap-state", state=one.state)]
    lines = [appraisal.reporters_said(one.helped, one.verdict, one.heard, say)]
    if one.well is not None:
        word = say.plain("button-appraisal-well" if one.well else "button-appraisal-improve")
        lines.append(say("recap-appraised", word=word, name=one.appraised_by))
    return lines


def plain_verdict(one: RecapCase, say: Say) -> str:
    """Return what the reporters said, as plain text for a cell."""
    if not one.heard.verdicts or one.ended_by:
        return ""
    if one.heard.reporters > 1:
        counts = {"given": str(one.heard.verdicts), "reporters": str(one.heard.reporters)}
        counts |= {"helped": str(one.heard.helped), "not": str(one.heard.not_helped)}
        words = [say.plain("recap-heard", **counts)]
        words += [
            say.plain("recap-rated-count", word=say.plain(f"recap-rated-{rated.value}"), count=str(count))
            for rated, count in one.heard.rated
        ]
    else:
        words = [say.plain("recap-helped" if one.helped else "recap-not-helped")]
        words += [say.plain(f"recap-rated-{rated.value}") for rated in one.verdict.words]
    return ", ".join(words)


def plain_feedback(one: RecapCase, say: Say) -> str:
    """Return what the superior said, as plain text for a cell."""
    if one.well is None or one.ended_by:
        return ""
    return say.plain("recap-feedback-well" if one.well else "recap-feedback-improve")


def _rows(view: RecapView, say: Say) -> tuple[tuple[Button, ...], ...]:
    rows = [
        appraisal.buttons(one.well, say, number=one.number, case_id=str(one.case_id))
        for one in view.cases
        if one.appraisable
    ]
    before, after = month_before(view.month.first), _month_after(view.month)
    turning = (
        _turning("button-page-before", view.page - 1, say) if view.page else None,
        _turning("button-page-after", view.page + 1, say) if view.page + 1 < view.pages else None,
    )
    taking = [Button(say.plain(f"button-recap-take-{form}"), Touch.RECAP_TAKE, form) for form in ("pdf", "xlsx")]
    months = (
        Button(f"‹ {say.time.month_of(before.first)}", Touch.RECAP_MONTH, str(before)),
        Button(say.plain("button-recap-choose-month"), Touch.RECAP_MONTH, "list"),
        Button(f"{say.time.month_of(after.first)} ›", Touch.RECAP_MONTH, str(after))
        if after.first <= view.today
        else None,
    )
    more = [
        *([Button(say.plain("button-recap-credit"), Touch.RECAP_CREDIT)] if view.own else []),
        *([Button(say.plain("button-recap-others"), Touch.RECAP_OF, "list")] if view.others else []),
    ]
    found = (*rows, turning, taking if view.totals.handled else (), months, more)
    shown = (tuple(button for button in row if button is not None) for row in found)
    return tuple(row for row in shown if row)


def _turning(code: str, page: int, say: Say) -> Button:
    return Button(say.plain(code), Touch.PAGE, str(page))


def _month_after(month: Period) -> Period:
    day = month.first
    return Period.month(date(day.year + day.month // 12, day.month % 12 + 1, 1))
