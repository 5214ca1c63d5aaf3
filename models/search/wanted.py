"""What is looked for, as terms, and how each database is asked for it.

Every term is made by this program, of small letters and figures of ASCII: nothing that a person types reaches the
language of either database's search.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

PREFIX = "*"
"""What stands behind a term that others may begin with."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Which documents are wanted: those with a term of each of `all_of`, and none of `none_of`."""

    all_of: Sequence[frozenset[str]]
    none_of: frozenset[str] = frozenset()

    def besides(self, *all_of: Iterable[str], without: Iterable[str] = ()) -> "Terms":
        """Return the same, narrowed further."""
        more = tuple(frozenset(one) for one in all_of)
        return replace(self, all_of=(*self.all_of, *more), none_of=self.none_of | frozenset(without))

    def met_by(self, document: frozenset[str]) -> bool:
        """Whether a document with these terms is wanted."""
        return all(_has(document, some) for some in self.all_of) and not _has(document, self.none_of)

    @property
    def fts5(self) -> str:
        """The query in the language of SQLite's FTS5."""
        wanted = " AND ".join(f"({' OR '.join(map(_quoted, sorted(some)))})" for some in self.all_of)
        excluded = " OR ".join(map(_quoted, sorted(self.none_of)))
        return f"({wanted}) NOT ({excluded})" if excluded else wanted

    @property
    def tsquery(self) -> str:
        """The query in the language of PostgreSQL's `tsquery`."""
        wanted = [f"({' | '.join(map(_labelled, sorted(some)))})" for some in self.all_of]
        return " & ".join([*wanted, *(f"!{_labelled(one)}" for one in sorted(self.none_of))])


def _has(document: frozenset[str], some: frozenset[str]) -> bool:
    if document & some:
        return True
    beginnings = tuple(one.removesuffix(PREFIX) for one in some if one.endswith(PREFIX))
    return bool(beginnings) and any(one.startswith(beginnings) for one in document)


def _quoted(term: str) -> str:
    bare = term.removesuffix(PREFIX)
    return f'"{_checked(bare)}"{PREFIX if bare != term else ""}'


def _labelled(term: str) -> str:
    bare = term.removesuffix(PREFIX)
    return f"{_checked(bare)}:*" if bare != term else _checked(bare)


def _checked(term: str) -> str:
    if not (term.isascii() and term.isalnum() and term == term.lower()):
        raise ValueError(f"a term is made of small letters and figures: {term!r}")
    return term
