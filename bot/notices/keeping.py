"""Keeping what became of a notice, however long the database takes."""

import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.loop.pauses import Pauses, backoff
from bot.loop.trouble import log_failure
from bot.notices.job import Job
from bot.notices.outcomes import Outcomes
from bot.storage.database import Database
from models.faults import is_outage

T = TypeVar("T")

logger = logging.getLogger(__name__)

LONGEST_BACKOFF = 60.0
"""Seconds of the longest pause before Telegram or the database is tried again."""


class Keeping:
    """Runs the transactions that keep outcomes, until they are kept."""

    def __init__(self, *, database: Database, outcomes: Outcomes, pauses: Pauses) -> None:
        self._database = database
        self._outcomes = outcomes
        self._pauses = pauses

    async def keep(self, job: Job, work: Callable[[Session], T]) -> T | None:
        """Keep an outcome with `work`, however long the database takes: a forgotten send would be made twice.

        Only the end of the program cuts this short. Then the send counts as one of unknown fate.
        Returns the result of `work`, None if `work` failed for good and the notice was set aside instead.
        """
        failures, fault = 0, ""
        while True:
            try:
                if not fault:
                    return await self._database.transact(work)
                set_aside = partial(self._outcomes.keep_fault, notice_id=job.notice_id, reason=fault)
                return await self._database.transact(set_aside)
            except Exception as error:  # noqa: BLE001 - the outcome is kept later, or the notice set aside
                log_failure(logger, "what became of a notice could not be kept in full", error, notice=job.notice_id)
                if not is_outage(error):
                    fault = f"cannot be kept: {type(error).__name__}"
            failures += 1
            await self._pauses.wait(backoff(failures, longest=LONGEST_BACKOFF))
