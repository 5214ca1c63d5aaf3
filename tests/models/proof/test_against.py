"""What is done to a record is found by a checkpoint that was kept elsewhere, also where every chain still verifies."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import StaticPool, create_engine, delete, select
from sqlalchemy.orm import Session

from models.checkpoint.log import SealedLeaf
from models.checkpoint.note import Note, PrivateKey, PublicKey
from models.checkpoint.sealing import begin_log, hand_over, seal
from models.checkpoint.statement import Checkpoint, Handover
from models.proof.against import FaultKind, Held, hold_against
from models.search.document import SearchDocument
from tests.docs import pages
from tests.models.checkpoint.consistency import root_of
from tests.models.proof.attacks import ATTACKS, Attack
from tests.models.proof.forgery import FIRST, THIRD, Copy, Record, removes_case

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")

NAME = "kantor.example/log"
KEY, NEXT, THIEF = (PrivateKey(NAME, bytes([number]) * 32) for number in (1, 2, 3))
FOURTH = "case:SW-2026-0004"


@dataclass(frozen=True)
class Past:
    """What an auditor kept: the checkpoints and leaves of an office, and its record as it was at each of them."""

    checkpoints: tuple[str, ...]
    images: tuple[bytes, ...]
    leaves: tuple[str, ...]

    @property
    def now(self) -> Record:
        return Record(self.images[-1])


def image(bureau: Bureau) -> bytes:
    """Return the record, without its index of words: who forges rows can let the program index them again."""
    bureau.work(lambda records: records.session.execute(delete(SearchDocument)))
    return Record.of(bureau.engine).image


def seals(bureau: Bureau, key: PrivateKey = KEY) -> str:
    sealed = bureau.work(lambda records: seal(records.session, key, at=records.at))
    assert sealed is not None
    return sealed.row.note


def undelivered(case_id: int, records: Records) -> None:
    """Append an entry that no row depends on."""
    records.case(case_id).undelivered("card", to=1, reason="blocked")


def office(action: str, records: Records) -> None:
    """Append an entry to the office's chain."""
    records.log_office(action)


@pytest.fixture(scope="module")
def pasts() -> list[Past]:
    """The past of this module's office, once it has one."""
    return []


@pytest.fixture
def past(pasts: list[Past], bureau: Bureau) -> Past:
    if not pasts:
        notes, images = [], []
        bureau.lives_through_much()
        for action in ("away", "back"):
            bureau.work(partial(office, action))
        for case_id in (1, 3):
            bureau.passes(timedelta(hours=1))
            bureau.work(partial(undelivered, case_id))
            notes.append(seals(bureau))
            images.append(image(bureau))
        bureau.passes(timedelta(hours=1))
        bureau.begins("budi", "Printer macet")
        images.append(image(bureau))
        leaves = bureau.work(
            lambda records: list(
                records.session.scalars(select(SealedLeaf.leaf).order_by(SealedLeaf.log, SealedLeaf.position))
            )
        )
        pasts.append(Past(tuple(notes), tuple(images), tuple(leaves)))
    return pasts[0]


def against(copy: Copy, checkpoint: str, *keys: PublicKey, kept: tuple[tuple[str, ...], ...] = ()) -> Held:
    engine = create_engine("sqlite://", creator=lambda: copy.connection, poolclass=StaticPool)
    with Session(engine) as session:
        return hold_against(session, checkpoint, keys=keys or (KEY.public,), kept=kept)


def kinds(held: Held) -> list[tuple[FaultKind, str | None]]:
    return [(fault.kind, fault.subject) for fault in held.faults]


def only_sentence(held: Held) -> str:
    (fault,) = held.faults
    return fault.reason


def test_an_untouched_record_follows_from_each_of_its_checkpoints(past: Past) -> None:
    with past.now.open() as copy:
        found = [against(copy, checkpoint) for checkpoint in past.checkpoints]
    assert [held.faults for held in found] == [(), ()]
    assert [held.chains for held in found] == [4, 4]
    first, second = (held.sealed_at for held in found)
    assert first is not None
    assert second == first + timedelta(hours=1)


class TestChainsThatVerify:
    """Each of these forgeries is unseen by `verify` alone."""

    def test_a_tail_that_was_cut_off(self, past: Past) -> None:
        with past.now.open() as copy:
            length, chain = copy.length(FIRST), copy.chain(FIRST)
            copy.drops(chain, after=length - 1)
            head = copy.one("SELECT hash FROM journal_entries WHERE chain_id = ? AND sequence = ?", chain, length - 1)
            copy.do("UPDATE journal_chains SET length = ?, head = ? WHERE id = ?", length - 1, head, chain)
            assert copy.verify().verifies
            held = against(copy, past.checkpoints[0])
            assert kinds(held) == [(FaultKind.CUT_OFF, FIRST)]
            assert f"{length} entries were sealed on 2026-11-" in only_sentence(held)

    def test_a_case_that_was_deleted(self, past: Past) -> None:
        with past.now.open() as copy:
            removes_case(copy, FOURTH)
            removes_case(copy, THIRD)
            copy.do("UPDATE registers SET last = 2")
            assert copy.verify().verifies
            held = against(copy, past.checkpoints[1])
            assert kinds(held) == [(FaultKind.DELETED, THIRD)]
            assert "and nothing is left of it" in only_sentence(held)

    def test_a_chain_whose_hashes_were_computed_again(self, past: Past) -> None:
        def another_did_it(_: int, head: dict[str, object], words: dict[str, object]) -> None:
            if head["action"] == "undelivered":
                words["to"] = 2

        with past.now.open() as copy:
            copy.rewrites(FIRST, another_did_it)
            assert copy.verify().verifies
            held = against(copy, past.checkpoints[0])
            assert kinds(held) == [(FaultKind.CHAINED_AGAIN, FIRST)]
            assert "the chain was written again" in only_sentence(held)

    def test_a_case_that_is_said_to_have_been_earlier(self, past: Past) -> None:
        with past.now.open() as copy:
            back_dates(copy, FOURTH, "-3 hours")
            assert copy.verify().verifies
            held = against(copy, past.checkpoints[1])
            assert kinds(held) == [(FaultKind.BACK_DATED, FOURTH)]
            assert "lacks it" in only_sentence(held)

    def test_an_older_copy_put_in_its_place(self, past: Past) -> None:
        with Record(past.images[0]).open() as copy:
            assert copy.verify().verifies
            assert against(copy, past.checkpoints[0]).faults == ()
            held = against(copy, past.checkpoints[1])
            assert kinds(held) == [(FaultKind.OLDER, None)]
            assert "an older copy was put in its place" in only_sentence(held)
            held = against(copy, past.checkpoints[1], kept=(("no leaf",), past.leaves))
            assert kinds(held) == [(FaultKind.OLDER, None), (FaultKind.CUT_OFF, THIRD)]


def back_dates(copy: Copy, subject: str, by: str) -> None:
    """Let a case and all that was done in it bear an earlier time, and compute its hashes again."""
    chain, number = copy.chain(subject), subject.removeprefix("case:")
    shifted = "strftime('%Y-%m-%d %H:%M:%f000', {0}, ?)"
    copy.do(f"UPDATE journal_entries SET at = {shifted.format('at')} WHERE chain_id = ?", by, chain)
    copy.do(f"UPDATE cases SET opened_at = {shifted.format('opened_at')} WHERE number = ?", by, number)
    case = copy.one("SELECT id FROM cases WHERE number = ?", number)
    copy.do(f"UPDATE tasks SET opened_at = {shifted.format('opened_at')} WHERE case_id = ?", by, case)
    copy.rewrites(subject, lambda *_: None)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_found_by_the_chains_or_by_the_checkpoint(past: Past, attack: Attack) -> None:
    with past.now.open() as copy:
        attack.do(copy)
        verification, held = copy.verify(), against(copy, past.checkpoints[1])
        assert verification.verifies is not attack.chains_find
        found = [fault.kind for fault in held.faults]
        assert found == [] if attack.fault is None else attack.fault in found


def test_the_page_on_security_shows_what_each_attack_meets() -> None:
    told = [[attack.name, "found" if attack.chains_find else "missed", attack.fault or "–"] for attack in ATTACKS]
    page = pages.ROOT / "docs" / "security.md"
    assert [cells[1:4] for cells in pages.tables(page) if cells[0].isdecimal()] == told


class TestTheLogItself:
    def test_leaves_that_were_written_again(self, past: Past) -> None:
        with past.now.open() as copy:
            copy.rewrites(FIRST, lambda _, head, words: words.update(to=2) if head["action"] == "undelivered" else None)
            head = copy.one("SELECT head FROM journal_chains WHERE subject = ?", FIRST)
            place, leaf = copy.do(
                "SELECT position, leaf FROM checkpoint_leaves WHERE leaf LIKE '%SW-2026-0001%' ORDER BY position"
            )[-1]
            forged = leaf.rsplit("\n", 2)[0] + "\n" + base64.b64encode(head).decode() + "\n"
            copy.do("UPDATE checkpoint_leaves SET leaf = ? WHERE position = ?", forged, place)
            held = against(copy, past.checkpoints[0])
            assert kinds(held) == [(FaultKind.REWRITTEN, None)]
            held = against(copy, past.checkpoints[0], kept=(("no leaf",), past.leaves))
            assert kinds(held) == [(FaultKind.REWRITTEN, None), (FaultKind.CHAINED_AGAIN, FIRST)]

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE checkpoint_leaves SET leaf = 'no leaf' WHERE position = 1",
            "UPDATE checkpoint_leaves SET leaf = x'00' WHERE position = 1",
            "UPDATE checkpoint_leaves SET position = -1 WHERE position = 1",
            "UPDATE checkpoint_leaves SET leaf = (SELECT leaf FROM checkpoint_leaves LIMIT 1) WHERE position = 1",
        ],
    )
    def test_leaves_that_are_none(self, past: Past, statement: str) -> None:
        with past.now.open() as copy:
            copy.do(statement)
            assert kinds(against(copy, past.checkpoints[1])) == [(FaultKind.REWRITTEN, None)]

    def test_leaves_that_were_removed(self, past: Past) -> None:
        with past.now.open() as copy:
            copy.do("DELETE FROM checkpoint_leaves")
            held = against(copy, past.checkpoints[1])
            assert kinds(held) == [(FaultKind.OLDER, None)]
            assert "is empty" in only_sentence(held)

    def test_the_record_of_another_office(self, past: Past, bureau: Bureau) -> None:
        bureau.begins("budi")
        seals(bureau, PrivateKey.make("elsewhere.example/log"))
        with Record(image(bureau)).open() as copy:
            held = against(copy, past.checkpoints[0])
            assert kinds(held) == [(FaultKind.OTHER_RECORD, None)]


class TestCheckpoints:
    def test_a_changed_one_is_forged(self, past: Past) -> None:
        with past.now.open() as copy:
            note = Note.parse(past.checkpoints[1])
            size = Checkpoint.parse(note.text).size
            forged = replace(note, text=note.text.replace(f"\n{size}\n", f"\n{size - 1}\n")).written()
            held = against(copy, forged)
            assert kinds(held) == [(FaultKind.FORGED, None)]
            assert "does not fit the text" in only_sentence(held)

    def test_one_of_another_key_is_not_believed(self, past: Past) -> None:
        with past.now.open() as copy:
            note = Note.signed(Note.parse(past.checkpoints[1]).text, THIEF).written()
            held = against(copy, note)
            assert kinds(held) == [(FaultKind.WRONG_KEY, None)]
            assert THIEF.public.short in only_sentence(held)
            assert KEY.public.short in only_sentence(held)

    def test_the_office_is_not_believed_with_a_wrong_key_at_hand(self, past: Past) -> None:
        with past.now.open() as copy:
            assert kinds(against(copy, past.checkpoints[1], THIEF.public)) == [(FaultKind.WRONG_KEY, None)]

    def test_a_key_signs_for_its_own_log_alone(self, past: Past) -> None:
        with past.now.open() as copy:
            other = PrivateKey.make("elsewhere.example/log")
            note = Note.signed(Note.parse(past.checkpoints[1]).text, other).written()
            assert kinds(against(copy, note, other.public)) == [(FaultKind.FORGED, None)]

    @pytest.mark.parametrize("written", ["", "hello\n", "a\nb\n\n\u2014 x AAAAAAAA\n"])
    def test_what_is_none_is_said_to_be_none(self, past: Past, written: str) -> None:
        with past.now.open() as copy:
            assert kinds(against(copy, written)) == [(FaultKind.NO_CHECKPOINT, None)]

    def test_one_of_a_tree_that_was_never_sealed_is_found_although_the_key_is_right(self, past: Past) -> None:
        """A thief of the key signs another past: the record does not follow from it."""
        with past.now.open() as copy:
            size = Checkpoint.parse(Note.parse(past.checkpoints[0]).text).size
            note = Note.signed(Checkpoint(NAME, size, root_of([b"x"])).written(), KEY).written()
            assert kinds(against(copy, note)) == [(FaultKind.REWRITTEN, None)]


class TestKeys:
    @pytest.fixture
    def rotated(self, bureau: Bureau) -> tuple[Record, str, str]:
        """A record with a checkpoint of each key, and these two."""
        bureau.begins("budi")
        old = seals(bureau)
        bureau.work(lambda records: hand_over(records.session, KEY, NEXT, at=records.at))
        bureau.begins("siti")
        new = seals(bureau, NEXT)
        return Record(image(bureau)), old, new

    @pytest.mark.parametrize("trusted", [KEY, NEXT])
    def test_a_hand_over_ties_both_keys(self, rotated: tuple[Record, str, str], trusted: PrivateKey) -> None:
        record, *checkpoints = rotated
        with record.open() as copy:
            for checkpoint in checkpoints:
                assert against(copy, checkpoint, trusted.public).faults == ()

    @pytest.mark.parametrize("handover", [None, "no note"])
    def test_a_key_without_one_is_not_believed(self, rotated: tuple[Record, str, str], handover: str | None) -> None:
        record, _, new = rotated
        with record.open() as copy:
            copy.do("UPDATE checkpoint_keys SET handover = ? WHERE number = 2", handover)
            held = against(copy, new, KEY.public)
            assert kinds(held) == [(FaultKind.WRONG_KEY, None)]
            assert "no hand-over leads there" in only_sentence(held)

    def test_a_hand_over_that_one_key_signed_ties_nothing(self, rotated: tuple[Record, str, str]) -> None:
        record, _, new = rotated
        with record.open() as copy:
            given = Note.parse(copy.one("SELECT handover FROM checkpoint_keys WHERE number = 2"))
            forged = Note.signed(given.text, NEXT).written()
            copy.do("UPDATE checkpoint_keys SET handover = ? WHERE number = 2", forged)
            assert kinds(against(copy, new, KEY.public)) == [(FaultKind.WRONG_KEY, None)]

    def test_a_key_that_was_given_up_signs_nothing_more(self, rotated: tuple[Record, str, str]) -> None:
        record, _, new = rotated
        with record.open() as copy:
            stolen = Note.signed(Note.parse(new).text, KEY).written()
            held = against(copy, stolen, KEY.public)
            assert kinds(held) == [(FaultKind.WRONG_KEY, None)]
            assert "was not in use at its size" in only_sentence(held)

    def test_a_key_signs_nothing_from_before_its_time(self, rotated: tuple[Record, str, str]) -> None:
        record, old, _ = rotated
        with record.open() as copy:
            note = Note.signed(Note.parse(old).text, NEXT).written()
            assert kinds(against(copy, note, NEXT.public)) == [(FaultKind.WRONG_KEY, None)]

    def test_a_stolen_old_key_hands_nothing_to_a_thief(self, rotated: tuple[Record, str, str]) -> None:
        record, old, new = rotated
        with record.open() as copy:
            given = Handover(KEY.public, THIEF.public, datetime(2026, 11, 30, tzinfo=UTC), _checkpoint(old))
            note = Note.signed(given.written(), KEY, THIEF).written()
            copy.do(
                "INSERT INTO checkpoint_keys SELECT 3, log, ?, ?, since FROM checkpoint_keys WHERE number = 2",
                str(THIEF.public),
                note,
            )
            forged = Note.signed(Note.parse(new).text, THIEF).written()
            assert kinds(against(copy, forged, NEXT.public)) == [(FaultKind.WRONG_KEY, None)]

    def test_a_log_that_was_begun_later_is_held_by_itself(self, bureau: Bureau) -> None:
        bureau.begins("budi")
        old = seals(bureau)
        fresh = PrivateKey.make("kantor.example/second")
        bureau.work(lambda records: begin_log(records.session, fresh, at=records.at))
        new = seals(bureau, fresh)
        with Record(image(bureau)).open() as copy:
            assert against(copy, old, KEY.public).faults == ()
            assert against(copy, new, fresh.public).faults == ()
            assert kinds(against(copy, new, KEY.public)) == [(FaultKind.WRONG_KEY, None)]


def test_work_that_was_committed_around_a_sealing_is_no_forgery(bureau: Bureau) -> None:
    bureau.begins("budi")
    checkpoint = seals(bureau)
    bureau.passes(timedelta(minutes=-4))
    bureau.begins("siti")
    with Record(image(bureau)).open() as copy:
        assert against(copy, checkpoint).faults == ()
    bureau.passes(timedelta(minutes=-2))
    bureau.begins("siti")
    with Record(image(bureau)).open() as copy:
        assert kinds(against(copy, checkpoint)) == [(FaultKind.BACK_DATED, THIRD)]


def _checkpoint(written: str) -> Checkpoint:
    return Checkpoint.parse(Note.parse(written).text)
