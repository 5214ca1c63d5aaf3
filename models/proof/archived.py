"""What the journal of a case tells of the archive: that it keeps a file, will not have it, or may keep it no more."""

from collections.abc import Mapping
from typing import Any

from models.case.archiving import ERASED, PASSED_OVER
from models.case.attachment import Keeping
from models.journal.chain import Entry
from models.journal.erasing import ERASE
from models.proof.account import Account
from models.proof.contents import Contents, state_of
from models.proof.testimony import Testimony


def archived(case: Account, testimony: Testimony, contents: Contents, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take over what became of a file in the archive, or of all that a person wrote and sent."""
    if entry.action == ERASE:
        for digest in testimony.erased(entry, body.get("files", [])):
            contents.erase(digest, at=entry.at)
        if case.columns.get("reporter_id", 0) == body.get("person"):
            case.add(entry.sequence, erased_in=entry.sequence, origin={})
        return
    before, now = Keeping.WAITING, Keeping.KEPT
    if entry.action == PASSED_OVER:
        now = state_of(body)
    elif entry.action == ERASED:
        before, now = Keeping.KEPT, Keeping.ERASED
        contents.erase(body["content"], at=entry.at)
        if "file" not in body:
            # The office's chain tells of what no attachment of any case has any more.
            return
    else:
        contents.add(body, at=entry.at)
    file = testimony.settled(entry, body, before=before, now=now, content=body.get("content"))
    if now is Keeping.KEPT:
        contents.keeps(file, at=entry.at)
