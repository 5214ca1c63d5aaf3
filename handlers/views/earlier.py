"""What a case goes on from, as far as the reader may read it, found in one transaction and then frozen."""

from handlers.screens.earlier import EarlierView
from models.case.case import Case
from models.office.person import Person
from models.queries import continuing
from models.repository.reader import Reader


def earlier_views(reader: Reader, case: Case, *, person: Person | None, whole: bool) -> list[EarlierView]:
    """Return the cases that `case` goes on from, the latest first; `whole` is whether more than one's own is read."""
    return [
        EarlierView(one.case_id, one.number, one.text, one.parts, readable=one.readable, opens=one.opens)
        for one in continuing.earlier(reader, case, person=person, whole=whole)
    ]
