"""Notes and keys are those of C2SP's signed-note: held against the published example of its first implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.checkpoint.note import MOST_SIGNATURES, InvalidNote, Note, PrivateKey, PublicKey

VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    f"{TEXT}\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
"""The keys and the note by which golang.org/x/mod/sumdb/note is tested."""

EXAMPLE = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "\u2014 quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0x"
    "McXxj99ihAQwaqP3ZekRwNtIc=\n"
)
"""The example of the specification, whose text has an empty line of its own."""

PETER = PublicKey.parse(VERIFIER)


def test_the_published_note_is_made_byte_for_byte() -> None:
    key = PrivateKey.parse(SIGNER)
    assert Note.signed(TEXT, key).written() == NOTE
    assert (str(key.public), key.written()) == (VERIFIER, SIGNER)


def test_the_published_note_is_genuine() -> None:
    note = Note.parse(NOTE)
    assert note.text == TEXT
    assert note.signer([PETER]) == PETER
    assert note.signer([]) is None


def test_the_example_of_the_specification_is_read_as_it_stands() -> None:
    note = Note.parse(EXAMPLE)
    assert note.text.endswith("\n\ned è subito sera.\n")
    assert [one.short for one in note.signatures] == ["quasimodo.example/salvatore+367ba04b"]
    assert note.written() == EXAMPLE


@given(st.integers(0, len(NOTE) - 1), st.characters(exclude_categories=["Cs"]))
def test_no_changed_note_is_genuine(place: int, other: str) -> None:
    changed = NOTE[:place] + other + NOTE[place + 1 :]
    if changed == NOTE:
        return
    try:
        signer = Note.parse(changed).signer([PETER])
    except InvalidNote:
        return
    assert signer is None


@pytest.mark.parametrize("cut", [slice(start, None) for start in (1, 5, 13)] + [slice(None, -end) for end in (1, 9)])
def test_no_part_of_a_key_is_a_key(cut: slice) -> None:
    with pytest.raises(InvalidNote):
        PublicKey.parse(VERIFIER[cut])
    with pytest.raises(InvalidNote):
        PrivateKey.parse(SIGNER[cut])


@pytest.mark.parametrize(
    "key",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        VERIFIER.replace("c74f", "c74e"),
        "",
    ],
)
def test_keys_that_go_refuses_are_refused_here(key: str) -> None:
    with pytest.raises(InvalidNote):
        PublicKey.parse(key)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u00a0b", "line\nend"])
def test_a_name_that_no_key_may_have_is_refused(name: str) -> None:
    with pytest.raises(InvalidNote, match="name of a key"):
        PrivateKey.make(name)


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        NOTE.removesuffix("\n"),
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("\u2014", "-"),
        NOTE + "no signature\n",
        NOTE.replace("x08g", "x08h "),
        f"{TEXT}\n\u2014 PeterNeumann x08g\n",
        NOTE + NOTE.rpartition("\n\n")[2] * MOST_SIGNATURES,
        "x" * 70_000 + NOTE,
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(InvalidNote):
        Note.parse(note)


def test_other_signatures_say_nothing() -> None:
    office, witness = PrivateKey.make("office"), PrivateKey.make("witness")
    note = Note.signed("words\n", office, witness)
    assert note.signer([witness.public]) == witness.public
    assert note.signer([PrivateKey.make("office").public]) is None
    assert note.signer([PETER, office.public]) == office.public


def test_a_signature_of_a_known_key_that_does_not_fit_condemns_the_note() -> None:
    office, witness = PrivateKey.make("office"), PrivateKey.make("witness")
    note = Note.signed("words\n", office, witness)
    forged = Note("other words\n", note.signatures[:1] + Note.signed("other words\n", witness).signatures)
    assert forged.signer([witness.public]) == witness.public
    with pytest.raises(InvalidNote, match="does not fit the text"):
        forged.signer([witness.public, office.public])


def test_the_secret_is_in_no_repr() -> None:
    key = PrivateKey.parse(SIGNER)
    assert repr(key) == "PrivateKey(name='PeterNeumann')"
