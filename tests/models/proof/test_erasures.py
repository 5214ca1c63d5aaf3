"""An erasure is an act: what it took is told by an entry, and all that is left is proved as before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import StaticPool, create_engine, update
from sqlalchemy.orm import Session

from models.journal import personal
from models.mail.notice import Notice, NoticeState
from models.proof.verification import verify
from models.upkeep.erasing import erase_words
from tests.models.bureau import MONDAY, Bureau
from tests.models.proof.forgery import FIRST, Copy, Record
from tests.models.proof.test_testimony import says_much

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from models.repository.records import Records
    from models.rules.rules import Rules

pytestmark = pytest.mark.databases("sqlite")

NAMES = ("budi", "rina", "maria")
SAID = ("SIMPEG mati", "Galat apa?", "Sejak pagi.", "ORA-00018", "Sesi penuh", "Lampirkan log", "Layar a", "id-a")


def lives(bureau: Bureau) -> int:
    """Have a finished case with words of everybody, and files, and return the number of its row."""
    says_much(bureau)
    bureau.finishes(1)
    return 1


def erases(bureau: Bureau, name: str, case: int = 1) -> int | None:
    def erase(records: Records) -> int | None:
        return erase_words(records, case, bureau[name].id, because="permintaan pemilik data")

    return bureau.work(erase)


def payload(copy: Copy, sequence: int) -> tuple[dict[str, Any], dict[str, Any] | None, bytes]:
    """Return the body, the secrets and the salt of an entry of the first case."""
    columns = "SELECT body, secrets, salt FROM journal_payloads WHERE chain_id = ? AND sequence = ?"
    ((body, kept, salt),) = copy.do(columns, copy.chain(FIRST), sequence)
    return json.loads(body), json.loads(kept) if kept else None, salt


@pytest.fixture(scope="module")
def images() -> dict[str, Record]:
    """The records of this module's office, once they are made."""
    return {}


@pytest.fixture
def whole(images: dict[str, Record], bureau: Bureau) -> Record:
    if "whole" not in images:
        lives(bureau)
        images["whole"] = Record.of(bureau.engine)
    return images["whole"]


@pytest.fixture
def erased(images: dict[str, Record], bureau: Bureau) -> Record:
    if "erased" not in images:
        lives(bureau)
        erases(bureau, "budi")
        images["erased"] = Record.of(bureau.engine)
    return images["erased"]


class TestTheForger:
    """Who empties a payload hides nothing by it."""

    @pytest.mark.parametrize("emptied", [None, "null"])
    def test_a_payload_emptied_by_one_statement_is_a_breach(self, whole: Record, emptied: str | None) -> None:
        with whole.open() as copy:
            copy.sets("journal_payloads", copy.chain(FIRST), 2, body=emptied)
            assert copy.finds() == (FIRST, 2, "payload emptied, and no entry tells of it")

    def test_words_emptied_with_their_seal_left_are_a_breach_too(self, whole: Record) -> None:
        with whole.open() as copy:
            body, kept, _ = payload(copy, 1)
            left, own = personal.emptied(body, kept, ["text"])
            copy.sets("journal_payloads", copy.chain(FIRST), 1, body=json.dumps(left))
            copy.sets("journal_payloads", copy.chain(FIRST), 1, secrets=json.dumps(own) if own else None)
            copy.do("UPDATE cases SET text = '' WHERE id = 1")
            assert copy.finds() == (FIRST, 1, "payload emptied, and no entry tells of it")

    def test_rows_changed_under_an_emptied_payload_are_found(self, erased: Record) -> None:
        """Before, whatever was forged in the rows of a case with an emptied payload held."""
        for statement in (
            "UPDATE tasks SET decided_by_id = 1 WHERE id = 1",
            "UPDATE tasks SET due_at = '2027-01-01 00:00:00.000000' WHERE id = 2",
            "UPDATE cases SET urgency = 'mendesak'",
            "UPDATE cases SET text = 'Lain.' WHERE id = 1",
            "UPDATE cases SET erased_in = NULL WHERE id = 1",
            "UPDATE remarks SET text = 'Lain.' WHERE id = 1",
            "UPDATE questions SET answer = 'Lain.' WHERE id = 1",
            "UPDATE attachments SET name = 'lain.jpg' WHERE id = 1",
            "UPDATE attachments SET keeping = 'kept' WHERE id = 1",
            "DELETE FROM questions WHERE id = 1",
        ):
            with erased.open() as copy:
                copy.do(statement)
                assert copy.finds()[0] == FIRST, statement

    def test_what_is_left_of_an_erased_payload_is_proved(self, erased: Record) -> None:
        with erased.open() as copy:
            body, _, _ = payload(copy, 1)
            copy.sets("journal_payloads", copy.chain(FIRST), 1, body=json.dumps({**body, "urgency": "mendesak"}))
            assert copy.finds() == (FIRST, 1, "payload changed")

    @pytest.mark.parametrize("value", [None, 3])
    def test_a_payload_that_names_another_erasure_is_found(self, erased: Record, value: int | None) -> None:
        with erased.open() as copy:
            chain = copy.chain(FIRST)
            last = copy.length(FIRST)
            copy.sets("journal_payloads", chain, 1, erased_in=value)
            assert copy.finds() == (FIRST, 1, f"what is left of its payload is not what entry {last} tells")

    def test_erased_words_that_are_put_back_are_found(self, whole: Record, erased: Record) -> None:
        with whole.open() as before:
            body, kept, _ = payload(before, 1)
            assert body["text"] == "SIMPEG mati"
        with erased.open() as copy:
            own, _, _ = payload(copy, 1)
            assert own["text"].keys() == {"sealed"}
            copy.sets("journal_payloads", copy.chain(FIRST), 1, body=json.dumps({**own, "text": body["text"]}))
            copy.sets("journal_payloads", copy.chain(FIRST), 1, secrets=json.dumps(kept))
            assert copy.finds()[:2] == (FIRST, 1)


class TestTheAct:
    """What `erase_words` leaves behind."""

    @pytest.mark.parametrize("name", NAMES)
    def test_all_but_the_words_is_proved_and_the_status_says_so(self, bureau: Bureau, name: str) -> None:
        case = lives(bureau)
        told = erases(bureau, name, case)
        found = bureau.work(lambda records: verify(records.session))
        assert (found.first, found.status) == (None, 3)
        assert found.erased > 0
        entry = bureau.entries(case)[-1]
        assert (entry.sequence, entry.action, entry.capacity) == (told, "erase", "system")
        assert entry.payload is not None
        body: Any = entry.payload.body
        assert (body["because"], body["person"]) == ("permintaan pemilik data", bureau[name].id)
        hashes = {one.sequence: one.hash.hex() for one in bureau.entries(case)}
        assert all(hashes[one["sequence"]] == one["hash"] for one in body["entries"])

    def test_everybody_in_turn_leaves_no_word_anywhere(self, bureau: Bureau) -> None:
        case = lives(bureau)
        bureau.work(lambda records: records.session.execute(update(Notice).values(state=NoticeState.SENT)))
        for name in NAMES:
            erases(bureau, name, case)
        found = bureau.work(lambda records: verify(records.session))
        assert (found.first, found.status) == (None, 3)
        with Record.of(bureau.engine).open() as copy:
            dump = "\n".join(copy.connection.iterdump())
        for words in SAID:
            assert words not in dump, words
        assert "Printer macet" in dump, "what belongs to another case stays"

    def test_a_second_time_there_is_nothing_to_erase(self, bureau: Bureau) -> None:
        case = lives(bureau)
        assert erases(bureau, "budi", case) is not None
        length = len(bureau.entries(case))
        assert erases(bureau, "budi", case) is None
        assert len(bureau.entries(case)) == length

    def test_words_that_an_open_case_needs_stay(self, bureau: Bureau) -> None:
        says_much(bureau)
        with pytest.raises(ValueError, match="is open"):
            erases(bureau, "budi")

    def test_a_record_from_before_seals_is_proved_by_what_the_erasure_tells(self, whole: Record) -> None:
        with whole.open() as copy:
            _as_of(copy, 2)
            erases(_bureau_of(copy), "budi")
            assert (copy.verify().first, copy.verify().status) == (None, 3)
            left, _, salt = payload(copy, 1)
            assert salt == bytes(16), "the digest covers the words, and its salt would let somebody try some"
            assert left["text"] == {"erased": True}
            copy.sets("journal_payloads", copy.chain(FIRST), 1, body=json.dumps({**left, "confidential": True}))
            reason = f"what is left of its payload is not what entry {copy.length(FIRST)} tells"
            assert copy.finds() == (FIRST, 1, reason)


RULES: list[Rules] = []


@pytest.fixture(autouse=True)
def _rules(bureau: Bureau) -> None:
    RULES[:] = [bureau.rules]


def _as_of(copy: Copy, version: int) -> None:
    for (subject,) in copy.do("SELECT subject FROM journal_chains"):
        copy.rewrites(subject, lambda *_: None, version=version)


def _bureau_of(copy: Copy) -> Bureau:
    engine: Engine = create_engine("sqlite://", creator=lambda: copy.connection, poolclass=StaticPool)
    bureau = Bureau(engine, RULES[0])
    bureau.at = MONDAY.replace(year=2027)
    with Session(engine) as session:
        assert verify(session).verifies
    return bureau
