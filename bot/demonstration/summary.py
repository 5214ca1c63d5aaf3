"""A played case in forty lines: each chapter with what was done in it, and what the bot said by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rich.text import Text

from bot.sandbox.script import Line, LineKind

LINES = 40
"""Lines of a summary, with the blank one and the outcome that stand below it."""

_WIDTH = 150
_BELOW = 2
_TIME = len("00.00")


@dataclass(slots=True)
class _Chapter:
    heading: str
    did: list[Line] = field(default_factory=list)
    heard: list[Line] = field(default_factory=list)
    leaps: int = 0


class Summary:
    """Takes in the lines of one play. `posts` are what people are known as, by the names the script uses."""

    def __init__(self, posts: Mapping[str, str]) -> None:
        self._posts = posts
        self._chapters: list[_Chapter] = []

    def take(self, line: Line) -> None:
        """Take in one line of the play."""
        if line.kind is LineKind.NARRATION:
            self._chapters.append(_Chapter(line.text))
        elif self._chapters:
            self._into(self._chapters[-1], line)

    @staticmethod
    def _into(chapter: _Chapter, line: Line) -> None:
        match line.kind:
            case LineKind.SAYS | LineKind.TAPS:
                chapter.did.append(line)
                chapter.leaps = 0
            case LineKind.CLOCK:
                chapter.leaps += 1
            case LineKind.SEES if chapter.leaps:
                chapter.heard.append(line)
            case _:
                pass

    def rows(self) -> Sequence[Text]:
        """Return the summary, ready to print."""
        rows: list[Text] = []
        for chapter in self._chapters:
            rows.append(Text(f"── {chapter.heading} ──", style="bold"))
            told = [*self._heard(chapter), *self._done(chapter)]
            rows.extend(sorted(told, key=lambda row: row.plain[:_TIME]))
        room = LINES - _BELOW
        return rows if len(rows) <= room else [*rows[: room - 1], Text("…")]

    def _done(self, chapter: _Chapter) -> list[Text]:
        """Return who did what, a run of one person in one piece, all of it in one line."""
        pieces = []
        for who, lines in groupby(chapter.did, key=lambda line: line.who):
            deeds = [line.text if line.kind is LineKind.TAPS else f"“{line.text}”" for line in lines]
            pieces.append(f"{self._known(who)}: {' '.join(deeds)}")
        if not pieces:
            return []
        return [Text(_cut(f"{chapter.did[0].at:%H.%M}   " + " → ".join(pieces)))]

    def _heard(self, chapter: _Chapter) -> list[Text]:
        """Return what came when the clock had moved, each kind once."""
        firsts: dict[str, Line] = {}
        for line in chapter.heard:
            firsts.setdefault(line.text.partition("\n")[0], line)
        return [
            Text(_cut(f"{line.at:%H.%M}   {self._known(line.who)} menerima: {words}"), style="dim")
            for words, line in firsts.items()
        ]

    def _known(self, who: str) -> str:
        post = self._posts.get(who, "")
        return f"{who} ({post})" if post else who


def _cut(words: str) -> str:
    flat = " ".join(words.split("\n"))
    return flat if len(flat) <= _WIDTH else f"{flat[: _WIDTH - 1]}…"
