"""The versions of SOPs that cases were started under. Editing a file makes a new version; old cases keep theirs."""

from datetime import datetime
from functools import lru_cache
from typing import Self

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity
from models.rules.sop import Sop
from models.rules.sop_file import parse_sop

_DOCUMENT = "its document"
"""Where a version keeps the document that its text was found to be."""


@lru_cache(maxsize=64)
def _parsed(text: str, source: str) -> Sop:
    return parse_sop(text, source=source)


class SopVersion(Base):
    """One version of one SOP, as the text of its file. Versions of a code count from 1."""

    __tablename__ = "sop_versions"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    code: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    loaded_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("code", "digest"), UniqueConstraint("code", "version"))

    @classmethod
    def of(cls, sop: Sop, *, version: int, at: datetime) -> Self:
        """Keep `sop` as version number `version` of its code."""
        return cls(code=sop.code, version=version, digest=sop.digest, text=sop.text, loaded_at=at)

    @property
    def named(self) -> dict[str, object]:
        """How the first entry of a case names the version that it is worked on under."""
        return {"code": self.code, "version": self.version, "digest": self.digest}

    @property
    def sop(self) -> Sop:
        """The document of this version."""
        text, kept = self.text, self.__dict__.get(_DOCUMENT)
        # It is asked for hundreds of times in a piece of work, and a text of this length is slow to look up by.
        if kept is None or kept[0] is not text:
            kept = self.__dict__[_DOCUMENT] = text, _parsed(text, f"{self.code}, version {self.version}")
        found: Sop = kept[1]
        return found
