"""What an admin may not do alone: admins made and dismissed, accounts of admins, oneself as Plh. or Plt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.people import administration
from models.administration import appointment
from models.journal.chain import Entry
from models.office.invitation import InviteKind
from models.office.person import Person
from models.office.proposal import AdminProposal, ProposalState
from models.proof import verification
from models.repository.office_lock import locked_office_chain
from tests.handlers.people.joining import code_for, joins, opens, posts
from tests.handlers.people.kelola import button, manages, opens_person

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai, Stranger


def admins(office: Office) -> list[str]:
    return office.work(lambda records: [one.name for one in records.lock_office().admins])


def journal(office: Office, action: str) -> list[dict[str, object]]:
    """Return what the office's journal says under an action, entry by entry."""

    def read(records: Records) -> list[dict[str, object]]:
        entries = locked_office_chain(records.session).entries.select().where(Entry.action == action)
        found = records.session.scalars(entries.options(joinedload(Entry.payload)).order_by(Entry.sequence))
        return [dict(one.payload.body or {}) for one in found if one.payload is not None]

    return office.work(read)


def proposals(office: Office) -> list[str]:
    found = select(AdminProposal.state).order_by(AdminProposal.id)
    return office.work(lambda records: [str(one) for one in records.session.scalars(found)])


def verified(office: Office) -> bool:
    return office.work(lambda records: verification.verify(records.session)).verifies


@pytest.fixture
def gita(office: Office) -> Pegawai:
    return office.hires("gita", "Gita Wowor", admin=True)


def proposes_admin(admin: Pegawai, name: str) -> str:
    opens_person(admin, name)
    return admin.taps("Jadikan admin")


class TestMakingAnAdmin:
    def test_takes_a_second_admin(self, office: Office, gita: Pegawai) -> None:
        dewi, rina = office["dewi"], office["rina"]
        assert "Menunggu persetujuan orang kedua: Gita Wowor" in proposes_admin(dewi, "Rina Mokoginta")
        assert "Rina Mokoginta" not in admins(office)
        card = gita.chat.last
        assert "Dewi Kartika mengusulkan Rina Mokoginta menjadi admin" in card.text
        assert card.labels == ["✅ Setujui", "❌ Tolak"]
        assert "Disetujui" in gita.taps("Setujui")
        assert "Rina Mokoginta" in admins(office)
        assert "Disetujui Gita Wowor" in card.text
        assert card.labels == []
        assert "Anda kini admin" in rina.chat.last.text
        assert "Gita Wowor menyetujui usulan Anda: Rina Mokoginta kini admin" in dewi.chat.last.text
        assert journal(office, "make-admin") == [{"person": rina.id, "agreed": gita.id}]
        assert verified(office)

    def test_falls_to_the_head_of_the_office_where_there_is_one_admin(self, office: Office) -> None:
        dewi, bambang = office["dewi"], office["bambang"]
        assert "Bambang Wijaya" in proposes_admin(dewi, "Rina Mokoginta")
        bambang.taps("Setujui")
        assert admins(office) == ["Dewi Kartika", "Rina Mokoginta"]

    def test_is_refused_by_the_second(self, office: Office, gita: Pegawai) -> None:
        proposes_admin(office["dewi"], "Rina Mokoginta")
        assert "Ditolak" in gita.taps("Tolak")
        assert "Rina Mokoginta" not in admins(office)
        assert "Gita Wowor menolak usulan Anda" in office["dewi"].chat.last.text
        assert proposals(office) == [ProposalState.REFUSED.value]

    def test_waits_a_day_and_no_longer(self, office: Office, gita: Pegawai) -> None:
        proposes_admin(office["dewi"], "Rina Mokoginta")
        office.passes(timedelta(hours=24))
        assert "lewat 24 jam" in gita.taps("Setujui")
        assert gita.chat.last.labels == []
        assert "Rina Mokoginta" not in admins(office)

    def test_asks_once_however_often_it_is_tapped(self, office: Office, gita: Pegawai) -> None:
        proposes_admin(office["dewi"], "Rina Mokoginta")
        proposes_admin(office["dewi"], "Rina Mokoginta")
        assert len([one for one in gita.chat.messages if "mengusulkan" in one.text]) == 1

    def test_two_who_agree_at_once_do_it_once(self, office: Office, gita: Pegawai) -> None:
        office.hires("eko", "Eko Lumban", admin=True)
        proposes_admin(office["dewi"], "Rina Mokoginta")
        late = button(office["eko"].chat.last, "✅ Setujui")
        gita.taps("Setujui")
        assert "sudah diputuskan" in office["eko"].presses(*late)
        assert len(journal(office, "make-admin")) == 1

    def test_of_an_admin_dismissed_meanwhile_counts_no_more(self, office: Office, gita: Pegawai) -> None:
        proposes_admin(office["dewi"], "Rina Mokoginta")
        office.work(
            lambda records: appointment.dismiss_admin(records, records.session.get_one(Person, office["dewi"].id))
        )
        assert "bukan Anda yang menyetujuinya" in gita.taps("Setujui")
        assert admins(office) == ["Gita Wowor"]

    def test_falls_to_the_deputy_while_nobody_heads_the_office(self, office: Office) -> None:
        office.work(lambda records: setattr(records.lock_office().tenures_of("kakanwil")[0], "ends_at", records.at))
        assert "Siti Rahmawati" in proposes_admin(office["dewi"], "Rina Mokoginta")
        office["siti"].taps("Setujui")
        assert admins(office) == ["Dewi Kartika", "Rina Mokoginta"]

    def test_without_anybody_above_is_left_to_the_operator(self, office: Office) -> None:
        def leave(records: Records) -> None:
            for post in ("kakanwil", "kadiv"):
                records.lock_office().tenures_of(post)[0].ends_at = records.at

        office.work(leave)
        assert "memerlukan orang kedua" in proposes_admin(office["dewi"], "Rina Mokoginta")
        assert admins(office) == ["Dewi Kartika"]

    def test_by_an_only_admin_who_heads_the_office_happens_and_the_journal_says_so(self, office: Office) -> None:
        def head(records: Records) -> None:
            records.session.get_one(Person, office["bambang"].id).is_admin = True
            records.session.get_one(Person, office["dewi"].id).is_admin = False

        office.work(head)
        assert "Rina Mokoginta kini admin" in proposes_admin(office["bambang"], "Rina Mokoginta")
        assert journal(office, "make-admin") == [{"person": office["rina"].id, "alone": True}]


class TestDismissing:
    def test_the_other_admin_takes_a_second_persons_tap(self, office: Office, gita: Pegawai) -> None:
        dewi, bambang = office["dewi"], office["bambang"]
        opens_person(dewi, "Gita Wowor")
        assert "orang kedua" in dewi.taps("Berhentikan sebagai admin")
        assert admins(office) == ["Dewi Kartika", "Gita Wowor"]
        assert "mengusulkan Gita Wowor berhenti sebagai admin" in bambang.chat.last.text
        bambang.taps("Setujui")
        assert admins(office) == ["Dewi Kartika"]
        assert "Anda bukan lagi admin" in gita.chat.find("bukan lagi").text
        assert verified(office)

    def test_oneself_takes_one_tap(self, office: Office, gita: Pegawai) -> None:
        opens_person(gita, "Gita Wowor")
        assert "Anda bukan lagi admin" in gita.taps("Berhenti sebagai admin")
        assert admins(office) == ["Dewi Kartika"]

    def test_the_last_admin_is_never_possible(self, office: Office, gita: Pegawai) -> None:
        shown = opens_person(gita, "Gita Wowor")
        last = button(shown, "🛡 Berhenti sebagai admin")
        office.work(lambda records: setattr(records.session.get_one(Person, office["dewi"].id), "is_admin", False))
        assert "Admin terakhir tidak dapat diberhentikan" in gita.presses(*last)
        assert admins(office) == ["Gita Wowor"]
        assert "Berhenti" not in str(opens_person(gita, "Gita Wowor").labels)

    def test_each_other_at_once_leaves_one(self, office: Office, gita: Pegawai) -> None:
        dewi = office["dewi"]
        for admin, other in ((dewi, "Gita Wowor"), (gita, "Dewi Kartika")):
            opens_person(admin, other)
            admin.taps("Berhentikan sebagai admin")
        bambang = office["bambang"]
        shown = bambang.chat.find("mengusulkan Dewi")
        late = button(shown, "✅ Setujui")
        gita.taps("Setujui", on=gita.chat.find("mengusulkan Gita"))
        assert admins(office) == ["Dewi Kartika"]
        assert shown.labels == [], "what Gita proposed ends with her right"
        assert "bukan Anda yang menyetujuinya" in bambang.presses(*late)
        assert admins(office) == ["Dewi Kartika"]


class TestLostPhones:
    def test_an_employees_account_is_taken_with_a_confirmation(self, office: Office) -> None:
        dewi, rina = office["dewi"], office["rina"]
        before = rina.account_id
        shown = opens_person(dewi, "Rina Mokoginta")
        dewi.taps("Ponsel hilang", on=shown)
        assert "Ponsel Rina Mokoginta hilang?" in shown.text
        assert rina.account_id == before
        assert "Akun Rina Mokoginta dilepas" in dewi.taps("Lepaskan akunnya")
        assert rina.person.account_id is None
        assert "Tanpa akun Telegram" in shown.text

    def test_an_admins_account_takes_a_second_person(self, office: Office, gita: Pegawai) -> None:
        dewi = office["dewi"]
        opens_person(dewi, "Gita Wowor")
        dewi.taps("Ponsel hilang")
        assert "orang kedua" in dewi.taps("Lepaskan akunnya")
        assert gita.person.account_id is not None
        office["bambang"].taps("Setujui")
        assert gita.person.account_id is None

    def test_the_last_admin_keeps_the_account(self, office: Office) -> None:
        assert "Ponsel hilang" not in str(opens_person(office["dewi"], "Dewi Kartika").labels)

    @pytest.mark.parametrize("by", ["named", "office", "back"])
    def test_who_took_it_does_not_let_them_in_again_alone(self, office: Office, stranger: Stranger, by: str) -> None:
        """Otherwise an admin would become anybody with a second phone and two taps."""
        dewi, rina = office["dewi"], office["rina"]
        nip = rina.person.nip
        opens_person(dewi, "Rina Mokoginta")
        dewi.taps("Ponsel hilang")
        dewi.taps("Lepaskan akunnya")
        if by == "named":
            dewi.sends(f"/kelola jft-prakom {nip}", administration.command)
        elif by == "back":
            assert dewi.taps("Undang kembali") == "🔗 Undangan dibuat; lihat pesan di bawah."
            assert "Menggantikan" not in dewi.chat.last.text
        else:
            manages(dewi)
            dewi.taps("Tautan pendaftaran")
        code = dewi.chat.last.text.rpartition("/start ")[2].strip()
        assert "Menunggu" in joins(stranger, code, f"{nip} Rina Mokoginta")
        assert "Bukan Anda yang menyetujui, melainkan: Maria Tangka" in dewi.chat.find("Pendaftar").text
        assert "diterima" in office["maria"].taps("Terima")
        assert posts(office, stranger) == ["jft-prakom"]

    def test_the_only_holder_of_a_post_is_invited_back_and_replaces_nobody(self, office: Office) -> None:
        dewi, siti = office["dewi"], office["siti"]
        shown = opens_person(dewi, "Siti Rahmawati")
        assert "✉️ Undang kembali" not in shown.labels
        dewi.taps("Ponsel hilang")
        dewi.taps("Lepaskan akunnya")
        dewi.taps("Undang kembali", on=shown)
        invited = dewi.chat.last.text
        assert "Undangan sebagai Kepala Divisi Administrasi" in invited
        assert siti.person.nip in invited.replace(" ", "")
        assert "Menggantikan" not in invited

    def test_who_has_an_account_again_is_not_invited_back(self, office: Office) -> None:
        dewi, rina = office["dewi"], office["rina"]
        shown = opens_person(dewi, "Rina Mokoginta")
        dewi.taps("Ponsel hilang")
        dewi.taps("Lepaskan akunnya")
        office.work(lambda records: setattr(records.session.get_one(Person, rina.id), "account_id", 4711))
        dewi.taps("Undang kembali", on=shown)
        assert "✉️ Undang kembali" not in shown.labels

    def test_who_lost_it_by_the_operators_word_comes_back_as_before(self, office: Office, stranger: Stranger) -> None:
        rina = office["rina"].person
        office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, rina.id)))
        opens(stranger, code_for(office, InviteKind.POST, "jft-prakom", nip=rina.nip))
        stranger.writes(f"{rina.nip} Rina Mokoginta")
        assert "Terdaftar" in stranger.taps("Benar, ini saya")


class TestDecreesForOneself:
    def test_a_plh_takes_a_second_person(self, office: Office, gita: Pegawai) -> None:
        dewi, siti = office["dewi"], office["siti"].person
        dewi.sends(
            f"/kelola plh {siti.nip} {dewi.person.nip} hari ini; W.25-KP.04-12; 20/11/2026", administration.command
        )
        assert "orang kedua menyetujuinya dahulu: Gita Wowor" in dewi.chat.last.text
        assert posts(office, dewi) == []
        assert (
            "sebagai Plh. menggantikan Siti Rahmawati, Sen 23 Nov 2026, menurut SK W.25-KP.04-12" in gita.chat.last.text
        )
        gita.taps("Setujui")
        assert posts(office, dewi) == ["kadiv"]
        assert [one["agreed"] for one in journal(office, "name-plh")] == [gita.id]
        assert verified(office)

    def test_a_plt_takes_a_second_person(self, office: Office, gita: Pegawai) -> None:
        dewi = office["dewi"]
        office.work(lambda records: setattr(records.lock_office().tenures_of("kadiv")[0], "ends_at", records.at))
        dewi.sends(f"/kelola plt kadiv {dewi.person.nip}; W.25-KP.04-13; 20/11/2026", administration.command)
        assert posts(office, dewi) == []
        gita.taps("Setujui")
        assert posts(office, dewi) == ["kadiv"]

    def test_that_cannot_be_done_any_more_is_refused_and_waits(self, office: Office, gita: Pegawai) -> None:
        dewi = office["dewi"]
        office.work(lambda records: setattr(records.lock_office().tenures_of("kadiv")[0], "ends_at", records.at))
        dewi.sends(f"/kelola plt kadiv {dewi.person.nip}; W.25-KP.04-13; 20/11/2026", administration.command)
        office.work(
            lambda records: appointment.appoint(records, records.session.get_one(Person, office["siti"].id), "kadiv")
        )
        assert "Kadiv tidak lowong" in gita.taps("Setujui")
        assert proposals(office) == [ProposalState.OPEN.value]
        assert posts(office, dewi) == []
