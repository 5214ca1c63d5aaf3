"""Which office file and which SOP files are in force, told in the office's journal by their digests.

Of the office file its posts are told too, in its order, each with its superior, which role of an SOP each fills, which
of them several people hold, and the deputy's post. From them it follows where a task goes that nobody can decide at its
own post, at which posts a Plh. stands in, and whom a successor follows.
"""

from typing import Any

from sqlalchemy import select

from models.case.journey import SYSTEM
from models.journal.chain import Entry, Payload
from models.repository.office_lock import locked_office_chain
from models.repository.records import Records

ADOPTED = "adopt-files"
"""The action of an entry of the office's journal."""


def tell_files(records: Records) -> bool:
    """Let the office's journal tell which files the office works by, where they are others than before.

    Returns whether it was told now. To be called at each start.
    """
    records.lock_office_to_change()
    present: dict[str, Any] = {
        "office": records.rules.office.digest,
        "posts": [[post.code, post.superior] for post in records.rules.office.posts],
        "deputy": records.rules.office.deputy,
        "roles": {role: post.code for post in records.rules.office.posts for role in sorted(post.roles)},
        "several": [post.code for post in records.rules.office.posts if post.several],
        "sops": {code: sop.digest for code, sop in sorted(records.rules.sops.items())},
    }
    present = {name: value for name, value in present.items() if value is not None}
    if _told(records) == present:
        return False
    records.log_office(ADOPTED, capacity=SYSTEM, **present)
    return True


def _told(records: Records) -> dict[str, Any] | None:
    """Return what was told last."""
    chain = locked_office_chain(records.session)
    told = (
        select(Payload.body)
        .join(Entry, (Entry.chain_id == Payload.chain_id) & (Entry.sequence == Payload.sequence))
        .where(Entry.chain_id == chain.id, Entry.action == ADOPTED)
        .order_by(Entry.sequence.desc())
        .limit(1)
    )
    return records.session.scalar(told)
