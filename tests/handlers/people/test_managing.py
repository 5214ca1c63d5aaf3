"""The pages of `/kelola`, tapped through: long lists, searching, expected people, invites, decrees, the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.people import administration
from models.administration import appointment, expectation
from models.administration.expectation import Expected
from models.journal.chain import Entry
from models.mail.card import Button, Card, CardKind
from models.office.invitation import Invite
from models.office.person import Person
from models.repository.office_lock import locked_office_chain
from models.repository.told import STATE, STOCK
from tests.handlers.people.joining import NIP, joins, opens, posts
from tests.handlers.people.kelola import button, invites, manages, opens_person, opens_post

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai, Stranger


def code_in(text: str) -> str:
    return text.rpartition("/start ")[2].strip()


def expects(office: Office, count: int) -> None:
    listed = [Expected(f"1990010120150310{one:02d}", f"Pegawai Harapan {one:02d}", "Umum") for one in range(count)]
    office.work(lambda records: expectation.expect(records, listed))


def relieves(office: Office, holder: Pegawai, post: str) -> None:
    person_id = holder.person.id
    office.work(lambda records: appointment.relieve(records, records.session.get_one(Person, person_id), post))


def actions(office: Office) -> list[str]:
    def read(records: Records) -> list[str]:
        entries = locked_office_chain(records.session).entries.select().order_by(Entry.sequence)
        return [one.action for one in records.session.scalars(entries) if one.action not in {STATE, STOCK}]

    return office.work(read)


class TestLists:
    def test_turn_page_by_page_and_back(self, office: Office) -> None:
        for one in range(20):
            office.hires(f"pegawai-{one}", f"Pegawai Nomor {one:02d}")
        dewi = office["dewi"]
        shown = manages(dewi)
        dewi.taps("Pegawai", on=shown)
        assert "Pegawai terdaftar (28)" in shown.text
        assert "Halaman 1 dari 5" in shown.text
        dewi.taps("Berikutnya", on=shown)
        assert "Halaman 2 dari 5" in shown.text
        dewi.taps("Sebelumnya", on=shown)
        assert "• Andi Pratama: JFT Prakom" in shown.text
        dewi.taps("« Kembali", on=shown)
        assert "28 pegawai" in shown.text

    def test_find_people_by_part_of_a_name(self, office: Office) -> None:
        for one in range(20):
            office.hires(f"pegawai-{one}", f"Pegawai Nomor {one:02d}")
        dewi = office["dewi"]
        manages(dewi)
        dewi.taps("Pegawai")
        dewi.taps("Cari")
        assert "Tulis sebagian nama" in dewi.chat.last.text
        dewi.writes("nomor 1")
        found = dewi.chat.last
        assert "“nomor 1”: 11 yang cocok." in found.text
        dewi.taps("Berikutnya", on=found)
        assert "Halaman 2 dari 2" in found.text
        dewi.taps("Tampilkan semua", on=found)
        assert "Pegawai terdaftar (28)" in found.text

    def test_say_that_nothing_fits(self, office: Office) -> None:
        for one in range(10):
            office.hires(f"pegawai-{one}", f"Pegawai Nomor {one:02d}")
        dewi = office["dewi"]
        manages(dewi)
        dewi.taps("Pegawai")
        dewi.taps("Cari")
        dewi.writes("x" * 101)
        assert "101" in dewi.chat.last.text
        dewi.writes("tidak ada orang ini")
        assert "tidak ada yang cocok" in dewi.chat.last.text

    def test_a_page_that_is_gone_shows_the_last_one(self, office: Office) -> None:
        expects(office, 8)
        dewi = office["dewi"]
        shown = manages(dewi)
        dewi.taps("📋 Belum mendaftar", on=shown)
        following = button(shown, "Berikutnya ›")
        listed = office.work(expectation.expected)
        office.work(lambda records: expectation.replace(records, listed[:3]))
        dewi.presses(*following)
        assert "Belum mendaftar (3)" in shown.text
        assert "Halaman" not in shown.text

    def test_a_post_that_left_the_office_file_is_refused_and_the_card_goes_on(self, office: Office) -> None:
        dewi = office["dewi"]
        shown = opens_post(dewi, "Kadiv")

        def lose(records: Records) -> str:
            card = records.session.scalars(select(Card).where(Card.kind == CardKind.ADMINISTRATION)).one()
            card.subject = "jabatan-yang-dihapus"
            minted = Button.mint(card, action="open-post", argument="jabatan-yang-dihapus", version=0)
            records.session.add(minted)
            return minted.token

        assert "tidak ada lagi pada berkas kantor" in dewi.presses(office.work(lose), shown.message_id)
        assert "Kelola · " in shown.text, "the office at a glance is shown instead"

    def test_are_for_admins(self, office: Office) -> None:
        dewi = office["dewi"]
        shown = manages(dewi)
        office.work(lambda records: setattr(records.session.get_one(Person, dewi.id), "is_admin", False))
        for label in ("🪑 Jabatan", "👥 Pegawai", "📋 Belum mendaftar", "🛡 Admin"):
            assert "Hanya admin" in dewi.presses(*button(shown, label))

    def test_a_name_of_a_hundred_letters_stands_on_a_phone(self, office: Office) -> None:
        for one in range(7):
            office.hires(f"panjang-{one}", "Sitti " + "Prawirodirdjo " * 6 + str(one))
        dewi = office["dewi"]
        shown = manages(dewi)
        dewi.taps("Pegawai", on=shown)
        dewi.taps("Berikutnya", on=shown)
        assert len(shown.text) < 1000


class TestExpectedPeople:
    def test_are_added_and_come_in_without_a_tap(self, office: Office, stranger: Stranger) -> None:
        dewi = office["dewi"]
        manages(dewi)
        dewi.taps("📋 Belum mendaftar")
        dewi.taps("Tambah")
        dewi.writes("19900101 201503 1 004 Umar Contoh; Subbagian Umum")
        assert "Umar Contoh ada pada daftar" in dewi.chat.find("ada pada daftar").text
        assert "• Umar Contoh: Subbagian Umum" in dewi.chat.last.text
        manages(dewi)
        dewi.taps("Tautan pendaftaran")
        opens(stranger, code_in(dewi.chat.last.text))
        stranger.writes("199001012015031004 Umar Contoh")
        stranger.taps("Benar, ini saya")
        assert stranger.person.unit == "Subbagian Umum"

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("Umar Contoh", "NIP"),
            ("123 Umar", "3 angka"),
            ("199001012015031004", "nama"),
            ("199001012015031004 " + "x" * 200, "nama"),
            ("199001012015031004 Umar; " + "u" * 200, "100"),
            ("19800101 200502 1 004 Siti Lain", "Siti Rahmawati"),
        ],
    )
    def test_are_asked_for_again_where_the_words_are_amiss(self, office: Office, words: str, said: str) -> None:
        dewi = office["dewi"]
        manages(dewi)
        dewi.taps("📋 Belum mendaftar")
        dewi.taps("Tambah")
        dewi.writes(words)
        assert said.casefold() in dewi.chat.last.text.casefold()
        dewi.writes("PPNPN-07 Umar Contoh")
        assert "Umar Contoh ada pada daftar" in dewi.chat.find("ada pada daftar").text

    def test_leave_the_list_again(self, office: Office) -> None:
        expects(office, 2)
        dewi = office["dewi"]
        shown = manages(dewi)
        dewi.taps("📋 Belum mendaftar", on=shown)
        dewi.taps("Pegawai Harapan 01", on=shown)
        key = button(shown, "✖️ Keluarkan dari daftar")
        assert "Pegawai Harapan 01 dikeluarkan dari daftar" in dewi.presses(*key)
        assert "Belum mendaftar (1)" in shown.text
        assert "dikeluarkan dari daftar" in dewi.presses(*key), "a second tap does nothing"
        assert actions(office).count("expect") == 2


class TestInvites:
    def test_name_whom_they_replace(self, office: Office) -> None:
        dewi = office["dewi"]
        shown = opens_post(dewi, "Kadiv")
        dewi.taps("Ganti Kadiv", on=shown)
        assert "Menggantikan Siti Rahmawati" in shown.text
        dewi.taps("Buat undangan", on=shown)
        assert "Menggantikan Siti Rahmawati" in dewi.chat.last.text

    def test_name_nobody_any_more_once_they_are_used(self, office: Office, stranger: Stranger) -> None:
        dewi = office["dewi"]
        shown = opens_post(dewi, "Kadiv")
        dewi.taps("Ganti Kadiv", on=shown)
        dewi.taps("Buat undangan", on=shown)
        invite = dewi.chat.last
        joins(stranger, code_in(invite.text))
        assert "Menggantikan Siti Rahmawati" in invite.text
        office["siti"].taps("Terima")
        assert "Dipakai oleh Eka Sumual" in invite.text
        assert "Menggantikan" not in invite.text, "the new holder does not replace themself"

    def test_of_a_post_that_several_hold_replace_the_chosen_one(self, office: Office, stranger: Stranger) -> None:
        dewi = office["dewi"]
        shown = opens_post(dewi, "JFT Prakom")
        dewi.taps("Undang JFT Prakom", on=shown)
        assert "Siapa yang digantikan?" in shown.text
        dewi.taps("🔁 Rina Mokoginta", on=shown)
        assert "Menggantikan Rina Mokoginta" in shown.text
        dewi.taps("Undang satu NIP", on=shown)
        dewi.writes("123")
        assert "3 angka" in dewi.chat.last.text
        dewi.writes(NIP)
        invite = dewi.chat.last
        assert "Menggantikan Rina Mokoginta" in invite.text
        assert "Untuk NIP 19700101 199503 2 002" in invite.text
        assert "Menunggu" in joins(stranger, code_in(invite.text)), "who made the invite does not decide alone"
        office["rina"].taps("Terima")
        assert posts(office, stranger) == ["jft-prakom"]
        assert posts(office, office["rina"]) == []
        assert posts(office, office["andi"]) == ["jft-prakom"]

    def test_the_way_back_from_writing_a_nip_leads_to_the_invitation(self, office: Office) -> None:
        dewi = office["dewi"]
        shown = opens_post(dewi, "Kadiv")
        dewi.taps("Ganti Kadiv", on=shown)
        dewi.taps("Undang satu NIP", on=shown)
        dewi.taps("« Kembali", on=shown)
        assert "Buat undangan" in " ".join(shown.labels)
        assert "Menggantikan Siti Rahmawati" in shown.text

    def test_the_way_back_from_writing_a_nip_keeps_whom_the_invitation_replaces(self, office: Office) -> None:
        dewi = office["dewi"]
        shown = opens_post(dewi, "JFT Prakom")
        dewi.taps("Undang JFT Prakom", on=shown)
        for chosen, told in (("🔁 Rina Mokoginta", "Menggantikan Rina Mokoginta"), ("Tidak ada", "Tidak ada yang")):
            dewi.taps(chosen, on=shown)
            dewi.taps("Undang satu NIP", on=shown)
            dewi.taps("« Kembali", on=shown)
            assert told in shown.text
            dewi.taps("« Kembali", on=shown)
            dewi.taps("Undang JFT Prakom", on=shown)

    def test_of_a_post_that_several_hold_may_add_somebody(self, office: Office, stranger: Stranger) -> None:
        dewi = office["dewi"]
        shown = opens_post(dewi, "JFT Prakom")
        dewi.taps("Undang JFT Prakom", on=shown)
        dewi.taps("Tidak ada, tambahan", on=shown)
        assert "Tidak ada yang digantikan" in shown.text
        dewi.taps("Buat undangan", on=shown)
        joins(stranger, code_in(dewi.chat.last.text))
        dewi.taps("Terima")
        assert posts(office, office["rina"]) == posts(office, stranger) == ["jft-prakom"]
        assert office.work(lambda records: records.session.scalars(select(Invite.replaces_id)).all()) == [None]

    def test_whom_an_invite_replaces_cannot_be_somebody_of_another_post(self, office: Office) -> None:
        dewi = office["dewi"]
        shown = opens_post(dewi, "JFT Prakom")
        dewi.taps("Undang JFT Prakom", on=shown)
        dewi.taps("🔁 Rina Mokoginta", on=shown)
        assert "Undangan dibuat" in invites(dewi, "Kadiv")
        replaced = office.work(lambda records: records.session.scalars(select(Invite.replaces_id)).all())
        assert replaced == [None], "the choice was for the other post"


def test_an_admin_who_writes_no_nip_is_told_of_the_office_number_to_give(office: Office) -> None:
    dewi = office["dewi"]
    opens_post(dewi, "Kadiv")
    dewi.taps("Ganti Kadiv")
    dewi.taps("Undang satu NIP")
    dewi.writes("123")
    told = dewi.chat.last.text
    assert "pesan Anda memuat 3 angka" in told
    assert "tulis nomor kantor yang Anda berikan kepadanya" in told
    assert "kepada admin" not in told


class TestDecrees:
    def test_a_plh_is_named_from_the_page_of_the_person(self, office: Office) -> None:
        dewi, hendra = office["dewi"], office["hendra"]
        opens_person(dewi, "Siti Rahmawati")
        dewi.taps("Plh. menurut SK")
        assert "Plh. menggantikan Siti Rahmawati" in dewi.chat.last.text
        dewi.writes("besok")
        assert "tiga bagian" in dewi.chat.last.text
        dewi.writes(f"{hendra.person.nip} hari ini; W.25-KP.04-12; 20/11/2026")
        assert "Anda ditunjuk sebagai Plh. Kadiv" in hendra.chat.find("ditunjuk").text

    def test_a_plt_is_named_from_the_page_of_a_vacant_post(self, office: Office) -> None:
        office.work(lambda records: setattr(records.lock_office().tenures_of("kadiv")[0], "ends_at", records.at))
        dewi, hendra = office["dewi"], office["hendra"]
        shown = opens_post(dewi, "Kadiv")
        assert "lowong" in shown.text
        dewi.taps("Plt. menurut SK", on=shown)
        dewi.writes(f"{hendra.person.nip}; W.25-KP.04-13; 20/11/2026")
        assert "Hendra Lumi kini Plt. Kepala Divisi Administrasi" in dewi.chat.last.text
        opens_post(dewi, "Kadiv")
        assert "• Hendra Lumi (Plt.)" in dewi.chat.last.text

    @pytest.mark.parametrize(("post", "holders"), [("kadiv", ["siti"]), ("jft-prakom", ["rina", "andi"])])
    def test_an_invite_for_a_post_that_a_plt_acts_in_says_that_their_time_ends(
        self, office: Office, post: str, holders: list[str]
    ) -> None:
        for one in holders:
            relieves(office, office[one], post)
        dewi, hendra = office["dewi"], office["hendra"]
        dewi.sends(f"/kelola plt {post} {hendra.person.nip}; W.25-KP.04-13; 20/11/2026", administration.command)
        assert posts(office, hendra)[-1] == post
        shown = opens_post(dewi, {"kadiv": "Kadiv", "jft-prakom": "JFT Prakom"}[post])
        dewi.taps(next(one for one in ("Ganti", "Undang") if any(one in label for label in shown.labels)), on=shown)
        assert "Menggantikan Hendra Lumi" in shown.text
        dewi.taps("Buat undangan", on=shown)
        assert "Menggantikan Hendra Lumi" in dewi.chat.last.text


def test_the_unit_of_a_person_is_corrected(office: Office) -> None:
    dewi = office["dewi"]
    opens_person(dewi, "Budi Santoso")
    dewi.taps("Unit…")
    dewi.writes("u" * 101)
    assert "101" in dewi.chat.last.text
    dewi.writes("  Subbagian   Umum ")
    assert "Unit: Subbagian Umum" in dewi.chat.last.text
    assert office["budi"].person.unit == "Subbagian Umum"
    assert actions(office)[-1] == "unit"


def test_the_rank_of_a_person_is_written_down_and_taken_away(office: Office) -> None:
    dewi = office["dewi"]
    opens_person(dewi, "Budi Santoso")
    dewi.taps("Pangkat…")
    assert "Penata (III/c)" in dewi.chat.last.text
    dewi.writes("p" * 61)
    assert "61" in dewi.chat.last.text
    dewi.writes("  Penata   Muda (III/a) ")
    assert "Pangkat: Penata Muda (III/a)" in dewi.chat.last.text
    assert office["budi"].person.rank == "Penata Muda (III/a)"
    assert actions(office)[-1] == "rank"
    dewi.taps("Pangkat…")
    dewi.writes("-")
    assert "Pangkat:" not in dewi.chat.last.text
    assert office["budi"].person.rank == ""


def test_what_was_asked_for_is_dropped_by_going_elsewhere(office: Office) -> None:
    dewi = office["dewi"]
    shown = opens_person(dewi, "Budi Santoso")
    dewi.taps("Unit…", on=shown)
    dewi.taps("« Kembali", on=shown)
    dewi.writes("Printer rusak")
    assert "Draf laporan" in dewi.chat.last.text
    assert office["budi"].person.unit == ""


def test_the_words_of_kelola_still_work(office: Office) -> None:
    office["dewi"].sends(f"/kelola jft-prakom {NIP}", administration.command)
    assert "Untuk NIP" in office["dewi"].chat.last.text
