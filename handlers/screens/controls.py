"""The buttons by which the holder of a task carries it on, for each kind of step."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.screens.screen import Style, Touch
from models.mail.card import Face
from models.rules.actions import Action
from models.rules.complete import complete
from models.rules.step_kinds import StepKind


@dataclass(frozen=True, slots=True)
class Control:
    """A button of a task's card: what it asks for, and the action without which it is not shown.

    Its label is the text `button-…` of the touch.
    """

    touch: Touch
    action: Action
    style: Style | None = None


Rows = tuple[tuple[Control, ...], ...]

FORWARD = Control(Touch.FORWARD, Action.FORWARD, Style.GREEN)
_DECLINE = Control(Touch.DECLINE, Action.DECLINE, Style.RED)
_GIVE_BACK = Control(Touch.GIVE_BACK, Action.RETURN, Style.RED)

CONTROLS: Mapping[StepKind, Rows] = complete(
    StepKind,
    {
        StepKind.ASSIGN: (
            (FORWARD,),
            (
                Control(Touch.INSTRUCT, Action.FORWARD),
                Control(Touch.SEND_BACK, Action.SEND_BACK, Style.RED),
                _DECLINE,
            ),
            (Control(Touch.MOVE, Action.MOVE),),
        ),
        StepKind.HANDLE: (
            (Control(Touch.START, Action.START, Style.GREEN),),
            (Control(Touch.ASK, Action.ASK), Control(Touch.EVALUATION, Action.WRITE)),
            (_DECLINE,),
        ),
        StepKind.CORRECT: (
            (Control(Touch.PASS_ON, Action.PASS, Style.GREEN),),
            (_GIVE_BACK,),
        ),
        StepKind.APPROVE: (
            (Control(Touch.APPROVE, Action.APPROVE, Style.GREEN),),
            (_GIVE_BACK,),
        ),
        StepKind.ACKNOWLEDGE: (
            (Control(Touch.ACKNOWLEDGE, Action.ACKNOWLEDGE, Style.GREEN),),
            (_DECLINE,),
        ),
    },
)
"""The rows of buttons of each kind of step; the heading of its card is the text `card-title-…` of the kind."""

SELDOM: tuple[Control, ...] = (
    Control(Touch.MERGE, Action.MERGE),
    Control(Touch.CONSULT, Action.CONSULT),
    Control(Touch.TRANSFER, Action.TRANSFER),
    Control(Touch.COPY, Action.COPY),
    Control(Touch.EXTEND, Action.EXTEND),
    Control(Touch.EXPLAIN, Action.EXPLAIN),
)
"""The buttons behind [⋯ Lainnya], in the order of their rows: what is wanted seldom, at any kind of step."""

REASONS: Mapping[Action, Face] = {action: Face(f"reasons-{action.value}") for action in Action if action.rules.reasoned}
"""The face of a task's card that offers reasons for an action."""

SIGNING_OFF: Mapping[StepKind, Control] = complete(
    [kind for kind in StepKind if kind.rules.signs_off],
    *(
        {kind: control}
        for kind, rows in CONTROLS.items()
        for row in rows
        for control in row
        if kind.rules.signs_off and control.action is kind.rules.onward
    ),
)
"""The button of each kind of step by which its holder signs off what others did."""
