"""What was asked for and refused, as the journal of a case tells it."""

from models.case.proceeding import Proceeding
from models.office.person import Person
from models.queries.timeline import refused_lately
from models.refusals import Refusal
from models.repository.records import Records


def note(records: Records, proceeding: Proceeding, refusal: Refusal, *, action: str, by: Person) -> None:
    """Note a refusal, once a minute however often the same is tried: else whoever likes could fill the journal."""
    if not refused_lately(records.reader, proceeding.case, refusal=refusal.code, action=action, by=by):
        proceeding.refuse(refusal.code, action=action, by=by)
