"""Several reports of the same, as screens show them."""

from handlers.screens.joining import FellowView, OfferView
from models.case.draft import ReportDraft
from models.case.standing import Standing
from models.queries import alike
from models.repository.reader import Reader


def offer_views(reader: Reader, draft: ReportDraft, *, sop: str) -> list[OfferView]:
    """Return the open reports that a draft offers to become a part of."""
    return [
        OfferView(one.case_id, one.number, one.since, one.common, one.subject)
        for one in alike.offers(reader, draft, sop=sop)
    ]


def fellow_views(reader: Reader, standing: Standing) -> list[FellowView]:
    """Return the reporters of a case beside the first one."""
    return [
        FellowView(one.person.name, one.person.unit or "", reader.case_number(one.from_case_id))
        for one in standing.fellows
    ]
