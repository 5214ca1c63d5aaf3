"""The flow chart of an SOP as a picture for a phone, without a case."""

from datetime import UTC, datetime, time

from handlers.papers.flow import TEMPLATE, FlowPicture, FlowStep, Return, State
from handlers.papers.paper import Paper, Sheet
from handlers.papers.sop_form import decides
from handlers.texts.catalogue import Say
from models.rules.sop import Sop, Step


def sop_chart(sop: Sop, say: Say) -> Paper:
    """Return the chart of one version of an SOP, worded for its reader. It depends on nothing else."""
    shown = [role for role in sop.roles if sop.steps_of(role.code)]
    lanes = {role.code: lane for lane, role in enumerate(shown)}
    counts = say.plain("sop-counts", steps=str(len(sop.steps)), roles=str(len(sop.roles)))
    content = FlowPicture(
        number=sop.number,
        subject=sop.title,
        tone=State.PLAN,
        answer=(counts, say.plain("sop-since", date=say.time.long_date(sop.effective))),
        heading=say.plain("sop-chart-heading"),
        roles=tuple(role.title for role in shown),
        steps=tuple(_step(step, lanes[step.role], say) for step in sop.steps),
        returns=tuple(
            Return(step.number - 1, sop.return_target(step).number - 1, 1) for step in sop.steps if decides(step)
        ),
        legend=(),
        foot=say.plain("sop-chart-foot"),
        language=say.language,
        back=say.plain("sop-chart-no"),
    )
    told_at = datetime.combine(sop.effective, time.min, UTC)
    return Paper(TEMPLATE, content, told_at=told_at, sheet=Sheet.PNG, name=f"bagan-{sop.code}")


def _step(step: Step, lane: int, say: Say) -> FlowStep:
    standard = say.plain("flow-standard", standard=say.time.standard(step.standard))
    return FlowStep(step.number, step.short, lane, decides(step), State.PLAN, standard, ())
