"""An office that has lived for a month: its people work through the real bot, with a clock that leaps between deeds.

The month ends now. It is the same at each start but for its dates: the plan below is the only source, and nothing is
drawn by chance. Of sixteen reports seven are closed, with their evaluations, and nine are open, two of them in time.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice

from bot.demonstration.office import REPORTER
from bot.demonstration.stage import Scene
from bot.demonstration.story import KABAG, KADIV, KAKANWIL, KASUBBAG, PRAKOM
from bot.sandbox.script import Action, Line, Player, Say, SendPhoto, Tap
from models.rules.work_calendar import WorkCalendar

OTHER_PRAKOM = "Andi"

_WORKING_DAYS = 20
_PATIENCE = 60.0
_HANDLING = 5
_STEPS = 9

_QUICK, _LATE = 9, 95
"""Office minutes that an official takes for a step of thirty: in time, or too long."""

_WORK = 200
"""Office minutes of the JFT Prakom's work."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One report of the month: on which working day at which hour, how many of the nine steps it has behind it.

    `just` is how many minutes before the month's end it comes instead, 0 where it comes on its day.
    `rated` is what the reporter taps beside the verdict, `appraised` what the superior of the JFT Prakom taps: parts of
    the words on the buttons. `late` are the steps that took too long. A step that is open at the month's end is late
    after its standard, too.
    """

    day: int
    hour: int
    subject: str
    done: int = _STEPS
    just: int = 0
    late: tuple[int, ...] = ()
    prakom: str = PRAKOM
    returned: bool = False
    helped: bool = True
    rated: tuple[str, ...] = ()
    appraised: str = ""
    photo: bool = False
    findings: tuple[str, str, str, str, str] = field(
        default=("Layanan gagal dijalankan.", "Konfigurasi usang.", "Konfigurasi diperbarui.", "Berjalan.", "Dipantau.")
    )


PLANS = (
    Plan(
        0,
        9,
        "SIMPEG menolak kata sandi yang baru diganti",
        rated=("Cepat", "Jelas"),
        appraised="👍 Baik",
        findings=(
            "Kata sandi baru tidak sampai ke peladen kedua.",
            "Penyelarasan antarpeladen berhenti sejak Jumat.",
            "Penyelarasan dijalankan ulang dan diawasi.",
            "Semua pegawai dapat masuk.",
            "Beri tanda bahaya bila penyelarasan berhenti.",
        ),
    ),
    Plan(1, 8, "Aplikasi persuratan tidak menyimpan lampiran", late=(2,), rated=("Lambat", "Jelas"), photo=True),
    Plan(3, 10, "Cetak slip gaji kosong di peramban baru", rated=("Cepat",), appraised="👍 Baik", prakom=OTHER_PRAKOM),
    Plan(
        5,
        8,
        "Laporan keuangan tidak bisa diunggah ke SAKTI",
        late=(3, 6),
        returned=True,
        rated=("Lambat", "Tidak jelas"),
        appraised="🔁 Perlu perbaikan",
        findings=(
            "Berkas di atas 10 MB ditolak.",
            "Batas ukuran peladen perantara.",
            "Batas dinaikkan menjadi 50 MB.",
            "Unggahan berhasil.",
            "Cantumkan batas di panduan.",
        ),
    ),
    Plan(8, 9, "Antarmuka absensi menampilkan jam yang salah", prakom=OTHER_PRAKOM, late=(1,)),
    Plan(10, 8, "Basis data arsip lambat sejak pembaruan", rated=("Cepat", "Jelas"), appraised="👍 Baik"),
    Plan(12, 13, "Tanda tangan elektronik gagal diverifikasi", helped=False),
    Plan(14, 9, "Tanda tangan elektronik surat lama masih ditolak", done=5, prakom=OTHER_PRAKOM),
    Plan(15, 8, "SIMPEG keluar sendiri setiap lima menit", done=4),
    Plan(16, 9, "Impor data pegawai berhenti di baris 500", done=6, late=(2,)),
    Plan(17, 8, "Dasbor layanan tidak memuat grafik", done=7),
    Plan(17, 10, "Pencarian arsip tidak menemukan nomor lama", done=8),
    Plan(19, 10, "Notifikasi aplikasi persuratan tidak masuk", done=4, prakom=OTHER_PRAKOM),
    Plan(18, 13, "Formulir izin belajar menolak tanggal lahir", done=3),
    Plan(19, 8, "Cadangan basis data gagal semalam", done=1),
    Plan(19, 16, "Peramban menolak sertifikat portal kantor", done=0, just=10, photo=True),
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done at one instant."""

    at: datetime
    actions: tuple[Action, ...]


def beginning(calendar: WorkCalendar, end: datetime) -> datetime:
    """Return the midnight that the month's first working day follows: so many working days before `end`'s day."""
    day = end.astimezone(calendar.zone).date()
    left = _WORKING_DAYS
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    return datetime.combine(day, time(), calendar.zone).astimezone(UTC)


def deeds(calendar: WorkCalendar, end: datetime) -> list[Deed]:
    """Return all that is done in the month before `end`, in the order of time."""
    working = _working_days(calendar, beginning(calendar, end).astimezone(calendar.zone).date())
    done: list[Deed] = []
    for plan in PLANS:
        begun = datetime.combine(working[plan.day], time(plan.hour, 5), calendar.zone)
        if plan.just:
            begun = end - timedelta(minutes=plan.just)
        done.extend(_of(plan, begun, calendar))
    return sorted((deed for deed in done if deed.at < end), key=lambda deed: deed.at)


def _working_days(calendar: WorkCalendar, first: date) -> list[date]:
    days = (first + timedelta(days=offset) for offset in count())
    return list(islice(filter(calendar.is_working_day, days), _WORKING_DAYS))


def _of(plan: Plan, begun: datetime, calendar: WorkCalendar) -> Iterator[Deed]:
    """Give what happens to one report, step by step."""
    at = calendar.opening(begun)
    report = SendPhoto(REPORTER, plan.subject) if plan.photo else Say(REPORTER, plan.subject)
    yield Deed(at, (report, Tap(REPORTER, "Kirim")))
    for step in range(1, plan.done + 1):
        for minutes in (_LATE // 2, _LATE - _LATE // 2) if step in plan.late else (_QUICK,):
            at = calendar.add(at, minutes * 60)
            yield Deed(at, ())
        if step == _HANDLING:
            yield Deed(at, (Tap(plan.prakom, "Mulai tangani", plan.subject),))
            at = calendar.add(at, _WORK * 60)
        if step == _HANDLING + 1 and plan.returned:
            yield Deed(at, _correction(plan))
            at = calendar.add(at, _QUICK * 60)
        yield Deed(at, _step(plan, step))
    if plan.done == _HANDLING - 1:
        yield Deed(calendar.add(at, _QUICK * 60), (Tap(plan.prakom, "Mulai tangani", plan.subject),))
    if plan.done == _STEPS:
        verdict = "Sudah teratasi" if plan.helped else "Masih bermasalah"
        rated = (Tap(REPORTER, word) for word in plan.rated)
        appraised = (Tap(KASUBBAG, plan.appraised),) if plan.appraised else ()
        yield Deed(calendar.add(at, _QUICK * 60), (Tap(REPORTER, verdict), *rated, *appraised))


def _step(plan: Plan, step: int) -> tuple[Action, ...]:
    subject = plan.subject
    officials = {1: KAKANWIL, 2: KADIV, 3: KABAG}
    match step:
        case 1 | 2 | 3:
            return (Tap(officials[step], "Teruskan ke", subject),)
        case 4:
            return (Tap(KASUBBAG, "Teruskan ke", subject), Tap(KASUBBAG, plan.prakom))
        case 5:
            writing = tuple(Say(plan.prakom, words) for words in plan.findings)
            return (Tap(plan.prakom, "Laporan Evaluasi", subject), *writing, Tap(plan.prakom, "Ajukan"))
        case 6:
            return (Tap(KASUBBAG, "Benar, teruskan", subject),)
        case 7:
            return (Tap(KABAG, "Benar, teruskan", subject),)
        case 8:
            return (Tap(KADIV, "Setujui", subject),)
        case _:
            return (Tap(KAKANWIL, "Diketahui", subject),)


def _correction(plan: Plan) -> tuple[Action, ...]:
    """Return how the Kasubbag returns the Laporan Evaluasi once, and how it comes back with what was wanting."""
    return (
        Tap(KASUBBAG, "Kembalikan dengan koreksi", plan.subject),
        Tap(KASUBBAG, "Tulis alasan"),
        Say(KASUBBAG, "Penyebab belum cukup jelas."),
        Tap(plan.prakom, "Laporan Evaluasi", plan.subject),
        Tap(plan.prakom, "Penyebab"),
        Say(plan.prakom, f"{plan.findings[1]} Batas itu ditetapkan pada tahun 2022."),
        Tap(plan.prakom, "Ajukan"),
    )


async def live(
    scene: Scene, *, end: datetime, settle: Callable[[], Awaitable[None]], tell: Callable[[int, int], None]
) -> None:
    """Let a scene whose clock stands at the month's beginning live until `end`. `tell` hears how many deeds are done.

    Raises AssertionError with the chat where somebody does not see what the plan expects.
    """
    todo = deeds(scene.calendar, end)
    player = Player(scene.sandbox, scene.people, tell=_untold, settle=settle, patience=_PATIENCE)
    for number, deed in enumerate(todo, start=1):
        if deed.at > scene.clock.now():
            scene.clock.jump_to(deed.at)
        await settle()
        await player.play(deed.actions)
        tell(number, len(todo))
    scene.clock.jump_to(end)
    await settle()


def _untold(_line: Line) -> None:
    """Tell nobody: there is a month of it."""
