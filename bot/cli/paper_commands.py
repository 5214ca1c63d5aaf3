"""`disposisi paper`: how it is typed, and what its help says."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import DatabaseOption


class Kind(StrEnum):
    """The papers of a case."""

    DISPOSITION = "disposisi"
    EVALUATION = "evaluasi"


def paper(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The number of the case, such as SW-2026-0147.")],
    *,
    kind: Annotated[Kind, typer.Option(help="Lembar Disposisi or Laporan Evaluasi.")] = Kind.DISPOSITION,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else a name with the number of the case.")
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Write the Lembar Disposisi or the Laporan Evaluasi of a case as PDF/A for A4, while the bot runs.

    The case's journal tells that it was issued, so the bot knows it as genuine. A file that is there is replaced. The
    link on it needs the bot's name, which only a running bot knows: here the words to type stand there alone.

    Examples:  [bold]disposisi paper SW-2026-0147[/bold]   \
[bold]disposisi paper SW-2026-0147 --kind evaluasi -o laporan.pdf[/bold]
    """
    from bot.cli import paper as papers  # noqa: PLC0415 - they take a second, and are needed only here

    papers.write(case, kind.value, output, database)
