"""A made study in a folder of its own, with notebooks of a few lines, for tests of the runner alone."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat

PLAN = """
name = "made"
title = "A made study"
question = "Does it run?"
design = "randomised"
horizon_months = 12
[files]
people = "hr.csv"
[columns.people]
person = "id"
arm = "arm"
[arms]
treated = "1"
comparison = "0"
[assignment]
documented = true
compromised = false
[outcomes.staying]
kind = "event"
column = "left"
good = 0
role = "primary"
smallest_effect = 0.03
"""

READ = """
import hashlib, json, os, pathlib, signal, sys, time
digest = lambda file: hashlib.sha256(pathlib.Path(file).read_bytes()).hexdigest()
folder = pathlib.Path(data) / study
"""

WRITE = """
made = pathlib.Path(f"{reports}/{study}/{cohort}")
made.mkdir(parents=True)
(made / "report.html").write_text("<p>made</p>")
finding = dict(outcome="staying", label="Staying", tier="Limited", state="unclear", sentence="Unclear.")
(made / "evidence.json").write_text(json.dumps({
    "schema": 1,
    "study": {"plan_sha256": digest(folder / "plan.toml")},
    "findings": [finding],
    "provenance": {"inputs": [{"file": "hr.csv", "sha256": digest(folder / cohort / "hr.csv")}]},
}))
made / "report.html"
"""

# The command line as it is, but for the notebook it runs.
DRIVER = """
import pathlib, sys
from mentorstudy.run import cohorts, folders
cohorts.notebook_path = lambda name: pathlib.Path("notebooks") / name
{before}
from mentorstudy.cli import main
main()
"""


def make_study(folder: Path, cohorts: Sequence[str] = ("spring",)) -> None:
    study = folder / "data" / "made"
    study.mkdir(parents=True)
    for cohort in cohorts:
        (study / cohort).mkdir()
        (study / cohort / "cohort.toml").write_text("")
        (study / cohort / "hr.csv").write_text("id,arm,left\n1,1,0\n2,0,1\n")
    (study / "plan.toml").write_text(PLAN)
    make_notebook(folder)


def make_notebook(folder: Path, *middle: str, write: str = WRITE) -> None:
    """study.ipynb: parameters, reading, the cells of `middle`, and the end."""
    new = nbformat.v4.new_code_cell
    parameters = new('study = "x"\ncohort = "x"\ndata = "x"\nreports = "x"', metadata={"tags": ["parameters"]})
    steps = [new(READ, metadata={"step": "reading"})]
    steps += [new(source, metadata={"step": f"middle {at}"}) for at, source in enumerate(middle, start=1)]
    notes = nbformat.v4.new_notebook(cells=[parameters, *steps, new(write, metadata={"step": "writing"})])
    (folder / "notebooks").mkdir(exist_ok=True)
    nbformat.write(notes, folder / "notebooks" / "study.ipynb")


def start(folder: Path, *words: str, before: str = "") -> subprocess.Popen[str]:
    """`mentorstudy` with these words in `folder`; a kernel of it can be found by TMPDIR in its environment."""
    (folder / "tmp").mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER.format(before=before), *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(folder / "tmp")},
    )


def mentorstudy(folder: Path, *words: str, before: str = "") -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `mentorstudy` with these words in `folder`."""
    process = start(folder, *words, before=before)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def report(folder: Path, cohort: str = "spring") -> dict[str, bytes]:
    """The published files of a cohort, by name."""
    return {path.name: path.read_bytes() for path in (folder / "reports/made" / cohort).iterdir()}


def manifest(folder: Path, cohort: str = "spring") -> dict[str, object]:
    return json.loads((folder / "reports/made" / cohort / "manifest.json").read_text())
