"""A made study in a folder of its own, with notebooks of a few lines, for tests of the runner alone."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import nbformat
import pytest

from mentorstudy.cli import main

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
import pathlib, subprocess, sys
from mentorstudy.run import cohorts, folders, kernel
cohorts.notebook_path = lambda name: pathlib.Path("notebooks") / name
{before}
from mentorstudy.cli import main
main()
"""

# A kernel that does not load the library first, which takes longer than all else and which no made notebook asks for.
BARE = """
import sys, mentorstudy
mentorstudy.__all__ = ()
from mentorstudy.run.inside import main
main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
"""
START_BARE = f"""
started = subprocess.Popen
def start_bare(command, **how):
    at = command.index("-m")
    assert command[at + 1] == "mentorstudy.run.inside", command
    return started([*command[:at], "-c", {BARE!r}, *command[at + 2:]], **how)
subprocess.Popen = start_bare
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


def start(folder: Path, *words: str, before: str = "", loads: bool = False) -> subprocess.Popen[str]:
    """`mentorstudy` with these words in `folder`; a kernel of it can be found by TMPDIR in its environment.

    The kernel `loads` the library before its first cell, as it does for everybody, or leaves it.
    """
    (folder / "tmp").mkdir(exist_ok=True)
    before = before if loads else START_BARE + before
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER.format(before=before), *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(folder / "tmp")},
    )


def mentorstudy(folder: Path, *words: str, before: str = "", loads: bool = False) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `mentorstudy` with these words in `folder`."""
    process = start(folder, *words, before=before, loads=loads)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def answered(folder: Path, *words: str) -> tuple[int, str, str]:
    """The same without a process of its own, which would load everything again; a kernel, where one starts, has one."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    stops = {stop: signal.getsignal(stop) for stop in (signal.SIGINT, signal.SIGTERM)}
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["mentorstudy", *map(str, words)])
        try:
            with pytest.raises(SystemExit) as ended:
                main()
        finally:
            for stop, handler in stops.items():
                signal.signal(stop, handler)
    told = []
    for stream in (out, err):
        stream.flush()
        told.append(stream.buffer.getvalue().decode())
    return ended.value.code or 0, *told


def report(folder: Path, cohort: str = "spring") -> dict[str, bytes]:
    """The published files of a cohort, by name."""
    return {path.name: path.read_bytes() for path in (folder / "reports/made" / cohort).iterdir()}


def manifest(folder: Path, cohort: str = "spring") -> dict[str, object]:
    return json.loads((folder / "reports/made" / cohort / "manifest.json").read_text())
