"""Reports as the tests make them: what a test does not care about is left out."""

from collections.abc import Sequence

from models.case.attachment import FileRecord
from models.case.report import Report
from models.rules.classification import Classification


def a_report(
    text: str, classification: Classification = Classification.ORDINARY, *, files: Sequence[FileRecord] = ()
) -> Report:
    """Return a report with these words, sent in private chat, after no earlier case."""
    return Report(text=text, classification=classification, previous_case_id=None, files=files, origin={})
