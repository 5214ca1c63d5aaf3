"""Everything the office decided on file, together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Self

from models.rules.office_file import OfficeFile
from models.rules.sop import Sop
from models.rules.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Rules:
    """What the office decided on file: the office itself, and its SOPs by code, each in its newest version.

    `bot_username` is the name the bot answers to on Telegram, for links to it; empty where it is not known.
    """

    office: OfficeFile
    sops: Mapping[str, Sop]
    bot_username: str = ""

    @property
    def usual_sop(self) -> str:
        """The code of the SOP that a report goes by unless its reporter chooses another."""
        usual = self.office.usual_sop
        return usual if usual is not None and usual in self.sops else next(iter(self.sops))

    def keeps_from_plh(self, posts: Collection[str]) -> bool:
        """Whether an SOP has a step at one of these posts, by their codes, that no Plh. may do."""
        steps = (step for sop in self.sops.values() for step in sop.steps if not step.mandate)
        return any(self.office.post_for_role(step.role).code in posts for step in steps)

    def with_calendar(self, calendar: WorkCalendar) -> Self:
        """Return the same rules with the calendar in force in place of the office file's own."""
        return replace(self, office=replace(self.office, calendar=calendar))
