"""Becoming a person of the office, by the rules alone: who needs an admin's word, and what each step leaves behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.administration import admission
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.mail.notice import Notice, NoticeKind
from models.office.invitation import VALIDITY, ExpectedPerson, Invite, InviteKind
from models.office.registration import Registration
from models.refusals.administration import CandidateGone, NotAdmin
from models.refusals.registration import AlreadyRegistered, InviteInvalid
from models.refusals.work import CardOutOfDate
from models.rules.errors import UnknownPost
from tests.models.administration.joining import (
    EKA,
    MINUTE,
    NIP,
    accepts,
    cards,
    claims,
    code_for,
    confirms,
    gives,
    joins,
    journal,
    mark_of,
    nip_of,
    person,
    rejects,
)

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


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
