"""A fourth script: two people report the same, one leaves it to the other; two cases are merged and parted again."""

from tests.crash.scripted_case import REPORT, Act, photo_with_a_report, says, taps

SECOND = "SIMPEG error lagi, tidak bisa masuk"
REPORTS = (REPORT, SECOND)

ACTS: tuple[Act, ...] = (
    photo_with_a_report,
    taps("Budi", "Kirim"),
    says("Wati", "SIMPEG tidak bisa dibuka"),
    taps("Wati", "Saya juga (0001)"),
    taps("Wati", "Ingatkan"),
    taps("Wati", "Tarik laporan saya"),
    taps("Wati", "Ya, tarik"),
    says("Budi", SECOND),
    taps("Budi", "Kirim"),
    taps("Kakanwil", "Lainnya"),
    taps("Kakanwil", "Gabungkan dengan laporan lain"),
    taps("Kakanwil", "🔗 0001"),
    says("Kakanwil", "/status 0001"),
    taps("Kakanwil", "Pisahkan"),
    taps("Kakanwil", "Teruskan ke"),
)

TOLD = (*("report", "join", "urge", "leave", "join", "part"), *("report", "merge", "reopen", "forward"))
"""What the journals of both cases must tell in the end, one after the other, refusals apart."""
