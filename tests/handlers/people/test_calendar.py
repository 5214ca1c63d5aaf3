"""`/libur`: everybody may look; an admin enters, imports, removes and undoes, and sees first which deadlines move."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers import messages
from handlers.people import calendar
from handlers.people.calendar_file import LARGEST, FileFault, Found, FoundDay, read
from models.administration.calendar import adopt_calendar, present
from models.proof.verification import verify
from models.refusals.calendar import CalendarFileInvalid
from models.rules.unknown_days import unknown_days
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, OpenOfficeAt, Pegawai

SOFTWARE = "penanganan-masalah-software"
TUESDAY = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, 13.00 WITA."""

DECREE = "Keputusan Gubernur 12/2026"
RAMADAN = "8 Februari s.d. 9 Maret 2027 Ramadan 1448 H, SE Sekjen 3/2027"


@pytest.fixture
def ready(open_office_at: OpenOfficeAt) -> Office:
    """The office after its first start, with a report that Rina handles since Tuesday, 13.00: due Thursday, 13.00."""
    return open_office_at("handled since Tuesday", _readies)


def _readies(office: Office) -> None:
    office.work(adopt_calendar)

    def report(records: Records) -> None:
        budi = records.person_by_id(office["budi"].id)
        assert budi is not None
        records.begin(a_report("SIMPEG tidak dapat dibuka"), reporter=budi, sop=SOFTWARE)

    office.at = TUESDAY - timedelta(minutes=5)
    office.work(report)
    office.at = TUESDAY
    for name in ("bambang", "siti", "hendra", "maria"):
        office[name].does("SW-2026-0001", lambda proceeding, task, by: proceeding.forward(task, by=by))


def opens(person: Pegawai, words: str = "") -> str:
    person.sends(f"/libur {words}".strip(), calendar.command)
    return person.chat.last.text


def enters(admin: Pegawai, button: str, words: str) -> str:
    """Open the calendar, tap what is to be entered, and write the days; returns the card that asks to confirm it."""
    opens(admin)
    admin.taps(button)
    admin.writes(words)
    return admin.chat.last.text


def sends_file(admin: Pegawai, content: bytes | CalendarFileInvalid, caption: str = "") -> str:
    """Send a calendar file that was fetched from Telegram."""
    sent, office = admin.message(caption), admin.office
    zone = office.rules.office.calendar.zone
    found: Found | CalendarFileInvalid
    try:
        if isinstance(content, CalendarFileInvalid):
            raise content
        found = read(content, zone=zone, today=office.at.astimezone(zone).date())
    except CalendarFileInvalid as refusal:
        found = refusal
    office.handle(
        lambda records: calendar.import_file(records, sent, found),
        lambda records, refusal: messages.refused(records, refusal, sent),
    )
    return admin.chat.last.text


def file(*events: tuple[str, ...]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kantor Contoh//ID"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def whole_day(day: str, name: str, *more: str) -> tuple[str, ...]:
    return (f"DTSTART;VALUE=DATE:{day}", f"SUMMARY:{name}", *more)


def is_off(office: Office, day: date) -> bool:
    return office.work(lambda records: not records.calendar.is_working_day(day))


def hours(office: Office, day: date) -> list[str]:
    found = office.work(lambda records: records.calendar.periods(day))
    return [f"{one.start:%H.%M}-{one.end:%H.%M}" for one in found]


def test_anybody_may_look_and_change_nothing(ready: Office) -> None:
    text = opens(ready["budi"])

    assert text.startswith("📅 Kalender kantor\n\nHari ini, Sel 24 Nov 2026: 07.30–12.00, 13.00–16.00")
    assert "• Jum 25 Des 2026: Hari Raya Natal" in text
    assert ready["budi"].chat.last.labels == []
    opens(ready["budi"], "26-11-2026 Libur sendiri")
    assert not is_off(ready, date(2026, 11, 26))


def test_a_stranger_may_not_look(ready: Office) -> None:
    ready.hires("wati", "Wati Contoh")
    wati = ready["wati"]
    sent = wati.message("/libur")

    def forget(records: Records) -> None:
        person = records.person_by_id(wati.id)
        assert person is not None
        person.account_id = None

    ready.work(forget)
    ready.handle(
        lambda records: calendar.command(records, sent, []),
        lambda records, refusal: messages.refused(records, refusal, sent),
    )
    assert "Anda belum terdaftar" in ready.chats[sent.chat_id].last.text


def test_a_day_off_says_what_moves_before_it_counts_and_moves_it(ready: Office) -> None:
    dewi, rina = ready["dewi"], ready["rina"]
    text = enters(dewi, "Hari libur", f"26-11-2026 {DECREE}")

    assert text == (
        f"📅 Liburkan Kam 26 Nov 2026?\nDasar: {DECREE}\n\n"
        "1 batas waktu berubah:\n• SW-2026-0001: Kam 26 Nov 13.00 WITA → Jum 27 Nov 13.00 WITA"
    )
    assert not is_off(ready, date(2026, 11, 26)), "nothing counts before it is confirmed"

    assert dewi.taps("Ya, berlakukan") == "✅ Berlaku. 1 batas waktu berubah. Dapat dibatalkan dalam 10 menit."

    assert is_off(ready, date(2026, 11, 26))
    assert f"• Kam 26 Nov 2026: libur. {DECREE} (Dewi Kartika)" in dewi.chat.last.text
    card = rina.chat.find("SW-2026-0001").text
    assert "Jum 27 Nov 13.00 WITA" in card
    assert "📅 Batas waktu berubah: 26 Nov diliburkan" in card
    assert ready.work(lambda records: verify(records.session)).breaches == ()


def test_the_words_may_come_with_the_command(ready: Office) -> None:
    assert opens(ready["dewi"], f"26 November 2026 {DECREE}").startswith("📅 Liburkan Kam 26 Nov 2026?")


def test_a_change_is_undone_by_one_tap_within_ten_minutes(ready: Office) -> None:
    dewi = ready["dewi"]
    enters(dewi, "Hari libur", f"26-11-2026 {DECREE}")
    dewi.taps("Ya, berlakukan")
    ready.passes(timedelta(minutes=10))

    assert dewi.taps("Batalkan perubahan terakhir") == "↩️ Dibatalkan. 1 batas waktu kembali."

    assert not is_off(ready, date(2026, 11, 26))
    assert "Kam 26 Nov 13.00 WITA" in ready["rina"].chat.find("SW-2026-0001").text
    assert not any("Batalkan" in label for label in dewi.chat.last.labels), "undoing is not undone"


def test_after_ten_minutes_the_entry_is_removed_instead(ready: Office) -> None:
    dewi = ready["dewi"]
    enters(dewi, "Hari libur", f"26-11-2026 {DECREE}")
    dewi.taps("Ya, berlakukan")
    ready.passes(timedelta(minutes=11))

    assert dewi.taps("Batalkan perubahan terakhir").startswith("Sudah lewat 10 menit.")
    assert not any("Batalkan" in label for label in dewi.chat.last.labels)
    dewi.taps("Cabut…")
    dewi.taps("26 Nov")
    assert dewi.chat.last.text.startswith("🗑 Cabut catatan Kam 26 Nov 2026?")
    assert "Jum 27 Nov 13.00 WITA → Kam 26 Nov 13.00 WITA" in dewi.chat.last.text
    dewi.taps("Ya, berlakukan")
    assert not is_off(ready, date(2026, 11, 26))


def test_kembali_leaves_everything_as_it_was(ready: Office) -> None:
    dewi = ready["dewi"]
    enters(dewi, "Hari libur", f"26-11-2026 {DECREE}")
    dewi.taps("« Kembali")

    assert dewi.chat.last.text.startswith("📅 Kalender kantor")
    assert not is_off(ready, date(2026, 11, 26))


def test_a_saturday_is_worked_whole_half_or_by_hours_of_its_own(ready: Office) -> None:
    dewi = ready["dewi"]
    text = enters(dewi, "Hari kerja", "5-12-2026 Surat Edaran 7/2026")
    assert text.startswith("🕘 Jam kerja pada Sab 5 Des 2026?")
    assert dewi.chat.last.labels[:2] == ["Sehari penuh: 07.30–12.00, 13.00–16.00", "Setengah hari: 07.30–12.00"]
    dewi.taps("Sehari penuh")
    dewi.taps("Ya, berlakukan")
    assert hours(ready, date(2026, 12, 5)) == ["07.30-12.00", "13.00-16.00"]

    enters(dewi, "Hari kerja", "12-12-2026 Surat Edaran 7/2026")
    dewi.taps("Setengah hari")
    dewi.taps("Ya, berlakukan")
    assert hours(ready, date(2026, 12, 12)) == ["07.30-12.00"]

    enters(dewi, "Hari kerja", "19-12-2026 Surat Edaran 7/2026")
    dewi.taps("Jam lain")
    dewi.writes("sembilan sampai sebelas")
    assert dewi.chat.last.text.startswith("Jamnya tidak dapat dipakai.")
    dewi.writes("09.00-11.00")
    dewi.taps("Ya, berlakukan")
    assert hours(ready, date(2026, 12, 19)) == ["09.00-11.00"]


def test_a_working_day_may_be_typed_with_its_hours(ready: Office) -> None:
    text = enters(ready["dewi"], "Hari kerja", "5-12-2026 pukul 08.00-12.00 Surat Edaran 7/2026")
    assert text.startswith("📅 Jadikan Sab 5 Des 2026 hari kerja, 08.00–12.00?\nDasar: Surat Edaran 7/2026")


def test_the_rest_of_today_may_become_shorter(ready: Office) -> None:
    text = enters(ready["dewi"], "Hari kerja", "24-11-2026 07.30-12.00, 13.00-14.00 Surat Edaran 8/2026")
    assert "Kam 26 Nov 13.00 WITA" not in text, "two working days later at the same time, all the same"
    ready["dewi"].taps("Ya, berlakukan")
    assert hours(ready, date(2026, 11, 24)) == ["07.30-12.00", "13.00-14.00"]


def test_an_estimate_is_decided_by_entering_it_as_it_is(ready: Office) -> None:
    def asked(records: Records) -> list[str]:
        return [str(one.name) for one in unknown_days(records.calendar, date(2027, 1, 30))]

    dewi = ready["dewi"]
    assert "Ramadan 1448 H (perkiraan, belum ditetapkan)" in opens(dewi)
    assert "Ramadan 1448 H" in ready.work(asked)

    enters(dewi, "Jam Ramadan", RAMADAN)
    dewi.taps("Jam ramadan")
    dewi.taps("Ya, berlakukan")
    assert "belum ditetapkan" not in opens(dewi)
    assert "Ramadan 1448 H" not in ready.work(asked)


def test_a_ramadan_has_the_hours_of_the_office_file_or_its_own(ready: Office) -> None:
    dewi = ready["dewi"]
    enters(dewi, "Jam Ramadan", RAMADAN)
    dewi.taps("Jam ramadan")
    assert "Sen–Kam 08.00–12.00, 12.30–15.00; Jum 08.00–11.30, 12.30–15.30" in dewi.chat.last.text
    dewi.taps("Ya, berlakukan")
    assert hours(ready, date(2027, 2, 15)) == ["08.00-12.00", "12.30-15.00"]

    text = enters(dewi, "Jam Ramadan", "9 Maret s.d. 12 Maret 2027 Ramadan lagi")
    assert text.startswith("Sebagian harinya sudah termasuk “Ramadan 1448 H, SE Sekjen 3/2027”.")
    dewi.writes("20-12-2026 s.d. 23-12-2026 Akhir tahun Senin-Kamis 09.00-12.00; Jumat 09.00-11.00")
    dewi.taps("Ya, berlakukan")
    assert hours(ready, date(2026, 12, 22)) == ["09.00-12.00"]


@pytest.mark.parametrize(
    ("button", "words", "answer"),
    [
        ("Hari libur", "besok libur", "Awali dengan tanggalnya"),
        ("Hari libur", "31-02-2027 SK 1", "Tanggal itu tidak ada"),
        ("Hari libur", "99-99-2026 SK 1", "Tanggal itu tidak ada"),
        ("Hari libur", "26-11-2026", "Sebutkan juga dasarnya"),
        ("Hari libur", "26-12-2026 s.d. 24-12-2026 SK 1", "Hari terakhirnya mendahului"),
        ("Hari libur", "1-12-2026 s.d. 31-01-2027 SK 1", "Terlalu panjang: paling banyak 31 hari"),
        ("Hari libur", "24-10-2026 SK 1", "Tidak ada yang berubah"),
        ("Hari libur", "23-10-2026 SK 1", "Terlalu lama lewat: paling lama 31 hari"),
        ("Hari libur", "26-11-1926 SK 1", "Terlalu lama lewat"),
        ("Hari libur", "26-11-2029 SK 1", "Terlalu jauh: paling jauh 731 hari"),
        ("Hari libur", "29-11-2026 SK 1", "Tidak ada yang berubah"),
        ("Hari libur", "25-12-2026 SK 1", "Tidak ada yang berubah"),
        ("Hari kerja", "21-11-2026 08.00-12.00 SE 1", "Jam kerja yang sudah lewat tidak dapat ditambah"),
        ("Hari kerja", "24-11-2026 07.30-14.00 SE 1", "Jam kerja yang sudah lewat tidak dapat ditambah"),
        ("Hari kerja", "5-12-2026 12.00-08.00 SE 1", "Jamnya tidak dapat dipakai"),
        ("Hari kerja", "5-12-2026 08.00-25.00 SE 1", "Jamnya tidak dapat dipakai"),
        ("Jam Ramadan", "8-2-2027 s.d. 9-5-2027 Ramadan", "Terlalu panjang: paling banyak 45 hari"),
        ("Hari libur", "26-11-2026 " + "x" * 301, "Terlalu panjang: 301 huruf"),
    ],
)
def test_nonsense_is_answered_with_a_sentence_and_may_be_mended(
    ready: Office, button: str, words: str, answer: str
) -> None:
    dewi = ready["dewi"]
    assert answer in enters(dewi, button, words)

    dewi.writes("30-11-2026 s.d. 1-12-2026 08.00-10.00 SK 5")
    assert "Sen 30 Nov 2026 – Sel 1 Des 2026" in dewi.chat.last.text


def test_a_day_twice_is_answered_with_a_sentence(ready: Office) -> None:
    dewi = ready["dewi"]
    enters(dewi, "Hari libur", f"26-11-2026 {DECREE}")
    dewi.taps("Ya, berlakukan")
    assert enters(dewi, "Hari libur", "26-11-2026 Lagi").startswith("Tidak ada yang berubah")


def test_a_day_off_that_is_past_moves_what_still_runs_and_says_so(ready: Office) -> None:
    ready.at = TUESDAY + timedelta(days=3)
    text = enters(ready["dewi"], "Hari libur", f"26-11-2026 {DECREE}")
    assert "⚠️ Harinya sudah lewat. Yang berubah hanya batas waktu langkah yang masih berjalan" in text
    assert "Kam 26 Nov 13.00 WITA → 13.00 WITA" in text


def test_a_day_off_that_has_begun_is_not_made_a_working_day_again(ready: Office) -> None:
    dewi = ready["dewi"]
    enters(dewi, "Hari libur", f"26-11-2026 {DECREE}")
    dewi.taps("Ya, berlakukan")
    ready.at = TUESDAY + timedelta(days=2)
    opens(dewi)
    dewi.taps("Cabut…")
    assert dewi.taps("26 Nov").startswith("Jam kerja yang sudah lewat tidak dapat ditambah")
    assert is_off(ready, date(2026, 11, 26))


def test_who_is_no_admin_any_more_confirms_nothing(ready: Office) -> None:
    dewi = ready["dewi"]
    enters(dewi, "Hari libur", f"26-11-2026 {DECREE}")

    def dismiss(records: Records) -> None:
        person = records.person_by_id(dewi.id)
        assert person is not None
        person.is_admin = False

    ready.work(dismiss)
    assert dewi.taps("Ya, berlakukan") == "Hanya admin yang dapat melakukannya."
    assert not is_off(ready, date(2026, 11, 26))


def test_other_admins_are_told(ready: Office) -> None:
    ready.hires("yanti", "Yanti Contoh", admin=True)
    enters(ready["dewi"], "Hari libur", f"26-11-2026 {DECREE}")
    ready["dewi"].taps("Ya, berlakukan")
    assert ready["yanti"].chat.last.text == (
        "📅 Dewi Kartika mengubah kalender kantor. 1 batas waktu langkah yang berjalan berubah. Lihat /libur."
    )


def test_a_card_that_was_overtaken_confirms_nothing(ready: Office) -> None:
    dewi = ready["dewi"]
    enters(dewi, "Hari libur", f"26-11-2026 {DECREE}")
    older = dewi.chat.last
    enters(dewi, "Hari libur", f"30-11-2026 {DECREE}")
    key = next(key for key in older.keys if "berlakukan" in key.label)
    assert dewi.presses(key.token or "", older.message_id).startswith("Keadaan sudah berubah")
    assert not is_off(ready, date(2026, 11, 26))
    assert not is_off(ready, date(2026, 11, 30))


def test_an_imported_file_shows_its_days_to_be_ticked(ready: Office) -> None:
    dewi = ready["dewi"]
    text = sends_file(
        dewi,
        file(
            whole_day("20261126", "Pilkada"),
            whole_day("20261126", "Pilkada lagi"),
            whole_day("20261221", "Hari Ibu", "DESCRIPTION:Perayaan"),
            whole_day("20261225", "Natal"),
            whole_day("20201126", "Lama"),
            whole_day("20270104", "Tiap tahun", "RRULE:FREQ=YEARLY"),
            ("DTSTART:20261127T010000Z", "DTEND:20261127T020000Z", "SUMMARY:Rapat"),
            ("DTSTART:20261129T160000Z", "DTEND:20261130T160000Z", "SUMMARY:Dari tengah malam"),
            whole_day("20261231", "Batal", "STATUS:CANCELLED"),
        ),
        "SKB 3 Menteri 2026",
    )

    assert text.startswith("📅 Liburkan 2 hari yang dicentang?")
    for said in ("1 acara berulang", "1 acara yang tidak sehari penuh", "1 acara yang dibatalkan"):
        assert said in text
    assert "1 hari yang memang sudah libur" in text
    assert "1 hari yang terlalu lama lewat" in text
    assert "1 batas waktu berubah" in text
    assert [label[0] for label in dewi.chat.last.labels[:3]] == ["☑", "☑", "☐"]
    dewi.taps("Sen 30 Nov 2026")
    assert dewi.chat.last.text.startswith("📅 Liburkan 1 hari yang dicentang?")
    dewi.taps("Ya, berlakukan")

    assert is_off(ready, date(2026, 11, 26))
    assert not is_off(ready, date(2026, 11, 30))
    assert not is_off(ready, date(2026, 12, 21))
    (entry,) = ready.work(lambda records: present(records).entries)
    assert entry.reason == "Pilkada (SKB 3 Menteri 2026)"


def test_days_that_cannot_be_entered_are_only_counted(ready: Office) -> None:
    zone, today = ready.rules.office.calendar.zone, date(2026, 11, 24)
    days = {"20261023": False, "20261024": True, "20281124": True, "20281125": False}
    for day in ("20200101", "20990101"):
        days[day] = False
    found = read(file(*(whole_day(day, "Libur") for day in days)), zone=zone, today=today)
    kept = [date(2026, 10, 24), date(2028, 11, 24)]
    assert found.days == tuple(FoundDay(day, "Libur", observed=False) for day in kept)
    assert found.far == list(days.values()).count(False)


def test_a_file_of_days_far_away_alone_changes_nothing(ready: Office) -> None:
    assert "Tidak ada yang berubah" in sends_file(ready["dewi"], file(whole_day("20990101", "Jauh")))


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"%PDF-1.7", "Berkas itu bukan kalender (.ics)"),
        (b"", "Berkas itu bukan kalender (.ics)"),
        (b"\xff\xfe\x00", "Berkas itu bukan kalender (.ics)"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Budi\r\nEND:VCARD\r\n", "Berkas itu bukan kalender (.ics)"),
        (file(), "Berkas kalender itu tidak memuat acara."),
        (b"x" * (LARGEST * 1024 + 1), "lebih besar dari 256 KB"),
        (CalendarFileInvalid(FileFault.FETCH.value, LARGEST), "tidak dapat diambil dari Telegram"),
        (file(whole_day("20261225", "Natal")), "Tidak ada yang berubah"),
        (file(whole_day("20269999", "Aneh")), "Tidak ada yang berubah"),
    ],
)
def test_a_file_that_is_no_use_is_answered_with_a_sentence(
    ready: Office, content: bytes | CalendarFileInvalid, answer: str
) -> None:
    assert answer in sends_file(ready["dewi"], content)


def test_a_year_whose_joint_leave_is_complete_is_asked_for_no_more(ready: Office) -> None:
    dewi = ready["dewi"]
    ready.at = datetime(2028, 12, 4, 1, 0, tzinfo=UTC)
    opens(dewi)
    dewi.taps("Cuti bersama 2029 lengkap")
    assert dewi.chat.last.text.startswith("📅 Cuti bersama 2029 lengkap? Semua harinya sudah tercatat")
    dewi.taps("Ya, berlakukan")

    assert "• Cuti bersama 2029 lengkap (Dewi Kartika)" in dewi.chat.last.text
    assert not any("2029" in label for label in dewi.chat.last.labels)
    assert 2029 in ready.work(lambda records: records.calendar.hours.confirmed_years)
