"""Which reports are like one being written or handled: by the words of both, their rarity, the unit, the day. Pure.

The words are those that a search compares (`models/search/words.py`). A mistyped word counts for the one that it is one
slip away from. Nothing is decided here: what is alike is offered, and a person says whether it is the same.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from models.search.meanings import is_general, meaning_of, says_what_is_wrong
from models.search.words import words

LASTS = timedelta(days=3)
"""How long after it came in a report is offered: a weekend lies within."""

MOST = 3
"""Reports that are offered at once."""

READ = 600
"""Characters of a report whose words are compared; what is wrong stands at its beginning."""

ENOUGH = 0.42
"""The likeness, of 1, from which on a report is offered."""

_GENERAL = 0.35
"""What a general word counts, of a word that tells something."""

_SUPPOSED = 30
"""Reports that are supposed beside those that are open: among three reports no word is rare yet."""

_SUPPOSED_LONG_AGO = 600
"""The same beside those that were found by words: ten for each."""

_SAME_UNIT, _OTHER_UNIT = 1.08, 0.94
"""What a report from the same unit counts, and one from another: many outages are of one room, many of all."""

_ANOTHER_FAULT = 0.7
"""What a report counts that says of the same thing that something else is wrong with it."""

_SLIPS_FROM = 5
"""Letters of a word from which on it may be mistyped."""


@dataclass(frozen=True, slots=True)
class Told:
    """A case that may be like a report: its number among the rows, what each of its reporters wrote, since when.

    `unit` is that of the person who reported it first, "" where that is not known.
    """

    key: int
    texts: Sequence[str]
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Alike:
    """A report that is like the one being written, how much so, and the words of the latter that both have."""

    key: int
    likeness: float
    common: Sequence[str]


def alike(text: str, unit: str, others: Sequence[Told], *, at: datetime) -> list[Alike]:
    """Return the reports that are like this one at the instant `at`, the likest first, at most `MOST`."""
    recent = [one for one in others if timedelta(0) <= at - one.at <= LASTS]
    return _likest(text, unit, recent, supposed=_SUPPOSED)


def alike_long_ago(text: str, unit: str, others: Sequence[Told]) -> list[Alike]:
    """Return the reports that are like this one, however old they are, the likest first, at most `MOST`.

    They were found by words of this one, so that a word which all of them have may be rare for all that.
    """
    return _likest(text, unit, others, supposed=_SUPPOSED_LONG_AGO)


def _likest(text: str, unit: str, others: Sequence[Told], *, supposed: int) -> list[Alike]:
    draft = _meant(text)
    if not draft or not others:
        return []
    spelt = _Spelling(meaning for meaning in draft)
    told = [(one, [spelt.corrected(_meant(text)) for text in one.texts]) for one in others]
    weights = _Weights([set().union(*meant) for _, meant in told], supposed)
    found = []
    for one, meant in told:
        near = _SAME_UNIT if unit and unit == one.unit else _OTHER_UNIT if unit and one.unit else 1.0
        # What others wrote helps to recognise it, where the first report is of the same thing.
        rest = meant[1:] if _tell_together(draft, meant[0]) else ()
        likeness, common = max(weights.likeness(draft, other) for other in (meant[0], *rest))
        if likeness * near >= ENOUGH and _tell_together(common, draft):
            found.append(Alike(one.key, likeness * near, [draft[meaning] for meaning in common]))
    return sorted(found, key=lambda one: (-one.likeness, -one.key))[:MOST]


def _tell_together(draft: Iterable[str], other: Collection[str]) -> bool:
    """Whether both have a word that tells something."""
    return any(meaning in other and not is_general(meaning) for meaning in draft)


def _meant(text: str) -> dict[str, str]:
    """Return what the words of a text mean, each with the first word that says it, as it is spelt there."""
    found = dict[str, str]()
    for word in words(text[:READ]):
        if word.counts:
            found.setdefault(meaning_of(word.letters), text[word.begin : word.end])
    return found


class _Weights:
    """How much each word tells: much where few of the reports have it, little where it is a general one."""

    def __init__(self, told: Sequence[Iterable[str]], supposed: int) -> None:
        self._count = len(told) + supposed
        self._have = Counter(meaning for one in told for meaning in one)

    def likeness(self, draft: Iterable[str], other: Collection[str]) -> tuple[float, list[str]]:
        """Return the share of what both tell together in what each tells, from 0 to 1, and that in common."""
        common = [meaning for meaning in draft if meaning in other]
        whole = math.sqrt(self._sum(draft) * self._sum(other))
        likeness = self._sum(common) / whole if whole else 0.0
        return likeness * (_ANOTHER_FAULT if _differ(draft, other) else 1.0), common

    def _sum(self, meanings: Iterable[str]) -> float:
        return sum(self._of(meaning) for meaning in meanings)

    def _of(self, meaning: str) -> float:
        rarity = math.log(self._count / (1 + self._have[meaning]))
        return max(rarity, 0.0) * (_GENERAL if is_general(meaning) else 1.0)


def _differ(draft: Iterable[str], other: Collection[str]) -> bool:
    """Whether both say what is wrong, and name nothing of it together."""
    here, there = {one for one in draft if says_what_is_wrong(one)}, {one for one in other if says_what_is_wrong(one)}
    return bool(here and there) and here.isdisjoint(there)


class _Spelling:
    """The words of a draft, and those that are one slip away from them."""

    def __init__(self, meanings: Iterator[str]) -> None:
        self._known = list(meanings)
        self._slips = {slip: one for one in self._known if _may_slip(one) for slip in _without_one(one)}

    def corrected(self, other: Mapping[str, str]) -> dict[str, str]:
        """Return the words of another report, each that is one slip away from a word of the draft as that word."""
        return {self._nearest(meaning): word for meaning, word in other.items()}

    def _nearest(self, meaning: str) -> str:
        if meaning in self._known or not _may_slip(meaning):
            return meaning
        return next((self._slips[one] for one in _without_one(meaning) if one in self._slips), meaning)


def _may_slip(meaning: str) -> bool:
    return len(meaning) >= _SLIPS_FROM and meaning.isalpha()


@lru_cache(maxsize=65536)
def _without_one(word: str) -> tuple[str, ...]:
    """Return a word and what is left of it without each letter: two words with one of these in common are a slip apart.

    A letter too many, one too few, another letter, or two the wrong way round.
    """
    return (word, *(word[:place] + word[place + 1 :] for place in range(1, len(word))))
