"""What became of the mutants of a target, and the file that keeps it between runs."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

NOTICED = {"killed": "killed", "timeout": "stopped", "segfault": "stopped"}
"""The words of mutmut for a mutant that the tests noticed: one failed, or one had to be stopped."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One change of the code: the lines of a function as they are, and as they became, each without indentation."""

    file: str
    function: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Result:
    """The mutants of one target; `survivors` are those that no test noticed."""

    killed: int
    stopped: int
    survivors: tuple[Change, ...]

    @property
    def mutants(self) -> int:
        """How many there were."""
        return self.killed + self.stopped + len(self.survivors)

    @property
    def score(self) -> float:
        """The share of mutants that the tests noticed, in percent."""
        return 100 * (self.killed + self.stopped) / self.mutants


def together(results: dict[str, Result]) -> Result:
    """Return what became of the mutants of all targets."""
    return Result(
        sum(result.killed for result in results.values()),
        sum(result.stopped for result in results.values()),
        tuple(change for result in results.values() for change in result.survivors),
    )


def load(path: Path) -> dict[str, Result]:
    """Return the results that earlier runs left, by target; none where there is no file."""
    if not path.exists():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: Result(one["killed"], one["stopped"], tuple(Change(**change) for change in one["survivors"]))
        for name, one in kept.items()
    }


def keep(path: Path, results: dict[str, Result]) -> None:
    """Write the results down for the next run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {name: asdict(result) for name, result in results.items()}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
