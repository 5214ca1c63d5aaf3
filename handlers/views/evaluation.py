"""What a card shows of a Laporan Evaluasi, taken from its revisions and frozen."""

from handlers.screens.evaluation import EvaluationView
from models.case.evaluation import Evaluation
from models.queries.belongings import NOTHING_BROUGHT, Brought


def evaluation_view(
    submitted: Evaluation, previous: Evaluation | None, came: Brought = NOTHING_BROUGHT
) -> EvaluationView:
    """Return a submitted revision; `previous` is the revision submitted before it, if there is one."""
    before = None
    if previous is not None:
        before = {part: previous.text(part) for part in submitted.changed_since(previous)}
    files = came.revisions.get(submitted.revision, 0)
    return EvaluationView(revision=submitted.revision, parts=submitted.parts, before=before, files=files)
