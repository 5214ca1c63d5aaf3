"""How urgent a report is: what a tap on the button makes of it, and what comes first."""

from models.rules.urgency import Urgency


def test_it_goes_round() -> None:
    assert [one.next for one in Urgency] == [Urgency.URGENT, Urgency.VERY_URGENT, Urgency.ORDINARY]


def test_the_most_urgent_comes_first() -> None:
    assert sorted(Urgency, key=lambda one: one.rank) == [Urgency.VERY_URGENT, Urgency.URGENT, Urgency.ORDINARY]
    assert Urgency.VERY_URGENT.rank == 0
