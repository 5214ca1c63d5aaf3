"""A case from the report to its end: the straight path, and what any step allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.models.conftest import Bureau


def test_a_report_travels_all_nine_steps(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    for name in ("bambang", "siti", "hendra", "maria", "rina", "maria", "hendra", "siti", "bambang"):
        assert name in bureau.holders(case_id)
        bureau.works(5)
        bureau[name].carries_on(case_id)

    case = bureau.case(case_id)
    assert case.number == "SW-2026-0001"
    assert (case.state, case.closed_at) == ("closed", bureau.at)
    assert [(task.step, task.outcome) for task in case.tasks] == [
        (1, "forwarded"),
        (2, "forwarded"),
        (3, "forwarded"),
        (4, "forwarded"),
        (5, "submitted"),
        (6, "passed"),
        (7, "passed"),
        (8, "approved"),
        (9, "acknowledged"),
    ]
    assert bureau.breach(case_id) is None
