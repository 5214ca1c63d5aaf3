"""Somebody on the way to becoming a person of the office."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Registration(Base):
    """Someone on the way to becoming a Person: claimed an invite, gives NIP and name, may wait for an admin."""

    __tablename__ = "registrations"

    account_id: Mapped[int] = mapped_column("telegram_id", primary_key=True, autoincrement=False)
    invite_id: Mapped[int] = mapped_column(ForeignKey("invites.id"))
    nip: Mapped[str | None] = mapped_column(String(18))
    name: Mapped[str | None] = mapped_column(String(100))
    begun_at: Mapped[datetime]
    waits_since: Mapped[datetime | None]
