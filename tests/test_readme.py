"""Every command in README runs, in a copy of the tree, so that it leaves nothing behind here."""

import html
import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from test_house import HOUSE, tracked

COMMANDS = [
    line.split("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", (HOUSE / "README.md").read_text(), re.DOTALL)
    for line in block.splitlines()
]
EXPECTED = {
    "make report": ["reports/example/2024-autumn", "reports/example/2025-spring", "reports/example/2025-autumn"],
    ".venv/bin/mentorstudy run data/example --cohort 2025-spring": ["reports/example/2025-spring"],
    ".venv/bin/mentorstudy run data/illinois-workplace": ["reports/illinois-workplace/2016"],
    ".venv/bin/mentorstudy run data/kenya-mentoring": ["reports/kenya-mentoring/dandora"],
    ".venv/bin/mentorstudy run data/open-seeds --all": [f"reports/open-seeds/ols-{n}" for n in range(1, 9)],
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """The tracked tree, with the environment that is already set up."""
    folder = tmp_path_factory.mktemp("clone")
    for path in tracked():
        place = folder / path.relative_to(HOUSE)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)
    environment = folder / ".venv"
    (environment / "bin").mkdir(parents=True)
    for tool in ("mentorstudy", "python"):
        (environment / "bin" / tool).symlink_to(HOUSE / ".venv" / "bin" / tool)
    # Set up already: make compares its mark with the lock.
    mark = environment / "ready"
    mark.touch()
    newest = max((folder / name).stat().st_mtime for name in ("requirements.lock", "pyproject.toml"))
    os.utime(mark, (newest + 60, newest + 60))
    return folder


@pytest.fixture(scope="module")
def ran(clone):
    """How a command of README ended; each runs once."""
    return cache(
        lambda command: subprocess.run(
            command.split(), cwd=clone, capture_output=True, text=True, timeout=300, check=False
        )
    )


def test_the_two_commands_stand_on_the_first_screen():
    first = (HOUSE / "README.md").read_text().splitlines()[:20]
    assert any(line.startswith("make report") for line in first)
    assert any(line.startswith("make test") for line in first)


@pytest.mark.skipif(
    not (HOUSE / ".venv" / "bin" / "mentorstudy").exists(),
    reason="README's commands use the environment make sets up",
)
@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "make test"])
def test_each_command_runs(clone, ran, command):
    told = ran(command)
    assert told.returncode == 0, told.stderr
    for folder in EXPECTED.get(command, []):
        assert f"{folder}/report.html" in told.stdout
        names = {path.name for path in (clone / folder).iterdir()}
        assert names == {"report.html", "evidence.json", "study.ipynb", "manifest.json"}


def test_the_sample_says_what_the_kit_says_today(clone, ran):
    told = ran("make report")
    assert told.returncode == 0, told.stderr
    evidence = json.loads((clone / "reports" / "example" / "2024-autumn" / "evidence.json").read_text())
    shown = " ".join(html.unescape((HOUSE / "docs" / "sample" / "report.html").read_text()).split())
    assert all(finding["sentence"] in shown for finding in evidence["findings"])


def test_every_link_leads_to_a_file():
    for page in [HOUSE / "README.md", *(HOUSE / "docs").rglob("*.md"), *(HOUSE / "data").glob("*/README.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
