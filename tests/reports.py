"""Reports as the tests make them: what a test does not care about is left out."""

from collections.abc import Sequence

from models.case.attachment import FileRecord
from models.case.report import Report
from models.rules.urgency import Urgency


def a_report(
    text: str,
    urgency: Urgency = Urgency.ORDINARY,
    *,
    confidential: bool = False,
    files: Sequence[FileRecord] = (),
) -> Report:
    """Return a report with these words, sent in private chat, after no earlier case."""
    return Report(text=text, urgency=urgency, confidential=confidential, previous_case_id=None, files=files, origin={})
