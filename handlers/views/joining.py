"""Several reports of the same, as screens show them."""

from handlers.screens.joining import FellowView, MergeView, OfferView
from handlers.screens.story import Remark
from models.case.case import Case, CaseState
from models.case.draft import ReportDraft
from models.case.standing import Standing
from models.office.person import Person, includes
from models.queries import alike, lists
from models.repository.reader import Reader


def goes_on_as(reader: Reader, case: Case) -> str:
    """Return the number of the case as which a moved one goes on, or of which a merged one is a part; else ""."""
    if case.state is CaseState.MERGED:
        return reader.case_number(case.joined_to_id)
    return lists.continued_as(reader, case) if case.state is CaseState.MOVED else ""


def offer_views(reader: Reader, draft: ReportDraft, *, sop: str) -> list[OfferView]:
    """Return the open reports that a draft offers to become a part of."""
    return [
        OfferView(one.case_id, one.number, one.since, one.common, one.subject)
        for one in alike.offers(reader, draft, sop=sop)
    ]


def merge_views(reader: Reader, case: Case, person: Person | None) -> list[MergeView]:
    """Return the cases with which this one may be merged, for the person who decides its first step."""
    found = alike.mergeable(reader, case, person) if person is not None else ()
    return [MergeView(one.case_id, one.number, one.subject, one.alike) for one in found]


def parted_by(reader: Reader, standing: Standing, person: Person) -> list[tuple[int, str]]:
    """Return the reports that `person` may part from an open case: the number of each, and whose it is."""
    if standing.case.state is not CaseState.OPEN or not standing.fellows:
        return []
    if not includes(standing.first_deciders, person.id):
        return []
    numbers = ((one, reader.case_number(one.from_case_id)) for one in standing.fellows)
    return [(one.id, " · ".join(filter(None, (number, one.person.name)))) for one, number in numbers]


def merged_words(reader: Reader, standing: Standing) -> list[Remark]:
    """Return the words of the cases that are a part of this one, as notes of their reporters."""
    joined = {one.from_case_id: one for one in standing.fellows if one.from_case_id is not None}
    return [
        Remark(joined[case_id].joined_at, joined[case_id].person.name, text, files, fellow=True)
        for case_id, text, files in alike.words_of(reader, joined)
    ]


def fellow_views(reader: Reader, standing: Standing) -> list[FellowView]:
    """Return the reporters of a case beside the first one."""
    return [
        FellowView(one.person.name, one.person.unit or "", reader.case_number(one.from_case_id))
        for one in standing.fellows
    ]
