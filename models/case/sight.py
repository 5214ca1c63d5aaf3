"""How much of a case a person may see."""

from enum import StrEnum

from models.case.standing import Standing
from models.office.overseeing import oversees_everything
from models.office.person import Person, includes


class Sight(StrEnum):
    """How much of a case somebody may see: nothing, where it stands, their own report, or all that was said.

    With each but nothing, a person also reads their own words on the timeline.
    """

    NOTHING = "nothing"
    POSITION = "position"
    OWN = "own"
    WHOLE = "whole"


def sight_of(standing: Standing, person: Person) -> Sight:
    """Return how much of the case `person` may see.

    A person who holds its open task sees everything, also while a Plh. decides it in their place. So does a person who
    was given or decided one of its tasks, or got a copy of what decided one, and still holds the post of that: a copy
    lets its reader in on a confidential case too, and is journalled. After they leave the post they see where the case
    stands. The reporter sees their own report. The head of the office, watchers, admins, and the superiors of the open
    task's post, all the way up, see everything that is not confidential. A person whose report was joined to the case
    sees where it stands: the words of the first reporter are not theirs to read.
    """
    case, office = standing.case, standing.office
    holding = standing.holders(case.open_task) if case.open_task else []
    if includes(holding, person.id) or _is_stood_in_for(standing, person):
        return Sight.WHOLE
    handled = {task.post for task in case.tasks if person.id in (task.decided_by_id, task.assignee_id)}
    handled |= {copy.post for task in case.tasks for copy in task.copies if copy.person_id == person.id}
    if not handled.isdisjoint(office.posts_of(person)):
        return Sight.WHOLE
    superiors = office.overseeing(case.open_task.post) if case.open_task else []
    overseeing = oversees_everything(office, person) or includes(superiors, person.id)
    if overseeing and not case.confidential:
        return Sight.WHOLE
    if person.id == case.reporter_id:
        return Sight.OWN
    joined = standing.fellow(person) is not None
    return Sight.POSITION if overseeing or handled or joined else Sight.NOTHING


def _is_stood_in_for(standing: Standing, person: Person) -> bool:
    """Whether the open task would be this person's to decide, were they not away."""
    task = standing.case.open_task
    if task is None or task.assignee_id not in (None, person.id):
        return False
    return standing.office.stand_in(person.id, task.post) is not None
