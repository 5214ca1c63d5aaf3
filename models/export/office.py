"""What the lines of cases and entries need in order to be understood: people, posts, calendars, SOPs, contents."""

import json
from collections.abc import Collection, Iterator
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.case.attachment import Attachment
from models.case.case import Case
from models.case.content import Content
from models.case.sop_version import SopVersion
from models.export.chosen import Chosen
from models.export.journal import Line, instant
from models.office.calendar import CalendarVersion
from models.office.person import Person
from models.office.tenure import Post, Tenure

_BATCH = 500


def people_lines(session: Session, named: Collection[int] | None) -> Iterator[Line]:
    """Yield the people, or those with the numbers `named`: number, name, NIP and unit, no account of Telegram.

    With all of them comes the salt, by which the office's chain tells these words; an extract has not that chain.
    """
    people = select(Person.id, Person.name, Person.nip, Person.unit, Person.salt).order_by(Person.id)
    for row in session.execute(people, execution_options={"yield_per": _BATCH}):
        if named is None or row.id in named:
            salt = {"salt": row.salt.hex() if row.salt is not None else None} if named is None else {}
            yield {"person": row.id, "name": row.name, "nip": row.nip, "unit": row.unit, **salt}


def post_lines(session: Session) -> Iterator[Line]:
    """Yield the posts of the office."""
    for row in session.execute(select(Post.code, Post.title, Post.short).order_by(Post.code)):
        yield {"post": row.code, "title": row.title, "short": row.short}


def tenure_lines(session: Session) -> Iterator[Line]:
    """Yield who held which post, in which capacity, from when until when."""
    tenures = select(Tenure.id, Tenure.person_id, Tenure.post, Tenure.capacity, Tenure.starts_at, Tenure.ends_at)
    for row in session.execute(tenures.order_by(Tenure.id), execution_options={"yield_per": _BATCH}):
        yield {
            "tenure": row.id,
            "person": row.person_id,
            "post": row.post,
            "capacity": str(row.capacity),
            "starts_at": instant(row.starts_at),
            "ends_at": instant(row.ends_at),
        }


def calendar_lines(session: Session) -> Iterator[Line]:
    """Yield the versions of the calendar. `body` is the text whose SHA-256 is the digest that the journal tells."""
    for row in session.scalars(select(CalendarVersion).order_by(CalendarVersion.id)):
        body = json.dumps(row.body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield {"version": row.id, "since": instant(row.made_at), "by": row.by_id, "digest": row.digest, "body": body}


def zone_of(session: Session) -> ZoneInfo:
    """Return the time zone of the office by its newest calendar; UTC where there is none yet."""
    body = session.scalar(select(CalendarVersion.body).order_by(CalendarVersion.id.desc()).limit(1))
    return ZoneInfo("UTC" if body is None else body["zone"])


def sop_texts(session: Session, chosen: Chosen) -> Iterator[tuple[str, str]]:
    """Yield the digest and the text of each version of an SOP that the chosen cases were started under."""
    found = select(SopVersion.digest, SopVersion.text).order_by(SopVersion.id)
    if not chosen.whole:
        used = select(Case.sop_version_id).where(chosen.cases)
        found = found.where(SopVersion.id.in_(used))
    yield from ((row.digest, row.text) for row in session.execute(found))


def content_lines(session: Session, chosen: Chosen) -> Iterator[Line]:
    """Yield what is known of each content of the archive that the chosen cases have or had."""
    found = select(Content.digest, Content.size, Content.media_type, Content.kept_at, Content.erased_at)
    if not chosen.whole:
        had = select(Attachment.content).join(Case, Case.id == Attachment.case_id).where(chosen.cases)
        found = found.where(Content.digest.in_(had))
    for row in session.execute(found.order_by(Content.digest), execution_options={"yield_per": _BATCH}):
        yield {
            "sha256": row.digest,
            "size": row.size,
            "type": row.media_type,
            "kept_at": instant(row.kept_at),
            "erased_at": instant(row.erased_at),
        }
