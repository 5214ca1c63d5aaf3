"""What a search costs in a record with ten years of cases: from the words to the card, for each role."""

import random
from collections.abc import Iterator
from functools import partial

from models.mail.card import CardKind
from tests.benchmarks.decade import Decade
from tests.benchmarks.drawn import ADMIN, HEAD, PRAKOM, REPORTER, counted, screens
from tests.benchmarks.figures import Figure, Findings, share
from tests.benchmarks.words import EVERYDAY

_GOAL = 50
"""Milliseconds within which 95 of 100 searches are to be answered."""

_ROLES = {ADMIN: "admin", HEAD: "head of the office", PRAKOM: "JFT Prakom", REPORTER: "reporter"}


def search(filled: Decade, findings: Findings, *, seed: int, each: int = 40) -> None:
    """Look for words of each kind so often as each role."""
    asked = list(_questions(random.Random(seed), filled, each))
    with screens(filled) as drawing:
        for person_id, role in _ROLES.items():
            look = partial(drawing.draw, kind=CardKind.SEARCH, person_id=person_id)
            drawing.cost(partial(look, subject="printer"))
            found = [counted(drawing.cost(partial(look, subject=words)), drawing.database) for words in asked]
            spans = [value for value, _ in found]
            slowest, words = max(zip(spans, asked, strict=True))
            meaning = (
                f"{len(spans)} searches, {'by the clock' if drawing.database.shared else 'of the processor'}; median "
                f"{share(spans, 0.5):.1f} ms, longest {slowest:.1f} ms ({words})"
            )
            findings.add(Figure("search", f"95th percentile, {role}", share(spans, 0.95), "ms", meaning, most=_GOAL))


def _questions(chosen: random.Random, filled: Decade, each: int) -> Iterator[str]:
    """Yield what people look for: everyday words, rare ones, two of them, numbers, names, a month."""
    words = filled.words.words
    for _ in range(each):
        yield chosen.choice(EVERYDAY)
        yield chosen.choice(words)
        yield f"{chosen.choice(EVERYDAY)} {chosen.choice(EVERYDAY)}"
        yield f"{chosen.choice(EVERYDAY)} {chosen.choice(words[:2000])}"
        yield f"{chosen.randint(1, filled.cases)}"
        yield f"rina {chosen.choice(EVERYDAY)}"
        yield f"{chosen.choice(EVERYDAY)} november 2026"
