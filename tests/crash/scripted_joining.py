"""A fourth script: two people report the same, one of them leaves it to the other."""

from tests.crash.scripted_case import REPORT, Act, photo_with_a_report, says, taps

REPORTS = (REPORT,)

ACTS: tuple[Act, ...] = (
    photo_with_a_report,
    taps("Budi", "Kirim"),
    says("Wati", "SIMPEG tidak bisa dibuka"),
    taps("Wati", "Saya juga (0001)"),
    taps("Wati", "Ingatkan"),
    taps("Wati", "Tarik laporan saya"),
    taps("Wati", "Ya, tarik"),
    taps("Kakanwil", "Teruskan ke"),
)

TOLD = ("report", "join", "urge", "leave", "forward")
"""What the journal must tell in the end, refusals apart."""
