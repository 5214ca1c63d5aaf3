"""docs/checkpoints.md shows one sealing from end to end, so that a verifier in another language can be tested."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent

from models.checkpoint.merkle import root_of
from models.checkpoint.note import Note, PrivateKey
from models.checkpoint.statement import NOTHING_BEFORE, Checkpoint, Handover, Head, Seal

PAGE = Path(__file__).parents[3] / "docs" / "checkpoints.md"
AT = datetime(2026, 11, 30, 8, 15, 2, 42, tzinfo=UTC)
NAME = "disposisi/sulawesi-utara/3f9c2a7e51d04b68"
KEY, NEXT = PrivateKey(NAME, bytes(range(32))), PrivateKey(NAME, bytes(range(32, 64)))
LEAVES = (
    Head("case:SW-2026-0001", 12, bytes([1]) * 32).written(),
    Head("office", 5, bytes([2]) * 32).written(),
    Seal(1, AT, NOTHING_BEFORE).written(),
)
CHECKPOINT = Checkpoint(NAME, len(LEAVES), root_of(leaf.encode() for leaf in LEAVES))


def shown(text: str) -> bool:
    return indent(text, "    ", lambda line: bool(line.strip())) in PAGE.read_text(encoding="utf-8")


def test_the_page_shows_the_leaves_the_key_and_the_checkpoint() -> None:
    assert all(shown(leaf) for leaf in LEAVES)
    assert shown(f"{KEY.public}\n")
    assert shown(Note.signed(CHECKPOINT.written(), KEY).written())


def test_the_page_shows_the_hand_over() -> None:
    given = Handover(KEY.public, NEXT.public, AT, CHECKPOINT)
    assert shown(Note.signed(given.written(), KEY, NEXT).written())
