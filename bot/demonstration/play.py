"""The scripted case of `disposisi demo --play`: one report through all nine steps, with trouble on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.demonstration.office import REPORTER
from bot.demonstration.stage import ONE_HOUR, TEN_MINUTES, Stage
from bot.sandbox.script import Advance, Do, Line, Narrate, Player, Say, Script, SendDocument, SendPhoto, Tap, WaitFor
from bot.settings import Settings
from models.case.attachment import Attachment
from models.case.case import Case, CaseState
from models.case.question import Question
from models.case.task import Chase, Task
from models.proof.verification import verify
from models.repository import whole_case
from models.rules.ladder import RungKind

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Senin, 23 November 2026, 08.30 WITA: the office has been open for an hour."""

_MINUTES = 4 * 60
"""Seconds of office time that people take between one thing and the next."""

KAKANWIL, KADIV, KABAG, KASUBBAG, PRAKOM = "Karel", "Dina", "Bram", "Sari", "Rina"


def packaged(**given: Any) -> Settings:
    """Return the settings for the office and the SOP as packaged, for which the script is written."""
    models = Path(str(files("models")))
    office = models / "offices/sulawesi-utara.toml"
    return Settings.load(None, office_file=office, sop_dir=models / "sops", **given)


def script(stage: Stage) -> Script:
    """Return who does what, when. Every label is one that people read on their buttons."""

    async def minutes_pass() -> None:
        stage.clock.jump_to((await stage.calendar_in_force()).add(stage.clock.now(), _MINUTES))

    minutes = Do(minutes_pass)
    return (
        Narrate("Budi melapor dengan tiga foto"),
        SendPhoto(REPORTER, "SIMPEG tidak dapat dibuka setelah pembaruan.", count=3),
        Tap(REPORTER, "Kirim"),
        Narrate("Langkah 1: Kakanwil memberi instruksi dan catatan, lalu meneruskan"),
        minutes,
        Tap(KAKANWIL, "Instruksi & catatan"),
        Tap(KAKANWIL, "Tindak lanjuti"),
        Tap(KAKANWIL, "Laporkan hasilnya"),
        Tap(KAKANWIL, "Tulis catatan"),
        Say(KAKANWIL, "Mohon prioritas, layanan kepegawaian terganggu."),
        Tap(KAKANWIL, "Teruskan ke"),
        Narrate("Langkah 2: Kadiv tidak menjawab; diingatkan, terlambat, lalu atasan dan pengawas SOP diberi tahu"),
        minutes,
        Advance(TEN_MINUTES),
        Advance(TEN_MINUTES),
        WaitFor(KADIV, "jatuh tempo"),
        Advance(TEN_MINUTES),
        Advance(TEN_MINUTES),
        Advance(TEN_MINUTES),
        WaitFor(KADIV, "⚠️ SW-"),
        Advance(TEN_MINUTES),
        WaitFor(KAKANWIL, "tertahan"),
        WaitFor(KASUBBAG, "tertahan"),
        WaitFor(PRAKOM, "tertahan"),
        Tap(KADIV, "Teruskan ke"),
        Narrate("Langkah 3: Kabag meneruskan"),
        minutes,
        Tap(KABAG, "Teruskan ke"),
        Narrate("Langkah 4: Kasubbag menunjuk salah satu JFT Prakom"),
        minutes,
        Tap(KASUBBAG, "Teruskan ke"),
        Tap(KASUBBAG, PRAKOM),
        Narrate("Langkah 5: JFT Prakom menangani, bertanya kepada pelapor, menulis Laporan Evaluasi"),
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
        Narrate("Langkah 6: Kasubbag mengembalikan dengan koreksi"),
        minutes,
        Tap(KASUBBAG, "Kembalikan dengan koreksi"),
        Tap(KASUBBAG, "Tulis alasan"),
        minutes,
        Say(KASUBBAG, "Penyebab belum jelas: mengapa sesi tidak ditutup?"),
        Narrate("Langkah 5, putaran 2: JFT Prakom memperbaiki; waktunya dihitung baru"),
        minutes,
        Tap(PRAKOM, "Laporan Evaluasi"),
        Tap(PRAKOM, "Penyebab"),
        Say(PRAKOM, "Pembaruan tidak menutup sesi setelah pengguna keluar."),
        Tap(PRAKOM, "Ajukan"),
        Narrate("Langkah 6 sampai 8: koreksi dan persetujuan"),
        minutes,
        Tap(KASUBBAG, "Benar, teruskan"),
        minutes,
        Tap(KABAG, "Benar, teruskan"),
        minutes,
        Tap(KADIV, "Setujui"),
        Narrate("Langkah 9: Kakanwil menerima; laporan selesai"),
        minutes,
        Tap(KAKANWIL, "Diketahui"),
        WaitFor(REPORTER, "selesai"),
        Tap(REPORTER, "Sudah teratasi"),
    )


@dataclass(frozen=True, slots=True)
class Played:
    """What the database says of the case that was played; `lacking` names, in Indonesian, what did not come to pass."""

    number: str
    done: int
    steps: int
    entries: int
    lacking: tuple[str, ...]

    def __str__(self) -> str:
        proof = "tidak lengkap: " + "; ".join(self.lacking) if self.lacking else "terverifikasi"
        return f"{self.number} · {self.done}/{self.steps} · {self.entries} catatan jurnal · {proof}"


async def play(stage: Stage, *, tell: Callable[[Line], None]) -> Played:
    """Play the script on a stage whose program runs, telling each line, and return what the database says of it.

    Raises AssertionError with the chat where somebody does not see what the script expects.
    """
    player = Player(stage.sandbox, stage.people, tell=tell, settle=stage.settle)
    await player.play(script(stage))
    return await stage.program.database.read(outcome)


def outcome(session: Session) -> Played:
    """Look up what became of the newest case, and prove the whole record."""
    newest = session.scalars(select(func.max(Case.id))).one()
    case = whole_case.read_one(session, whole_case.BY_ID, newest)
    assert case is not None, "there is no case"  # noqa: S101 - the script has reported one
    steps = case.sop.steps
    done = {task.step for task in case.tasks if task.outcome is case.sop.step(task.step).kind.rules.outcome}
    answered = select(Question.id).where(Question.case_id == case.id, Question.answered_at.is_not(None))
    attached = select(Attachment.id).where(Attachment.case_id == case.id)
    escalated = select(Chase.task_id).join(Task, Task.id == Chase.task_id)
    escalated = escalated.where(Task.case_id == case.id, Chase.kind == RungKind.ESCALATE)
    proof = verify(session)
    wanted = {
        "laporan belum selesai": case.state is CaseState.CLOSED and len(done) == len(steps),
        "tidak ada pertanyaan yang dijawab": session.scalar(answered.limit(1)) is not None,
        "tidak ada lampiran": session.scalar(attached.limit(1)) is not None,
        "tidak ada langkah yang ditagih sampai pengawas": session.scalar(escalated.limit(1)) is not None,
        "tidak ada putaran koreksi": case.round > 1,
        f"jurnal tidak terbukti ({proof.first})": proof.verifies,
    }
    lacking = tuple(reason for reason, come_true in wanted.items() if not come_true)
    return Played(case.number, len(done), len(steps), case.chain.length, lacking)
