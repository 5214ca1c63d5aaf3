"""The register as a file, in the format that is wanted."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from handlers.exports.heading import Heading
from handlers.exports.plain import write_csv, write_json_lines
from handlers.exports.tally import Tally
from handlers.texts.catalogue import Say
from models.queries.register.rows import Row
from models.queries.register.wanted import Wanted


class Format(StrEnum):
    """What a register is written as. `csv` is a ZIP file with a CSV file for each kind of row; `json` is JSON Lines."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return {Format.XLSX: "xlsx", Format.CSV: "csv.zip", Format.JSON: "jsonl"}[self]


def write(form: Format, rows: Iterable[Row], heading: Heading, say: Say, *, to: Path, beside: Path) -> Tally:
    """Write a register to the file `to`, and return its tally. `beside` is an empty folder for what is under way.

    Raises OSError where the disk refuses, and what `rows` raises.
    """
    match form:
        case Format.XLSX:
            # Most processes never write one.
            from handlers.exports.spreadsheet import write_spreadsheet  # noqa: PLC0415

            return write_spreadsheet(rows, heading, say, to=to, beside=beside)
        case Format.CSV:
            return write_csv(rows, heading, to=to, beside=beside)
        case Format.JSON:
            return write_json_lines(rows, heading, to=to)
        case _:
            assert_never(form)


def file_name(wanted: Wanted, form: Format) -> str:
    """Return the name of a register's file, such as `register-2026-10-terlambat.xlsx`, of our own words alone."""
    period = str(wanted.period).replace("..", "-sd-") if wanted.period is not None else "semua"
    words = ["register", period, *(one for one in (wanted.post, wanted.sop) if one is not None)]
    return f"{'-'.join([*words, *(['terlambat'] if wanted.late else [])])}.{form.ending}"
