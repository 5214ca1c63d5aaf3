"""What somebody is in the middle of writing survives, one thing at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from models.case.draft import DispositionDraft
from models.case.evaluation import Evaluation, Part
from models.mail.conversation import Conversation, Expects

if TYPE_CHECKING:
    from tests.models.bureau import Bureau


def test_a_conversation_expects_one_thing_and_forgets_the_rest(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.task(case_id)
    with bureau.transaction() as records:
        records.conversation(1003).expect(Expects.EVALUATION_PART, task_id=task.id, part="cause")
    with bureau.transaction() as records:
        kept = records.conversation(1003)
        assert (kept.expects, kept.task_id, kept.part) == (Expects.EVALUATION_PART, task.id, "cause")
        kept.expect(Expects.NOTE)
        assert (kept.task_id, kept.part) == (None, ""), "nothing of the earlier is left over"
        kept.settle()
    with bureau.transaction() as records:
        assert records.conversation(1003).expects is Expects.NOTHING
        assert len(records.session.scalars(select(Conversation)).all()) == 1


def test_each_official_prepares_their_own_disposition(bureau: Bureau) -> None:
    bureau["andi"].takes("kakanwil")
    case_id = bureau.begins("budi")
    for name, note in (("bambang", "Prioritas."), ("andi", "Pelajari.")):
        with bureau.transaction() as records:
            person = next(one for one in records.lock_office().holders("kakanwil") if one.id == bureau[name].id)
            task = records.case(case_id).case.tasks[0]
            records.disposition_draft(person, task).note = note
            records.disposition_draft(person, task).instructions = ["Tindak lanjuti"]
    with bureau.transaction() as records:
        notes = records.session.scalars(select(DispositionDraft.note).order_by(DispositionDraft.id)).all()
    assert notes == ["Prioritas.", "Pelajari."]


def test_a_revision_begins_with_the_words_before_it(bureau: Bureau) -> None:
    first = Evaluation.after(None, author_id=1, at=bureau.at)
    assert (first.revision, first.missing) == (1, tuple(Part))
    for part in Part:
        first.write(part, f"Isi {part.value}", at=bureau.at)
    assert first.missing == ()
    second = Evaluation.after(first, author_id=2, at=bureau.at)
    assert (second.revision, second.parts) == (2, first.parts)
    assert second.changed_since(first) == ()
    second.write(Part.RESULT, "Lain", at=bureau.at)
    second.write(Part.FINDINGS, "", at=bureau.at)
    assert second.changed_since(first) == (Part.FINDINGS, Part.RESULT)
    assert second.missing == (Part.FINDINGS,)
    assert first.text(Part.RESULT) == "Isi result"
