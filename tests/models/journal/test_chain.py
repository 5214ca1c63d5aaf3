"""The hash chain by itself: what an entry's hash covers, how payloads are salted, where a broken chain breaks first."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import String

from models.case.evaluation import Evaluation
from models.case.question import Remark
from models.case.task import Task
from models.journal import personal
from models.journal.chain import ORIGIN, VERSION, Breach, Chain, Entry, Payload, first_breach, payload_digest
from models.office.tenure import Capacity, Post

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
SUBJECT = "case:SW-2026-0001"
VERSIONS = [1, 2, 3]

words = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)


@dataclass(frozen=True)
class Fields:
    """What the hash of an entry covers."""

    subject: str = SUBJECT
    sequence: int = 1
    at: datetime = AT
    actor_id: int | None = 7
    capacity: str = "plh:kadiv"
    action: str = "forward"
    digest: bytes = bytes(32)
    previous: bytes = ORIGIN
    version: int = VERSION

    @property
    def hash(self) -> bytes:
        entry = Entry(
            sequence=self.sequence,
            at=self.at,
            actor_id=self.actor_id,
            capacity=self.capacity,
            action=self.action,
            digest=self.digest,
            previous=self.previous,
            version=self.version,
        )
        return entry.computed_hash(self.subject)


fields = st.builds(
    Fields,
    subject=words,
    sequence=st.integers(1, 10**6),
    at=st.datetimes(timezones=st.just(UTC)),
    actor_id=st.none() | st.integers(0, 10**12),
    capacity=words,
    action=words,
    digest=st.binary(min_size=1, max_size=4),
    previous=st.binary(min_size=1, max_size=4),
    version=st.integers(1, 12),
)


def written(count: int) -> tuple[Chain, list[Entry]]:
    """Return a chain of so many entries."""
    chain = Chain.begin(SUBJECT)
    entries = [
        chain.append(
            "forward", actor_id=number, capacity="definitive:kadiv", payload={"note": f"Catatan {number}"}, at=AT
        )
        for number in range(count)
    ]
    return chain, entries


@given(fields, fields)
def test_two_entries_hash_alike_only_if_they_are_the_same(one: Fields, other: Fields) -> None:
    assert (one.hash == other.hash) == (one == other)


@given(words, words, words)
def test_text_cannot_move_from_one_field_to_its_neighbour(first: str, second: str, third: str) -> None:
    one = Fields(subject=first + second, capacity=third)
    assert replace(one, subject=first, capacity=second + third).hash != one.hash or not second
    one = Fields(capacity=first + second, action=third)
    assert replace(one, capacity=first, action=second + third).hash != one.hash or not second


def test_bytes_cannot_move_between_the_digest_and_the_previous_hash() -> None:
    assert Fields(digest=b"ab", previous=b"c").hash != Fields(digest=b"a", previous=b"bc").hash


def test_nobody_is_not_person_zero() -> None:
    assert Fields(actor_id=None).hash != Fields(actor_id=0).hash


def test_the_same_instant_in_another_zone_is_the_same_entry() -> None:
    wita = timezone(timedelta(hours=8))
    assert Fields(at=AT.astimezone(wita)).hash == Fields().hash
    assert Fields(at=AT + timedelta(microseconds=1)).hash != Fields().hash


def test_an_entry_cannot_pass_for_a_payload() -> None:
    assert payload_digest(VERSION, b"salt", {}) != Fields().hash
    assert payload_digest(VERSION, b"sal", {"t": 1}) != payload_digest(VERSION, b"salt", {"t": 1})


def test_equal_payloads_do_not_show_that_they_are_equal() -> None:
    """Without the salt, somebody could guess an erased answer from its digest."""
    _, (one, other) = written(2)
    assert one.payload is not None
    assert other.payload is not None
    assert one.payload.salt != other.payload.salt
    assert len(one.payload.salt) == 16
    assert len({payload_digest(VERSION, salt, {"note": "x"}) for salt in (one.payload.salt, other.payload.salt)}) == 2


@pytest.mark.parametrize("version", VERSIONS)
def test_the_order_of_keys_does_not_matter(version: int) -> None:
    assert payload_digest(version, b"", {"a": 1, "b": [2]}) == payload_digest(version, b"", {"b": [2], "a": 1})


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_json_cannot_carry_back_is_refused(version: int, number: float) -> None:
    with pytest.raises(ValueError, match=r"JSON|JCS"):
        payload_digest(version, b"", {"share": number})


@pytest.mark.parametrize("payload", [{"account": 2**53}, {"account": -(2**53)}, {1: "satu"}, {"note": "\ud83d"}])
def test_what_canonical_json_cannot_carry_is_not_appended(payload: dict[str, object]) -> None:
    chain, _ = written(1)
    before = chain.length, chain.head
    with pytest.raises(ValueError, match=r"integer domain|strings|UTF-8"):
        chain.append("note", actor_id=1, capacity="definitive:kadiv", payload=payload, at=AT)
    assert (chain.length, chain.head) == before


def nested(depth: int) -> list[object]:
    """Return lists within lists, too deep for a recursive walk if `depth` is in the thousands."""
    within: list[object] = []
    for _ in range(depth):
        within = [within]
    return within


def hashed(*fields: bytes) -> bytes:
    """Hash fields as the journal's form says: SHA-256 over each field after its length in eight bytes."""
    return hashlib.sha256(b"".join(len(field).to_bytes(8, "big") + field for field in fields)).digest()


@pytest.mark.parametrize(
    ("body", "canonical"),
    [
        (
            {
                "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
                "literals": [None, True, False],
            },
            '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
        ),
        (
            {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"},
            r"""{"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        ),
        (
            {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7},
            '{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
        ),
    ],
    ids=["numbers and literals", "string", "keys"],
)
def test_the_second_version_digests_what_rfc_8785_calls_canonical(body: dict[str, object], canonical: str) -> None:
    """The examples of its sections 3.2.2 and 3.2.3."""
    assert payload_digest(2, b"salt", body) == hashed(b"disposisi/payload/2", b"salt", canonical.encode())


@pytest.mark.parametrize(
    ("version", "digest", "entry_hash"),
    [
        (
            1,
            "be391bc773e00ca05d61fcdf1bf7d83ee69c84635d78015f916c788bf1cf951f",
            "fe7c76881b83b9aadaba9306c25867cc7518e513546af7ea9c15f9055a9e39c7",
        ),
        (
            2,
            "442fea1338b31db7cdecfc1af63caba1ae658f05956f78297488c32c36f0d475",
            "e123d9b149915d3c3d90060f6462bed90cf3f48d084734707ed54988ef78c655",
        ),
        (
            3,
            "9286636efd4a356bbe3a90be5d0487def6a84f9719aa9b69faf28a7233c00365",
            "98c803c2494c05e1a8dc32e6fb5362be3465c041dd57f0b0acb10497f3043a3f",
        ),
    ],
)
def test_what_was_written_once_verifies_for_ever(version: int, digest: str, entry_hash: str) -> None:
    body = {
        "note": "Mohon segera “hari ini”.",
        "step": 2,
        "opened": {"assignee": None, "post": "kadiv"},
        "helped": True,
    }
    kept = {"note": bytes(range(16)).hex()} if version >= personal.SINCE else None
    found = payload_digest(version, bytes(range(16)), body, kept=kept)
    assert found.hex() == digest
    assert Fields(sequence=3, digest=found, version=version).hash.hex() == entry_hash


@pytest.fixture
def _far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the machine's own clock show another zone than UTC."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Asia/Makassar")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("_far_from_greenwich")
def test_the_hash_covers_the_instant_in_utc_and_nobody_as_nothing() -> None:
    """Told field by field, so that the format can be checked without the program."""
    covered = (
        *(b"disposisi/entry/2", SUBJECT.encode(), b"1", b"2026-11-23T00:30:00.000000+00:00", b""),
        *(b"plh:kadiv", b"forward", bytes(32), ORIGIN),
    )
    whole = b"".join(len(field).to_bytes(8, "big") + field for field in covered)
    assert Fields(actor_id=None, version=2).hash == hashlib.sha256(whole).digest()


def test_an_entry_keeps_its_payload_as_it_was_given() -> None:
    _, (entry,) = written(1)
    assert entry.payload is not None
    assert entry.payload.body == {"note": "Catatan 0"}


def test_a_chain_grows_by_one_and_knows_its_head() -> None:
    chain, entries = written(3)
    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert [entry.previous for entry in entries] == [ORIGIN, entries[0].hash, entries[1].hash]
    assert (chain.length, chain.head) == (3, entries[2].hash)
    assert first_breach(chain, entries) is None


def test_an_empty_chain_holds() -> None:
    assert first_breach(Chain.begin(SUBJECT), []) is None


def test_words_that_were_erased_leave_the_chain_whole_and_the_rest_proved() -> None:
    chain, entries = written(3)
    payload = entries[1].payload
    assert payload is not None
    assert payload.body is not None
    payload.body, payload.secrets = personal.emptied(payload.body, payload.secrets, ["note"])
    payload.erased_in = 3
    assert payload.body["note"].keys() == {"sealed"}
    assert payload.secrets is None
    assert first_breach(chain, entries) is None
    payload.body = {**payload.body, "step": 9}
    assert first_breach(chain, entries) == Breach(SUBJECT, 2, "payload changed")


def test_a_payload_that_was_emptied_whole_is_a_breach() -> None:
    chain, entries = written(3)
    assert entries[1].payload is not None
    entries[1].payload.body = None
    assert first_breach(chain, entries) == Breach(SUBJECT, 2, "payload emptied, and no entry tells of it")


@pytest.mark.parametrize("kept", [{}, {"step": "00" * 16}, {"note": "00" * 16}, {"note": "x"}, None])
def test_other_secrets_than_those_of_the_payload_are_a_changed_payload(kept: dict[str, object] | None) -> None:
    chain, entries = written(3)
    assert entries[1].payload is not None
    entries[1].payload.secrets = kept
    assert first_breach(chain, entries) == Breach(SUBJECT, 2, "payload changed")


def test_the_third_version_digests_seals_in_the_place_of_words() -> None:
    """Told field by field, so that the format can be checked without the program."""
    secret, words = bytes(range(16)), "Mohon segera “hari ini”."
    written_words = json.dumps(words, ensure_ascii=False).encode()
    sealed = hashed(b"disposisi/seal/3", secret, b"note", written_words).hex()
    canonical = f'{{"note":{{"sealed":"{sealed}"}},"step":2}}'.encode()
    body = {"step": 2, "note": words}
    found = payload_digest(3, b"salt", body, kept={"note": secret.hex()})
    assert found == hashed(b"disposisi/payload/3", b"salt", canonical)
    assert sealed == "7a6ad0a21c922e6b0f1b08690e4e70833a35196361e44bb3848f18104ef26430"


@pytest.mark.parametrize("sequence", [1, 2, 3])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", AT + timedelta(seconds=1)),
        ("actor_id", None),
        ("capacity", "plt:kadiv"),
        ("action", "decline"),
        ("digest", bytes(32)),
        ("hash", bytes(32)),
        ("version", 1),
    ],
)
def test_a_changed_entry_is_named(sequence: int, field: str, value: object) -> None:
    chain, entries = written(3)
    setattr(entries[sequence - 1], field, value)
    assert first_breach(chain, entries) == Breach(SUBJECT, sequence, "changed")


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_changed_or_missing_payload_is_named(sequence: int) -> None:
    chain, entries = written(3)
    entries[sequence - 1].payload = Payload(salt=bytes(16), body={"note": "Lain"})
    assert first_breach(chain, entries) == Breach(SUBJECT, sequence, "payload changed")
    entries[sequence - 1].payload = None
    assert first_breach(chain, entries) == Breach(SUBJECT, sequence, "payload missing")


@pytest.mark.parametrize("sequence", [1, 2])
def test_a_removed_entry_is_missed_at_its_place(sequence: int) -> None:
    chain, entries = written(3)
    del entries[sequence - 1]
    assert first_breach(chain, entries) == Breach(SUBJECT, sequence, "missing")


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_cut_off_end_is_missed_where_it_begins(left: int) -> None:
    chain, entries = written(3)
    assert first_breach(chain, entries[:left]) == Breach(SUBJECT, left + 1, "missing")


def test_renumbering_what_follows_does_not_hide_a_removal() -> None:
    chain, entries = written(4)
    del entries[1]
    for sequence, entry in enumerate(entries, start=1):
        entry.sequence = sequence
    chain.length = 3
    breach = first_breach(chain, entries)
    assert breach is not None
    assert breach.sequence == 2


def test_two_entries_in_each_others_place_are_found_at_the_first() -> None:
    chain, entries = written(4)
    entries[1], entries[2] = entries[2], entries[1]
    entries[1].sequence, entries[2].sequence = 2, 3
    breach = first_breach(chain, entries)
    assert breach is not None
    assert breach.sequence == 2


@pytest.mark.parametrize("forged", [1, 2])
def test_well_made_entries_beyond_the_head_are_named_from_the_first_on(forged: int) -> None:
    chain, entries = written(2)
    longer = Chain(subject=SUBJECT, length=chain.length, head=chain.head)
    for _ in range(forged):
        entries.append(longer.append("forward", actor_id=1, capacity="definitive:kadiv", payload={}, at=AT))
    assert first_breach(chain, entries) == Breach(SUBJECT, 3, "more entries than the head counts")


@pytest.mark.parametrize("sequence", [1, 2])
def test_a_forged_entry_is_found_at_the_entry_that_follows_it(sequence: int) -> None:
    chain, entries = written(3)
    _forge(entries[sequence - 1], {"note": "Lain"})
    assert first_breach(chain, entries) == Breach(SUBJECT, sequence + 1, "does not follow the entry before it")


def test_a_forged_last_entry_is_not_the_head_of_its_chain() -> None:
    chain, entries = written(3)
    _forge(entries[2], {"note": "Lain"})
    assert first_breach(chain, entries) == Breach(SUBJECT, 3, "is not the head of its chain")


def test_an_entry_forged_into_an_earlier_version_is_found_at_the_entry_that_follows_it() -> None:
    chain, entries = written(3)
    assert entries[1].payload is not None
    entries[1].version = 1
    _forge(entries[1], entries[1].payload.body or {})
    assert first_breach(chain, entries) == Breach(SUBJECT, 3, "does not follow the entry before it")


@pytest.mark.parametrize("version", [0, 4, -1])
def test_a_version_that_is_not_known_is_named(version: int) -> None:
    chain, entries = written(3)
    entries[1].version = version
    assert first_breach(chain, entries) == Breach(SUBJECT, 2, f"is of version {version}, which is not known")


@pytest.mark.parametrize(
    "body",
    [{"account": 2**53}, {"share": float("nan")}, {"note": "\ud83d"}, {"\ud83d": 1}, {"nested": nested(5_000)}],
    ids=["whole number", "no number", "half a pair", "half a pair for a key", "nested"],
)
def test_a_payload_that_was_never_written_so_is_a_changed_one(body: dict[str, object]) -> None:
    chain, entries = written(3)
    entries[1].payload = Payload(salt=bytes(16), body=body)
    assert first_breach(chain, entries) == Breach(SUBJECT, 2, "payload changed")


def _forge(entry: Entry, body: dict[str, object]) -> None:
    """Let an entry say something else, and be sound by itself."""
    assert entry.payload is not None
    entry.payload = Payload(salt=entry.payload.salt, body=body)
    entry.digest = payload_digest(entry.version, entry.payload.salt, body)
    entry.hash = entry.computed_hash(SUBJECT)


def test_a_chain_told_anew_does_not_end_in_its_head() -> None:
    chain, _ = written(2)
    _, forged = written(2)
    assert first_breach(chain, forged) == Breach(SUBJECT, 2, "is not the head of its chain")


def test_an_entry_of_another_chain_does_not_fit() -> None:
    chain, _ = written(1)
    other = Chain.begin("case:SW-2026-0002")
    stranger = other.append("forward", actor_id=0, capacity="definitive:kadiv", payload={}, at=AT)
    chain.head = stranger.hash
    assert first_breach(chain, [stranger]) == Breach(SUBJECT, 1, "changed")


def test_every_capacity_of_every_post_fits_its_columns() -> None:
    code, kind = Post.__table__.c.code.type, max(len(one.value) for one in Capacity)
    assert isinstance(code, String)
    longest = kind + len(":") + (code.length or 0)
    for column in (
        Entry.__table__.c.capacity,
        Remark.__table__.c.capacity,
        Task.__table__.c.decided_as,
        Evaluation.__table__.c.submitted_as,
    ):
        assert isinstance(column.type, String)
        assert (column.type.length or 0) >= longest
