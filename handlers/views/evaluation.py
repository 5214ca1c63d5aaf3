"""What a card shows of a Laporan Evaluasi, taken from its revisions and frozen."""

from handlers.screens.evaluation import EvaluationView
from models.case.evaluation import Evaluation
from models.queries.belongings import NOTHING_BROUGHT, Brought


def evaluation_view(
    submitted: Evaluation, previous: Evaluation | None, came: Brought = NOTHING_BROUGHT
) -> EvaluationView:
    """Return a submitted revision; `previous` is the revision submitted before it, if there is one."""
    changed = submitted.changed_since(previous) if previous is not None else None
    return EvaluationView(
        revision=submitted.revision,
        parts=submitted.parts,
        changed=changed,
        files=came.revisions.get(submitted.revision, 0),
    )
