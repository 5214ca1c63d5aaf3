"""What a register says of itself: of what it is, who had it made, when, and which checkpoint was the newest then."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from models.queries.register.sealed import Sealed
from models.queries.register.wanted import Wanted


class Confidential(StrEnum):
    """What of confidential cases stands in a register: all, what its maker may read, or only where they stand."""

    WHOLE = "whole"
    MAKERS = "makers"
    POSITION = "position"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a register says of itself.

    `post` and `sop` are the titles of what `wanted` names by a code, "" where it names none. `maker` is a name with a
    capacity. `zone` is that of the office, in which the file has all its instants.
    """

    office: str
    wanted: Wanted
    post: str
    sop: str
    maker: str
    made_at: datetime
    zone: ZoneInfo
    checkpoint: Sealed | None
    confidential: Confidential

    def local(self, at: datetime) -> datetime:
        """Return an instant on the office's clock, in whole seconds."""
        return at.astimezone(self.zone).replace(microsecond=0)

    @property
    def described(self) -> dict[str, Any]:
        """The heading for programs."""
        sealed = self.checkpoint
        return {
            "office": self.office,
            **self.wanted.kept,
            "maker": self.maker,
            "made_at": self.local(self.made_at).isoformat(),
            "zone": self.zone.key,
            "checkpoint": None
            if sealed is None
            else {
                "number": sealed.number,
                "size": sealed.size,
                "root": sealed.root,
                "at": self.local(sealed.at).isoformat(),
            },
            "confidential": self.confidential.value,
        }
