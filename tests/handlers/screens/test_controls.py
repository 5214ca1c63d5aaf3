"""The buttons of each kind of step: one for everything that the kind allows."""

import pytest

from handlers.screens.controls import CONTROLS, SELDOM, SIGNING_OFF
from handlers.screens.screen import Style, Touch
from models.rules.actions import Action
from models.rules.step_kinds import StepKind

ELSEWHERE = {
    Action.NOTE: "a reply to the card is a note",
    Action.SUBMIT: "the editor of the Laporan Evaluasi hands it in",
    Action.ATTACH: "the editor takes files",
    **{control.action: "behind [⋯ Lainnya]" for control in SELDOM},
}


@pytest.mark.parametrize("kind", StepKind)
def test_everything_that_a_kind_of_step_allows_has_a_button(kind: StepKind) -> None:
    offered = {control.action for row in CONTROLS[kind] for control in row}
    allowed = kind.rules.allowed(first=False) | (set() if kind.rules.reviews else kind.rules.allowed(first=True))
    assert allowed - set(ELSEWHERE) == offered, "a step that reviews is never the first, and so declines nothing"


def test_each_button_that_signs_off_stands_for_one_action() -> None:
    assert {control.touch: control.action for control in SIGNING_OFF.values()} == {
        Touch.PASS_ON: Action.PASS,
        Touch.APPROVE: Action.APPROVE,
        Touch.ACKNOWLEDGE: Action.ACKNOWLEDGE,
    }


def test_what_carries_a_task_on_is_green_and_what_sends_it_away_is_red() -> None:
    controls = {control for rows in CONTROLS.values() for row in rows for control in row}
    assert {control.touch for control in controls if control.style is Style.GREEN} == {
        Touch.FORWARD,
        Touch.START,
        *(control.touch for control in SIGNING_OFF.values()),
    }
    assert {control for control in controls if control.style is Style.RED} == {
        control for control in controls if control.action.rules.reasoned
    }
