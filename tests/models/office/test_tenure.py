"""In which capacity somebody acts, as the record keeps it."""

import pytest

from models.office.tenure import ActingAs, Capacity


@pytest.mark.parametrize("capacity", Capacity)
def test_a_capacity_is_read_as_it_was_written(capacity: Capacity) -> None:
    acting = ActingAs(capacity, "kadiv")
    assert ActingAs.parse(str(acting)) == acting


def test_a_capacity_is_written_with_the_code_of_its_post() -> None:
    assert str(ActingAs(Capacity.PLH, "kadiv")) == "plh:kadiv"


@pytest.mark.parametrize("text", ["", "reporter", "system", "person", "pjs:kadiv"])
def test_whoever_acts_for_no_post_has_none(text: str) -> None:
    assert ActingAs.parse(text) is None
