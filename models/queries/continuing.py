"""The cases that a case goes on from: what was reported there, and what its Laporan Evaluasi says of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from models.case.case import Case, CaseState
from models.case.evaluation import Evaluation, Part
from models.case.sight import Sight, sight_of
from models.office.person import Person
from models.repository.reader import Reader

LONGEST = 5
"""The cases that are told, the latest first; of a longer chain the rest stays behind the buttons of the oldest."""

_SUBMITTED = (
    select(Evaluation)
    .where(Evaluation.case_id == bindparam("case"), Evaluation.submitted_at.is_not(None))
    .order_by(Evaluation.revision.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A case from which another goes on.

    `text` and `parts` (those of the last Laporan Evaluasi) are empty for a reader who may not read its words. `opens`
    is whether the reader may look at the case itself.
    """

    case_id: int
    number: str
    text: str
    parts: Mapping[Part, str]
    readable: bool
    opens: bool


def earlier(reader: Reader, case: Case, *, person: Person | None, whole: bool) -> list[Earlier]:
    """Return the cases that `case` goes on from, the latest first, as a person may see them who may read `case`.

    A confidential one tells its words only to those who may read that case itself. Who reads `case` only as their own
    report, and not `whole`, learns of a Laporan Evaluasi its result alone. A case that was moved to another SOP has no
    words of its own: its report is that of the case which follows it.
    """
    found: list[Earlier] = []
    number = case.previous_case_id
    while number is not None and len(found) < LONGEST:
        one = reader.session.get_one(Case, number)
        if one.state is not CaseState.MOVED:
            found.append(_told(reader, one, person, whole=whole))
        number = one.previous_case_id
    return found


def _told(reader: Reader, case: Case, person: Person | None, *, whole: bool) -> Earlier:
    sight = sight_of(reader.case(case.id), person) if person is not None else Sight.NOTHING
    readable = sight in {Sight.OWN, Sight.WHOLE} or not case.confidential
    submitted = reader.session.scalar(_SUBMITTED, {"case": case.id}) if readable else None
    written = submitted.parts if submitted is not None else {}
    return Earlier(
        case_id=case.id,
        number=case.number,
        text=case.text if readable else "",
        parts={part: words for part, words in written.items() if whole or part is Part.RESULT},
        readable=readable,
        opens=sight is not Sight.NOTHING,
    )
