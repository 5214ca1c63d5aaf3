"""Every table there is: importing this module registers them all, as migrations and fresh databases need."""

from sqlalchemy import MetaData

from models import (
    case,
    chasing,
    draft,
    evaluation,
    invitation,
    journal,
    lease,
    mailbox,
    office,
    records,
    sop_version,
    task,
)
from models.base import Base

MODULES = (case, chasing, draft, evaluation, invitation, journal, lease, mailbox, office, records, sop_version, task)
"""The modules that define tables."""

METADATA: MetaData = Base.metadata
"""All tables of the record, with their indexes and constraints."""
