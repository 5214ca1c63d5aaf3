"""The Laporan Evaluasi on screen: the editor, the prompt for one part, and the text that reviewers read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.background import Background, background
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length, shortened, visible
from models.case.evaluation import Part

_EXCERPT = 160
_PROMPT = 3800
"""Visible characters of a prompt: what the report is about comes first, the part's present words get the rest."""

_CURRENT = 600
"""Characters of these words at least."""

_REPORT = 2200


@dataclass(frozen=True, slots=True)
class EditorView:
    """A Laporan Evaluasi that is being written, below what it is about.

    `removable` is whether files of it can be taken out or put back.
    """

    number: str
    revision: int
    saved_at: datetime
    now: datetime
    parts: Mapping[Part, str]
    files: int
    removable: bool
    about: Background


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """A submitted Laporan Evaluasi, with the number of its `files`.

    `changed` holds the parts that differ from the revision before. It is None for the first revision.
    """

    revision: int
    parts: Mapping[Part, str]
    changed: tuple[Part, ...] | None
    files: int


@dataclass(frozen=True, slots=True)
class PromptView:
    """A prompt for the words of `part`, or for files where `part` is None; `parts` holds the words of each part.

    `removable` and `about` are as in `EditorView`.
    """

    number: str
    part: Part | None
    parts: Mapping[Part, str]
    about: Background
    files: int
    removable: bool

    @property
    def current(self) -> str:
        """The present words of the part, empty where nothing can be seen of them."""
        words = self.parts[self.part] if self.part is not None else ""
        return words if words.strip() else ""


def editor(view: EditorView, say: Say) -> Screen:
    """Return the Laporan Evaluasi part by part, with a tick at each written part and a button for each part."""
    lines = [
        say(
            "evaluation-title",
            number=view.number,
            revision=str(view.revision),
            saved=say.time.moment(view.saved_at, now=view.now),
        )
    ]
    lines += background(view.about, say)
    lines.append(Markup("\n").join(_excerpt(part, text, say) for part, text in view.parts.items()))
    lines.append(say("evaluation-files", count=view.files))
    missing = [part for part, text in view.parts.items() if not text.strip()]
    if missing:
        words = say.time.join([say.plain(f"part-{part.value}") for part in missing])
        lines.append(say("evaluation-missing", parts=words))
    else:
        lines.append(say("evaluation-complete"))
    return Screen(text=Markup("\n\n").join(lines), rows=_editor_rows(view, say, complete=not missing), silent=True)


def prompt(view: PromptView, say: Say) -> Screen:
    """Return the prompt for one part, with its present words to copy, or the prompt for files.

    A button leads to each part, so that they can be written in any order.
    """
    back = (Button(say.plain("button-evaluation-back"), Touch.EVALUATION),)
    if view.part is None:
        text = say("prompt-expects-evaluation-file", number=view.number, part="")
        files = say("evaluation-files", count=view.files)
        done = (Button(say.plain("button-evaluation-done"), Touch.EVALUATION, style=Style.GREEN),)
        return Screen(text=Markup("\n\n").join((text, files)), rows=(done, *_removing(view, say)), silent=True)
    code = "prompt-expects-evaluation-part" if view.current else "prompt-expects-empty-part"
    asked = say(code, number=view.number, part=say.plain(f"part-{view.part.value}"))
    blocks = [*background(view.about, say), _ticks(view, say)]
    if view.current:
        room = _PROMPT - sum(visible(block) for block in (*blocks, asked))
        cut = shortened(view.current, max(_CURRENT, room))
        blocks.append(say("evaluation-current", text=cut))
        blocks += [say("evaluation-current-cut")] if cut != view.current else []
    rows = (*_part_rows(view.parts, say), _beside(say), back)
    return Screen(text=Markup("\n\n").join((*blocks, asked)), rows=rows, silent=True)


def _ticks(view: PromptView, say: Say) -> Markup:
    """Return the parts in one line, those that are written with a tick."""
    ticks = (
        say("evaluation-tick" if text.strip() else "evaluation-no-tick", part=say.plain(f"part-{part.value}"))
        for part, text in view.parts.items()
    )
    return Markup(" ").join(ticks) + (say("card-files", count=view.files) if view.files else Markup())


def evaluation_text(view: EvaluationView, say: Say) -> Markup:
    """Return a submitted Laporan Evaluasi in at most 2,500 characters. The changed parts are marked."""
    limit = _fair_share([length(text) for text in view.parts.values()], _REPORT)
    files = say("card-files", count=view.files) if view.files else Markup()
    blocks = [say("evaluation-report", revision=str(view.revision)) + files]
    if view.changed:
        words = say.time.join([say.plain(f"part-{part.value}") for part in view.changed])
        blocks.append(say("evaluation-report-changed", parts=words))
    elif view.changed is not None:
        blocks.append(say("evaluation-report-unchanged"))
    for part, text in view.parts.items():
        code = "evaluation-report-part-changed" if part in (view.changed or ()) else "evaluation-report-part"
        label = say.plain(f"part-{part.value}")
        blocks.append(say(code, text=shortened(text.strip(), limit), part=label))
    return Markup("\n").join(blocks)


def is_shortened(parts: Mapping[Part, str]) -> bool:
    """Whether `evaluation_text` leaves out some of the words of these parts."""
    return sum(length(text.strip()) for text in parts.values()) > _REPORT


def _fair_share(lengths: Sequence[int], room: int) -> int:
    """Return the length to which long parts are cut so that all parts fit into `room` characters together.

    Room that short parts leave over goes to the long ones.
    """
    waiting = sorted(lengths)
    for index, wanted in enumerate(waiting):
        share = room // (len(waiting) - index)
        if wanted > share:
            return share
        room -= wanted
    return max(waiting, default=0)


def _excerpt(part: Part, text: str, say: Say) -> Markup:
    label = say.plain(f"part-{part.value}")
    words = " ".join(text.split())
    if not words:
        return say("evaluation-part-empty", part=label)
    return say("evaluation-part-written", part=label, text=shortened(words, _EXCERPT))


def _beside(say: Say) -> tuple[Button, Button]:
    return Button(say.plain("button-attach"), Touch.ATTACH), Button(say.plain("button-preview"), Touch.PREVIEW)


def _removing(view: EditorView | PromptView, say: Say) -> tuple[tuple[Button, ...], ...]:
    return ((Button(say.plain("button-remove"), Touch.REMOVE),),) if view.removable else ()


def _part_rows(parts: Mapping[Part, str], say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each part, two in a row."""
    buttons = [
        Button(
            say.plain(
                "button-part-change" if text.strip() else "button-part-write", part=say.plain(f"part-{part.value}")
            ),
            Touch.PART,
            part.value,
        )
        for part, text in parts.items()
    ]
    return tuple(tuple(buttons[index : index + 2]) for index in range(0, len(buttons), 2))


def _editor_rows(view: EditorView, say: Say, *, complete: bool) -> tuple[tuple[Button, ...], ...]:
    return (
        *_part_rows(view.parts, say),
        _beside(say),
        *_removing(view, say),
        (Button(say.plain("button-submit"), Touch.SUBMIT, style=Style.GREEN if complete else None),),
        (Button(say.plain("button-back"), Touch.BACK),),
    )
