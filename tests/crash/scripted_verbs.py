"""A second whole case: everything that people do beside the straight path, until the reporter withdraws the report."""

from tests.crash.scripted_case import Act, photo_with_a_report, says, taps
from tests.crash.stage import Stage

_URGENT = "Hanya komputer di lantai dua."


async def _adds(stage: Stage) -> None:
    budi = stage["Budi"]
    receipt = next(one for one in reversed(budi.received) if "diterima" in one.words)
    budi.says(_URGENT, receipt)


async def _notes(stage: Stage) -> None:
    rina = stage["Rina"]
    card = next(one for one in reversed(rina.received) if one.button("Mulai tangani"))
    rina.says("Menunggu kabar dari penyedia.", card)


ACTS: tuple[Act, ...] = (
    photo_with_a_report,
    taps("Budi", "Kirim"),
    taps("Budi", "Ingatkan"),
    Act("Budi replies to the receipt", _adds),
    taps("Kakanwil", "Teruskan ke"),
    taps("Kakanwil", "Tarik kembali"),
    taps("Kakanwil", "Teruskan ke"),
    taps("Kadiv", "Teruskan ke"),
    taps("Kabag", "Teruskan ke"),
    taps("Kasubbag", "Kembalikan"),
    taps("Kasubbag", "ke Kadiv"),
    taps("Kasubbag", "Tulis alasan"),
    says("Kasubbag", "Ini urusan Subbagian Umum."),
    taps("Kadiv", "Teruskan ke"),
    taps("Kabag", "Teruskan ke"),
    taps("Kasubbag", "Teruskan ke"),
    taps("Kasubbag", "Rina Contoh"),
    Act("Rina replies to the card", _notes),
    taps("Rina", "Lainnya"),
    taps("Rina", "Minta pendapat"),
    taps("Rina", "Kabag P2L"),
    says("Rina", "Perlu vendor?"),
    taps("Kabag", "Beri pendapat"),
    says("Kabag", "Tidak perlu."),
    taps("Rina", "Lainnya"),
    taps("Rina", "Minta pendapat"),
    taps("Rina", "Andi Contoh"),
    says("Rina", "Pernah terjadi?"),
    taps("Rina", "Lainnya"),
    taps("Rina", "Minta perpanjangan"),
    taps("Rina", "1 hari"),
    taps("Rina", "Tulis alasan"),
    says("Rina", "Suku cadang belum tiba."),
    taps("Kasubbag", "Setujui 1 hari"),
    taps("Rina", "Lainnya"),
    taps("Rina", "Minta perpanjangan"),
    taps("Rina", "4 jam"),
    taps("Rina", "Menunggu pihak lain"),
    taps("Kasubbag", "Tolak, beri alasan"),
    says("Kasubbag", "Sehari sudah cukup."),
    taps("Rina", "Lainnya"),
    taps("Rina", "Alihkan ke rekan"),
    taps("Rina", "Andi Contoh"),
    taps("Rina", "Tulis alasan"),
    says("Rina", "Saya bertugas di luar kota."),
    taps("Budi", "Tarik laporan"),
    taps("Budi", "Ya, tarik"),
)

TOLD = (
    *("report", "urge", "add", "forward", "recall", "forward", "forward", "forward", "send-back"),
    *("forward", "forward", "forward", "note", "consult", "advise", "consult"),
    *("extend", "grant-extension", "extend", "deny-extension", "transfer", "withdraw"),
)
"""What the journal must tell in the end, refusals apart."""
