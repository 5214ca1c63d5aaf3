"""What a Laporan Evaluasi is about, above what is being written: the problem, the answers, the correction."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened

_PROBLEM = 500
_CORRECTION = 600
_QUESTION = 120
_ANSWER = 240
_LATEST = 3
"""Questions shown; the card has more of them, and the timeline all."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question to the reporter. `answer` is None until the reporter answers, with so many `files`."""

    question: str
    answer: str | None
    files: int


@dataclass(frozen=True, slots=True)
class Background:
    """The words of the report, what the reporter was asked, and the last reviewer's `correction`, "" without one."""

    problem: str
    exchanges: Sequence[Exchange]
    correction: str
    corrected_by: str


def background(view: Background, say: Say) -> list[Markup]:
    """Return the blocks to be read before writing: the problem with its answers folded, then the correction."""
    lines = [Markup("{}").format(shortened(view.problem, _PROBLEM))]
    for one in view.exchanges[-_LATEST:]:
        answer = shortened(one.answer, _ANSWER) if one.answer is not None else say("card-awaited")
        files = say("card-files", count=one.files) if one.files else Markup()
        lines.append(say("card-exchange", question=shortened(one.question, _QUESTION), answer=answer) + files)
    blocks = [say("evaluation-background", lines=Markup("\n").join(lines))]
    if view.correction:
        correction = shortened(view.correction, _CORRECTION)
        blocks.append(say("evaluation-correction", text=correction, name=view.corrected_by))
    return blocks
