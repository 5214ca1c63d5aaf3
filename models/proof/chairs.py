"""The chairs of the office as its journal tells them: who sat at a post after so many entries, and who could act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from models.office.seating import Chair, Need, Seat, seat_of
from models.proof.office import OfficeHistory


@dataclass(frozen=True, slots=True)
class Chairs:
    """Who held which post after so many `entries` of the office's journal, by their numbers: see `Office`."""

    history: OfficeHistory
    entries: int
    _known: dict[str, Chair] = field(default_factory=dict)

    def chair(self, post: str) -> Chair:
        """Return who sat at a post."""
        if post not in self._known:
            self._known[post] = self._chair(post)
        return self._known[post]

    def _chair(self, post: str) -> Chair:
        own, away = self.history.own_holders(post, entries=self.entries), self.history.away(entries=self.entries)
        acting = self.holders(post)
        able = frozenset(one for one in acting if self._hears(one) and one not in away)
        return Chair(
            post, own=frozenset(own), away=frozenset((own | acting) & away), acting=frozenset(acting), able=able
        )

    def holders(self, post: str) -> set[int]:
        """Return who could act for a post: its own holders, or the Plh. of one who was away."""
        named = self.history.mandated(post, entries=self.entries)
        own = self.history.own_holders(post, entries=self.entries)
        return {self._stand_in(one, named) or one for one in own}

    def deciders(self, post: str, assignee: int, *, mandate: bool, other_than: Collection[int]) -> set[int]:
        """Return who could decide a task of a post that was given to a person."""
        named = self.history.mandated(post, entries=self.entries)
        holding = self.holders(post) if mandate else self.history.own_holders(post, entries=self.entries)
        judging = holding - set(other_than) or holding
        given_to = (self._stand_in(assignee, named) if mandate else None) or assignee
        if given_to not in judging:
            return judging
        return {given_to} if self._has_account(given_to) else set(filter(self._has_account, judging)) or {given_to}

    def seats(self, post: str, needs: Iterable[Need]) -> set[Seat] | None:
        """Return where a task of a post with one of these needs was decided; None where nobody told who is above it."""
        line = self.history.line(entries=self.entries)
        if line is None:
            return None
        deputy = line.deputy

        def seat(need: Need) -> Seat:
            chairs = [self.chair(one) for one in (post, *line.above(post))]
            standing = self.chair(deputy) if deputy is not None else None
            return seat_of(chairs, need, deputy=lambda: standing, admins=lambda: self.able_admins)

        return {seat(need) for need in needs}

    @property
    def able_admins(self) -> set[int]:
        """Return the admins who could be reached and were not away."""
        away = self.history.away(entries=self.entries)
        return {one for one in self.history.admins(entries=self.entries) if self._hears(one) and one not in away}

    def _stand_in(self, person_id: int, named: dict[int, int]) -> int | None:
        """Return the last of those who stood in for a person one after the other that had an account."""
        found, passed = None, {person_id}
        following = named.get(person_id)
        while following is not None and following not in passed:
            found = following if self._has_account(following) else found
            passed.add(following)
            following = named.get(following)
        return found

    def _has_account(self, person_id: int) -> bool:
        return self.history.has_account(person_id, entries=self.entries)

    def _hears(self, person_id: int) -> bool:
        return self.history.hears(person_id, entries=self.entries)
