"""Tables over an enumeration: one entry for each member, or the program does not start."""

from enum import StrEnum

import pytest

from models.rules.complete import IncompleteTable, complete


class Season(StrEnum):
    DRY = "kemarau"
    WET = "hujan"
    CHANGE = "pancaroba"


def test_a_complete_table_is_in_the_order_of_its_members_and_cannot_be_changed() -> None:
    table = complete(Season, {Season.WET: "payung", Season.CHANGE: "jaket"}, {Season.DRY: "topi"})
    assert list(table.items()) == [(Season.DRY, "topi"), (Season.WET, "payung"), (Season.CHANGE, "jaket")]
    assert not hasattr(table, "__setitem__")


def test_a_member_without_an_entry_is_named() -> None:
    with pytest.raises(IncompleteTable, match=r"Season\.DRY, Season\.CHANGE") as refused:
        complete(Season, {Season.WET: "payung"})
    assert refused.value.members == (Season.DRY, Season.CHANGE)


def test_a_member_with_two_entries_is_named() -> None:
    rest = {Season.DRY: "topi", Season.CHANGE: "jaket"}
    with pytest.raises(IncompleteTable, match=r"Season\.WET"):
        complete(Season, {Season.WET: "payung"}, {Season.WET: "jas hujan", **rest})


def test_a_table_about_some_members_takes_no_other() -> None:
    assert dict(complete([Season.WET], {Season.WET: "payung"})) == {Season.WET: "payung"}
    with pytest.raises(IncompleteTable, match=r"Season\.DRY"):
        complete([Season.WET], {Season.WET: "payung", Season.DRY: "topi"})
