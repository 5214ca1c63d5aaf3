"""Reading an SOP from its file, and naming everything for which it could not run."""

import re
from datetime import date
from pathlib import Path

from models.rules.actions import Verb
from models.rules.document import Findings, Table, duplicates, nearest, parse_document, read_document, shown
from models.rules.errors import InvalidSop, InvalidStandard, Problem
from models.rules.sop import OFFERED, OPINION, SHORT_LIMIT, TITLE_LIMIT, Approval, Offered, Related, Role, Sop, Step
from models.rules.standard import Standard, StandardUnit
from models.rules.step_kinds import StepKind

_PREFIX = re.compile(r"[A-Z]{2,5}")
_ANY = Standard(1, StandardUnit.MINUTES)
"""Stands for a standard that is missing or wrong until the file is refused for it."""


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
        steps=(steps := _steps(document, [role.code for role in roles])),
        instructions=document.texts("instructions", empty=True, longest=SHORT_LIMIT),
        forbids=frozenset(document.choices("forbids", Verb)),
        offered=_offered(document),
        again=_again(document, steps),
        opinion=_standard(document, "opinion", required=False) or OPINION,
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
        rank=table.optional_text("rank"),
    )
    table.finish()
    return approval


def _offered(document: Table) -> Offered:
    reasons = (
        document.table("reasons") if "reasons" in document else Table({}, row="[reasons]", findings=document.findings)
    )
    offered = Offered(
        send_back=_choice_of(reasons, "send_back"),
        decline=_choice_of(reasons, "decline"),
        give_back=_choice_of(reasons, "return"),
        questions=_choice_of(document, "questions"),
    )
    reasons.finish()
    return offered


def _choice_of(table: Table, key: str) -> tuple[str, ...]:
    texts = table.texts(key, required=False, empty=True, longest=SHORT_LIMIT)
    if len(texts) > OFFERED:
        table.wrong(f"“{key}” lists {len(texts)} texts. A card has room for {OFFERED}.")
    return texts


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
            standard=_standard(row, "standard") or _ANY,
            output=row.text("output"),
            note=row.optional_text("note"),
            mark=row.optional_text("mark"),
            mandate=row.flag("mandate", absent=True),
            standard_urgent=_standard(row, "standard_urgent", required=False),
            standard_very_urgent=_standard(row, "standard_very_urgent", required=False),
            pauses=row.flag("pauses"),
            copies=row.texts("copies", required=False, empty=True),
        )
        _check_shortened(row, step)
        if step.pauses and kind is not None and not kind.rules.handles:
            row.wrong(
                f"“pauses” is true at a step of the kind {kind.value}, which asks nobody. Only a handle step can pause."
            )
        if step.role and step.role not in roles:
            row.wrong(f"No role has the code {shown(step.role)}. {nearest(step.role, roles)}")
        row.finish()
        steps.append(step)
    for row, step, kind in zip(rows, steps, kinds, strict=True):
        _check_copies(row, step, kind, doing=list(dict.fromkeys(one.role for one in steps)))
    _check_numbers(rows, numbers)
    _check_flow(rows, kinds)
    return tuple(steps)


def _again(document: Table, steps: tuple[Step, ...]) -> int | None:
    again = document.optional_whole("again", least=1, most=999)
    handling = [step.number for step in steps if step.kind.rules.handles]
    if again is not None and again not in handling:
        known = ", ".join(map(str, handling)) or "none"
        document.wrong(f"“again” is {again}, which is the number of no handle step. Known here: {known}.")
        return None
    return again


def _standard(row: Table, key: str, *, required: bool = True) -> Standard | None:
    """Return the time under `key`; None where it is left out, or after noting that it is missing or wrong."""
    text = row.text(key) if required else row.optional_text(key)
    try:
        return Standard.parse(text)
    except InvalidStandard:
        if text:
            zero = re.fullmatch(r"0+ (menit|jam|hari)", text) is not None
            fault = "takes no time" if zero else "is not a duration"
            row.wrong(f"“{key}” is {shown(text)}, which {fault}. Write 1 to 9999 and a unit: 30 menit, 4 jam, 2 hari.")
    return None


def _check_copies(row: Table, step: Step, kind: StepKind | None, *, doing: list[str]) -> None:
    """Note copies of a step that forwards nothing, and those for a role that does no step: no post fills it."""
    if step.copies and kind is not None and not kind.rules.assigns:
        row.wrong(f"“copies” stands at a step of the kind {kind.value}. Only what an assign step decides is copied.")
    for role in step.copies:
        if role not in doing:
            row.wrong(f"“copies” lists {shown(role)}, which is no role that does a step. {nearest(role, doing)}")


def _check_shortened(row: Table, step: Step) -> None:
    """Note where a report that is more urgent would get more time than one that is less."""
    before, longest = "standard", step.standard
    for key, standard in (
        ("standard_urgent", step.standard_urgent),
        ("standard_very_urgent", step.standard_very_urgent),
    ):
        if standard is None or longest is _ANY:
            continue
        if standard.unit is StandardUnit.DAYS and longest.unit is not StandardUnit.DAYS:
            row.wrong(f"“{key}” ({standard}) is in hari and “{before}” ({longest}) is not. Write it in menit or jam.")
        elif standard.is_longer_than(longest):
            row.wrong(f"“{key}” ({standard}) is longer than “{before}” ({longest}). Shorten it, or leave it out.")
        before, longest = key, standard


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
        if kind is not None and kind.rules.reviews and not _may_be_handled(kinds[:place]):
            row.wrong(
                f"A {kind.value} step may return the work, but no handle step comes before it. Put one before it."
            )
    last = kinds[-1] if kinds else None
    if last is not None and last.rules.assigns:
        rows[-1].wrong("The last step is an assign step, so the case has no end. End with a step of another kind.")


def _may_be_handled(kinds: list[StepKind | None]) -> bool:
    """Whether the work is done in a step of one of these kinds; an unknown kind has been reported already."""
    return any(kind is None or kind.rules.handles for kind in kinds)
