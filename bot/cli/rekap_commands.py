"""`disposisi rekap`: how it is typed, and what its help says."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import DatabaseOption, NipArgument


class Form(StrEnum):
    """What a month of work can be written as."""

    TEXT = "text"
    PDF = "pdf"
    XLSX = "xlsx"


def rekap(
    nip: NipArgument,
    *,
    month: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="The month, such as 2026-11, or bulan-lalu; else this one.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="Text printed here, a paper, or a spreadsheet.")] = Form.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else a name with the month and the NIP.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there already.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Tell what a person handled in a month (rekap kinerja), as they would read it themselves, while the bot runs.

    Each case stands there with its written assignment, findings, result and time, and with what the reporter and the
    superior said. The file holds names and a NIP, so only its owner may read it.

    Examples:  [bold]disposisi rekap 198001012005021003 --month 2026-11[/bold]   \
[bold]disposisi rekap 198001012005021003 --month bulan-lalu --format pdf -o rekap.pdf[/bold]
    """
    from bot.cli import rekap as command  # noqa: PLC0415 - papers take a second, and are needed only here

    command.write(command.Asked(nip, month, form.value), output, database, overwrite=overwrite)
