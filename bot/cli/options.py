"""Options and arguments that several commands have."""

from enum import StrEnum
from typing import Annotated

import typer

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="URL", help="The record, such as sqlite:///disposisi.db; else DATABASE_URL decides."
    ),
]

PersonArgument = Annotated[
    str, typer.Argument(metavar="NIP_OR_NUMBER", help="The NIP, the office number, or the number of the person's row.")
]

NipArgument = Annotated[
    str,
    typer.Argument(
        metavar="NIP", help="The 18 digits; spaces are allowed in quotation marks. Without a NIP: the office number."
    ),
]


class Office(StrEnum):
    """Which office is shown: an empty one, one that has lived for a month, or both, each at its own address."""

    BOTH = "both"
    EMPTY = "empty"
    MONTH = "month"
