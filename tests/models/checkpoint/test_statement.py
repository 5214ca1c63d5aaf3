"""Leaves, checkpoints and hand-overs are read as they are written, and as nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.checkpoint.note import Note, PrivateKey
from models.checkpoint.statement import (
    Checkpoint,
    Handover,
    Head,
    InvalidStatement,
    Seal,
    parse_leaf,
)

AT = datetime(2026, 11, 30, 8, 15, 2, 42, tzinfo=UTC)
ZERO, ONES = bytes(32), bytes([1] * 32)
EXAMPLE = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
"""The text of the example in C2SP's tlog-checkpoint."""

HASHES = st.binary(min_size=32, max_size=32)
SUBJECTS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=20)


def test_the_leaves_are_as_the_page_describes_them() -> None:
    head = Head("case:SW-2026-0001", 12, ONES)
    assert head.written() == ("disposisi/head/1\ncase:SW-2026-0001\n12\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n")
    local = AT.astimezone(timezone(timedelta(hours=8)))
    assert Seal(7, local, ZERO).written() == (
        "disposisi/seal/1\n7\n2026-11-30T08:15:02.000042+00:00\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    )


@given(SUBJECTS, st.integers(0, 2**40), HASHES)
def test_a_head_is_read_as_it_was_written(subject: str, length: int, digest: bytes) -> None:
    head = Head(subject, length, digest)
    assert parse_leaf(head.written()) == head


@given(st.integers(1, 2**40), st.datetimes(timezones=st.just(UTC)), HASHES)
def test_a_seal_is_read_as_it_was_written(number: int, at: datetime, digest: bytes) -> None:
    seal = Seal(number, at, digest)
    assert parse_leaf(seal.written()) == seal


@pytest.mark.parametrize(
    "leaf",
    [
        "",
        "disposisi/head/2\noffice\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "disposisi/head/1\noffice\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "disposisi/head/1\noffice\n1\nAAAA\n",
        "disposisi/head/1\noffice\n1\n????\n",
        "disposisi/head/1\noffice\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "disposisi/seal/1\n1\nyesterday\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "disposisi/seal/1\n1\n2026-11-30T08:15:02+00:00\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    ],
)
def test_what_is_no_leaf_is_refused(leaf: str) -> None:
    with pytest.raises(InvalidStatement):
        parse_leaf(leaf)


def test_the_example_of_the_specification_is_read() -> None:
    found = Checkpoint.parse(EXAMPLE)
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.written() == EXAMPLE
    assert Checkpoint.parse(f"{EXAMPLE}an extension\n") == found


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", EXAMPLE.replace("2085", "02085"), EXAMPLE.replace("2085", "-2085"), f"{EXAMPLE}\n", "a\n1\nAAAA\n"],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(InvalidStatement):
        Checkpoint.parse(text)


class TestHandovers:
    OLD, NEW = PrivateKey.make("office"), PrivateKey.make("office")
    TEXT = Handover(OLD.public, NEW.public, AT, Checkpoint("office", 3, ONES)).written()

    def test_both_keys_sign_one(self) -> None:
        found = Handover.parse(Note.signed(self.TEXT, self.OLD, self.NEW))
        assert (found.old, found.new, found.at, found.last.size) == (self.OLD.public, self.NEW.public, AT, 3)

    @pytest.mark.parametrize("who", ["old", "new"])
    def test_one_key_alone_hands_nothing_over(self, who: str) -> None:
        key = self.OLD if who == "old" else self.NEW
        with pytest.raises(InvalidStatement, match="has not signed"):
            Handover.parse(Note.signed(self.TEXT, key))

    def test_a_changed_one_is_not_genuine(self) -> None:
        note = Note.signed(self.TEXT, self.OLD, self.NEW)
        with pytest.raises(InvalidStatement, match="not genuine"):
            Handover.parse(Note(self.TEXT.replace("2026", "2025"), note.signatures))

    def test_a_checkpoint_is_none(self) -> None:
        with pytest.raises(InvalidStatement):
            Handover.parse(Note.signed("office\n3\nAAAA\n", self.OLD, self.NEW))

    def test_no_origin_can_be_taken_for_one(self) -> None:
        with pytest.raises(ValueError, match="name of a key"):
            PrivateKey.make(self.TEXT.partition("\n")[0])
