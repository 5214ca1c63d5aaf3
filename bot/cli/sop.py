"""`disposisi sop`: hold an SOP file to the rules, and print an SOP as its own table."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.cli import console, surroundings
from models.rules.document import nearest
from models.rules.errors import InvalidSop
from models.rules.sop import Sop, Step
from models.rules.sop_file import load_sop, load_sops

app = typer.Typer(no_args_is_help=True, help="Check SOP files, and show an SOP as its table.")

_WIDE_ENOUGH = 140
"""Columns from which on each role gets a column of its own, as on paper."""


def add_to(parent: typer.Typer) -> None:
    """Add the commands of this module."""
    parent.add_typer(app, name="sop")


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="SOP files, or folders with *.toml files.")],
) -> None:
    """Check whether SOP files can run, naming file, row and reason of whatever cannot.

    Example:  [bold]disposisi sop check models/sops/penanganan-masalah-software.toml[/bold]
    """
    failed = False
    for path in _expanded(files):
        try:
            sop = load_sop(path)
        except InvalidSop as error:
            failed = True
            for problem in error.problems:
                console.fail(str(problem))
        else:
            console.succeed(f"{path}: {sop.title}, {len(sop.steps)} steps, {len(sop.roles)} roles")
    if failed:
        raise typer.Exit(1)


@app.command()
def show(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="The SOP's code; needed with several.")] = None,
) -> None:
    """Print an SOP as the document's own table.

    Example:  [bold]disposisi sop show penanganan-masalah-software[/bold]
    """
    sops = load_sops(surroundings.settings().sop_dir)
    if code is None and len(sops) > 1:
        raise typer.BadParameter(f"Name one of: {', '.join(sops)}.", param_hint="CODE")
    code = code or next(iter(sops))
    if code not in sops:
        raise typer.BadParameter(f"There is no SOP “{code}”. {nearest(code, sops)}", param_hint="CODE")
    _head(sops[code])
    console.show(_table(sops[code]))
    _foot(sops[code])


def _expanded(files: list[Path]) -> list[Path]:
    """Return `files` with each folder replaced by the SOP files in it."""
    found: list[Path] = []
    for path in files:
        inside = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not inside:
            raise typer.BadParameter(f"{path} holds no file whose name ends in .toml.", param_hint="FILE")
        found += inside
    return found


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
        row += [step.requires, str(step.standard), step.output]
        table.add_row(*row, *([step.note] if noted else []))
    return table


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
