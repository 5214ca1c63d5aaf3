"""The rungs of the ladder that were climbed, as the journal of a case tells them, to be held against their rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.journal.chain import Entry
from models.proof.account import Account, Row


@dataclass(slots=True)
class Chases:
    """The journal's accounts of the rungs, by the place of their task, from 0, and their ordinal.

    A rung that was taken back may be climbed again, and its row may be there or not until it is.
    """

    told: dict[tuple[int, int], Account] = field(default_factory=dict)
    undone: dict[tuple[int, int], Account] = field(default_factory=dict)

    def climbed(self, entry: Entry, body: Mapping[str, Any], *, task: int) -> None:
        """Take over that a rung was climbed."""
        said = {"kind": body["kind"], "due_at": datetime.fromisoformat(body["due"]), "fired_at": entry.at}
        self.told[task, body["rung"]] = Account(entry.sequence, said)

    def taken_back(self, task: int, rung: int) -> None:
        """Take over that the rungs of a task from `rung` on were taken back."""
        for place in [one for one in self.told if one[0] == task and one[1] >= rung]:
            self.undone[place] = self.told.pop(place)

    def mismatches(self, rows: Sequence[Row], *, tasks: Sequence[Row], last: int) -> Iterator[tuple[int, str]]:
        """Yield every difference: the entry that it concerns, and what differs. An added row concerns entry `last`."""
        places = {row["id"]: place for place, row in enumerate(tasks)}
        left = dict(self.told)
        for row in rows:
            place = places.get(row["task_id"], -1), row["ordinal"]
            account = left.pop(place, None) or self.undone.get(place)
            if account is None:
                yield last, "there is a chase that the journal does not know"
                continue
            for column in account.differences(row):
                yield account.sequence, f"the chase told here: its {column} is not what the journal tells"
        for account in left.values():
            yield account.sequence, "the chase told here is missing"
