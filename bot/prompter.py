"""The prompter: wakes when a reporter is to be reminded of a question, or told that a draft still lies.

As with the chaser, the instants are in the database; the scheduler only wakes the code that reads them.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.loop.activity import Activity
from bot.loop.trouble import log_failure
from bot.loop.waking import PlannedLookout
from bot.storage.database import Changed, Database
from models.case.consultation import Consultation
from models.case.draft import LIES_FOR, ReportDraft
from models.case.question import Question
from models.chase import asking, opinions, unsent
from models.office.calendar import CalendarVersion
from models.repository.records import Records
from models.rules.rules import Rules

logger = logging.getLogger(__name__)

LOOKED_EVERY = timedelta(seconds=60)
"""The safety look, should a wake-up ever be missed."""

_FAILING = "prompting failed"

_Prompt = Callable[[Records], bool]
_PROMPTS: tuple[_Prompt, ...] = (asking.remind_due, opinions.remind_due, unsent.tell_due)
"""What is done when the time has come. Each returns whether more may wait."""

_WAKES: tuple[Callable[[Records], datetime | None], ...] = (
    asking.next_wake,
    opinions.next_wake,
    unsent.next_wake,
)


class Prompter:
    """Reminds those who report of what they have left undone, until `run` is cancelled."""

    def __init__(self, *, database: Database, rules: Rules, clock: Clock, activity: Activity) -> None:
        self._database = database
        self._rules = rules
        self._clock = clock
        self._lookout = PlannedLookout(
            self._look, every=LOOKED_EVERY, activity=activity, failing=_FAILING, real_instant=clock.real_instant
        )
        self._following: datetime | None = None
        clock.on_jump(self.nudge)

    def nudge(self) -> None:
        """Let be looked now, if it is this process that reminds. To be called on the event loop."""
        self._lookout.nudge_running()

    def committed(self, changed: Changed) -> None:
        """Look again if a commit planned something before what is waited for, or brought another calendar into force.

        All else puts off what was planned.
        """
        moving = {CalendarVersion} if changed.certain else {CalendarVersion, Consultation, Question, ReportDraft}
        if not changed.kinds.isdisjoint(moving):
            self.nudge()
        earliest = min(self._planned_by(changed), default=None)
        if earliest is not None and (self._following is None or earliest < self._following):
            self.nudge()

    async def run(self) -> None:
        """Remind until cancelled; begins with what fell due while nobody did. May be run again after that."""
        await self._lookout.run()

    async def _look(self) -> None:
        """Do what is due, and plan the next wake-up."""
        self._following = None
        at = self._clock.now()
        following = await self._next(at)
        if following is not None and following <= at:
            for prompt in _PROMPTS:
                await self._do(prompt)
            at = self._clock.now()
            following = await self._next(at)
        # What is due even now waits for the safety look, lest this turn in circles.
        self._following = following if following is None or following > at else None
        self._lookout.plan(self._following)

    async def _do(self, prompt: _Prompt) -> None:
        """Do one kind of what is due. Where it fails, the safety look tries again, and the other kinds do not wait."""
        try:
            while await self._database.transact(partial(self._prompt, prompt)):
                pass
        except Exception as error:  # noqa: BLE001 - as the docstring says
            log_failure(logger, _FAILING, error)

    def _prompt(self, prompt: _Prompt, session: Session) -> bool:
        return prompt(Records(session, rules=self._rules, at=self._clock.now()))

    async def _next(self, at: datetime) -> datetime | None:
        """Return the instant of what comes next."""

        def work(session: Session) -> datetime | None:
            records = Records(session, rules=self._rules, at=at)
            found = [wake(records) for wake in _WAKES]
            return min((one for one in found if one is not None), default=None)

        return await self._database.read(work)

    def _planned_by(self, changed: Changed) -> Iterable[datetime]:
        """Go through the instants that a commit has planned, or may have: a draft that was written on lies from now."""
        asked = (one.remind_at for one in changed.new if isinstance(one, Question | Consultation))
        yield from (at for at in asked if at is not None)
        if ReportDraft in changed.kinds:
            yield self._clock.now() + LIES_FOR
