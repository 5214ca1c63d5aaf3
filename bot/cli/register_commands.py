"""`disposisi register`: how it is typed, and what its help says."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import DatabaseOption


class Form(StrEnum):
    """What a register can be written as."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


def register(  # noqa: PLR0913 - each is an option
    *,
    period: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="Such as 2026-10, bulan-lalu, 2026-10..2026-12; else all.")
    ] = None,
    post: Annotated[
        str | None, typer.Option(metavar="POST_OR_ROLE", help="Only the steps of this post, such as kadiv.")
    ] = None,
    sop: Annotated[str | None, typer.Option(metavar="CODE", help="Only cases under this SOP.")] = None,
    late: Annotated[bool, typer.Option("--late", help="Only steps that were late in the period.")] = False,
    form: Annotated[
        Form, typer.Option("--format", help="A spreadsheet, CSV files in a ZIP, or JSON Lines.")
    ] = Form.XLSX,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else a name that says of what it is.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there already.")] = False,
    confidential: Annotated[
        bool, typer.Option("--confidential", help="With the words of confidential cases; else their numbers alone.")
    ] = False,
    maker: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who makes it; else the account of this machine.")
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Write the register (buku register): cases, steps, reminders and people in posts, while the bot runs.

    A period is a year, a month or a day, two of them around two dots, or a word: hari-ini, bulan-ini, bulan-lalu,
    tahun-ini, tahun-lalu. It takes what lies in it at least partly, on the office's clock. With --late the answer
    to “who was late?” is printed, too.

    The spreadsheet has dates, durations of office time and filters. CSV and JSON are for programs: their fields are in
    docs/operations.md. The file holds names and NIP, so only its owner may read it. The journal tells who made it.

    Examples:  [bold]disposisi register --period bulan-lalu --late[/bold]   \
[bold]disposisi register --period 2026 --post kadiv --format json -o kadiv.jsonl[/bold]
    """
    from bot.cli import register as command

    asked = command.Asked(period, post, sop, late=late, form=form.value, confidential=confidential, maker=maker)
    command.write(asked, output, database, overwrite=overwrite)
