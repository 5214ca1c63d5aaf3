"""What a reminder must name: it reaches the person whose task it is, and is not lost on the way to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.rules.sop_file import parse_sop
from tests.models.administration.leave import FRI, MON, leaves_to
from tests.models.bureau import SOFTWARE
from tests.models.chase.test_reminders import lets_pass, named, reminders, wita

if TYPE_CHECKING:
    from tests.models.bureau import Bureau


def test_a_task_that_no_plh_may_decide_is_brought_to_mind_of_its_holder(bureau: Bureau) -> None:
    with_plh = bureau.walks(bureau.begins("budi", "Dengan mandat"), until=2)
    steps = bureau.rules.sops[SOFTWARE].text.split("[[steps]]")
    steps[2] = f"{steps[2].rstrip()}\nmandate = false\n\n"
    bureau.knows(parse_sop("[[steps]]".join(steps), source="without-mandate.toml"))
    for_holder = bureau.walks(bureau.begins("budi", "Tanpa mandat"), until=2)
    leaves_to(bureau, "siti", "hendra", MON, FRI)
    lets_pass(bureau, wita(23, 11))
    assert {task for one in reminders(bureau, "hendra") for task in named(one)} == {with_plh.id}
    assert {task for one in reminders(bureau, "siti") for task in named(one)} == {for_holder.id}
