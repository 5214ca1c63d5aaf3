"""The results as a table for the terminal, and as the section of `docs/reliability.md`."""

import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from rich.table import Table

from tests.mutation.results import Change, Result, together
from tests.mutation.targets import TARGETS

_JUDGED = Path(__file__).parent / "survivors.toml"


def reasons() -> dict[Change, str]:
    """Return why each judged survivor may live."""
    judged = tomllib.loads(_JUDGED.read_text(encoding="utf-8"))["survivors"]
    return {
        Change(one["file"], one["function"], one["was"], became): one["reason"]
        for one in judged
        for became in one["became"]
    }


def table(results: dict[str, Result]) -> Table:
    """Return a line for each target and one for all."""
    made = Table()
    made.add_column("target")
    for heading in ("mutants", "killed", "survived", "timeouts", "score"):
        made.add_column(heading, justify="right")
    for name, result in [*results.items(), ("all", together(results))]:
        counts = (result.mutants, result.killed, len(result.survivors), result.stopped)
        made.add_row(name, *map(str, counts), f"{result.score:.1f} %", end_section=name == [*results][-1])
    return made


def section(results: dict[str, Result]) -> str:
    """Return the score of each target and every survivor with its reason, in Markdown."""
    return "\n".join([*_scores(results), "", *_survivors(together(results).survivors)])


def _scores(results: dict[str, Result]) -> Iterator[str]:
    yield "| target | code | mutants | killed | timeouts | survived | score |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for name, result in [*results.items(), ("**all**", together(results))]:
        files = "<br>".join(f"`{file}`" for file in TARGETS[name].files) if name in TARGETS else ""
        counts = (result.mutants, result.killed, result.stopped, len(result.survivors))
        yield f"| {name} | {files} | {' | '.join(map(str, counts))} | {result.score:.1f} % |"


def _survivors(survivors: tuple[Change, ...]) -> Iterator[str]:
    judged = reasons()
    yield "| function | line | became | why no test tells it |"
    yield "| --- | --- | --- | --- |"
    for (function, was), alike in groupby(survivors, key=lambda change: (change.function, change.was)):
        became: dict[str, list[str]] = {}
        for change in alike:
            became.setdefault(judged.get(change, "not judged yet"), []).append(change.became)
        for reason, lines in became.items():
            yield f"| `{function}` | {_code(was)} | {'<br>'.join(map(_code, lines))} | {reason} |"


def _code(line: str) -> str:
    return "`` " + line.replace("|", "\\|") + " ``" if line else "(left out)"
