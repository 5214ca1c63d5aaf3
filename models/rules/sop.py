"""An SOP as data: one document, its roles, and the steps a report travels through in order."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from models.rules.document import Findings, Table, duplicates, nearest, parse_document, read_document, shown
from models.rules.errors import InvalidSop, InvalidStandard, NoReturnTarget, Problem, UnknownRole, UnknownStep

SHORT_LIMIT, TITLE_LIMIT = 60, 200
"""Characters of what stands on buttons and pictures (roles, instructions, a step's short wording); of the title."""

_STANDARD = re.compile(r"([1-9][0-9]{0,3}) (menit|jam|hari)")
_PREFIX = re.compile(r"[A-Z]{2,5}")


class StepKind(StrEnum):
    """What the holder of a step does with the report."""

    ASSIGN = "assign"
    HANDLE = "handle"
    CORRECT = "correct"
    APPROVE = "approve"
    ACKNOWLEDGE = "acknowledge"

    @property
    def reviews(self) -> bool:
        """Whether this kind judges handled work and may return it."""
        return self in {StepKind.CORRECT, StepKind.APPROVE}


class StandardUnit(StrEnum):
    """The units the document measures time in; minutes and hours are office time, days are working days."""

    MINUTES = "menit"
    HOURS = "jam"
    DAYS = "hari"


@dataclass(frozen=True, slots=True)
class Standard:
    """The time a step may take (mutu baku waktu), as the document writes it: "30 menit", "2 hari"."""

    amount: int
    unit: StandardUnit

    def __post_init__(self) -> None:
        if not _STANDARD.fullmatch(str(self)):
            raise InvalidStandard(str(self))

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.value}"

    @classmethod
    def parse(cls, text: str) -> "Standard":
        """Read a standard from 1 to 9999 menit, jam or hari; raises `InvalidStandard` for anything else."""
        match = _STANDARD.fullmatch(text)
        if match is None:
            raise InvalidStandard(text)
        return cls(int(match[1]), StandardUnit(match[2]))

    @property
    def seconds(self) -> int | None:
        """The standard in seconds of office time; None for days, whose length depends on the calendar."""
        return {StandardUnit.MINUTES: self.amount * 60, StandardUnit.HOURS: self.amount * 3600}.get(self.unit)


@dataclass(frozen=True, slots=True)
class Role:
    """A column of the SOP's table.

    `title` is what people are shown, `heading` the column's heading as printed, `aliases` the other names the document
    uses for the same role.
    """

    code: str
    title: str
    aliases: tuple[str, ...]
    heading: str


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the SOP's table.

    `activity`, `requires` (kelengkapan), `standard`, `output`, `note` (keterangan) and `mark` (what is printed in the
    role's cell, such as "MULAI") keep the document's words; `short` is our own wording for chat and pictures; `role`
    is the code of the `Role` that does it.
    """

    number: int
    activity: str
    short: str
    role: str
    kind: StepKind
    requires: str
    standard: Standard
    output: str
    note: str
    mark: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Who put the SOP into force, as printed: in which capacity, with which statement, name and NIP."""

    capacity: str
    statement: str
    name: str
    nip: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another SOP this one names (keterkaitan); `code` is the code of its file, should it be loaded one day."""

    title: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Sop:
    """One version of one SOP; a case keeps the version it started under.

    `text` is the file the version was read from, `digest` its identity. `prefix` begins the numbers of its cases
    ("SW" in SW-2026-0147). `instructions` are the boxes an assigner may tick. Every SOP that exists has passed the
    validation of `parse_sop`.
    """

    code: str
    prefix: str
    number: str
    title: str
    heading: str
    created: date
    revised: date | None
    effective: date
    approval: Approval
    institution: tuple[str, ...]
    legal_basis: tuple[str, ...]
    qualifications: tuple[str, ...]
    related: tuple[Related, ...]
    equipment: tuple[str, ...]
    warning: str
    record_keeping: str
    roles: tuple[Role, ...]
    steps: tuple[Step, ...]
    instructions: tuple[str, ...]
    text: str = field(repr=False)

    @property
    def digest(self) -> str:
        """The identity of this version: the SHA-256 of its text, in hexadecimal."""
        return digest(self.text)

    @property
    def first(self) -> Step:
        """The step a new report opens with."""
        return self.steps[0]

    @property
    def last(self) -> Step:
        """The step whose completion closes the case."""
        return self.steps[-1]

    @property
    def reporters(self) -> tuple[Role, ...]:
        """The roles without a step: they report, answer questions and are told the result."""
        return tuple(role for role in self.roles if not self.steps_of(role.code))

    def step(self, number: int) -> Step:
        """Return the step with this number; raises `UnknownStep`."""
        if not 1 <= number <= len(self.steps):
            raise UnknownStep(self.code, number)
        return self.steps[number - 1]

    def after(self, step: Step) -> Step | None:
        """Return the step that follows, None after the last."""
        return None if self.is_last(step) else self.step(step.number + 1)

    def before(self, step: Step) -> Step | None:
        """Return the step that precedes, None before the first."""
        return None if step.number == self.first.number else self.step(step.number - 1)

    def is_last(self, step: Step) -> bool:
        """Whether completing this step closes the case."""
        return step.number == self.last.number

    def role(self, code: str) -> Role:
        """Return the role with this code; raises `UnknownRole`."""
        for role in self.roles:
            if role.code == code:
                return role
        raise UnknownRole(self.code, code)

    def steps_of(self, role: str) -> tuple[Step, ...]:
        """Return the steps done by the role with this code, in order; none for a role that only reports."""
        return tuple(step for step in self.steps if step.role == role)

    def return_target(self, step: Step) -> Step:
        """Return the nearest handle step before a correct or approve step, where returned work goes.

        Raises `NoReturnTarget` for steps of other kinds.
        """
        if step.kind.reviews:
            for earlier in reversed(self.steps[: step.number - 1]):
                if earlier.kind is StepKind.HANDLE:
                    return earlier
        raise NoReturnTarget(self.code, step.number)


def digest(text: str) -> str:
    """Return the identity of an SOP version: the SHA-256 of its TOML text (UTF-8), in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def parse_sop(text: str, *, source: str) -> Sop:
    """Read an SOP from TOML; `source` names the file in problems.

    Raises `InvalidSop` with every problem found, when the file is broken or the SOP could not run.
    """
    findings = Findings(source)
    sop = _read(parse_document(text, findings, InvalidSop), text)
    findings.refuse_with(InvalidSop)
    return sop


def load_sop(path: Path) -> Sop:
    """Read the SOP in the file at `path`; raises `InvalidSop`, also when the file cannot be read."""
    return parse_sop(read_document(path, InvalidSop), source=str(path))


def load_sops(folder: Path) -> dict[str, Sop]:
    """Read every `*.toml` of a folder, by SOP code, in order of the file names.

    Raises `InvalidSop` with the problems of all files together, when there is no file, and when two files share a
    code or a prefix.
    """
    problems: list[Problem] = []
    loaded: dict[str, Sop] = {}
    prefixes: dict[str, str] = {}
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        problems.append(Problem(str(folder), "folder", "There is no SOP file here. Add one whose name ends in .toml."))
    for path in paths:
        try:
            sop = load_sop(path)
        except InvalidSop as fault:
            problems.extend(fault.problems)
            continue
        if sop.code in loaded:
            reason = f"Another file of this folder has the code {sop.code!r} too. Give each SOP its own code."
            problems.append(Problem(str(path), "code", reason))
        if sop.prefix in prefixes:
            reason = (
                f"{prefixes[sop.prefix]} has the prefix {sop.prefix!r} too. Case numbers need a prefix of their own."
            )
            problems.append(Problem(str(path), "prefix", reason))
        loaded[sop.code] = sop
        prefixes[sop.prefix] = str(path)
    if problems:
        raise InvalidSop(problems)
    return loaded


def _read(document: Table, text: str) -> Sop:
    roles = _roles(document)
    sop = Sop(
        code=document.code("code"),
        prefix=_prefix(document),
        number=document.text("number"),
        title=document.text("title", longest=TITLE_LIMIT),
        heading=document.text("heading"),
        created=document.day("created") or date.min,
        revised=document.optional_day("revised"),
        effective=document.day("effective") or date.min,
        approval=_approval(document.table("approval")),
        institution=document.texts("institution"),
        legal_basis=document.texts("legal_basis", empty=True),
        qualifications=document.texts("qualifications", empty=True),
        related=tuple(map(_related, document.tables("related", row="related", named_by="title", required=False))),
        equipment=document.texts("equipment", empty=True),
        warning=document.text("warning"),
        record_keeping=document.text("record_keeping"),
        roles=roles,
        steps=_steps(document, [role.code for role in roles]),
        instructions=document.texts("instructions", empty=True, longest=SHORT_LIMIT),
        text=text,
    )
    document.finish()
    return sop


def _prefix(document: Table) -> str:
    prefix = document.text("prefix")
    if prefix and not _PREFIX.fullmatch(prefix):
        document.wrong(f"“prefix” is {shown(prefix)}. Case numbers begin with 2 to 5 capital letters, such as SW.")
    return prefix


def _approval(table: Table) -> Approval:
    approval = Approval(
        capacity=table.text("capacity"),
        statement=table.optional_text("statement"),
        name=table.text("name"),
        nip=table.optional_text("nip"),
    )
    table.finish()
    return approval


def _related(row: Table) -> Related:
    related = Related(title=row.text("title"), code=row.optional_code("code"))
    row.finish()
    return related


def _roles(document: Table) -> tuple[Role, ...]:
    roles: list[Role] = []
    for row in document.tables("roles", row="role", named_by="code"):
        title = row.text("title", longest=SHORT_LIMIT)
        role = Role(
            code=row.code("code"),
            title=title,
            aliases=row.texts("aliases", required=False, empty=True),
            heading=row.optional_text("heading") or title,
        )
        if role.code in (earlier.code for earlier in roles):
            row.wrong("An earlier role has this code too. Give each role its own code.")
        roles.append(role)
        row.finish()
    return tuple(roles)


def _steps(document: Table, roles: list[str]) -> tuple[Step, ...]:
    rows = document.tables("steps", row="step", named_by="number")
    if not rows:
        document.wrong("The SOP has no steps and so no end. Add each step under its own [[steps]].")
    numbers = [row.whole("number", least=1, most=999) for row in rows]
    kinds = [row.choice("kind", StepKind) for row in rows]
    steps: list[Step] = []
    for row, number, kind in zip(rows, numbers, kinds, strict=True):
        step = Step(
            number=number or 1,
            activity=row.text("activity"),
            short=row.text("short", longest=SHORT_LIMIT),
            role=row.code("role"),
            kind=kind or StepKind.ACKNOWLEDGE,
            requires=row.text("requires"),
            standard=_standard(row),
            output=row.text("output"),
            note=row.optional_text("note"),
            mark=row.optional_text("mark"),
        )
        if step.role and step.role not in roles:
            row.wrong(f"No role has the code {shown(step.role)}. {nearest(step.role, roles)}")
        row.finish()
        steps.append(step)
    _check_numbers(rows, numbers)
    _check_flow(rows, kinds)
    return tuple(steps)


def _standard(row: Table) -> Standard:
    text = row.text("standard")
    try:
        return Standard.parse(text)
    except InvalidStandard:
        if text:
            zero = re.fullmatch(r"0+ (menit|jam|hari)", text) is not None
            fault = "takes no time" if zero else "is not a duration"
            row.wrong(
                f"“standard” is {shown(text)}, which {fault}. Write 1 to 9999 and a unit: 30 menit, 4 jam, 2 hari."
            )
    return Standard(1, StandardUnit.MINUTES)


def _check_numbers(rows: list[Table], numbers: list[int | None]) -> None:
    repeated = {int(number) for number in duplicates(str(number) for number in numbers if number is not None)}
    for place, (row, number) in enumerate(zip(rows, numbers, strict=True), start=1):
        if number is None:
            continue
        if number in repeated:
            row.wrong(f"Two steps have the number {number}; this one is at place {place}. Number the steps 1, 2, 3, …")
        elif number != place:
            row.wrong(f"The step at place {place} has the number {number}. Number the steps 1, 2, 3, … in their order.")


def _check_flow(rows: list[Table], kinds: list[StepKind | None]) -> None:
    for place, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        earlier = kinds[:place]
        if kind is not None and kind.reviews and StepKind.HANDLE not in earlier and None not in earlier:
            row.wrong(
                f"A {kind.value} step may return the work, but no handle step comes before it. Put one before it."
            )
    if kinds and kinds[-1] is StepKind.ASSIGN:
        rows[-1].wrong("The last step is an assign step, so the case has no end. End with a step of another kind.")
