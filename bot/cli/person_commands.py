"""The commands below `disposisi person`: how they are typed, and what their help says."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import NipArgument, PersonArgument

person_app = typer.Typer(no_args_is_help=True, help="The people of the office: who is expected, who is registered.")

DAY = ["%Y-%m-%d"]
A_DAY = "YYYY-MM-DD"


@person_app.command("import")
def import_people(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="Columns nip, name, unit; or nip, nama, unit kerja.")
    ],
    *,
    partial: Annotated[bool, typer.Option("--partial", help="Import the good rows although others are bad.")] = False,
    replaces: Annotated[
        bool, typer.Option("--replace", help="Let who is not on this list be expected no longer.")
    ] = False,
    agreed: Annotated[bool, typer.Option("--yes", help="With --replace: do it without asking.")] = False,
) -> None:
    """Read the list of people who are accepted without a tap when they use the office's link.

    CSV as Excel or LibreOffice save it is read: comma, semicolon or tab, UTF-8, Unicode Text or Excel's own CSV. Every
    bad row is named by its number, and then nothing is imported, unless --partial is given. People on the list already
    get the name and unit of the file. With --replace the file takes the place of the former list: it is said first who
    goes and who comes, and asked. Registered people stay what they are.

    Examples:  [bold]disposisi person import pegawai.csv[/bold]   \
[bold]disposisi person import pegawai.csv --replace[/bold]
    """
    if replaces and partial:
        raise typer.BadParameter("People on bad rows would be removed; correct the rows first.", param_hint="--partial")
    from bot.cli import expected

    expected.import_people(file, partial=partial, replaces=replaces, agreed=agreed)


@person_app.command("list")
def list_people(
    *,
    awaited: Annotated[
        bool, typer.Option("--expected", help="List who is expected and has not registered yet.")
    ] = False,
) -> None:
    """List the registered people, the posts they hold, and whether the bot can reach them.

    Examples:  [bold]disposisi person list[/bold]   [bold]disposisi person list --expected[/bold]
    """
    from bot.cli import expected, people

    if awaited:
        expected.list_expected()
    else:
        people.list_people()


@person_app.command()
def remove(nip: NipArgument) -> None:
    """Take a person who has not registered yet from the list of expected people.

    With the office's link they then wait for an admin, like everybody who is not on the list. A registered person is
    not removed: see unbind and end-tenure.

    Example:  [bold]disposisi person remove 198001012005012001[/bold]
    """
    from bot.cli import expected

    expected.remove(nip)


@person_app.command()
def unbind(nip: NipArgument) -> None:
    """Take the Telegram account from a person, as when a phone is lost: nothing in that chat has force any more.

    What was begun there is forgotten, and invites told or opened there serve no more. A new invite lets them come back
    with another account, by the same NIP. An admin is asked in chat first, except where the invite is for the one post
    that they hold, or is --admin while there is no other admin.

    Example:  [bold]disposisi person unbind 198001012005012001[/bold]
    """
    from bot.cli import people

    people.unbind(nip)


@person_app.command("rank")
def rank(
    nip: NipArgument,
    rank: Annotated[str, typer.Argument(metavar="RANK", help="Pangkat and golongan; in quotation marks. '' for none.")],
) -> None:
    """Write down the rank of a person (pangkat/golongan), which papers print below the name.

    Example:  [bold]disposisi person rank 198001012005012001 "Pembina (IV/a)"[/bold]
    """
    from bot.cli import people

    people.rank(nip, rank)


@person_app.command("end-tenure")
def end_tenure(
    nip: NipArgument,
    post: Annotated[str, typer.Argument(metavar="POST_OR_ROLE", help="Such as kadiv or jft-prakom.")],
) -> None:
    """End a person's time in a post now, with nobody in their place, as when they retire, move, or stand in no longer.

    Cards that wait for them lose their force and go to the people who may act for the post now. Where there is nobody,
    the admins, the superiors and the watchers are told, and the cards wait for the next holder. The person keeps their
    account and every other post. To replace somebody, an invite is enough: disposisi invite POST.

    Example:  [bold]disposisi person end-tenure 198001012005012001 kadiv[/bold]
    """
    from bot.cli import people

    people.end_tenure(nip, post)


@person_app.command("away")
def away(
    nip: NipArgument,
    first: Annotated[datetime, typer.Option("--from", formats=DAY, metavar=A_DAY, help="The first day.")],
    last: Annotated[
        datetime | None, typer.Option("--to", formats=DAY, metavar=A_DAY, help="The last day; open without.")
    ] = None,
    plh: Annotated[str | None, typer.Option("--plh", metavar="NIP", help="Who stands in.")] = None,
    decree: Annotated[str | None, typer.Option("--sk", metavar="NUMBER", help="The number of the decree.")] = None,
    decree_day: Annotated[
        datetime | None, typer.Option("--sk-date", formats=DAY, metavar=A_DAY, help="The date of the decree.")
    ] = None,
) -> None:
    """Write down that a person is away, and who stands in as Plh. by which decree (SK).

    It begins at midnight of the first day and ends after the last by itself: open cards go to the Plh. and come back.
    The person keeps the post. Without --plh the cards stay with them; they may ask somebody in chat with /cuti.

    Examples:  [bold]disposisi person away 198001012005012001 --from 2026-12-01[/bold]   \
[bold]disposisi person away NIP --from 2026-12-01 --to 2026-12-05 --plh NIP --sk 12/KP --sk-date 2026-11-27[/bold]
    """
    from bot.cli import absences

    named = decree_day.date() if decree_day is not None else None
    absences.away(nip, first.date(), last.date() if last is not None else None, plh=plh, number=decree, day=named)


@person_app.command("back")
def back(nip: NipArgument) -> None:
    """Let a person be back before the last day, or call off an absence that has not begun.

    Example:  [bold]disposisi person back 198001012005012001[/bold]
    """
    from bot.cli import absences

    absences.back(nip)


@person_app.command("acting")
def acting(
    nip: NipArgument,
    post: Annotated[str, typer.Argument(metavar="POST_OR_ROLE", help="Such as kadiv or jft-prakom.")],
    decree: Annotated[str, typer.Option("--sk", metavar="NUMBER", help="The number of the decree.")],
    decree_day: Annotated[
        datetime, typer.Option("--sk-date", formats=DAY, metavar=A_DAY, help="The date of the decree.")
    ],
) -> None:
    """Let a person act for a vacant post as Plt., by decree (SK), until the post is filled.

    Example:  [bold]disposisi person acting 198001012005012001 kadiv --sk 12/KP/2026 --sk-date 2026-11-27[/bold]
    """
    from bot.cli import absences

    absences.acting(nip, post, number=decree, day=decree_day.date())


@person_app.command("dismiss-admin")
def dismiss_admin(nip: NipArgument) -> None:
    """Take the right of an admin from a person; the posts they hold and their account stay theirs.

    Invites that they made and nobody used serve no more. The last admin with a Telegram account cannot be dismissed.

    Example:  [bold]disposisi person dismiss-admin 198001012005012001[/bold]
    """
    from bot.cli import people

    people.dismiss_admin(nip)


@person_app.command("export")
def export_person(
    person: PersonArgument,
    place: Annotated[str, typer.Argument(metavar="DIR", help="A new or empty folder; - for standard output.")],
) -> None:
    """Write all that is kept of a person: every row, message and journal entry as JSON, and the files they sent.

    It is what the person may have a copy of (UU 27/2022). Only the owner of the folder may read it; the office's
    journal tells that it was made. With - the files are left out.

    Examples:  [bold]disposisi person export 198001012005012001 copy[/bold]   \
[bold]disposisi person export 12 - | less[/bold]
    """
    from bot.cli import personal

    personal.export(person, place)


@person_app.command("erase")
def erase_person(
    person: PersonArgument,
    *,
    because: Annotated[str, typer.Option("--because", help="Why, for the journal; it stays there for good.")],
    agreed: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Erase a person: name, NIP, Telegram account, the texts they wrote, the files they sent. Nobody can undo it.

    Posts, the right of an admin and open cases are handed over first. That a post decided something at a time stays, by
    "orang yang datanya dihapus". The journal tells of it in each case; disposisi verify then ends with 3: proved, but
    for what was erased. A command that was killed is finished by the next one, or by the bot.

    Example:  [bold]disposisi person erase 198001012005012001 --because "permintaan pemilik data, surat 12/2026"[/bold]
    """
    from bot.cli import personal

    personal.erase(person, because=because, agreed=agreed)


@person_app.command("restrict")
def restrict_person(
    person: PersonArgument,
    *,
    because: Annotated[str, typer.Option("--because", help="Why, for the journal; it stays there for good.")],
) -> None:
    """Restrict what is shown of a person's words, on their request: in open cases alone.

    The history of a case that is over leaves them out for everybody but the person. Nothing is erased.

    Example:  [bold]disposisi person restrict 198001012005012001 --because "permintaan pemilik data"[/bold]
    """
    from bot.cli import personal

    personal.restrict(person, because=because)


@person_app.command("unrestrict")
def unrestrict_person(person: PersonArgument) -> None:
    """Lift the restriction of a person.

    Example:  [bold]disposisi person unrestrict 198001012005012001[/bold]
    """
    from bot.cli import personal

    personal.restrict(person, because=None)


@person_app.command("processing")
def processing_of(person: PersonArgument) -> None:
    """List what was processed for a person, from the journal: when, in which case, what, by whom.

    Example:  [bold]disposisi person processing 198001012005012001[/bold]
    """
    from bot.cli import personal

    personal.processing(person)
