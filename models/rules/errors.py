"""What can go wrong, as small typed errors that carry data; the words people read are made elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


class DisposisiError(Exception):
    """Base of every error the rules raise on purpose."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a data file, for the person who edits that file.

    `source` names the file, `row` the place in it ("step 4", "role kadiv", "line 12", "document"), `reason` says in
    one or two English sentences what is wrong and what to do.
    """

    source: str
    row: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.row}: {self.reason}"


class InvalidDocument(DisposisiError):
    """A data file that cannot be used; `problems` lists everything found wrong with it, at least one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(*problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class InvalidSop(InvalidDocument):
    """An SOP file that cannot run."""


class InvalidOffice(InvalidDocument):
    """An office file that cannot be used."""


class InvalidStandard(DisposisiError, ValueError):
    """A text that is not a time standard such as "30 menit"."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class UnknownStep(DisposisiError, LookupError):
    """The SOP has no step with this number."""

    def __init__(self, sop: str, number: int) -> None:
        super().__init__(sop, number)
        self.sop = sop
        self.number = number


class UnknownRole(DisposisiError, LookupError):
    """The SOP has no such role, or the office has no post that fills it; `where` is the code of either."""

    def __init__(self, where: str, role: str) -> None:
        super().__init__(where, role)
        self.where = where
        self.role = role


class UnknownPost(DisposisiError, LookupError):
    """The office has no post with this code."""

    def __init__(self, office: str, post: str) -> None:
        super().__init__(office, post)
        self.office = office
        self.post = post


class NoReturnTarget(DisposisiError, LookupError):
    """Work cannot be returned from this step: it is not a review, or nothing is handled before it."""

    def __init__(self, sop: str, number: int) -> None:
        super().__init__(sop, number)
        self.sop = sop
        self.number = number


class OutsideCalendar(DisposisiError, ValueError):
    """The answer lies outside the years 1 to 9999; `at` is the instant the question was about."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at
