"""The newest checkpoint, as a register names it."""

import base64
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.checkpoint.sealing import last_sealing


@dataclass(frozen=True, slots=True)
class Sealed:
    """A checkpoint: its number, how many leaves it has, their root as its note writes it, and when it was made."""

    number: int
    size: int
    root: str
    at: datetime


def newest_checkpoint(session: Session) -> Sealed | None:
    """Return the newest checkpoint; None before the first. Raises what `Sealing.checkpoint` raises."""
    sealing = last_sealing(session)
    if sealing is None:
        return None
    checkpoint = sealing.checkpoint
    root = base64.b64encode(checkpoint.root).decode()
    return Sealed(sealing.number, checkpoint.size, root, sealing.sealed_at)
