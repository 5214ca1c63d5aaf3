"""What the archive is to keep, keeps and may keep no more: the rows. The bytes are fetched and removed outside.

Every change is one transaction with its entry in the journal. So an entry is written once, however often a process is
killed between the bytes and the rows: bytes without a row are put in again, and a row is changed only while it waits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from models.case.archiving import ERASED
from models.case.attachment import Attachment, Keeping
from models.case.content import Content, ContentCopy
from models.case.proceeding import Proceeding
from models.mail import correspondence
from models.mail.correspondence import Alert
from models.mail.notice import Notice
from models.office.person import Person
from models.repository.records import Records
from models.rules.media_type import MediaType


@dataclass(frozen=True, slots=True)
class Wanted:
    """An attachment that is to be fetched: its number, Telegram's identifier, and its size in bytes; 0 if not known."""

    attachment_id: int
    file_id: str
    size: int


def wanted(session: Session, at: datetime, *, limit: int) -> list[Wanted]:
    """Return attachments that wait and may be fetched at `at`, the newest first: the old ones must not delay them."""
    due = or_(Attachment.fetch_at.is_(None), Attachment.fetch_at <= at)
    waiting = (
        select(Attachment.id, Attachment.file_id, Attachment.size)
        .where(Attachment.keeping == Keeping.WAITING, due)
        .order_by(Attachment.id.desc())
        .limit(limit)
    )
    return [Wanted(*row) for row in session.execute(waiting)]


def kept_bytes(session: Session) -> int:
    """Return how many bytes the archive keeps."""
    return int(session.scalar(select(func.sum(Content.size)).where(Content.removed_at.is_(None))) or 0)


def keep(records: Records, attachment_id: int, *, digest: str, size: int, media_type: MediaType) -> bool:
    """Note that the archive has the bytes of an attachment that waits. Returns whether it did wait.

    The same file that came twice with the same message is kept with it.
    """
    found = _waiting(records, [attachment_id])
    if not found:
        return False
    content = _content(records, digest, size=size, media_type=media_type)
    for proceeding, files in found:
        for file in files:
            for one in [file, *_twins(records, file)]:
                proceeding.keep_file(one, content)
    return True


def pass_over(records: Records, attachment_ids: Iterable[int], why: Keeping) -> int:
    """Note that the archive will not have some attachments, and tell those who sent them. Returns how many.

    Those that do not wait any more are left out.
    """
    count = 0
    for proceeding, files in _waiting(records, attachment_ids):
        for file in files:
            proceeding.pass_over_file(file, why)
        count += len(files)
        _tell_senders(records, proceeding, files, why)
    return count


def put_off(records: Records, attachment_id: int, *, until: datetime, refused: bool = False) -> None:
    """Let an attachment wait until `until`. `refused` counts that Telegram would not hand it out."""
    file = records.session.get(Attachment, attachment_id)
    if file is not None and file.keeping is Keeping.WAITING:
        file.fetch_at, file.tries = until, file.tries + int(refused)


def tries(session: Session, attachment_id: int) -> int:
    """Return how often Telegram has refused to hand out an attachment."""
    return session.scalar(select(Attachment.tries).where(Attachment.id == attachment_id)) or 0


def alert_stopped(records: Records, *, reason: str) -> None:
    """Tell the admins, once a day, that files cannot be kept at present, and why."""
    day = records.at.astimezone(records.calendar.zone).date().isoformat()
    admins = records.lock_office().admins
    data = {"reason": reason}
    for owed in correspondence.alert(Alert.ARCHIVE_STOPPED, admins, at=records.at, data=data, once=f"archive {day}"):
        records.owe_once(owed)


def erase(records: Records, digest: str, *, because: str) -> int:
    """Decide that the archive may not keep a content any more, for whichever cases it was kept. Returns for how many.

    Each case's journal tells of it; where no case has it any more, the office's does. The bytes are removed after that.
    """
    content = records.session.get(Content, digest)
    if content is None or content.erased_at is not None:
        return 0
    kept = select(Attachment).where(Attachment.content == digest, Attachment.keeping == Keeping.KEPT)
    found = _by_case(records, records.session.scalars(kept.order_by(Attachment.case_id, Attachment.id)).all())
    for proceeding, files in found:
        for file in files:
            proceeding.erase_file(file, because=because)
    if not found:
        records.log_office(ERASED, capacity="system", content=digest, because=because)
    content.erased_at = records.at
    return len(found)


def leaving(session: Session) -> Sequence[str]:
    """Return the digests of the contents that were erased and whose bytes may still be there."""
    erased = select(Content.digest).where(Content.erased_at.is_not(None), Content.removed_at.is_(None))
    return session.scalars(erased.order_by(Content.digest)).all()


def removed(session: Session, digest: str, *, at: datetime) -> None:
    """Note that the bytes of an erased content are gone."""
    content = session.get(Content, digest)
    if content is not None and content.erased_at is not None:
        content.removed_at = at


def files_of(records: Records, number: str) -> list[Attachment]:
    """Return the files of the case with this number, as they were attached. Raises `UnknownCase`."""
    case = records.case_numbered(number).case
    return list(records.session.scalars(case.attachments.select().order_by(Attachment.id)))


def is_kept(file: Attachment) -> bool:
    """Whether the archive keeps a file."""
    return file.keeping is Keeping.KEPT


def content_of(session: Session, *, notice_id: int, file_id: str) -> str | None:
    """Return the digest of a file that a notice sends by this identifier, None where the archive does not keep it."""
    kept = _contents_of(notice_id, [file_id]).with_only_columns(Content.digest).limit(1)
    return session.scalar(kept)


def copies(session: Session, *, notice_id: int, file_ids: Sequence[str], account_id: int) -> dict[tuple[str, str], str]:
    """Return what an account of the bot calls the files that a notice sends by these identifiers, where it knows them.

    By the identifier with which a file came, and its kind.
    """
    known = (
        _contents_of(notice_id, file_ids)
        .join(ContentCopy, ContentCopy.digest == Content.digest)
        .where(ContentCopy.account_id == account_id)
        .with_only_columns(Attachment.file_id, ContentCopy.kind, ContentCopy.file_id)
    )
    return {(came_as, kind): file_id for came_as, kind, file_id in session.execute(known)}


def keep_copy(session: Session, *, digest: str, account_id: int, kind: str, file_id: str) -> None:
    """Keep what an account of the bot calls a content that it has sent as this kind of file."""
    session.merge(ContentCopy(digest=digest, account_id=account_id, kind=kind, file_id=file_id))


def _contents_of(notice_id: int, file_ids: Sequence[str]) -> Select[Any]:
    """Select what the archive keeps of the files that a notice sends, with the attachments of its case."""
    return (
        select(Content)
        .join(Attachment, Attachment.content == Content.digest)
        .join(Notice, Notice.case_id == Attachment.case_id)
        .where(
            Notice.id == notice_id,
            Attachment.file_id.in_(list(file_ids)),
            Attachment.keeping == Keeping.KEPT,
            Content.erased_at.is_(None),
        )
    )


def _content(records: Records, digest: str, *, size: int, media_type: MediaType) -> Content:
    """Return the row of a content, a new one for one that was not there; an erased one is kept again."""
    content = records.session.get(Content, digest)
    if content is None:
        content = Content(digest=digest, size=size, media_type=media_type.name, kept_at=records.at)
        records.session.add(content)
        records.flush()
    content.erased_at = content.removed_at = None
    return content


def _twins(records: Records, file: Attachment) -> Sequence[Attachment]:
    """Return the other attachments that are the same file of the same message, and wait too."""
    same = (
        Attachment.case_id == file.case_id,
        Attachment.file_unique_id == file.file_unique_id,
        Attachment.added_at == file.added_at,
    )
    waiting = Attachment.id != file.id, Attachment.keeping == Keeping.WAITING
    return records.session.scalars(select(Attachment).where(*same, *waiting).order_by(Attachment.id)).all()


def _waiting(records: Records, attachment_ids: Iterable[int]) -> list[tuple[Proceeding, list[Attachment]]]:
    """Return those that wait, by their cases; read after the cases were locked."""
    named = (
        select(Attachment).where(Attachment.id.in_(list(attachment_ids))).order_by(Attachment.case_id, Attachment.id)
    )
    found = _by_case(records, records.session.scalars(named).all())
    waits = [(one, [file for file in files if file.keeping is Keeping.WAITING]) for one, files in found]
    return [(one, files) for one, files in waits if files]


def _by_case(records: Records, files: Sequence[Attachment]) -> list[tuple[Proceeding, list[Attachment]]]:
    """Return attachments, in the order of their cases, with these cases, locked."""
    proceedings = {one.case.id: one for one in records.cases(sorted({file.case_id for file in files}))}
    present = select(Attachment).where(Attachment.id.in_([file.id for file in files]))
    read = records.session.scalars(
        present.order_by(Attachment.case_id, Attachment.id), execution_options={"populate_existing": True}
    )
    return [(proceedings[case_id], list(group)) for case_id, group in groupby(read.all(), lambda one: one.case_id)]


def _tell_senders(records: Records, proceeding: Proceeding, files: Sequence[Attachment], why: Keeping) -> None:
    for sender_id in dict.fromkeys(file.added_by_id for file in files):
        sender = records.session.get(Person, sender_id)
        if sender is None or sender.account_id is None:
            continue
        theirs: list[dict[str, Any]] = [
            {"kind": file.kind.value, "name": file.name, "size": file.size}
            for file in files
            if file.added_by_id == sender_id
        ]
        number = proceeding.case.number
        records.say(sender.account_id, f"file-{why.value}", person=sender, silent=True, number=number, unkept=theirs)
