"""Notes that were written in the place of a post in which nobody could act: the journal says which, and why."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, select

from models.case.case import Case
from models.journal.chain import Entry, Payload
from models.repository.reader import Reader
from models.rules.actions import Action

Told = Mapping[str, str]
"""`from` is the code of the post, `because` why nobody could act there, as `Because` has it."""


def raised_notes(reader: Reader, case: Case) -> dict[tuple[int | None, datetime], Told]:
    """Return in whose place the notes of a case were written, by the number of their writer and their instant."""
    noted = (
        select(Entry.actor_id, Entry.at, Payload.body)
        .join(Payload, and_(Payload.chain_id == Entry.chain_id, Payload.sequence == Entry.sequence))
        .where(Entry.chain_id == case.chain_id, Entry.action.in_((Action.NOTE, Action.TRANSFER)))
    )
    found = ((by_id, at, (body or {}).get("raised")) for by_id, at, body in reader.session.execute(noted))
    return {(by_id, at): told for by_id, at, told in found if told is not None}
