"""The Telegram accounts of the bot that have served the record."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity


class BotAccount(Base):
    """An account of the bot; the newest row is the one that serves the record. `username` is without the @.

    Numbers of messages and identifiers of files belong to one account: another one cannot use them.
    """

    __tablename__ = "bot_accounts"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    account_id: Mapped[int]
    username: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime]
