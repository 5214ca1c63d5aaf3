"""The rule of `holders.py`, held against a record without exporting all of it."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from bot.export.holders import faults
from models.export.chosen import Chosen
from models.export.journal import entry_lines


def writes_journal(session: Session, folder: Path) -> None:
    """Write `journal.jsonl` as an export of the whole record has it."""
    lines = (f"{json.dumps(line)}\n" for line in entry_lines(session, Chosen()))
    (folder / "journal.jsonl").write_text("".join(lines), encoding="utf-8")


def acted_without_holding(session: Session) -> list[str]:
    """Return what `holders.py` finds in an export of the whole record as it is now."""
    with TemporaryDirectory() as folder:
        writes_journal(session, Path(folder))
        return list(faults(Path(folder)))
