"""Words that say no more than that something was read: “ok”, “siap, Pak”, “terima kasih”, 👍."""

import re
import unicodedata
from collections.abc import Iterable

_MOST = 6
"""Words of such a message at most."""

_REPEATED = re.compile(r"(\w)\1+")
_WORD = re.compile(r"\w+")


def _spelt(word: str) -> str:
    """Return a word without letters said at length: `okeee` and `oke` are one, as are `siaap` and `siap`."""
    return _REPEATED.sub(r"\1", word)


def _spelt_each(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_spelt, words))


_SAID = """
ok oke okay okey okeh sip siap baik noted paham mengerti dimengerti mantap laksanakan dilaksanakan iya ya terima kasih
terimakasih makasih trims tks thx thanks thank you yes nggih njih inggih sama
"""
_SAID_TO = "pak bapak bu ibu bang kak mas mbak min admin bos komandan semua semuanya banyak"

_ASSENT, _ADDRESS = _spelt_each(_SAID.split()), _spelt_each(_SAID_TO.split())
_SIGNS = frozenset("👍👌🙏✅☑✔🆗💯👏🤝🫡💪🙂😊😀😁😄😃🥰❤🔥🎉")
_ASIDE = frozenset({"Mn", "Sk", "Cf"})
"""Categories of what changes the character before it: how an emoji is shown, and the colour of its skin."""


def assents(text: str) -> bool:
    """Whether a message says no more than that its writer has read something, or thanks for it."""
    words = [_spelt(word) for word in _WORD.findall(text.casefold())]
    signs = [one for one in _WORD.sub("", text) if _is_said(one)]
    if not words and not signs:
        return False
    plain = all(word in _ASSENT or word in _ADDRESS for word in words) and all(one in _SIGNS for one in signs)
    return plain and len(words) <= _MOST and (bool(signs) or any(word in _ASSENT for word in words))


def _is_said(character: str) -> bool:
    category = unicodedata.category(character)
    return not character.isspace() and category not in _ASIDE and not category.startswith("P")
