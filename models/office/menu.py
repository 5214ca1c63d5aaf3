"""What stands in Telegram's menu of one private chat, as far as it was set there."""

from sqlalchemy import Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Menu(Base):
    """The menu of one account's private chat. `shown` is what was set last, "" for the menu of strangers.

    `due` tells that the menu may have to change: what the person may do has changed, or is not looked at yet.
    """

    __tablename__ = "menus"

    account_id: Mapped[int] = mapped_column("telegram_id", primary_key=True, autoincrement=False)
    shown: Mapped[str] = mapped_column(String(200), default="")
    due: Mapped[bool] = mapped_column(default=True)

    # SQLite uses a partial index only where its condition is written as the query writes it.
    __table_args__ = (Index("ix_menus_due", "telegram_id", sqlite_where=sql("due = 1"), postgresql_where=sql("due")),)
