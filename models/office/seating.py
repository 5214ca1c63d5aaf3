"""Where a task is decided if nobody can do so at its own chair: by the next authority up. Pure: numbers in, a seat out.

A post is a chair. Its holders may be missing, out of reach, or away; then the case goes up the line of superiors, from
there to the office's named deputy, and at last to the admins.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Because(StrEnum):
    """Why a task is decided at another chair than its own.

    Nobody holds the post; those who do cannot be written to, or are away without a Plh. who is there, and the standard
    is over; or those who do are away, and the SOP keeps a Plh. from the step.
    """

    VACANT = "vacant"
    UNREACHABLE = "unreachable"
    ABSENT = "absent"
    MANDATE = "mandate"


@dataclass(frozen=True, slots=True)
class Chair:
    """A post with the numbers of persons: who holds it themselves, and who is `away`, a Plh. among them.

    A holder who is away and has a Plh. is stood in for. `able` are those who act in the post, are not away and can be
    reached.
    """

    post: str
    own: frozenset[int]
    away: frozenset[int]
    acting: frozenset[int]
    able: frozenset[int]

    @property
    def there(self) -> frozenset[int]:
        """Who holds it themselves and is not away."""
        return self.own - self.away


@dataclass(frozen=True, slots=True)
class Need:
    """What a task needs: a holder themselves where the SOP gives no `mandate` to a Plh., and nobody of `other_than`.

    Those are the reporters of the case, where the step judges the work. `overdue` says that the standard is over.
    """

    mandate: bool = True
    other_than: frozenset[int] = frozenset()
    overdue: bool = False

    def served_by(self, chair: Chair) -> frozenset[int]:
        """Return who can serve it at this chair now."""
        able = chair.able if self.mandate else chair.able & chair.there
        return able - self.other_than

    def sitting_at(self, chair: Chair) -> frozenset[int]:
        """Return who could serve it at this chair, were they there and could be reached."""
        return (chair.acting if self.mandate else chair.own) - self.other_than


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a task is decided: at the chair of `post`.

    `raised_from` is its own chair and `because` says why it is not decided there. Both are None where it is, and where
    only its reporters sit there. The two posts are the same where the admins decide in its place.
    """

    post: str
    raised_from: str | None = None
    because: Because | None = None

    @property
    def admins(self) -> bool:
        """Whether the admins decide."""
        return self.raised_from == self.post


def seat_of(
    line: Iterable[Chair], need: Need, *, deputy: Callable[[], Chair | None], admins: Callable[[], Iterable[int]]
) -> Seat:
    """Return where a task is decided now.

    `line` is its own chair, then those above it, the nearest first; it is walked no further than needed. Where nobody
    can serve, the task stays and waits for the holder of its own chair; one that only its reporters could decide there
    waits at the nearest chair above that is held by somebody else, if there is one.
    """
    chairs = iter(line)
    own = next(chairs)
    because = why_not(own, need)
    if because is None and not _only_reporters(own, need):
        return Seat(own.post)
    passed = [own]
    for chair in chairs:
        if need.served_by(chair):
            return Seat(chair.post, own.post if because is not None else None, because)
        passed.append(chair)
    if because is None:
        return Seat(next((chair.post for chair in passed if need.sitting_at(chair)), own.post))
    if because is Because.MANDATE:
        return Seat(own.post)
    standing = deputy()
    if standing is not None and standing not in passed and need.served_by(standing):
        return Seat(standing.post, own.post, because)
    return Seat(own.post, own.post, because) if set(admins()) - need.other_than else Seat(own.post)


def why_not(own: Chair, need: Need) -> Because | None:
    """Return why nobody can decide a task at its own chair; None where somebody can, or may still come to it."""
    if not own.own:
        return Because.VACANT
    if not need.mandate and not own.there:
        return Because.MANDATE
    if not need.overdue or need.served_by(own) or _only_reporters(own, need):
        return None
    return Because.ABSENT if need.sitting_at(own) <= own.away else Because.UNREACHABLE


def _only_reporters(own: Chair, need: Need) -> bool:
    """Whether nobody acts there but the reporters, who may not judge their own case."""
    return bool(own.own) and not need.sitting_at(own)
