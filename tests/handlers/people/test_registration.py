"""Becoming a person of the office: the invite, the NIP, the name, the confirmation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers import routes
from handlers.people import administration, registration
from models.administration import admission, appointment
from models.journal.chain import Entry, Payload
from models.mail.notice import Notice
from models.office.invitation import ExpectedPerson, InviteKind
from models.office.person import Person
from models.office.registration import Registration
from models.repository.office_lock import locked_office_chain
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai, Stranger

NIP = "19700101 199503 2 002"
EKA = "197001011995032002"
SOFTWARE = "penanganan-masalah-software"


def code_for(office: Office, kind: InviteKind, post: str | None = None, *, nip: str | None = EKA) -> str:
    """Return the code of a new invite, as the command line issues it: for a post or an admin it names Eka."""
    named = None if kind is InviteKind.OFFICE else nip
    return office.work(lambda records: admission.invite(records, kind, post=post, nip=named).renew())


def opens(account: Pegawai, code: str) -> None:
    account.sends(f"/start {code}", registration.start)


def joins(account: Stranger, code: str, words: str = f"{NIP} Eka Sumual, S.Kom.") -> str:
    opens(account, code)
    account.writes(words)
    return account.taps("Benar, ini saya")


def posts(office: Office, account: Pegawai) -> list[str]:
    person_id = account.person.id
    return office.work(lambda records: records.lock_office().posts_of(records.session.get_one(Person, person_id)))


def expects(office: Office, nip: str, name: str = "", unit: str = "") -> None:
    office.work(lambda records: records.session.add(ExpectedPerson(nip=nip, name=name, unit=unit)))


def reported(office: Office) -> str:
    """Let Budi report a problem; return the case's number."""

    def report(records: Records) -> str:
        person = records.session.get_one(Person, office["budi"].id)
        return records.begin(a_report("SIMPEG tidak dapat dibuka"), reporter=person, sop=SOFTWARE).case.number

    number = office.work(report)
    office.deliver()
    return number


def test_an_invite_for_a_post_makes_whoever_opens_it_its_holder(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    assert "Anda diundang sebagai JFT Prakom" in stranger.chat.last.text
    assert "Kantor Wilayah Sulawesi Utara" in stranger.chat.last.text

    stranger.writes("197001011995032002")
    assert "nama lengkap" in stranger.chat.last.text
    stranger.writes("Eka Sumual, S.Kom.")
    assert "19700101 199503 2 002 · Eka Sumual, S.Kom." in stranger.chat.last.text

    assert stranger.taps("Benar, ini saya") == "✅ Terdaftar sebagai Eka Sumual, S.Kom."
    assert stranger.person.nip == "197001011995032002"
    assert posts(office, stranger) == ["jft-prakom"]
    assert stranger.chat.find("Terdaftar sebagai").labels == []
    assert "Jabatan: JFT Prakom" in stranger.chat.last.text


def test_an_invite_that_names_nobody_makes_nobody_a_holder_before_an_admin_agrees(
    office: Office, stranger: Stranger
) -> None:
    siti = office["siti"]
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.POST, "kadiv", nip=None), f"{NIP} Karel Contoh")
    assert posts(office, siti) == ["kadiv"]
    assert "Diundang sebagai Kepala Divisi Administrasi" in office["dewi"].chat.last.text

    assert "diterima" in office["dewi"].taps("Terima")
    assert posts(office, stranger) == ["kadiv"]
    assert posts(office, siti) == []


def test_a_registered_person_who_finds_an_invite_gets_no_post_by_it(office: Office) -> None:
    budi, dewi = office["budi"], office["dewi"]
    opens(budi, code_for(office, InviteKind.POST, "kadiv", nip=None))
    assert "Menunggu" in budi.taps("Benar, ini saya")
    card = dewi.chat.last
    assert "Pegawai terdaftar" in card.text
    assert card.labels == ["✅ Terima", "❌ Tolak"]
    dewi.taps("Tolak")
    assert posts(office, budi) == []
    assert office.work(lambda records: records.known(budi.account_id)).name == "Budi Santoso"


def test_an_invite_for_another_nip_is_named_on_the_card(office: Office, stranger: Stranger) -> None:
    code = code_for(office, InviteKind.POST, "kadiv", nip="197001021995032002")
    assert "Menunggu" in joins(stranger, code)
    assert "dibuat untuk nomor lain" in office["dewi"].chat.last.text


def test_an_admin_does_not_make_herself_kakanwil(office: Office) -> None:
    dewi = office["dewi"]
    dewi.sends("/kelola", administration.command)
    dewi.taps("Undang Kakanwil")
    found = re.search(r"/start (\S+)", dewi.chat.last.text)
    assert found is not None
    opens(dewi, found[1])
    assert "Menunggu" in dewi.taps("Benar, ini saya")
    dewi.sends("/kelola", administration.command)
    dewi.taps("👤 Dewi")
    assert "Bukan Anda yang menyetujui, melainkan: Bambang Wijaya." in dewi.chat.last.text
    assert dewi.chat.last.labels == ["❌ Tolak"]

    assert posts(office, dewi) == []
    assert posts(office, office["bambang"]) == ["kakanwil"]


def test_an_only_admin_gives_a_held_post_to_nobody_whom_neither_holder_nor_superior_accepts(
    office: Office, stranger: Stranger
) -> None:
    """A second account of the admin's own is a stranger to the bot: only another person's word keeps it out."""
    dewi, siti, bambang = office["dewi"], office["siti"], office["bambang"]
    dewi.sends("/kelola", administration.command)
    dewi.taps("Undang Kadiv")
    found = re.search(r"/start (\S+)", dewi.chat.last.text)
    assert found is not None
    joins(stranger, found[1])
    for asked in (siti, bambang):
        assert "Menggantikan Siti Rahmawati" in asked.chat.last.text
        assert asked.chat.last.labels == ["✅ Terima"], "the holder cannot turn their successor down"
    assert dewi.chat.last.labels == ["❌ Tolak"]
    assert "melainkan: Siti Rahmawati dan Bambang Wijaya." in dewi.chat.last.text

    assert "diterima" in bambang.taps("Terima")
    assert posts(office, stranger) == ["kadiv"]
    shown = siti.chat.find("diterima oleh Bambang Wijaya")
    assert shown.labels == []
    assert "kini memegang jabatan Kepala Divisi Administrasi" in dewi.chat.last.text


def test_a_holder_who_was_relieved_while_asked_sees_the_candidate_no_more(office: Office, stranger: Stranger) -> None:
    dewi, siti = office["dewi"], office["siti"]
    joins(stranger, code_for(office, InviteKind.POST, "kadiv", nip=None))
    asked = siti.chat.find("Eka Sumual")
    token, message_id = next(key.token for key in asked.keys if key.token), asked.message_id
    dewi.sends("/kelola", administration.command)
    dewi.taps("Akhiri masa jabatan")
    dewi.taps("Siti Rahmawati")
    assert asked.text == "Permohonan ini tidak berlaku lagi."
    assert asked.labels == []
    assert siti.presses(token, message_id) == "Hanya admin yang dapat melakukannya."
    assert "diterima" in dewi.taps("Terima")


def test_another_account_cannot_confirm_what_a_stranger_has_written(
    office: Office, stranger: Stranger, another: Stranger
) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} Eka Sumual")
    shown = stranger.chat.last
    for key in shown.keys:
        for thief in (another, office["budi"]):
            assert "Tombol ini tidak berlaku lagi" in thief.presses(key.token or "", shown.message_id)

    assert stranger.known is None
    assert another.known is None
    assert stranger.chat.last.labels == ["✅ Benar, ini saya", "✏️ Ubah"]
    assert stranger.taps("Benar, ini saya") == "✅ Terdaftar sebagai Eka Sumual"


@pytest.mark.parametrize(
    "words",
    [
        "197001011995032002 Siti R., M.Si.",
        "19700101 199503 2 002\nSiti R., M.Si.",
        "NIP. 19700101.199503.2.002\nNama: Siti R., M.Si.",
        "Siti R., M.Si., 19700101 199503 2 002",
        "Nama lengkap: Siti R., M.Si.\nNIP: 19700101-199503-2-002",
    ],
)
def test_nip_and_name_may_come_together(office: Office, stranger: Stranger, words: str) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(words)

    assert "19700101 199503 2 002 · Siti R., M.Si." in stranger.chat.last.text


def test_what_cannot_be_a_nip_is_asked_for_again(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    for words, what in (
        ("Siti", "memuat 0 angka"),
        ("1970010119950320021 Siti", "memuat 19 angka"),
        ("19701301 199503 2 002 Siti", "bukan tanggal"),
        ("197001011995 Siti 032002", "tulisan lain"),
        ("", "memuat 0 angka"),
    ):
        stranger.writes(words)
        assert what in stranger.chat.last.text
    stranger.writes(NIP)

    assert "nama lengkap" in stranger.chat.last.text


def test_an_employee_by_contract_comes_in_by_their_own_number(office: Office, stranger: Stranger) -> None:
    expects(office, "199009132025242014")
    joins(stranger, code_for(office, InviteKind.OFFICE), "19900913 202524 2 014 Eka Sumual")

    assert stranger.person.nip == "199009132025242014"


def test_an_unusual_nip_is_questioned_and_waits_for_an_admin(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom", nip=None))
    stranger.writes("19700101 199503 2 000 Eka Sumual")
    assert "Excel membulatkan" in stranger.chat.last.text
    assert "Menunggu" in stranger.taps("Benar, ini saya")

    card = office["dewi"].chat.last
    assert "Excel membulatkan" in card.text
    assert "cocokkan dengan surat keputusannya" in card.text
    office["dewi"].taps("Terima")
    assert stranger.person.nip == "197001011995032000"


def test_a_name_that_looks_like_somebody_elses_waits_for_an_admin_who_is_warned(
    office: Office, stranger: Stranger
) -> None:
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.ADMIN, nip=None), f"{NIP} Sit1 Rahmawati, S.H.")

    assert "serupa dengan Siti Rahmawati" in office["dewi"].chat.last.text
    assert stranger.known is None


def test_a_chosen_name_that_looks_like_somebody_elses_waits_though_the_nip_is_named_or_expected(
    office: Office, stranger: Stranger, another: Stranger
) -> None:
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.POST, "kadiv"), f"{NIP} B\u1d00mbang Wijaya")
    assert "serupa dengan Bambang Wijaya" in office["dewi"].chat.last.text
    expects(office, "197001011995032003")
    assert "Menunggu" in joins(another, code_for(office, InviteKind.OFFICE), "197001011995032003 \ua4ee\ua4e0\ua4f2")
    assert "huruf Latin" in office["dewi"].chat.last.text


def test_a_name_that_the_offices_own_list_gives_is_not_questioned(office: Office, stranger: Stranger) -> None:
    expects(office, "197001011995032003", "Siti Rahmawati")
    joins(stranger, code_for(office, InviteKind.OFFICE), "197001011995032003 Siti")
    assert stranger.person.name == "Siti Rahmawati"


def test_a_newcomer_who_takes_the_name_of_somebody_expected_waits(office: Office, stranger: Stranger) -> None:
    expects(office, "197001011995032003", "Fajar Lasut, S.H.")
    expects(office, "197001011995032002")
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.OFFICE), f"{NIP} Fajar Lasut")
    assert "serupa dengan Fajar Lasut, S.H." in office["dewi"].chat.last.text


def test_a_name_of_two_scripts_is_refused_with_what_is_wrong(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} S\u0456ti Rahmawati")
    assert "lebih dari satu aksara" in stranger.chat.messages[-2].text


def test_a_name_that_cannot_be_read_does_not_cost_the_nip(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} X")
    assert "Nama tidak dapat dibaca" in stranger.chat.messages[-2].text
    stranger.writes("8")
    assert "Nama tidak dapat dibaca" in stranger.chat.last.text
    stranger.writes("Eka Sumual")

    assert f"{NIP} · Eka Sumual" in stranger.chat.last.text


def test_nobodys_nip_and_name_are_as_long_as_a_story(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} a{' ' * 4000}b")
    assert "tulisan lain" in stranger.chat.last.text
    stranger.writes(NIP)
    stranger.writes(f"Eka{' ' * 4000}Sumual")
    assert "Nama tidak dapat dibaca" in stranger.chat.last.text
    stranger.writes("Eka Sumual")

    assert f"{NIP} · Eka Sumual" in stranger.chat.last.text


def test_what_was_given_can_be_changed_until_it_is_confirmed(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom", nip="197001021995032002"))
    stranger.writes(f"{NIP} Eka Sumula")
    stranger.writes("ya benar")
    assert "Ketuk tombol pada kartu" in stranger.chat.last.text
    stranger.writes(f"{NIP} Eka Sumual")
    assert [one.labels for one in stranger.chat.messages if one.labels] == [["✅ Benar, ini saya", "✏️ Ubah"]]
    stale = stranger.chat.last

    assert "Kirim NIP dan nama lagi" in stranger.taps("Ubah")
    assert stranger.chat.last.labels == []
    stranger.writes("19700102 199503 2 002 Eka Sumual")
    stranger.writes("19700102 199503 2 002")

    assert stale.labels == []
    assert stranger.taps("Benar, ini saya")
    assert stranger.person.nip == "197001021995032002"


def test_a_card_that_was_replaced_registers_nobody(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} Eka Sumual")
    token = stranger.chat.last.keys[0].token or ""
    stranger.taps("Ubah")

    assert "Keadaan sudah berubah" in stranger.presses(token, stranger.chat.last.message_id)
    assert stranger.known is None


def test_an_invite_serves_one_account_once(office: Office, stranger: Stranger, another: Stranger) -> None:
    code = code_for(office, InviteKind.POST, "jft-prakom")
    opens(stranger, code)
    opens(another, code)
    assert "Undangan ini tidak berlaku" in another.chat.last.text

    opens(stranger, code)
    stranger.writes(f"{NIP} Eka Sumual")
    stranger.taps("Benar, ini saya")
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, stranger.person.id)))
    opens(stranger, code)

    assert "Undangan ini tidak berlaku" in stranger.chat.last.text


@pytest.mark.parametrize("code", ["tebakan", "case", "-" * 64])
def test_a_guessed_code_tells_nothing(stranger: Stranger, code: str) -> None:
    opens(stranger, code)

    assert "Undangan ini tidak berlaku" in stranger.chat.last.text
    assert "Sulawesi" not in stranger.chat.last.text


def test_an_invite_that_expires_on_the_way_makes_nobody_a_holder(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} Eka Sumual")
    office.passes(timedelta(hours=24))

    assert "Undangan ini tidak berlaku" in stranger.taps("Benar, ini saya")
    assert stranger.known is None


def test_nobody_registers_as_somebody_whose_account_is_bound(office: Office, stranger: Stranger) -> None:
    toast = joins(stranger, code_for(office, InviteKind.POST, "kadiv"), f"{office['siti'].person.nip} Siti Rahmawati")

    assert "sudah terikat pada akun Telegram lain" in toast
    assert stranger.known is None
    assert posts(office, office["siti"]) == ["kadiv"]


def test_a_post_changes_hands_with_its_open_cards(office: Office, stranger: Stranger) -> None:
    number = reported(office)
    bambang = office["bambang"]
    assert bambang.chat.find(number).labels

    joins(stranger, code_for(office, InviteKind.POST, "kakanwil"))

    assert posts(office, bambang) == []
    assert bambang.chat.find(f"DISPOSISI {number}").labels == []
    assert "Eka Sumual, S.Kom. kini memegang jabatan Kepala Kantor Wilayah" in bambang.chat.last.text
    assert stranger.chat.find(f"DISPOSISI {number}").labels
    assert "Eka Sumual, S.Kom. kini memegang jabatan Kepala Kantor Wilayah" in office["dewi"].chat.last.text


def test_a_post_that_several_hold_takes_one_more(office: Office, stranger: Stranger) -> None:
    joins(stranger, code_for(office, InviteKind.POST, "jft-prakom"))

    assert [posts(office, one) for one in (office["rina"], office["andi"], stranger)] == [["jft-prakom"]] * 3


def test_a_registered_person_only_confirms_a_further_post(office: Office) -> None:
    budi = office["budi"]
    opens(budi, code_for(office, InviteKind.POST, "kadiv", nip=budi.person.nip))
    assert budi.chat.last.labels == ["✅ Benar, ini saya"]
    assert "Jabatan: Kepala Divisi Administrasi" in budi.chat.last.text
    budi.taps("Benar, ini saya")

    assert posts(office, budi) == ["kadiv"]
    assert posts(office, office["siti"]) == []


def test_an_admin_invite_makes_an_admin(office: Office, stranger: Stranger) -> None:
    joins(stranger, code_for(office, InviteKind.ADMIN))

    assert stranger.person.is_admin
    assert "/kelola" in stranger.chat.last.text


def test_somebody_unknown_is_greeted_and_not_more_than_once_a_minute(office: Office, stranger: Stranger) -> None:
    for words in ("halo", "SIMPEG tidak dapat dibuka", "?"):
        stranger.writes(words)
    stranger.sends("/start", registration.start)
    assert len(stranger.chat.messages) == 1
    assert "minta tautan undangan kepada admin" in stranger.chat.last.text
    assert "Sulawesi" not in stranger.chat.last.text

    office.passes(timedelta(minutes=1))
    stranger.writes("halo?")
    assert len(stranger.chat.messages) == 2


def test_a_link_to_a_case_shows_somebody_unknown_nothing(office: Office, stranger: Stranger) -> None:
    number = reported(office)
    opens(stranger, f"case-{number}")

    assert [one.text.splitlines()[0] for one in stranger.chat.messages] == [
        "Selamat datang. Bot ini melayani pegawai yang terdaftar."
    ]


def test_a_link_to_a_case_shows_its_reporter_where_it_stands(office: Office) -> None:
    number = reported(office)
    opens(office["budi"], f"case-{number}")

    assert number in office["budi"].chat.last.text


def test_markup_in_a_name_is_shown_and_not_obeyed(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} Eka <b>& Co</b>")

    assert "Eka &lt;b&gt;&amp; Co&lt;/b&gt;" in stranger.chat.last.html


def test_start_greets_a_registered_person_by_name(office: Office) -> None:
    office["siti"].sends("/start", registration.start)

    assert "Selamat datang, Siti Rahmawati!" in office["siti"].chat.last.text
    assert "Jabatan: Kepala Divisi Administrasi" in office["siti"].chat.last.text


def test_the_office_link_takes_those_on_the_list_at_once(office: Office, stranger: Stranger, another: Stranger) -> None:
    expects(office, "197001011995032002", "Eka Sumual, S.Kom.", "Subbagian Kepegawaian")
    code = code_for(office, InviteKind.OFFICE)
    joins(stranger, code, f"{NIP} eka")
    joins(another, code, "19700102 199503 1 001 Fajar Lasut")

    assert (stranger.person.name, stranger.person.unit) == ("Eka Sumual, S.Kom.", "Subbagian Kepegawaian")
    assert another.known is None
    assert "Menunggu persetujuan admin" in another.chat.last.text


def test_an_admin_accepts_a_candidate_with_one_tap(office: Office, stranger: Stranger) -> None:
    office.hires("gita", "Gita Wowor", admin=True)
    joins(stranger, code_for(office, InviteKind.OFFICE))
    stranger.writes("Sudah?")
    assert "menunggu persetujuan admin" in stranger.chat.last.text
    card = office["gita"].chat.last
    assert "Eka Sumual, S.Kom." in card.text
    assert "NIP 19700101 199503 2 002" in card.text
    token = card.keys[0].token or ""

    assert "diterima" in office["dewi"].taps("Terima")

    assert stranger.person.name == "Eka Sumual, S.Kom."
    assert "Selamat datang, Eka Sumual" in stranger.chat.last.text
    assert stranger.chat.find("✅ Terdaftar sebagai Eka Sumual").labels == []
    for admin in ("dewi", "gita"):
        shown = office[admin].chat.find("diterima oleh Dewi Kartika")
        assert shown.labels == []
    assert "sudah diputuskan" in office["gita"].presses(token, card.message_id)


def test_a_candidate_who_is_turned_down_is_told_and_forgotten(office: Office, stranger: Stranger) -> None:
    code = code_for(office, InviteKind.OFFICE)
    joins(stranger, code)
    office["dewi"].taps("Tolak")

    assert stranger.known is None
    assert "tidak disetujui" in stranger.chat.last.text
    assert "Eka Sumual, S.Kom. ditolak oleh Dewi Kartika" in office["dewi"].chat.last.text
    assert office.work(lambda records: records.session.scalars(select(Registration.nip)).all()) == [None]
    stranger.writes("halo")
    assert "minta tautan undangan" in stranger.chat.last.text

    joins(stranger, code)
    office["dewi"].taps("Terima")
    assert stranger.known is not None


def test_the_office_link_never_gives_a_post_by_knowing_its_holders_nip(office: Office, stranger: Stranger) -> None:
    nip = office["bambang"].person.nip
    expects(office, nip)
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, office["bambang"].id)))
    joins(stranger, code_for(office, InviteKind.OFFICE), f"{nip} Bambang Wijaya")

    assert stranger.known is None
    assert "tercatat atas nama Bambang Wijaya (Kepala Kantor Wilayah)" in office["dewi"].chat.last.text


def test_a_post_invite_does_not_give_more_than_its_post(office: Office, stranger: Stranger) -> None:
    nip = office["bambang"].person.nip
    number = reported(office)
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, office["bambang"].id)))
    joins(stranger, code_for(office, InviteKind.POST, "jft-prakom"), f"{nip} Bambang Wijaya")
    assert stranger.known is None

    office["dewi"].taps("Terima")
    assert posts(office, stranger) == ["kakanwil", "jft-prakom"]
    assert stranger.chat.find(f"DISPOSISI {number}").labels


def test_somebody_with_a_new_phone_comes_back_by_an_invite_for_their_post(office: Office, stranger: Stranger) -> None:
    number = reported(office)
    bambang = office["bambang"]
    nip, old = bambang.person.nip, bambang.chat
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, bambang.id)))
    office.deliver()
    assert old.find(f"DISPOSISI {number}").labels == []

    joins(stranger, code_for(office, InviteKind.POST, "kakanwil", nip=nip), f"{nip} Bambang Wijaya")

    assert stranger.person.id == bambang.id
    assert stranger.chat.find(f"DISPOSISI {number}").labels


def loses_phone(office: Office, name: str) -> None:
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, office[name].id)))
    office.deliver()


def test_a_thief_does_not_come_back_by_what_stands_in_the_chat(office: Office, stranger: Stranger) -> None:
    expects(office, "197001011995032002", "Eka Sumual, S.Kom.")
    code = code_for(office, InviteKind.OFFICE)
    joins(stranger, code)
    eka = stranger.person.id
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, eka)))
    office.deliver()

    assert joins(stranger, code) == "⏳ Menunggu persetujuan admin."

    assert stranger.known is None
    card = office["dewi"].chat.last
    assert "sudah tercatat atas nama Eka Sumual, S.Kom." in card.text
    assert "seluruh laporannya" in card.text
    office["dewi"].taps("Tolak")
    assert stranger.known is None


def test_an_employee_with_a_new_phone_comes_back_by_the_office_link_and_an_admins_tap(
    office: Office, stranger: Stranger
) -> None:
    number = reported(office)
    budi = office["budi"].person
    expects(office, budi.nip)
    loses_phone(office, "budi")
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.OFFICE), f"{budi.nip} Budi Santoso")

    office["dewi"].taps("Terima")

    assert stranger.person.id == budi.id
    opens(stranger, f"case-{number}")
    assert number in stranger.chat.last.text


def test_a_post_invite_does_not_give_the_past_of_somebody_who_left(office: Office, stranger: Stranger) -> None:
    bambang = office["bambang"].person

    def retire(records: Records) -> None:
        person = records.session.get_one(Person, bambang.id)
        appointment.relieve(records, person, "kakanwil")
        appointment.unbind(records, person)

    office.work(retire)
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.POST, "jft-prakom"), f"{bambang.nip} Bambang")

    assert stranger.known is None
    assert "Diundang sebagai JFT Prakom" in office["dewi"].chat.last.text
    assert "sudah tercatat atas nama Bambang Wijaya" in office["dewi"].chat.last.text


def test_an_admin_invite_does_not_give_the_post_of_whoever_has_no_account(office: Office, stranger: Stranger) -> None:
    bambang = office["bambang"].person
    loses_phone(office, "bambang")
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.ADMIN), f"{bambang.nip} Bambang Wijaya")

    assert stranger.known is None
    assert not office.work(lambda records: records.session.get_one(Person, bambang.id)).is_admin
    card = office["dewi"].chat.last
    assert "Diundang sebagai admin" in card.text
    assert "tercatat atas nama Bambang Wijaya (Kepala Kantor Wilayah)" in card.text
    office["dewi"].taps("Terima")
    assert (stranger.person.id, stranger.person.is_admin) == (bambang.id, True)


def test_an_admin_who_lost_the_phone_comes_back_by_the_word_of_another(office: Office, stranger: Stranger) -> None:
    dewi = office["dewi"].person
    office.hires("gita", "Gita Wowor", admin=True)
    loses_phone(office, "dewi")
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.ADMIN), f"{dewi.nip} Dewi Kartika")

    office["gita"].taps("Terima")

    assert (stranger.person.id, stranger.person.is_admin) == (dewi.id, True)


def test_the_only_admin_who_lost_the_phone_needs_nobodys_word(
    office: Office, stranger: Stranger, another: Stranger
) -> None:
    dewi = office["dewi"].person
    before = code_for(office, InviteKind.ADMIN)
    loses_phone(office, "dewi")
    opens(another, before)
    assert "tidak berlaku" in another.chat.last.text, "issued while there was an admin to ask"

    joins(stranger, code_for(office, InviteKind.ADMIN), f"{dewi.nip} Dewi Kartika")

    assert (stranger.person.id, stranger.person.is_admin) == (dewi.id, True)


def test_whoever_decides_more_than_their_post_is_not_let_back_in_by_it_alone(
    office: Office, stranger: Stranger
) -> None:
    siti = office["siti"].person
    office.work(lambda records: setattr(records.session.get_one(Person, siti.id), "is_admin", True))
    loses_phone(office, "siti")

    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.POST, "kadiv"), f"{siti.nip} Siti Rahmawati")

    assert "(admin; Kepala Divisi Administrasi)" in office["dewi"].chat.last.text


def test_the_admin_sees_who_used_the_invite(office: Office, stranger: Stranger) -> None:
    dewi = office["dewi"]
    dewi.sends("/kelola", administration.command)
    assert "Undangan dibuat" in dewi.taps("Undang Kadiv")
    found = re.search(r"/start (\S+)", dewi.chat.last.text)
    assert found is not None
    shown = dewi.chat.last

    assert "atau atasannya menyetujui" in shown.text
    assert "Menunggu" in joins(stranger, found[1])
    assert office["siti"].taps("Terima") == "✅ Eka Sumual, S.Kom. diterima dan diberi tahu."

    assert "Dipakai oleh Eka Sumual, S.Kom." in shown.text
    assert found[1] not in shown.text


def test_no_code_and_no_nip_is_left_in_what_is_owed_or_journaled(office: Office, stranger: Stranger) -> None:
    dewi = office["dewi"]
    dewi.sends("/kelola", administration.command)
    dewi.taps("Undang Kadiv")
    code = dewi.chat.last.text.rpartition("/start ")[2].strip()
    joins(stranger, code)
    office["bambang"].taps("Terima")

    def kept(records: Records) -> tuple[str, list[str]]:
        bodies = [*records.session.scalars(select(Notice.body)), *records.session.scalars(select(Payload.body))]
        entries = records.session.scalars(
            locked_office_chain(records.session).entries.select().order_by(Entry.sequence)
        )
        return repr(bodies), [entry.action for entry in entries]

    bodies, actions = office.work(kept)
    assert code not in bodies
    assert "197001011995032002" not in bodies
    assert actions == ["invite", "claim-invite", "await-admin", "register", "end-tenure", "appoint", "accept-candidate"]


def test_the_language_is_chosen_by_a_word_or_by_turns(office: Office) -> None:
    budi, choose = office["budi"], routes.commands(office.texts)["bahasa"]
    indonesian, *others = office.texts.languages
    for language in (*others, indonesian):
        budi.sends("/bahasa", choose)
        assert budi.person.language == language
    budi.sends("/bahasa en-GB", choose)
    assert "English chosen" in budi.chat.last.text
    assert "/bahasa id (Bahasa Indonesia)" in budi.chat.last.text
    assert "/bahasa en" not in budi.chat.last.text
    budi.sends("/bahasa indonesia", choose)
    assert "Bahasa Indonesia dipilih" in budi.chat.last.text
    budi.sends("/bahasa xx", choose)
    assert "belum tersedia" in budi.chat.last.text
    for language, name in office.texts.languages.items():
        assert f"/bahasa {language} ({name})" in budi.chat.last.text


def test_a_stranger_is_spoken_to_in_the_language_of_their_account(office: Office, stranger: Stranger) -> None:
    stranger.language = "en-GB"
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    assert "You are invited as JFT Prakom" in stranger.chat.last.text
    stranger.writes(f"{NIP} Eka Sumual")
    stranger.taps("Yes, this is me")

    assert stranger.person.language == "en"
