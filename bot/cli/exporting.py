"""`disposisi export` and `disposisi verify --export`: the record as plain files, and the check of such files."""

import getpass
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import typer
from rich.progress import Progress as Bar

from bot.archive.place import archive_of
from bot.cli import console, surroundings
from bot.export.exporting import Order, Progress, export
from bot.export.holders import NothingTold, faults
from bot.export.verifier import Audit
from bot.loop.ending import ended_orderly
from bot.stopped import Stopped
from models.rules.period import Period, UnreadablePeriod


class NothingToRead(Stopped):
    """A file that was named for the verifier cannot be read."""


def write(
    folder: Path, database: str | None, *, number: str | None, period: str | None, with_files: bool, by: str | None
) -> None:
    """Export the record, or a part of it, into `folder`; ends with 1 when a file of a case was lost."""
    at = surroundings.now()
    try:
        days = None if period is None else Period.parse(period, today=at.date())
    except UnreadablePeriod:
        reason = f"“{period}” is no period. Write such as 2026-10, 2026-10..2026-12 or bulan-lalu."
        raise typer.BadParameter(reason, param_hint="--period") from None
    given = surroundings.settings(database)
    with closing(surroundings.database(given)) as opened, ended_orderly(), _progress() as progress:
        order = Order(
            by=by or _user(),
            at=at,
            number=number,
            period=days,
            archive=archive_of(given, beside=opened.path) if with_files else None,
        )
        done = export(opened, folder, order, progress=progress)
    for lost in done.lost:
        console.fail(f"A file of a case is not in the export: the content {lost.digest} {lost.reason}.")
    if done.until is None:
        console.note("Nothing was sealed yet, so no key proves it. Export again after the first checkpoint.")
    else:
        console.note(f"The newest checkpoint is of {done.until}. What came later is chained, and not sealed yet.")
    told = ", ".join(f"{number} {name}" for name, number in done.counts.items())
    console.succeed(f"{folder.absolute()}: {told}.")
    console.note(f"It names people and what they wrote. To check it: disposisi verify --export {folder} --key FILE")
    if done.lost:
        raise typer.Exit(1)


def check(folder: Path, key: Path, against: Path | None) -> None:
    """Check an export with its stand-alone verifier; ends with 1 for a fault, and 3 where something was erased."""
    try:
        keys = key.read_text(encoding="utf-8").split()
        kept = None if against is None else against.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NothingToRead(f"{error.filename if isinstance(error, OSError) else key} cannot be read.") from None
    audit = Audit(folder, keys, kept).run()
    tell = console.fail if audit.faults else console.note
    *before, last = audit.said()
    for line in before:
        tell(line)
    if not audit.faults and audit.whole:
        _check_holders(folder)
    (console.fail if audit.faults else console.succeed)(last)
    if audit.status:
        raise typer.Exit(audit.status)


def _check_holders(folder: Path) -> None:
    """Say whether all who acted for a post held it then; ends with 1 where somebody did not."""
    try:
        found = list(faults(folder))
    except NothingTold as error:
        console.note(f"Whether all who acted for a post held it then is not checked: {error}.")
        return
    for line in found:
        console.fail(line)
    if found:
        console.fail(f"NOT PROVED: {len(found)} faults")
        raise typer.Exit(1)
    console.note("all who acted for a post held it then")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show on a terminal how far an export is."""
    with Bar(transient=True, disable=not console.is_terminal()) as bar:
        task = bar.add_task("Exporting", total=None)
        yield lambda done, size: bar.update(task, completed=done, total=size)
