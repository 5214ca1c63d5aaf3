"""`disposisi paper`: Lembar Disposisi or Laporan Evaluasi of a case, as the bot sends it in chat."""

import hashlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bot.cli import console, surroundings
from bot.papers.workshop import Workshop
from bot.rules import load_rules
from bot.stopped import Stopped
from bot.storage.proof import look
from handlers.papers.paper import Paper
from handlers.views.disposition_sheet import disposition_sheet
from handlers.views.evaluation_report import evaluation_report
from models.administration import registers
from models.case.case import Case
from models.refusals.reports import UnknownCase
from models.repository.reader import Reader
from models.repository.records import Records
from models.upkeep import issuing
from models.upkeep.moving import username_of

EVALUATION = "evaluasi"
"""How the Laporan Evaluasi is called here; any other word is the Lembar Disposisi."""


def write(number: str, kind: str, output: Path | None, database: str | None) -> None:
    """Write a paper into `output`, else into a file named like it, which is replaced; the case's journal has it before.

    Raises `Stopped` for a case that there is not, a report that nobody has submitted, a file that cannot be written.
    """
    settings = surroundings.settings(database)
    rules, workshop = load_rules(settings), Workshop(settings.paper_templates)
    with closing(surroundings.database(settings)) as opened:
        # As in chat: the paper leads to the account that serves the record.
        rules = replace(rules, bot_username=look(opened, username_of) or "")
        paper = look(opened, lambda session: _found(Reader(session, rules=rules, at=surroundings.now()), number, kind))
        content = workshop.typesetter().set_now(paper)
        workshop.close()
        if (issue := paper.issue) is not None:
            with opened.transaction() as session:
                records = Records(session, rules=rules, at=surroundings.now())
                if not issuing.issue(
                    records,
                    kind=issue.kind,
                    case_id=issue.case_id,
                    code=issue.code,
                    sequence=issue.sequence,
                    file=hashlib.sha256(content).hexdigest(),
                ):
                    raise Stopped(f"Words of {number} were erased at this moment. Run the command again.")
                registers.take_paper(records, session.get_one(Case, issue.case_id), issue.kind.value, by=None)
    target = output or Path(f"{paper.name}.pdf")
    try:
        target.write_bytes(content)
    except OSError as error:
        raise Stopped(f"{target} cannot be written: {error.strerror}.") from error
    console.succeed(f"{target}: SHA-256 {hashlib.sha256(content).hexdigest()}")


def _found(reader: Reader, number: str, kind: str) -> Paper:
    try:
        standing = reader.case_numbered(number)
    except UnknownCase:
        raise Stopped(f"There is no case {number}. Write the whole number, such as SW-2026-0147.") from None
    if kind != EVALUATION:
        return disposition_sheet(reader, standing, whole=True)
    paper = evaluation_report(reader, standing)
    if paper is None:
        raise Stopped(f"Nobody has submitted a Laporan Evaluasi for {number} yet.")
    return paper
