"""Telling a played case: who writes, taps and sees what, coloured by person; of an edited message only what is new."""

import re
from collections import defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import assert_never

from rich.text import Text

from bot.sandbox.script import Line, LineKind

_COLOURS = ("cyan", "magenta", "yellow", "green", "blue", "bright_red", "bright_cyan", "bright_magenta")
_MARGIN = " " * 8
_GONE = "−"
_NUMBER = re.compile(r"\b[A-Z]+-\d{4}-\d{4}\b")


class Teller:
    """Words the lines of one play. `posts` are what people are known as, by the names the script uses."""

    def __init__(self, posts: Mapping[str, str]) -> None:
        self._posts = posts
        self._colours = {name: _COLOURS[place % len(_COLOURS)] for place, name in enumerate(posts)}
        self._shown: dict[str, list[Line]] = defaultdict(list)

    def tell(self, line: Line) -> Text:
        """Return one line of the play, ready to print."""
        match line.kind:
            case LineKind.NARRATION:
                return Text(f"\n── {line.text} ──", style="bold")
            case LineKind.CLOCK:
                return Text(f"{_MARGIN}🕑 {line.who} → {line.text}", style="bold blue")
            case LineKind.SAYS:
                return self._spoken(line, "mengirim", f"“{line.text}”")
            case LineKind.TAPS:
                return self._spoken(line, "mengetuk", line.text)
            case LineKind.TOAST:
                return self._spoken(line, "dijawab", line.text)
            case LineKind.SEES:
                self._shown[line.who].append(line)
                return self._card(line, "menerima", line.text.split("\n"), line.buttons)
            case LineKind.SEES_CHANGED:
                before = self._before(line)
                self._shown[line.who].append(line)
                same = before is not None and before.buttons == line.buttons
                return self._card(line, "melihat", _news(before, line), () if same else line.buttons, style="dim")
            case LineKind.SEES_REMOVED:
                return self._spoken(line, "tidak lagi melihat", f"“{_telling(line.text)}”")
            case _:
                assert_never(line.kind)

    def _spoken(self, line: Line, verb: str, words: str) -> Text:
        text = self._head(line, verb)
        first, *rest = words.split("\n")
        text.append(f" {first}")
        for more in rest:
            text.append(f"\n{_MARGIN}{more}")
        return text

    def _card(
        self, line: Line, verb: str, rows: list[str], buttons: tuple[tuple[str, ...], ...], *, style: str = ""
    ) -> Text:
        text = self._head(line, verb)
        for row in rows:
            if row.strip():
                text.append(f"\n{_MARGIN}│ {row.rstrip()}", style=style)
        for labels in buttons:
            text.append(f"\n{_MARGIN}  ")
            text.append(" ".join(f"[{label}]" for label in labels), style="blue")
        return text

    def _head(self, line: Line, verb: str) -> Text:
        post = self._posts.get(line.who, "")
        name = f"{line.who} ({post})" if post else line.who
        return Text.assemble((f"{line.at:%H.%M}", "dim"), "   ", (name, self._colours.get(line.who, "")), f" {verb}")

    def _before(self, line: Line) -> Line | None:
        """Return what the edited message showed before: of all that this person was shown, the most alike."""
        alike = [(SequenceMatcher(None, shown.text, line.text).quick_ratio(), shown) for shown in self._shown[line.who]]
        best = max(alike, key=lambda pair: pair[0], default=None)
        return best[1] if best else None


def _telling(text: str) -> str:
    """Return the row by which a message is known that has left the chat: that with the number of a case, if any."""
    rows = text.split("\n")
    return next((row for row in rows if _NUMBER.search(row)), rows[0])


def _news(before: Line | None, line: Line) -> list[str]:
    """Return the heading of an edited message and its new rows; where there are none, the rows that went."""
    heading, *rows = line.text.split("\n")
    earlier = before.text.split("\n") if before else []
    fresh = [row for row in rows if row not in earlier]
    same = not fresh and before is not None and before.buttons == line.buttons
    gone = [f"{_GONE} {row}" for row in earlier if same and row.strip() and row not in {heading, *rows}]
    return [heading, *fresh, *gone]
