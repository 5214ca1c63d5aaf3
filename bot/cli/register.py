"""`disposisi register`: the register in a file, and who was late."""

import getpass
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import typer
from rich.table import Table

from bot.cli import console, surroundings
from bot.copying.backup import check_place, finished_or_gone
from bot.loop.ending import ended_orderly
from bot.rules import load_rules
from bot.storage.database import Database
from bot.storage.proof import look
from handlers.exports.heading import Confidential
from handlers.exports.making import Order, make
from handlers.exports.register import Format
from handlers.exports.tally import Sum, Tally
from handlers.texts.catalogue import Texts
from handlers.texts.wording import INDONESIAN
from models.administration import registers
from models.queries.register.known import sops_of_cases
from models.queries.register.wanted import Wanted
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.document import nearest
from models.rules.period import WORDS, Period, UnreadablePeriod
from models.rules.rules import Rules

_NAMED = 20
"""People who are printed; the file has all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed."""

    period: str | None
    post: str | None
    sop: str | None
    late: bool
    form: str
    confidential: bool
    maker: str | None


def write(asked: Asked, output: Path | None, database: str | None, *, overwrite: bool) -> None:
    """Write the register into a file, journal it, and say who was late.

    The journal has it before the file has its name: no file is ever there of which the journal does not tell.
    """
    settings = surroundings.settings(database)
    rules = load_rules(settings)
    with closing(surroundings.database(settings)) as opened, ended_orderly():
        order = look(opened, lambda session: _order(asked, Reader(session, rules=rules, at=surroundings.now())))
        file = output if output is not None else Path(order.file_name)
        check_place(opened, file, overwrite=overwrite)
        maker = asked.maker or getpass.getuser()
        with finished_or_gone(file) as temporary:
            tally = _made(order, rules, opened, maker=maker, to=temporary)
            with opened.transaction() as session:
                records = Records(session, rules=rules, at=surroundings.now())
                registers.take(records, order.kept, by=None, capacity="operator", maker=maker)
    _tell(tally, file, late=asked.late)


def _made(order: Order, rules: Rules, opened: Database, *, maker: str, to: Path) -> Tally:
    """Write the file out of one snapshot of the record, while a bot may go on to serve it."""
    say = Texts.load(rules.office.calendar.zone).say(INDONESIAN)
    with (
        tempfile.TemporaryDirectory(prefix=f".{to.name}.", dir=to.parent) as beside,
        console.progress("Reading the record") as progress,
    ):
        return look(
            opened,
            lambda session: make(
                Reader(session, rules=rules, at=surroundings.now()),
                order,
                say,
                maker=maker,
                to=to,
                beside=Path(beside),
                progress=progress,
            ),
        )


def _order(asked: Asked, reader: Reader) -> Order:
    """Return what was asked for. Raises `typer.BadParameter` for a period, a post or an SOP that there is not."""
    today = reader.at.astimezone(reader.calendar.zone).date()
    try:
        period = Period.parse(asked.period, today=today) if asked.period is not None else None
    except UnreadablePeriod as error:
        raise typer.BadParameter(
            f"“{error.words}” is no period. Write 2026, 2026-10, 2026-10-05, two of them as 2026-10..2026-12, or one "
            f"of {', '.join(WORDS)}.",
            param_hint="--period",
        ) from None
    post = surroundings.post_named(asked.post, reader.rules).code if asked.post is not None else None
    known = {*reader.rules.sops, *sops_of_cases(reader.session)}
    if asked.sop is not None and asked.sop not in known:
        raise typer.BadParameter(f"There is no SOP “{asked.sop}”. {nearest(asked.sop, known)}", param_hint="--sop")
    confidential = Confidential.WHOLE if asked.confidential else Confidential.POSITION
    return Order(Wanted(period, post, asked.sop, late=asked.late), Format(asked.form), confidential)


def _tell(tally: Tally, file: Path, *, late: bool) -> None:
    parts = (
        console.counted(tally.cases, "case", "cases"),
        f"{console.counted(tally.stays, 'step', 'steps')} ({tally.late} late)",
        console.counted(tally.chases, "reminder", "reminders"),
    )
    if late and tally.late_ones:
        console.show(_who_was_late(tally.late_ones[:_NAMED]))
        if (more := len(tally.late_ones) - _NAMED) > 0:
            console.note(f"{console.counted(more, 'more is', 'more are')} in the file.")
    elif late:
        console.succeed("Nobody was late.")
    console.succeed(f"{file}: {', '.join(parts)}.")
    console.note(
        "It holds personal data: names, NIP and what was reported. The office's journal tells that it was made."
    )


def _who_was_late(sums: Iterable[Sum]) -> Table:
    table = Table("Post", "Official", "Late", "Late in all", "Longest", header_style="bold")
    for one in sums:
        table.add_row(
            one.post, console.harmless(one.person) or "–", str(one.late), _hours(one.late_by), _hours(one.longest)
        )
    return table


def _hours(seconds: int) -> str:
    """Return a duration in hours and minutes of office time, rounded down."""
    minutes = timedelta(seconds=seconds) // timedelta(minutes=1)
    return f"{minutes // 60}:{minutes % 60:02d}"
