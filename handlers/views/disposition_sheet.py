"""What the Lembar Disposisi of a case says, worded."""

from dataclasses import replace

from handlers.papers.disposition_sheet import TEMPLATE, Choice, Disposition, DispositionSheet, Follow
from handlers.papers.paper import Issue, Paper
from handlers.views.on_paper import OFFICIALS_ONLY, OnPaper
from models.case.issued_paper import PaperKind
from models.case.standing import Standing
from models.case.task import Task
from models.office.person import Person
from models.repository.reader import Reader
from models.rules.actions import Outcome
from models.rules.complete import complete
from models.rules.urgency import Urgency

_URGENCY = complete(
    Urgency,
    {Urgency.ORDINARY: "Biasa", Urgency.URGENT: "Segera", Urgency.VERY_URGENT: "Sangat segera"},
)
_OPEN, _SECRET = "Biasa", "Rahasia"
_CODES = {False: "B", True: "R"}
"""The codes of the security of a naskah dinas: biasa and rahasia. The office file knows no other."""

_OUTCOMES = complete(
    Outcome,
    {
        Outcome.FORWARDED: "Diteruskan",
        Outcome.SENT_BACK: "Dikembalikan",
        Outcome.DECLINED: "Ditolak",
        Outcome.MOVED: "Dipindahkan ke SOP lain",
        Outcome.MERGED: "Digabung ke laporan lain",
        Outcome.SUBMITTED: "Laporan Evaluasi diajukan",
        Outcome.PASSED: "Diteruskan tanpa koreksi",
        Outcome.APPROVED: "Disetujui",
        Outcome.RETURNED: "Dikembalikan untuk diperbaiki",
        Outcome.ACKNOWLEDGED: "Diterima",
        Outcome.RECALLED: "Ditarik kembali oleh pengirimnya",
        Outcome.WITHDRAWN: "Laporan ditarik oleh pelapor",
    },
)
_PARAF = "Diparaf secara elektronik di bot"


def disposition_sheet(reader: Reader, standing: Standing, *, whole: bool) -> Paper:
    """Return the Lembar Disposisi of a case, with the notes between officials where it is `whole`.

    The sheet of a reporter leaves these out, as the case does that they see in chat.
    """
    return _Filler(reader, standing, whole=whole).paper()


class _Filler:
    """Fills in one sheet."""

    def __init__(self, reader: Reader, standing: Standing, *, whole: bool) -> None:
        self._on = OnPaper(reader, standing, whole=whole)
        self._case, self._whole = standing.case, whole

    def paper(self) -> Paper:
        content = self._content()
        genuine, code = self._on.genuineness(PaperKind.DISPOSITION, content)
        issue = Issue(PaperKind.DISPOSITION, self._case.id, code, self._on.annals.sequence)
        printed, name = replace(content, genuine=genuine), f"{TEMPLATE}-{self._case.number}"
        return Paper(TEMPLATE, printed, told_at=self._on.told_at, name=name, issue=issue)

    def _content(self) -> DispositionSheet:
        on, case = self._on, self._case
        withheld = on.silenced(case.reporter, erased=case.erased_in is not None)
        assigned = [task for task in case.tasks if task.closed_at is not None and self._assigns(task)]
        rest = [task for task in case.tasks if task.closed_at is not None and not self._assigns(task)]
        attachments = on.enclosed(by=None if self._whole else case.reporter_id)
        return DispositionSheet(
            letterhead=on.head(),
            number=case.number,
            sop=f"SOP {on.sop.number} · {on.sop.title}",
            received=on.stamp(case.opened_at),
            reporter=case.reporter.name + (f" (pelapor lain: {case.joined})" if case.joined else ""),
            unit=case.reporter.unit,
            origin="grup Telegram" if "chat_id" in case.origin else "pesan pribadi kepada bot",
            follows=on.reader.case_number(case.previous_case_id),
            subject="" if withheld else case.subject,
            text="" if withheld else self._beyond_subject(),
            withheld=withheld,
            urgency=tuple(Choice(words, urgency.value == case.urgency) for urgency, words in _URGENCY.items()),
            security=(Choice(_OPEN, not case.confidential), Choice(_SECRET, case.confidential)),
            code=_CODES[case.confidential],
            secret=case.confidential,
            now=on.whereabouts(),
            files=f"{len(attachments)} berkas" if attachments else "tidak ada",
            dispositions=tuple(self._disposition(number, task) for number, task in enumerate(assigned, start=1)),
            rest=tuple(self._follow(task) for task in rest),
            rounds=f"{case.round - 1} kali dikembalikan untuk diperbaiki" if case.round > 1 else "",
            attachments=attachments,
            times=on.times(),
            state=on.stamp(on.told_at),
            genuine=None,
        )

    def _assigns(self, task: Task) -> bool:
        return self._on.step(task).kind.rules.assigns

    def _beyond_subject(self) -> str:
        return self._case.text.strip().partition("\n")[2].strip()

    def _disposition(self, number: int, task: Task) -> Disposition:
        on, (note, withheld) = self._on, self._note(task)
        boxes = on.sop.instructions if self._whole else ()
        return Disposition(
            number=number,
            step=task.step,
            steps=len(on.sop.steps),
            round=on.round(task),
            heading=on.title(task.post),
            outcome=_OUTCOMES[Outcome(task.outcome or "")],
            to=self._went_to(task),
            copies=tuple(_named(one.person, on.title(one.post)) for one in task.copies),
            instructions=tuple(Choice(one, one in task.instructions) for one in boxes),
            note=note,
            withheld=withheld,
            paraf=on.paraf(task, _PARAF),
            timing=on.timing(task),
        )

    def _went_to(self, task: Task) -> tuple[str, ...]:
        """Return who got the case from a task: the post, and the person where it went to one alone."""
        later = self._case.tasks[self._case.tasks.index(task) + 1 :]
        if not later:
            return ()
        opened = later[0]
        return (_named(opened.assignee, self._on.title(opened.post)),)

    def _follow(self, task: Task) -> Follow:
        note, withheld = self._note(task)
        on = self._on
        return Follow(
            number=str(task.step),
            activity=on.step(task).short,
            round=on.round(task),
            outcome=_OUTCOMES[Outcome(task.outcome or "")],
            note=note,
            withheld=withheld,
            paraf=on.paraf(task, _PARAF),
            timing=on.timing(task),
        )

    def _note(self, task: Task) -> tuple[str, str]:
        """Return the note of a decision, and why there is none to read."""
        public = task.outcome == Outcome.DECLINED
        deed = self._on.deed(task)
        silenced = self._on.silenced(task.decided_by, erased=deed is not None and deed.erased)
        if not self._whole and not public:
            return "", OFFICIALS_ONLY
        if silenced and (task.note or (deed is not None and deed.erased)):
            return "", silenced
        return task.note.strip(), ""


def _named(person: Person | None, title: str) -> str:
    return f"{title}: {person.name}" if person is not None else title
