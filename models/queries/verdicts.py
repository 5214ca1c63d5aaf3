"""What reporters said of what came of their reports, counted.

    counted(reader, period)                  # one Count, under the key ""
    counted(reader, period, by=By.PERSON)    # a Count for each person who handled such a case, by their number

A verdict counts in the period in which its case was closed, so that it stands beside the cases that went out then; the
days are those of the office's clock. It is booked on the person, the post and the step of the Laporan Evaluasi that was
submitted last: that work the reporter speaks of. Cases without a verdict are not counted: how many were closed is for
the caller to know. Only the last word of a reporter counts; a verdict of an erased reporter stays one.

The index of judged cases leads to those of the period, so the cost follows the verdicts in it, however many there are.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select

from models.case.case import Case
from models.case.evaluation import Evaluation
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.case.verdict import Count
from models.repository.reader import Reader
from models.rules.complete import complete
from models.rules.period import Period

Key = str | int
"""What verdicts are counted for: the number of a person, the code of a post or of an SOP, the number of a step."""


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
    wanted = select(key, *_SUMS).where(Case.helped.is_not(None)).group_by(key)
    if period is not None:
        zone = reader.calendar.zone
        wanted = wanted.where(Case.closed_at >= period.starts(zone), Case.closed_at < period.ends(zone))
    if by in {By.PERSON, By.POST, By.STEP}:
        wanted = wanted.join(Evaluation, and_(Evaluation.case_id == Case.id, Evaluation.revision == _LAST))
        wanted = wanted.join(Task, Task.id == Evaluation.task_id)
    if by is By.SOP or sop is not None:
        wanted = wanted.join(SopVersion, SopVersion.id == Case.sop_version_id)
    if sop is not None:
        wanted = wanted.where(SopVersion.code == sop)
    return {row[0]: Count(*row[1:]) for row in reader.session.execute(wanted)}


def _of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


_SUMS = (
    _of(Case.helped.is_(True)),
    _of(Case.helped.is_(False)),
    _of(Case.quick.is_(True)),
    _of(Case.quick.is_(False)),
    _of(Case.clear.is_(True)),
    _of(Case.clear.is_(False)),
)
"""What a `Count` has, in its order."""
