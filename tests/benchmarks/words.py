"""The words of invented reports: everyday ones in many of them, made-up ones that are rarer and rarer."""

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate

_OFTEN = """
    printer aplikasi jaringan email komputer simpeg layar loket server internet cetak sandi akun data laporan berkas
    paspor wifi keyboard scanner lambat mati error rusak buka login kirim simpan unduh pasang
"""

EVERYDAY = tuple(_OFTEN.split())
"""Words that stand in many reports."""

_SPOKEN = "ba be bi bo bu ca ci da de di du ga gu ha hi ja ka ko la li lu ma mi na no pa pi ra ro sa si ta to"

_SYLLABLES = tuple(_SPOKEN.split())

_RARE = 20_000


class Vocabulary:
    """All words, the everyday ones in front. How often a word comes falls with its place, as in any language."""

    def __init__(self, chosen: random.Random) -> None:
        self.words: Sequence[str] = [*EVERYDAY, *_made_up(chosen, _RARE)]
        self._weights = list(accumulate(1 / (place + 3) for place in range(len(self.words))))

    def some(self, chosen: random.Random, number: int) -> list[str]:
        """Return so many words of a text."""
        return chosen.choices(self.words, cum_weights=self._weights, k=number)


def _made_up(chosen: random.Random, number: int) -> Iterator[str]:
    for _ in range(number):
        yield "".join(chosen.choice(_SYLLABLES) for _ in range(chosen.randint(2, 4)))
