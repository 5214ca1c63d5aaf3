"""What carries a task on is labelled by the place of its step: only the last step says that the report is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.screens.keyboard import rows
from handlers.views.task import task_view
from models.mail.card import Card, CardKind
from models.rules.step_kinds import StepKind
from tests.bot.papers.random_sops import random_sop
from tests.handlers.screens.test_card import first_card

if TYPE_CHECKING:
    from tests.handlers.conftest import Office

pytestmark = pytest.mark.databases("sqlite")

OVER = {
    StepKind.CORRECT: ("✅ Benar, selesaikan", "✅ Benar, teruskan"),
    StepKind.APPROVE: ("✅ Setujui, selesaikan", "✅ Setujui"),
    StepKind.ACKNOWLEDGE: ("✅ Diketahui, selesaikan", "✅ Diketahui, teruskan"),
}
"""The label of each kind that signs off: at the last step, and at any other."""


def test_each_kind_of_step_at_each_place_of_any_sop_says_that_it_is_over_only_at_the_end(office: Office) -> None:
    first_card(office, "SIMPEG mati")
    with office.reading() as reader:
        found = select(Card).where(Card.person_id == office["bambang"].id, Card.kind == CardKind.TASK)
        card = reader.session.scalars(found).one()
        shown = task_view(reader, card)
    say = office.texts.say("id")
    kinds = set()
    for seed in range(60):
        steps = random_sop(seed).steps
        for step in steps:
            for kind in {step.kind, *OVER}:
                last = step is steps[-1]
                allowed = kind.rules.allowed(first=step is steps[0])
                view = replace(shown, kind=kind, step=step.number, steps=len(steps), actions=allowed)
                labels = [button.label for row in rows(view, say, more=True) for button in row]
                kinds.add((kind, last))
                if kind in OVER:
                    at_the_end, before = OVER[kind]
                    assert ((at_the_end in labels), (before in labels)) == (last, not last), (seed, step.number, kind)
                assert last or not any("selesai" in label.lower() for label in labels), (seed, step.number, labels)
    assert {kind for kind, last in kinds if not last} == set(StepKind)
