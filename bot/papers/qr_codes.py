"""QR codes as rows of modules, for templates to draw. Finding one takes some milliseconds: on the thread of papers."""

from functools import lru_cache

import segno

from handlers.papers.official import Genuineness
from handlers.papers.paper import Verbatim

Rows = tuple[Verbatim, ...]


def codes_of(genuine: Genuineness) -> dict[str, Rows]:
    """Return the codes of a paper by name: `link` to the bot, and `note`, the signed checkpoint, where there is one."""
    found = {"link": qr_code(str(genuine.url or genuine.command))}
    return {**found, "note": qr_code(str(genuine.sealed.note))} if genuine.sealed.note else found


@lru_cache(maxsize=64)
def qr_code(text: str) -> Rows:
    """Return a text as a QR code, row by row; 1 is a dark module. It bears 15 % of dirt (level M)."""
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    return tuple(Verbatim("".join("1" if module else "0" for module in row)) for row in matrix)
