"""A third script, of two cases: what an official does to several cards at once, and a copy that is read."""

from tests.crash.scripted_case import REPORT, Act, photo_with_a_report, says, taps

SECOND = "Surel dinas tidak terkirim sejak kemarin."
REPORTS = (REPORT, SECOND)

ACTS: tuple[Act, ...] = (
    photo_with_a_report,
    taps("Budi", "Kirim"),
    says("Budi", SECOND),
    taps("Budi", "Kirim"),
    says("Kakanwil", "/tugas"),
    taps("Kakanwil", "Teruskan beberapa"),
    taps("Kakanwil", "☐ 0001"),
    taps("Kakanwil", "Pilih semua"),
    taps("Kakanwil", "Instruksi"),
    says("Kakanwil", "Mohon diselesaikan pekan ini."),
    taps("Kakanwil", "Teruskan 2"),
    says("Kadiv", "/tugas"),
    taps("Kadiv", "Teruskan beberapa"),
    taps("Kadiv", "Pilih semua"),
    taps("Kadiv", "Teruskan 2"),
    taps("Kabag", "Lainnya"),
    taps("Kabag", "👁 Tembusan"),
    taps("Kabag", "☐ Andi Contoh"),
    taps("Kabag", "« Kembali"),
    taps("Kabag", "Teruskan ke"),
    taps("Andi", "Sudah dibaca"),
)

TOLD = (*("report", "forward", "forward"), *("report", "forward", "forward", "forward", "copy", "read"))
"""What the journals of both cases must tell in the end, one after the other, refusals apart."""
