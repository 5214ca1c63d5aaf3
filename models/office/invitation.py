"""Invites: links that let a Telegram account become a person of the office.

A code has 128 random bits; only its SHA-256 is stored. An invite for a post or for an admin serves once and
for 24 hours; the office's own link serves many, and each who uses it is accepted by an admin, unless their
NIP stands on the list of expected people and nobody has registered by it before.
"""

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity
from models.refusals import InviteInvalid, NameInvalid, NipInvalid

OVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When an invite expires that was spent or recalled: before any time that a clock may be set right to."""

VALIDITY = timedelta(hours=24)
OFFICE_VALIDITY = timedelta(days=30)
_CODE_BYTES = 16
_NIP = re.compile(r"(\d{8})(\d{6})([12])(\d{3})")
_NIP_WITHIN = re.compile(r"(?<![0-9])[0-9](?:[\s.\-]*[0-9]){17}(?![\s.\-]*[0-9])")
_LABEL = re.compile(r"(?im)^[\s,;:|/·\-]*(?:nip\b[\s.:]*|nama(?:\s+lengkap)?\s*:)?[\s,;:|/·\-]*")
_SEPARATORS = ",;:|/·-"
_NAME_LENGTH = range(2, 101)
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Characters that count as letters or signs, and of which nothing can be seen."""

_LAST_MONTH = 12
WRITTEN_LENGTH = 300
"""Characters of a message that may still be a NIP and a name."""


class InviteKind(StrEnum):
    """What the invite makes of whoever claims it."""

    POST = "post"
    ADMIN = "admin"
    OFFICE = "office"


class Invite(Base):
    """An invite. `claimed_by` is the Telegram account that used it, None for the office's own link."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    kind: Mapped[InviteKind]
    post: Mapped[str | None] = mapped_column(ForeignKey("posts.code"))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    claimed_by: Mapped[int | None]
    claimed_at: Mapped[datetime | None]

    def claim(self, telegram_id: int, *, at: datetime) -> None:
        """Let the account `telegram_id` use the invite; the same account may come back to it until it expires.

        Raises `InviteInvalid` when it has expired or another account was first.
        """
        if at >= self.expires_at:
            raise InviteInvalid
        if self.kind == InviteKind.OFFICE:
            return
        if self.claimed_by not in (None, telegram_id):
            raise InviteInvalid
        self.claimed_by, self.claimed_at = telegram_id, self.claimed_at or at

    def spend(self) -> None:
        """Let the invite serve nobody again, now that it has done its work; the office's own link goes on."""
        if self.kind != InviteKind.OFFICE:
            self.recall()

    def recall(self) -> None:
        """Let the invite serve nobody any more, whatever its kind and whatever the clock says later."""
        self.expires_at = OVER

    def renew(self) -> str:
        """Return a fresh code for the invite; the one told before serves no more. The code is kept nowhere."""
        code = secrets.token_urlsafe(_CODE_BYTES)
        self.digest = code_digest(code)
        return code


class ExpectedPerson(Base):
    """Someone on the office's own list: accepted without a tap when they first use the office's link."""

    __tablename__ = "expected_people"

    nip: Mapped[str] = mapped_column(String(18), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), default="")
    unit: Mapped[str] = mapped_column(String(200), default="")


def code_digest(code: str) -> bytes:
    """Return what is stored of an invite's code."""
    return hashlib.sha256(code.encode()).digest()


def issue(kind: InviteKind, *, post: str | None = None, at: datetime) -> tuple[Invite, str]:
    """Return a new invite and its code, which is told once and kept nowhere."""
    code = secrets.token_urlsafe(_CODE_BYTES)
    validity = OFFICE_VALIDITY if kind == InviteKind.OFFICE else VALIDITY
    return Invite(digest=code_digest(code), kind=kind, post=post, issued_at=at, expires_at=at + validity), code


def parse_nip(text: str) -> str:
    """Return the 18 digits of a NIP, spaces and dots dropped.

    The digits are date of birth, year and month of first appointment, sex (1 or 2) and a serial number
    (Peraturan Kepala BKN 22/2007). Raises `NipInvalid`.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    match = _NIP.fullmatch(digits) if digits.isascii() else None
    if match is None:
        raise NipInvalid
    birth, appointment = match[1], match[2]
    try:
        datetime.strptime(birth, "%Y%m%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise NipInvalid from error
    if not 1 <= int(appointment[4:]) <= _LAST_MONTH or int(appointment[:4]) <= int(birth[:4]):
        raise NipInvalid
    return digits


def split_nip(text: str) -> tuple[str, str]:
    """Return the 18 digits that `text` holds somewhere, as written, and the words beside them, free of labels.

    Both are empty where there are no such digits: nothing tells then which words are a name.
    """
    found = _NIP_WITHIN.search(text)
    if found is None:
        return "", ""
    beside = (text[: found.start()], text[found.end() :])
    words = (_without_loose_end(_LABEL.sub("", part)) for part in beside)
    return found[0], " ".join(word for word in words if word)


def parse_name(text: str) -> str:
    """Return a person's name with single spaces. Raises `NameInvalid`."""
    name = " ".join(text.split())
    if len(name) not in _NAME_LENGTH or not any(character.isalpha() for character in name) or "\n" in text.strip():
        raise NameInvalid
    if any(not character.isprintable() or character in _BLANK for character in name):
        raise NameInvalid
    return name


def _without_loose_end(text: str) -> str:
    """Return `text` without separators at its end, and without the label of a NIP that followed it."""
    bare = _stripped(text, ".:")
    label = len(bare) - len("nip")
    if bare[label:].lower() == "nip" and label > 0 and (bare[label - 1].isspace() or bare[label - 1] in _SEPARATORS):
        text = bare[:label]
    return _stripped(text, _SEPARATORS)


def _stripped(text: str, loose: str) -> str:
    """Return `text` without blanks and `loose` characters at its end. An expression would try each run of them anew."""
    end = len(text)
    while end and (text[end - 1].isspace() or text[end - 1] in loose):
        end -= 1
    return text[:end]
