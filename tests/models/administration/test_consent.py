"""Who must agree before a candidate is in, and where nobody is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from models.administration import admission, appointment
from models.mail.card import CardKind, Face
from models.office.invitation import ExpectedPerson, InviteKind
from models.refusals.administration import NotAdmin, NotForOneself, OthersMustAgree
from models.refusals.registration import NipTaken
from tests.models.administration import leave
from tests.models.administration.joining import (
    EKA,
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


class TestWhoActsForAnotherAgreesToNothing:
    """An admin names a Plh. and a Plt.: what takes the word of a second person does not take theirs."""

    @pytest.mark.parametrize("away", ["bambang", "siti"])
    def test_a_plh_of_a_superior_accepts_nobody_for_a_post_that_is_held(self, bureau: Bureau, away: str) -> None:
        post = {"bambang": "kadiv", "siti": "kabag-p2l"}[away]
        leave.is_named(bureau, leave.files(bureau, away, leave.MON, leave.FRI, by="dewi"), "rina", by="dewi")
        claims(bureau, code_for(bureau, InviteKind.POST, post, by="dewi"))
        gives(bureau)
        assert confirms(bureau) is None
        with pytest.raises(NotAdmin):
            accepts(bureau, by="rina")
        assert accepts(bureau, by=away).account_id == EKA, "who is away may tap all the same"

    def test_a_plt_whom_the_admin_named_does_not_agree_to_the_successor_of_whom_they_relieved(
        self, bureau: Bureau
    ) -> None:
        def changes(records: Records) -> None:
            admin = person(records, bureau, "dewi")
            appointment.relieve(records, person(records, bureau, "siti"), "kadiv", by=admin)
            appointment.act_for_vacant(records, person(records, bureau, "rina"), "kadiv", decree=leave.SK, by=admin)

        bureau.work(changes)
        claims(bureau, code_for(bureau, InviteKind.POST, "kadiv", by="dewi"))
        gives(bureau)
        assert confirms(bureau) is None
        for by, refusal in (("rina", NotAdmin), ("dewi", OthersMustAgree)):
            with pytest.raises(refusal):
                accepts(bureau, by=by)
        assert accepts(bureau, by="bambang").account_id == EKA

    def test_a_plt_of_a_superior_leaves_it_to_the_next_one_up_who_holds_a_post_himself(self, bureau: Bureau) -> None:
        def changes(records: Records) -> None:
            admin = person(records, bureau, "dewi")
            appointment.relieve(records, person(records, bureau, "siti"), "kadiv", by=admin)
            appointment.act_for_vacant(records, person(records, bureau, "rina"), "kadiv", decree=leave.SK, by=admin)

        bureau.work(changes)
        bureau["budi"].takes("kabag-p2l")
        claims(bureau, code_for(bureau, InviteKind.POST, "kabag-p2l", by="dewi"))
        gives(bureau)
        assert confirms(bureau) is None
        with pytest.raises(NotAdmin):
            accepts(bureau, by="rina")
        assert accepts(bureau, by="bambang").account_id == EKA

    def test_a_plh_of_the_head_lets_nobody_back_in_whose_account_the_admin_took(self, bureau: Bureau) -> None:
        leave.is_named(bureau, leave.files(bureau, "bambang", leave.MON, leave.FRI, by="dewi"), "rina", by="dewi")

        def takes(records: Records) -> None:
            appointment.unbind(records, person(records, bureau, "budi"), by=person(records, bureau, "dewi"))

        bureau.work(takes)
        claims(bureau, code_for(bureau, InviteKind.OFFICE))
        gives(bureau, nip_of(bureau, "budi"))
        assert confirms(bureau) is None
        for by, refusal in (("rina", NotAdmin), ("dewi", OthersMustAgree)):
            with pytest.raises(refusal):
                accepts(bureau, by=by)
        assert accepts(bureau, by="bambang").account_id == EKA
