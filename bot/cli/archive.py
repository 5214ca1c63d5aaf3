"""`disposisi archive`: which files of a case the archive keeps, and erasing them."""

import typer
from rich.table import Table

from bot.cli import console, surroundings
from bot.cli.erased import remove_erased
from models.case.attachment import Attachment
from models.refusals.reports import UnknownCase
from models.repository.records import Records
from models.upkeep import archiving

_MEGABYTE = 1_000_000
_SHOWN = 16
"""Digits of a digest that are shown: enough to find a file in the archive."""


def show(number: str) -> None:
    """Print the files of a case, and what the archive has of each."""
    table = Table("File", "Kind", "Size", "Archive", "Content", header_style="bold")
    with surroundings.records(surroundings.settings()) as records:
        files = _files(records, number)
        for place, file in enumerate(files, start=1):
            size = f"{file.size / _MEGABYTE:.1f} MB" if file.size else "–"
            content = file.content[:_SHOWN] if file.content else "–"
            table.add_row(str(place), file.kind.value, size, file.keeping.value, content)
    if files:
        console.show(table)
    console.say(f"{number} has {console.counted(len(files), 'file', 'files')}.")


def erase(number: str, place: int | None, *, because: str, agreed: bool) -> None:
    """Erase the kept files of a case, or the one at a `place`, from the archive, for every case that has them."""
    settings = surroundings.settings()
    remove_erased(settings)
    # The question is asked between two transactions: a running bot must not wait for the answer.
    with surroundings.records(settings) as records:
        digests = _kept(_files(records, number), place)
    if not digests:
        console.fail(f"The archive keeps no such file of {number}. See: disposisi archive show {number}")
        raise typer.Exit(1)
    which = console.counted(len(digests), "file", "files")
    if not agreed:
        typer.confirm(f"Erase {which} of {number} for good, also where another case has the same?", abort=True)
    with surroundings.records(settings) as records:
        cases = sum(archiving.erase(records, digest, because=because) for digest in digests)
    remove_erased(settings)
    in_journals = console.counted(cases, "case tells", "cases tell")
    console.succeed(f"{which} of {number} erased. The journal of {in_journals} of it; digest, size and type stay.")
    console.note("Older copies may have them still. The next backup removes them from the folder beside the copies.")


def _files(records: Records, number: str) -> list[Attachment]:
    try:
        return archiving.files_of(records, number)
    except UnknownCase:
        console.fail(f"There is no case {number}.")
        raise typer.Exit(1) from None


def _kept(files: list[Attachment], place: int | None) -> list[str]:
    """Return the digests of the kept contents, of all files or of the one at a place; places count from 1."""
    chosen = files if place is None else files[place - 1 : place]
    return list(dict.fromkeys(one.content for one in chosen if one.content is not None and archiving.is_kept(one)))
