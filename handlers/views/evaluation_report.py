"""What the Laporan Evaluasi of a case says, worded."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from handlers.papers.evaluation_report import TEMPLATE, Approval, Correction, EvaluationReport, Field, Section
from handlers.papers.paper import Issue, Paper
from handlers.views.on_paper import OnPaper
from models.case.evaluation import Evaluation, Part
from models.case.issued_paper import PaperKind
from models.case.standing import Standing
from models.case.task import Task
from models.office.person import Person
from models.queries import belongings
from models.repository.reader import Reader
from models.rules.actions import Outcome
from models.rules.complete import complete

_PARTS: Mapping[Part, str] = complete(
    Part,
    {
        Part.FINDINGS: "Temuan",
        Part.CAUSE: "Penyebab",
        Part.ACTION: "Tindakan",
        Part.RESULT: "Hasil",
        Part.RECOMMENDATION: "Rekomendasi",
    },
)
_CARRIED_ON: Mapping[Outcome, str] = {
    Outcome.PASSED: "Dikoreksi, tanpa perbaikan",
    Outcome.APPROVED: "Disetujui",
    Outcome.ACKNOWLEDGED: "Diterima",
}
"""How the steps end that carry a submitted revision on, as the report says it."""

_STATEMENTS: Mapping[Outcome, str] = {
    Outcome.PASSED: "Diparaf secara elektronik di bot",
    Outcome.APPROVED: "Disetujui secara elektronik di bot",
    Outcome.ACKNOWLEDGED: "Diterima secara elektronik di bot",
}
_DRAFT = "PRATINJAU · BELUM DIAJUKAN"
_CODES = {False: "B", True: "R"}


def evaluation_report(reader: Reader, standing: Standing) -> Paper | None:
    """Return the Laporan Evaluasi of a case in its last submitted revision; None before one was submitted."""
    submitted = standing.case.submitted
    return _Filler(reader, standing, submitted).paper() if submitted is not None else None


def evaluation_preview(reader: Reader, standing: Standing) -> Paper | None:
    """Return the revision that is being written as it would be printed, marked as such; None while none is."""
    draft = standing.case.evaluation_draft
    return _Filler(reader, standing, draft).preview() if draft is not None else None


class _Filler:
    """Fills in one report."""

    def __init__(self, reader: Reader, standing: Standing, revision: Evaluation) -> None:
        self._on = OnPaper(reader, standing)
        self._reader, self._case, self._revision = reader, standing.case, revision

    def paper(self) -> Paper:
        content = self._content(draft="")
        genuine, code = self._on.genuineness(PaperKind.EVALUATION, content)
        issue = Issue(PaperKind.EVALUATION, self._case.id, code, self._on.annals.sequence)
        name = f"{TEMPLATE}-{self._case.number}"
        printed = replace(content, genuine=genuine)
        return Paper(TEMPLATE, printed, told_at=self._on.told_at, name=name, issue=issue)

    def preview(self) -> Paper:
        content = self._content(draft=_DRAFT)
        return Paper(TEMPLATE, content, told_at=self._revision.saved_at, name=f"pratinjau-{self._case.number}")

    def _content(self, *, draft: str) -> EvaluationReport:
        on, case, revision = self._on, self._case, self._revision
        files = [one for one in belongings.attachments(self._reader, case.id) if one.revision is not None]
        handled = next((task for task in case.tasks if task.id == revision.task_id), None)
        at = revision.submitted_at or revision.saved_at
        author = self._author(handled)
        return EvaluationReport(
            letterhead=on.head(),
            number=case.number,
            title=on.sop.title,
            revision=revision.revision,
            draft=draft,
            code=_CODES[case.confidential],
            secret=case.confidential,
            identity=tuple(self._identity(author, at, filed=not draft)),
            sections=tuple(self._sections(author)),
            corrections=tuple(self._corrections()),
            attachments=on.enclosed(only=files),
            times=on.times(),
            summary=on.summary(),
            author=on.signatory(author, self._acted_as(handled), at=at),
            filed=on.paraf(handled, "Diajukan secara elektronik di bot") if handled and handled.closed_at else None,
            approvals=tuple(self._approvals()),
            waits="" if draft or case.open_task is None else on.whereabouts(),
            state=on.stamp(at if draft else on.told_at),
            genuine=None,
        )

    def _author(self, handled: Task | None) -> Person | None:
        if handled is None:
            return None
        return handled.decided_by or handled.assignee

    def _acted_as(self, handled: Task | None) -> str | None:
        if handled is None:
            return None
        return handled.decided_as or f"definitive:{handled.post}"

    def _identity(self, author: Person | None, at: datetime, *, filed: bool) -> Iterator[Field]:
        on, case = self._on, self._case
        unit = f", {case.reporter.unit}" if case.reporter.unit else ""
        withheld = on.silenced(case.reporter, erased=case.erased_in is not None)
        yield Field("Nomor agenda", case.number)
        yield Field("SOP", f"{on.sop.number} · {on.sop.title}")
        yield Field("Hal", withheld or case.subject)
        others = f" (pelapor lain: {case.joined})" if case.joined else ""
        yield Field("Pelapor", f"{case.reporter.name}{unit}{others}")
        yield Field("Diterima", on.stamp(case.opened_at))
        yield Field("Pelaksana", author.name if author is not None else "–")
        yield Field("Diajukan" if filed else "Disimpan", on.stamp(at))

    def _sections(self, author: Person | None) -> Iterator[Section]:
        erased = self._revision.submitted_at is not None and not any(map(str.strip, self._revision.parts.values()))
        withheld = self._on.silenced(author, erased=erased)
        for part, text in self._revision.parts.items():
            yield Section(_PARTS[part], "" if withheld else text.strip(), withheld)

    # ---- What became of each revision

    def _submitted(self) -> list[Evaluation]:
        return [one for one in self._case.evaluations if one.submitted_at is not None]

    def _reviews(self, revision: Evaluation, following: Evaluation | None) -> list[Task]:
        """Return the tasks by which a revision was judged: those that were opened after it and before the next."""
        filed = revision.submitted_at
        until = following.submitted_at if following is not None else None
        return [
            task
            for task in self._case.tasks
            if filed is not None
            and task.closed_at is not None
            and task.opened_at >= filed
            and (until is None or task.opened_at < until)
            and self._on.step(task).kind.rules.signs_off
        ]

    def _corrections(self) -> Iterator[Correction]:
        on, revisions = self._on, self._submitted()
        for revision, following in zip(revisions, [*revisions[1:], None], strict=False):
            for task in self._reviews(revision, following):
                deed, returned = on.deed(task), task.outcome == Outcome.RETURNED
                withheld = on.silenced(task.decided_by, erased=deed is not None and deed.erased)
                parts = following.changed_since(revision) if returned and following is not None else ()
                yield Correction(
                    revision=revision.revision,
                    filed=on.brief(revision.submitted_at) if revision.submitted_at else "",
                    outcome="Dikembalikan" if returned else _CARRIED_ON.get(Outcome(task.outcome or ""), "–"),
                    returned=returned,
                    reason="" if withheld else task.note.strip(),
                    withheld=withheld if task.note or (deed is not None and deed.erased) else "",
                    changed=", ".join(_PARTS[part] for part in parts),
                    by=f"{on.name_of(task)}, {on.sop.role(on.step(task).role).title}",
                    at=on.brief(task.closed_at) if task.closed_at else "",
                )

    def _approvals(self) -> Iterator[Approval]:
        for task in self._reviews(self._revision, None):
            outcome = Outcome(task.outcome or "")
            if outcome in _CARRIED_ON:
                yield Approval(_CARRIED_ON[outcome], self._on.paraf(task, _STATEMENTS[outcome]))
