"""A Plh. or a Plt. with power over the admins takes a second admin; who stands in for the head agrees to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.people import administration
from models.administration import absence, appointment
from models.office.absence import Decree
from models.office.person import Person
from models.office.proposal import ProposalState
from tests.handlers.people.joining import posts
from tests.handlers.people.test_seconding import admins, journal, proposals, proposes_admin, verified

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai


@pytest.fixture
def gita(office: Office) -> Pegawai:
    return office.hires("gita", "Gita Wowor", admin=True)


def names_plh(admin: Pegawai, away: Pegawai, plh: Pegawai) -> str:
    words = f"/kelola plh {away.person.nip} {plh.person.nip} hari ini; W.25-KP.04-12; 20/11/2026"
    admin.sends(words, administration.command)
    return admin.chat.last.text


def names_plt(admin: Pegawai, post: str, plt: Pegawai) -> str:
    admin.sends(f"/kelola plt {post} {plt.person.nip}; W.25-KP.04-13; 20/11/2026", administration.command)
    return admin.chat.last.text


def falls_vacant(office: Office, post: str) -> None:
    office.work(lambda records: setattr(records.lock_office().tenures_of(post)[0], "ends_at", records.at))


def stands_in(office: Office, away: str, plh: str) -> None:
    """Let the operator of the machine name a Plh."""

    def name(records: Records) -> None:
        who, standing = (records.session.get_one(Person, office[one].id) for one in (away, plh))
        filed = absence.file(records, who, records.at.date(), None, by=None)
        absence.name(records, filed, standing, decree=Decree("SK-1", records.at.date()), by=None)

    office.work(name)


def holds(office: Office, name: str, post: str) -> None:
    def appoint(records: Records) -> None:
        appointment.appoint(records, records.session.get_one(Person, office[name].id), post)

    office.work(appoint)


class TestTheHeadOfTheOffice:
    def test_gets_a_plh_by_two_admins(self, office: Office, gita: Pegawai) -> None:
        told = names_plh(office["dewi"], office["bambang"], office["rina"])
        assert "orang kedua menyetujuinya dahulu: Gita Wowor" in told
        assert posts(office, office["rina"]) == ["jft-prakom"]
        assert "mengusulkan Rina Mokoginta sebagai Plh. menggantikan Bambang Wijaya" in gita.chat.last.text
        gita.taps("Setujui")
        assert posts(office, office["rina"]) == ["jft-prakom", "kakanwil"]
        assert "Rina Mokoginta Plh." in office["dewi"].chat.last.text
        assert [one["agreed"] for one in journal(office, "name-plh")] == [gita.id]
        assert verified(office)

    def test_gets_a_plt_by_two_admins(self, office: Office, gita: Pegawai) -> None:
        falls_vacant(office, "kakanwil")
        names_plt(office["dewi"], "kakanwil", office["rina"])
        assert posts(office, office["rina"]) == ["jft-prakom"]
        gita.taps("Setujui")
        assert posts(office, office["rina"]) == ["jft-prakom", "kakanwil"]

    def test_gets_a_plh_by_the_only_admin_alone(self, office: Office) -> None:
        names_plh(office["dewi"], office["bambang"], office["rina"])
        assert posts(office, office["rina"]) == ["jft-prakom", "kakanwil"]


class TestAnotherAdmin:
    def test_gets_a_plh_by_two(self, office: Office, gita: Pegawai) -> None:
        holds(office, "gita", "kadiv")
        names_plh(office["dewi"], gita, office["rina"])
        assert posts(office, office["rina"]) == ["jft-prakom"]
        gita.taps("Setujui")
        assert posts(office, office["rina"]) == ["jft-prakom", "kadiv"]

    @pytest.mark.usefixtures("gita")
    def test_oneself_is_no_other(self, office: Office) -> None:
        holds(office, "dewi", "kadiv")
        names_plh(office["dewi"], office["dewi"], office["rina"])
        assert posts(office, office["rina"]) == ["jft-prakom", "kadiv"]
        assert proposals(office) == []

    @pytest.mark.usefixtures("gita")
    def test_an_official_without_such_power_gets_one_by_one_admin(self, office: Office) -> None:
        names_plh(office["dewi"], office["siti"], office["rina"])
        assert posts(office, office["rina"]) == ["jft-prakom", "kadiv"]


class TestWhoStandsIn:
    def test_for_the_head_does_not_agree_in_their_place(self, office: Office) -> None:
        names_plh(office["dewi"], office["bambang"], office["rina"])
        assert "Bambang Wijaya" in proposes_admin(office["dewi"], "Andi Pratama")
        assert not any("mengusulkan" in shown.text for shown in office["rina"].chat.messages)
        office["bambang"].taps("Setujui")
        assert "Andi Pratama" in admins(office)

    def test_as_plt_of_the_head_does_not_agree(self, office: Office) -> None:
        falls_vacant(office, "kakanwil")
        names_plt(office["dewi"], "kakanwil", office["rina"])
        assert "Siti Rahmawati" in proposes_admin(office["dewi"], "Andi Pratama"), "the deputy agrees"

    def test_for_the_head_is_not_the_head_who_acts_alone(self, office: Office) -> None:
        stands_in(office, "bambang", "dewi")
        assert "Bambang Wijaya" in proposes_admin(office["dewi"], "Andi Pratama")
        assert "Andi Pratama" not in admins(office)


class TestWhatLapses:
    def test_with_the_right_does_not_come_back_with_it(self, office: Office, gita: Pegawai) -> None:
        proposes_admin(office["dewi"], "Rina Mokoginta")
        card = gita.chat.last

        def dismiss_and_make_again(records: Records) -> None:
            dewi = records.session.get_one(Person, office["dewi"].id)
            appointment.dismiss_admin(records, dewi)
            dewi.is_admin = True

        office.work(dismiss_and_make_again)
        office.deliver()
        assert proposals(office) == [ProposalState.OVER.value]
        assert card.labels == []
        assert "tidak menunggu persetujuan Anda lagi" in card.text

    def test_with_the_account_does_not_come_back_with_it(self, office: Office, gita: Pegawai) -> None:
        proposes_admin(office["dewi"], "Rina Mokoginta")
        office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, office["dewi"].id)))
        assert proposals(office) == [ProposalState.OVER.value]
        assert gita.chat.last is not None

    def test_leaves_those_of_others(self, office: Office, gita: Pegawai) -> None:
        proposes_admin(gita, "Andi Pratama")
        office.work(
            lambda records: appointment.dismiss_admin(records, records.session.get_one(Person, office["dewi"].id))
        )
        assert proposals(office) == [ProposalState.OPEN.value]
