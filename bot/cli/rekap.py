"""`disposisi rekap`: a month of one person's work, printed, as a paper, or as a spreadsheet."""

import getpass
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from bot.cli import console, surroundings
from bot.copying.backup import check_place, finished_or_gone
from bot.loop.ending import ended_orderly
from bot.papers.workshop import Workshop
from bot.rules import load_rules
from bot.settings import Settings
from bot.stopped import Stopped
from bot.storage.proof import look
from handlers.exports.recap import write_recap
from handlers.looking import recapping
from handlers.papers.paper import Paper
from handlers.screens import recap as screens
from handlers.screens.recap import MonthInWords
from handlers.texts.catalogue import Say, Texts
from handlers.texts.shorten import unmarked
from handlers.texts.wording import INDONESIAN
from handlers.views import recap as views
from models.queries.people import person_with_nip
from models.queries.recap.reading import recap
from models.queries.recap.rows import Recap
from models.repository.reader import Reader
from models.rules.period import Period, UnreadablePeriod
from models.rules.rules import Rules

_TEXT, _PDF = "text", "pdf"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed."""

    nip: str
    month: str | None
    form: str


def write(asked: Asked, output: Path | None, database: str | None, *, overwrite: bool) -> None:
    """Print a month, or write it into `output`, else into a file named like it.

    Raises `Stopped` for a person who is not registered, `typer.BadParameter` for a month that is none.
    """
    settings, digits = surroundings.settings(database), surroundings.nip(asked.nip)
    rules = load_rules(settings)
    with closing(surroundings.database(settings)) as opened, ended_orderly():
        say = Texts.load(rules.office.calendar.zone).say(INDONESIAN)
        month = look(
            opened, lambda session: _found(asked, digits, Reader(session, rules=rules, at=surroundings.now()), say)
        )
        if asked.form == _TEXT:
            console.say(unmarked(screens.whole(month.words, say)))
            return
        file = output if output is not None else Path(f"rekap-kinerja-{month.told.period}-{digits}.{asked.form}")
        check_place(opened, file, overwrite=overwrite)
        with finished_or_gone(file) as temporary:
            if asked.form == _PDF:
                temporary.write_bytes(_set(month.paper, settings))
            else:
                _fill(month, rules, say, temporary)
    console.succeed(f"{file}: {console.counted(len(month.told.handled), 'case', 'cases')}.")
    console.note("It holds personal data: names, NIP and what was reported.")


@dataclass(frozen=True, slots=True)
class _Month:
    """A month as it was found: the values, the same in words, and as a paper that is not set yet."""

    told: Recap
    words: MonthInWords
    paper: Paper
    at: datetime


def _found(asked: Asked, digits: str, reader: Reader, say: Say) -> _Month:
    person = person_with_nip(reader, digits)
    if person is None:
        raise Stopped("Nobody with this NIP is registered. See: disposisi person list")
    told = recap(reader, person, _month(asked.month, reader), viewer=None)
    return _Month(told, views.in_words(reader, told, say), views.paper(reader, told, say), reader.at)


def _set(paper: Paper, settings: Settings) -> bytes:
    workshop = Workshop(settings.paper_templates)
    try:
        return workshop.typesetter().set_now(paper)
    finally:
        workshop.close()


def _fill(month: _Month, rules: Rules, say: Say, file: Path) -> None:
    heading = recapping.heading(rules.office, month.told.period, maker=getpass.getuser(), at=month.at)
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.absolute().parent) as beside:
        write_recap(month.told, month.words.cases, heading, say, to=file, beside=Path(beside))


def _month(typed: str | None, reader: Reader) -> Period:
    """Return the month that was typed, or the present one. Raises `typer.BadParameter` for what names no month."""
    today = views.today(reader)
    try:
        period = Period.parse(typed, today=today) if typed is not None else Period.month(today)
    except UnreadablePeriod:
        period = None
    if period is None or period != Period.month(period.first):
        raise typer.BadParameter(f"“{typed}” is no month. Write 2026-11, or bulan-lalu.", param_hint="--month")
    return period
