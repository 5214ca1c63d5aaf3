"""Writing an export: one snapshot of the record, streamed into plain files, with the files of cases beside it."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

from sqlalchemy.orm import Session

from bot.archive.contents import Archive, Lost
from bot.export.folder import ExportRefused, Target, whole_or_gone
from bot.export.verifier import FORMAT, register_line
from bot.storage.database import Database
from bot.storage.proof import look
from models.export import office, seals
from models.export.cases import case_lines, people_named
from models.export.chosen import Chosen, entry_count
from models.export.journal import entry_lines
from models.export.seals import NotSealed
from models.proof.files import kept_contents
from models.rules.period import Period

Line = dict[str, Any]

Progress = Callable[[int, int], None]
"""Told how many entries were written, of how many."""

_PROGRESS_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported, for whom: `by` names the maker, `at` is the present instant.

    `number` is that of one case, `period` the days on which a case was opened; without both it is the whole record.
    `archive` is None where the files of cases are left out.
    """

    by: str
    at: datetime
    number: str | None
    period: Period | None
    archive: Archive | None


@dataclass(frozen=True, slots=True)
class Exported:
    """What was exported. `lost` names the contents that the archive could not give, each with the reason."""

    counts: dict[str, int]
    lost: tuple[Lost, ...]
    until: str | None


def export(database: Database, target: Path, order: Order, *, progress: Progress) -> Exported:
    """Write an export of the record, as it is at one instant, into the folder `target`; a running bot goes on.

    Raises `ExportRefused`, `ArchiveFailed` and what `look` raises.
    """
    with whole_or_gone(target, at=order.at) as folder, tempfile.TemporaryFile() as contents:
        try:
            written = look(database, lambda session: _Writing(session, folder, order, progress).write(contents))
        except NotSealed as missing:
            raise ExportRefused(
                f"{missing.subject} is in no checkpoint yet, so nothing could prove it by itself. The next one is made "
                "within an hour, at a closing within a minute; or export the whole record."
            ) from None
        except (ValueError, LookupError, TypeError) as error:
            raise ExportRefused(
                f"The record cannot be read as one ({type(error).__name__}). `disposisi verify` names the place."
            ) from error
        # Reading the files may take long. No transaction is open meanwhile.
        files_read = _Files(folder, order.archive)
        contents.seek(0)
        folder.lines("files.jsonl", map(files_read.read, contents))
        if files_read.lost:
            _check_erased(database, files_read.lost)
        counts = {**written.counts, "files": files_read.count}
        folder.text("README.txt", _README)
        for name in ("verifier.py", "holders.py"):
            folder.text(name, (files("bot.export") / name).read_text(encoding="utf-8"))
        folder.finish(_manifest(order, counts))
    return Exported(counts, tuple(files_read.lost), written.until)


def _check_erased(database: Database, lost: Iterable[Lost]) -> None:
    kept = set(look(database, kept_contents))
    if any(one.digest not in kept for one in lost):
        raise ExportRefused("A file was erased while the export was written. Nothing was exported: export once more.")


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written in the snapshot: how much, and when the newest checkpoint of it was made."""

    counts: dict[str, int]
    until: str | None


class _Writing:
    """One export, in one snapshot."""

    def __init__(self, session: Session, folder: Target, order: Order, progress: Progress) -> None:
        self._session = session
        self._folder = folder
        self._order = order
        self._progress = progress
        self._chosen = self._choose()
        self._named: set[int] = set()

    def _choose(self) -> Chosen:
        chosen = Chosen(number=self._order.number)
        if self._order.period is not None:
            zone = office.zone_of(self._session)
            chosen = replace(chosen, since=self._order.period.starts(zone), until=self._order.period.ends(zone))
        return chosen

    def write(self, contents: IO[bytes]) -> _Written:
        """Write everything but the files, and into `contents` a line for each content that there is a file of.

        Raises `NotSealed` for a chosen case that nothing would prove.
        """
        session, folder, chosen = self._session, self._folder, self._chosen
        counts = {"cases": self._cases(), **self._journal()}
        counts["checkpoints"], until = self._seals()
        named = None if chosen.whole else self._named
        folder.lines("office/people.jsonl", office.people_lines(session, named))
        folder.lines("office/posts.jsonl", office.post_lines(session))
        if chosen.whole:
            folder.lines("office/tenures.jsonl", office.tenure_lines(session))
        folder.lines("office/calendars.jsonl", office.calendar_lines(session))
        for digest, text in office.sop_texts(session, chosen):
            folder.text(f"sops/{digest}.toml", text)
        contents.writelines(json.dumps(line).encode() + b"\n" for line in office.content_lines(session, chosen))
        return _Written(counts, until)

    def _cases(self) -> int:
        """Write the cases, and the register beside them."""
        count = self._folder.lines("cases.jsonl", self._noting(case_lines(self._session, self._chosen)))
        if not count and self._order.number is not None:
            raise ExportRefused(f"There is no case {self._order.number}. Nothing was exported.")
        self._folder.lines("register.jsonl", map(register_line, case_lines(self._session, self._chosen)))
        return count

    def _noting(self, lines: Iterable[Line]) -> Iterator[Line]:
        for line in lines:
            if not self._chosen.whole:
                self._named.update(people_named(line))
            yield line

    def _journal(self) -> dict[str, int]:
        chains, entries, last = 0, 0, None
        size = entry_count(self._session, self._chosen)

        def counted() -> Iterator[Line]:
            nonlocal chains, entries, last
            for line in self._noting(entry_lines(self._session, self._chosen)):
                chains, entries, last = chains + (line["chain"] != last), entries + 1, line["chain"]
                if entries % _PROGRESS_EVERY == 0:
                    self._progress(entries, size)
                yield line

        self._folder.lines("journal.jsonl", counted())
        self._progress(entries, size)
        return {"chains": chains, "entries": entries}

    def _seals(self) -> tuple[int, str | None]:
        session, folder, whole = self._session, self._folder, self._chosen.whole
        folder.lines("checkpoints/keys.jsonl", seals.key_lines(session))
        until: list[str] = []

        def noting() -> Iterator[Line]:
            for line in seals.note_lines(session, newest=not whole):
                until[:] = [line["sealed_at"]]
                yield line

        count = folder.lines("checkpoints/notes.jsonl", noting())
        if whole:
            for log in seals.logs(session):
                folder.lines(f"checkpoints/leaves-{log}.jsonl", seals.leaves(session, log))
        else:
            folder.lines("checkpoints/proofs.jsonl", seals.proof_lines(session, self._chosen))
        return count, until[0] if until else None


class _Files:
    """The files of an export, copied out of the archive; `archive` is None where they are left out."""

    def __init__(self, folder: Target, archive: Archive | None) -> None:
        self._folder = folder
        self._archive = archive
        self.count = 0
        self.lost: list[Lost] = []

    def read(self, line: bytes) -> Line:
        """Copy the content of a line, and return what is told of it."""
        told: Line = json.loads(line)
        if self._archive is None:
            return {**told, "state": "left out"}
        if told["erased_at"] is not None:
            return {**told, "state": "erased"}
        try:
            self._folder.content(told["sha256"], self._archive.read(told["sha256"]))
        except Lost as lost:
            self.lost.append(lost)
            return {**told, "state": lost.reason}
        self.count += 1
        return {**told, "state": "here"}


def _manifest(order: Order, counts: dict[str, int]) -> Line:
    return {
        "format": FORMAT,
        "program": _program(),
        "made_at": order.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "made_by": order.by,
        "whole": order.number is None and order.period is None,
        "case": order.number,
        "period": None if order.period is None else str(order.period),
        "files": order.archive is not None,
        "counts": counts,
    }


def _program() -> str:
    try:
        return f"disposisi {version('disposisi')}"
    except PackageNotFoundError:
        return "disposisi, from a folder that is not installed"


_README = """This folder is an export of the record of an office, made by disposisi.

It is complete in itself: lines of JSON and plain files, each described in docs/export-format.md of the project.

  manifest.json      what is here, with the SHA-256 of each file; when, by whom and of which part it was made
  register.jsonl     the register: one line for each case
  cases.jsonl        each case with its steps: who decided what, when, in which capacity
  journal.jsonl      the journal: each line is chained to the one before it by its hash
  checkpoints/       signed seals over all chains, and the public keys
  office/, sops/     people, posts, calendars and the SOPs under which the cases ran
  files/             the files of cases, each named by the SHA-256 of its bytes; files.jsonl tells of them
  verifier.py        a copy of the program that checks all of this
  holders.py         a copy of the one that checks who held which post when

To check it you need Python 3.11 with the package "cryptography", and the office's public key in a file:

  python verifier.py THIS-FOLDER --key KEY-FILE
  python holders.py THIS-FOLDER        (the whole record only, and after verifier.py, which proves what it reads)

Take both programs from the project, and the key from the office itself or from an older letter, not from this folder.
Who can change the folder can change the copies of the programs too, and let them say what they like. The digest of
manifest.json (manifest.sha256) may be told over another way, so that both sides know that they have the same export.

verifier.py ends with 0 when everything is proved, with 3 when it is proved but for what was erased by law, with 1 when
something was changed: each fault is one sentence with its file and line. It says until when it is proved.

The folder names people and what they wrote. Keep it as you keep the record itself.
"""
