"""A proposal: what an admin may not do alone, because it gives the admin power, or takes it from another admin."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity
from models.office.person import Person

VALIDITY = timedelta(hours=24)
"""How long a proposal waits for the tap of a second person."""


class ProposalKind(StrEnum):
    """What is proposed."""

    MAKE_ADMIN = "make-admin"
    DISMISS_ADMIN = "dismiss-admin"
    UNBIND = "unbind"
    NAME_PLH = "name-plh"
    ACT_PLT = "act-plt"
    RESTRICT = "restrict"
    LIFT_RESTRICTION = "lift-restriction"


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    OVER = "over"


class AdminProposal(Base):
    """What `by_id`, an admin, wants for the person `person_id`, who may be the admin.

    `data` says more, by kind: the post, the days and the person who is away, the number and the day of the SK.
    `decided_by_id` is the second person, None while nobody has decided.
    """

    __tablename__ = "proposals"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    kind: Mapped[ProposalKind]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    data: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship(foreign_keys=[by_id], lazy="raise")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id], lazy="raise")

    def is_open(self, at: datetime) -> bool:
        """Whether the proposal still waits at the instant `at`."""
        return self.state is ProposalState.OPEN and at < self.made_at + VALIDITY


@dataclass(frozen=True, slots=True)
class Seconded:
    """That an admin does not act alone: `agreed` is the second person.

    It is None where there is no second admin and the admin heads the office: nobody is above who could agree.
    """

    agreed: Person | None

    @property
    def said(self) -> dict[str, object]:
        """What the office's journal keeps of it."""
        return {"alone": True} if self.agreed is None else {"agreed": self.agreed.id}
