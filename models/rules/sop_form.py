"""What the form of an SOP holds, and where an SOP departs from the regulation that prescribes it.

The regulation is Permenpan RB 35/2012, lampiran: columns and identity of the form, five symbols in its flow chart,
activities as active verbs without a subject. The limits of the form are ours: beyond them its rows and columns leave
the page.
"""

from models.rules.errors import Problem
from models.rules.sop import Sop, Step

STEPS, ROLES = range(3, 16), range(2, 9)
"""How many rows and how many columns of roles the form holds."""

LONGEST_ACTIVITY, LONGEST_NAME = 600, 40
"""Characters of an activity, and of the heading of a role's column."""

_ACTIVE = ("me", "ber", "di")
"""How an Indonesian verb begins that can head an activity; `di` is found, and told to be passive."""


def unfit(sop: Sop, *, source: str) -> list[Problem]:
    """Return what the form cannot hold of an SOP, nothing where it holds all; `source` names the file."""
    found: list[Problem] = []

    def wrong(row: str, reason: str) -> None:
        found.append(Problem(source, row, reason))

    steps, roles = len(sop.steps), len(sop.roles)
    if steps not in STEPS:
        wrong("steps", f"The SOP has {steps} steps. Its form holds {STEPS.start} to {STEPS.stop - 1}: {_divide(steps)}")
    if roles not in ROLES:
        known = f"{ROLES.start} to {ROLES.stop - 1}"
        wrong("roles", f"The SOP has {roles} role{'' if roles == 1 else 's'}. Its form has {known} columns for them.")
    for step, place in ((sop.first, "first"), (sop.last, "last")):
        if step.kind.rules.reviews:
            reason = f"The {place} step is a decision ({step.kind.value}). A chart begins and ends with a capsule"
            wrong(_row(step), f"{reason}: add the step that {'begins' if place == 'first' else 'ends'} the work.")
    for step in sop.steps:
        if len(step.activity) > LONGEST_ACTIVITY:
            length = f"“activity” has {len(step.activity)} characters. The form has room for {LONGEST_ACTIVITY}"
            wrong(_row(step), f"{length}: divide the step, or say it more briefly.")
    for role in sop.roles:
        if len(role.heading) > LONGEST_NAME:
            length = f"The heading has {len(role.heading)} characters. A column has room for {LONGEST_NAME}"
            wrong(f"role {role.code}", f"{length}: give a shorter “heading”.")
    return found


def departures(sop: Sop, *, source: str) -> list[Problem]:
    """Return where an SOP departs from the regulation. A signed document may, and is used as it is."""
    found = [Problem(source, _row(step), reason) for step in sop.steps if (reason := _of_activity(sop, step))]
    for key, items, name in (
        ("legal_basis", sop.legal_basis, "dasar hukum"),
        ("qualifications", sop.qualifications, "kualifikasi pelaksana"),
        ("related", sop.related, "keterkaitan"),
        ("equipment", sop.equipment, "peralatan/perlengkapan"),
    ):
        if not items:
            found.append(Problem(source, key, f"The identity lacks {name}, which Permenpan RB 35/2012 lists."))
    if sop.effective < sop.created:
        reason = f"It is in effect ({sop.effective}) before it was made ({sop.created})."
        found.append(Problem(source, "effective", reason))
    if sop.revised is not None and sop.revised < sop.created:
        found.append(Problem(source, "revised", f"It was revised ({sop.revised}) before it was made ({sop.created})."))
    if not sop.approval.nip:
        found.append(Problem(source, "approval", "The approval lacks the NIP of its signatory."))
    return found


def _of_activity(sop: Sop, step: Step) -> str | None:
    """Return how the words of an activity depart from the regulation, None where they do not."""
    said = step.activity.casefold()
    names = (name for role in sop.roles for name in (role.title, role.heading, *role.aliases))
    subject = max((name for name in names if _begins(said, name.casefold())), key=len, default=None)
    wanted = "Permenpan RB 35/2012 wants an active verb without a subject"
    if subject is not None:
        written = step.activity[: len(subject)]
        return f"The activity begins with who does it (“{written}”). {wanted}; the column says who."
    first = said.split()[0]
    if first.startswith("di"):
        return f"The activity begins with the passive “{first}”. {wanted}, such as “menerima”."
    if not first.startswith(_ACTIVE):
        return f"The activity begins with “{first}”. {wanted}, such as “menerima”."
    return None


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def _divide(steps: int) -> str:
    return "divide it into two SOPs." if steps >= STEPS.stop else "a single act needs no SOP."


def _row(step: Step) -> str:
    return f"step {step.number}"
