"""The buttons of a task's card."""

from collections.abc import Sequence

from handlers.screens import consulting, copies, extending, joining, lateness, transferring
from handlers.screens import earlier as earlier_screens
from handlers.screens.candidate import offer
from handlers.screens.controls import CONTROLS, FORWARD, SELDOM, SIGNING_OFF, Control, Rows
from handlers.screens.screen import Button, Style, Touch
from handlers.screens.sheets import report_button, sheet_button
from handlers.screens.task_view import TaskView
from handlers.texts.catalogue import Say
from models.mail.card import Face
from models.rules.actions import Action

_ACROSS = 3
"""Buttons of a row that are read on a phone without being cut."""

_GENERAL = 3
"""Reasons for a decision, and questions to the reporter, that the catalogue has for any SOP."""


def rows(view: TaskView, say: Say, *, more: bool) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of an open card, as its face has them; `more` offers what the card leaves out."""
    if view.face in transferring.FACES and view.transfer is not None:
        return transferring.rows(view.transfer, view.face, say)
    if view.copying is not None:
        return copies.rows(view.copying, say)
    if view.face in extending.FACES and view.extend is not None:
        return extending.rows(view.extend, view.face, say)
    if view.face in consulting.FACES and view.consult is not None:
        return consulting.rows(view.consult, view.face, say)
    if view.face is Face.MERGING:
        return (*joining.merge_rows(view.mergeable, say), (Button(say.plain("button-back"), Touch.BACK),))
    return _turned(view, say) or _main(view, say, more=more)


def _turned(view: TaskView, say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of a face that asks for a choice or for words; none on the main face."""
    back = (Button(say.plain("button-back"), Touch.BACK),)
    match view.face:
        case Face.MORE:
            papers = ((report_button(say),),) if view.evaluation is not None else ()
            seldom = ((_button(one, view, say),) for one in _seldom(view))
            return (*seldom, (sheet_button(say),), *papers, back)
        case Face.CHOOSING:
            people = [offer(one, Touch.FORWARD_TO, say) for one in view.candidates]
            anyone = Button(say.plain("button-anyone"), Touch.FORWARD_TO, "any")
            return (*((one,) for one in people), (anyone,), back)
        case Face.MOVING:
            return (*((Button(title, Touch.MOVE_TO, code),) for code, title in view.destinations), back)
        case Face.INSTRUCTING:
            return (
                *_ticks(view, say),
                *(((Button(say.plain("button-remove"), Touch.REMOVE),),) if view.note_removable else ()),
                *_offered(((FORWARD,),), view, say),
                (*back, Button(say.plain("button-write-note"), Touch.WRITE_NOTE)),
            )
        case Face.REASONS_SEND_BACK | Face.REASONS_DECLINE | Face.REASONS_RETURN:
            reasons = view.reasons or _general(view.face.value, say)
            own = Button(say.plain("button-write-reason"), Touch.WRITE_REASON)
            chosen = _ways_back(view, say) if view.face is Face.REASONS_SEND_BACK else []
            return (*chosen, *((Button(one, Touch.REASON, one, Style.RED),) for one in reasons), (*back, own))
        case Face.EXPECTS_QUESTION:
            questions = view.questions or _general("questions", say)
            return (*((Button(one, Touch.ASK_OFFERED, one),) for one in questions), back)
        case face if face.asks:
            return (back,)
        case _:
            return ()


def _general(code: str, say: Say) -> list[str]:
    """Return the words that are offered where the SOP file has none of its own."""
    return [say.plain(f"{code}-{index}") for index in range(1, _GENERAL + 1)]


def _ticks(view: TaskView, say: Say) -> list[tuple[Button, ...]]:
    buttons = [
        Button(
            say.plain("button-ticked" if one in view.ticked else "button-unticked", instruction=one),
            Touch.TICK,
            str(index),
        )
        for index, one in enumerate(view.instructions)
    ]
    return _in_pairs(buttons)


def _ways_back(view: TaskView, say: Say) -> list[tuple[Button, ...]]:
    """Return the buttons that choose how far the disposition goes back; none where there is one way only."""
    if len(view.ways_back) < 2:  # noqa: PLR2004 - a choice needs two
        return []
    labels = {True: "button-back-to-chosen", False: "button-back-to"}
    return _in_pairs(
        [
            Button(say.plain(labels[role == view.previous_role], role=role), Touch.BACK_TO, str(step))
            for step, role in view.ways_back
        ]
    )


def _in_pairs(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[index : index + 2]) for index in range(0, len(buttons), 2)]


def _main(view: TaskView, say: Say, *, more: bool) -> tuple[tuple[Button, ...], ...]:
    deciding = _offered(CONTROLS[view.kind], view, say)
    seldom = bool(_seldom(view))
    looking = [Button(say.plain("button-attachments", count=view.files), Touch.ATTACHMENTS)] if more else []
    timeline = Button(say.plain("button-timeline"), Touch.TIMELINE)
    rest = [timeline, *([Button(say.plain("button-more"), Touch.MORE)] if seldom else [])]
    before: list[tuple[Button, ...]] = []
    if view.earlier:
        # The way to earlier cases leaves room beside it, and such a card has none for one more row.
        before = [(earlier_screens.button(say, number=view.earlier[0].number), _position(say))]
        looking += rest
    else:
        looking += [_position(say), *rest]
    if view.evaluation is not None and not before:
        # Beside a way to earlier cases it would be too much for a phone: there it is behind [⋯ Lainnya].
        before = [(report_button(say),)]
    # A row has room for three buttons.
    return (*deciding, *before, *([tuple(looking)] if len(looking) <= _ACROSS else _in_pairs(looking)))


def _position(say: Say) -> Button:
    return Button(say.plain("button-position"), Touch.POSITION)


def _seldom(view: TaskView) -> list[Control]:
    """Return the buttons behind [⋯ Lainnya] whose action the reader may do now."""
    possible = {
        Action.TRANSFER: view.transfer is not None,
        Action.EXTEND: view.extend is not None,
        Action.CONSULT: view.consult is not None,
        Action.EXPLAIN: view.lateness is not None and view.lateness.may,
    }
    return [one for one in SELDOM if one.action in view.actions and possible.get(one.action, True)]


def _offered(wanted: Rows, view: TaskView, say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return those of the buttons whose action the reader may do now; a row without any is left out."""
    offered = (tuple(_button(one, view, say) for one in row if one.action in view.actions) for row in wanted)
    return tuple(row for row in offered if row)


def _button(control: Control, view: TaskView, say: Say) -> Button:
    last = "-last" if control == SIGNING_OFF.get(view.kind) and view.step == view.steps else ""
    label = say.plain(f"button-{control.touch.value}{last}", role=view.next_role)
    if control.touch is Touch.EXPLAIN and view.lateness is not None:
        label = lateness.label(view.lateness, say)
    chooses = control.touch is Touch.FORWARD and bool(view.candidates)
    return Button(label, Touch.CHOOSE if chooses else control.touch, style=control.style)


def looking_back(view: TaskView, say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of a decided card: to recall it, to say why it was late, to look things up, to go on."""
    if view.decision is None:
        return ()
    if view.face is Face.EXPECTS_LATE_REASON and view.lateness is not None and view.lateness.may:
        return ((Button(say.plain("button-back"), Touch.BACK),),)
    recall = ((Button(say.plain("button-recall"), Touch.RECALL, style=Style.RED),),) if view.recallable else ()
    looking = (_position(say), Button(say.plain("button-timeline"), Touch.TIMELINE))
    going_on = (Button(say.plain("button-open-next"), Touch.OPEN_NEXT),) if view.face is Face.GOING_ON else ()
    papers = ((sheet_button(say), report_button(say)),) if view.step == view.steps and view.evaluation else ()
    return (*recall, *papers, *lateness.rows(view.lateness, say), (*looking, *going_on))
