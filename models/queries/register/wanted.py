"""What of the register is wanted, and who may have it in chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from models.office.office import Office
from models.office.person import Person, includes
from models.rules.period import Period


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the register is wanted. None takes all: of the time, of the posts, of the SOPs.

    `period` takes what lies at least partly in it: what had begun before its end and was not over before its start.
    `post` and `sop` are codes. With `late`, only the stays that were late in the period, and the cases that had one.
    """

    period: Period | None = None
    post: str | None = None
    sop: str | None = None
    late: bool = False

    @property
    def kept(self) -> dict[str, Any]:
        """What is wanted, as a notice and the journal keep it."""
        period = [self.period.first.isoformat(), self.period.last.isoformat()] if self.period is not None else None
        return {"period": period, "post": self.post, "sop": self.sop, "late": self.late}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return what a notice keeps. Raises KeyError and ValueError for what is none."""
        span = kept["period"]
        period = Period(*map(date.fromisoformat, span)) if span is not None else None
        return cls(period, kept["post"], kept["sop"], late=bool(kept["late"]))


def may_take(office: Office, person: Person) -> bool:
    """Whether a person may have the register in chat: the head of the office, who keeps the SOP, and the admins."""
    return office.administers(person) or includes((*office.watchers(), *office.heads()), person.id)
