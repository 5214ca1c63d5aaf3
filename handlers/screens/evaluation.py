"""The Laporan Evaluasi on screen: the editor, the prompt for one part, and the text that reviewers read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length, shortened
from models.case.evaluation import Part

_EXCERPTS = (400, 160, 100, 70, 50, 30, 15)
"""Characters of each part in the editor: as many as it has room for on a phone."""

_CORRECTION = 600
_CURRENT = 3400
REPORT = 1000
"""Characters of a Laporan Evaluasi that each card shows; the attachments bring the whole of a longer one."""


@dataclass(frozen=True, slots=True)
class EditorView:
    """A Laporan Evaluasi that is being written. `correction` is the last reviewer's request for changes, or ""."""

    number: str
    revision: int
    saved_at: datetime
    now: datetime
    parts: Mapping[Part, str]
    files: int
    correction: str
    corrected_by: str


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """A submitted Laporan Evaluasi.

    `before` holds what stood in the earlier revision in the parts that differ from it. It is None for the first one.
    """

    revision: int
    parts: Mapping[Part, str]
    before: Mapping[Part, str] | None


@dataclass(frozen=True, slots=True)
class PromptView:
    """A prompt for the words of `part`, or for files where `part` is None. `current` holds the part's present words."""

    number: str
    part: Part | None
    current: str
    files: int


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
    if view.correction:
        correction = shortened(view.correction, _CORRECTION)
        lines.append(say("evaluation-correction", text=correction, name=view.corrected_by))
    lines.append(Markup("\n").join(_excerpt(part, text, say, limit) for part, text in view.parts.items()))
    missing = [part for part, text in view.parts.items() if not text.strip()]
    words = say.time.join([say.plain(f"part-{part.value}") for part in missing])
    complete = say("evaluation-missing", parts=words) if missing else say("evaluation-complete")
    lines.append(Markup("\n").join((say("evaluation-files", count=view.files), complete)))
    return Screen(text=phone.stacked(lines), rows=_editor_rows(view, say, complete=not missing), silent=True)


def prompt(view: PromptView, say: Say) -> Screen:
    """Return the prompt for one part, with its present words to copy, or the prompt for files."""
    back = (Button(say.plain("button-evaluation-back"), Touch.EVALUATION),)
    if view.part is None:
        text = say("prompt-expects-evaluation-file", number=view.number, part="")
        files = say("evaluation-files", count=view.files)
        done = (Button(say.plain("button-evaluation-done"), Touch.EVALUATION, style=Style.GREEN),)
        return Screen(text=Markup("\n\n").join((text, files)), rows=(done,), silent=True)
    text = say("prompt-expects-evaluation-part", number=view.number, part=say.plain(f"part-{view.part.value}"))
    if not view.current.strip():
        return Screen(text=text, rows=(back,), silent=True)
    cut = shortened(view.current, _CURRENT)
    current = say("evaluation-current", text=cut)
    note = say("evaluation-current-cut") if cut != view.current else Markup()
    blocks = [block for block in (text, current, note) if block]
    return Screen(text=Markup("\n\n").join(blocks), rows=(back,), silent=True)


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
    lines = [say("evaluation-report", revision=str(view.revision))]
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


def _editor_rows(view: EditorView, say: Say, *, complete: bool) -> tuple[tuple[Button, ...], ...]:
    parts = [
        Button(
            say.plain(
                "button-part-change" if text.strip() else "button-part-write", part=say.plain(f"part-{part.value}")
            ),
            Touch.PART,
            part.value,
        )
        for part, text in view.parts.items()
    ]
    return (
        *(tuple(parts[index : index + 2]) for index in range(0, len(parts), 2)),
        (
            Button(say.plain("button-attach"), Touch.ATTACH),
            Button(say.plain("button-preview"), Touch.PREVIEW),
        ),
        (
            Button(say.plain("button-back"), Touch.BACK),
            Button(say.plain("button-submit"), Touch.SUBMIT, style=Style.GREEN if complete else None),
        ),
    )
