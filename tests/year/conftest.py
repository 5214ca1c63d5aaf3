"""What the year has in common with no other test: it tells how far it is, and its figures are printed."""

import sys
from collections.abc import Callable

import pytest


@pytest.fixture
def say(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Print a line at once, also out of a worker, though pytest keeps what a test prints until the test has ended."""
    capturing = pytestconfig.pluginmanager.getplugin("capturemanager")

    def aloud(line: str) -> None:
        with capturing.global_and_fixture_disabled():
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()

    return aloud


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how much happened in each office."""
    figures = [
        f"{report.nodeid.rpartition('::')[2]}: {value}"
        for report in terminalreporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == "year"
    ]
    if figures:
        terminalreporter.section("What the offices lived through")
        for line in figures:
            terminalreporter.line(line)
