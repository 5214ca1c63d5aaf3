"""What the people of an office do now and then beside deciding: ask for opinions, let others know, forward many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.chat.incoming import Incoming
from handlers.looking import status
from models.mail.card import CardKind

if TYPE_CHECKING:
    from tests.year.people import People, Somebody
    from tests.year.telephones import Shown

_CONSULTS, _COPIES, _MANY = 0.05, 0.06, 0.04
"""Of how many turns at a card one of these comes first."""

_READERS = 2


class Verbs:
    """What somebody does before the straight path, by chance."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._house = people.house
        self._chance = people.chance

    def before(self, person: Somebody, shown: Shown) -> bool:
        """Let somebody who has a card ask for an opinion, name who gets a copy, or forward several cards at once.

        Returns whether they wait for an opinion now.
        """
        if self._people.calm or "more" not in shown.actions:
            return False
        drawn = self._chance.random()
        if drawn < _CONSULTS:
            self._consult(person, shown)
            return True
        if drawn < _CONSULTS + _COPIES:
            self._name_readers(person, shown)
        elif drawn < _CONSULTS + _COPIES + _MANY and "forward" in shown.actions:
            self._forward_many(person)
        return False

    def advise(self, person: Somebody, shown: Shown) -> None:
        """Give the opinion that a card asks for; one in five is never given."""
        if "advise" not in shown.actions or self._chance.random() > 0.8:
            return
        if not self._people.tap(person, shown, "advise"):
            self._house.says(person.account or 0, "Ya, segera.")

    def read(self, person: Somebody, shown: Shown) -> None:
        """Mark a copy as read."""
        if "read" in shown.actions:
            self._people.tap(person, shown, "read")

    def _consult(self, person: Somebody, shown: Shown) -> None:
        self._people.tap(person, shown, "more")
        if "consult" in shown.actions and not self._people.tap(person, shown, "consult"):
            offered = shown.arguments("consult-whom")
            if offered and not self._people.tap(person, shown, "consult-whom", self._chance.choice(offered)):
                self._house.says(person.account or 0, "Perlu server cadangan?")
        self._back(person, shown)

    def _name_readers(self, person: Somebody, shown: Shown) -> None:
        self._people.tap(person, shown, "more")
        if "copy" in shown.actions and not self._people.tap(person, shown, "copy"):
            offered = shown.arguments("copy-to")
            for one in self._chance.sample(offered, min(_READERS, len(offered))):
                self._people.tap(person, shown, "copy-to", one)
        self._back(person, shown)

    def _forward_many(self, person: Somebody) -> None:
        """Open `/tugas`, choose all that may go on together, and forward it."""
        account = person.account or 0
        asking = Incoming(account, account, "–", "id", 0, "/tugas")
        with self._house.lists_drawn():
            if self._house.attempt(account, lambda records: status.tasks(records, asking, [])):
                return
            self._house.deliver(account)
            lists = [one for one in self._people.phone(person).shown.values() if one.kind is CardKind.QUEUE]
            if not lists or "select" not in lists[-1].actions:
                return
            for action in ("select", "select-all", "forward-selected"):
                if action in lists[-1].actions:
                    self._people.tap(person, lists[-1], action)

    def _back(self, person: Somebody, shown: Shown) -> None:
        while "back" in shown.actions:
            if self._people.tap(person, shown, "back"):
                return
