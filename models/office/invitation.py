"""Invites: links that let a Telegram account become a person of the office.

A code has 128 random bits; only its SHA-256 is stored. An invite for a post or for an admin serves once and for 24
hours. It may name the person whom it is for; an admin confirms who uses one that names nobody. The office's own link
serves many, and each who uses it is accepted by an admin, unless their NIP stands on the list of expected people and
nobody has registered by it before.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity
from models.office.salted import Salted
from models.refusals.registration import InviteInvalid, InviteWithdrawn

OVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When an invite expires that was spent or recalled: before any time that a clock may be set right to."""

VALIDITY = timedelta(hours=24)
OFFICE_VALIDITY = timedelta(days=30)
_CODE_BYTES = 16


class InviteKind(StrEnum):
    """What an invite makes of the account that claims it."""

    POST = "post"
    ADMIN = "admin"
    OFFICE = "office"


class Invite(Salted, Base):
    """An invite. `claimed_by_account_id` is the Telegram account that used it, None for the office's own link.

    `nip` names the person whom it is for, None where it names nobody, or has done its work. `issued_by_id` is the admin
    who issued it, None for the command line. `replaces_id` is the holder whose time ends once it is used, of a post
    that several hold; of any other post it is the holder anyway.
    """

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    kind: Mapped[InviteKind]
    post: Mapped[str | None] = mapped_column(ForeignKey("posts.code"))
    nip: Mapped[str | None] = mapped_column(String(18))
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    claimed_by_account_id: Mapped[int | None] = mapped_column("claimed_by")
    claimed_at: Mapped[datetime | None]

    def claim(self, account_id: int, *, at: datetime) -> None:
        """Let the account `account_id` use the invite; the same account may come back to it until it expires.

        Raises `InviteInvalid` when it has expired or another account was first, and where a clock that was ahead issued
        it: it would serve until that time comes. Raises `InviteWithdrawn` where it was recalled before anybody used it.
        """
        if self.expires_at <= OVER and self.claimed_at is None:
            raise InviteWithdrawn
        if not self.issued_at - VALIDITY < at < self.expires_at:
            raise InviteInvalid
        if self.kind == InviteKind.OFFICE:
            return
        if self.claimed_by_account_id not in (None, account_id):
            raise InviteInvalid
        self.claimed_by_account_id, self.claimed_at = account_id, self.claimed_at or at

    def spend(self) -> None:
        """Let the invite serve nobody again, now that it has done its work; the office's own link goes on."""
        if self.kind != InviteKind.OFFICE:
            self.recall()

    def recall(self) -> None:
        """Let the invite serve nobody any more, whatever its kind and whatever the clock says later."""
        self.expires_at, self.nip = OVER, None

    def renew(self) -> str:
        """Return a fresh code for the invite; the one told before serves no more. The code is kept nowhere."""
        code = new_code()
        self.digest = code_digest(code)
        return code


class ExpectedPerson(Salted, Base):
    """Someone on the office's own list: accepted without a tap when they first use the office's link."""

    __tablename__ = "expected_people"

    nip: Mapped[str] = mapped_column(String(18), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), default="")
    unit: Mapped[str] = mapped_column(String(200), default="")


def new_code() -> str:
    """Return a fresh code of 128 random bits."""
    return secrets.token_urlsafe(_CODE_BYTES)


def code_digest(code: str) -> bytes:
    """Return what is stored of an invite's code."""
    return hashlib.sha256(code.encode()).digest()


def issue(kind: InviteKind, *, post: str | None = None, nip: str | None = None, at: datetime) -> tuple[Invite, str]:
    """Return a new invite and its code, which is told once and kept nowhere."""
    code = new_code()
    validity = OFFICE_VALIDITY if kind == InviteKind.OFFICE else VALIDITY
    invite = Invite(digest=code_digest(code), kind=kind, post=post, nip=nip, issued_at=at, expires_at=at + validity)
    return invite, code
