"""What a register can be asked for."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.case.sop_version import SopVersion


def sops_of_cases(session: Session) -> list[str]:
    """Return the codes of all SOPs under which a case was ever reported, also of those that are loaded no more."""
    return list(session.scalars(select(SopVersion.code).distinct().order_by(SopVersion.code)))
