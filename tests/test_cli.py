"""The command line: what is typed, what is answered where, and with which exit code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import mentorstudy as kit
from made_study import answered, make_notebook, make_study, mentorstudy
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.flow import Ledger

ROOT = Path(__file__).parent.parent
FILES = ("hr.csv", "matches.csv", "meetings.csv", "survey_T0.csv", "survey_T12.csv")
HEAVY = ("pandas", "numpy", "papermill", "nbformat", "jupyter_client", "pydantic")


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    folder = tmp_path_factory.mktemp("three")
    make_study(folder, cohorts=("autumn", "spring", "summer"))
    return folder


def test_help_loads_nothing_heavy():
    code = (
        "import sys\nfrom mentorstudy.cli import main\nsys.argv = ['mentorstudy', '--help']\n"
        f"try: main()\nfinally: print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stderr == "[]\n"
    assert "run" in found.stdout
    assert "check" in found.stdout


def test_version(three):
    assert mentorstudy(three, "--version") == (0, "mentorstudy 0.1.0\n", "")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("run", "data/made"), 2, "  autumn\n  spring\n  summer\n"),
        (("run", "data/made", "--cohort", "spring", "--all"), 2, "name one cohort or take all"),
        (("run", "data/made", "--cohrot", "spring"), 2, "--cohrot"),
        (("run", "data/made", "--cohort", "sprig"), 4, "Did you mean spring?"),
        (("run", "data/made", "--cohort", "../made"), 4, "no cohort ../made"),
        (("run", "data/nowhere"), 4, "no plan.toml here"),
        (("run",), 4, "data/example: no plan.toml here"),
        (("check", "data/nowhere"), 4, "no plan.toml here"),
        (("run", "data/made/spring"), 4, "no plan.toml here"),
    ],
)
def test_what_cannot_be_run_is_told_before_anything_starts(three, words, code, told):
    found, out, err = answered(three, *words)
    assert (found, out) == (code, "")
    assert told in err
    assert "Traceback" not in err
    assert not (three / "reports").exists()


@pytest.mark.parametrize(
    ("command", "reports", "code", "told"),
    [
        ("run", "a-file", 2, "Invalid value for '--reports'"),
        ("programme", "a-file", 2, "Invalid value for '--reports'"),
        ("run", "a-file/in", 5, "a file stands where a folder of reports is to be. Name another --reports."),
        ("programme", "a-file/in", 3, "a-file/in: no cohort of made has a report"),
    ],
)
def test_reports_that_would_go_into_a_file(three, command, reports, code, told):
    (three / "a-file").write_text("kept")
    one = ("--cohort", "spring") if command == "run" else ()
    found, out, err = answered(three, command, "data/made", "--reports", reports, *one)
    assert (found, out) == (code, "")
    assert told in err
    assert (three / "a-file").read_text() == "kept"


def test_a_study_without_cohorts(tmp_path):
    make_study(tmp_path, cohorts=())
    code, _, err = answered(tmp_path, "run", "data/made")
    assert code == 4
    assert "A cohort is a folder in it that holds a cohort.toml." in err


def test_answers_and_progress_go_apart(three):
    make_notebook(three, "if cohort == 'autumn': raise ValueError")
    code, out, err = mentorstudy(three, "run", "data/made", "--all", "--reports", "out/there")
    assert code == 70
    assert out == "out/there/made/spring/report.html\nout/there/made/summer/report.html\n"
    assert err.index("made, cohort summer") < err.index("\nautumn: internal error in step middle 1")
    assert " [1/3] reading" in err
    assert "\x1b" not in err


def test_json_and_quiet(three):
    make_notebook(three)
    code, out, err = mentorstudy(three, "run", "data/made", "--cohort", "spring", "--json", "--quiet")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "study": "made",
        "programme": None,
        "runs": [
            {
                "cohort": "spring",
                "exit_code": 0,
                "report": "reports/made/spring/report.html",
                "message": "",
                "findings": [
                    {
                        "outcome": "staying",
                        "label": "Staying",
                        "tier": "Limited",
                        "state": "unclear",
                        "sentence": "Unclear.",
                    }
                ],
            }
        ],
    }


def test_a_study_is_found_from_inside_its_folder(tmp_path):
    make_study(tmp_path)
    make_notebook(tmp_path / "data/made")
    code, out, err = mentorstudy(tmp_path / "data/made", "run", ".", "--reports", "../../reports")
    assert (code, out) == (0, "../../reports/made/spring/report.html\n"), err


def test_the_example_from_its_files_to_its_report(tmp_path):
    shutil.copytree(ROOT / "data/example/2024-autumn", tmp_path / "data/example/2024-autumn")
    shutil.copy(ROOT / "data/example/plan.toml", tmp_path / "data/example")
    command = Path(sys.executable).with_name("mentorstudy")
    found = subprocess.run([command, "run"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "reports/example/2024-autumn/report.html\n"), found.stderr
    told = [line.split()[0] for line in found.stderr.splitlines()[1:]]
    assert told == [f"[{at}/{len(told)}]" for at in range(1, len(told) + 1)]
    folder = tmp_path / "reports/example/2024-autumn"
    read = {entry["file"] for entry in json.loads((folder / "manifest.json").read_text())["inputs"]}
    assert read == {f"2024-autumn/{name}" for name in FILES}
    for place in (str(tmp_path), str(ROOT), sys.prefix, ".staging"):
        for file in folder.iterdir():
            assert place not in file.read_text(), file.name


class People:
    ledgers = (Ledger(file="hr.csv", sha256="", rows=5, kept=3, dropped={"doubled": 2}),)

    def __repr__(self):
        return "Cohort"


def with_wings(monkeypatch, ours):
    """check, with the wings replaced: what they find is theirs to test. `ours` is the cohort with our own fault."""

    def read_cohort(study, label):
        if label == "spring":
            raise DataError("hr.csv: row 3.", "hr.csv: row 4.")
        if label == ours:
            raise KeyError("Kim Lee")
        return SimpleNamespace(files=())

    wings = {"read_cohort": read_cohort, "score": lambda *_: None, "assemble": lambda *_: People()}
    for name, wing in wings.items():
        monkeypatch.setitem(vars(kit), name, wing)


def test_check_prints_the_flow(three, monkeypatch):
    with_wings(monkeypatch, ours="summer")
    found = answered(three, "check", "data/made", "--cohort", "autumn")
    head, row = "  file    read as  rows  kept  left out", "  hr.csv  table    5     3     2 doubled"
    assert found == (0, f"Cohort\n{head}\n{row}\n", "")


def test_check_tells_every_fault_and_goes_on(three, monkeypatch):
    with_wings(monkeypatch, ours="none")
    code, out, err = answered(three, "check", "data/made")
    assert code == 3
    assert out.count("Cohort\n") == 2
    title, head, *rows = err.splitlines()
    assert title == "Cohort spring: 2 to mend"
    assert head.split() == ["File", "Rows", "Column", "What", "to", "do"]
    assert [row.split() for row in rows] == [["hr.csv", "row", "3."], ["hr.csv", "row", "4."]]


def test_our_own_fault_shows_its_place_and_no_value(three, monkeypatch):
    with_wings(monkeypatch, ours="summer")
    code, _, err = answered(three, "check", "data/made", "--cohort", "summer")
    assert code == 70
    assert err.startswith("internal error: KeyError, in examine.py line ")
    assert "Kim" not in err


def inspected(tmp_path, command, **environment):
    (tmp_path / "a.csv").write_text("id,Zufriedenheit übers Ganze łącznie 😀\n1,2\n2,3\n", encoding="utf-8")
    call = f"{sys.executable} -c 'from mentorstudy.cli import main; main()' inspect a.csv {command}; echo $?"
    shell = ["bash", "-c", f"set -o pipefail; {call}"]
    done = subprocess.run(shell, cwd=tmp_path, capture_output=True, check=True, env=os.environ | environment)
    *told, code = done.stdout.decode("cp1252").splitlines()
    return "\n".join(told), int(code), done.stderr.decode()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_letters_that_a_terminal_lacks_end_nothing(tmp_path, encoding):
    told, code, _ = inspected(tmp_path, "", PYTHONIOENCODING=encoding)
    assert code == 0
    assert r"\u0142\u0105cznie \U0001f600" in told
    told, code, _ = inspected(tmp_path, "--json", PYTHONIOENCODING=encoding)
    assert code == 0
    assert json.loads(told)["files"][0]["columns"][1]["name"] == "Zufriedenheit übers Ganze łącznie 😀"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_reader_that_has_enough_is_no_failure_and_a_full_disk_is_told(tmp_path):
    assert inspected(tmp_path, "--json | true")[1:] == (0, "")
    told = "standard output: it cannot be written: No space left on device.\n"
    assert inspected(tmp_path, ">/dev/full")[1:] == (5, told)
