"""The door through which a paper of a case is issued. It concerns no task, and changes nothing that a paper tells."""

from models.case.issued_paper import ISSUED, IssuedPaper, PaperKind
from models.case.journey import Journey


class Issuing(Journey):
    """A case, and which papers of it were issued."""

    def issue(self, kind: PaperKind, *, file: str, mark: str, sequence: int) -> IssuedPaper:
        """Note that a file was issued as a paper which tells of the journal up to the entry `sequence`."""
        self._log(ISSUED, kind=kind.value, file=file, mark=mark, sequence=sequence)
        return IssuedPaper(file=file, mark=mark, kind=kind, case_id=self.case.id, sequence=sequence, issued_at=self.at)
