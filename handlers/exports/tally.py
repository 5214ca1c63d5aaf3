"""Who was late: the stays of a register added up by post and person, while they pass by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from models.queries.register.rows import CaseRow, ChaseRow, Row, StepRow, TenureRow


@dataclass(slots=True)
class Sum:
    """The stays of one person at one post: how many, how many of them late, by how many seconds of office time."""

    post: str
    person: str
    stays: int = 0
    late: int = 0
    late_by: int = 0
    longest: int = 0


@dataclass(slots=True)
class Tally:
    """How many rows of each kind passed by, and the sums of the stays. It grows with the people, not with the rows."""

    cases: int = 0
    stays: int = 0
    late: int = 0
    chases: int = 0
    tenures: int = 0
    _sums: dict[tuple[str, str], Sum] = field(default_factory=dict)

    def counting(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Let rows pass by, and count them."""
        for row in rows:
            self.count(row)
            yield row

    def count(self, row: Row) -> None:
        """Count one row."""
        match row:
            case CaseRow():
                self.cases += 1
            case StepRow():
                self._count_stay(row)
            case ChaseRow():
                self.chases += 1
            case TenureRow():
                self.tenures += 1

    @property
    def sums(self) -> list[Sum]:
        """The sums, those with the longest delays in all first."""
        return sorted(self._sums.values(), key=lambda one: (-one.late_by, -one.late, one.post, one.person))

    @property
    def late_ones(self) -> list[Sum]:
        """The sums of those who were late."""
        return [one for one in self.sums if one.late]

    def _count_stay(self, row: StepRow) -> None:
        found = self._sums.setdefault((row.post, row.person), Sum(row.post, row.person))
        self.stays += 1
        found.stays += 1
        if row.late_by > 0:
            self.late += 1
            found.late += 1
            found.late_by += row.late_by
            found.longest = max(found.longest, row.late_by)
