"""Which papers and pictures Telegram has already: the rows."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.mail.printed import PrintedFile


def printed(session: Session, *, digest: str, account_id: int) -> tuple[str, str] | None:
    """Return as which kind of file, and under which identifier, an account has sent a paper; None if it has not."""
    found = session.get(PrintedFile, (digest, account_id))
    return None if found is None else (found.kind, found.file_id)


def keep_printed(session: Session, *, digest: str, account_id: int, kind: str, file_id: str, at: datetime) -> None:
    """Keep under which identifier a paper was sent up at the instant `at`."""
    session.merge(PrintedFile(digest=digest, account_id=account_id, kind=kind, file_id=file_id, sent_at=at))
