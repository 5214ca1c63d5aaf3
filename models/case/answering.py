"""What the reporter adds to an answer already given: the further files of an album, which arrive one by one."""

from collections.abc import Sequence

from models.case.journey import REPORTER, Journey
from models.case.task import Action, Attachment, FileRecord, told_files
from models.office.office import Person


class Answering(Journey):
    """What belongs to an answer and comes after it."""

    def enclose(self, files: Sequence[FileRecord], *, by: Person) -> None:
        """Attach more of the reporter's files to the case. Raises `CaseClosed`, `NotYourTask`."""
        self._running()
        self._reporting(by)
        for file in files:
            self.case.attachments.add(Attachment(**file, added_by_id=by.id, added_at=self.at))
        self._log(Action.ATTACH, by_id=by.id, capacity=REPORTER, **told_files(files))
        if self.case.open_task is not None:
            self._changed(self.case.open_task)
