"""What the board costs in a record with ten years of cases: its pages, its filters, and a line that is opened."""

from sqlalchemy import select

from models.case.case import Case, CaseState
from models.case.task import Task
from models.mail.card import CardKind, Face
from models.rules.board_filters import StepOfSop, Wanted
from tests.benchmarks.decade import Decade
from tests.benchmarks.drawn import HEAD, SUPERIOR, Screens, counted, screens
from tests.benchmarks.figures import Figure, Findings

_MOST = 200
"""Milliseconds that any page may take."""

_TIMES = 5


def board(filled: Decade, findings: Findings) -> None:
    """Draw each page of the board a few times."""
    with screens(filled) as drawing:
        with drawing.database.store.reading.connect() as connection:
            of_open = select(Task.case_id, Task.step).join(Case, Case.id == Task.case_id)
            of_open = of_open.where(Task.closed_at.is_(None), Case.state == CaseState.OPEN).order_by(Task.id.desc())
            found = connection.execute(of_open).all()
        findings.add(Figure("board", "open cases", len(found), "", f"beside {filled.cases:,} that are over"))
        prefix = filled.rules.sops[filled.rules.usual_sop].prefix
        pages: dict[str, tuple[int, dict[str, object]]] = {
            "the list": (HEAD, {"subject": Wanted().kept}),
            "its tenth page": (HEAD, {"subject": Wanted().kept, "page": 9}),
            "what is late": (HEAD, {"subject": Wanted(late=True).kept}),
            "what is urgent": (HEAD, {"subject": Wanted(urgent=True).kept}),
            "what came this month": (HEAD, {"subject": Wanted(month=True).kept}),
            "a step": (HEAD, {"subject": Wanted(step=StepOfSop(prefix, 5)).kept}),
            "a post": (HEAD, {"subject": Wanted(post="kadiv").kept}),
            "the steps to choose from": (HEAD, {"subject": Wanted().kept, "face": Face.STEPS}),
            "the posts to choose from": (HEAD, {"subject": Wanted().kept, "face": Face.POSTS}),
            "the question whether to remind all": (HEAD, {"subject": Wanted().kept, "face": Face.CONFIRMING}),
            "the list of a superior": (SUPERIOR, {"subject": Wanted().kept}),
        }
        for name, (person_id, about) in pages.items():
            _tell(findings, name, drawing, CardKind.BOARD, person_id, about)
        opened = {"case_id": found[0].case_id, "face": Face.TIMELINE}
        _tell(findings, "a line that is opened", drawing, CardKind.QUEUE, HEAD, opened)


def _tell(
    findings: Findings, name: str, drawing: Screens, kind: CardKind, person_id: int, about: dict[str, object]
) -> None:
    cost = drawing.median(lambda session: drawing.draw(session, kind, person_id, **about), times=_TIMES)
    value, meaning = counted(cost, drawing.database)
    findings.add(Figure("board", name, value, "ms", meaning, most=_MOST))
