"""What reporters said of what came of their reports, counted.

    counted(reader, period)                  # one Count, under the key ""
    counted(reader, period, by=By.PERSON)    # a Count for each person who handled such a case, by their number

A verdict counts in the period in which its case was closed, so that it stands beside the cases that went out then; the
days are those of the office's clock. Each reporter of a case has a verdict, and each counts. It is booked on the
person, the post and the step of the Laporan Evaluasi that was submitted last: that work the reporter speaks of. Cases
without a verdict are not counted: how many were closed is for the caller to know. Only the last word of a reporter
counts; a verdict of an erased reporter stays one.

The indexes of judged cases and of those that several people report lead to those of the period, so the cost follows
the verdicts in it, however many there are.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, literal_column, select

from models.case.case import Case
from models.case.evaluation import Evaluation
from models.case.joined_report import JoinedReport
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.case.verdict import Count, Verdicts
from models.repository.reader import Reader
from models.rules.complete import complete
from models.rules.period import Period

Key = str | int
"""What verdicts are counted for: the number of a person, the code of a post or of an SOP, the number of a step."""


OF_FELLOWS: tuple[ColumnElement[bool], ...] = (
    # As the index of such cases has it: a value that is bound would keep SQLite from using it.
    Case.joined > literal_column("0"),
    JoinedReport.case_id == Case.id,
    JoinedReport.parted_at.is_(None),
    JoinedReport.helped.is_not(None),
)
"""What holds of a verdict of a person whose report is a part of a case."""


_SAID_IN = (Case.helped, Case.quick, Case.clear)
_WAYS = tuple(product((True, False), (True, False, None), (True, False, None)))
"""What a reporter can have said in these columns, None for a tap that they left out."""


class By(StrEnum):
    """By what verdicts are counted. The steps of several SOPs that have one number are counted together."""

    PERSON = "person"
    POST = "post"
    STEP = "step"
    SOP = "sop"


_KEYS: Mapping[By, ColumnElement[Any]] = complete(
    By,
    {
        By.PERSON: Evaluation.author_id.expression,
        By.POST: Task.post.expression,
        By.STEP: Task.step.expression,
        By.SOP: SopVersion.code.expression,
    },
)

_LAST = (
    select(func.max(Evaluation.revision))
    .where(Evaluation.case_id == Case.id, Evaluation.submitted_at.is_not(None))
    .correlate(Case)
    .scalar_subquery()
)
"""The number of the revision that was submitted last."""


def counted(
    reader: Reader, period: Period | None = None, *, by: By | None = None, sop: str | None = None
) -> dict[Key, Count]:
    """Return the verdicts on cases that were closed in a period, all of them without one; `sop` names the only SOP.

    Without `by` they are counted together, under the key "". What nobody has said anything of has no key.
    """
    key = literal("") if by is None else _KEYS[by]
    found = _together(reader, period, sop) if by is None else _apart(reader, period, by, sop)
    said = select(key, *_sums(JoinedReport)).join_from(Case, JoinedReport, and_(*OF_FELLOWS))
    of_fellows = _narrowed(said, reader, period, by, sop)
    for row in reader.session.execute(of_fellows.group_by(key)):
        found[row[0]] = found.get(row[0], Count()).and_of_fellows(Verdicts(*row[1:]))
    return found


def _together(reader: Reader, period: Period | None, sop: str | None) -> dict[Key, Count]:
    """Return the verdicts of first reporters, under the key "".

    Each way in which they can have said it is counted by itself, which an index answers without a look at any case.
    """
    ways = [
        select(func.count())
        .select_from(Case)
        .where(Case.helped.is_not(None), *(column.is_(word) for column, word in zip(_SAID_IN, way, strict=True)))
        for way in _WAYS
    ]
    counts = [_narrowed(way, reader, period, None, sop).scalar_subquery() for way in ways]
    found = list(zip(_WAYS, reader.session.execute(select(*counts)).one(), strict=True))
    said = [sum(count for way, count in found if way[place] is good) for place in range(3) for good in (True, False)]
    return {"": Count(*said)} if any(said) else {}


def _apart(reader: Reader, period: Period | None, by: By, sop: str | None) -> dict[Key, Count]:
    """Return the verdicts of first reporters by person, post, step or SOP."""
    key = _KEYS[by]
    said = _narrowed(select(key, *_sums(Case)).where(Case.helped.is_not(None)), reader, period, by, sop)
    return {row[0]: Count(*row[1:]) for row in reader.session.execute(said.group_by(key))}


def _narrowed(
    wanted: Select[Any], reader: Reader, period: Period | None, by: By | None, sop: str | None
) -> Select[Any]:
    if period is not None:
        zone = reader.calendar.zone
        wanted = wanted.where(Case.closed_at >= period.starts(zone), Case.closed_at < period.ends(zone))
    if by in {By.PERSON, By.POST, By.STEP}:
        wanted = wanted.join(Evaluation, and_(Evaluation.case_id == Case.id, Evaluation.revision == _LAST))
        wanted = wanted.join(Task, Task.id == Evaluation.task_id)
    if by is By.SOP or sop is not None:
        wanted = wanted.join(SopVersion, SopVersion.id == Case.sop_version_id)
    return wanted.where(SopVersion.code == sop) if sop is not None else wanted


def _of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _sums(of: type[Case | JoinedReport]) -> Sequence[ColumnElement[int]]:
    """Return what `Verdicts` has, in its order, as sums of what the rows of a table keep."""
    return [_of(column.is_(good)) for column in (of.helped, of.quick, of.clear) for good in (True, False)]
