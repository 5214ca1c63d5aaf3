"""The stems of Indonesian words, so that a word is found in its common forms: *memperbaiki*, *perbaikan*, *diperbaiki*.

There is no dictionary. A form may come from several roots (*mengirim* from *kirim*, *mengambil* from *ambil*), so a
word has a small set of stems. Two words count as forms of one another where their sets have a stem in common. The rules
are those of confix stripping (Nazief and Adriani 1996; Asian, Williams and Tahaghoghi 2005), without a list of roots.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

_VOWELS = frozenset("aeiou")

_SHORTEST = 4
"""Letters of a root, but for the few that `_is_root` lets be shorter."""

_SHORT = 3

_PARTICLES = ("nya", "lah", "kah", "pun", "ku", "mu")
"""What stands behind a word in speech and changes nothing of its meaning."""

_DEPTH = 3
"""Prefixes that one word may have: *mem-per-*, *ke-ter-*."""

_WHOLE = frozenset(
    [
        "masalah",
        "sekolah",
        "langkah",
        "istilah",
        "server",
        "perangkat",
        "internet",
        "pegawai",
        "sistem",
        "telepon",
        "terminal",
        "kertas",
        "memori",
        "menit",
        "mesin",
        "media",
        "berita",
        "beranda",
        "merah",
        "pemerintah",
        "terima",
        "terus",
        "perlu",
        "persen",
        "sudah",
        "belum",
        "memang",
    ]
)
"""Common words that only look as if they had a prefix or a particle."""

_ENDS_SO = frozenset({"bertanya", "ditanya", "menanya", "tertanya"})
"""Forms whose root ends as a particle would."""

_ONSETS = frozenset(
    ["bl", "br", "dr", "fl", "fr", "gl", "gr", "kl", "kr", "pl", "pr", "sk", "sl", "sp", "st", "sw", "tr", "tw"]
)
"""Two consonants with which a root may begin."""

_NASAL: Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    first: (
        (f"{first}ny", "aeiou", ("s", "ny")),
        (f"{first}nge", "bcdfghjklmnpqrstvwxyz", ("",)),
        (f"{first}ng", "aeiou", ("", "k")),
        (f"{first}ng", "ghkq", ("",)),
        (f"{first}n", "aeiou", ("t", "n")),
        (f"{first}n", "cdjstz", ("",)),
        (f"{first}m", "aeiou", ("p", "m")),
        (f"{first}m", "bfpv", ("",)),
        (f"{first}m", "r", ("p",)),
        (first, "lrwy", ("",)),
    )
    for first in ("me", "pe")
}
"""How the nasal of *meN-* and *peN-* stands before a root: the prefix, what may follow, how the root began."""

_PLAIN = ("ber", "ter", "per", "di")
"""The prefixes that change nothing in the root."""


@lru_cache(maxsize=65536)
def stems(word: str) -> frozenset[str]:
    """Return the stems of a word in small letters; a word that no rule fits is its own stem.

    Repeated words (*laporan-laporan*) come as two words; the old spelling *laporan2* is one of them.
    """
    if word.endswith("2") and word[:-1].isalpha() and len(word) > _SHORTEST:
        word = word[:-1]
    if len(word) <= _SHORT or not (word.isascii() and word.isalpha()):
        return frozenset({word})
    bare = _without_particles(word)
    if bare in _WHOLE:
        return frozenset({bare})
    return frozenset(root for one, suffix in _without_suffix(bare) for root in _deepest(one, suffix))


def _without_particles(word: str) -> str:
    for _ in range(2):
        ending = next((one for one in _PARTICLES if word.endswith(one) and word not in _WHOLE | _ENDS_SO), "")
        if not ending or len(word) - len(ending) < _SHORTEST:
            break
        word = word.removesuffix(ending)
    return word


def _without_suffix(word: str) -> Iterator[tuple[str, str]]:
    """Yield a word as it is, and without each suffix. Whether that is one, or the end of the root, no rule can tell."""
    yield word, ""
    for suffix in ("kan", "an", "i"):
        root = word.removesuffix(suffix)
        if root != word and _is_root(root):
            yield root, suffix


def _deepest(word: str, suffix: str) -> Iterator[str]:
    """Yield what may be the root of a word without its suffix: what is left of it by the most prefixes."""
    found = list(_without_prefixes(word, suffix, 0))
    deepest = max((depth for depth, _ in found), default=0)
    yield from (root for depth, root in found if depth == deepest)


def _without_prefixes(word: str, suffix: str, depth: int) -> Iterator[tuple[int, str]]:
    # The suffix -i comes with a prefix: without one it belongs to the root, as in *aplikasi*.
    if suffix != "i" or depth:
        yield depth, word
    if depth < _DEPTH and word not in _WHOLE:
        for root in _without_prefix(word, suffix, first=depth == 0):
            yield from _without_prefixes(root, suffix, depth + 1)


def _without_prefix(word: str, suffix: str, *, first: bool) -> Iterator[str]:
    for rules in _NASAL.values():
        for prefix, following, beginnings in rules:
            rest = word.removeprefix(prefix)
            if rest != word and rest[:1] and rest[0] in following:
                shortest = _SHORT if prefix.endswith(("nge", "ng")) else _SHORTEST
                if not prefix.endswith("nge") or _is_one_syllable(rest):
                    yield from (root for one in beginnings if _is_root(root := one + rest, shortest))
    for prefix in _PLAIN:
        rest = word.removeprefix(prefix)
        if rest != word and _is_root(rest, _SHORT if prefix == "di" else _SHORTEST):
            yield rest
    rest = word.removeprefix("ke")
    if first and rest != word and (suffix == "an" or rest.startswith(("ter", "ber"))) and _is_root(rest):
        yield rest
    for bare in ("be", "pe"):
        rest = word.removeprefix(bare)
        if rest != word and _follows_bare(rest, bare) and _is_root(rest):
            yield rest
    if word in {"belajar", "pelajar"}:
        yield "ajar"


def _follows_bare(rest: str, bare: str) -> bool:
    """Whether *be-* and *pe-* may stand before a root without a nasal: *bekerja*, *pekerja*, *petugas*."""
    if rest[0] in _VOWELS:
        return False
    if bare == "be":
        return rest[1:3] == "er"
    return rest[0] in "kdjt" and rest[1:2] in _VOWELS


def _is_one_syllable(root: str) -> bool:
    """Whether *menge-* may stand before a root: *cek*, *tik*, *print*."""
    opens = root[1] in _VOWELS or root[:2] in _ONSETS
    return opens and sum(letter in _VOWELS for letter in root) == 1


def _is_root(root: str, shortest: int = _SHORTEST) -> bool:
    """Whether what is left can be a root: long enough, with a vowel; three letters as in *adu*, *isi* and *uji*."""
    if not _VOWELS.intersection(root):
        return False
    if len(root) >= shortest:
        return True
    return len(root) == _SHORT and root[0] in _VOWELS and root[-1] in _VOWELS
