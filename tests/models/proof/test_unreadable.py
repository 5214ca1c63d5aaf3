"""What an entry tells may be anything at all: it is named as a breach, and nothing of it ends the verification."""

from __future__ import annotations

import json
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.models.proof.forgery import Copy, Record

pytestmark = pytest.mark.databases("sqlite")

ANYTHING: list[Any] = [None, 7, -1, 1.5, True, "", "kata", [], [[]], [7, "x"], {}, {"x": []}]

SAMPLED = 160


def forged(copy: Copy) -> Iterator[tuple[int, int, Any]]:
    """Yield chain, sequence and another payload: for each kind of entry its first one, with each part put otherwise."""
    rows = copy.do(
        "SELECT min(p.chain_id), p.sequence, e.action, p.body FROM journal_payloads p"
        " JOIN journal_entries e ON e.chain_id = p.chain_id AND e.sequence = p.sequence"
        " WHERE p.body IS NOT NULL GROUP BY e.action"
    )
    for chain, sequence, _, body in rows:
        told = json.loads(body)
        for value in ANYTHING:
            yield chain, sequence, value
            yield from ((chain, sequence, {**told, key: value}) for key in told)


def unguarded(copy: Copy) -> None:
    for (name,) in copy.do("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        copy.do(f"DROP TRIGGER {name}")


def put(place: int, body: dict[str, Any], sequence: int, _: dict[str, Any], words: dict[str, Any]) -> None:
    """Put another payload into one place of a chain that is written from end to end."""
    if sequence == place:
        words.clear()
        words.update(body)


def samples(record: Record) -> list[tuple[int, int, Any]]:
    with record.open() as copy:
        every = [one for one in forged(copy) if one[2] is not None]
    return Random(20261201).sample(every, SAMPLED)


def test_whatever_stands_in_a_payload_is_named_as_a_breach(record: Record) -> None:
    for chain, sequence, body in samples(record):
        with record.open() as copy:
            unguarded(copy)
            before = copy.one("SELECT body FROM journal_payloads WHERE chain_id = ? AND sequence = ?", chain, sequence)
            copy.sets("journal_payloads", chain, sequence, body=json.dumps(body))
            assert json.loads(before) == body or not copy.verify().verifies, (chain, sequence, body)


def test_whatever_stands_in_a_payload_may_have_hashes_that_fit(record: Record) -> None:
    """What is forged so may be found against a checkpoint alone. Here counts that the verification comes to its end."""
    for chain, sequence, body in samples(record):
        if not isinstance(body, dict):
            continue
        with record.open() as copy:
            unguarded(copy)
            subject = copy.one("SELECT subject FROM journal_chains WHERE id = ?", chain)

            copy.rewrites(subject, partial(put, sequence, body))
            copy.verify()


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("adopt-files", {"posts": [["kadiv", None]], "several": 7}),
        ("adopt-files", {"posts": [["kadiv", None]], "several": [[]]}),
        ("adopt-files", {"posts": [["kadiv", None]], "roles": 7}),
        ("adopt-files", {"posts": 7}),
        ("stand-in-over", {"since": []}),
        ("calendar", {"version": []}),
        ("calendar", 7),
        ("rename-post", {"formerly": [], "post": {}}),
    ],
)
def test_the_last_entry_of_the_office_may_tell_nonsense_of_another_kind(
    record: Record, action: str, body: object
) -> None:
    with record.open() as copy:
        unguarded(copy)
        chain = copy.one("SELECT id FROM journal_chains WHERE subject NOT LIKE 'case:%'")
        last = copy.one("SELECT max(sequence) FROM journal_payloads WHERE chain_id = ?", chain)
        copy.sets("journal_entries", chain, last, action=action)
        copy.sets("journal_payloads", chain, last, body=json.dumps(body))
        assert not copy.verify().verifies
