"""Every table there is: importing this module registers them all, as migrations and fresh databases need."""

from sqlalchemy import MetaData

from models.administration import calendar_draft
from models.base import Base
from models.case import (
    attachment,
    case,
    consultation,
    content,
    copy,
    draft,
    evaluation,
    extension,
    issued_paper,
    joined_report,
    question,
    selection,
    sop_version,
    task,
)
from models.chase import daily_round
from models.checkpoint import log
from models.journal import chain
from models.mail import bot_account, card, conversation, inbox, lease, notice, printed
from models.office import absence, calendar, first_words, invitation, menu, person, proposal, registration, tenure
from models.repository import numbering
from models.search import document
from models.statistics import tables as statistics

MODULES = (
    *(attachment, case, consultation, content, copy, draft, evaluation, extension, question, selection, sop_version),
    *(issued_paper, joined_report, task),
    *(bot_account, card, conversation, inbox, lease, notice, printed),
    *(absence, calendar, first_words, invitation, menu, person, proposal, registration, tenure),
    *(calendar_draft, chain, daily_round, document, log, numbering, statistics),
)
"""The modules that define tables."""

METADATA: MetaData = Base.metadata
"""All tables of the record, with their indexes and constraints."""
