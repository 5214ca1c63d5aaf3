"""The words of a text, as they are looked for: small letters, without accents, without those that say nothing."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from models.search.stemming import stems

_WORD = re.compile(r"[^\W_]+")

_HEX = "0x"
"""What stands before the digits of a word in another script; no word begins so, but a number that a person typed."""

_LONGEST = 40
"""Letters of a word that count; nobody looks for the end of a longer one."""

_JOINING = """
yang dan di ke dari untuk dengan pada adalah ini itu atau juga serta oleh sebagai dalam akan agar supaya karena bahwa
jika kalau bila maka namun tetapi tapi sehingga ketika saat sejak hingga sampai antara para tersebut yaitu yakni ada
saya kami kita anda dia ia mereka nya lagi saja hanya sudah telah belum sedang masih bisa dapat harus perlu tidak tak
bukan jangan seperti secara atas bawah lalu kemudian setelah sebelum semua setiap tiap lain lebih sangat sekali apa
apakah siapa kapan mana bagaimana mengapa kenapa berapa pun lah kah si sang
"""

_IN_CHATS = """
mohon tolong bapak ibu pak bu bpk yth kasih selamat pagi siang sore malam mas mbak bang min admin
yg dgn utk dr pd tdk tdak gak nggak ga sdh blm bs krn jd aja kalo sy klo dg tp trs
"""

_ENGLISH = "the a an of to and or in on at is are for with not it i we you"

STOP_WORDS = frozenset(f"{_JOINING} {_IN_CHATS} {_ENGLISH}".split())
"""Words that stand in nearly every report."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its letters as they are compared, and from where to where it stands in the text."""

    letters: str
    begin: int
    end: int

    @property
    def counts(self) -> bool:
        """Whether the word may be looked for: it says something, and has two letters or is a number."""
        return self.letters not in STOP_WORDS and (len(self.letters) > 1 or self.letters.isdecimal())


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order."""
    for match in _WORD.finditer(text):
        letters = folded(match[0])
        if letters:
            yield Word(letters, match.start(), match.end())


def folded(word: str) -> str:
    """Return a word in small letters without accents, cut to the length that counts."""
    # Letters of other shapes, such as 𝐒, become plain ones first: large ones, which have small ones then.
    plain = unicodedata.normalize("NFKD", word).casefold()
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in parts if letter.isalnum())[:_LONGEST]


def forms(word: str) -> frozenset[str]:
    """Return the stems of a word in letters and figures of ASCII, which both databases take as they are.

    A word of another script is written as the hexadecimal digits of its letters; what it begins with stays in front.
    """
    return frozenset(one if one.isascii() else _HEX + one.encode().hex() for one in stems(word))
