"""What of the board is wanted: the filters and the page, in a form that a button and a card keep."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

_LATE, _URGENT, _MONTH = "l", "u", "m"
_LONGEST = 40
"""Characters of a post's code that a button has room for; a longer one is kept by its digest."""

_PARTS = 3


class UnreadableWish(ValueError):
    """A text is not what a button or a card keeps of the board."""


@dataclass(frozen=True, slots=True)
class StepOfSop:
    """A step of the SOP whose case numbers begin with `prefix`, in whatever version."""

    prefix: str
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}.{self.number}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which open cases are wanted. What is False or None leaves nothing out.

    `late` takes those whose deadline is over, `urgent` those that are more than biasa, `month` those of the present
    month, `step` and `post` those that are there now.
    """

    late: bool = False
    urgent: bool = False
    month: bool = False
    step: StepOfSop | None = None
    post: str | None = None

    @property
    def kept(self) -> str:
        """What a button keeps of it, in 50 characters at most."""
        flags = ((self.late, _LATE), (self.urgent, _URGENT), (self.month, _MONTH))
        step = str(self.step) if self.step is not None else ""
        return f"{''.join(sign for is_set, sign in flags if is_set)}/{step}/{_code(self.post or '')}"

    @classmethod
    def read(cls, kept: str, *, posts: Iterable[str]) -> Self:
        """Return what a button or a card keeps; `posts` are the codes that the office has.

        A post that the office has no longer leaves nothing out. Raises `UnreadableWish`.
        """
        parts = kept.split("/")
        if len(parts) != _PARTS or not {_LATE, _URGENT, _MONTH}.issuperset(parts[0]):
            raise UnreadableWish(kept)
        flags, step, code = parts
        post = next((one for one in posts if code and _code(one) == code), None)
        return cls(_LATE in flags, _URGENT in flags, _MONTH in flags, _step(step), post)


def _code(post: str) -> str:
    return post if len(post) <= _LONGEST else f"#{hashlib.sha256(post.encode()).hexdigest()[:12]}"


def _step(kept: str) -> StepOfSop | None:
    prefix, point, number = kept.partition(".")
    if not kept:
        return None
    if not (prefix.isalpha() and point and number.isdecimal()):
        raise UnreadableWish(kept)
    return StepOfSop(prefix, int(number))
