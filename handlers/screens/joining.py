"""Several reports of the same: what a draft offers, and how cards tell that a case has more than one reporter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.screen import Button, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened

_WORDS = 80
"""Characters that an offered report is told by."""

_NAMES = 4
"""Reporters whose names a card has."""


@dataclass(frozen=True, slots=True)
class OfferView:
    """An open report that is like a draft: `common` are words of the draft, `subject` its own first line or ""."""

    case_id: int
    number: str
    since: datetime
    common: Sequence[str]
    subject: str


@dataclass(frozen=True, slots=True)
class FellowView:
    """A reporter of a case beside the first one; `number` is the case that their report was, "" where it was none."""

    name: str
    unit: str
    number: str = ""


def offered(offers: Sequence[OfferView], say: Say, *, now: datetime) -> list[Markup]:
    """Return the lines of a draft that name the reports which are like it; none where there are none."""
    lines = [_line(one, say, now=now) for one in offers]
    return [say("draft-alike"), *lines] if lines else []


def _line(offer: OfferView, say: Say, *, now: datetime) -> Markup:
    code, words = "draft-alike-line", ", ".join(offer.common)
    if offer.subject:
        code, words = "draft-alike-whole", offer.subject
    since = say.time.brief(offer.since, now=now)
    return say(code, number=offer.number, since=since, words=shortened(words, _WORDS))


def rows(offers: Sequence[OfferView], say: Say) -> list[tuple[Button, ...]]:
    """Return the button of each report that is offered."""
    return [
        (Button(say.plain("button-me-too", number=offer.number.rpartition("-")[2]), Touch.ME_TOO, str(offer.case_id)),)
        for offer in offers
    ]


def reporters(first: str, fellows: Sequence[FellowView], say: Say) -> list[Markup]:
    """Return how many reporters a case has, and who they are; nothing where it has one."""
    if not fellows:
        return []
    named = [_named(one) for one in fellows[: _NAMES - 1]]
    more = ["…"] if len(fellows) > len(named) else []
    return [say("card-reporters", count=len(fellows) + 1, names=", ".join([first, *named, *more]))]


def _named(one: FellowView) -> str:
    about = ", ".join(filter(None, (one.unit, one.number)))
    return f"{one.name} ({about})" if about else one.name
