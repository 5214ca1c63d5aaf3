"""The form of an SOP as Permenpan RB 35/2012 prescribes it: identity, and the table with its flow chart."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from handlers.papers.official import drawing
from handlers.papers.paper import Paper, Verbatim
from handlers.texts.wording import INDONESIAN, Wording
from models.rules.logo import Logo
from models.rules.sop import Sop, Step

TEMPLATE = "sop-form"


@dataclass(frozen=True, slots=True)
class FormStep:
    """A row of the table. `lane` is the column of its role, `back` the row to which “Tidak” leads; both from 0.

    `mark` is what stands in the symbol that begins or ends the chart.
    """

    number: int
    activity: str
    lane: int
    decision: bool
    back: int | None
    requires: str
    standard: str
    output: str
    note: str
    mark: str


@dataclass(frozen=True, slots=True)
class SopForm:
    """What stands on the form. The words are the document's own; `reading` says what of it is read by the program.

    `logo` is a drawing in SVG, "" where the office has none.
    """

    logo: Verbatim
    institution: tuple[str, ...]
    number: str
    title: str
    created: str
    revised: str
    effective: str
    capacity: str
    statement: str
    name: str
    rank: str
    nip: str
    legal_basis: tuple[str, ...]
    qualifications: tuple[str, ...]
    related: tuple[str, ...]
    equipment: tuple[str, ...]
    warning: str
    record_keeping: str
    roles: tuple[str, ...]
    steps: tuple[FormStep, ...]
    reading: str
    digest: Verbatim


def sop_form(sop: Sop, logo: Logo | None = None) -> Paper:
    """Return the form of one version of an SOP, in Indonesian as all official papers, with the logo of its office.

    It depends on nothing else. The regulation wants the logo above the name of the institution (Permenpan RB 35/2012).
    """
    words = Wording(INDONESIAN, ZoneInfo("UTC"))
    lanes = {role.code: lane for lane, role in enumerate(sop.roles)}
    approval = sop.approval
    content = SopForm(
        logo=drawing(logo),
        institution=sop.institution,
        number=sop.number,
        title=sop.title,
        created=words.long_date(sop.created),
        revised=words.long_date(sop.revised) if sop.revised else "–",
        effective=words.long_date(sop.effective),
        capacity=approval.capacity,
        statement=approval.statement,
        name=approval.name,
        rank=approval.rank,
        nip=approval.nip,
        legal_basis=sop.legal_basis,
        qualifications=sop.qualifications,
        related=tuple(related.title for related in sop.related),
        equipment=sop.equipment,
        warning=sop.warning,
        record_keeping=sop.record_keeping,
        roles=tuple(role.heading for role in sop.roles),
        steps=tuple(_row(sop, step, lanes[step.role]) for step in sop.steps),
        reading=_reading(sop),
        digest=Verbatim(sop.digest),
    )
    return Paper(TEMPLATE, content, told_at=datetime.combine(sop.effective, time.min, UTC), name=sop.code)


def decides(step: Step) -> bool:
    """Whether a step is drawn as a diamond: one that passes the work on or returns it."""
    return step.kind.rules.reviews


def _row(sop: Sop, step: Step, lane: int) -> FormStep:
    ends = {sop.last.number: "Selesai", sop.first.number: "Mulai"}
    return FormStep(
        number=step.number,
        activity=step.activity,
        lane=lane,
        decision=decides(step),
        back=sop.return_target(step).number - 1 if decides(step) else None,
        requires=step.requires,
        standard=str(step.standard),
        output=step.output,
        note=step.note,
        mark=step.mark.capitalize() or ends.get(step.number, ""),
    )


def _reading(sop: Sop) -> str:
    numbers = [str(step.number) for step in sop.steps if decides(step)]
    ways = f", belah ketupat, dan arah “Tidak” (langkah {', '.join(numbers)})" if numbers else ""
    return (
        f"Bagan ini disusun program dari berkas SOP: letak kotak{ways} adalah bacaan kami. "
        "Yang mengikat ialah naskah yang ditandatangani."
    )
