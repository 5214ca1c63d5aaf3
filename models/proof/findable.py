"""Holding the document by which a case is found against the rows of the case, which are held against its journal."""

from collections.abc import Sequence
from datetime import timedelta

from models.proof.account import Row
from models.proof.testimony import Exhibits
from models.search import terms
from models.search.document import MOST, read

_DAY = timedelta(days=1)
"""No clock of an office is further from UTC: its month is that of a day before or after."""

_FORMER = (terms.TOOK_PART, terms.AT_POST)
"""The terms that stay: of a person who was given a task and handed it on."""


def fault_of(
    document: Row | None, case: Row, *, tasks: Sequence[Row], evaluations: Sequence[Row], exhibits: Exhibits
) -> str | None:
    """Return what is wrong with the document of a case, None where it says what the rows say.

    A document that is full has only a part of the words.
    """
    if document is None:
        return "the index does not have this case"
    kept, size = document["terms"], document["size"]
    if not isinstance(kept, str) or not isinstance(size, int):
        return "the index of this case cannot be read"
    found, told = read(kept), terms.of_case(case, None)
    for tell, rows in (
        (terms.of_task, tasks),
        (terms.of_evaluation, evaluations),
        (terms.of_question, exhibits.questions),
        (terms.of_remark, exhibits.remarks),
        (terms.of_extension, exhibits.extensions),
        (terms.of_consultation, exhibits.consultations),
        (terms.of_copy, exhibits.copies),
    ):
        for row in rows:
            told |= tell(row)
    months = {terms.of_month(case["opened_at"] + day) for day in (-_DAY, _DAY)}
    more = {one for one in found - told if one not in months and not one.startswith(_FORMER)}
    if more:
        return "the index of this case has words that are not its own"
    if size < MOST and not told <= found:
        return "the index of this case lacks words"
    return None
