"""Posts that were given another code, as the office's journal tells it; the journals of cases tell the former one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.journal.chain import Entry

RENAMED = "rename-post"
"""The action of an entry of the office's journal."""


@dataclass(slots=True)
class Renames:
    """The renamed posts in order, each with the instant, the former code and the new one.

    `sequences` are the numbers of the entries that tell of them.
    """

    told: list[tuple[datetime, str, str]] = field(default_factory=list)
    sequences: list[int] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Take over an entry of the office's journal, if it tells of a renamed post."""
        body: Any = entry.payload.body if entry.payload else None
        if entry.action != RENAMED or not isinstance(body, dict):
            return
        former, code = body.get("formerly"), body.get("post")
        if isinstance(former, str) and isinstance(code, str):
            self.told.append((entry.at, former, code))
            self.sequences.append(entry.sequence)

    def present(self, post: str, *, told_at: datetime) -> str:
        """Return the code that the post has now which was told as `post` at the instant `told_at`."""
        for former, code in self._since(told_at):
            post = code if post == former else post
        return post

    def former(self, post: str, *, entries: int) -> str:
        """Return the code that the post had after so many entries of the office's journal which is `post` now."""
        for sequence, (_, former, code) in zip(reversed(self.sequences), reversed(self.told), strict=True):
            post = former if post == code and sequence > entries else post
        return post

    def _since(self, told_at: datetime) -> Iterator[tuple[str, str]]:
        return ((former, code) for at, former, code in self.told if at >= told_at)
