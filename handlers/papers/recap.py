"""The monthly list of one person's work on paper, to be attached to the SKP: a row for each case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from handlers.papers.official import Letterhead, letterhead
from handlers.papers.paper import Paper
from handlers.screens.recap import PassLine, RecapCase, RecapTotals, plain_feedback, plain_verdict
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.rules.office_file import OfficeFile
from models.rules.period import Period

TEMPLATE = "recap"

_LABELS = (
    *("title", "name", "nip", "post", "unit", "case", "assignment", "work", "time", "verdict", "feedback"),
    *("findings", "result", "late", "direct", "handed-on"),
)
"""The words that the template prints around what it is given."""

_WORDS = 700
"""Characters of each text in a row: a row stands on one page."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a box, with what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class PaperPass:
    """The time of one pass: `before` says what of the delay, or of the way, was a colleague's."""

    title: str
    used: str
    standard: str
    verdict: str
    late: bool
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperCase:
    """A row of the list."""

    number: str
    unit: str
    subject: str
    hidden: str
    assigned_by: str
    assigned_at: str
    assigned: str
    findings: str
    result: str
    late: str
    passes: tuple[PaperPass, ...]
    verdict: str
    feedback: str
    feedback_by: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs by hand: above the place for it the capacity, below it name and NIP."""

    heading: str
    post: str
    name: str
    nip: str


@dataclass(frozen=True, slots=True)
class RecapPaper:
    """What stands on the paper. `labels` are the words of the template, by what they stand at."""

    language: str
    labels: Mapping[str, str]
    letterhead: Letterhead
    month: str
    name: str
    nip: str
    posts: str
    unit: str
    figures: tuple[Figure, ...]
    cases: tuple[PaperCase, ...]
    handed_on: str
    empty: str
    knowing: Signature
    reporting: Signature
    foot: str
    counted: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose month it is, and the superior: names, NIP and posts as they stand on paper."""

    name: str
    nip: str
    posts: Sequence[str]
    unit: str
    superior: str
    superior_nip: str
    superior_post: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A month to be put on paper. `cases` are in words, each with the unit of its reporter."""

    month: Period
    holder: Holder
    cases: Sequence[tuple[RecapCase, str]]
    totals: RecapTotals
    handed_on: Sequence[str]


def recap_paper(office: OfficeFile, told: Worked, say: Say, *, at: datetime) -> Paper:
    """Return the paper of a month. It is dated by the day, so that the same month is not set twice on one day."""
    zone, holder, month, totals = office.calendar.zone, told.holder, told.month, told.totals
    day = at.astimezone(zone).date()
    word = say.time.month(month.first)
    content = RecapPaper(
        language=say.language,
        labels={name: say.plain(f"recap-label-{name}") for name in _LABELS},
        letterhead=letterhead(office.lines, office.name, office.address, office.logo),
        month=word,
        name=holder.name,
        nip=holder.nip,
        posts="; ".join(holder.posts),
        unit=holder.unit,
        figures=_figures(totals, say),
        cases=tuple(_row(one, unit, say) for one, unit in told.cases),
        handed_on=", ".join(told.handed_on),
        empty="" if told.cases else say.plain("recap-empty"),
        knowing=Signature(say.plain("recap-knowing"), holder.superior_post, holder.superior, holder.superior_nip),
        reporting=Signature(say.time.long_date(day), say.plain("recap-reporting"), holder.name, holder.nip),
        foot=say.plain("recap-foot", month=word, name=holder.name, day=say.time.long_date(day)),
        counted=say.plain("recap-foot-counted"),
    )
    told_at = datetime.combine(day, time.min, zone)
    return Paper(TEMPLATE, content, told_at=told_at, name=f"rekap-kinerja-{month}")


def _figures(totals: RecapTotals, say: Say) -> tuple[Figure, ...]:
    judged = totals.helped + totals.not_helped
    appraised = totals.well + totals.improve
    return (
        Figure(str(totals.handled), say.plain("recap-figure-handled")),
        Figure(
            say.plain("recap-figure-of", some=totals.in_time, all=totals.handled), say.plain("recap-figure-in-time")
        ),
        Figure(str(totals.corrections), say.plain("recap-figure-corrections")),
        Figure(_of(totals.helped, judged, say), say.plain("recap-figure-helped")),
        Figure(_of(totals.well, appraised, say), say.plain("recap-figure-well")),
    )


def _of(some: int, every: int, say: Say) -> str:
    return say.plain("recap-figure-of", some=some, all=every)


def _row(one: RecapCase, unit: str, say: Say) -> PaperCase:
    feedback = plain_feedback(one, say)
    state = say.plain("recap-ended-by", name=one.ended_by) if one.ended_by else one.state
    return PaperCase(
        number=one.number,
        unit=unit,
        subject=_cut(one.subject),
        hidden=say.plain(f"recap-paper-{one.hidden}") if one.hidden else "",
        assigned_by=one.assigned_by,
        assigned_at=one.assigned_at,
        assigned=_cut(one.assigned),
        findings=_cut(one.findings),
        result=_cut(one.result),
        late=_late(one.passes, say),
        passes=tuple(_pass(each, say, several=len(one.passes) > 1) for each in one.passes),
        verdict=plain_verdict(one, say) or state or say.plain("recap-silent"),
        feedback=feedback or "–",
        feedback_by=one.appraised_by if feedback else "",
    )


def _pass(one: PassLine, say: Say, *, several: bool) -> PaperPass:
    beside = [
        *([say.plain("recap-paper-before", before=one.before, name=one.given_by)] if one.before else []),
        *([say.plain("recap-paper-given", name=one.given_by)] if one.given_by and not one.before else []),
        *([say.plain("recap-paper-as", capacity=one.plh)] if one.plh else []),
    ]
    return PaperPass(
        title=say.plain("recap-paper-round", round=str(one.round)) if several else "",
        used=one.used,
        standard=say.plain("recap-paper-standard", standard=one.standard),
        verdict=say.plain("recap-paper-late", late=one.late) if one.late else say.plain("recap-paper-in-time"),
        late=bool(one.late),
        beside=tuple(beside),
    )


def _late(passes: Sequence[PassLine], say: Say) -> str:
    """Return why passes were late: the reasons share the room of one text; of several each has its round."""
    given = [one for one in passes if one.late_reason]
    told = []
    for one in given:
        round_of = f"{say.plain('recap-paper-round', round=str(one.round))}: " if len(passes) > 1 else ""
        told.append(round_of + shortened(one.late_reason, _WORDS // len(given)))
    return "; ".join(told)


def _cut(words: str) -> str:
    return shortened(words.strip(), _WORDS)
