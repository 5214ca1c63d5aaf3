"""The register for programs: JSON Lines, and one CSV file for each kind of row, together in a ZIP file.

Both have the names of the fields of `models/queries/register/rows.py` and its codes, instants in ISO 8601 on the
office's clock with its offset, and durations in seconds of office time. Rows are written as they come.
"""

import csv
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from handlers.exports.defused import for_csv
from handlers.exports.heading import Heading
from handlers.exports.tally import Tally
from models.queries.register.rows import CaseRow, ChaseRow, Row, StepRow, TenureRow

FORMAT = "disposisi register 1"
"""What the first line of a file of JSON Lines says that it is; the number grows when a field goes or changes."""

_NAMES: Mapping[type[Row], str] = {CaseRow: "case", StepRow: "step", ChaseRow: "chase", TenureRow: "tenure"}
_FILES: Mapping[type[Row], str] = {
    CaseRow: "cases.csv",
    StepRow: "steps.csv",
    ChaseRow: "chases.csv",
    TenureRow: "tenures.csv",
}
_FIELDS = {kind: tuple(one.name for one in fields(kind)) for kind in _NAMES}
_ABOUT = "about.csv"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_LIST = "; "


def write_json_lines(rows: Iterable[Row], heading: Heading, *, to: Path) -> Tally:
    """Write a register as JSON Lines: the heading first, then an object for each row; its `row` says of what.

    A case comes before its stays, and these before its chases. Raises OSError, and what `rows` raises.
    """
    tally = Tally()
    with to.open("w", encoding="utf-8", newline="\n") as file:
        for line in _lines(tally.counting(rows), heading):
            # What is half a surrogate pair has no place in UTF-8; JSON can escape it.
            file.write(f"{json.dumps(line, ensure_ascii=False)}\n".encode("utf-8", "backslashreplace").decode())
    return tally


def write_csv(rows: Iterable[Row], heading: Heading, *, to: Path, beside: Path) -> Tally:
    """Write a register as a ZIP file of CSV files. `beside` is a folder for what is under way.

    Raises OSError where the disk refuses, and what `rows` raises.
    """
    tally = Tally()
    with ExitStack() as opened:
        writers = {}
        for kind, name in _FILES.items():
            file = opened.enter_context((beside / name).open("w", encoding="utf-8", newline=""))
            writers[kind] = csv.writer(file)
            writers[kind].writerow(_FIELDS[kind])
        for row in tally.counting(rows):
            writers[type(row)].writerow(_cell(value, heading) for value in _values(row))
    with (beside / _ABOUT).open("w", encoding="utf-8", newline="") as file:
        about = csv.writer(file)
        about.writerow(("name", "value"))
        about.writerows((name, for_csv(_plain(value))) for name, value in _flat(heading.described))
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        for name in (_ABOUT, *_FILES.values()):
            _pack(archive, beside / name)
    return tally


def _lines(rows: Iterable[Row], heading: Heading) -> Iterator[dict[str, Any]]:
    yield {"row": "register", "format": FORMAT, **heading.described}
    for row in rows:
        names = _FIELDS[type(row)]
        yield {"row": _NAMES[type(row)], **{name: _of_json(getattr(row, name), heading) for name in names}}


def _values(row: Row) -> Iterator[Any]:
    return (getattr(row, name) for name in _FIELDS[type(row)])


def _of_json(value: Any, heading: Heading) -> Any:  # noqa: ANN401 - any field of a row
    return heading.local(value).isoformat() if isinstance(value, datetime) else value


def _cell(value: Any, heading: Heading) -> str:  # noqa: ANN401 - any field of a row
    """Return a field as a CSV file has it; None is an empty cell."""
    if isinstance(value, datetime):
        return heading.local(value).isoformat()
    if isinstance(value, list | tuple):
        return for_csv(_LIST.join(value))
    return for_csv(value) if isinstance(value, str) else _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _flat(described: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Go through a heading, with what lies within one of its fields under `field.name`."""
    for name, value in described.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        elif isinstance(value, list):
            yield name, "..".join(value)
        else:
            yield name, value


def _pack(archive: ZipFile, file: Path) -> None:
    """Put a file into an archive, under its name and without its date."""
    entry = ZipInfo(file.name, _LONG_AGO)
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
    with file.open("rb") as read, archive.open(entry, "w", force_zip64=True) as written:
        shutil.copyfileobj(read, written)
