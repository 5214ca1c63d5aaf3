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
    """The renamed posts in order, each with the instant, the former code and the new one."""

    told: list[tuple[datetime, str, str]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Take over an entry of the office's journal, if it tells of a renamed post."""
        body: Any = entry.payload.body if entry.payload else None
        if entry.action != RENAMED or not isinstance(body, dict):
            return
        former, code = body.get("formerly"), body.get("post")
        if isinstance(former, str) and isinstance(code, str):
            self.told.append((entry.at, former, code))

    def present(self, post: str, *, told_at: datetime) -> str:
        """Return the code that the post has now which was told as `post` at the instant `told_at`."""
        for former, code in self._since(told_at):
            post = code if post == former else post
        return post

    def _since(self, told_at: datetime) -> Iterator[tuple[str, str]]:
        return ((former, code) for at, former, code in self.told if at >= told_at)
