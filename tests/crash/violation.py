"""A promise that was broken."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """Which of I1 to I9, about what, and what was found."""

    invariant: str
    about: str
    found: str

    def __str__(self) -> str:
        return f"{self.invariant}  {self.about}: {self.found}"
