"""A case as its journal describes it, compared with the rows that the program works with."""

from collections.abc import Iterator

from models.proof.account import Row
from models.proof.replay import Replay
from models.proof.testimony import Exhibits, waits_otherwise


def mismatches(
    replay: Replay, *, case: Row, tasks: list[Row], evaluations: list[Row], exhibits: Exhibits, sop: Row | None
) -> Iterator[tuple[int, str]]:
    """Yield every difference between the rows and the journal: the entry that it concerns, and what differs.

    `sop` is the row of the version of the SOP that the case names, None where there is none.
    """
    for column in replay.case.differences(case):
        yield replay.case.sequence, f"the case's {column} is not what the journal tells"
    if sop is None or (replay.sop is not None and any(sop[name] != value for name, value in replay.sop.items())):
        yield 1, "the case's sop_version_id is not what the journal tells"
    yield from replay.chases.mismatches(exhibits.chases, tasks=tasks, last=replay.case.sequence)
    for position, task in enumerate(replay.tasks):
        place = f"task of step {task.columns['step']}, round {task.columns['round']}"
        if position >= len(tasks):
            yield task.sequence, f"the {place} is missing"
            return
        for column in task.differences(tasks[position]):
            yield task.sequence, f"the {place}: its {column} is not what the journal tells"
        for column in waits_otherwise(tasks[position], exhibits.questions):
            yield task.sequence, f"the {place}: its {column} is not what its questions tell"
    if len(tasks) > len(replay.tasks):
        yield replay.case.sequence, "there is a task that the journal does not know"
    places = {row["id"]: place for place, row in enumerate(tasks)}
    written = ({**row, "task": places.get(row["task_id"])} for row in evaluations)
    submitted = {row["revision"]: row for row in written if row["submitted_at"] is not None}
    for revision, evaluation in replay.evaluations.items():
        row = submitted.pop(revision, None)
        if row is None:
            yield evaluation.sequence, f"revision {revision} of the Laporan Evaluasi is missing"
            continue
        for column in evaluation.differences(row):
            yield (
                evaluation.sequence,
                f"revision {revision} of the Laporan Evaluasi: its {column} is not what was submitted",
            )
    for revision in submitted:
        yield replay.case.sequence, f"the journal does not know revision {revision} of the Laporan Evaluasi"
    yield from replay.testimony.mismatches(exhibits, tasks=tasks, last=replay.case.sequence)
