"""The units for systemd: those for one office and for several say the same, and systemd can read them."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(one.name for one in DEPLOY.glob("disposisi*") if one.is_file())

FOR_EACH_OFFICE = (
    ("/etc/disposisi/%i/", "/etc/disposisi/"),
    ("/var/lib/disposisi-%i", "/var/lib/disposisi"),
    ("/var/backups/disposisi-%i", "/var/backups/disposisi"),
    ("=disposisi-%i", "=disposisi"),
)
"""What differs between a template and the unit of a single office."""


def settings(name: str) -> list[str]:
    """Return the lines of a unit, without comments and what describes it."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "Description="))]


@pytest.mark.parametrize("name", ["disposisi@.service", "disposisi-backup@.service", "disposisi-backup@.timer"])
def test_a_template_says_what_the_unit_of_a_single_office_says(name: str) -> None:
    template = "\n".join(settings(name))
    for of_each, of_one in FOR_EACH_OFFICE:
        template = template.replace(of_each, of_one)
    assert template.splitlines() == settings(name.replace("@", ""))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_reads_them(tmp_path: Path) -> None:
    for name in UNITS:
        unit = (DEPLOY / name).read_text(encoding="utf-8").replace("/opt/disposisi/bin/disposisi", "/bin/true")
        (tmp_path / name.replace("@.", "@manado.")).write_text(unit, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *(str(one) for one in sorted(tmp_path.iterdir()))]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    ours = [line for line in said.stderr.splitlines() if "disposisi" in line and "enabled" not in line]
    assert ours == []


def test_the_python_that_is_needed_is_the_same_everywhere() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'requires-python = ">=3.11"' in project
    assert "sys.version_info < (3, 11)" in (ROOT / ".ci" / "find-python").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "docs/operations.md"])
def test_the_guides_install_what_names_its_python_first(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert 0 < text.index("pip install --no-deps") < text.index("pip install --require-hashes")
