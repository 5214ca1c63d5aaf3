"""A short piece of a text around the words that were looked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.search.question import Asked
from models.search.words import words

ROOM = 90
"""Characters of an excerpt."""

_BEFORE = 30
"""Characters that are shown before the first found word, at most."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Pieces of one line, each with whether it was looked for; `cut_before` and `cut_after` tell what is left out."""

    pieces: Sequence[tuple[str, bool]]
    cut_before: bool
    cut_after: bool

    @property
    def found(self) -> bool:
        """Whether a word that was looked for stands in it."""
        return any(is_wanted for _, is_wanted in self.pieces)


def excerpt(text: str, asked: Asked, *, room: int = ROOM) -> Excerpt:
    """Return the piece of a text in which the words that are looked for first stand, else its beginning."""
    line = " ".join(text.split())
    spans = [(one.begin, one.end) for one in words(line) if asked.matches(one.letters)]
    begin = _begin(line, spans[0][0], room) if spans else 0
    end = min(len(line), begin + room)
    if end < len(line) and " " in line[begin:end]:
        end = line.rindex(" ", begin, end)
    pieces, place = list[tuple[str, bool]](), begin
    for first, last in spans:
        if first < begin or last > end:
            continue
        pieces += [(line[place:first], False), (line[first:last], True)]
        place = last
    pieces.append((line[place:end], False))
    return Excerpt([one for one in pieces if one[0]], cut_before=begin > 0, cut_after=end < len(line))


def _begin(line: str, first: int, room: int) -> int:
    if len(line) <= room or first <= _BEFORE:
        return 0
    blank = line.find(" ", first - _BEFORE, first)
    return blank + 1 if blank >= 0 else first
