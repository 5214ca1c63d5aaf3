"""Every door is killed: what a journal can tell of a person's act is told by a script that dies at each boundary.

The scripts are played in `test_exhaustive.py`, in the short form with deaths drawn from the seed, in the long form with
one at every boundary. A new action, or a new door of absences, turns this red until a script goes through it.
"""

import inspect
from collections.abc import Callable, Mapping

import pytest

from models.administration import absence
from models.rules.actions import Action, Verb
from tests.crash import scripted_absences, scripted_case, scripted_joining, scripted_many, scripted_verbs
from tests.crash.test_exhaustive import ABSENCES, BESIDE, JOINING, MANY, STRAIGHT, VERBS, Script

KILLED = frozenset(
    entry
    for script in (scripted_case, scripted_verbs, scripted_absences, scripted_many, scripted_joining)
    for entry in script.TOLD
).union(scripted_absences.OFFICE)
"""The entries that a script leaves, each written by a door at whose boundaries the program dies."""

NOT_KILLED: Mapping[Action, str] = {
    Action.MOVE: "the office of these tests has one SOP, and a case moves to another one only",
    Action.WRITE: "leaves no entry of its own: the evaluation that is submitted holds what was written",
    Action.ATTACH: "changes no task: one message, one commit, as each message of the scripts",
    Action.DETACH: "changes no task: one tap, one commit, as each tap of the scripts",
    Action.REMIND_LATE: "changes no task: one tap, one commit, as each tap of the scripts",
}
"""The actions that no script goes through, and why."""

DOORS_OF_ABSENCES: Mapping[Callable[..., object], frozenset[str]] = {
    absence.file: frozenset({"absence"}),
    absence.filed: frozenset({"absence"}),
    absence.ask: frozenset({"ask-plh"}),
    absence.answer: frozenset({"accept-plh", "refuse-plh", "stand-in"}),
    absence.name: frozenset({"name-plh"}),
    absence.release: frozenset({"release-plh"}),
    absence.end: frozenset({"absence-over", "absence-called-off", "stand-in-over"}),
    absence.begin_due: frozenset({"absence-begins", "absence-over"}),
}
"""The doors of absences, and the entries by which a script shows that it went through them."""

NO_DOORS = frozenset({absence.explain, absence.follow_calendar})
"""They leave no entry of their own: words about an absence, and what a calendar that is entered does to it."""


@pytest.mark.parametrize("action", Action)
def test_every_action_is_killed(action: Action) -> None:
    assert (action.value in KILLED) != (action in NOT_KILLED), action


SHOWN_BY: Mapping[Verb, tuple[Script, str]] = {
    Verb.SEND_BACK_FURTHER: (VERBS, "send-back"),
    Verb.FORWARD_MANY: (MANY, "forward"),
    Verb.COPY: (MANY, "copy"),
    Verb.JOIN: (JOINING, "join"),
    Verb.EXPLAIN: (STRAIGHT, "explain"),
}
"""The script that goes through a verb that the script of the verbs does not, and the entry that it leaves there."""


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_of_an_sop_is_killed(verb: Verb) -> None:
    script, entry = SHOWN_BY.get(verb, (VERBS, verb.value))
    assert entry in script.told


def test_every_door_of_absences_is_killed() -> None:
    public = {
        one
        for name, one in inspect.getmembers(absence, inspect.isfunction)
        if one.__module__ == absence.__name__ and not name.startswith("_")
    }
    assert public == DOORS_OF_ABSENCES.keys() | NO_DOORS
    assert not set().union(*DOORS_OF_ABSENCES.values()) - KILLED


def test_every_script_is_played() -> None:
    told = [entry for script in (STRAIGHT, *BESIDE.values()) for entry in (*script.told, *script.office)]
    assert {VERBS, ABSENCES, MANY, JOINING} <= set(BESIDE.values())
    assert set(told) >= KILLED
