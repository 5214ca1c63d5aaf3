"""What was measured: figures with units, targets and what they mean, as a table and as JSON."""

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy
import telegram
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `most` or `least` is the target, where there is one; `meaning` is one sentence."""

    group: str
    name: str
    value: float
    unit: str
    meaning: str
    most: float | None = None
    least: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the target was met; empty where there is none."""
        if self.most is None and self.least is None:
            return ""
        met = (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)
        return "met" if met else "missed"

    @property
    def target(self) -> str:
        """The target in words; empty where there is none."""
        return f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}" if self.least is not None else ""


@dataclass(slots=True)
class Findings:
    """Everything one run found, and on what it ran. `settings` are the sizes and the seed."""

    settings: dict[str, Any]
    figures: list[Figure] = field(default_factory=list)
    series: dict[str, list[float]] = field(default_factory=dict)

    def add(self, *figures: Figure) -> None:
        """Keep `figures`, and say them at once: a run takes minutes."""
        self.figures.extend(figures)
        for one in figures:
            sys.stderr.write(f"  {one.group} · {one.name}: {one.value:,.3g} {one.unit} {one.verdict}\n")

    def show(self) -> None:
        """Print the table."""
        table = Table(title="Benchmark", show_lines=False)
        for heading in ("", "figure"):
            table.add_column(heading)
        for heading in ("value", "unit", "target", ""):
            table.add_column(heading, justify="right")
        last = ""
        for one in self.figures:
            group = "" if one.group == last else one.group
            table.add_row(group, one.name, f"{one.value:,.2f}", one.unit, one.target, one.verdict)
            last = one.group
        Console().print(table)

    def write(self, path: Path) -> None:
        """Write everything as JSON."""
        figures = [{**asdict(one), "verdict": one.verdict} for one in self.figures]
        whole = {"machine": machine(), "settings": self.settings, "figures": figures, "series": self.series}
        path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """Return what the run ran on."""
    processors = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    return {
        "processor": processors[0] if processors else platform.processor(),
        "processors": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": platform.platform(),
        "load_before": os.getloadavg()[0],
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "sqlalchemy": sqlalchemy.__version__,
        "python-telegram-bot": telegram.__version__,
    }


def share(values: Sequence[float], part: float) -> float:
    """Return the value below which `part` of `values` lie, such as the median for 0.5."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
