"""What the papers of a case say in the same words: who acted, what a step took, which files there are, what seals it.

All of it is Indonesian, as official papers are, and depends on the state of the case alone: not on who looks, nor when.
"""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

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
from handlers.papers.paper import Verbatim
from handlers.screens.span import Span, deadline, measured, overdue
from handlers.texts.wording import INDONESIAN, Wording
from models.case.attachment import Attachment, AttachmentKind, Keeping
from models.case.case import CaseState
from models.case.issued_paper import PaperKind
from models.case.standing import Standing
from models.case.task import Task
from models.checkpoint.note import InvalidNote, Note
from models.checkpoint.statement import Checkpoint, InvalidStatement
from models.journal.digests import digest_of
from models.office.person import Person
from models.office.tenure import ActingAs, Capacity
from models.queries import sheets
from models.queries.sheets import Annals, Deed
from models.repository.reader import Reader
from models.rules.complete import complete
from models.rules.sop import Step
from models.rules.standard import Standard, StandardUnit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

CHECKED_BY = "lembar-"
"""How the payload of the link on a paper begins; its code follows."""

_CODE_BYTES = 18
"""Of a code: 24 characters in a link, which may have 64 with what it begins with."""

ERASED = "Kata-kata ini sudah dihapus sesuai pelindungan data pribadi; jurnal mencatat penghapusannya."
RESTRICTED = "Kata-kata ini tidak ditampilkan: penulisnya meminta pembatasan."
OFFICIALS_ONLY = "Hanya untuk pejabat yang menangani perkara ini."

_KINDS = complete(
    AttachmentKind,
    {
        AttachmentKind.PHOTO: "foto",
        AttachmentKind.DOCUMENT: "dokumen",
        AttachmentKind.VIDEO: "video",
        AttachmentKind.VOICE: "pesan suara",
        AttachmentKind.AUDIO: "audio",
        AttachmentKind.VIDEO_NOTE: "pesan video",
    },
)
_NO_DIGEST = complete(
    Keeping,
    {
        Keeping.WAITING: "belum diambil ke arsip",
        Keeping.KEPT: "",
        Keeping.TOO_LARGE: "terlalu besar untuk arsip",
        Keeping.GONE: "tidak tersedia lagi di Telegram",
        Keeping.ERASED: "isi dihapus dari arsip",
    },
)
_STANDS_IN = {Capacity.PLT: "Plt. ", Capacity.PLH: "Plh. ", Capacity.ADMIN: "a.n. "}
_NO_DECREE = {Capacity.PLT: "tanpa nomor SK dalam catatan", Capacity.PLH: "ditunjuk lewat bot, tanpa nomor SK"}
_KILOBYTE, _MINUTE = 1000, 60


class OnPaper:
    """The words about one case for its papers, with those between officials where they are `whole`."""

    def __init__(self, reader: Reader, standing: Standing, *, whole: bool = True) -> None:
        self.reader, self.standing, self._whole = reader, standing, whole
        self.case, self.sop, self.calendar = standing.case, standing.sop, reader.calendar
        self.words = Wording(INDONESIAN, reader.calendar.zone)
        self.annals: Annals = sheets.annals(reader, self.case)
        deciders = {task.decided_by_id for task in self.case.tasks}
        self._stood_in = sheets.stood_in(reader, deciders)
        self._extensions = sheets.extensions(reader, self.case.id)

    @property
    def told_at(self) -> datetime:
        """The instant of which the papers tell: that of the last entry of the case's journal."""
        return self.annals.deeds[-1].at

    def head(self) -> Letterhead:
        """Return the letterhead of the office."""
        office = self.reader.rules.office
        return letterhead(office.lines, office.name, office.address, office.logo)

    def stamp(self, at: datetime) -> str:
        """Return an instant as a sentence has it: `23 November 2026 pukul 09.14 WITA`."""
        return f"{self.words.long_date(at.astimezone(self.calendar.zone).date())} pukul {self.words.clock(at)}"

    def brief(self, at: datetime) -> str:
        """Return an instant for a narrow column: `23 Nov 09.14`, with its year where that is not the report's."""
        local, first = at.astimezone(self.calendar.zone), self.case.opened_at.astimezone(self.calendar.zone)
        year = f" {local.year}" if local.year != first.year else ""
        return f"{self.words.days(local.date(), local.date())}{year} {local:%H.%M}"

    def silenced(self, writer: Person | None, *, erased: bool) -> str:
        """Return why nobody reads what a person wrote, "" where everybody does who may read the case."""
        if erased or (writer is not None and writer.erased_in is not None):
            return ERASED
        over = self.case.state is not CaseState.OPEN
        return RESTRICTED if over and writer is not None and writer.restricted_in is not None else ""

    def deed(self, task: Task) -> Deed | None:
        """Return the entry of the journal by which a task was decided."""
        return self.annals.deciding(at=task.closed_at, actor_id=task.decided_by_id)

    # ---- Who acted

    def paraf(self, task: Task, statement: str) -> Paraf:
        """Return who decided a task, and where the journal says so."""
        deed = self.deed(task)
        return Paraf(
            by=self.signatory(task.decided_by, task.decided_as, at=task.closed_at or self.told_at),
            statement=statement,
            at=self.stamp(task.closed_at) if task.closed_at else "",
            entry=f"{deed.sequence} · {deed.hash.hex()[:12]}" if deed is not None else "–",
        )

    def signatory(self, person: Person | None, acts_as: str | None, *, at: datetime) -> Signatory:
        """Return a person as tata naskah dinas wants them: capacity, decree, name, rank, NIP."""
        acting = ActingAs.parse(acts_as) if acts_as else None
        name = person.name if person is not None else "–"
        known = person is not None and person.erased_in is None
        return Signatory(
            capacity=self._capacity(acting),
            decree=self._decree(person, acting, at) if acting is not None else "",
            name=name,
            rank=person.rank if person is not None else "",
            nip=_spaced(person.nip) if person is not None and known else "",
        )

    def _capacity(self, acting: ActingAs | None) -> str:
        if acting is None:
            return ""
        ending = "\nAdmin kantor," if acting.capacity is Capacity.ADMIN else ""
        return f"{_STANDS_IN.get(acting.capacity, '')}{self.title(acting.post)},{ending}"

    def _decree(self, person: Person | None, acting: ActingAs, at: datetime) -> str:
        if acting.capacity not in _NO_DECREE or person is None:
            return ""
        mandate = sheets.mandate_of(self._stood_in, person.id, acting, at)
        if mandate is None or mandate.decree_number is None or mandate.decree_day is None:
            return _NO_DECREE[acting.capacity]
        return f"SK Nomor {mandate.decree_number} tanggal {self.words.long_date(mandate.decree_day)}"

    def title(self, post: str) -> str:
        """Return the title of the post that has this code or had it, the code where none has."""
        posts = self.standing.office.file.posts
        named = {one.formerly: one.title for one in posts} | {one.code: one.title for one in posts}
        return named.get(post, post)

    # ---- Times

    def timing(self, task: Task) -> Timing:
        """Return what a task that was decided took, beside its standard."""
        closed = task.closed_at or self.told_at
        late_by = task.late_by if task.late_by is not None else self.calendar.late(task.due_at, closed)
        over = overdue(self.calendar, task.standard_deadline(self.calendar), late_by)
        return Timing(
            opened=self.brief(task.opened_at),
            closed=self.brief(closed),
            actual=self.span(measured(self.calendar, task.counted_from(self.calendar), closed)),
            standard=self.words.standard(task.time_standard),
            late=late_by > 0,
            verdict=f"lewat {self.span(over)}" if late_by > 0 else "tepat waktu",
            reasons=tuple(self._reasons(task)),
        )

    def _reasons(self, task: Task) -> list[str]:
        """Return what was said about more time than the standard, granted or not, and why the step was late.

        The words are between officials.
        """
        answers = {True: "diberi", False: "ditolak", None: "diminta"}
        asked = [one for one in self._extensions if one.task_id == task.id and one.text]
        spans = [f"Tambahan {self.words.standard(one.wanted)} {answers[one.granted]}" for one in asked]
        if not self._whole:
            return spans
        words = [self.silenced(self.reader.person_by_id(one.by_id), erased=False) or one.text for one in asked]
        said = [f"{span}: {text}" for span, text in zip(spans, words, strict=True)]
        return [*said, *self._lateness(task)]

    def _lateness(self, task: Task) -> list[str]:
        """Return why a step was late, with who said so, in which capacity and when; nothing where nobody did."""
        if task.late_reason_at is None:
            return []
        acting = ActingAs.parse(task.late_reason_as or "")
        capacity = self._capacity(acting).replace("\n", " ")
        name = task.late_reason_by.name if task.late_reason_by is not None else "–"
        words = self.silenced(task.late_reason_by, erased=not task.late_reason) or task.late_reason
        return [f"Alasan keterlambatan ({capacity} {name}, {self.brief(task.late_reason_at)}): {words}"]

    def times(self) -> tuple[StepTime, ...]:
        """Return the table of times: each step that was decided."""
        return tuple(
            StepTime(
                number=str(task.step),
                activity=self.sop.step(task.step).short,
                round=self.round(task),
                who=self.name_of(task),
                timing=self.timing(task),
            )
            for task in self.case.tasks
            if task.closed_at is not None
        )

    def summary(self) -> str:
        """Return in one sentence how many of the steps were in time."""
        done = [task for task in self.case.tasks if task.closed_at is not None]
        late = sum(self.timing(task).late for task in done)
        return f"{len(done)} langkah selesai: {len(done) - late} tepat waktu, {late} lewat mutu baku."

    def name_of(self, task: Task) -> str:
        """Return who decided a task, with Plt. or Plh. where they stood in."""
        acting = ActingAs.parse(task.decided_as) if task.decided_as else None
        stands = _STANDS_IN.get(acting.capacity, "").strip() if acting is not None else ""
        name = task.decided_by.name if task.decided_by is not None else "–"
        return f"{name} ({stands})" if stands else name

    def round(self, task: Task) -> str:
        """Return in which round a task was, "" in the first."""
        return f"putaran {task.round}" if task.round > 1 else ""

    def span(self, span: Span) -> str:
        """Return the two greatest units of a span of office time; minutes are rounded up."""
        hours, minutes = divmod(-(-span.seconds // _MINUTE), _MINUTE)
        amounts = ((span.days, StandardUnit.DAYS), (hours, StandardUnit.HOURS), (minutes, StandardUnit.MINUTES))
        units = [self.words.standard(Standard(amount, unit)) for amount, unit in amounts if amount]
        return " ".join(units[:2]) or "kurang dari semenit"

    # ---- Where it is

    def whereabouts(self) -> str:
        """Return where the case is now, or how it ended: true until something is done about it."""
        task = self.case.open_task
        if task is None:
            ended = self.case.closed_at or self.told_at
            words = {
                CaseState.CLOSED: "Selesai",
                CaseState.DECLINED: "Ditolak",
                CaseState.MOVED: "Dipindahkan ke SOP lain",
                CaseState.MERGED: "Digabung ke laporan lain",
                CaseState.WITHDRAWN: "Ditarik oleh pelapor",
            }
            return f"{words[CaseState(self.case.state)]}, {self.stamp(ended)}"
        role = self.standing.title_of(task)
        due = deadline(self.calendar, task.due_at, task.measure)
        paused = " (waktu berhenti, menunggu pelapor)" if task.paused_at is not None else ""
        return f"Langkah {task.step} dari {len(self.sop.steps)}, pada {role}; batas waktu {self.stamp(due)}{paused}"

    def step(self, task: Task) -> Step:
        """Return the step that a task is a pass of."""
        return self.sop.step(task.step)

    # ---- Files

    def enclosed(self, *, only: Sequence[Attachment] | None = None, by: int | None = None) -> tuple[Enclosed, ...]:
        """Return the files of the case; only those of one person where `by` names one."""
        found = sheets.enclosures(self.reader, self.case.id)
        wanted = None if only is None else {one.id for one in only}
        return tuple(
            self._enclosed(one)
            for one in found
            if (wanted is None or one.file.id in wanted) and (by is None or one.file.added_by_id == by)
        )

    def _enclosed(self, one: sheets.Enclosure) -> Enclosed:
        file, content = one.file, one.content
        kept = content is not None and file.keeping is Keeping.KEPT
        named = file.name or _KINDS[AttachmentKind(file.kind)]
        size = content.size if content is not None else file.size
        return Enclosed(
            name="(nama dihapus)" if file.keeping is Keeping.ERASED and not file.name else named,
            kind=_KINDS[AttachmentKind(file.kind)],
            size=_sized(size),
            from_whom=one.by,
            digest=Verbatim(content.digest if kept and content is not None else _NO_DIGEST[Keeping(file.keeping)]),
            kept=kept,
        )

    # ---- Genuineness

    def genuineness(self, kind: PaperKind, content: "DataclassInstance") -> tuple[Genuineness, str]:
        """Return how a paper with this content is checked, and the code that stands on it.

        The code is made of all that stands on the paper and of a secret of the case, which goes with the words of its
        reporter. So the same paper has the same code, and nobody finds a code, or erased words, by trying.
        """
        said = json.dumps(asdict(content), ensure_ascii=False, sort_keys=True).encode()
        secrets = (self.annals.secret, self.annals.head, said)
        made = digest_of(b"disposisi/paper/1", kind.value.encode(), self.case.number.encode(), *secrets)
        code = urlsafe_b64encode(made[:_CODE_BYTES]).decode()
        username = self.reader.rules.bot_username
        url = f"https://t.me/{username}?start={CHECKED_BY}{code}" if username else ""
        command = f"/start {CHECKED_BY}{code}"
        head = f"{self.annals.sequence} · {self.annals.head.hex()[:16]}"
        return Genuineness(Verbatim(url), Verbatim(command), head, self._sealed()), code

    def _sealed(self) -> Sealed:
        sealing = sheets.sealing_over(self.reader, self.case, self.annals)
        if sealing is None:
            said = "Isi ini belum tercakup pos pemeriksaan; pos berikutnya mencakupnya."
            return Sealed(said, Verbatim(""), "", Verbatim(""))
        try:
            note = Note.parse(sealing.note)
            checkpoint = Checkpoint.parse(note.text)
        except (InvalidNote, InvalidStatement):
            return Sealed("Pos pemeriksaan tidak dapat dibaca.", Verbatim(""), "", Verbatim(""))
        said = f"Pos pemeriksaan {sealing.number}, {self.stamp(sealing.sealed_at)}: {checkpoint.size} daun"
        key = ", ".join(one.short for one in note.signatures)
        return Sealed(said, Verbatim(b64encode(checkpoint.root).decode()), key, Verbatim(sealing.note))


def _spaced(nip: str) -> str:
    """Return a NIP as it is printed, `19700101 199503 1 001`; anything else as it is."""
    parts = (nip[:8], nip[8:14], nip[14:15], nip[15:])
    return " ".join(parts) if nip.isdecimal() and len(nip) == 18 else nip  # noqa: PLR2004 - the digits of a NIP


def _sized(size: int) -> str:
    """Return a number of bytes in the greatest unit, `388 kB`; "–" where it is not known."""
    if not size:
        return "–"
    if size < _KILOBYTE:
        return f"{size} B"
    kilobytes = size / _KILOBYTE
    if kilobytes < _KILOBYTE:
        return f"{kilobytes:.0f} kB"
    return f"{kilobytes / _KILOBYTE:.1f} MB".replace(".", ",")
