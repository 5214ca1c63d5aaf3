"""A month of one person's work as a spreadsheet: each Laporan Evaluasi, what was handed on, and an explanation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from handlers.exports.columns import Column, Sheet
from handlers.exports.heading import Heading
from handlers.exports.spreadsheet import Looks, Table, book_at, explain
from handlers.screens.recap import RecapCase, plain_feedback, plain_verdict
from handlers.texts.catalogue import Say
from models.queries.recap.rows import Assignment, HandedOn, Handled, Pass, Recap
from models.rules.standard import Standard


@dataclass(frozen=True, slots=True)
class RecapLine:
    """One pass of one case, with the case in the words of the reader; `name` is that of the person of the list."""

    name: str
    case: Handled
    one: Pass
    worded: RecapCase


def write_recap(
    told: Recap, worded: Sequence[RecapCase], heading: Heading, say: Say, *, to: Path, beside: Path
) -> None:
    """Write a month to the file `to`. `beside` is an empty folder for what is under way.

    `worded` are the cases of the month in words, in their order. Raises OSError where the disk refuses.
    """
    with book_at(to, beside, heading) as book:
        looks = Looks.of(book)
        explained = book.add_worksheet(say.plain("recap-sheet-notes"))
        passes = Table(book, _PASSES, heading, say, looks)
        for case, words in zip(told.handled, worded, strict=True):
            for one in case.passes:
                passes.add(RecapLine(told.name, case, one, words))
        passes.finish()
        handed = Table(book, _HANDED_ON, heading, say, looks)
        for gone in told.handed_on:
            handed.add(gone)
        handed.finish()
        explain(explained, _notes(told, heading, say), looks)


def _notes(told: Recap, heading: Heading, say: Say) -> list[tuple[str, str]]:
    made = f"{heading.local(heading.made_at):%d/%m/%Y %H.%M}"
    return [
        (say.plain("recap-title-plain", month=say.time.month(told.period.first)), ""),
        (say.plain("recap-name"), told.name),
        (say.plain("recap-nip"), told.nip),
        (say.plain("recap-post"), "; ".join(told.posts)),
        (say.plain("recap-unit"), told.unit),
        (say.plain("recap-made"), made),
        (say.plain("recap-counted"), say.plain("recap-counted-words")),
        (say.plain("recap-time"), say.plain("recap-time-words")),
        (say.plain("recap-hidden"), say.plain("recap-hidden-words")),
        (say.plain("recap-no-credit"), say.plain("recap-no-credit-words")),
    ]


def _span(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)


def _late(seconds: int) -> timedelta | None:
    return _span(seconds) if seconds > 0 else None


def _given(line: RecapLine) -> Assignment | None:
    return line.case.assignment


def _assigned_at(line: RecapLine) -> datetime | None:
    given = _given(line)
    return given.at if given is not None else None


def _explained_by(line: RecapLine, _: Say) -> str:
    """Return who said why a pass was late: the person of the list, where no other is named."""
    return (line.one.late_reason_by or line.name) if line.one.late_reason else ""


_PASSES: Sheet[RecapLine] = Sheet(
    "recap-sheet-passes",
    (
        Column("register-number", 15, lambda line, _: line.case.number),
        Column("recap-subject", 44, lambda line, _: line.case.subject),
        Column("recap-unit", 24, lambda line, _: line.case.unit),
        Column("recap-assigned-by", 32, lambda line, _: line.worded.assigned_by),
        Column("recap-assigned-at", 17, lambda line, _: _assigned_at(line)),
        Column("recap-instruction", 44, lambda line, _: line.worded.assigned),
        Column("recap-revision", 9, lambda line, _: line.one.revision),
        Column("recap-received", 17, lambda line, _: line.one.received_at),
        Column("recap-given-by-head", 24, lambda line, _: line.one.given_by),
        Column("recap-submitted", 17, lambda line, _: line.one.submitted_at),
        Column("register-used", 12, lambda line, _: _span(line.one.used)),
        Column("register-standard", 11, lambda line, say: say.time.standard(Standard.parse(line.one.standard))),
        Column("register-late-by", 12, lambda line, _: _late(line.one.late_by), alarming=True),
        Column("register-late-reason", 44, lambda line, _: line.one.late_reason),
        Column("register-late-reason-by", 24, _explained_by),
        Column("recap-late-before-head", 14, lambda line, _: _late(line.one.late_before)),
        Column("register-waited", 13, lambda line, _: _late(line.one.waited)),
        Column("recap-findings-head", 44, lambda line, _: line.case.findings),
        Column("recap-action-head", 44, lambda line, _: line.case.action),
        Column("recap-result-head", 44, lambda line, _: line.case.result),
        Column("register-state", 14, lambda line, say: say.plain(f"register-state-{line.case.state.value}")),
        Column("register-closed", 17, lambda line, _: line.case.closed_at),
        Column("recap-verdict", 26, lambda line, say: plain_verdict(line.worded, say)),
        Column("recap-feedback", 20, lambda line, say: plain_feedback(line.worded, say)),
        Column("recap-feedback-by", 24, lambda line, _: "" if line.case.ended_by else line.case.appraised_by),
    ),
)

_HANDED_ON: Sheet[HandedOn] = Sheet(
    "recap-sheet-handed-on",
    (
        Column("register-number", 15, lambda row, _: row.number),
        Column("recap-handed-at", 17, lambda row, _: row.at),
        Column("recap-handed-to", 30, lambda row, _: row.to),
    ),
)
