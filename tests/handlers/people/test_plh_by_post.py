"""`/cuti` of a person who holds two posts: these are asked for one by one where somebody wants that, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.people import absence, administration
from models.administration import appointment
from models.administration.absences_due import absences_due
from models.office.person import Person
from tests.handlers.people.kelola import opens_person

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office


@pytest.fixture
def both(office: Office) -> Office:
    """The office in which Hendra holds the post below his own, too."""

    def appoint(records: Records) -> None:
        appointment.appoint(records, records.session.get_one(Person, office["hendra"].id), "kasubbag-humas")

    office.work(appoint)
    office.deliver()
    return office


def test_one_plh_for_all_posts_takes_no_tap_more(both: Office) -> None:
    both["hendra"].sends("/cuti hari ini", absence.command)
    shown = both["hendra"].chat.last
    assert "▫️ Kabag P2L: belum ada Plh.\n▫️ Kasubbag Humas: belum ada Plh." in shown.text
    assert shown.labels[:1] == ["🙋 Minta Siti Rahmawati · Kadiv"]
    assert "🪑 Plh. lain untuk Kabag P2L…" in shown.labels
    both["hendra"].taps("Minta Siti")
    assert "menjadi Plh. Kabag P2L, Kasubbag Humas" in both["siti"].chat.last.text
    both["siti"].taps("Bersedia")
    shown = both["hendra"].chat.find("Anda tidak di tempat ·")
    assert "✅ Plh. Kabag P2L: Siti Rahmawati\n✅ Plh. Kasubbag Humas: Siti Rahmawati" in shown.text
    assert shown.labels[0] == "🔁 Ganti Plh."


def test_each_post_is_asked_for_by_itself(both: Office) -> None:
    both["hendra"].sends("/cuti hari ini", absence.command)
    both["hendra"].taps("Plh. lain untuk Kabag P2L")
    shown = both["hendra"].chat.find("Anda tidak di tempat")
    assert "Siapa yang diminta menjadi Plh. Kabag P2L?" in shown.text
    assert shown.labels[-1] == "« Kembali"
    assert both["hendra"].taps("Minta Siti") == "🙋 Siti Rahmawati diminta menjadi Plh."
    both["hendra"].taps("« Kembali")
    both["hendra"].taps("Plh. lain untuk Kasubbag Humas")
    both["hendra"].taps("Minta Andi")
    both["hendra"].taps("« Kembali")
    assert "Sudah diminta: Siti Rahmawati (Kabag P2L)" in both["hendra"].chat.find("Anda tidak di tempat").text
    assert "meminta Anda menjadi Plh. Kasubbag Humas" in both["andi"].chat.last.text

    both["siti"].taps("Bersedia")
    both["andi"].taps("Bersedia")
    shown = both["hendra"].chat.find("Anda tidak di tempat ·")
    assert "✅ Plh. Kabag P2L: Siti Rahmawati\n✅ Plh. Kasubbag Humas: Andi Pratama" in shown.text
    said = both["hendra"].chat.find("Siti Rahmawati bersedia").text
    assert said == "✅ Siti Rahmawati bersedia menjadi Plh. Kabag P2L menggantikan Anda."
    assert shown.labels[:2] == ["🔁 Ganti Plh. Kabag P2L", "🔁 Ganti Plh. Kasubbag Humas"]

    both["hendra"].taps("Ganti Plh. Kasubbag Humas")
    assert "▫️ Kasubbag Humas: belum ada Plh." in both["hendra"].chat.find("Anda tidak di tempat ·").text


def test_who_is_asked_for_each_post_answers_each_on_one_card(both: Office) -> None:
    both["hendra"].sends("/cuti hari ini", absence.command)
    for post in ("Kabag P2L", "Kasubbag Humas"):
        both["hendra"].taps(f"Plh. lain untuk {post}")
        both["hendra"].taps("Minta Siti")
        both["hendra"].taps("« Kembali")
    shown = both["siti"].chat.last
    assert shown.labels == [
        "✅ Bersedia: Kabag P2L",
        "❌ Tidak: Kabag P2L",
        "✅ Bersedia: Kasubbag Humas",
        "❌ Tidak: Kasubbag Humas",
    ]
    both["siti"].taps("Bersedia: Kasubbag Humas", on=shown)
    both["siti"].taps("Tidak: Kabag P2L", on=shown)
    assert shown.labels == ["↩️ Tidak dapat lagi: Kasubbag Humas"]
    assert "Anda tidak bersedia menjadi Plh. Kabag P2L" in shown.text


def test_an_official_with_one_post_is_asked_nothing_of_posts(office: Office) -> None:
    office["siti"].sends("/cuti hari ini", absence.command)
    assert not [label for label in office["siti"].chat.last.labels if "Plh. lain" in label]
    assert "Kadiv: belum ada" not in office["siti"].chat.last.text


def test_an_admin_names_one_for_each_post_by_decree(both: Office) -> None:
    nips = {name: both[name].person.nip for name in ("hendra", "siti", "andi")}
    days = "23/11 - 27/11; W.25-KP.04-12; 20/11/2026"
    both["dewi"].sends(f"/kelola plh {nips['hendra']} Kabag P2L {nips['siti']} {days}", administration.command)
    both["dewi"].sends(f"/kelola plh {nips['hendra']} kasubbag-humas {nips['andi']} {days}", administration.command)
    shown = both["dewi"].chat.last.text
    assert "✅ Plh. Kabag P2L: Siti Rahmawati\nMenurut SK W.25-KP.04-12, Jum 20 Nov 2026" in shown
    assert "✅ Plh. Kasubbag Humas: Andi Pratama\nMenurut SK W.25-KP.04-12" in shown
    assert "Anda ditunjuk sebagai Plh. Kasubbag Humas" in both["andi"].chat.find("ditunjuk").text


def test_what_begins_while_somebody_is_asked_says_who(office: Office) -> None:
    """A first-time reader asked a colleague a second ago, and was told that there is nobody."""
    office["siti"].sends("/cuti hari ini", absence.command)
    office["siti"].taps("Minta Hendra")
    office.work(absences_due)
    office.deliver()
    said = office["siti"].chat.find("Belum ada Plh.").text
    assert "Belum ada Plh. Kadiv; sudah diminta: Hendra Lumi." in said
    office["hendra"].taps("Bersedia")
    told = [shown.text for shown in office["siti"].chat.messages[-2:]]
    assert told[0] == "✅ Hendra Lumi bersedia menjadi Plh. menggantikan Anda."
    assert "Kartu Kadiv kini pada Plh. Hendra Lumi" in told[1]
    assert office["siti"].taps("Ganti Plh.") == "🔁 Hendra Lumi tidak lagi menjadi Plh. Pilih yang lain."


def test_who_gives_it_back_reads_that_it_is_about_them(office: Office) -> None:
    office["siti"].sends("/cuti hari ini", absence.command)
    office["siti"].taps("Minta Hendra")
    office["hendra"].taps("Bersedia")
    assert office["hendra"].taps("Tidak dapat lagi") == "↩️ Anda tidak lagi menjadi Plh."


class TestByDecreeFromThePageOfThePerson:
    def test_one_of_several_posts_is_chosen_first(self, both: Office) -> None:
        opens_person(both["dewi"], "Hendra Lumi")
        shown = both["dewi"].chat.last
        both["dewi"].taps("Plh. menurut SK", on=shown)
        assert "Untuk jabatan mana" in shown.text
        assert shown.labels == ["🪑 Semua jabatannya", "🪑 Kabag P2L", "🪑 Kasubbag Humas", "« Kembali"]
        both["dewi"].taps("🪑 Kasubbag Humas", on=shown)
        assert "Plh. menggantikan Hendra Lumi (Kasubbag Humas)" in shown.text
        both["dewi"].writes(f"{both['andi'].person.nip} hari ini; W.25-KP.04-12; 20/11/2026")
        assert "Anda ditunjuk sebagai Plh. Kasubbag Humas menggantikan" in both["andi"].chat.find("ditunjuk").text
        told = both["dewi"].chat.last.text
        assert "✅ Plh. Kasubbag Humas: Andi Pratama" in told
        assert "▫️ Kabag P2L: belum ada Plh." in told

    def test_all_posts_may_be_chosen_together(self, both: Office) -> None:
        opens_person(both["dewi"], "Hendra Lumi")
        shown = both["dewi"].chat.last
        both["dewi"].taps("Plh. menurut SK", on=shown)
        both["dewi"].taps("Semua jabatannya", on=shown)
        both["dewi"].writes(f"{both['siti'].person.nip} hari ini; W.25-KP.04-12; 20/11/2026")
        assert "sebagai Plh. Kabag P2L, Kasubbag Humas" in both["siti"].chat.find("ditunjuk").text

    def test_each_page_leads_back(self, both: Office) -> None:
        opens_person(both["dewi"], "Hendra Lumi")
        shown = both["dewi"].chat.last
        both["dewi"].taps("Plh. menurut SK", on=shown)
        both["dewi"].taps("🪑 Kabag P2L", on=shown)
        both["dewi"].taps("« Kembali", on=shown)
        assert "Untuk jabatan mana" in shown.text
        both["dewi"].taps("« Kembali", on=shown)
        assert "📝 Plh. menurut SK…" in shown.labels

    def test_a_post_that_is_the_persons_no_more_is_refused(self, both: Office) -> None:
        opens_person(both["dewi"], "Hendra Lumi")
        shown = both["dewi"].chat.last
        both["dewi"].taps("Plh. menurut SK", on=shown)
        hendra = both["hendra"].id

        def leave(records: Records) -> None:
            appointment.relieve(records, records.session.get_one(Person, hendra), "kasubbag-humas")

        both.work(leave)
        assert "Hendra Lumi" in both["dewi"].taps("🪑 Kasubbag Humas", on=shown)
        assert "🪑 Kasubbag Humas" not in shown.labels


def test_a_decree_names_the_plh_of_the_days_that_the_person_has_filed(office: Office) -> None:
    office["hendra"].sends("/cuti hari ini", absence.command)
    opens_person(office["dewi"], "Hendra Lumi")
    office["dewi"].taps("Plh. menurut SK")
    office["dewi"].writes(f"{office['siti'].person.nip} hari ini; W.25-KP.04-12; 20/11/2026")
    assert "sebagai Plh. Kabag P2L menggantikan Hendra Lumi" in office["siti"].chat.find("ditunjuk").text
