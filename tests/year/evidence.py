"""What was seen while an office worked: reminders that were owed, messages that arrived, what people did, faults."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from models.mail.card import CardKind


@dataclass(frozen=True)
class Owed:
    """A reminder that a person is owed: when, of which tasks, and whether it is said once only."""

    at: datetime
    person: int
    kind: str
    tasks: tuple[int, ...]
    once: bool


@dataclass(frozen=True)
class Sent:
    """A message that reached a chat."""

    at: datetime
    person: int | None
    kind: str
    card: CardKind | None
    silent: bool
    urgent: bool


@dataclass
class Evidence:
    """What was seen while the office worked, for the checks."""

    owed: list[Owed] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    acts: dict[int, list[tuple[datetime, int]]] = field(default_factory=dict)
    """When each person did something, and how many reminders had been owed by then: both may be in one second."""
    faults: list[str] = field(default_factory=list)
    tell: Callable[[str], None] = lambda _line: None
    """Hears of each fault when it is found."""
    refused: dict[str, int] = field(default_factory=dict)
    outages: int = 0
    reports: dict[str, int] = field(default_factory=dict)

    def act(self, person: int, at: datetime) -> None:
        """Note that somebody did something."""
        self.acts.setdefault(person, []).append((at, len(self.owed)))

    def fault(self, line: str) -> None:
        """Note that a promise was broken."""
        self.faults.append(line)
        self.tell(line)
