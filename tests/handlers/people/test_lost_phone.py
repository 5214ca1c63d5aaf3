"""Who comes back with a new phone, and who does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.administration import appointment
from models.office.invitation import InviteKind
from models.office.person import Person
from models.repository import consultations, extensions
from models.rules.standard import Standard
from tests.handlers.people.joining import code_for, expects, joins, loses_phone, opens, reported

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Stranger


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


def test_a_thief_does_not_come_back_by_what_stands_in_the_chat(office: Office, stranger: Stranger) -> None:
    expects(office, "197001011995032002", "Eka Sumual, S.Kom.")
    code = code_for(office, InviteKind.OFFICE)
    joins(stranger, code)
    eka = stranger.person.id
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, eka)))
    office.deliver()

    assert joins(stranger, code) == "⏳ Menunggu persetujuan."

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
    assert "sudah dicabut" in another.chat.last.text, "issued while there was an admin to ask"

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


def test_what_others_ask_and_a_copy_do_not_stay_on_a_lost_phone(office: Office) -> None:
    number = reported(office)

    def consult(records: Records) -> None:
        proceeding = records.case_numbered(number)
        task = proceeding.case.tasks[-1]
        by = records.tenure(records.session.get_one(Person, office["bambang"].id), task)
        consultations.consult(records, proceeding, task, by=by, post="kadiv", to=None, text="Perlu server?")

    def forward(records: Records) -> None:
        proceeding = records.case_numbered(number)
        task = proceeding.case.tasks[-1]
        by = records.tenure(records.session.get_one(Person, office["bambang"].id), task)
        proceeding.forward(task, by=by, copies=["kabag-p2l"])

    office.work(consult)
    office.deliver()
    siti = office["siti"].chat
    assert "Perlu server?" in siti.last.text
    asked = siti.last
    subject = office.work(lambda records: records.case_numbered(number).case.subject)
    assert subject in asked.text
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, office["siti"].id)))
    office.deliver()
    assert subject not in asked.text
    office.work(forward)
    office.deliver()
    copy = office["hendra"].chat.last
    assert subject in copy.text
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, office["hendra"].id)))
    office.deliver()
    assert number in copy.text
    assert subject not in copy.text


def test_a_request_for_more_time_does_not_keep_the_report_on_a_lost_phone(office: Office) -> None:
    number = reported(office)

    def ask(records: Records) -> None:
        proceeding = records.case_numbered(number)
        first = proceeding.case.tasks[-1]
        bambang = records.session.get_one(Person, office["bambang"].id)
        task = proceeding.forward(first, by=records.tenure(bambang, first))
        assert task is not None
        records.flush()
        by = records.tenure(records.session.get_one(Person, office["siti"].id), task)
        span = Standard.parse("1 hari")
        extensions.ask(records, proceeding, task, by=by, span=span, note="Menunggu suku cadang.")

    office.work(ask)
    office.deliver()
    card = office["bambang"].chat.find("Menunggu suku cadang.")
    subject = office.work(lambda records: records.case_numbered(number).case.subject)
    assert subject in card.text
    office.work(lambda records: appointment.unbind(records, records.session.get_one(Person, office["bambang"].id)))
    office.deliver()
    assert number in card.text
    assert subject not in card.text
