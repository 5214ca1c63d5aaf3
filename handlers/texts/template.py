"""Sentences with gaps: a Fluent pattern that puts words into its text and chooses nothing.

Nine of ten sentences are such. Filled by the library, each takes a hundred calls of functions; as a template, a few.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from fluent.runtime.resolver import (
    NeverIsolatingPlaceable,
    Pattern,
    Placeable,
    StringLiteral,
    TextElement,
    VariableReference,
)


@dataclass(frozen=True, slots=True)
class Template:
    """The text before the first gap, then each gap by the name of its variable, with the text after it."""

    first: str
    gaps: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, pattern: Pattern) -> Self | None:
        """Return the template that says what the pattern says; None where the pattern chooses, counts or refers."""
        first, gaps = "", list[tuple[str, str]]()
        for element in getattr(pattern, "elements", [pattern]):
            within = element.expression if isinstance(element, Placeable | NeverIsolatingPlaceable) else element
            match within:
                case VariableReference():
                    gaps.append((within.id.name, ""))
                    continue
                case TextElement():
                    text = within.value
                case StringLiteral():
                    text = str(within.parse()["value"])
                case _:
                    return None
            if gaps:
                name, after = gaps[-1]
                gaps[-1] = name, after + text
            else:
                first += text
        return cls(first, tuple(gaps))

    def filled(self, data: Mapping[str, object]) -> str | None:
        """Return the sentence; None where a variable is absent, or is no string: the library words numbers."""
        parts = [self.first]
        for name, after in self.gaps:
            value = data.get(name)
            if not isinstance(value, str):
                return None
            parts += value, after
        return "".join(parts)
