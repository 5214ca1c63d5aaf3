"""The small record of the test vectors: entries and rows written by hand, so that no change of the rules changes them.

Nobody in it is real. The keys are test keys that everybody knows; nothing else may be signed with them.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.archive.folder import Folder
from bot.storage import migration
from models.case.attachment import Attachment, AttachmentKind, Keeping, file_digest
from models.case.case import Case, CaseState
from models.case.content import Content
from models.case.evaluation import Evaluation
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.checkpoint.note import PrivateKey
from models.checkpoint.sealing import hand_over, seal
from models.journal import chain as journal
from models.journal import erasing
from models.journal.chain import Chain
from models.office.person import Person
from models.office.tenure import Capacity, Post, Tenure
from models.rules.actions import Outcome
from models.rules.urgency import Urgency
from tests.parts import database_at

NAME = "test-vectors.example/not-for-use"
FIRST = PrivateKey(NAME, bytes(range(32)))
SECOND = PrivateKey(NAME, bytes(range(32, 64)))
MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
PHOTO = b"\x89PNG\r\n\x1a\n bytes of a picture that is none\n"
SOP = 'code = "contoh"\ntitle = "Contoh"\n'
WORDS = "Printer “A” macet — 3 kali\n€ 2½, \U0001f5a8 \\ /"
"""Words with what canonical JSON must get right: quotation marks, a line end, letters of two, three and four bytes."""
PARTS = {name: f"Isi {name}." for name in ("findings", "cause", "action", "result", "recommendation")}

_REPORTER, _HEAD, _CLERK = 1, 2, 3


def at(minutes: int) -> datetime:
    """Return an instant of that morning."""
    return MORNING + timedelta(minutes=minutes)


def make(url: str, archive: Path, *, erased: bool) -> None:
    """Write the record into the empty database at `url`, and its file into the folder `archive`.

    With `erased` the words of the first report were erased.
    """
    with database_at(url) as database, _known_salts():
        migration.upgrade(database.engine)
        with database.transaction() as session:
            _office(session)
            _done(session, Folder(archive).put(PHOTO))
            seal(session, FIRST, at=at(40))
        with database.transaction() as session:
            hand_over(session, FIRST, SECOND, at=at(50))
            _waiting(session)
            if erased:
                _erases(session)
            office = session.scalars(select(Chain).where(Chain.subject == "office")).one()
            office.append("digest", actor_id=None, capacity="system", payload={"late": 1}, at=at(58))
            seal(session, SECOND, at=at(60))


@contextmanager
def _known_salts() -> Iterator[None]:
    """Let every salt and secret of the journal be the next number, so that the record is the same each time."""
    numbers = count(1)
    known = SimpleNamespace(token_bytes=lambda size: next(numbers).to_bytes(size, "big"))
    with patch("models.journal.chain.secrets", known), patch("models.journal.personal.secrets", known):
        yield


def _erases(session: Session) -> None:
    case = session.get_one(Case, 1)
    chain = session.get_one(Chain, case.chain_id)
    entries = erasing.entries_of(session, chain)
    wanted: dict[int, list[str]] = {1: ["text"], 2: ["ke"]}
    said: dict[str, Any] = {"because": "contoh", "person": _REPORTER, "files": []}
    case.erased_in = erasing.erase(
        session, chain, wanted, entries=entries, actor_id=None, capacity="system", at=at(56), **said
    )
    case.text = ""


def _salted(salt: bytes, name: str, value: str) -> str:
    """Return how the office's chain tells a word of a person, written out: no change of the rules changes it."""
    text = json.dumps([name, value], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(salt + text.encode()).hexdigest()


def _office(session: Session) -> None:
    told = list[list[Any]]()
    for number, name in ((_REPORTER, "Contoh Pelapor"), (_HEAD, "Contoh Kepala"), (_CLERK, "Contoh Petugas")):
        nip = f"00000000000000000{number}"
        salt = bytes([number]) * 16
        said = {"name": name, "nip": nip, "unit": "Contoh"}
        session.add(Person(id=number, account_id=None, registered_at=MORNING, salt=salt, **said))
        told.append(["people", [number], {key: _salted(salt, key, value) for key, value in said.items()}])
    for number, post in ((_HEAD, "kepala"), (_CLERK, "petugas")):
        session.add(Post(code=post, title=post.title(), short=post.title()))
        session.flush()
        held = {"capacity": Capacity.DEFINITIVE, "starts_at": MORNING, "ends_at": None}
        session.add(Tenure(post=post, person_id=number, **held))
    digest = hashlib.sha256(SOP.encode()).hexdigest()
    session.add(SopVersion(id=1, code="contoh", version=1, digest=digest, text=SOP, loaded_at=MORNING))
    chain = _chain(session, "office")
    for number in (_REPORTER, _HEAD, _CLERK):
        chain.append("register", actor_id=number, capacity="person", payload={"kind": "office"}, at=MORNING)
    earlier = {**told[2][2], "unit": _salted(bytes([_CLERK]) * 16, "unit", "Lain")}
    chain.append(
        "stock", actor_id=None, capacity="system", payload={"rows": [*told[:2], [*told[2][:2], earlier]]}, at=MORNING
    )
    # Of a row that was there an entry tells what has changed.
    changed: list[list[Any]] = [["people", [_CLERK], {"unit": told[2][2]["unit"]}]]
    for key, (number, post) in enumerate(((_HEAD, "kepala"), (_CLERK, "petugas")), start=1):
        tenure = {"person_id": number, "post": post, "capacity": "definitive", "ends_at": None}
        changed.append(["tenures", [key], tenure])
    chain.append("state", actor_id=None, capacity="system", payload={"rows": changed}, at=MORNING)


def _chain(session: Session, subject: str) -> Chain:
    chain = Chain.begin(subject)
    session.add(chain)
    session.flush()
    return chain


def _case(session: Session, number: int, chain: Chain, **said: Any) -> Case:
    given = {"sop_version_id": 1, "reporter_id": _REPORTER, "origin": {}, "urgency": Urgency.ORDINARY}
    case = Case(id=number, number=f"CT-2026-000{number}", chain_id=chain.id, round=1, **given, **said)
    session.add(case)
    session.flush()
    return case


def _task(case: int, step: int, post: str, opened: int, due: int, **said: Any) -> Task:
    empty = {"instructions": [], "note": "", "pauses": [], "extensions": []}
    times = {"opened_at": at(opened), "due_at": at(due)}
    return Task(case_id=case, step=step, post=post, standard="20 menit", **{**empty, **times, **said})


def _opened(step: int, post: str, due: int, assignee: int | None = None) -> dict[str, Any]:
    told = {"step": step, "round": 1, "post": post, "assignee": assignee, "standard": "20 menit"}
    return {**told, "due": at(due).isoformat()}


def _done(session: Session, digest: str) -> None:
    """Have a case from its report to its end: with a file, a step in time and one that was late."""
    chain = _chain(session, "case:CT-2026-0001")
    ended = {"closed_at": at(37), "helped": None, "state": CaseState.CLOSED}
    case = _case(session, 1, chain, text=WORDS, confidential=False, opened_at=at(0), **ended)
    file = {"kind": "photo", "file_id": "id-1", "file_unique_id": "unik-1", "name": "", "size": len(PHOTO)}
    named, as_head, as_clerk = {"file": "unik-1", "added": at(0).isoformat()}, "definitive:kepala", "definitive:petugas"
    report = {"text": WORDS, "urgency": "biasa", "confidential": False, "previous": None, "files": ["unik-1"]}
    report |= {"attached": [file_digest({**file, "caption": ""})], "opened": _opened(1, "kepala", 20)}
    forward = {"step": 1, "round": 1, "outcome": "forwarded", "late_by": 0, "note": "Mohon diperiksa."}
    # The other entries are as from before they named the office in which they were made.
    forward |= {"office": 5, "instructions": ["Tindak lanjuti"], "opened": _opened(2, "petugas", 30, _CLERK)}
    submit = {"step": 2, "round": 1, "outcome": "submitted", "late_by": 420, "evaluation": PARTS, "revision": 1}
    kept = {**named, "content": digest, "size": len(PHOTO), "type": "image/png"}
    chain.append("report", actor_id=_REPORTER, capacity="reporter", payload=report, at=at(0))
    with patch.object(journal, "VERSION", 1):
        # As entries were written before their payloads were canonical by RFC 8785.
        words = {"ke": "Contoh Kepala", "\ufb33": 1, "\U0001f600": 2.0}
        chain.append("undelivered", actor_id=None, capacity="system", payload=words, at=at(1))
    chain.append("keep-file", actor_id=None, capacity="system", payload=kept, at=at(2))
    chain.append("forward", actor_id=_HEAD, capacity=as_head, payload=forward, at=at(10))
    chain.append("start", actor_id=_CLERK, capacity=as_clerk, payload={"step": 2, "round": 1}, at=at(12))
    chain.append("submit", actor_id=_CLERK, capacity=as_clerk, payload=submit, at=at(37))
    passed_on = {"outcome": Outcome.FORWARDED, "decided_by_id": _HEAD, "decided_as": as_head, "late_by": 0}
    passed_on |= {"closed_at": at(10), "note": "Mohon diperiksa.", "instructions": ["Tindak lanjuti"]}
    handed_in = {"outcome": Outcome.SUBMITTED, "decided_by_id": _CLERK, "decided_as": as_clerk, "late_by": 420}
    handed_in |= {"closed_at": at(37), "started_at": at(12), "assignee_id": _CLERK}
    session.add(_task(case.id, 1, "kepala", 0, 20, **passed_on))
    last = _task(case.id, 2, "petugas", 10, 30, **handed_in)
    session.add_all([last, Content(digest=digest, size=len(PHOTO), media_type="image/png", kept_at=at(2))])
    session.flush()
    said = {"author_id": _CLERK, "saved_at": at(37), "submitted_at": at(37), "submitted_as": as_clerk}
    session.add(Evaluation(case_id=case.id, task_id=last.id, revision=1, **PARTS, **said))
    keeping = {"kind": AttachmentKind.PHOTO, "keeping": Keeping.KEPT, "content": digest}
    added = {"added_by_id": _REPORTER, "added_at": at(0)}
    session.add(Attachment(case_id=case.id, **{**file, **keeping, **added}))


def _waiting(session: Session) -> None:
    """Have a confidential case that waits for its first step."""
    chain = _chain(session, "case:CT-2026-0002")
    open_still = {"closed_at": None, "helped": None, "state": CaseState.OPEN}
    case = _case(session, 2, chain, text="Rahasia", confidential=True, opened_at=at(55), **open_still)
    session.add(_task(case.id, 1, "kepala", 55, 75))
    report = {"text": "Rahasia", "urgency": "biasa", "confidential": True, "previous": None}
    report |= {"files": [], "attached": [], "opened": _opened(1, "kepala", 75)}
    chain.append("report", actor_id=_REPORTER, capacity="reporter", payload=report, at=at(55))
