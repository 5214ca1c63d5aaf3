"""Writing down that a paper of a case was issued, before it leaves: what nobody wrote down is not genuine."""

from sqlalchemy import select

from models.case.issued_paper import IssuedPaper, PaperKind, mark_of
from models.journal.chain import Entry
from models.journal.erasing import ERASE
from models.repository.records import Records


def issue(records: Records, *, kind: PaperKind, case_id: int, code: str, sequence: int, file: str) -> bool:
    """Keep that a file was issued, with its entry in the case's journal; returns whether it may leave.

    `file` is the SHA-256 of its bytes. A file that was issued before may leave again. One that tells of the case as it
    was before words were erased may not: the erasure came while it was set. Raises `UnknownCase`.
    """
    proceeding = records.case(case_id)
    later = Entry.chain_id == proceeding.case.chain_id, Entry.sequence > sequence
    if records.session.scalar(select(Entry.sequence).where(*later, Entry.action == ERASE).limit(1)) is not None:
        return False
    if records.session.get(IssuedPaper, file) is None:
        records.session.add(proceeding.issue(kind, file=file, mark=mark_of(code), sequence=sequence))
    return True
