"""A month of one person's work in the words of a reader, found in one transaction and then frozen."""

from collections.abc import Sequence
from datetime import date

from handlers.papers.paper import Paper
from handlers.papers.recap import Holder, Worked, recap_paper
from handlers.screens import span
from handlers.screens.rating import Verdict
from handlers.screens.recap import PAGE, MonthInWords, PassLine, RecapCase, RecapTotals, RecapView
from handlers.texts.catalogue import Say
from models.case.case import CaseState
from models.case.verdict import changeable_until
from models.mail.card import Card
from models.office.person import Person
from models.office.tenure import ActingAs, Capacity
from models.queries.recap import entitled
from models.queries.recap.rows import Assignment, Handled, Pass, Recap
from models.repository.reader import Reader
from models.rules.standard import Standard


def recap_view(reader: Reader, told: Recap, say: Say, *, viewer: Person, card: Card) -> RecapView:
    """Return a month as a card shows it, with the cases of the card's page alone."""
    pages = max(1, -(-len(told.handled) // PAGE))
    page = min(max(card.page or 0, 0), pages - 1)
    shown = told.handled[page * PAGE : (page + 1) * PAGE]
    return RecapView(
        name=told.name,
        month=told.period,
        today=today(reader),
        now=reader.at,
        totals=totals(told),
        cases=[worded(reader, one, say) for one in shown],
        page=page,
        pages=pages,
        handed_on=handed_on(told, say),
        own=viewer.id == told.person_id,
        others=bool(entitled.below(reader.office(), viewer)),
    )


def paper(reader: Reader, told: Recap, say: Say) -> Paper:
    """Return a month on paper."""
    holder = Holder(
        name=told.name,
        nip=told.nip,
        posts=told.posts,
        unit=told.unit,
        superior=told.superior,
        superior_nip=told.superior_nip,
        superior_post=told.superior_post,
    )
    cases = [(worded(reader, one, say), one.unit) for one in told.handled]
    worked = Worked(told.period, holder, cases, totals(told), handed_on(told, say))
    return recap_paper(reader.office_file, worked, say, at=reader.at)


def in_words(reader: Reader, told: Recap, say: Say) -> MonthInWords:
    """Return a whole month in words."""
    cases = [worded(reader, one, say) for one in told.handled]
    return MonthInWords(told.name, told.period, totals(told), cases, handed_on(told, say))


def handed_on(told: Recap, say: Say) -> list[str]:
    """Return what was handed on, in words."""
    return [say.plain("recap-handed-one", number=one.number, name=one.to) for one in told.handed_on]


def totals(told: Recap) -> RecapTotals:
    """Return what a month comes to. What was said counts where the person ended the work."""
    judged = [one for one in told.concluded if one.state is CaseState.CLOSED]
    return RecapTotals(
        handled=len(told.handled),
        in_time=told.in_time,
        corrections=told.corrections,
        helped=sum(one.heard.helped for one in judged),
        not_helped=sum(one.heard.not_helped for one in judged),
        well=sum(one.well is True for one in judged),
        improve=sum(one.well is False for one in judged),
    )


def worded(reader: Reader, one: Handled, say: Say) -> RecapCase:
    """Return a case of the list in words."""
    assignment = one.assignment
    return RecapCase(
        case_id=one.case_id,
        number=one.number,
        subject=one.subject,
        hidden="confidential" if one.confidential else "erased" if one.erased else "",
        assigned_by=_who(assignment, say) if assignment is not None else "",
        assigned_at=say.time.stamp(assignment.at) if assignment is not None else "",
        assigned=_said(assignment) if assignment is not None else "",
        passes=[_pass(reader, each, say) for each in one.passes],
        findings=one.findings,
        result=one.result,
        state="" if one.state is CaseState.CLOSED else say.plain(f"register-state-{one.state.value}"),
        in_time=one.in_time,
        helped=one.helped,
        heard=one.heard,
        verdict=Verdict(one.quick, one.clear, changeable_until(one.closed_at)),
        well=one.well,
        appraised_by=one.appraised_by,
        ended_by=one.ended_by,
        appraisable=one.appraisable,
    )


def today(reader: Reader) -> date:
    """Return the day on the office's clock."""
    return reader.at.astimezone(reader.calendar.zone).date()


def _pass(reader: Reader, one: Pass, say: Say) -> PassLine:
    standard = Standard.parse(one.standard)
    due = reader.calendar.due(one.counted_from, standard)

    def over(seconds: int) -> str:
        return span.worded(span.overdue(reader.calendar, due, seconds), say) if seconds > 0 else ""

    return PassLine(
        round=one.round,
        used=span.worded(span.measured(reader.calendar, one.counted_from, one.submitted_at), say),
        standard=say.time.standard(standard),
        late=over(one.late_by),
        before=over(one.late_before),
        given_by=one.given_by,
        plh=_capacity(one.acting, say),
        late_reason=_late_reason(one, say),
    )


def _late_reason(one: Pass, say: Say) -> str:
    """Return the reason of a delay in quotation marks, with its writer where that is another person."""
    if not one.late_reason:
        return ""
    words = " ".join(one.late_reason.split())
    code = "recap-late-reason-of" if one.late_reason_by else "recap-late-reason-own"
    return say.plain(code, reason=words, name=one.late_reason_by)


def _capacity(acting: ActingAs | None, say: Say) -> str:
    """Return “Plh.” or “Plt.” where work was done so, "" where it was done by a holder of the post."""
    if acting is None or acting.capacity is Capacity.DEFINITIVE:
        return ""
    return say.plain(f"register-capacity-{acting.capacity.value}")


def _who(assignment: Assignment, say: Say) -> str:
    capacity = _capacity(assignment.acting, say)
    post = f"{capacity} {assignment.post}".strip()
    return say.plain("recap-by", name=assignment.by, post=post)


def _said(assignment: Assignment) -> str:
    said: Sequence[str] = [*assignment.instructions, *([assignment.note.strip()] if assignment.note.strip() else [])]
    return "; ".join(said)
