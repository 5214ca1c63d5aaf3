"""The mandates of those who stood in for somebody, as the office's journal tells them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.journal.chain import Entry
from models.office.tenure import ActingAs, Capacity
from models.proof.account import Account, Row
from models.proof.renames import Renames

GIVEN, OVER = "stand-in", "stand-in-over"
"""The actions of entries of the office's journal."""


@dataclass(slots=True)
class Mandates:
    """The office's accounts of the tenures of every Plh., each by the number of the entry that gave it.

    `renames` are the posts that have another code by now.
    """

    renames: Renames = field(default_factory=Renames)
    told: dict[int, Account] = field(default_factory=dict)
    posts: dict[int, str] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Take over an entry of the office's journal, if it tells of a mandate."""
        body: Any = entry.payload.body if entry.payload else None
        if not isinstance(body, dict):
            return
        if entry.action == GIVEN:
            self._given(entry, body)
        elif entry.action == OVER and isinstance(since := body.get("since"), int) and since in self.told:
            self.told[since].add(entry.sequence, ends_at=entry.at)

    def holds(self, number: object, *, entry: Entry) -> bool:
        """Whether the mandate with this number was given to the person of `entry`, for the post they acted for."""
        acting = ActingAs.parse(entry.capacity)
        told = self.told.get(number) if isinstance(number, int) else None
        if acting is None or acting.capacity is not Capacity.PLH or told is None or not isinstance(number, int):
            return False
        # A post may have been renamed between the two entries.
        present = self.renames.present(self.posts[number], told_at=told.columns["starts_at"])
        posts = {self.posts[number], present, self.renames.present(acting.post, told_at=entry.at)}
        return told.columns["person_id"] == entry.actor_id and acting.post in posts

    def mismatches(self, rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
        """Yield every difference between the tenures of those who stand in and the office's journal."""
        left = {row["given_in"]: row for row in rows}
        for number, account in self.told.items():
            row = left.pop(number, None)
            if row is None:
                yield account.sequence, "the time of the Plh. told here is missing"
                continue
            for column in account.differences(row):
                yield account.sequence, f"the time of the Plh. told here: its {column} is not what the journal tells"
        for number in left:
            yield number if isinstance(number, int) else 0, "there is a Plh. whom the journal does not know"

    def _given(self, entry: Entry, body: dict[str, Any]) -> None:
        post = str(body.get("post"))
        self.posts[entry.sequence] = post
        self.told[entry.sequence] = Account(
            entry.sequence,
            {
                "post": self.renames.present(post, told_at=entry.at),
                "person_id": body.get("person"),
                "stands_for_id": body.get("stands_for"),
                "starts_at": entry.at,
                "ends_at": None,
                "capacity": Capacity.PLH,
            },
        )
