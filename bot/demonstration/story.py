"""The scripted case of the demonstration: one report through all nine steps, with trouble on the way."""

from datetime import UTC, datetime, timedelta

from bot.demonstration.leaps import ONE_HOUR, TEN_MINUTES
from bot.demonstration.office import REPORTER
from bot.demonstration.stage import Scene
from bot.sandbox.script import Advance, Do, Narrate, Say, Script, SendDocument, SendPhoto, Tap, WaitFor
from models.rules.work_calendar import WorkCalendar

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Senin, 23 November 2026, 08.30 WITA: the office has been open for an hour."""

_MINUTES = 4 * 60
"""Seconds of office time that people take between one thing and the next."""

_FROM_THE_OPENING = timedelta(hours=1)
_LATEST_HOUR = 9
"""The case takes a morning: the clock is moved to the next one when it is this late."""

_LONGER = 6
"""Presses of ten minutes for which the play waits at the most for what superiors hear."""

KAKANWIL, KADIV, KABAG, KASUBBAG, PRAKOM = "Karel", "Dina", "Bram", "Sari", "Rina"


def morning(calendar: WorkCalendar, at: datetime) -> datetime:
    """Return `at` if a whole case fits into that day, else an instant an hour after the next opening of a day."""
    local = at.astimezone(calendar.zone)
    if calendar.is_open(at) and local.hour < _LATEST_HOUR:
        return at
    midnight = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), calendar.zone)
    return calendar.opening(midnight) + _FROM_THE_OPENING


def script(scene: Scene) -> Script:
    """Return who does what, when. Every label is one that people read on their buttons."""

    async def minutes_pass() -> None:
        scene.clock.jump_to((await scene.calendar_in_force()).add(scene.clock.now(), _MINUTES))

    async def day_begins() -> None:
        calendar, now = await scene.calendar_in_force(), scene.clock.now()
        # The clock goes on by itself, and never back: within a working day it is left alone.
        if (begins := morning(calendar, now)) > now:
            scene.clock.jump_to(begins)

    minutes = Do(minutes_pass)
    return (
        Do(day_begins),
        Narrate(
            "Budi melapor dengan tiga foto",
            "Perhatikan tanda terima Budi: setelah dikirim, pesan itu juga yang terus memberi tahu posisi laporannya.",
        ),
        SendPhoto(REPORTER, "SIMPEG tidak dapat dibuka setelah pembaruan.", count=3),
        Tap(REPORTER, "Kirim"),
        Narrate(
            "Langkah 1: Kakanwil memberi instruksi dan catatan, lalu meneruskan",
            "Perhatikan kartu Karel: centang instruksi dan catatan ikut ke kartu Dina dengan satu ketukan.",
        ),
        minutes,
        Tap(KAKANWIL, "Instruksi & catatan"),
        Tap(KAKANWIL, "Tindak lanjuti"),
        Tap(KAKANWIL, "Laporkan hasilnya"),
        Tap(KAKANWIL, "Tulis catatan"),
        Say(KAKANWIL, "Mohon prioritas, layanan kepegawaian terganggu."),
        Tap(KAKANWIL, "Teruskan ke"),
        Narrate(
            "Langkah 2: Kadiv tidak menjawab; diingatkan, terlambat, lalu atasan dan pengawas SOP diberi tahu",
            "Perhatikan jam di atas: pengingat datang sebelum 30 menit habis; setelah lewat, atasan ikut tahu.",
        ),
        minutes,
        Advance(TEN_MINUTES),
        Advance(TEN_MINUTES),
        WaitFor(KADIV, "jatuh tempo", presses=0),
        Advance(TEN_MINUTES),
        Advance(TEN_MINUTES),
        Advance(TEN_MINUTES),
        WaitFor(KADIV, "⚠️ SW-", presses=0),
        Advance(TEN_MINUTES),
        # Where other reports wait, too, the bot bundles what it reminds of, and spaces it out.
        WaitFor(KAKANWIL, "tertahan", presses=_LONGER, control=TEN_MINUTES),
        WaitFor(KASUBBAG, "tertahan", presses=0),
        WaitFor(PRAKOM, "tertahan", presses=0),
        Tap(KADIV, "Teruskan ke"),
        Narrate("Langkah 3: Kabag meneruskan", "Perhatikan riwayat di kartu Bram: keterlambatan Dina tercatat."),
        minutes,
        Tap(KABAG, "Teruskan ke"),
        Narrate(
            "Langkah 4: Kasubbag menunjuk salah satu JFT Prakom",
            "Perhatikan: dua orang memegang jabatan itu. Hanya yang ditunjuk mendapat kartu.",
        ),
        minutes,
        Tap(KASUBBAG, "Teruskan ke"),
        Tap(KASUBBAG, PRAKOM),
        Narrate(
            "Langkah 5: JFT Prakom menangani, bertanya kepada pelapor, menulis Laporan Evaluasi",
            "Perhatikan Budi: ia menjawab dengan membalas pesan, dan jawabannya masuk ke kartu Rina.",
        ),
        minutes,
        Tap(PRAKOM, "Mulai tangani"),
        minutes,
        Tap(PRAKOM, "Tanya pelapor"),
        Say(PRAKOM, "Pesan galat apa yang muncul?"),
        minutes,
        Say(REPORTER, "ORA-00018, sejak tadi pagi.", reply_to="Pesan galat apa yang muncul?"),
        WaitFor(PRAKOM, "ORA-00018"),
        Advance(ONE_HOUR),
        Tap(PRAKOM, "Laporan Evaluasi"),
        WaitFor(PRAKOM, "✍️ Temuan untuk"),
        Say(PRAKOM, "Sesi basis data penuh; pengguna baru ditolak."),
        WaitFor(PRAKOM, "✍️ Penyebab untuk"),
        Say(PRAKOM, "Galat aplikasi."),
        WaitFor(PRAKOM, "✍️ Tindakan untuk"),
        Say(PRAKOM, "Sesi lama diputus dan layanan dijalankan ulang."),
        WaitFor(PRAKOM, "✍️ Hasil untuk"),
        Say(PRAKOM, "SIMPEG dapat dibuka kembali."),
        WaitFor(PRAKOM, "✍️ Rekomendasi untuk"),
        Say(PRAKOM, "Batasi umur sesi; pantau jumlahnya setiap hari."),
        WaitFor(PRAKOM, "siap diajukan"),
        Tap(PRAKOM, "Lampiran"),
        SendDocument(PRAKOM, "log-simpeg.pdf"),
        Tap(PRAKOM, "Cukup"),
        Tap(PRAKOM, "Ajukan"),
        Narrate(
            "Langkah 6: Kasubbag mengembalikan dengan koreksi",
            "Perhatikan alasan Sari: ia ditulis sekali dan sampai ke kartu Rina apa adanya.",
        ),
        minutes,
        Tap(KASUBBAG, "Kembalikan dengan koreksi"),
        Tap(KASUBBAG, "Tulis alasan"),
        minutes,
        Say(KASUBBAG, "Penyebab belum jelas: mengapa sesi tidak ditutup?"),
        Narrate(
            "Langkah 5, putaran 2: JFT Prakom memperbaiki; waktunya dihitung baru",
            "Perhatikan: laporan lama disimpan sebagai revisi; hanya bagian yang dikoreksi ditulis ulang.",
        ),
        minutes,
        Tap(PRAKOM, "Laporan Evaluasi"),
        Tap(PRAKOM, "Penyebab"),
        Say(PRAKOM, "Pembaruan tidak menutup sesi setelah pengguna keluar."),
        Tap(PRAKOM, "Ajukan"),
        Narrate(
            "Langkah 6 sampai 8: koreksi dan persetujuan",
            "Perhatikan: laporan naik kembali lewat jalan yang sama, dan setiap pejabat melihat semua sebelumnya.",
        ),
        minutes,
        Tap(KASUBBAG, "Benar, teruskan"),
        minutes,
        Tap(KABAG, "Benar, teruskan"),
        minutes,
        Tap(KADIV, "Setujui"),
        Narrate(
            "Langkah 9: Kakanwil menerima; laporan selesai",
            "Perhatikan Budi: ia menerima hasilnya, dan mengatakan sendiri apakah masalahnya teratasi.",
        ),
        minutes,
        Tap(KAKANWIL, "Diketahui"),
        WaitFor(REPORTER, "selesai"),
        Tap(REPORTER, "Sudah teratasi"),
    )
