"""Becoming a person of the office, by the rules alone: who needs an admin's word, and what each step leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.administration import admission, appointment, consent
from models.journal.chain import Entry
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.mail.correspondence import About
from models.mail.notice import Notice, NoticeKind
from models.office.invitation import VALIDITY, ExpectedPerson, Invite, InviteKind
from models.office.person import Person
from models.office.registration import Registration
from models.refusals import (
    AlreadyRegistered,
    CandidateGone,
    CardOutOfDate,
    InviteInvalid,
    NipTaken,
    NotAdmin,
    NotForOneself,
    OthersMustAgree,
)
from models.repository.office_lock import locked_office_chain
from models.rules.errors import UnknownPost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.repository.records import Records
    from tests.models.bureau import Bureau

EKA = 9001
NIP = "197001011995032002"
MINUTE = timedelta(minutes=1)


def code_for(
    bureau: Bureau, kind: InviteKind, post: str | None = None, *, by: str | None = None, nip: str | None = None
) -> str:
    """Issue an invite, and show it to its admin as the bot does."""

    def issue(records: Records) -> str:
        admin = person(records, bureau, by) if by else None
        invite = admission.invite(records, kind, post=post, nip=nip, by=admin)
        if admin is not None and admin.account_id is not None:
            records.show(CardKind.INVITATION, admin.account_id, person=admin, about=About(invite_id=invite.id))
        return invite.renew()

    return bureau.work(issue)


def person(records: Records, bureau: Bureau, name: str) -> Person:
    return records.session.get_one(Person, bureau[name].id)


def claims(bureau: Bureau, code: str, account: int = EKA) -> tuple[Registration, Invite]:
    return bureau.work(lambda records: admission.claim(records, code, account))


def gives(bureau: Bureau, nip: str = NIP, name: str = "Eka Sumual", *, account: int = EKA) -> None:
    def give(records: Records) -> None:
        registration = records.session.get_one(Registration, account)
        registration.nip, registration.name = nip, name

    bureau.work(give)


def confirms(bureau: Bureau, account: int = EKA) -> Person | None:
    def complete(records: Records) -> Person | None:
        return admission.complete(records, records.session.get_one(Registration, account))

    return bureau.work(complete)


def joins(
    bureau: Bureau,
    kind: InviteKind,
    post: str | None = None,
    *,
    nip: str = NIP,
    name: str = "Eka Sumual",
    account: int = EKA,
    named: bool = True,
) -> Person | None:
    """Open an invite, give NIP and name, confirm; None while an admin must decide.

    An invite for a post or an admin names the person, unless it is not to be `named`.
    """
    for_whom = nip if named and kind is not InviteKind.OFFICE else None
    claims(bureau, code_for(bureau, kind, post, nip=for_whom), account)
    gives(bureau, nip, name, account=account)
    return confirms(bureau, account)


def mark_of(bureau: Bureau, account: int = EKA) -> str:
    def read(records: Records) -> str:
        registration = admission.candidate(records, account)
        known = consent.namesake(records, registration)
        return admission.mark(records.lock_office(), registration, known, listed="")

    return bureau.work(read)


def accepts(bureau: Bureau, *, by: str = "dewi", shown: str | None = None) -> Person:
    mark = mark_of(bureau) if shown is None else shown
    return bureau.work(lambda records: admission.accept(records, EKA, mark, by=person(records, bureau, by)))


def rejects(bureau: Bureau, *, by: str = "dewi", shown: str | None = None) -> Registration:
    mark = mark_of(bureau) if shown is None else shown
    return bureau.work(lambda records: admission.reject(records, EKA, mark, by=person(records, bureau, by)))


def journal(bureau: Bureau, count: int) -> list[tuple[str, int | None, str, dict[str, Any]]]:
    """Return the last entries of the office's chain: action, actor, capacity, payload."""

    def read(records: Records) -> list[tuple[str, int | None, str, dict[str, Any]]]:
        entries = locked_office_chain(records.session).entries.select().options(joinedload(Entry.payload))
        found: Sequence[Entry] = records.session.scalars(entries.order_by(Entry.sequence)).all()[-count:]
        assert all(one.at == bureau.at for one in found)
        return [(one.action, one.actor_id, one.capacity, (one.payload and one.payload.body) or {}) for one in found]

    return bureau.work(read)


def cards(bureau: Bureau, kind: CardKind) -> list[Card]:
    return bureau.work(lambda records: list(records.session.scalars(select(Card).where(Card.kind == kind))))


def nip_of(bureau: Bureau, name: str) -> str:
    return bureau.work(lambda records: person(records, bureau, name).nip)


class TestAnInvite:
    def test_it_is_journaled_with_who_issued_it(self, bureau: Bureau) -> None:
        code_for(bureau, InviteKind.POST, "kadiv", by="dewi")
        code_for(bureau, InviteKind.OFFICE)
        first, second = bureau.work(lambda records: records.session.scalars(select(Invite).order_by(Invite.id)).all())
        assert journal(bureau, 2) == [
            ("invite", bureau["dewi"].id, "admin", {"invite": first.id, "kind": "post", "post": "kadiv"}),
            ("invite", None, "system", {"invite": second.id, "kind": "office"}),
        ]
        assert (first.kind, first.post, first.issued_at) == (InviteKind.POST, "kadiv", bureau.at)

    def test_it_is_for_a_post_the_office_has_and_issued_by_an_admin(self, bureau: Bureau) -> None:
        with pytest.raises(UnknownPost) as unknown:
            code_for(bureau, InviteKind.POST, "juru-kunci")
        assert unknown.value.post == "juru-kunci"
        with pytest.raises(NotAdmin):
            code_for(bureau, InviteKind.ADMIN, by="budi")

    def test_what_the_office_has_no_more_it_does_not_give(self, bureau: Bureau) -> None:
        code = code_for(bureau, InviteKind.POST, "kadiv")
        office = bureau.rules.office
        left = tuple(post for post in office.posts if post.code != "kadiv")
        bureau.rules = replace(bureau.rules, office=replace(office, posts=left))
        with pytest.raises(InviteInvalid):
            claims(bureau, code)


class TestBeginning:
    def test_a_claim_begins_a_registration_and_is_journaled(self, bureau: Bureau) -> None:
        registration, invite = claims(bureau, code_for(bureau, InviteKind.POST, "kadiv"))
        assert (registration.account_id, registration.invite_id, registration.begun_at) == (EKA, invite.id, bureau.at)
        assert (registration.nip, registration.name, registration.waits_since) == (None, None, None)
        assert (invite.claimed_by_account_id, invite.claimed_at) == (EKA, bureau.at)
        assert journal(bureau, 1) == [("claim-invite", None, "person", {"invite": invite.id, "kind": "post"})]

    def test_an_unknown_code_opens_nothing(self, bureau: Bureau) -> None:
        with pytest.raises(InviteInvalid):
            claims(bureau, "tebakan")

    def test_coming_back_to_the_same_invite_keeps_what_was_given_and_is_not_journaled_again(
        self, bureau: Bureau
    ) -> None:
        code = code_for(bureau, InviteKind.POST, "kadiv")
        claims(bureau, code)
        gives(bureau)
        bureau.passes(MINUTE)
        registration, invite = claims(bureau, code)
        assert (registration.nip, registration.name, registration.begun_at) == (NIP, "Eka Sumual", bureau.at)
        assert invite.claimed_at == bureau.at - MINUTE
        bureau.passes(-MINUTE)
        assert [action for action, *_ in journal(bureau, 2)] == ["invite", "claim-invite"]

    def test_a_name_without_a_nip_is_asked_for_again(self, bureau: Bureau) -> None:
        code = code_for(bureau, InviteKind.POST, "kadiv")
        claims(bureau, code)

        def only_a_name(records: Records) -> None:
            records.session.get_one(Registration, EKA).name = "Eka"

        bureau.work(only_a_name)
        registration, _ = claims(bureau, code)
        assert registration.name is None

    def test_another_invite_takes_the_place_of_the_first(self, bureau: Bureau) -> None:
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv"))
        gives(bureau)
        registration, invite = claims(bureau, code_for(bureau, InviteKind.OFFICE))
        assert registration.invite_id == invite.id
        assert registration.nip == NIP, "what was given is not asked for twice"
        assert journal(bureau, 1) == [("claim-invite", None, "person", {"invite": invite.id, "kind": "office"})]

    def test_a_known_person_need_only_confirm(self, bureau: Bureau) -> None:
        account = bureau.work(lambda records: person(records, bureau, "budi").account_id)
        assert account is not None
        registration, invite = claims(bureau, code_for(bureau, InviteKind.POST, "kadiv"), account)
        assert (registration.nip, registration.name) == (nip_of(bureau, "budi"), "Budi Santoso")
        assert journal(bureau, 1) == [
            ("claim-invite", bureau["budi"].id, "person", {"invite": invite.id, "kind": "post"})
        ]

    def test_the_offices_link_gives_a_known_person_nothing(self, bureau: Bureau) -> None:
        account = bureau.work(lambda records: person(records, bureau, "budi").account_id)
        assert account is not None
        with pytest.raises(AlreadyRegistered) as refusal:
            claims(bureau, code_for(bureau, InviteKind.OFFICE), account)
        assert refusal.value.name == "Budi Santoso"


class TestWaiting:
    def test_a_candidate_is_shown_to_the_admins_and_journaled(self, bureau: Bureau) -> None:
        bureau.hires("eko", "Eko Lumban", admin=True)
        bureau.hires("lama", "Lama Tanpa Akun", admin=True, account=False)
        assert joins(bureau, InviteKind.OFFICE) is None
        shown = cards(bureau, CardKind.CANDIDATE)
        assert [(bureau.named(one.person_id), one.account_id, one.live) for one in shown] == [
            ("dewi", EKA, True),
            ("eko", EKA, True),
        ]
        (registration,) = bureau.work(admission.candidates)
        assert (registration.account_id, registration.waits_since) == (EKA, bureau.at)
        assert journal(bureau, 1) == [("await-admin", None, "person", {"invite": registration.invite_id})]

    def test_opening_the_link_again_changes_nothing_while_one_waits(self, bureau: Bureau) -> None:
        code = code_for(bureau, InviteKind.OFFICE)
        claims(bureau, code)
        gives(bureau)
        confirms(bureau)
        since, mark = bureau.at, mark_of(bureau)
        bureau.passes(MINUTE)
        registration, _ = claims(bureau, code)
        assert registration.waits_since == since
        assert mark_of(bureau) == mark
        assert [one.live for one in cards(bureau, CardKind.CANDIDATE)] == [True]

    def test_opening_another_invite_takes_back_what_waits(self, bureau: Bureau) -> None:
        joins(bureau, InviteKind.OFFICE)
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv"))
        assert bureau.work(admission.candidates) == []
        assert [(one.live, one.face) for one in cards(bureau, CardKind.CANDIDATE)] == [(False, Face.WITHDRAWN)]

    def test_the_longest_waiting_is_named_first(self, bureau: Bureau) -> None:
        for account, nip in ((9003, "03"), (9002, "02"), (9004, "04")):
            if account == 9004:
                bureau.passes(-MINUTE)
            joins(bureau, InviteKind.OFFICE, nip=NIP[:-2] + nip, account=account)
        assert [one.account_id for one in bureau.work(admission.candidates)] == [9004, 9002, 9003]

    def test_who_does_not_wait_is_no_candidate(self, bureau: Bureau) -> None:
        with pytest.raises(CandidateGone):
            bureau.work(lambda records: admission.candidate(records, EKA))
        claims(bureau, code_for(bureau, InviteKind.OFFICE))
        with pytest.raises(CandidateGone):
            bureau.work(lambda records: admission.candidate(records, EKA))

    def test_a_registration_that_came_to_its_end_is_not_confirmed(self, bureau: Bureau) -> None:
        registration, _ = claims(bureau, code_for(bureau, InviteKind.POST, "kadiv"))
        bureau.work(lambda records: records.session.delete(records.session.get_one(Registration, EKA)))
        with pytest.raises(CardOutOfDate):
            bureau.work(lambda records: admission.complete(records, registration))

    def test_an_invite_that_has_expired_meanwhile_gives_nothing(self, bureau: Bureau) -> None:
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv"))
        gives(bureau)
        bureau.passes(VALIDITY)
        with pytest.raises(InviteInvalid):
            confirms(bureau)


class TestWhoNeedsAnAdminsWord:
    @pytest.mark.parametrize(("kind", "post"), [(InviteKind.POST, "kadiv"), (InviteKind.ADMIN, None)])
    def test_nobody_new_does_with_an_invite_that_names_them(
        self, bureau: Bureau, kind: InviteKind, post: str | None
    ) -> None:
        assert joins(bureau, kind, post) is not None

    @pytest.mark.parametrize(("kind", "post"), [(InviteKind.POST, "kadiv"), (InviteKind.ADMIN, None)])
    def test_everybody_does_with_an_invite_that_names_nobody(
        self, bureau: Bureau, kind: InviteKind, post: str | None
    ) -> None:
        assert joins(bureau, kind, post, named=False) is None
        account = bureau.work(lambda records: person(records, bureau, "budi").account_id)
        assert account is not None
        claims(bureau, code_for(bureau, kind, post), account)
        assert confirms(bureau, account) is None
        bureau["siti"].loses_account()
        assert joins(bureau, kind, post, nip=nip_of(bureau, "siti"), account=9002, named=False) is None
        assert bureau.work(lambda records: records.lock_office().posts_of(person(records, bureau, "siti"))) == ["kadiv"]

    def test_an_invite_that_names_somebody_else_does_not_help(self, bureau: Bureau) -> None:
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv", nip=NIP[:-1] + "3"))
        gives(bureau)
        assert confirms(bureau) is None

    def test_the_first_admin_does_not(self, bureau: Bureau) -> None:
        bureau["dewi"].loses_account()
        assert joins(bureau, InviteKind.ADMIN, named=False) is not None

    @pytest.mark.parametrize(("post", "alone"), [("kadiv", False), ("jft-prakom", True)])
    def test_the_admin_who_issued_the_invite_does_not_take_a_post_from_its_holder_alone(
        self, bureau: Bureau, post: str, *, alone: bool
    ) -> None:
        bureau.hires("eko", "Eko Lumban", admin=True)
        claims(bureau, code_for(bureau, InviteKind.POST, post, by="dewi"))
        gives(bureau)
        assert confirms(bureau) is None
        if alone:
            accepts(bureau, by="dewi")
            return
        with pytest.raises(OthersMustAgree):
            accepts(bureau, by="dewi")
        assert accepts(bureau, by="eko").account_id == EKA

    @pytest.mark.parametrize(("other", "post"), [("siti", "kadiv"), ("bambang", "kadiv"), ("bambang", "kakanwil")])
    def test_of_an_only_admins_invite_the_holder_or_the_superior_accepts_who_used_it(
        self, bureau: Bureau, other: str, post: str
    ) -> None:
        claims(bureau, code_for(bureau, InviteKind.POST, post, by="dewi"))
        gives(bureau)
        assert confirms(bureau) is None
        shown = {bureau.named(one.person_id) for one in cards(bureau, CardKind.CANDIDATE)}
        assert shown == {"dewi", "bambang", *(["siti"] if post == "kadiv" else [])}
        with pytest.raises(OthersMustAgree) as refused:
            accepts(bureau, by="dewi")
        assert refused.value.count == len(shown) - 1
        assert "Bambang Wijaya" in refused.value.names
        with pytest.raises(NotAdmin):
            accepts(bureau, by="hendra")
        with pytest.raises(NotAdmin):
            rejects(bureau, by=other)
        assert accepts(bureau, by=other).account_id == EKA
        assert bureau.work(lambda records: records.lock_office().posts_of(records.known(EKA))) == [post]
        assert {one.face for one in cards(bureau, CardKind.CANDIDATE)} == {Face.ACCEPTED}
        assert not any(one.live for one in cards(bureau, CardKind.CANDIDATE)), "also that of the displaced holder"
        assert ("accept-candidate", bureau[other].id, "person") in [entry[:3] for entry in journal(bureau, 2)]

    def test_where_nobody_else_can_be_asked_an_only_admin_takes_no_post_from_its_holder(self, bureau: Bureau) -> None:
        bureau["bambang"].loses_account()
        claims(bureau, code_for(bureau, InviteKind.POST, "kakanwil", by="dewi"))
        gives(bureau)
        assert confirms(bureau) is None
        with pytest.raises(OthersMustAgree) as refused:
            accepts(bureau, by="dewi")
        assert (refused.value.names, refused.value.count) == ("", 0)
        assert rejects(bureau, by="dewi").nip is None

    def test_the_other_admin_as_a_candidate_is_nobody_who_could_agree(self, bureau: Bureau) -> None:
        eko = bureau.hires("eko", "Eko Lumban", admin=True)
        account = bureau.work(lambda records: person(records, bureau, "eko").account_id)
        assert account is not None
        claims(bureau, code_for(bureau, InviteKind.POST, "kakanwil", by="dewi"), account)
        assert confirms(bureau, account) is None
        mark = mark_of(bureau, account)
        for by, refusal in (("dewi", OthersMustAgree), ("eko", NotForOneself)):
            with pytest.raises(refusal):
                bureau.work(lambda records: admission.accept(records, account, mark, by=person(records, bureau, by)))  # noqa: B023
        bureau.work(lambda records: admission.accept(records, account, mark, by=person(records, bureau, "bambang")))
        assert bureau.work(lambda records: [one.id for one in records.lock_office().holders("kakanwil")]) == [eko.id]

    def test_a_holder_or_a_superior_who_issued_the_invite_gives_the_post_themselves(self, bureau: Bureau) -> None:
        bureau["dewi"].takes("kabag-p2l")
        claims(bureau, code_for(bureau, InviteKind.POST, "kasubbag-humas", by="dewi"))
        gives(bureau)
        assert confirms(bureau) is None
        assert accepts(bureau, by="dewi").account_id == EKA

    @pytest.mark.parametrize(("post", "waits"), [("kadiv", True), ("jft-prakom", False)])
    def test_a_nip_that_an_admin_names_takes_no_post_alone(self, bureau: Bureau, post: str, *, waits: bool) -> None:
        claims(bureau, code_for(bureau, InviteKind.POST, post, by="dewi", nip=NIP))
        gives(bureau)
        assert (confirms(bureau) is None) is waits

    def test_an_admin_who_names_herself_waits_for_another(self, bureau: Bureau) -> None:
        bureau["siti"].leaves("kadiv")
        account = bureau.work(lambda records: person(records, bureau, "dewi").account_id)
        assert account is not None
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv", by="dewi", nip=nip_of(bureau, "dewi")), account)
        assert confirms(bureau, account) is None

    def test_a_vacant_post_is_the_admins_to_give(self, bureau: Bureau) -> None:
        bureau["siti"].leaves("kadiv")
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv", by="dewi"))
        gives(bureau)
        assert confirms(bureau) is None
        assert [bureau.named(one.person_id) for one in cards(bureau, CardKind.CANDIDATE)] == ["dewi"]
        assert accepts(bureau, by="dewi").account_id == EKA
        assert "alert-appointed" in bureau.codes("bambang")

    @pytest.mark.parametrize(("post", "holder", "count"), [("kadiv", "siti", 1), ("kakanwil", "bambang", 0)])
    def test_an_admin_who_ended_the_holders_time_does_not_fill_the_post_alone(
        self, bureau: Bureau, post: str, holder: str, count: int
    ) -> None:
        def relieves(records: Records) -> None:
            admin = person(records, bureau, "dewi")
            appointment.relieve(records, person(records, bureau, holder), post, by=admin)

        bureau.work(relieves)
        claims(bureau, code_for(bureau, InviteKind.POST, post, by="dewi"))
        gives(bureau)
        assert confirms(bureau) is None
        with pytest.raises(OthersMustAgree) as refused:
            accepts(bureau, by="dewi")
        assert refused.value.count == count
        with pytest.raises(NotAdmin):
            accepts(bureau, by=holder)
        bureau.hires("eko", "Eko Lumban", admin=True)
        assert accepts(bureau, by="bambang" if count else "eko").account_id == EKA

    def test_after_a_tenure_that_the_operator_ended_the_admin_fills_the_post(self, bureau: Bureau) -> None:
        bureau.work(lambda records: appointment.relieve(records, person(records, bureau, "siti"), "kadiv"))
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv", by="dewi"))
        gives(bureau)
        confirms(bureau)
        assert accepts(bureau, by="dewi").account_id == EKA

    def test_a_holder_who_leaves_meanwhile_is_not_asked_any_more(self, bureau: Bureau) -> None:
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv", by="dewi"))
        gives(bureau)
        confirms(bureau)
        bureau["siti"].leaves("kadiv")
        with pytest.raises(NotAdmin):
            accepts(bureau, by="siti")

    def test_an_invite_for_a_post_that_left_the_office_file_is_accepted_without_it(self, bureau: Bureau) -> None:
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv", by="dewi"))
        gives(bureau)
        confirms(bureau)
        office = bureau.rules.office
        kept = tuple(post for post in office.posts if post.code != "kadiv")
        bureau.rules = replace(bureau.rules, office=replace(office, posts=kept))
        assert accepts(bureau, by="dewi").account_id == EKA
        assert bureau.work(lambda records: records.lock_office().posts_of(records.known(EKA))) == []

    def test_an_admin_does_as_everybody_and_does_not_decide_on_herself(self, bureau: Bureau) -> None:
        bureau.hires("eko", "Eko Lumban", admin=True)
        account = bureau.work(lambda records: person(records, bureau, "dewi").account_id)
        assert account is not None
        claims(bureau, code_for(bureau, InviteKind.POST, "kakanwil", by="dewi"), account)
        assert confirms(bureau, account) is None
        assert [bureau.named(one.person_id) for one in cards(bureau, CardKind.CANDIDATE)] == ["eko", "bambang"]
        mark = mark_of(bureau, account)
        with pytest.raises(NotForOneself):
            bureau.work(lambda records: admission.accept(records, account, mark, by=person(records, bureau, "dewi")))
        bureau.work(lambda records: admission.accept(records, account, mark, by=person(records, bureau, "eko")))
        assert bureau.work(lambda records: records.lock_office().posts_of(person(records, bureau, "dewi"))) == [
            "kakanwil"
        ]

    def test_with_the_offices_link_whoever_is_not_expected_does(self, bureau: Bureau) -> None:
        bureau.work(lambda records: records.session.add(ExpectedPerson(nip=NIP)))
        assert joins(bureau, InviteKind.OFFICE) is not None
        assert joins(bureau, InviteKind.OFFICE, nip=NIP[:-1] + "3", account=9002) is None

    def test_with_the_offices_link_whoever_is_known_does_even_if_expected(self, bureau: Bureau) -> None:
        bureau["budi"].loses_account()
        nip = nip_of(bureau, "budi")
        bureau.work(lambda records: records.session.add(ExpectedPerson(nip=nip)))
        assert joins(bureau, InviteKind.OFFICE, nip=nip) is None

    @pytest.mark.parametrize(("post", "alone"), [("kadiv", True), ("kabag-p2l", False)])
    def test_a_known_holder_does_not_with_an_invite_for_their_one_post(
        self, bureau: Bureau, post: str, *, alone: bool
    ) -> None:
        bureau["siti"].loses_account()
        found = joins(bureau, InviteKind.POST, post, nip=nip_of(bureau, "siti"))
        assert (found is not None) == alone

    def test_a_known_holder_of_more_posts_does(self, bureau: Bureau) -> None:
        bureau["siti"].takes("kabag-p2l")
        bureau["siti"].loses_account()
        assert joins(bureau, InviteKind.POST, "kadiv", nip=nip_of(bureau, "siti")) is None

    def test_a_known_admin_does_even_for_their_one_post(self, bureau: Bureau) -> None:
        bureau["dewi"].takes("kadiv")
        bureau["siti"].leaves("kadiv")
        bureau["dewi"].loses_account()
        assert joins(bureau, InviteKind.POST, "kadiv", nip=nip_of(bureau, "dewi")) is None

    def test_a_known_person_does_with_an_invite_for_an_admin_while_there_is_an_admin(self, bureau: Bureau) -> None:
        bureau["budi"].loses_account()
        assert joins(bureau, InviteKind.ADMIN, nip=nip_of(bureau, "budi")) is None

    def test_a_known_person_does_not_while_there_is_no_admin(self, bureau: Bureau) -> None:
        bureau["dewi"].loses_account()
        assert joins(bureau, InviteKind.ADMIN, nip=nip_of(bureau, "dewi")) is not None

    def test_whoever_comes_with_their_own_account_does_not(self, bureau: Bureau) -> None:
        account = bureau.work(lambda records: person(records, bureau, "siti").account_id)
        assert account is not None
        claims(bureau, code_for(bureau, InviteKind.ADMIN, nip=nip_of(bureau, "siti")), account)
        assert confirms(bureau, account) is not None

    def test_a_nip_whose_account_is_bound_is_taken(self, bureau: Bureau) -> None:
        with pytest.raises(NipTaken):
            joins(bureau, InviteKind.POST, "kadiv", nip=nip_of(bureau, "budi"))


class TestBecomingAPerson:
    def test_somebody_new_is_registered_as_they_said(self, bureau: Bureau) -> None:
        def speaks_english(records: Records) -> None:
            records.conversation(EKA, language="en-GB-oed")

        bureau.work(speaks_english)
        joins(bureau, InviteKind.POST, "kadiv")
        eka = bureau.work(lambda records: records.known(EKA))
        assert (eka.name, eka.nip, eka.account_id, eka.unit) == ("Eka Sumual", NIP, EKA, "")
        assert (eka.language, eka.is_admin, eka.registered_at, eka.unreachable_since) == ("en", False, bureau.at, None)

    def test_somebody_expected_bears_the_name_and_unit_on_the_list(self, bureau: Bureau) -> None:
        expected = ExpectedPerson(nip=NIP, name="Eka Sumual, S.Kom.", unit="Divisi Administrasi")
        bureau.work(lambda records: records.session.add(expected))
        joins(bureau, InviteKind.OFFICE)
        eka = bureau.work(lambda records: records.known(EKA))
        assert (eka.name, eka.unit) == ("Eka Sumual, S.Kom.", "Divisi Administrasi")

    def test_a_post_is_given_announced_and_journaled(self, bureau: Bureau) -> None:
        joins(bureau, InviteKind.POST, "kadiv")
        eka = bureau.work(lambda records: records.known(EKA))
        invite = bureau.work(lambda records: records.session.scalars(select(Invite)).one())
        assert bureau.work(lambda records: records.lock_office().posts_of(records.known(EKA))) == ["kadiv"]
        assert bureau.codes("dewi") == bureau.codes("bambang") == ["alert-appointed"], "the admin and the superior"
        told, _ = bureau.notices(NoticeKind.ALERT)
        assert told.body["data"] == {"name": "Eka Sumual", "post": "Kepala Divisi Administrasi"}
        assert told.owed_at == bureau.at
        register, *_ = journal(bureau, 3)
        assert register == ("register", eka.id, "person", {"invite": invite.id, "kind": "post"})

    def test_whoever_is_appointed_is_not_told_of_it_as_an_admin(self, bureau: Bureau) -> None:
        bureau.hires("eko", "Eko Lumban", admin=True)
        account = bureau.work(lambda records: person(records, bureau, "dewi").account_id)
        assert account is not None
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv", nip=nip_of(bureau, "dewi")), account)
        confirms(bureau, account)
        assert bureau.codes("dewi") == []
        assert bureau.codes("eko") == ["alert-appointed"]

    def test_an_admin_is_made_and_journaled_once(self, bureau: Bureau) -> None:
        joins(bureau, InviteKind.ADMIN)
        eka = bureau.work(lambda records: records.known(EKA))
        assert eka.is_admin
        assert journal(bureau, 1) == [("make-admin", eka.id, "person", {})]
        claims(bureau, code_for(bureau, InviteKind.ADMIN, nip=NIP))
        confirms(bureau)
        assert [action for action, *_ in journal(bureau, 3)] == ["invite", "claim-invite", "register"]

    def test_the_other_admins_hear_who_became_one_and_who_is_back_in_a_post(self, bureau: Bureau) -> None:
        joins(bureau, InviteKind.ADMIN)
        assert bureau.codes("dewi") == ["alert-admin-made"]
        bureau["siti"].loses_account()
        assert joins(bureau, InviteKind.OFFICE, nip=nip_of(bureau, "siti"), account=9002) is None
        mark = mark_of(bureau, 9002)
        bureau.work(lambda records: admission.accept(records, 9002, mark, by=person(records, bureau, "dewi")))
        assert bureau.codes("dewi")[-1] == bureau.codes("bambang")[-1] == "alert-appointed"

    def test_other_invites_make_no_admin(self, bureau: Bureau) -> None:
        joins(bureau, InviteKind.POST, "kadiv")
        assert not bureau.work(lambda records: records.known(EKA)).is_admin

    def test_the_registration_ends_and_what_was_being_written_is_settled(self, bureau: Bureau) -> None:
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv", nip=NIP))
        gives(bureau)

        def writing(records: Records) -> None:
            records.conversation(EKA).expect(Expects.NAME)

        bureau.work(writing)
        confirms(bureau)
        assert bureau.work(lambda records: records.registration(EKA)) is None
        assert bureau.work(lambda records: records.session.get_one(Conversation, EKA)).expects is Expects.NOTHING

    def test_an_invite_serves_once_and_the_offices_link_many(self, bureau: Bureau) -> None:
        bureau.work(lambda records: records.session.add(ExpectedPerson(nip=NIP)))
        joins(bureau, InviteKind.OFFICE)
        joins(bureau, InviteKind.POST, "kadiv", nip=NIP[:-1] + "3", name="Fajar Lasut", account=9002)
        office, post = bureau.work(lambda records: records.session.scalars(select(Invite).order_by(Invite.id)).all())
        assert office.expires_at > bureau.at > post.expires_at

    def test_the_admin_sees_who_used_the_invite_and_goes_on_showing_the_offices_link(self, bureau: Bureau) -> None:
        claims(bureau, code_for(bureau, InviteKind.OFFICE, by="dewi"))
        claims(bureau, code_for(bureau, InviteKind.POST, "jft-prakom", by="dewi", nip=NIP))
        gives(bureau)
        confirms(bureau)
        assert [(one.live, one.face) for one in cards(bureau, CardKind.INVITATION)] == [
            (True, "main"),
            (False, "used"),
        ]

    def test_somebody_known_gets_the_account_and_is_reachable_again(self, bureau: Bureau) -> None:
        def away(records: Records) -> None:
            siti = person(records, bureau, "siti")
            siti.account_id, siti.unreachable_since = None, bureau.at

        case_id = bureau.begins("budi")
        bureau["bambang"].carries_on(case_id)
        bureau["siti"].is_unbound()
        bureau.work(away)
        joins(bureau, InviteKind.POST, "kadiv", nip=nip_of(bureau, "siti"))
        siti = bureau.work(lambda records: person(records, bureau, "siti"))
        assert (siti.account_id, siti.unreachable_since, siti.name) == (EKA, None, "Siti Rahmawati")
        assert bureau.live(bureau.task(case_id).id) == ["siti"], "what waits for her is in the new chat"


class TestTheAdminsWord:
    def test_who_is_accepted_becomes_a_person_and_the_cards_say_so(self, bureau: Bureau) -> None:
        joins(bureau, InviteKind.OFFICE)
        eka = accepts(bureau)
        dewi = bureau["dewi"].id
        assert eka.account_id == EKA
        assert journal(bureau, 1) == [("accept-candidate", dewi, "admin", {"person": eka.id})]
        assert [(one.live, one.face, one.decided_by_id) for one in cards(bureau, CardKind.CANDIDATE)] == [
            (False, Face.ACCEPTED, dewi)
        ]

    def test_who_is_turned_down_keeps_the_name_alone_and_the_invite_serves_nobody(self, bureau: Bureau) -> None:
        bureau["siti"].loses_account()
        claims(bureau, code_for(bureau, InviteKind.POST, "kabag-p2l", by="dewi"))
        gives(bureau, nip_of(bureau, "siti"))
        assert confirms(bureau) is None
        registration = rejects(bureau)
        assert (registration.nip, registration.name, registration.waits_since) == (None, "Eka Sumual", None)
        dewi, invite_id = bureau["dewi"].id, registration.invite_id
        assert journal(bureau, 1) == [("reject-candidate", dewi, "admin", {"invite": invite_id})]
        assert [(one.live, one.face, one.decided_by_id) for one in cards(bureau, CardKind.CANDIDATE)] == [
            (False, Face.REJECTED, dewi)
        ] * 2, "the admin's and the holder's; the superior has no account"
        assert [(one.live, one.face) for one in cards(bureau, CardKind.INVITATION)] == [(False, "withdrawn")]
        assert bureau.work(lambda records: records.session.get_one(Invite, invite_id)).expires_at < bureau.at

    def test_the_offices_link_goes_on_after_somebody_was_turned_down(self, bureau: Bureau) -> None:
        claims(bureau, code_for(bureau, InviteKind.OFFICE, by="dewi"))
        gives(bureau)
        confirms(bureau)
        registration = rejects(bureau)
        assert [one.live for one in cards(bureau, CardKind.INVITATION)] == [True]
        link = bureau.work(lambda records: records.session.get_one(Invite, registration.invite_id))
        assert link.expires_at > bureau.at

    def test_only_an_admin_decides(self, bureau: Bureau) -> None:
        joins(bureau, InviteKind.OFFICE)
        for decides in (accepts, rejects):
            with pytest.raises(NotAdmin):
                decides(bureau, by="budi")

    def test_what_is_not_what_was_shown_is_not_decided(self, bureau: Bureau) -> None:
        joins(bureau, InviteKind.OFFICE)
        for decides in (accepts, rejects):
            with pytest.raises(CardOutOfDate):
                decides(bureau, shown="lain")

    @pytest.mark.parametrize("field", ["invite_id", "nip", "name", "waits_since"])
    def test_a_candidate_who_says_something_else_is_not_what_was_shown(self, bureau: Bureau, field: str) -> None:
        joins(bureau, InviteKind.OFFICE)
        shown = mark_of(bureau)
        code_for(bureau, InviteKind.OFFICE)
        other = {"invite_id": 2, "nip": NIP[:-1] + "3", "name": "Eka S.", "waits_since": bureau.at + MINUTE}

        def change(records: Records) -> None:
            setattr(records.session.get_one(Registration, EKA), field, other[field])

        bureau.work(change)
        assert mark_of(bureau) != shown

    def test_the_mark_tells_who_is_known_and_what_they_hold(self, bureau: Bureau) -> None:
        bureau["siti"].loses_account()
        joins(bureau, InviteKind.OFFICE, nip=nip_of(bureau, "siti"))
        marks = [mark_of(bureau)]
        bureau["siti"].takes("kabag-p2l")
        marks.append(mark_of(bureau))

        def promote(records: Records) -> None:
            person(records, bureau, "siti").is_admin = True

        bureau.work(promote)
        marks.append(mark_of(bureau))

        def bind(records: Records) -> None:
            person(records, bureau, "siti").account_id = 9009

        bureau.work(bind)
        marks.append(mark_of(bureau))
        assert len(set(marks)) == 4
        assert {len(one) for one in marks} == {32}

    def test_a_mark_can_be_made_of_who_does_not_wait_yet(self, bureau: Bureau) -> None:
        claims(bureau, code_for(bureau, InviteKind.OFFICE))
        one = bureau.work(
            lambda records: admission.mark(
                records.lock_office(), records.session.get_one(Registration, EKA), None, listed=""
            )
        )
        assert len(one) == 32

    def test_the_lists_of_the_admins_are_drawn_anew_when_somebody_waits(self, bureau: Bureau) -> None:
        def show_list(records: Records) -> None:
            dewi = person(records, bureau, "dewi")
            records.show(CardKind.ADMINISTRATION, dewi.account_id or 0, person=dewi)

        bureau.work(show_list)
        joins(bureau, InviteKind.OFFICE)
        drawn = select(Card.kind).join(Notice).where(Notice.kind == NoticeKind.REFRESH)
        assert bureau.work(lambda records: records.session.scalars(drawn).all()) == [CardKind.ADMINISTRATION]
