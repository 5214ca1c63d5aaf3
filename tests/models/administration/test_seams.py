"""Where two rules meet: what goes up and what is asked of others, what is undone, proposed, renamed, or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.mail.card import CardKind
from tests.models.case.test_empty_chairs import at_step, holds, is_over, sits
from tests.models.chase.test_escalation import blocks

if TYPE_CHECKING:
    from tests.models.bureau import Bureau


def test_a_request_for_more_time_goes_to_the_next_above_when_the_sweep_raises_its_task(bureau: Bureau) -> None:
    case_id = at_step(bureau, 3)
    request_id = bureau["hendra"].asks_for_more_time(case_id)
    task = bureau.task(case_id)
    assert bureau.live(task.id, CardKind.EXTENSION) == ["siti"]
    blocks(bureau, "hendra")
    is_over(bureau, case_id)
    assert sits(bureau, case_id)[0] == "kadiv"
    assert bureau.live(task.id, CardKind.EXTENSION) == ["bambang"]
    bureau["bambang"].grants(request_id)
    assert holds(bureau)
