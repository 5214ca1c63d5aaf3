"""What the journal of a case tells of the reports that became a part of it. All raise `ValueError`."""

from collections.abc import Mapping
from typing import Any

from models.case.journey import FELLOW, REPORTER
from models.journal.chain import Entry
from models.proof.account import Account
from models.proof.testimony import Testimony


def joined(case: Account, testimony: Testimony, entry: Entry, body: Mapping[str, Any], *, task: int) -> None:
    """Take in that a report was joined to the case: a person's own words, or a case of theirs."""
    if "from" in body:
        if case.columns["confidential"] or entry.capacity in {REPORTER, FELLOW}:
            raise ValueError("a case is merged by somebody who cannot do that")
        testimony.joins(entry, person_id=body["person"], from_case_id=body["from"])
    else:
        if case.columns["confidential"] or entry.actor_id == case.columns["reporter_id"]:
            raise ValueError("a report is joined that cannot be")
        testimony.joins(entry, person_id=entry.actor_id, from_case_id=None)
        testimony.remarked(entry, body, task=task)
    case.add(entry.sequence, joined=case.columns["joined"] + 1)


def left(case: Account, testimony: Testimony, entry: Entry) -> None:
    """Take in that a person took their own part out of the case."""
    own = testimony.part_of(entry.actor_id)
    if own is None:
        raise ValueError("somebody leaves a case who has no part in it")
    testimony.parts(entry, person_id=entry.actor_id, from_case_id=own.columns["from_case_id"])
    case.add(entry.sequence, joined=case.columns["joined"] - 1)


def parted(case: Account, testimony: Testimony, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take in that a report stops being a part of the case, as an official decides."""
    if entry.capacity in {REPORTER, FELLOW}:
        raise ValueError("a report is parted by somebody who cannot do that")
    testimony.parts(entry, person_id=body["person"], from_case_id=body.get("from"))
    case.add(entry.sequence, joined=case.columns["joined"] - 1)
