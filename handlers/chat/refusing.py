"""Refusals in the journal of a case."""

from models.case.proceeding import Proceeding
from models.office.person import Person
from models.queries.timeline import refused_lately
from models.refusals.refusal import Refusal
from models.repository.records import Records


def note(records: Records, proceeding: Proceeding, refusal: Refusal, *, action: str, by: Person) -> None:
    """Write a refusal into the journal, the same one at most once a minute: else a person could fill the journal."""
    if not refused_lately(records.reader, proceeding.case, refusal=refusal.code, action=action, by=by):
        proceeding.refuse(refusal.code, action=action, by=by)
