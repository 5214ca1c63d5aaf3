"""axe-core, Deque's accessibility engine (MPL 2.0), run inside the page.

Its script comes with the package axe-playwright-python, of which nothing else is used: it is kept, and the only one of
those on the package index that carries a present axe-core. It wants Playwright, so it is in the environment of
`requirements/foreign.txt` and not in ours.
"""

import json
import os
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.browser.chromium import Page
from tests.foreign.places import PYTHON

NO_ENGINE = "no accessibility engine: `make test` installs it, or set FOREIGN_PYTHON"

_WHERE = "import importlib.util as u; print(u.find_spec('axe_playwright_python').submodule_search_locations[0])"

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""The rules that are asked: WCAG 2.2 at levels A and AA, and what Deque calls good practice."""

_RUN = """axe.run(document, { runOnly: %s, resultTypes: ["violations"] }).then((found) => found.violations.flatMap(
    (rule) => rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${node.html.slice(0, 160)}`
        + ` ${node.any.concat(node.all, node.none).map((one) => one.message).join("; ").slice(0, 200)}`)))"""


@cache
def script() -> str | None:
    """Return the engine's script; None where its package is not installed."""
    if not PYTHON.exists():
        return None
    found = subprocess.run([PYTHON, "-c", _WHERE], capture_output=True, text=True, check=False)
    path = Path(found.stdout.strip()) / "axe.min.js"
    return path.read_text() if found.returncode == 0 and path.is_file() else None


def wanted() -> str:
    """Return the engine's script. Skips the test where there is none, and fails it where `make test` has run."""
    found = script()
    if found is None:
        assert "CI" not in os.environ, NO_ENGINE
        pytest.skip(NO_ENGINE)
    return found


async def faults(page: Page) -> list[str]:
    """Return what the engine finds wrong with the page as it stands: the rule, how grave, the element, and why."""
    if await page.says("typeof axe === 'undefined'"):
        await page.call("Runtime.evaluate", expression=wanted())
    found: list[str] = await page.says(_RUN % json.dumps(TAGS))
    return found
