"""What a search has found: a page of cases with the words that were looked for, and the buttons that narrow it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Self

from markupsafe import Markup, escape

from handlers.screens import phone
from handlers.screens.queue import short_numbers
from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened

PAGE = 6
"""Cases on one page."""

_ROOMS = (90, 70, 50, 30, 0)
"""Characters of what was said in each case, as its page has room for."""

_OPEN, _OVER, _MINE = "open", "over", "mine"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a search is narrowed to beside its words, as its card keeps it: `open 202611 SW mine`."""

    is_open: bool | None = None
    month: int | None = None
    sop: str | None = None
    mine: bool = False

    @classmethod
    def parse(cls, kept: str) -> Self:
        """Return what was kept; a word that says nothing is left out."""
        words = kept.split()
        is_open = True if _OPEN in words else False if _OVER in words else None
        month = next((int(one) for one in words if one.isascii() and one.isdecimal()), None)
        sop = next((one for one in words if one.isalpha() and one.isupper()), None)
        return cls(is_open, month, sop, _MINE in words)

    def __str__(self) -> str:
        state = "" if self.is_open is None else _OPEN if self.is_open else _OVER
        parts = (state, str(self.month or ""), self.sop or "", _MINE if self.mine else "")
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A case that was found. `state` is a value of `CaseState`; `post` and `holder` are "" where it is over.

    `said` are the pieces of its words, each with whether it was looked for.
    """

    case_id: int
    number: str
    state: str
    opened_at: datetime
    step: int
    post: str
    holder: str
    said: Sequence[tuple[str, bool]]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class SearchView:
    """One page of what was found. `total` counts the cases of all pages; with `more` there are older ones.

    `partly` says that no case has all the words, `filling` that the index does not have all cases yet. Of the cases
    that the person joined only the newest `joined_most` were looked through, None for all. `months` are days of the
    months that a search may be narrowed to, `sops` the prefixes of the SOPs.
    """

    words: str
    lines: Sequence[FoundLine]
    total: int
    page: int
    narrowing: Narrowing
    months: Sequence[date]
    sops: Sequence[str]
    zone: tzinfo
    more: bool = False
    partly: bool = False
    filling: bool = False
    joined_most: int | None = None


def asking(say: Say) -> Screen:
    """Return the card that asks what to look for."""
    return Screen(say("search-asks"))


def no_words(say: Say, typed: str) -> Screen:
    """Return the card of a search in which no word says anything."""
    return Screen(say("search-no-words", words=typed), rows=((_again(say),),))


def result(view: SearchView, say: Say) -> Screen:
    """Return a page of what was found, with a button for each case, and buttons to narrow it and to turn the page."""
    below = (*_narrowing(view, say), *((turning,) if (turning := tuple(_turning(view, say))) else ()), (_again(say),))
    left_out = [say("search-joined", count=view.joined_most)] if view.joined_most is not None else []
    if not view.lines:
        nothing = say("search-filling" if view.filling else "search-nothing", words=view.words)
        rows = below if str(view.narrowing) else ((_again(say),),)
        return Screen(Markup("\n").join((nothing, *left_out)), rows=rows)
    numbers = short_numbers([line.number for line in view.lines])
    buttons = [
        Button(say.plain(f"button-case-{line.state}", number=numbers[line.number]), Touch.STATUS, str(line.case_id))
        for line in view.lines
    ]
    rows = (*(tuple(buttons[place : place + 3]) for place in range(0, len(buttons), 3)), *below)

    def drawn(room: int) -> Screen:
        heading = say("search-found", words=view.words, count=view.total, more="yes" if view.more else "no")
        partly = [say("search-partly")] if view.partly else []
        lines = [_line(line, view, say, room) for line in view.lines]
        return Screen(Markup("\n").join((heading, *partly, *lines, *left_out)), rows=rows)

    return phone.roomiest(_ROOMS, drawn, phone.fits)[1]


def _line(line: FoundLine, view: SearchView, say: Say, room: int) -> Markup:
    day = line.opened_at.astimezone(view.zone).date()
    subject = Markup(" · {}").format(say.time.days(day, day))
    told = say(f"list-case-{line.state}", number=line.number, subject=subject)
    if line.post:
        holder = say("search-holder", holder=line.holder) if line.holder else Markup()
        told += say("search-at", step=line.step, post=line.post, holder=holder)
    said = _said(line, room)
    return told + (Markup("\n") + said if said else Markup())


def _said(line: FoundLine, room: int) -> Markup:
    """Return what was said, with the words that were looked for in bold, cut to its room."""
    found, left = Markup("…") if line.cut_before else Markup(), room
    for piece, wanted in line.said:
        if left <= 0:
            break
        text = shortened(piece, left) if len(piece) > left else piece
        left -= len(piece)
        found += Markup("<b>{}</b>").format(text) if wanted else escape(text)
    return found + (Markup("…") if line.cut_after and left > 0 else Markup()) if room else Markup()


def _narrowing(view: SearchView, say: Say) -> Iterator[tuple[Button, ...]]:
    now = view.narrowing
    states = {None: True, True: False, False: None}
    state = {None: "all", True: "open", False: "over"}[now.is_open]
    months = [None, *(int(f"{one:%Y%m}") for one in view.months)]
    month = months[(months.index(now.month) + 1) % len(months)] if now.month in months else None
    named = say.time.month_of(_first(now.month)) if now.month is not None else "all"
    yield (
        _to(say.plain("button-search-state", state=state), replace(now, is_open=states[now.is_open])),
        _to(say.plain("button-search-month", month=named), replace(now, month=month)),
    )
    more = [_to(say.plain("button-search-mine", mine="yes" if now.mine else "no"), replace(now, mine=not now.mine))]
    if len(view.sops) > 1:
        sops = [None, *view.sops]
        sop = sops[(sops.index(now.sop) + 1) % len(sops)] if now.sop in sops else None
        more.append(_to(say.plain("button-search-sop", sop=now.sop or "all"), replace(now, sop=sop)))
    yield tuple(more)


def _first(month: int) -> date:
    return date(month // 100, month % 100, 1)


def _to(label: str, narrowing: Narrowing) -> Button:
    return Button(label, Touch.SEARCH_NARROW, str(narrowing))


def _again(say: Say) -> Button:
    return Button(say.plain("button-search-again"), Touch.SEARCH_AGAIN)


def _turning(view: SearchView, say: Say) -> Iterator[Button]:
    if view.page > 0:
        yield Button(say.plain("button-page-before"), Touch.PAGE, str(view.page - 1))
    if (view.page + 1) * PAGE < view.total:
        yield Button(say.plain("button-page-after"), Touch.PAGE, str(view.page + 1))
