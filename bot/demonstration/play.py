"""Playing the scripted case at once, as `disposisi demo --play` does, and what the database says of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.demonstration.stage import Stage
from bot.demonstration.story import script
from bot.sandbox.script import Action, Line, Player
from bot.settings import Settings
from models.case.attachment import Attachment
from models.case.case import Case, CaseState
from models.case.question import Question
from models.case.task import Chase, Task
from models.proof.verification import verify
from models.repository import whole_case
from models.rules.ladder import RungKind


def packaged(**given: Any) -> Settings:
    """Return the settings for the office and the SOP as packaged, for which the script is written."""
    models = Path(str(files("models")))
    office = models / "offices/sulawesi-utara.toml"
    return Settings.load(None, office_file=office, sop_dir=models / "sops", **given)


def is_packaged(settings: Settings) -> bool:
    """Whether these settings name the office and the SOP as packaged."""
    ours = packaged(telegram_bot_token=settings.telegram_bot_token)
    return (settings.office_file, settings.sop_dir) == (ours.office_file, ours.sop_dir)


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


async def play(
    stage: Stage, *, tell: Callable[[Line], None], before: Callable[[Action], Awaitable[None]] | None = None
) -> Played:
    """Play the script on a stage whose program runs, telling each line, and return what the database says of it.

    `before` is awaited before each action. Raises AssertionError with the chat where somebody does not see what the
    script expects.
    """
    player = Player(stage.sandbox, stage.people, tell=tell, settle=stage.settle, before=before)
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
