"""`disposisi person export` and `erase`: what is kept of a person, and letting it go."""

import json
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import typer

from bot.archive.contents import Lost
from bot.archive.place import archive_of
from bot.cli import console, surroundings
from bot.cli.erased import remove_erased
from bot.settings import Settings
from models.office.person import Person
from models.queries.people import person_with_nip
from models.repository.records import Records
from models.rules.media_type import media_type
from models.upkeep import dossier, forgetting
from models.upkeep.forgetting import Bound, Tie

_DATA = "data.json"
_JOURNAL = "journal.jsonl"


def export(named: str, place: str) -> None:
    """Write all that is kept of a person into the folder `place`, or without files to standard output for "-"."""
    settings = surroundings.settings()
    folder = None if place == "-" else _made(Path(place))
    with surroundings.records(settings) as records:
        person = _person(records, named)
        name = person.name
        rows = dossier.rows_of(records.session, person)
        entries = list(dossier.journal_of(records.session, person))
        digests = dossier.kept_files(records.session, person)
        records.log_office("export-person", capacity="system", person=person.id)
    if folder is None:
        sys.stdout.write(json.dumps({"rows": rows, "journal": entries}, ensure_ascii=False, indent=2) + "\n")
        return
    _write(folder / _DATA, (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode())
    _write(folder / _JOURNAL, "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries).encode())
    lost = _copy_files(settings, digests, folder)
    files = console.counted(len(digests) - lost, "file", "files")
    count = console.counted(sum(map(len, rows.values())), "row", "rows")
    told = console.counted(len(entries), "journal entry", "journal entries")
    console.succeed(f"{name}: {count}, {told} and {files} in {folder.absolute()}. Only its owner may read it.")
    if lost:
        console.fail(f"The archive lacks {console.counted(lost, 'file', 'files')} of theirs. See: disposisi verify")
        raise typer.Exit(1)


def erase(named: str, *, because: str, agreed: bool) -> None:
    """Erase a person for good, after saying so; also what an earlier command left that was killed."""
    settings = surroundings.settings()
    _finish(settings)
    with surroundings.records(settings) as records:
        person = _person(records, named)
        number, name = person.id, person.name
        if person.erased_in is not None:
            console.fail("The data of this person were erased already.")
            raise typer.Exit(1)
        needed = forgetting.ties(records, person)
    if needed:
        for one in needed:
            console.fail(f"{name} {_worded(one)}")
        console.fail("So nothing was erased. Hand this over first.")
        raise typer.Exit(1)
    console.note(
        f"{name}: name, NIP, Telegram account, every text they wrote and every file they sent go for good. "
        "Nobody can undo it. What was decided, by which post and when, stays in the record."
    )
    if not agreed:
        typer.confirm("Erase?", abort=True)
    with surroundings.records(settings) as records:
        forgetting.forget(records, records.session.get_one(Person, number), because=because)
    _finish(settings)
    console.succeed(f"{name} is person {number} from now on. The journal tells of it; disposisi verify ends with 3.")
    console.note("Copies that were taken before have it still, and so have Telegram's chats. See docs/operations.md.")


def _finish(settings: Settings) -> None:
    """Erase case by case what the erased persons wrote, and then the bytes of their files."""
    with closing(surroundings.database(settings)) as opened:
        surroundings.make_ready(opened)
    more = True
    while more:
        with surroundings.records(settings) as records:
            more = forgetting.go_on_with_all(records)
    remove_erased(settings)


def _worded(bound: Bound) -> str:
    match bound.tie:
        case Tie.ADMIN:
            return "is an admin: disposisi person dismiss-admin NIP"
        case Tie.POST:
            return f"holds {bound.name}: disposisi person end-tenure NIP {bound.name}, or disposisi invite {bound.name}"
        case Tie.ABSENCE:
            return "is away or stands in for somebody: disposisi person back NIP"
        case Tie.CASE:
            return f"has words or a task in {bound.name}, which is open: what is said there is needed until it ends"


def _person(records: Records, named: str) -> Person:
    """Return the person with a NIP, an office number, or the number of a row as `disposisi person list` has none."""
    found = person_with_nip(records, surroundings.nip(named)) if not _is_number(named) else None
    if found is None and _is_number(named):
        found = records.session.get(Person, int(named))
    if found is None:
        console.fail("Nobody with this NIP or number is registered. See: disposisi person list")
        raise typer.Exit(1)
    return found


def _is_number(named: str) -> bool:
    """Whether this is the number of a row: a NIP has 18 digits, and an office number has letters or more digits."""
    return named.isascii() and named.isdigit() and len(named) < _SHORTEST_NIP


_SHORTEST_NIP = 8


def _made(folder: Path) -> Path:
    """Return a folder that is new or empty, readable for its owner alone."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        console.fail(f"{folder} is there already and not an empty folder.")
        raise typer.Exit(1)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _copy_files(settings: Settings, digests: Sequence[str], folder: Path) -> int:
    """Copy the kept files of a person, each named by its content. Returns how many could not be read."""
    lost = 0
    with closing(surroundings.database(settings)) as opened:
        archive = archive_of(settings, beside=opened.path)
        for digest in digests:
            try:
                content = archive.read(digest)
            except Lost as fault:
                console.fail(f"{digest}: {fault.reason}")
                lost += 1
                continue
            _write(folder / f"{digest}.{media_type(content).ending}", content)
    return lost
