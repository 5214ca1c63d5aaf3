"""Ending somebody's time in a post from `/kelola`: said before, confirmed, and undone for ten minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from models.administration import absence, appointment, undoing
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.proof import verification
from models.refusals.administration import NotAdmin, NotUndoable
from tests.handlers.people.kelola import button, ends, opens_person, opens_post
from tests.handlers.people.test_administration import reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai


def deputises(office: Office, name: str, post: str) -> None:
    def take(records: Records) -> None:
        person = records.session.get_one(Person, office[name].id)
        records.session.add(Tenure.begin(person, post, capacity=Capacity.PLH, at=records.at))

    office.work(take)


def holders(office: Office, post: str) -> list[str]:
    return office.work(lambda records: [one.name for one in records.lock_office().holders(post)])


def with_person(office: Office, name: str, door: Callable[[Records, Person], object]) -> None:
    office.work(lambda records: door(records, records.session.get_one(Person, office[name].id)))
    office.deliver()


def verified(office: Office) -> bool:
    return office.work(lambda records: verification.verify(records.session)).verifies


class TestRelieving:
    def test_says_what_will_happen_before_it_does(self, office: Office) -> None:
        reports(office, "budi", 2)
        dewi = office["dewi"]
        shown = opens_post(dewi, "Kakanwil")
        assert "sekali lagi" in dewi.taps("⏹ Akhiri: Bambang Wijaya")
        assert "Bambang Wijaya · Kepala Kantor Wilayah" in shown.text
        assert "2 kartu menunggunya (SW-2026-0001, SW-2026-0002)" in shown.text
        assert "beralih kepada wakil yang disebut berkas kantor" in shown.text
        assert holders(office, "kakanwil") == ["Bambang Wijaya"], "nothing has ended yet"
        dewi.taps("« Kembali", on=shown)
        assert "• Bambang Wijaya" in shown.text

    def test_leads_back_to_the_person_where_it_was_opened_there(self, office: Office) -> None:
        dewi = office["dewi"]
        shown = opens_person(dewi, "Siti Rahmawati")
        dewi.taps("⏹ Akhiri: Kadiv", on=shown)
        dewi.taps("« Kembali", on=shown)
        assert "👤 Siti Rahmawati" in shown.text
        dewi.taps("⏹ Akhiri: Kadiv", on=shown)
        dewi.taps("Akhiri sekarang", on=shown)
        dewi.taps("Urungkan", on=shown)
        dewi.taps("« Kembali", on=shown)
        assert "👤 Siti Rahmawati" in shown.text

    def test_names_the_superior_who_is_told(self, office: Office) -> None:
        shown = opens_post(office["dewi"], "Kadiv")
        office["dewi"].taps("⏹ Akhiri: Siti Rahmawati")
        assert "Tidak ada kartu yang menunggunya" in shown.text
        assert "Yang menunggu di sana naik kepada atasannya (Bambang Wijaya) sampai penggantinya ada" in shown.text

    def test_the_holder_of_a_post_is_relieved_of_it(self, office: Office) -> None:
        reports(office, "budi", 2)
        dewi, bambang = office["dewi"], office["bambang"]
        toast = ends(dewi, "Kakanwil", "Bambang Wijaya")
        assert toast == "⏹ Bambang Wijaya tidak lagi memegang Kakanwil. 2 kartu kini pada Siti Rahmawati."
        assert "Sampai 08.40 WITA dapat diurungkan" in dewi.chat.last.text
        assert "Masa jabatan Anda sebagai Kepala Kantor Wilayah sudah berakhir" in bambang.chat.last.text
        assert not any(shown.labels for shown in bambang.chat.messages if "DISPOSISI" in shown.text)
        told = office["maria"].chat.last.text
        assert "tidak ada pemegang lain yang dapat dihubungi" in told
        assert "Kartunya (SW-2026-0001, SW-2026-0002) kini pada Siti Rahmawati" in told
        assert not any("tidak lagi memegang" in shown.text for shown in dewi.chat.messages[:-1]), "the page told her"

    def test_the_cards_of_a_deputy_go_to_the_holder(self, office: Office) -> None:
        deputises(office, "siti", "kakanwil")
        reports(office, "budi")
        shown = opens_post(office["dewi"], "Kakanwil")
        office["dewi"].taps("⏹ Akhiri: Siti Rahmawati")
        assert "Sesudah ini jabatan itu pada Bambang Wijaya; kartunya berpindah ke sana" in shown.text
        toast = office["dewi"].taps("Akhiri sekarang")
        assert "Siti Rahmawati tidak lagi memegang Kakanwil. 1 kartu kini pada Bambang Wijaya." in toast

    def test_a_tenure_that_is_over_already_is_not_ended_twice(self, office: Office) -> None:
        dewi = office["dewi"]
        shown = opens_post(dewi, "Kadiv")
        dewi.taps("⏹ Akhiri: Siti Rahmawati")
        key = button(shown, "⏹ Akhiri sekarang")
        with_person(office, "siti", lambda records, siti: appointment.relieve(records, siti, "kadiv"))
        assert "Siti Rahmawati tidak memegang jabatan Kadiv" in dewi.presses(*key)
        assert "Siti Rahmawati tidak lagi memegang Kepala Divisi" in shown.text, "the page shows how it is now"

    def test_an_old_button_does_not_end_the_tenure_that_followed(self, office: Office) -> None:
        dewi = office["dewi"]
        shown = opens_post(dewi, "Kadiv")
        key = button(shown, "⏹ Akhiri: Siti Rahmawati")

        def come_and_go(records: Records, siti: Person) -> None:
            appointment.relieve(records, siti, "kadiv")
            appointment.appoint(records, siti, "kadiv")

        with_person(office, "siti", come_and_go)
        assert "Siti Rahmawati tidak memegang jabatan Kadiv" in dewi.presses(*key)
        assert holders(office, "kadiv") == ["Siti Rahmawati"]

    def test_an_admin_who_is_no_longer_one_ends_nothing(self, office: Office) -> None:
        dewi = office["dewi"]
        opens_post(dewi, "Kadiv")
        dewi.taps("⏹ Akhiri: Siti Rahmawati")
        office.work(lambda records: setattr(records.session.get_one(Person, dewi.id), "is_admin", False))
        assert "Hanya admin" in dewi.taps("Akhiri sekarang")
        assert holders(office, "kadiv") == ["Siti Rahmawati"]


class TestUndoing:
    def relieved(self, office: Office) -> Pegawai:
        reports(office, "budi", 2)
        ends(office["dewi"], "Kakanwil", "Bambang Wijaya")
        return office["dewi"]

    def test_gives_the_post_and_the_open_tasks_back(self, office: Office) -> None:
        dewi, bambang = self.relieved(office), office["bambang"]
        assert "Bambang Wijaya memegang Kakanwil lagi. 2 kartu kembali kepadanya." in dewi.taps("Urungkan")
        assert dewi.chat.last.labels == ["« Kembali"]
        assert "memegang jabatan Kepala Kantor Wilayah lagi" in bambang.chat.find("Anda memegang jabatan").text
        bambang.taps("Teruskan ke", on=bambang.chat.find("DISPOSISI SW-2026-0001"))
        assert office.case("SW-2026-0001").tasks[0].decided_as == "definitive:kakanwil"
        assert verified(office)

    def test_is_a_change_of_its_own_in_the_journal(self, office: Office) -> None:
        self.relieved(office).taps("Urungkan")
        tenures = office.work(
            lambda records: list(records.session.query(Tenure).filter(Tenure.post == "kakanwil").order_by(Tenure.id))
        )
        assert [one.ends_at is None for one in tenures] == [False, True]
        assert [one.ended_by_id for one in tenures] == [office["dewi"].id, None]
        assert verified(office)

    def test_is_reached_from_the_page_of_the_post_too(self, office: Office) -> None:
        dewi = self.relieved(office)
        shown = opens_post(dewi, "Kakanwil")
        assert "Bambang Wijaya baru diakhiri; dapat diurungkan sampai 08.40 WITA" in shown.text
        assert "memegang Kakanwil lagi" in dewi.taps("Urungkan: Bambang Wijaya", on=shown)

    def test_is_told_to_all_who_were_told_of_the_vacancy(self, office: Office) -> None:
        reports(office, "budi", 1)
        office["bambang"].taps("Teruskan ke Kadiv")
        ends(office["dewi"], "Kadiv", "Siti Rahmawati")
        watchers = [name for name in ("rina", "andi", "maria") if "tidak lagi memegang" in office[name].chat.last.text]
        assert watchers
        office["dewi"].taps("Urungkan")
        for name in watchers:
            assert "Siti Rahmawati memegang jabatan" in office[name].chat.last.text, name

    def test_ends_after_ten_minutes(self, office: Office) -> None:
        dewi = self.relieved(office)
        shown = dewi.chat.last
        office.passes(timedelta(minutes=10))
        assert "Sudah lewat 10 menit" in dewi.taps("Urungkan")
        assert shown.labels == ["« Kembali"], "the page offers it no longer"
        assert holders(office, "kakanwil") == []
        assert "Urungkan" not in str(opens_post(dewi, "Kakanwil").labels)

    def test_leaves_what_others_have_decided_meanwhile(self, office: Office) -> None:
        deputises(office, "siti", "kakanwil")
        dewi = self.relieved(office)
        office["siti"].taps("Teruskan ke", on=office["siti"].chat.find("DISPOSISI SW-2026-0001"))
        assert "1 kartu kembali kepadanya" in dewi.taps("Urungkan")
        first, second = office.case("SW-2026-0001"), office.case("SW-2026-0002")
        assert (first.tasks[0].decided_as, len(second.tasks)) == ("plh:kakanwil", 1)
        assert not any("0001" in one.text and "Teruskan" in str(one.labels) for one in office["bambang"].chat.messages)
        assert verified(office)

    def test_is_refused_where_somebody_has_got_the_post_since(self, office: Office) -> None:
        dewi = self.relieved(office)
        with_person(office, "budi", lambda records, budi: appointment.appoint(records, budi, "kakanwil"))
        assert "dipegang Budi Santoso" in dewi.taps("Urungkan")
        assert holders(office, "kakanwil") == ["Budi Santoso"]

    def test_happens_once(self, office: Office) -> None:
        dewi = self.relieved(office)
        key = button(dewi.chat.last, "↩️ Urungkan")
        dewi.presses(*key)
        assert "memegang jabatan Kakanwil lagi, atau" in dewi.presses(*key)
        assert holders(office, "kakanwil") == ["Bambang Wijaya"]

    def test_is_not_for_oneself_where_another_admin_ended_it(self, office: Office) -> None:
        office.hires("gita", "Gita Wowor", post="jft-prakom", admin=True)
        ends(office["dewi"], "JFT Prakom", "Gita Wowor")
        shown = opens_post(office["gita"], "JFT Prakom")
        assert "diputuskan admin lain" in office["gita"].taps("Urungkan: Gita", on=shown)
        assert "Gita Wowor" not in holders(office, "jft-prakom")
        assert "memegang JFT Prakom lagi" in office["dewi"].taps("Urungkan")

    def test_lets_a_plh_stand_in_again(self, office: Office) -> None:
        today = office.at.astimezone(office.rules.office.calendar.zone).date()

        def leave(records: Records, siti: Person) -> None:
            filed = absence.file(records, siti, today, None, by=siti)
            hendra = records.session.get_one(Person, office["hendra"].id)
            absence.ask(records, filed, hendra, by=siti)
            absence.answer(records, filed, by=hendra, accepts=True)

        with_person(office, "siti", leave)
        assert holders(office, "kadiv") == ["Hendra Lumi"]
        dewi = office["dewi"]
        shown = opens_post(dewi, "Kadiv")
        assert "• Hendra Lumi (Plh. Siti Rahmawati)" in shown.text
        ends(dewi, "Kadiv", "Hendra Lumi")
        assert holders(office, "kadiv") == ["Siti Rahmawati"]
        dewi.taps("Urungkan")
        assert holders(office, "kadiv") == ["Hendra Lumi"]
        assert verified(office)

    def test_two_admins_at_once_undo_it_once(self, office: Office) -> None:
        office.hires("gita", "Gita Wowor", admin=True)
        dewi = self.relieved(office)
        number = office.work(
            lambda records: next(one.id for one in undoing.ended_lately(records, records.rules.office.post("kakanwil")))
        )

        def undo(records: Records) -> None:
            undoing.reinstate(records, number, by=records.session.get_one(Person, office["gita"].id))

        office.work(undo)
        with pytest.raises(NotUndoable):
            office.work(undo)
        assert "lagi" in dewi.taps("Urungkan")
        assert holders(office, "kakanwil") == ["Bambang Wijaya"]

    def test_an_admin_dismissed_meanwhile_undoes_nothing(self, office: Office) -> None:
        dewi = self.relieved(office)

        def late(records: Records) -> None:
            person = records.session.get_one(Person, dewi.id)
            assert person.is_admin
            records.session.execute(
                update(Person).where(Person.id == dewi.id).values(is_admin=False),
                execution_options={"synchronize_session": False},
            )
            (ended,) = undoing.ended_lately(records, records.rules.office.post("kakanwil"))
            with pytest.raises(NotAdmin):
                undoing.reinstate(records, ended.id, by=person)

        office.work(late)
