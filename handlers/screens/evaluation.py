"""The Laporan Evaluasi on screen: the editor, the prompt for one part, and the text that reviewers read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.background import Background, background
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length, shortened, visible
from models.case.evaluation import Part

_EXCERPTS = (400, 160, 100, 70, 50, 30, 15)
"""Characters of each part in the editor: as many as it has room for on a phone."""

_CLOSE = 30
"""At so few characters of each part, the editor does without empty lines."""

_PROMPT = 3800
"""Visible characters of a prompt: what the report is about comes first, the part's present words get the rest."""

_CURRENT = 600
"""Characters of these words at least."""

REPORT = 1000
"""Characters of a Laporan Evaluasi that each card shows; the attachments bring the whole of a longer one."""


@dataclass(frozen=True, slots=True)
class EditorView:
    """A Laporan Evaluasi that is being written, below what it is about.

    `removable` is whether files of it can be taken out or put back, `offered` whether there are alike ones of closed
    cases to begin with.
    """

    number: str
    revision: int
    saved_at: datetime
    now: datetime
    parts: Mapping[Part, str]
    files: int
    removable: bool
    about: Background
    offered: bool = False


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """A submitted Laporan Evaluasi, with the number of its `files`.

    `before` holds what stood in the earlier revision in the parts that differ from it. It is None for the first one.
    """

    revision: int
    parts: Mapping[Part, str]
    before: Mapping[Part, str] | None
    files: int


@dataclass(frozen=True, slots=True)
class PromptView:
    """A prompt for the words of `part`, or for files where `part` is None; `parts` holds the words of each part.

    `removable`, `about` and `offered` are as in `EditorView`.
    """

    number: str
    part: Part | None
    parts: Mapping[Part, str]
    about: Background
    files: int
    removable: bool
    offered: bool = False

    @property
    def current(self) -> str:
        """The present words of the part, empty where nothing can be seen of them."""
        words = self.parts[self.part] if self.part is not None else ""
        return words if words.strip() else ""


def editor(view: EditorView, say: Say) -> Screen:
    """Return the Laporan Evaluasi part by part, with a tick at each written part and a button for each part."""
    return phone.roomiest(_EXCERPTS, lambda limit: _editor(view, say, limit), phone.fits)[1]


def _editor(view: EditorView, say: Say, limit: int) -> Screen:
    """Return the editor with at most `limit` characters of each part."""
    lines = [
        say(
            "evaluation-title",
            number=view.number,
            revision=str(view.revision),
            saved=say.time.moment(view.saved_at, now=view.now),
        )
    ]
    lines += background(view.about, say)
    lines.append(Markup("\n").join(_excerpt(part, text, say, limit) for part, text in view.parts.items()))
    missing = [part for part, text in view.parts.items() if not text.strip()]
    words = say.time.join([say.plain(f"part-{part.value}") for part in missing])
    complete = say("evaluation-missing", parts=words) if missing else say("evaluation-complete")
    lines.append(Markup("\n").join((say("evaluation-files", count=view.files), complete)))
    text = phone.stacked(lines, close=limit <= _CLOSE)
    return Screen(text=text, rows=_editor_rows(view, say, complete=not missing), silent=True)


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
    rows = (*_part_rows(view.parts, say), _beside(say), *_offered(view, say), back)
    if not view.current:
        return Screen(text=phone.stacked((*blocks, asked)), rows=rows, silent=True)
    room = _PROMPT - sum(visible(block) for block in (*blocks, asked))
    cut = shortened(view.current, max(_CURRENT, room))
    note = say("evaluation-current-cut") if cut != view.current else Markup()

    def shown(code: str) -> Screen:
        # What is long is folded: a text that a tap copies cannot be.
        return Screen(text=phone.stacked((*blocks, say(code, text=cut), note, asked)), rows=rows, silent=True)

    return phone.roomiest(("evaluation-current", "evaluation-current-folded"), shown, phone.fits)[1]


def _ticks(view: PromptView, say: Say) -> Markup:
    """Return the parts in one line, those that are written with a tick."""
    ticks = (
        say("evaluation-tick" if text.strip() else "evaluation-no-tick", part=say.plain(f"part-{part.value}"))
        for part, text in view.parts.items()
    )
    return Markup(" ").join(ticks) + (say("card-files", count=view.files) if view.files else Markup())


def changed_parts(view: EvaluationView, say: Say, *, limit: int) -> list[Markup]:
    """Return what stands in each changed part beside what stood there before, each in at most `limit` characters."""
    return [_changed(part, view, say, limit=limit) for part in view.before or {}]


def _changed(part: Part, view: EvaluationView, say: Say, *, limit: int) -> Markup:
    earlier = (view.before or {})[part]
    before, now = _differing(earlier.strip(), view.parts[part].strip(), limit)
    data = {"before": shortened(before, limit) or say.plain("evaluation-part-blank"), "now": shortened(now, limit)}
    return say("evaluation-part-changed", part=say.plain(f"part-{part.value}"), **data)


def _differing(before: str, now: str, limit: int) -> tuple[str, str]:
    """Return both texts from the word on in which they begin to differ, where they are longer than `limit`."""
    if max(length(before), length(now)) <= limit:
        return before, now
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(before, now, strict=False))
    same = before.rfind(" ", 0, sum(1 for _ in alike)) + 1
    return (f"…{before[same:]}", f"…{now[same:]}") if same else (before, now)


def report_lines(view: EvaluationView, say: Say, *, room: int, limit: int) -> list[Markup]:
    """Return a submitted Laporan Evaluasi in lines of about `room` characters together, beside their headings.

    Of a revision the changed parts come first, each beside what it was. One that `changed_parts` shows whole, with this
    `limit`, is left out.
    """
    before = view.before or {}
    cut = {part for part in before if max(length(before[part].strip()), length(view.parts[part].strip())) > limit}
    rest = {part: text.strip() for part, text in view.parts.items() if part not in before}
    twice = [length(words) for part in cut for words in (before[part], view.parts[part])]
    share = _fair_share([*map(length, rest.values()), *twice], room)
    files = say("card-files", count=view.files) if view.files else Markup()
    lines = [say("evaluation-report", revision=str(view.revision)) + files]
    if before:
        words = say.time.join([say.plain(f"part-{part.value}") for part in before])
        lines.append(say("evaluation-report-changed", parts=words))
    elif view.before is not None:
        lines.append(say("evaluation-report-unchanged"))
    lines += [_changed(part, view, say, limit=share) for part in before if part in cut]
    for part, text in rest.items():
        lines.append(say("evaluation-report-part", text=shortened(text, share), part=say.plain(f"part-{part.value}")))
    return lines


def is_shortened(parts: Mapping[Part, str]) -> bool:
    """Whether a card may leave out some of the words of these parts."""
    return sum(length(text.strip()) for text in parts.values()) > REPORT


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


def _excerpt(part: Part, text: str, say: Say, limit: int) -> Markup:
    label = say.plain(f"part-{part.value}")
    words = " ".join(text.split())
    if not words:
        return say("evaluation-part-empty", part=label)
    return say("evaluation-part-written", part=label, text=shortened(words, limit))


def _beside(say: Say) -> tuple[Button, Button]:
    return Button(say.plain("button-attach"), Touch.ATTACH), Button(say.plain("button-preview"), Touch.PREVIEW)


def _removing(view: EditorView | PromptView, say: Say) -> tuple[tuple[Button, ...], ...]:
    return ((Button(say.plain("button-remove"), Touch.REMOVE),),) if view.removable else ()


def _offered(view: EditorView | PromptView, say: Say) -> tuple[tuple[Button, ...], ...]:
    return ((Button(say.plain("button-offered"), Touch.OFFERED),),) if view.offered else ()


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
        *_offered(view, say),
        (Button(say.plain("button-submit"), Touch.SUBMIT, style=Style.GREEN if complete else None),),
        (Button(say.plain("button-back"), Touch.BACK),),
    )
