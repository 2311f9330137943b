"""A small study on disk, for tests to run or to break."""

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import configuration

from forks import Forks

# What Hypothesis remembers of failures belongs to the machine, not to the project.
configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "mentorstudy-hypothesis")

# As in run/cohorts.py: jsonschema, which nbformat loads, spends over a second on a grammar of addresses.
sys.modules.setdefault("rfc3987_syntax", None)

# Files of few tests that take long, since they start processes or walk whole studies.
LONG = (
    "test_run.py",
    "test_readme.py",
    "test_report_in_browser.py",
    "test_how_to.py",
    "test_command_faults.py",
    "test_attack.py",
    "test_programme.py",
    "test_cli.py",
)

START = date(2025, 1, 6)

PLAN = """
name = "small"
title = "A small study"
question = "What difference does a match make?"
design = "fixed-match"
horizon_months = 12
adjust_for = ["grade", "zeal@T0"]

[files]
people = "hr.csv"
matches = "matches.csv"
meetings = "meetings.csv"
survey = "survey_*.csv"

[columns.people]
person = "employee_id"
hired_on = "hire_date"
exit_on = "termination_date"
exit_reason = "term_reason"

[columns.matches]
person = "mentee_id"
mentor = "mentor_id"
matched_on = "match_date"

[columns.meetings]
person = "mentee_id"
held_on = "date"

[columns.survey]
person = "id"

[exit_reasons]
voluntary = ["RES"]
involuntary = ["RED"]
administrative = ["EOC"]

[exposure]
treated = "matched"
comparison = "not matched"
time_zero = "start"
eligible = [{column = "grade", at_least = 2}]

[outcomes.retention]
kind = "exit"
role = "primary"
smallest_effect = 0.03

[outcomes.zeal]
kind = "scale"
scale = "zeal"
waves = ["T0", "T12"]
role = "primary"
smallest_effect = 0.15
"""

COHORT = """
intake = [2025-01-06, 2025-01-31]
start = 2025-01-06
snapshot = 2026-02-28
"""

ZEAL = """
name = "zeal"
label = "Zeal"
source = "made for tests"
licence = "MIT"
responses = ["never", "seldom", "sometimes", "often", "always"]

[[items]]
name = "z1"
text = "I begin before I am asked."

[[items]]
name = "z2"
text = "I finish what I begin."

[[items]]
name = "z3"
text = "I put things off."
reverse = true
"""


@dataclass(frozen=True)
class SmallStudy:
    """Where it lies, and a way to change one of its files."""

    folder: Path
    cohort: str = "first"

    def path(self, name: str) -> Path:
        place = self.folder / self.cohort / name
        return place if place.exists() else self.folder / name

    def change(self, name: str, edit: Callable[[str], str]) -> "SmallStudy":
        path = self.path(name)
        before = path.read_text(encoding="utf-8")
        after = edit(before)
        assert after != before, f"the change to {name} changed nothing"
        path.write_text(after, encoding="utf-8")
        return self


def table(header: list[str], rows: list[list[object]]) -> str:
    lines = [",".join(header), *(",".join("" if cell is None else str(cell) for cell in row) for row in rows)]
    return "\n".join(lines) + "\n"


def pytest_configure(config: pytest.Config) -> None:
    """xdist would begin with the files of most tests; several workers do best with what takes longest, told below."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first where several workers run them, so that none is left with one at the end."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = {name: at for at, name in enumerate(LONG)}
        items.sort(key=lambda item: place.get(item.path.name, len(place)))


def pytest_collection_finish() -> None:
    """Thousands of tests and the libraries stay to the end: the collector need not look through them each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def kept_between_readings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keys and memories go to a folder of the session's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MENTORSTUDY_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(autouse=True, scope="session")
def tried_in_forks() -> Iterator[None]:
    """Files of SPSS and Stata are tried in forks, which takes a hundredth of the time; test_statistical has both."""
    forks = Forks()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mentorstudy.reading.containers.statistical.survived", forks.survived)
        yield
    forks.close()


@cache
def small_files() -> dict[str, str]:
    """240 people of whom some 90 were matched on one day; about one in six leaves; nothing has an effect."""
    rng = np.random.default_rng(11)
    files = {"plan.toml": PLAN, "scales/zeal.toml": ZEAL, "first/cohort.toml": COHORT}
    n = 240
    ids = [f"{number:05d}" for number in range(1, n + 1)]
    zeal = rng.normal(size=n)
    grade = rng.integers(1, 6, n)
    matched = rng.random(n) < 1 / (1 + np.exp(-(0.3 * zeal - 0.3)))
    left = rng.random(n) < 1 / (1 + np.exp(-(-1.6 - 0.4 * zeal)))
    days = rng.integers(20, 400, n)
    reasons = rng.choice(["RES", "RES", "RES", "RED", "EOC"], n)
    files["first/hr.csv"] = table(
        ["employee_id", "hire_date", "termination_date", "term_reason", "grade", "site"],
        [
            [
                ids[i],
                START - timedelta(days=int(rng.integers(100, 3000))),
                START + timedelta(days=int(days[i])) if left[i] else None,
                reasons[i] if left[i] else None,
                grade[i],
                rng.choice(["NA", "Leeds"]),
            ]
            for i in range(n)
        ],
    )
    files["first/matches.csv"] = table(
        ["mentee_id", "mentor_id", "match_date"],
        [[ids[i], f"9{rng.integers(0, 60):04d}", START] for i in np.flatnonzero(matched)],
    )
    files["first/meetings.csv"] = table(
        ["mentee_id", "date"],
        [
            [ids[i], START + timedelta(days=int(day))]
            for i in np.flatnonzero(matched)
            for day in rng.integers(5, 300, 6)
        ],
    )
    for wave, shift in (("T0", 0.0), ("T12", 0.1)):
        answers = rng.random(n) < (0.9 if wave == "T0" else 0.75)
        if wave == "T12":
            answers &= ~left
        latent = zeal[:, None] + shift + rng.normal(scale=0.8, size=(n, 3))
        latent[:, 2] *= -1
        codes = 1 + np.searchsorted([-1.5, -0.5, 0.5, 1.5], latent)
        files[f"first/survey_{wave}.csv"] = table(
            ["id", "z1", "z2", "z3"],
            [[ids[i], *codes[i]] for i in np.flatnonzero(answers)],
        )
    return files


def write_small(folder: Path) -> SmallStudy:
    for name, text in small_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return SmallStudy(folder=folder)


@pytest.fixture
def small(tmp_path: Path) -> SmallStudy:
    """The small study in a folder of the test's own."""
    return write_small(tmp_path / "data" / "small")


@pytest.fixture(scope="module")
def small_kept(tmp_path_factory: pytest.TempPathFactory) -> SmallStudy:
    """The small study for tests of a module that change none of its files."""
    return write_small(tmp_path_factory.mktemp("kept") / "data" / "small")
