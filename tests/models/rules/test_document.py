"""However a data file is damaged, it is read or refused with reasons; nothing else ever comes out."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.errors import InvalidDocument, Problem
from models.rules.office_file import parse_office
from models.rules.sop_file import parse_sop

DATA = Path(__file__).parents[1] / "data"
VALUES = (
    *(
        "1",
        "-1",
        "true",
        "1.5",
        "nan",
        '""',
        '" "',
        '"x"',
        '"30 menit"',
        '"handle"',
        '"loket"',
        '"\\u0000"',
        "9" * 5000,
    ),
    *("[]", "[1]", '["a", "a"]', "{}", "{a = 1}", "[{}]", "[[1]]", "2026-01-01", "2026-01-01T00:00:00Z", "10:00:00"),
)


@pytest.mark.parametrize(("name", "parse"), [("permintaan-akses", parse_sop), ("kantor-contoh", parse_office)])
@settings(derandomize=True, deadline=None, max_examples=300)
@given(changes=st.lists(st.tuples(st.integers(0, 200), st.none() | st.sampled_from(VALUES)), min_size=1, max_size=4))
def test_a_damaged_file_is_read_or_refused_with_reasons(
    name: str, parse: Callable[..., object], changes: list[tuple[int, str | None]]
) -> None:
    lines = (DATA / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    for place, value in changes:
        key, equals, _ = lines[place % len(lines)].partition("=")
        lines[place % len(lines)] = f"{key}= {value}" if equals and value is not None else ""
    problems = problems_of(parse, "\n".join(lines))
    assert all(len(str(problem).splitlines()) == 1 for problem in problems)
    assert all(problem.row and problem.reason.endswith((".", "?", "…")) for problem in problems)


def problems_of(parse: Callable[..., object], text: str) -> Sequence[Problem]:
    """Return why this text is refused; nothing when it is read."""
    try:
        parse(text, source="rusak.toml")
    except InvalidDocument as refusal:
        return refusal.problems or pytest.fail("refused without a reason")
    return ()
