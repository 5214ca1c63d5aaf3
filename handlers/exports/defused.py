"""Texts that people wrote, made harmless for the programs that open a file. Pure.

When a spreadsheet opens a CSV file, it takes a cell that begins with one of `= + - @`, a tab or a line end for a
formula. A quotation mark around it changes nothing (https://owasp.org/www-community/attacks/CSV_Injection). Where a
computer separates cells by semicolons or tabs, a cell may also begin in the middle of a text.
"""

import re

from handlers.texts.shorten import shortened

LONGEST = 32_767
"""UTF-16 code units that a cell of a spreadsheet holds."""

_SHORT = LONGEST // 2
"""Characters that fit a cell whatever they are."""

_BEGINS = r"=+\-@＝＋－＠"
_FORMULA = re.compile(rf"[{_BEGINS}\t\r\n]")
_CELL_BEGINS = re.compile(rf"(^|[;|\t\r\n])(\s*)(?=[{_BEGINS}])")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for: most control characters, halves of surrogate pairs, what is no character."""

_INSTEAD = "\ufffd"


def for_csv(text: str) -> str:
    """Return a text for a cell of a CSV file: an apostrophe goes before what a spreadsheet would take for a formula."""
    clean = text.replace("\x00", _INSTEAD).encode("utf-8", "replace").decode()
    marked = _CELL_BEGINS.sub(r"\1'\2", clean)
    return f"'{marked}" if marked[:1] in {"\t", "\r", "\n"} else marked


def for_spreadsheet(text: str) -> str:
    """Return a text for a cell of a spreadsheet, where it stays a text whatever it begins with."""
    if len(text) <= _SHORT and text.isprintable() and not text.startswith("<"):
        return text
    clean = _UNPRINTABLE.sub(_INSTEAD, text.replace("\r\n", "\n").replace("\r", "\n"))
    cut = shortened(clean, LONGEST)
    # XlsxWriter takes such a text for formatted XML and writes it as it is.
    if cut.startswith("<r>") and cut.endswith("</r>"):
        return shortened(f"\u200b{cut}", LONGEST)
    return cut


def looks_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet would make a formula of a text that somebody types into a cell, or edits there."""
    return _FORMULA.match(text) is not None
