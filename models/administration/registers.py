"""Taking registers, months and papers out of the record: each is personal data that leaves, and so an act.

The office's journal tells who took what, and of whom: the list of what was processed for a person is read from it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from models.case.case import Case
from models.case.joined_report import THERE, JoinedReport
from models.office.person import Person
from models.repository.records import Records

TAKEN, RECAP_TAKEN, PAPER_TAKEN = "take-register", "take-recap", "take-paper"
"""The actions of the entries."""


def take(records: Records, what: Mapping[str, Any], *, by: Person | None, capacity: str, maker: str) -> int:
    """Write into the office's journal that somebody takes the register, and return the number of the entry.

    `what` says of which period, post and SOP, in which format, and what of confidential cases stands in it. `by` is
    None where the command line takes it; `maker` is then the name that stands in the file.
    """
    named = maker if by is None else None
    return records.log_office(TAKEN, by, capacity=capacity, **what, maker=named)


def take_recap(records: Records, of: Person, month: str, form: str, *, by: Person) -> int:
    """Write into the office's journal that `by` takes a month of `of` as a file, and return the number of the entry.

    `month` is written as `2026-11`, `form` is the ending of the file.
    """
    return records.log_office(RECAP_TAKEN, by, person=of.id, month=month, form=form)


def take_paper(records: Records, case: Case, kind: str, *, by: Person | None) -> int:
    """Write into the office's journal that a paper of a case is handed to `by`, and return the number of the entry.

    `by` is None where the command line writes it. The persons whose data leave are the reporter, and those who joined
    the report (`fellows`, where there are any).
    """
    capacity, reporter = "person" if by is not None else "operator", case.reporter_id
    joined = select(JoinedReport.person_id).where(JoinedReport.case_id == case.id, THERE).order_by(JoinedReport.id)
    others = records.session.scalars(joined) if case.joined else ()
    said: dict[str, Any] = {"case": case.number, "kind": kind}
    if fellows := [one for one in dict.fromkeys(others) if one != reporter]:
        said["fellows"] = fellows
    return records.log_office(PAPER_TAKEN, by, capacity=capacity, person=reporter, **said)
