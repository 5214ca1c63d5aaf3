"""The numbers given to cases."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Numbering(Base):
    """The last number given to a case, per prefix and year of the office's zone."""

    __tablename__ = "registers"

    prefix: Mapped[str] = mapped_column(String(8), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
