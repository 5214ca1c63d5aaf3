"""The commands below `disposisi archive`: how they are typed, and what their help says."""

from typing import Annotated

import typer

archive_app = typer.Typer(no_args_is_help=True, help="The files of cases: which are kept, and erasing them.")


@archive_app.command("show")
def show_files(
    number: Annotated[str, typer.Argument(metavar="CASE", help="The number, such as SW-2026-0147.")],
) -> None:
    """List the files of a case, and what the archive has of each.

    Example:  [bold]disposisi archive show SW-2026-0147[/bold]
    """
    from bot.cli import archive

    archive.show(number)


@archive_app.command("erase")
def erase_files(
    number: Annotated[str, typer.Argument(metavar="CASE", help="The number, such as SW-2026-0147.")],
    *,
    because: Annotated[str, typer.Option("--because", help="Why, for the journal; it stays there for good.")],
    file: Annotated[int | None, typer.Option("--file", help="Only the file at this place of `archive show`.")] = None,
    agreed: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Erase the files of a case from the archive, for good, also where another case has the same file.

    The journal of each of these cases tells that they were erased and why; digest, size and type stay told, so the
    record is proved as before. In Telegram's chats the files stay.

    Example:  [bold]disposisi archive erase SW-2026-0147 --because "permintaan pemilik data, surat 12/2026"[/bold]
    """
    from bot.cli import archive

    archive.erase(number, file, because=because, agreed=agreed)
