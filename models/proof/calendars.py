"""The versions of the office's calendar, as the office's journal tells them, to be held against their rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.journal.chain import Entry
from models.proof.account import Account, Row
from models.rules.office_calendar import digest_of

BROUGHT = "calendar"
"""The action of an entry of the office's journal."""


@dataclass(slots=True)
class Calendars:
    """The journal's accounts of the versions, by their numbers."""

    told: dict[int, Account] = field(default_factory=dict)

    def add(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Take over that a version was brought into force."""
        said = {"id": body["version"], "digest": body["digest"], "by_id": entry.actor_id, "made_at": entry.at}
        self.told[body["version"]] = Account(entry.sequence, said)

    def mismatches(self, rows: Iterable[Row], *, last: int) -> Iterator[tuple[int, str]]:
        """Yield every difference: the entry that it concerns, and what differs. An added row concerns entry `last`."""
        left = dict(self.told)
        for row in rows:
            account = left.pop(row["id"], None)
            if account is None:
                yield last, f"the journal does not know version {row['id']} of the calendar"
                continue
            for column in account.differences(row):
                yield (
                    account.sequence,
                    f"version {row['id']} of the calendar: its {column} is not what the journal tells",
                )
            if not isinstance(row["body"], Mapping) or digest_of(row["body"]) != row["digest"]:
                yield (
                    account.sequence,
                    f"version {row['id']} of the calendar: its body is not what was brought into force",
                )
        for number, account in left.items():
            yield account.sequence, f"version {number} of the calendar is missing"
