"""Where two rules meet: what goes up and what is asked of others, what is undone, proposed, renamed, or lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.administration import appointment, seconding
from models.administration.posts import adopt_posts, rename_posts
from models.administration.undoing import reinstate
from models.case.draft import DispositionDraft
from models.mail.card import Card, CardKind
from models.mail.notice import NoticeKind
from models.office.proposal import AdminProposal, ProposalKind
from models.office.tenure import Tenure
from tests.models.administration.leave import FRI, MON, comes, leaves_to, person
from tests.models.case.test_copies import copied, reads
from tests.models.case.test_empty_chairs import at_step, holds, is_over, relieves, sits
from tests.models.chase.test_escalation import blocks

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def relieves_in_chat(bureau: Bureau, name: str, post: str) -> None:
    bureau.work(
        lambda records: appointment.relieve(
            records, person(records, bureau, name), post, by=person(records, bureau, "dewi")
        )
    )


def undoes(bureau: Bureau, name: str, post: str) -> None:
    theirs = select(Tenure.id).where(Tenure.person_id == bureau[name].id, Tenure.post == post)

    def undo(records: Records) -> None:
        ended = records.session.scalars(theirs.where(Tenure.ends_at.is_not(None)).order_by(Tenure.id.desc())).first()
        assert ended is not None
        reinstate(records, ended, by=person(records, bureau, "dewi"))

    bureau.work(undo)


def proposes(bureau: Bureau, kind: ProposalKind, name: str) -> list[str | None]:
    """Let Dewi propose something; returns who is asked to agree."""

    def propose(records: Records) -> list[int]:
        asked = seconding.propose(records, kind, person(records, bureau, name), by=person(records, bureau, "dewi"))
        return [one.id for one in asked.people]

    return [bureau.named(one) for one in bureau.work(propose)]


def agrees(bureau: Bureau, name: str) -> None:
    """Let somebody agree to the newest proposal."""

    def agree(records: Records) -> None:
        newest = records.session.scalars(select(AdminProposal.id).order_by(AdminProposal.id.desc())).first()
        assert newest is not None
        seconding.decide(records, newest, by=person(records, bureau, name), agrees=True)

    bureau.work(agree)


def shown(bureau: Bureau, kind: CardKind) -> list[str | None]:
    """Return whose chats have living cards of this kind."""
    found = select(Card.person_id).where(Card.kind == kind, Card.live).order_by(Card.id)
    return [bureau.named(one) for one in bureau.work(lambda records: records.session.scalars(found).all())]


def renames(bureau: Bureau, former: str, code: str) -> None:
    posts = [
        replace(
            post,
            code=code if post.code == former else post.code,
            formerly=former if post.code == former else None,
            superior=code if post.superior == former else post.superior,
        )
        for post in bureau.rules.office.posts
    ]
    bureau.rules = replace(bureau.rules, office=replace(bureau.rules.office, posts=tuple(posts)))
    bureau.work(adopt_posts)
    bureau.work(rename_posts)


def test_who_is_made_an_admin_by_two_gets_the_cards_that_only_admins_decide(bureau: Bureau) -> None:
    bureau.rules = replace(bureau.rules, office=replace(bureau.rules.office, deputy=None))
    bureau.hires("eko", "Eko Admin", admin=True)
    relieves(bureau, "bambang", "kakanwil")
    case_id = bureau.begins("budi")
    task = bureau.task(case_id)
    assert proposes(bureau, ProposalKind.MAKE_ADMIN, "siti") == ["eko"]
    agrees(bureau, "eko")
    assert set(bureau.live(task.id)) == set(bureau.holders(case_id)) == {"dewi", "eko", "siti"}
    assert holds(bureau)


def test_a_proposal_made_again_reaches_who_may_agree_by_now(bureau: Bureau) -> None:
    bureau.hires("eko", "Eko Admin", admin=True)
    assert proposes(bureau, ProposalKind.MAKE_ADMIN, "siti") == ["eko"]
    bureau["eko"].is_unbound()
    bureau["eko"].comes_back()
    assert shown(bureau, CardKind.PROPOSAL) == []
    assert proposes(bureau, ProposalKind.MAKE_ADMIN, "siti") == ["eko"]
    assert shown(bureau, CardKind.PROPOSAL) == ["eko"]
    assert proposes(bureau, ProposalKind.MAKE_ADMIN, "siti") == ["eko"]
    assert shown(bureau, CardKind.PROPOSAL) == ["eko"]


def test_a_request_for_more_time_goes_to_the_next_above_when_the_sweep_raises_its_task(bureau: Bureau) -> None:
    case_id = at_step(bureau, 3)
    request_id = bureau["hendra"].asks_for_more_time(case_id)
    task = bureau.task(case_id)
    assert bureau.live(task.id, CardKind.EXTENSION) == ["siti"]
    blocks(bureau, "hendra")
    is_over(bureau, case_id)
    assert sits(bureau, case_id)[0] == "kadiv"
    assert bureau.live(task.id, CardKind.EXTENSION) == ["bambang"]
    bureau["bambang"].grants(request_id)
    assert holds(bureau)


def test_a_copy_that_nobody_has_read_comes_again_after_a_lost_phone(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task_id = copied(bureau, case_id, "bambang", "kabag-p2l")
    bureau["hendra"].is_unbound()
    assert bureau.live(task_id, CardKind.COPY) == []
    bureau["hendra"].comes_back()
    assert bureau.live(task_id, CardKind.COPY) == ["hendra"]
    assert reads(bureau, task_id, "hendra")
    bureau["hendra"].is_unbound()
    bureau["hendra"].comes_back()
    assert bureau.live(task_id, CardKind.COPY) == []


def test_the_card_of_a_copy_is_drawn_again_when_its_reader_leaves_the_post_and_comes_back(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", confidential=True)
    task_id = copied(bureau, case_id, "bambang", "kabag-p2l")

    def drawn() -> int:
        found = bureau.notices(NoticeKind.REFRESH)
        return sum(one.task_id == task_id and one.person_id == bureau["hendra"].id for one in found)

    before = drawn()
    relieves_in_chat(bureau, "hendra", "kabag-p2l")
    assert drawn() == before + 1
    bureau.passes(timedelta(minutes=5))
    undoes(bureau, "hendra", "kabag-p2l")
    assert drawn() == before + 2
    assert reads(bureau, task_id, "hendra")


def test_a_plh_whose_end_was_undone_decides_and_the_record_proves_it(bureau: Bureau) -> None:
    leaves_to(bureau, "hendra", "maria", MON, FRI)
    comes(bureau, MON)
    case_id = at_step(bureau, 3)
    relieves_in_chat(bureau, "maria", "kabag-p2l")
    undoes(bureau, "maria", "kabag-p2l")
    assert bureau.holders(case_id) == ["maria"]
    bureau["maria"].forwards(case_id)
    assert holds(bureau)


def test_what_others_are_asked_and_told_goes_along_when_a_post_is_renamed(bureau: Bureau) -> None:
    decided = bureau.begins("budi")
    task_id = copied(bureau, decided, "bambang", "kabag-p2l")
    waiting = bureau.begins("budi")
    asked = bureau["bambang"].consults(waiting, post="kabag-p2l")

    def draft(records: Records) -> None:
        found = records.disposition_draft(person(records, bureau, "bambang"), records.case(waiting).case.tasks[-1])
        found.copies, found.consult_post = ["kadiv", "kabag-p2l", f"kabag-p2l@{bureau['hendra'].id}"], "kabag-p2l"

    bureau.work(draft)
    renames(bureau, "kabag-p2l", "kabag-umum")
    kept = bureau.work(lambda records: records.session.scalars(select(DispositionDraft)).one())
    assert kept.consult_post == "kabag-umum"
    assert kept.copies == ["kadiv", "kabag-umum", f"kabag-umum@{bureau['hendra'].id}"]
    assert reads(bureau, task_id, "hendra")
    bureau["hendra"].advises(asked)
    assert holds(bureau)


def test_a_proposal_for_a_post_goes_along_when_the_post_is_renamed(bureau: Bureau) -> None:
    bureau.hires("eko", "Eko Admin", admin=True)
    relieves(bureau, "hendra", "kabag-p2l")

    def propose(records: Records) -> None:
        data = {"post": "kabag-p2l", "decree": "SK-1", "decree_day": "2026-11-20"}
        dewi = person(records, bureau, "dewi")
        seconding.propose(records, ProposalKind.ACT_PLT, dewi, by=dewi, data=data)

    bureau.work(propose)
    renames(bureau, "kabag-p2l", "kabag-umum")
    agrees(bureau, "eko")
    assert "kabag-umum" in bureau.work(lambda records: records.lock_office().posts_of(person(records, bureau, "dewi")))
    assert holds(bureau)
