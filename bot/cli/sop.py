"""`disposisi sop`: hold an SOP file to the rules, show an SOP as its own table, and write its form."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import typer
from rich.table import Table

from bot.cli import console
from bot.stopped import Stopped
from models.rules.document import nearest
from models.rules.errors import InvalidSop
from models.rules.sop import Sop, Step
from models.rules.sop_file import load_sop
from models.rules.sop_form import departures, unfit
from models.rules.urgency import Urgency

_HINT = "FILE_OR_CODE"

_WIDE_ENOUGH = 140
"""Columns from which on each role gets a column of its own, as on paper."""


def check(names: Sequence[str]) -> None:
    """Say of each SOP that is named whether it can run and its form can be printed; without a name of all in SOP_DIR.

    Ends with 1 if one cannot. Says, too, where an SOP departs from the regulation, which refuses none.
    """
    failed = False
    for path in _files(names):
        try:
            sop = load_sop(path)
        except InvalidSop as error:
            failed = True
            for problem in error.problems:
                console.fail(str(problem))
            continue
        beyond = unfit(sop, source=str(path))
        for problem in beyond:
            failed = True
            console.fail(str(problem))
        if not beyond:
            console.succeed(f"{path}: {sop.title}, {len(sop.steps)} steps, {len(sop.roles)} roles")
        for departure in departures(sop, source=str(path)):
            console.note(str(departure))
    if failed:
        raise typer.Exit(1)


def show(name: str | None) -> None:
    """Print an SOP as the document's own table; without a name the only one in SOP_DIR. Raises `InvalidSop`."""
    sop = load_sop(_one_of(name))
    _head(sop)
    console.show(_table(sop))
    _foot(sop)


def printed(name: str | None, output: Path | None) -> None:
    """Write the form of an SOP as PDF/A into `output`, else into a file named like its code, which is replaced.

    The logo is that of the office file, as in chat. Raises `InvalidSop`, also for an SOP that the form cannot hold,
    what `load_office` raises, and `Stopped` for a file that cannot be written.
    """
    from bot.papers.typesetting import typeset  # noqa: PLC0415 - it takes a second, and is needed only here
    from bot.settings import Settings  # noqa: PLC0415 - the same
    from handlers.papers.sop_form import sop_form  # noqa: PLC0415 - the same
    from models.rules.office_file import load_office  # noqa: PLC0415 - the same

    path = _one_of(name)
    sop = load_sop(path)
    if beyond := unfit(sop, source=str(path)):
        raise InvalidSop(beyond)
    target = output or Path(f"{sop.code}.pdf")
    try:
        target.write_bytes(typeset(sop_form(sop, load_office(Settings.load().office_file).logo)))
    except OSError as error:
        raise Stopped(f"{target} cannot be written: {error.strerror}.") from error
    console.succeed(f"{target}: {sop.title}, {sop.number}")


def _one_of(name: str | None) -> Path:
    """Return the file of the SOP that is named; without a name the only one in SOP_DIR."""
    paths = _files([] if name is None else [name])
    if len(paths) > 1:
        raise typer.BadParameter(f"Name one of: {', '.join(_by_code(paths))}.", param_hint=_HINT)
    return paths[0]


def _files(names: Sequence[str]) -> list[Path]:
    """Return the files of the SOPs that are named, each by its file, its folder or its code; without a name all."""
    if not names:
        return _inside(_folder())
    return [path for name in names for path in _named(name)]


def _named(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        return _inside(path)
    if path.exists():
        return [path]
    known = _by_code(_folder().glob("*.toml"))
    if name in known:
        return [known[name]]
    # What ends so was meant as a file.
    beside = map(str, path.parent.glob("*.toml")) if path.suffix == ".toml" else ()
    advice = nearest(name, [*known, *beside])
    raise typer.BadParameter(f"“{name}” is no file, no folder and no SOP's code. {advice}", param_hint=_HINT)


def _folder() -> Path:
    """Return SOP_DIR. Raises `InvalidSettings`."""
    from bot.settings import Settings  # noqa: PLC0415 - it takes as long as all the rest, and a file needs no settings

    return Settings.load().sop_dir


def _inside(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.toml"))
    if not found:
        raise typer.BadParameter(f"{folder} holds no file whose name ends in .toml.", param_hint=_HINT)
    return found


def _by_code(paths: Iterable[Path]) -> dict[str, Path]:
    """Return SOP files by the code of their SOP; a file with a mistake, which may hide the code, goes by its name."""
    return {_code(path): path for path in sorted(paths)}


def _code(path: Path) -> str:
    try:
        return load_sop(path).code
    except InvalidSop:
        return path.stem


def _head(sop: Sop) -> None:
    for line in sop.institution:
        console.say(line, style="bold")
    console.say(sop.heading, style="bold")
    console.say()
    rows = {
        "NOMOR SOP": sop.number,
        "TGL.PEMBUATAN": sop.created.isoformat(),
        "TGL.REVISI": sop.revised.isoformat() if sop.revised else "",
        "TGL.EFEKTIF": sop.effective.isoformat(),
        "DISAHKAN": f"{sop.approval.capacity}: {sop.approval.name}, NIP {sop.approval.nip}",
    }
    for name, value in rows.items():
        console.say(f"{name:<14} {value}".rstrip())
    console.say()


def _table(sop: Sop) -> Table:
    table = Table(show_lines=True, header_style="bold")
    apart = console.is_wide(_WIDE_ENOUGH)
    table.add_column("No", justify="right")
    table.add_column("Kegiatan", width=30 if apart else None, overflow="fold")
    for heading in [role.heading for role in sop.roles] if apart else ["Pelaksana"]:
        table.add_column(heading, justify="center", overflow="fold")
    for heading in ("Kelengkapan", "Waktu", "Output"):
        table.add_column(heading, overflow="fold")
    noted = any(step.note for step in sop.steps)
    if noted:
        table.add_column("Keterangan", overflow="fold")
    for step in sop.steps:
        row = [str(step.number), step.activity, *_performers(sop, step, apart=apart)]
        row += [step.requires, _standards(step), step.output]
        table.add_row(*row, *([step.note] if noted else []))
    return table


def _standards(step: Step) -> str:
    """Return the time of a step, and below it the shorter ones that the file gives to what is more urgent."""
    given = {urgency: step.standard_for(urgency) for urgency in Urgency}
    lines, before = [str(step.standard)], step.standard
    for urgency, standard in given.items():
        if standard != before:
            lines.append(f"{urgency.value}: {standard}")
        before = standard
    return "\n".join(lines)


def _performers(sop: Sop, step: Step, *, apart: bool) -> list[str]:
    if not apart:
        return [f"{sop.role(step.role).title} {step.mark}".strip()]
    return [(step.mark or "●") if role.code == step.role else "" for role in sop.roles]


def _foot(sop: Sop) -> None:
    lists = {
        "DASAR HUKUM": sop.legal_basis,
        "KUALIFIKASI PELAKSANA": sop.qualifications,
        "KETERKAITAN": [related.title for related in sop.related],
        "PERALATAN/PERLENGKAPAN": sop.equipment,
    }
    for heading, lines in lists.items():
        console.say(f"{heading}:", style="bold")
        for number, line in enumerate(lines, start=1):
            console.say(f"  {number}. {line}")
    for heading, line in {"PERINGATAN": sop.warning, "PENCATATAN DAN PENDATAAN": sop.record_keeping}.items():
        console.say(f"{heading}:", style="bold")
        console.say(f"  {line}")
