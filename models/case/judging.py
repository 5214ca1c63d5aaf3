"""The doors of a case that is over: the verdicts of its reporters, the feedback of the superior of who handled it."""

from typing import Any

from models.case.appraisers import appraising
from models.case.case import Case, CaseState
from models.case.joined_report import JoinedReport
from models.case.journey import FELLOW, REPORTER, Journey
from models.case.verdict import Appraisal, Rating, changeable_until
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.correspondence import Alert
from models.mail.notice import Notice
from models.office.person import Person, unique
from models.office.tenure import Tenure
from models.refusals.reports import CaseOpen, VerdictOver
from models.refusals.work import CardOutOfDate, NotYourTask
from models.rules.actions import Action

_SHOWING = frozenset({CardKind.RESULT, CardKind.FEEDBACK, CardKind.APPRAISAL})
"""The cards that show what was said of a case that is over."""


class Judging(Journey):
    """What may be said of a case that is over."""

    def feedback(self, *, by: Person, helped: bool) -> list[Notice]:
        """Keep whether the result helped; the last word counts, and takes back what was said beside an earlier one.

        Returns what the watchers are to be told, each of them once however often the reporter thinks again: only where
        all notices are seen (`Records.feedback`) can that be known. Each reporter has a verdict of their own; that of
        the first one is the case's. Raises `CaseOpen` while the case is under way, `NotYourTask` for anybody else.
        """
        kept, capacity = self._word_of(by)
        if kept.helped is helped:
            return []
        kept.helped, kept.helped_at = helped, self.at
        kept.quick = kept.clear = None
        told = [] if helped else self._tell_closer()
        self._log(Action.FEEDBACK, by_id=by.id, capacity=capacity, helped=helped, told=told)
        self._show_verdict()
        if helped:
            return []
        data = {"number": self.case.number}
        alerts = correspondence.alert(
            Alert.NOT_HELPED, self.office.watchers(), at=self.at, data=data, once=self.case.number
        )
        for owed in alerts:
            owed.case_id = self.case.id
        return alerts

    def rate(self, rating: Rating, *, by: Person) -> None:
        """Keep what a reporter says of a result that helped; the same word twice is one word.

        It can be said, and changed, for seven days after they said that it helped. Raises `CaseOpen` while the case is
        under way, `NotYourTask` for anybody but a reporter, `CardOutOfDate` where they do not say that it helped,
        `VerdictOver` after those days.
        """
        kept, capacity = self._word_of(by)
        until = changeable_until(kept.helped_at)
        if kept.helped is not True or until is None:
            raise CardOutOfDate
        if self.at > until:
            raise VerdictOver(self.case.number, until)
        if getattr(kept, rating.column) is rating.good:
            return
        setattr(kept, rating.column, rating.good)
        said: dict[str, Any] = {rating.column: rating.good}
        self._log(Action.RATE, by_id=by.id, capacity=capacity, **said)
        self._show_verdict()

    def appraise(self, appraisal: Appraisal, *, by: Person) -> None:
        """Keep how the work on the case was done, as a superior of the person who handled it says.

        It can be changed for seven days after it was first said, also by others who may say it: the last word counts.
        Raises `CaseOpen` while the case is under way, `NotYourTask` for anybody but the direct superior (`appraising`),
        `VerdictOver` after those days.
        """
        tenure = self._appraising(by)
        if self.case.state is CaseState.OPEN:
            raise CaseOpen(self.case.number)
        until, well = changeable_until(self.case.appraised_at), appraisal is Appraisal.WELL
        if until is not None and self.at > until:
            raise VerdictOver(self.case.number, until)
        if self.case.well is well:
            return
        self.case.well, self.case.appraised_at = well, self.case.appraised_at or self.at
        self.case.appraised_by_id, self.case.appraised_as = by.id, tenure.acts_as
        self._log(Action.APPRAISE, by=tenure, well=well)
        self._show_verdict()

    def _word_of(self, by: Person) -> tuple[Case | JoinedReport, str]:
        """Return what keeps the word of a reporter, and in which capacity they say it. Raises as `feedback` does."""
        own = self.fellow(by) if by.id != self.case.reporter_id else None
        if own is None:
            self._reporting(by)
        if self.case.state is CaseState.OPEN:
            raise CaseOpen(self.case.number)
        return (self.case, REPORTER) if own is None else (own, FELLOW)

    def _appraising(self, by: Person) -> Tenure:
        """Return the tenure by which a person says how the work was done. Raises `NotYourTask`."""
        found = appraising(self)
        tenure = next((one for one in found if one.person_id == by.id), None)
        if tenure is None:
            raise NotYourTask(", ".join(person.name for person in unique(one.person for one in found)))
        return tenure

    def _show_verdict(self) -> None:
        for shown in self.case.live_cards:
            if shown.kind in _SHOWING:
                self._owe(correspondence.refresh(shown, at=self.at))
