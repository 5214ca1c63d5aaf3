"""What a person typed to find cases: words, a number in any form, a name, an SOP, a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.search import terms
from models.search.wanted import PREFIX, Terms
from models.search.words import folded, forms, words

MOST_WORDS = 12
"""Words that are looked for; what stands behind them is not."""

_SHORTEST_BEGINNING = 3
"""Letters of a word that somebody is still typing, from which on the words that begin so count."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"),
            ("februari", "february", "feb"),
            ("maret", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("agustus", "august"),
            ("september", "sept"),
            ("oktober", "october"),
            ("november", "nov"),
            ("desember", "december", "des"),
        ),
        start=1,
    )
    for name in names
}
"""The names of the months, as people type them; words that mean something else as well are words too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The words that a person looks for, in small letters. `unfinished` says that the last is still being typed."""

    words: Sequence[str]
    unfinished: bool = False

    @classmethod
    def parse(cls, typed: str, *, unfinished: bool = False) -> "Asked":
        """Return what is looked for; nothing where no word says anything. The last of equal words counts once."""
        found = dict.fromkeys(one.letters for one in words(typed) if one.counts)
        ends_in_blank = typed != typed.rstrip()
        return cls(tuple(found)[:MOST_WORDS], unfinished=unfinished and not ends_in_blank)

    def __bool__(self) -> bool:
        return bool(self.words)

    def whole(self, people: Mapping[str, Sequence[int]]) -> Terms:
        """Return the terms for a person who reads a case whole; `people` are those whose name has a word."""
        return Terms([self._everywhere(word, people.get(word, ())) for word in self.words])

    def shared(self) -> Terms:
        """Return the terms for a person who reads their own report alone."""
        return Terms([self._stems(word, terms.SHARED) | self._about(word) for word in self.words])

    def _everywhere(self, word: str, people: Sequence[int]) -> frozenset[str]:
        inside = self._stems(word, terms.SHARED) | self._stems(word, terms.INNER)
        named = {f"{kind}{one}" for one in people for kind in (terms.REPORTED_BY, terms.TOOK_PART)}
        return inside | self._about(word) | named

    def _stems(self, word: str, kind: str) -> frozenset[str]:
        found = {kind + form for form in forms(word)}
        if self.unfinished and word == self.words[-1] and len(word) >= _SHORTEST_BEGINNING:
            beginning = word if word.isascii() else min(forms(word))
            found.add(f"{kind}{beginning}{PREFIX}")
        return frozenset(found)

    def _about(self, word: str) -> frozenset[str]:
        """Return the terms of a number, an SOP and a month that a word may mean."""
        if word.isascii() and word.isdecimal():
            return frozenset({f"{terms.SERIAL}{word.lstrip('0') or '0'}"}) | self._year(word)
        found = {f"{terms.PREFIX}{word}"} if word.isascii() and word.isalpha() else set[str]()
        return frozenset(found | self._month(word))

    def _year(self, word: str) -> frozenset[str]:
        """Return the months of a year: all, or the one that is named beside it."""
        if len(word) != len("2026"):
            return frozenset()
        named = [_MONTHS[one] for one in self.words if one in _MONTHS]
        return frozenset(f"{terms.MONTH}{word}{month:02d}" for month in (named or range(1, 13)))

    def _month(self, word: str) -> set[str]:
        """Return the terms of a month that is named together with its year."""
        if word not in _MONTHS:
            return set()
        years = [one for one in self.words if len(one) == len("2026") and one.isascii() and one.isdecimal()]
        return {f"{terms.MONTH}{year}{_MONTHS[word]:02d}" for year in years}

    def matches(self, letters: str) -> bool:
        """Whether a word of a text is one of those that are looked for."""
        stemmed = forms(letters)
        for word in self.words:
            if stemmed & forms(word):
                return True
            being_typed = self.unfinished and word == self.words[-1] and len(word) >= _SHORTEST_BEGINNING
            if being_typed and letters.startswith(word):
                return True
        return False


def name_words(name: str) -> set[str]:
    """Return the words of a person's name in small letters."""
    return {folded(word) for word in name.split()} | {one.letters for one in words(name)}
