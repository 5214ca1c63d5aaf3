"""`disposisi person import`, `list --expected` and `remove`: the list of people who come in without an admin's tap."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.table import Table

from bot.cli import console, surroundings
from bot.roster import read_roster, summary
from bot.stopped import Stopped
from models.administration import expectation
from models.administration.expectation import Exchange, Expected
from models.queries.people import person_with_nip


class ListChanged(Stopped):
    """The list of expected people is not the one that was shown any more."""


def import_people(file: Path, *, partial: bool, replaces: bool, agreed: bool) -> None:
    """Let the people of the list be expected; with a bad row in it nobody is, unless the import may be `partial`.

    Where the list `replaces` the former one, what goes and comes is said first, and asked about unless it is `agreed`.
    """
    roster = read_roster(file)
    for line in summary(roster.bad):
        console.fail(f"{file}: {line}")
    if roster.windows:
        console.note(
            f"{file}: read as Windows-1252, as Excel writes CSV. Check the names that have other letters than a–z."
        )
    if not roster.people and not roster.bad:
        console.fail(f"{file}: there is nobody on this list.")
        raise typer.Exit(1)
    if roster.bad and not partial:
        bad = console.counted(len(roster.bad), "bad row", "bad rows")
        console.fail(f"Nothing was imported: {bad}. Correct and try again, or use --partial.")
        raise typer.Exit(1)
    if roster.people:
        _take(roster.people, replaces=replaces, agreed=agreed)
        for line in summary(roster.unusual):
            console.note(f"{file}: {line} Imported all the same; check it.")
        expected = console.counted(len(roster.people), "person is", "people are")
        console.succeed(f"{expected} expected. Give them the link of: disposisi invite --office")
    if roster.bad:
        raise typer.Exit(1)


def _take(people: Sequence[Expected], *, replaces: bool, agreed: bool) -> None:
    """Keep the list. A list that `replaces` the former one is kept only if nobody changed that since it was shown."""
    settings = surroundings.settings()
    if not replaces:
        with surroundings.records(settings) as records:
            expectation.expect(records, people)
        return
    # The question is asked between two transactions: a running bot must not wait for the answer.
    with surroundings.records(settings) as records:
        shown = expectation.exchange(records, people)
    _show_exchange(shown)
    if not agreed and (shown.going or shown.changed):
        typer.confirm("Let this list take the place of the former one?", abort=True)
    with surroundings.records(settings) as records:
        if expectation.exchange(records, people) != shown:
            raise ListChanged("The list was changed meanwhile; nothing was imported. Try again.")
        expectation.replace(records, people)


def _show_exchange(shown: Exchange) -> None:
    for mark, some in (("−", shown.going), ("+", shown.coming), ("±", shown.changed)):
        for one in some:
            console.say(f"{mark} {one.name}{f' ({one.unit})' if one.unit else ''}")
    going = console.counted(len(shown.going), "person goes", "people go")
    come = f"{len(shown.coming)} come, {len(shown.changed)} get another name or unit"
    console.say(f"{going}, {come}. Registered people stay what they are.")


def list_expected() -> None:
    """Print who is expected and has not registered yet."""
    table = Table("Name", "NIP", "Unit", header_style="bold")
    with surroundings.records(surroundings.settings()) as records:
        waiting = expectation.expected(records)
    for one in waiting:
        table.add_row(one.name, one.nip, one.unit)
    if waiting:
        console.show(table)
    console.say(f"{console.counted(len(waiting), 'person is', 'people are')} expected and not registered yet.")


def remove(nip: str) -> None:
    """Expect a person no longer, and say what to do for one who is registered."""
    digits = surroundings.nip(nip)
    with surroundings.records(surroundings.settings()) as records:
        gone = expectation.forget(records, digits)
        person = person_with_nip(records, digits)
    if gone is not None:
        console.succeed(f"{gone.name} is expected no longer. With the office's link they wait for an admin now.")
        return
    if person is not None:
        console.fail(
            f"{person.name} is registered; the list means nothing for them any more. To take their account: disposisi "
            "person unbind; their post: disposisi person end-tenure."
        )
    else:
        console.fail("Nobody with this NIP is expected. See: disposisi person list --expected")
    raise typer.Exit(1)
