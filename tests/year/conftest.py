"""What the year has in common with no other test: its figures are printed."""

import pytest


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
