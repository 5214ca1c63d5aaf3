"""What the picture of compliance shows, worded for its reader: one SOP, its steps, and the trend of the last months."""

from collections.abc import Sequence
from datetime import datetime, time
from operator import attrgetter

from handlers.papers.compliance import TEMPLATE, Compliance, Imprint, StepBar, Total, Words
from handlers.papers.paper import Paper, Sheet
from handlers.screens.statistics import minutes, period_words
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from handlers.views.imprint import imprint
from models.office.person import Person
from models.repository.reader import Reader
from models.rules.period import Period, month_before
from models.rules.sop import Sop, Step
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar
from models.statistics.figures import FEW, Figures, by, total
from models.statistics.reading import Statistics
from models.statistics.wanted import Wanted

TARGET = 80
"""Percent of the steps in time that is asked for, where nobody has said otherwise."""

_MONTHS = 6

_NAME = 60

_BY_STEP = frozenset({"step", "minutes"})


def compliance(
    reader: Reader, wanted: Wanted, what: str, say: Say, *, printed_for: Person | None = None
) -> Paper | None:
    """Return the picture of what is wanted, or the page that is `printed_for` a person.

    None where no SOP that is loaded has anything to show. Without an SOP chosen, it is the one under which most was
    closed. `what` says of what the figures are. For a page it raises what `imprint` raises.
    """
    statistics = Statistics(reader)
    sop = _sop(reader, statistics, wanted)
    if sop is None:
        return None
    return _Drawer(reader, statistics, sop, wanted, say).paper(what, printed_for)


def _sop(reader: Reader, statistics: Statistics, wanted: Wanted) -> Sop | None:
    if wanted.sop is not None:
        return reader.rules.sops.get(wanted.sop)
    found = by(statistics.cells(wanted, frozenset({"sop"})), attrgetter("sop"))
    closed = sorted(found, key=lambda code: (-found[code].stays, code))
    return next((reader.rules.sops[code] for code in closed if code in reader.rules.sops), None)


class _Drawer:
    """Words one picture."""

    def __init__(self, reader: Reader, statistics: Statistics, sop: Sop, wanted: Wanted, say: Say) -> None:
        self._reader, self._statistics, self._sop, self._say = reader, statistics, sop, say
        self._wanted = Wanted(wanted.period, sop.code, wanted.step, wanted.post, wanted.person, wanted.posts)
        self._months = _months_before(wanted.period)

    def paper(self, what: str, printed_for: Person | None) -> Paper:
        say, cells = self._say, self._statistics.cells(self._wanted, _BY_STEP)
        steps = by(cells, attrgetter("step"))
        monthly = [
            by(self._statistics.cells(self._wanted.during(month), _BY_STEP), attrgetter("step"))
            for month in self._months
        ]
        shown = [self._bar(step, steps[step.number], monthly) for step in self._sop.steps if step.number in steps]
        content = Compliance(
            imprint=self._imprint(what, printed_for),
            office=self._reader.office_file.name,
            title=say.plain("compliance-title"),
            subtitle=f"{period_words(self._wanted.period, say)} · {shortened(self._sop.title, 80)}",
            totals=tuple(self._totals(total(cells), shown)),
            target=TARGET,
            steps=tuple(shown),
            words=self._words(),
            foot=what,
            language=say.language,
        )
        name = f"kepatuhan-{self._wanted.period}"
        if printed_for is not None:
            at = self._reader.at.replace(second=0, microsecond=0)
            return Paper(TEMPLATE, content, told_at=at, sheet=Sheet.PDF, name=name)
        # The picture is the same for every reader and at every instant, so that it is sent up once.
        told_at = datetime.combine(self._wanted.period.first, time(), self._reader.calendar.zone)
        return Paper(TEMPLATE, content, told_at=told_at, sheet=Sheet.PNG, name=name)

    def _imprint(self, what: str, printed_for: Person | None) -> Imprint | None:
        if printed_for is None:
            return None
        return imprint(self._reader, self._wanted.period, self._sop.title, what, printed_for, self._say)

    def _totals(self, told: Figures, shown: Sequence[StepBar]) -> list[Total]:
        say, came = self._say, self._statistics.came(self._wanted)
        first = (
            Total(str(came.cases), say.plain("compliance-came"))
            if Wanted(self._wanted.period, self._wanted.sop) == self._wanted
            else Total(str(told.stays), say.plain("compliance-closed"))
        )
        judged = [one for one in shown if one.verdict is not None]
        below = sum(one.verdict is False for one in judged)
        of = say.plain("compliance-of", part=str(below), whole=str(len(judged))) if judged else "–"
        return [
            first,
            Total(self._share(told), say.plain("compliance-share")),
            Total(of, say.plain("compliance-below")),
        ]

    def _share(self, told: Figures) -> str:
        share = told.share_on_time
        if share is None:
            return self._say.plain("compliance-of", part=str(told.on_time), whole=str(told.stays))
        return f"{share} %"

    def _bar(self, step: Step, told: Figures, monthly: Sequence[dict[int, Figures]]) -> StepBar:
        say, whole = self._say, _minutes_of(step.standard, self._reader.calendar)
        median, most = told.median, told.ninth_tenth
        share = told.share_on_time
        months = tuple(month[step.number].share_on_time if step.number in month else None for month in monthly)
        return StepBar(
            number=step.number,
            name=shortened(step.short, _NAME),
            standard=say.time.standard(step.standard),
            count=say.plain("compliance-few" if told.stays < FEW else "compliance-count", count=str(told.stays)),
            median=None if median is None else 100 * median // whole,
            p90=None if most is None else 100 * most // whole,
            median_text="–" if median is None else minutes(median, say),
            p90_text="–" if most is None else minutes(most, say),
            share=self._share(told),
            verdict=None if share is None else share >= TARGET,
            change=self._change(months),
            months=months,
        )

    def _change(self, months: Sequence[int | None]) -> str:
        now, before = months[-1], months[-2]
        if now is None or before is None:
            return ""
        if now == before:
            return self._say.plain("compliance-same")
        word = "compliance-up" if now > before else "compliance-down"
        return self._say.plain(word, points=str(abs(now - before)))

    def _words(self) -> Words:
        say, last = self._say, self._months[-1].first
        names = ("median", "p90", "standard", "activity", "actual", "in-time", "trend")
        return Words(
            **{name.replace("-", "_"): say.plain(f"compliance-{name}") for name in names},
            span=f"{say.time.month_of(self._months[0].first)} – {say.time.month_of(last)}",
            reading=say.plain("compliance-reading", target=str(TARGET)),
            method=say.plain("compliance-method", few=str(FEW)),
            nothing=say.plain("statistics-nothing"),
        )


def _months_before(period: Period) -> list[Period]:
    """Return the last months up to that in which the period ends."""
    found = [Period.month(period.last)]
    while len(found) < _MONTHS:
        found.append(month_before(found[-1].first))
    return found[::-1]


def _minutes_of(standard: Standard, calendar: WorkCalendar) -> int:
    """Return how many minutes of office time a standard has; a day has as many as a day of the office's week."""
    if standard.seconds is not None:
        return max(1, standard.seconds // 60)
    days = sum(bool(periods) for periods in calendar.hours.week)
    return max(1, round(standard.amount * calendar.hours.weekly.total_seconds() / 60 / max(1, days)))
