"""Papers of a case in which every text is what a test says, with everything that a paper may have to show."""

from datetime import UTC, datetime

from handlers.papers.disposition_sheet import TEMPLATE as SHEET
from handlers.papers.disposition_sheet import Choice, Disposition, DispositionSheet, Follow
from handlers.papers.evaluation_report import TEMPLATE as REPORT
from handlers.papers.evaluation_report import Approval, Correction, EvaluationReport, Field, Section
from handlers.papers.official import (
    Enclosed,
    Genuineness,
    Letterhead,
    Paraf,
    Sealed,
    Signatory,
    StepTime,
    Timing,
    letterhead,
)
from handlers.papers.paper import Paper, Verbatim
from models.checkpoint.note import Note, PrivateKey
from models.checkpoint.statement import Checkpoint
from models.rules.logo import Logo

AT = datetime(2026, 11, 24, 5, 10, tzinfo=UTC)
KEY = PrivateKey("kantor.example/log", bytes(32))
NOTE = Note.signed(Checkpoint(KEY.name, 1472, bytes(32)).written(), KEY).written()
CODE = "lembar-VLYXMCO_CvmUfmzoB0TJZnFy"


def head(words: str, logo: Logo | None = None) -> Letterhead:
    return letterhead((words, "Kantor Contoh"), "", words, logo)


def timing(words: str, *, late: bool) -> Timing:
    return Timing("23 Nov 08.30", "23 Nov 09.14", "44 menit", "30 menit", late, "lewat 14 menit", (words,))


def paraf(words: str) -> Paraf:
    by = Signatory(capacity=f"Plh. {words},", decree=words, name=words, rank=words, nip="19800101 200502 1 003")
    return Paraf(by, "Diparaf secara elektronik di bot", "23 November 2026 pukul 09.14 WITA", "3 · 6b86b273ff34")


def files(words: str, count: int) -> tuple[Enclosed, ...]:
    kept = Enclosed(words, "dokumen", "214 kB", words, Verbatim("6b86b273ff34fce19d6b804eff5a3f57" * 2), kept=True)
    gone = Enclosed(words, "video", "–", words, Verbatim("terlalu besar untuk arsip"), kept=False)
    return tuple(gone if at % 3 == 2 else kept for at in range(count))


def times(words: str, count: int) -> tuple[StepTime, ...]:
    return tuple(StepTime(str(at), words, "putaran 2", words, timing(words, late=at % 2 == 0)) for at in range(count))


def genuine() -> Genuineness:
    url = f"https://t.me/contoh_sop_bot?start={CODE}"
    root = Verbatim("A" * 43 + "=")
    sealed = Sealed("Pos pemeriksaan 7, 23 November 2026: 1472 daun", root, KEY.public.short, Verbatim(NOTE))
    return Genuineness(Verbatim(url), Verbatim(f"/start {CODE}"), "15 · 49b18e47076408e2", sealed)


def sheet(words: str, *, steps: int = 4, logo: Logo | None = None) -> Paper:
    """Return a Lembar Disposisi in which people wrote nothing but `words`."""
    boxes = tuple(Choice(one, chosen=one == words) for one in ("Tindak lanjuti", words))
    dispositions = tuple(
        Disposition(
            *(at, at, steps, "putaran 2", words, "Diteruskan", (words,), (words,), boxes, words, ""),
            paraf=paraf(words),
            timing=timing(words, late=True),
        )
        for at in range(1, steps + 1)
    )
    rest = tuple(
        Follow(str(at), words, "", "Disetujui", words, "", paraf(words), timing(words, late=False))
        for at in range(steps)
    )
    content = DispositionSheet(
        letterhead=head(words, logo),
        number="SW-2026-0147",
        sop=words,
        received="23 November 2026 pukul 08.30 WITA",
        reporter=words,
        unit=words,
        origin="pesan pribadi kepada bot",
        follows="SW-2026-0001",
        subject=words,
        text=words,
        withheld="",
        urgency=(Choice("Biasa", chosen=False), Choice("Segera", chosen=True)),
        security=(Choice("Biasa", chosen=False), Choice("Rahasia", chosen=True)),
        code="R",
        secret=True,
        now=words,
        files="2 berkas",
        dispositions=dispositions,
        rest=rest,
        rounds="1 kali dikembalikan untuk diperbaiki",
        attachments=files(words, steps),
        times=times(words, steps),
        state="23 November 2026 pukul 13.41 WITA",
        genuine=genuine(),
    )
    return Paper(SHEET, content, told_at=AT)


def report(words: str, *, steps: int = 4, draft: str = "") -> Paper:
    """Return a Laporan Evaluasi in which people wrote nothing but `words`."""
    correction = Correction(1, "23 Nov 11.18", "Dikembalikan", True, words, "", "Penyebab", words, "23 Nov 11.43")
    content = EvaluationReport(
        letterhead=head(words),
        number="SW-2026-0147",
        title=words,
        revision=2,
        draft=draft,
        code="B",
        secret=False,
        identity=(Field("Hal", words), Field("Pelapor", words)),
        sections=tuple(Section(one, words, "") for one in ("Temuan", "Penyebab", "Tindakan", "Hasil", "Rekomendasi")),
        corrections=(correction,) * steps,
        attachments=files(words, steps),
        times=times(words, steps),
        summary="4 langkah selesai: 2 tepat waktu, 2 lewat mutu baku.",
        author=paraf(words).by,
        filed=paraf(words),
        approvals=(Approval("Disetujui", paraf(words)),) * 3,
        waits=words,
        state="23 November 2026 pukul 13.41 WITA",
        genuine=None if draft else genuine(),
    )
    return Paper(REPORT, content, told_at=AT)
