"""Keeping the first words of strangers and candidates: a few of each, of a few accounts, for a few days.

Anybody in the world can write to the bot. So what is kept is bounded for one account and for all together, and those
who have given a NIP by an invite have places of their own, which no flood of strangers takes.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, exists, func, select

from models.case.attachment import FileRecord
from models.office.first_words import KEPT, FirstWords
from models.office.registration import Registration
from models.repository.records import Records

MESSAGES = 5
"""Messages of one account that are kept: the first ones."""

LENGTH = 8000
"""Characters of them together, enough for the longest message; one that does not fit is not kept in part."""

FILES = 5
"""Files of one account. Only Telegram's identifiers are kept; the bot fetches no file."""

STRANGERS = 100
"""Accounts that have given no NIP by an invite, and whose words are kept."""

CANDIDATES = 300
"""Accounts that have, and whose words are kept."""


def keep(records: Records, account_id: int, messages: Sequence[dict[str, Any]], files: Sequence[FileRecord]) -> bool:
    """Keep a message of an account that belongs to no person, given as a draft has it; returns whether there was room.

    `messages` are the pieces of one whole. The words are kept whole or not at all; of the files as many as fit.
    """
    kept = records.session.get(FirstWords, account_id)
    if kept is not None and kept.kept_at + KEPT <= records.at:
        records.session.delete(kept)
        records.flush()
        kept = None
    if kept is None:
        if not _has_place(records, account_id):
            return False
        kept = FirstWords(account_id=account_id, messages=[], files=[], kept_at=records.at)
    if len(kept.messages) + len(messages) > MESSAGES:
        return False
    if sum(len(one["text"]) for one in (*kept.messages, *messages)) > LENGTH:
        return False
    fitting = list(files[: FILES - len(kept.files)])
    if not fitting and not any(one["text"] for one in messages):
        return False
    known = {file["file_unique_id"] for file in fitting}
    taken = [{**one, "file": one["file"] if one["file"] in known else None} for one in messages]
    kept.messages = [*kept.messages, *(one for one in taken if one["text"] or one["file"])]
    kept.files = [*kept.files, *fitting]
    records.session.add(kept)
    return True


def of(records: Records, account_id: int) -> FirstWords | None:
    """Return what is kept of an account, None where nothing is, or only what should have been forgotten."""
    kept = records.session.get(FirstWords, account_id)
    return kept if kept is not None and records.at < kept.kept_at + KEPT else None


def erase(records: Records, account_id: int) -> None:
    """Forget what an account wrote: it was refused, or its words have become a draft."""
    records.session.execute(delete(FirstWords).where(FirstWords.account_id == account_id))


def _has_place(records: Records, account_id: int) -> bool:
    """Whether the words of one more account may be kept: of those that gave a NIP by an invite, or of all others."""
    records.lock_places()
    registering = records.registration(account_id)
    candidate = registering is not None and registering.nip is not None
    given = exists().where(Registration.account_id == FirstWords.account_id, Registration.nip.is_not(None))
    alike = select(func.count()).select_from(FirstWords).where(given if candidate else ~given)
    return (records.session.scalar(alike) or 0) < (CANDIDATES if candidate else STRANGERS)
