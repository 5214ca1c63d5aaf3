"""Becoming a person of the office: the invite, the NIP, the name, the confirmation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers import routes
from handlers.people import administration, registration
from models.administration import appointment
from models.journal.chain import Entry, Payload
from models.mail.notice import Notice
from models.office.invitation import InviteKind
from models.office.person import Person
from models.office.registration import Registration
from models.repository.office_lock import locked_office_chain
from models.repository.told import STATE, STOCK
from tests.handlers.people.joining import NIP, code_for, expects, joins, opens, posts, reported
from tests.handlers.people.kelola import ends, invites

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Stranger


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
    assert "Jabatan: JFT Prakom" in stranger.chat.find("Selamat datang").text


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
    invites(dewi, "Kakanwil")
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
    invites(dewi, "Kadiv")
    found = re.search(r"/start (\S+)", dewi.chat.last.text)
    assert found is not None
    joins(stranger, found[1])
    assert "admin" not in stranger.chat.last.text, "the holder or the superior agrees here, and no admin"
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
    ends(dewi, "Kadiv", "Siti Rahmawati")
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
    assert "/kelola" in stranger.chat.find("Selamat datang").text


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
    assert "Menunggu persetujuan" in another.chat.last.text


def test_an_admin_accepts_a_candidate_with_one_tap(office: Office, stranger: Stranger) -> None:
    office.hires("gita", "Gita Wowor", admin=True)
    joins(stranger, code_for(office, InviteKind.OFFICE))
    stranger.writes("Sudah?")
    assert "menunggu persetujuan" in stranger.chat.last.text
    assert "disimpan" not in stranger.chat.last.text, "one word tells no problem"
    card = office["gita"].chat.last
    assert "Eka Sumual, S.Kom." in card.text
    assert "NIP 19700101 199503 2 002" in card.text
    token = card.keys[0].token or ""

    assert "diterima" in office["dewi"].taps("Terima")

    assert stranger.person.name == "Eka Sumual, S.Kom."
    assert "Selamat datang, Eka Sumual" in stranger.chat.find("Selamat datang").text
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


def test_the_admin_sees_who_used_the_invite(office: Office, stranger: Stranger) -> None:
    dewi = office["dewi"]
    assert "Undangan dibuat" in invites(dewi, "Kadiv")
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
    invites(dewi, "Kadiv")
    code = dewi.chat.last.text.rpartition("/start ")[2].strip()
    joins(stranger, code)
    office["bambang"].taps("Terima")

    def kept(records: Records) -> tuple[str, list[str]]:
        bodies = [*records.session.scalars(select(Notice.body)), *records.session.scalars(select(Payload.body))]
        entries = records.session.scalars(
            locked_office_chain(records.session).entries.select().order_by(Entry.sequence)
        )
        return repr(bodies), [entry.action for entry in entries if entry.action not in {STATE, STOCK}]

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
