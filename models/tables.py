"""Every table there is: importing this module registers them all, as migrations and fresh databases need."""

from sqlalchemy import MetaData

from models.base import Base
from models.case import case, draft, evaluation, sop_version, task
from models.chase import sweep
from models.journal import chain
from models.mail import card, lease
from models.office import invitation, office
from models.repository import records

MODULES = (case, sweep, draft, evaluation, invitation, chain, lease, card, office, records, sop_version, task)
"""The modules that define tables."""

METADATA: MetaData = Base.metadata
"""All tables of the record, with their indexes and constraints."""
