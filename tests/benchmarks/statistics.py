"""What figures cost in a record with ten years of cases: each card as it is drawn, and each list behind a number."""

from datetime import date
from functools import partial

from models.mail.card import CardKind, Face
from models.rules.period import Period
from models.statistics.choice import Choice
from models.statistics.listing import Number
from tests.benchmarks.decade import Decade
from tests.benchmarks.drawn import HEAD, PRAKOM, SUPERIOR, Cost, Screens, counted, screens
from tests.benchmarks.figures import Figure, Findings
from tests.models.bureau import SOFTWARE

_MOST = 200
"""Milliseconds that any page may take."""

_TIMES = 5

MONTH, YEAR = Period(date(2026, 11, 1), date(2026, 11, 30)), Period(date(2026, 1, 1), date(2026, 12, 31))
SPAN = Period(date(2025, 10, 17), date(2026, 12, 9))
DECADE = Period(date(2017, 1, 1), date(2026, 12, 31))

_PAGES = {
    "the figures of a month": (HEAD, Choice(MONTH), Face.MAIN),
    "the figures of a year": (HEAD, Choice(YEAR), Face.MAIN),
    "the figures of a span with edges, over the turn of a year": (HEAD, Choice(SPAN), Face.MAIN),
    "the figures of ten years": (HEAD, Choice(DECADE), Face.MAIN),
    "the numbers of a year": (HEAD, Choice(YEAR), Face.NUMBERS),
    "the SOPs of a year": (HEAD, Choice(YEAR), Face.SOPS),
    "the steps of a year": (HEAD, Choice(YEAR), Face.STEPS),
    "the posts of a year": (HEAD, Choice(YEAR), Face.POSTS),
    "the people of a year": (HEAD, Choice(YEAR), Face.PEOPLE),
    "a step in a year": (HEAD, Choice(YEAR, sop=SOFTWARE, step=5), Face.MAIN),
    "a post in a span": (HEAD, Choice(SPAN, post="kadiv"), Face.MAIN),
    "the posts below a superior, a year": (SUPERIOR, Choice(YEAR), Face.MAIN),
    "one's own figures of a year": (PRAKOM, Choice(YEAR, person=PRAKOM), Face.MAIN),
}


def statistics(filled: Decade, findings: Findings) -> None:
    """Draw each page a few times, and each list behind a number once for each kind of choice."""
    with screens(filled) as drawing:
        for name, (person_id, choice, face) in _PAGES.items():
            cost = drawing.median(
                partial(drawing.draw, kind=CardKind.STATISTICS, person_id=person_id, subject=choice.kept, face=face),
                times=_TIMES,
            )
            _tell(findings, name, cost, drawing)
        for name, page in (("the first page", 0), ("the tenth page", 9)):
            slowest, number = max(
                ((_listed(drawing, one, page), one) for one in Number),
                key=lambda found: counted(found[0], drawing.database),
            )
            _tell(findings, f"{name} of cases of a year, the slowest ({number.value})", slowest, drawing)


def _listed(drawing: Screens, number: Number, page: int) -> Cost:
    """Return what a page of the cases behind a number costs; those of a person are asked for a person."""
    person = PRAKOM if number in {Number.HELD, Number.TURNED_LATE, Number.DECIDED} else None
    kept = Choice(YEAR, person=person, number=number).kept
    return drawing.median(
        lambda session: drawing.draw(session, CardKind.STATISTICS, HEAD, subject=kept, face=Face.LISTED, page=page),
        times=3,
    )


def _tell(findings: Findings, name: str, cost: Cost, drawing: Screens) -> None:
    value, meaning = counted(cost, drawing.database)
    findings.add(Figure("statistics", name, value, "ms", meaning, most=_MOST))
