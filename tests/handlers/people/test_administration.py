"""What an admin does in chat: the office at a glance, invites, candidates; and what is told of the unreachable."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from handlers.people import administration, registration
from models.administration import admission, appointment
from models.mail.card import Button, CardKind
from models.mail.correspondence import About
from models.office.invitation import InviteKind
from models.office.person import Person
from models.refusals.administration import NotAdmin
from models.repository.presses import card_shown, find_press
from tests.handlers.people.kelola import button, invites, manages, opens_post
from tests.reports import a_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.repository.records import Records
    from tests.handlers.conftest import Office, Shown, Stranger

NIP = "19700101 199503 2 002"
SOFTWARE = "penanganan-masalah-software"


def applies(office: Office, account: Stranger, name: str, nip: str = NIP) -> None:
    """Let somebody come by the office's own link, so that they wait for an admin."""
    code = office.work(lambda records: admission.invite(records, InviteKind.OFFICE).renew())
    account.sends(f"/start {code}", registration.start)
    account.writes(f"{nip} {name}")
    account.taps("Benar, ini saya")


def reports(office: Office, name: str, times: int = 1) -> None:
    def report(records: Records) -> None:
        person = records.session.get_one(Person, office[name].id)
        for _ in range(times):
            records.begin(a_report("SIMPEG tidak dapat dibuka"), reporter=person, sop=SOFTWARE)
            records.session.flush()

    office.work(report)
    office.deliver()


def loses_contact(office: Office, name: str, *, reachable: bool = False) -> None:
    account = office[name].account_id
    office.work(lambda records: registration.membership_changed(records, account, reachable=reachable))
    office.deliver()


def test_only_an_admin_manages(office: Office, stranger: Stranger) -> None:
    manages(office["siti"])
    assert "Hanya admin" in office["siti"].chat.last.text
    manages(stranger)
    assert "belum terdaftar" in stranger.chat.last.text
    assert stranger.chat.last.labels == []


def test_the_office_at_a_glance(office: Office) -> None:
    def leave(records: Records) -> None:
        for tenure in records.lock_office().tenures_of("kadiv"):
            tenure.ends_at = records.at

    office.work(leave)
    manages(office["dewi"])

    shown = office["dewi"].chat.last
    assert "5 jabatan, 1 lowong · 8 pegawai · 0 belum mendaftar · 1 admin" in shown.text
    assert shown.labels == [
        *("🪑 Jabatan", "👥 Pegawai", "🛡 Admin", "📋 Belum mendaftar"),
        *("🏖 Cuti, Plh., dan Plt.…", "🔗 Tautan pendaftaran pegawai"),
    ]
    office["dewi"].taps("Jabatan")
    assert "• Kepala Kantor Wilayah: Bambang Wijaya" in shown.text
    assert "• Kepala Divisi Administrasi: lowong" in shown.text
    assert "• JFT Prakom: Rina Mokoginta dan Andi Pratama" in shown.text
    assert "Kadiv" in shown.labels


def test_an_invite_is_told_with_its_link(office: Office) -> None:
    office.rules = type(office.rules)(office.rules.office, office.rules.sops, bot_username="disposisi_bot")
    invites(office["dewi"], "Kadiv")

    text = office["dewi"].chat.last.text
    assert "Undangan sebagai Kepala Divisi Administrasi" in text
    assert "sampai Sel 24 Nov 08.30 WITA" in text
    codes = re.findall(r"https://t\.me/disposisi_bot\?start=(\S+)|/start (\S+)", text)
    assert codes[0][0] == codes[1][1]


class TestAnInviteThatNamesAPerson:
    @pytest.mark.parametrize("post", ["jft-prakom", "JFT Prakom"])
    def test_lets_that_person_in_without_another_word(self, office: Office, stranger: Stranger, post: str) -> None:
        dewi = office["dewi"]
        dewi.sends(f"/kelola {post} {NIP}", administration.command)
        shown = dewi.chat.last
        assert "Untuk NIP 19700101 199503 2 002" in shown.text
        assert "tidak ada yang perlu menyetujui" in shown.text
        stranger.sends(f"/start {code_in(shown)}", registration.start)
        stranger.writes(f"{NIP} Eka Sumual")
        assert "Terdaftar" in stranger.taps("Benar, ini saya")
        assert NIP not in shown.text.replace(" ", "")

    def test_may_name_an_office_number_and_a_post_whose_code_looks_like_one(self, office: Office) -> None:
        office["dewi"].sends("/kelola kabag-p2l PPNPN-07", administration.command)
        assert "Undangan sebagai Kabag P2L\nUntuk NIP PPNPN-07" in office["dewi"].chat.last.text

    def test_makes_anybody_else_wait(self, office: Office, stranger: Stranger) -> None:
        office["dewi"].sends(f"/kelola jft-prakom {NIP}", administration.command)
        stranger.sends(f"/start {code_in(office['dewi'].chat.last)}", registration.start)
        stranger.writes("19700102 199503 1 001 Fajar Lasut")
        assert "Menunggu" in stranger.taps("Benar, ini saya")

    def test_takes_no_post_from_its_holder_alone(self, office: Office, stranger: Stranger) -> None:
        office["dewi"].sends(f"/kelola kadiv {NIP}", administration.command)
        shown = office["dewi"].chat.last
        assert "atau atasannya menyetujui" in shown.text
        stranger.sends(f"/start {code_in(shown)}", registration.start)
        stranger.writes(f"{NIP} Eka Sumual")
        assert "Menunggu" in stranger.taps("Benar, ini saya")
        assert "diterima" in office["bambang"].taps("Terima")

    def test_does_not_name_the_admin_herself(self, office: Office) -> None:
        dewi = office["dewi"]
        dewi.sends(f"/kelola jft-prakom {dewi.person.nip}", administration.command)
        dewi.sends(f"/start {code_in(dewi.chat.last)}", registration.start)
        assert "Menunggu" in dewi.taps("Benar, ini saya")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("kadiv 123", "memuat 3 angka"),
            ("kadiv", "memuat 0 angka"),
            (f"juru-kunci {NIP}", "Kode jabatan: kakanwil, kadiv"),
            ("apa ini", "Tidak ada jabatan “apa”."),
        ],
    )
    def test_says_what_it_needs(self, office: Office, words: str, said: str) -> None:
        office["dewi"].sends(f"/kelola {words}", administration.command)
        assert said in office["dewi"].chat.last.text

    def test_is_an_admins_to_make(self, office: Office) -> None:
        office["budi"].sends(f"/kelola kadiv {NIP}", administration.command)
        assert "Hanya admin" in office["budi"].chat.last.text


def code_in(shown: Shown) -> str:
    return shown.text.rpartition("/start ")[2].strip()


def test_a_second_tap_before_the_invite_is_shown_issues_no_second_one(office: Office) -> None:
    dewi = office["dewi"]
    shown = opens_post(dewi, "Kadiv")
    dewi.taps("Ganti Kadiv", on=shown)
    token, message_id = button(shown, "🔗 Buat undangan")

    def twice(records: Records) -> None:
        press = find_press(records, token, account_id=dewi.account_id, message_id=message_id)
        administration.invite(records, press)
        administration.invite(records, press)

    before = len(dewi.chat.messages)
    office.work(twice)
    office.deliver()
    assert len(dewi.chat.messages) == before + 1


def test_an_invite_that_waited_too_long_to_be_sent_tells_no_code(office: Office) -> None:
    dewi = office["dewi"]

    def show(records: Records) -> None:
        issued = admission.invite(records, InviteKind.POST, post="kadiv")
        records.show(CardKind.INVITATION, dewi.account_id, person=dewi.person, about=About(invite_id=issued.id))

    office.work(show)
    office.passes(timedelta(hours=24))
    office.deliver()

    assert "Lewat waktunya" in dewi.chat.last.text
    assert "/start" not in dewi.chat.last.text


def test_an_admin_who_is_no_longer_one_issues_nothing(office: Office) -> None:
    dewi = office["dewi"]
    opens_post(dewi, "Kadiv")
    dewi.taps("Ganti Kadiv")
    office.work(lambda records: setattr(records.session.get_one(Person, dewi.id), "is_admin", False))

    assert "Hanya admin" in dewi.taps("Buat undangan")


def test_candidates_are_looked_at_from_the_list_and_decided_on_their_cards(
    office: Office, stranger: Stranger, another: Stranger
) -> None:
    applies(office, stranger, "Eka Sumual")
    applies(office, another, "Fajar Lasut", "19700102 199503 1 001")
    dewi = office["dewi"]
    manages(dewi)
    assert "Menunggu persetujuan\n• Eka Sumual\n• Fajar Lasut" in dewi.chat.last.text

    listed = dewi.chat.last
    assert not any("✅" in label or "❌" in label for label in listed.labels), "nobody is decided on by a name alone"

    for name, nip, decision, said in (
        ("Eka Sumual", NIP, "Terima", "diterima"),
        ("Fajar Lasut", "19700102 199503 1 001", "Tolak", "ditolak"),
    ):
        assert "lihat pesan di bawah" in dewi.taps(f"👤 {name}", on=listed)
        assert [one for one in dewi.chat.messages if f"{name}\nNIP {nip}" in one.text] == [dewi.chat.last]
        assert f"{name} {said}" in dewi.taps(decision)
        assert f"• {name}" not in listed.text
        assert dewi.chat.find(f"{name} {said} oleh Dewi Kartika").labels == []

    assert stranger.person.name == "Eka Sumual"
    assert another.known is None
    assert "Menunggu persetujuan" not in listed.text


def test_a_list_that_stands_in_a_chat_shows_who_comes_and_goes(office: Office, stranger: Stranger) -> None:
    office.hires("gita", "Gita Wowor", admin=True)
    dewi, gita = office["dewi"], office["gita"]
    manages(dewi)
    manages(gita)
    lists = dewi.chat.last, gita.chat.last
    applies(office, stranger, "Eka Sumual")
    assert all("👤 Eka Sumual" in one.labels for one in lists)

    applies(office, stranger, "Eka Sumula")
    assert all("👤 Eka Sumula" in one.labels and "👤 Eka Sumual" not in one.labels for one in lists)

    dewi.taps("Terima")
    assert not any("👤 Eka Sumula" in one.labels for one in lists)


def key_on(shown: Shown, label: str) -> tuple[str, int]:
    """Return what pressing a button takes, as a client does that still shows it later."""
    return next(key.token or "" for key in shown.keys if label in key.label), shown.message_id


@pytest.mark.parametrize("decision", ["Terima", "Tolak"])
def test_an_admin_decides_on_what_was_shown_and_not_on_what_is_claimed_since(
    office: Office, stranger: Stranger, decision: str
) -> None:
    dewi, bambang = office["dewi"], office["bambang"].person
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, bambang.id)))
    applies(office, stranger, "Siti Aminah")
    harmless = key_on(dewi.chat.last, decision)
    manages(dewi)
    listed = key_on(dewi.chat.last, "👤 Siti Aminah")
    applies(office, stranger, "Siti Aminah", bambang.nip)

    assert "tidak berlaku lagi" in dewi.presses(*harmless)
    assert stranger.known is None
    assert "lihat pesan di bawah" in dewi.presses(*listed)
    shown = dewi.chat.last
    assert "tercatat atas nama Bambang Wijaya (Kepala Kantor Wilayah)" in shown.text
    assert shown.labels == ["✅ Terima", "❌ Tolak"]
    assert office.work(admission.candidates)[0].nip == bambang.nip, "still waits for a decision"


def test_whoever_gains_say_while_a_candidate_waits_under_their_nip_is_looked_at_again(
    office: Office, stranger: Stranger
) -> None:
    dewi, budi = office["dewi"], office["budi"].person
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, budi.id)))
    applies(office, stranger, "Budi Santoso", budi.nip)
    shown = dewi.chat.last
    assert "tercatat atas nama Budi Santoso, tanpa" in shown.text
    office.work(lambda records: appointment.appoint(records, records.session.get_one(Person, budi.id), "kadiv"))

    assert "Keadaan sudah berubah" in dewi.taps("Terima", on=shown)
    assert stranger.known is None
    assert "Budi Santoso (Kepala Divisi Administrasi)" in shown.text
    assert "diterima" in dewi.taps("Terima", on=shown)


def test_a_button_of_a_list_from_before_decides_nothing(office: Office, stranger: Stranger) -> None:
    applies(office, stranger, "Eka Sumual")
    dewi = office["dewi"]
    manages(dewi)
    shown = dewi.chat.last

    def mint(records: Records) -> str:
        card = card_shown(records, dewi.account_id, shown.message_id)
        assert card is not None
        old = Button.mint(card, action="accept", argument=str(stranger.account), version=0)
        records.session.add(old)
        return old.token

    assert "/kelola" in dewi.presses(office.work(mint), shown.message_id)
    assert stranger.known is None


def test_a_candidate_who_taps_twice_is_one_candidate(office: Office, stranger: Stranger) -> None:
    code = office.work(lambda records: admission.invite(records, InviteKind.OFFICE).renew())
    stranger.sends(f"/start {code}", registration.start)
    stranger.writes(f"{NIP} Eka Sumual")
    card = stranger.chat.last
    token = next(key.token or "" for key in card.keys if "Benar" in key.label)
    assert "Menunggu" in stranger.presses(token, card.message_id)
    assert "sudah berubah" in stranger.presses(token, card.message_id)

    assert len([one for one in office["dewi"].chat.messages if "Eka Sumual" in one.text]) == 1


def test_a_candidate_who_takes_another_invite_waits_no_longer(office: Office, stranger: Stranger) -> None:
    applies(office, stranger, "Eka Sumual")
    nip = office.work(admission.candidates)[0].nip
    issue = partial(admission.invite, kind=InviteKind.POST, post="jft-prakom", nip=nip)
    code = office.work(lambda records: issue(records).renew())
    stranger.sends(f"/start {code}", registration.start)
    stranger.taps("Benar, ini saya")

    assert stranger.person.name == "Eka Sumual"
    assert "tidak berlaku lagi" in office["dewi"].chat.find("Permohonan").text


def test_whoever_was_rejected_does_not_come_back_by_the_same_invite(office: Office, stranger: Stranger) -> None:
    dewi, bambang = office["dewi"], office["bambang"]
    invites(dewi, "Kadiv")
    code = dewi.chat.last.text.rpartition("/start ")[2].strip()
    office.work(lambda records: setattr(records.session.get_one(Person, bambang.id), "account_id", None))
    stranger.sends(f"/start {code}", registration.start)
    stranger.writes(f"{bambang.person.nip} Bambang Wijaya")
    stranger.taps("Benar, ini saya")
    assert "ditolak" in dewi.taps("Tolak")

    stranger.sends(f"/start {code}", registration.start)

    assert "tidak berlaku" in stranger.chat.last.text
    assert "Undangan ini tidak berlaku lagi" in dewi.chat.find("Undangan sebagai").text


@pytest.mark.parametrize("door", ["accept", "reject", "invite"])
def test_an_admin_dismissed_while_waiting_for_their_turn_decides_nothing(
    office: Office, stranger: Stranger, door: str
) -> None:
    applies(office, stranger, "Eka Sumual")

    def late(records: Records) -> None:
        dewi = records.session.get_one(Person, office["dewi"].id)
        assert dewi.is_admin
        gone = update(Person).where(Person.id == dewi.id).values(is_admin=False)
        records.session.execute(gone, execution_options={"synchronize_session": False})
        doors: dict[str, Callable[..., object]] = {
            "accept": partial(admission.accept, records, stranger.account, ""),
            "reject": partial(admission.reject, records, stranger.account, ""),
            "invite": partial(admission.invite, records, InviteKind.POST, post="kadiv"),
        }
        with pytest.raises(NotAdmin):
            doors[door](by=dewi)

    office.work(late)
    assert stranger.known is None


def test_a_candidate_may_not_use_the_nip_bound_meanwhile(office: Office, stranger: Stranger, another: Stranger) -> None:
    applies(office, stranger, "Eka Sumual")
    applies(office, another, "Fajar Lasut")
    dewi = office["dewi"]
    shown = dewi.chat.find("Fajar Lasut")
    dewi.taps("Terima", on=dewi.chat.find("Eka Sumual"))

    assert "Keadaan sudah berubah" in dewi.taps("Terima", on=shown)
    assert another.known is None
    assert "akun Telegram Eka Sumual" in shown.text
    assert shown.labels == ["❌ Tolak"]


@pytest.mark.parametrize("waiting", [1, 7])
def test_whoever_cannot_be_reached_is_reported_once_with_all_that_waits(office: Office, waiting: int) -> None:
    reports(office, "budi", waiting)
    loses_contact(office, "bambang")
    loses_contact(office, "bambang")

    told = [one.text for one in office["dewi"].chat.messages if "Bambang Wijaya tidak dapat dihubungi" in one.text]
    assert len(told) == 1
    assert "SW-2026-0001" in told[0]
    assert ("…" in told[0]) == (waiting > 5)
    assert any("Bambang Wijaya tidak dapat" in one.text for one in office["maria"].chat.messages), "a watcher"
    manages(office["dewi"])
    assert "• Bambang Wijaya, sejak 08.30 WITA" in office["dewi"].chat.last.text


def test_the_superior_of_whoever_cannot_be_reached_is_told_what_waits(office: Office) -> None:
    reports(office, "budi")
    office["bambang"].taps("Teruskan ke")
    loses_contact(office, "siti")

    told = office["bambang"].chat.last.text
    assert "Siti Rahmawati tidak dapat dihubungi" in told
    assert "SW-2026-0001" in told
    assert "Admin dapat menunjuk pengganti lewat /kelola." in told, "he is no admin himself"


def test_an_employee_for_whom_nothing_waits_concerns_the_admins_alone(office: Office) -> None:
    loses_contact(office, "budi")

    assert office["dewi"].chat.last.text.endswith("tidak dapat dihubungi bot (memblokir bot).")
    assert office["maria"].chat.messages == []


def test_whoever_comes_back_finds_what_waits_at_the_bottom(office: Office) -> None:
    reports(office, "budi")
    bambang = office["bambang"]
    loses_contact(office, "bambang")
    loses_contact(office, "bambang", reachable=True)

    cards = [one for one in bambang.chat.messages if "SW-2026-0001" in one.text]
    assert [bool(one.labels) for one in cards] == [False, True]
    manages(office["dewi"])
    assert "Tidak dapat dihubungi" not in office["dewi"].chat.last.text


def test_whoever_was_never_away_gets_nothing_for_coming_back(office: Office) -> None:
    reports(office, "budi")
    before = [(one.message_id, one.html) for one in office["bambang"].chat.messages]
    loses_contact(office, "bambang", reachable=True)

    assert [(one.message_id, one.html) for one in office["bambang"].chat.messages] == before


def test_nothing_is_kept_of_strangers_who_block_the_bot(office: Office, stranger: Stranger) -> None:
    office.work(lambda records: registration.membership_changed(records, stranger.account, reachable=False))
    office.deliver()

    assert office["dewi"].chat.messages == []
