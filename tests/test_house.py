"""The house itself: one list of dependencies, floors kept, notebooks bare, no trace of a machine."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import mentorstudy

HOUSE = Path(__file__).parents[1]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text())


def tracked(pattern: str = "*") -> list[Path]:
    """The files git tracks, or in an unpacked archive all that lie there."""
    try:
        names = subprocess.run(
            ["git", "ls-files", pattern], cwd=HOUSE, capture_output=True, text=True, check=True
        ).stdout.split("\n")
    except (OSError, subprocess.CalledProcessError):
        return [path for path in HOUSE.rglob(pattern) if path.is_file() and ".venv" not in path.parts]
    return [HOUSE / name for name in names if name and (HOUSE / name).is_file()]


def test_conda_users_get_what_pyproject_names():
    listed = re.findall(r"^  - ([a-z0-9-]+)(>=[0-9.]+)$", (HOUSE / "environment.yml").read_text(), re.MULTILINE)
    found = dict(listed)
    wanted = dict(
        re.fullmatch(r"([a-z0-9-]+)(>=[0-9.]+)", line).groups() for line in PROJECT["project"]["dependencies"]
    )
    tools = dict(
        re.fullmatch(r"([a-z0-9-]+)(>=[0-9.]+)", line).groups() for line in PROJECT["dependency-groups"]["dev"]
    )
    assert found.pop("python") == PROJECT["project"]["requires-python"]
    assert found == wanted | {"pytest": tools["pytest"]}


def test_the_lock_holds_every_dependency_with_hashes_and_no_address():
    lock = (HOUSE / "requirements.lock").read_text()
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    named = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    assert {re.split(r"[>=<]", line)[0] for line in named} <= pinned
    assert lock.count("--hash=sha256:") > len(pinned)
    assert "://" not in lock


def test_notebooks_are_committed_bare():
    notebooks = tracked("notebooks/*.ipynb")
    assert notebooks
    for path in notebooks:
        for cell in json.loads(path.read_text())["cells"]:
            if cell["cell_type"] == "code":
                assert not cell["outputs"], path.name
                assert cell["execution_count"] is None, path.name


def test_no_file_names_a_machine_or_a_registry():
    # Written in pieces, so that this file does not hold what it looks for.
    traces = re.compile(
        "|".join([r"/ro" r"ot/", r"/wo" r"rk/", r"pypi\." r"org", r"python" r"hosted", r"deb\." r"debian"])
    )
    for path in tracked():
        if path.suffix in {".py", ".toml", ".md", ".yml", ".lock", ".ipynb", ".json", ".html", ".R", ".sh", ""}:
            found = traces.search(path.read_text(encoding="utf-8", errors="ignore"))
            assert found is None, f"{path.name}: {found and found.group()}"


def test_reports_and_users_studies_stay_out_of_git():
    kept = {path.relative_to(HOUSE).as_posix() for path in tracked("reports/*")}
    assert kept == {"reports/README.md"}
    studies = {path.relative_to(HOUSE).parts[1] for path in tracked("data/*") if path.parent != HOUSE / "data"}
    assert studies == {"example", "illinois-workplace", "kenya-mentoring", "open-seeds"}


@pytest.mark.parametrize("module", ["mentorstudy", "mentorstudy.cli"])
def test_the_command_line_starts_without_the_heavy_stack(module):
    heavy = "{'pandas', 'numpy', 'statsmodels', 'papermill', 'matplotlib', 'jupyter_client'}"
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"


def test_every_name_behind_the_front_door_opens():
    for name in dir(mentorstudy):
        assert callable(getattr(mentorstudy, name)), name
    with pytest.raises(AttributeError, match="it has read_study"):
        mentorstudy.nothing  # noqa: B018
