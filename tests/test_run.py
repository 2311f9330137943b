"""The runner: whatever ends a run, there is a whole report or the earlier one, and nothing is left behind."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from made_study import WRITE, answered, make_notebook, make_study, manifest, mentorstudy, report, start
from mentorstudy.nouns.errors import PlanError
from mentorstudy.run import cohorts, folders
from mentorstudy.run.parameters import checked

RUN = ("run", "data/made")
SECRET = "Kim Lee 4711"
KILLS = int(os.environ.get("KILLS", "4"))  # for each signal
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A folder with a study and a report of it; tests here run again and again over that one report."""
    folder = tmp_path_factory.mktemp("study")
    make_study(folder)
    make_notebook(
        folder, "print(os.getcwd(), sys.prefix, pathlib.__file__, reports); pathlib.Path(reports).resolve()"
    )
    code, out, err = mentorstudy(folder, *RUN, loads=True)
    assert (code, out) == (0, "reports/made/spring/report.html\n"), err
    return folder


@pytest.fixture
def untouched(published):
    """The same folder; afterwards the report must be as it was, and nothing else there."""
    before = report(published)
    make_notebook(published)
    yield published
    assert report(published) == before
    assert_nothing_left(published)


def assert_nothing_left(folder: Path) -> None:
    deadline = time.monotonic() + 5
    while living := [pid for pid in Path("/proc").glob("[0-9]*") if str(folder) in environment(pid)]:
        assert time.monotonic() < deadline, living
        time.sleep(0.05)
    assert [path.name for path in (folder / "reports").iterdir() if path.name != ".logs"] == ["made"]
    assert list((folder / "tmp").iterdir()) == []


def environment(process: Path) -> str:
    """What a process was started with; a process that is gone or already a zombie was started with nothing."""
    try:
        return (
            ""
            if process.joinpath("stat").read_text().split()[2] == "Z"
            else process.joinpath("environ").read_text()
        )
    except (OSError, UnicodeDecodeError):
        return ""


def assert_whole(folder: Path) -> None:
    """Every file of the report has the digest that the manifest, written last, gives it."""
    files = report(folder)
    told = {entry["file"]: entry["sha256"] for entry in manifest(folder)["outputs"]}
    assert told == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"
    }
    assert set(told) == {"report.html", "evidence.json", "study.ipynb"}


def test_a_run_leaves_a_whole_report_and_nothing_else(published):
    assert_whole(published)
    assert_nothing_left(published)
    assert not (published / "reports" / ".logs").exists()
    found = manifest(published)
    assert [entry["file"] for entry in found["inputs"]] == ["hr.csv"]
    assert [entry["file"] for entry in found["plan"]] == ["plan.toml", "spring/cohort.toml"]


def test_no_place_on_this_machine_is_saved(published):
    saved = report(published)
    for place in (str(published), sys.prefix, sys.base_prefix, str(Path.home()), ".staging"):
        assert place not in saved["study.ipynb"].decode(), place
        assert place not in saved["manifest.json"].decode(), place
    assert 'reports = \\"reports\\"' in saved["study.ipynb"].decode()


FAILING = {
    "our own error, every fault": (
        "from mentorstudy.nouns.errors import DataError\nraise DataError('hr.csv: row 3.', 'hr.csv: row 4.')",
        3,
        "hr.csv: row 3.\nhr.csv: row 4.\n",
    ),
    "a stranger of the same name": (
        f"class DataError(Exception): pass\nraise DataError('{SECRET}')",
        70,
        "internal error in step middle 1: DataError. The log is reports/.logs/made/spring.log",
    ),
    "any other error": (f"{{}}['{SECRET}']", 70, "internal error in step middle 1: KeyError."),
    "an end that calls itself good": ("sys.exit(0)", 70, "internal error in step middle 1: SystemExit."),
    "a question to nobody": ("input()", 70, "internal error in step middle 1: StdinNotImplementedError."),
    "memory": ("raise MemoryError", 5, "Step middle 1 ran out of memory."),
    "a full disk": ("raise OSError(28, 'No space left')", 5, "The disk is full."),
    "a dead kernel": ("os.kill(os.getpid(), signal.SIGKILL)", 5, "The kernel died in step middle 1"),
    "an input that changes": ("(folder / cohort / 'hr.csv').open('a').write('\\n')", 3, "hr.csv: changed while"),
}


@pytest.mark.parametrize(("source", "code", "told"), FAILING.values(), ids=FAILING)
def test_a_failing_cell_is_told_in_one_message(untouched, source, code, told):
    hr = untouched / "data/made/spring/hr.csv"
    before = hr.read_bytes()
    # the input is read before it changes
    make_notebook(
        untouched, "seen = digest(folder / cohort / 'hr.csv')\n" + source, write=WRITE.replace(READ_AGAIN, "seen")
    )
    try:
        found, out, err = mentorstudy(untouched, *RUN, "--quiet")
    finally:
        hr.write_bytes(before)
    assert (found, out) == (code, "")
    assert err.startswith(told)
    assert SECRET not in err
    log = untouched / "reports/.logs/made/spring.log"
    assert log.exists() == (code == 70)
    if code == 70:
        assert log.stat().st_mode & 0o777 == 0o600
        assert source in log.read_text()


READ_AGAIN = 'digest(folder / cohort / "hr.csv")'

INCOMPLETE = {
    "no report": WRITE.replace('(made / "report.html").write_text', "str"),
    "an empty report": WRITE.replace("<p>made</p>", ""),
    "no evidence": WRITE.replace('(made / "evidence.json").write_text', "str"),
    "evidence of another schema": WRITE.replace('"schema": 1', '"schema": 2'),
    "half of the evidence": WRITE.replace("}))", "})[:40])"),
}


@pytest.mark.parametrize("write", INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_run_without_its_report_is_no_success(untouched, write):
    make_notebook(untouched, write=write)
    assert mentorstudy(untouched, *RUN, "--quiet")[0] == 70


def test_a_cell_that_was_skipped_is_no_success(untouched):
    make_notebook(untouched, "pass")
    path = untouched / "notebooks/study.ipynb"
    notes = json.loads(path.read_text())
    notes["cells"][2]["metadata"]["tags"] = ["skip-execution"]
    path.write_text(json.dumps(notes))
    code, _, err = mentorstudy(untouched, *RUN)
    assert code == 70
    assert "not every cell ran" in err


def test_a_report_with_nothing_to_show_is_withheld(untouched):
    make_notebook(untouched, write=WRITE.replace("unclear", "hidden"))
    code, out, err = mentorstudy(untouched, *RUN)
    assert (code, out) == (1, "")
    assert "withhold this report" in err


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_a_run_killed_at_any_instant_leaves_a_whole_report(published, stop):
    draw = random.Random(stop)
    make_notebook(published)
    began = time.monotonic()
    assert mentorstudy(published, *RUN, loads=True)[0] == 0
    whole = time.monotonic() - began
    for _ in range(KILLS):
        process = start(published, *RUN, loads=True)
        time.sleep(draw.uniform(0, whole * 1.1))
        process.send_signal(stop)
        out, err = process.communicate(timeout=60)
        # before Python has loaded anything, the system's own answer to the signal holds
        early = (-stop, 1) if stop == signal.SIGINT else (-stop,)
        assert process.returncode in (0, 7, *early), err
        assert (process.returncode == 0) == (out != "") or stop == signal.SIGKILL
        if process.returncode == 7:
            assert err.endswith(
                "interrupted; nothing was published, the earlier report is untouched.\n"
            ) or not err.count("[")
            assert_nothing_left(published)
            assert not (published / "reports/.logs").exists()
        assert_whole(published)
    assert mentorstudy(published, *RUN)[0] == 0
    assert_whole(published)
    assert_nothing_left(published)


# What a run does last, killed before and after each step; and whether the new report stands by then.
ALONE = "folders._exchange = lambda *_: False\n"  # a file system that cannot exchange two folders
INSTANTS = {
    "before anything is settled": ("cohorts.settle = die", False),
    "before the exchange": ("folders._exchange = die", False),
    "after the exchange": (
        "exchange = folders._exchange; folders._exchange = lambda *two: (exchange(*two), die())",
        True,
    ),
    "without exchange, before": (ALONE + "pathlib.Path.rename = die", False),
    "without exchange, between": (
        ALONE + "rename = pathlib.Path.rename; pathlib.Path.rename = lambda *two: (rename(*two), die())",
        False,
    ),
    "without exchange, after": (ALONE + "folders.shutil = types.SimpleNamespace(rmtree=die)", True),
}
DIE = "import os, signal, types; die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n"


@pytest.mark.parametrize(("before", "new"), INSTANTS.values(), ids=INSTANTS)
def test_killed_while_publishing_one_of_the_two_reports_stands(published, before, new):
    earlier = report(published)
    make_notebook(published)
    assert mentorstudy(published, *RUN, before=DIE + before)[0] == -signal.SIGKILL
    make_notebook(published, "raise KeyError")  # the next run tidies up, and publishes nothing itself
    assert mentorstudy(published, *RUN)[0] == 70
    assert_whole(published)
    assert (report(published) != earlier) == new
    assert_nothing_left(published)


def test_a_stop_while_publishing_waits_until_it_is_done(published):
    make_notebook(published)
    before = (
        "import os, signal; publish = cohorts.publish\n"
        "cohorts.publish = lambda *two: (os.kill(os.getpid(), signal.SIGTERM), publish(*two))"
    )
    earlier = report(published)
    code, out, _ = mentorstudy(published, *RUN, before=before)
    assert (code, out) == (0, "reports/made/spring/report.html\n")
    assert report(published) != earlier
    assert_whole(published)
    assert_nothing_left(published)


def test_two_runs_at_once_one_says_busy(published):
    make_notebook(published, "time.sleep(60)")
    first = start(published, *RUN)
    lock = published / "reports/.lock-made"
    while not (lock.exists() and lock.read_text().endswith("}")):
        time.sleep(0.02)
    began = time.monotonic()
    mentorstudy(published, "run", "data/nowhere")  # as long as a refusal takes on a machine as busy as this one
    refused = time.monotonic()
    code, _, err = mentorstudy(published, *RUN)
    assert code == 6
    assert time.monotonic() - refused < 1 + 2 * (refused - began)
    assert f"process {first.pid}" in err
    assert time.strftime(", started %H:") in err
    first.kill()
    first.communicate()
    make_notebook(published)
    assert mentorstudy(published, *RUN)[0] == 0
    assert_whole(published)
    assert_nothing_left(published)


def test_a_file_that_cannot_grow_leaves_the_earlier_report(untouched):
    before = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1200, 1200))"
    assert mentorstudy(untouched, *RUN, "--quiet", before=before)[::2] == (
        5,
        "The disk is full. Make room and run again.\n",
    )


def test_a_full_disk_leaves_the_earlier_report(tmp_path):
    make_study(tmp_path)
    small = tmp_path / "reports"
    small.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mount.returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        assert mentorstudy(tmp_path, *RUN)[0] == 0
        earlier = report(tmp_path)
        make_notebook(tmp_path, write=WRITE.replace('"<p>made</p>"', '"x" * 1_000_000'))
        assert mentorstudy(tmp_path, *RUN)[0] == 5
        assert report(tmp_path) == earlier
        make_notebook(tmp_path)
        assert mentorstudy(tmp_path, *RUN)[0] == 0
        assert_whole(tmp_path)
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_bad_cohort_does_not_stop_the_others(tmp_path):
    make_study(tmp_path, cohorts=("autumn", "spring", "summer"))
    (tmp_path / "data/made/autumn/hr.csv").unlink()
    (tmp_path / "data/made/spring/cohort.toml").write_text("snapshoot = 2026-01-01")
    make_notebook(tmp_path, "assert (folder / cohort / 'hr.csv').exists()")
    code, out, err = mentorstudy(tmp_path, *RUN, "--all", "--json")
    assert code == 70
    assert {run["cohort"]: run["exit_code"] for run in json.loads(out)["runs"]} == {
        "autumn": 70,
        "spring": 4,
        "summer": 0,
    }
    assert "\nautumn: internal error in step middle 1: AssertionError." in err
    assert "\nspring: " in err
    assert [path.name for path in (tmp_path / "reports/made").iterdir()] == ["summer"]


def test_a_report_never_leaves_its_folder_by_a_link(tmp_path):
    make_study(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "reports/made").symlink_to(tmp_path / "elsewhere")
    code, _, err = mentorstudy(tmp_path, *RUN)
    assert code == 5
    assert "link" in err
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("name", ["Made", "made study", "con", "x" * 65])
def test_a_study_folder_is_called_as_its_plan_says(tmp_path, name):
    make_study(tmp_path)
    (tmp_path / "data/made").rename(tmp_path / "data" / name)
    code, _, err = answered(tmp_path, "run", f"data/{name}")
    assert code == 4
    assert "Call both the same." in err
    assert not (tmp_path / "reports").exists()


def test_parameters_are_a_closed_set(tmp_path):
    make_notebook(tmp_path)
    notebook = tmp_path / "notebooks/study.ipynb"
    given = {"study": "a", "cohort": "b", "data": "c", "reports": "d"}
    assert checked(notebook, given) == given
    with pytest.raises(
        PlanError, match=r"^study\.ipynb has no parameter cohrot; it has study, cohort, data, reports\.$"
    ):
        checked(notebook, {"study": "a", "cohrot": "b"})
    with pytest.raises(PlanError, match=r"parameter study is int; write it as text"):
        checked(notebook, {"study": 202609})
    notebook.write_text(notebook.read_text().replace('study = \\"x\\"', 'study, wave = \\"x\\", 1'))
    with pytest.raises(PlanError, match="has no parameter study; it has cohort"):
        checked(notebook, given)


@pytest.mark.parametrize("can_exchange", [True, False])
def test_publishing_replaces_the_whole_folder(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    staged, published = tmp_path / ".staging-made.1/made/spring", tmp_path / "made/spring"
    for folder, file in ((staged, "new"), (published, "old")):
        folder.mkdir(parents=True)
        (folder / file).write_text(file)
    folders.publish(staged, published)
    assert [path.name for path in published.iterdir()] == ["new"]
    folders.tidy("made", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_tidying_leaves_other_studies_alone(tmp_path):
    for name in (".staging-made.1", ".staging-made-2.1", ".old-made-2.spring"):
        (tmp_path / name).mkdir()
    folders.tidy("made", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".old-made-2.spring", ".staging-made-2.1"]


def test_the_notebook_comes_from_the_source_tree():
    assert cohorts.notebook_path("study.ipynb").is_file()


def test_a_kernel_that_cannot_start_says_why_in_the_log(untouched):
    before = (
        "import subprocess, sys; start = subprocess.Popen\n"
        "subprocess.Popen = lambda _, **how: start([sys.executable, '-c', 'raise ImportError(1)'], **how)"
    )
    code, _, err = mentorstudy(untouched, *RUN, "--quiet", before=before, loads=True)
    assert code == 5
    assert err.startswith("The kernel died in step starting")
    assert "ImportError: 1" in (untouched / "reports/.logs/made/spring.log").read_text()


def test_files_that_lie_about_are_not_taken_for_libraries(untouched):
    for name in ("pandas.py", "statsmodels.py", "ipykernel.py"):
        (untouched / name).write_text("raise SystemExit")
    make_notebook(untouched, "import pandas, statsmodels; raise BrokenPipeError")
    err = mentorstudy(untouched, *RUN, "--quiet", loads=True)[2]
    assert err.startswith("internal error in step middle 1: BrokenPipeError")


def test_the_parent_never_loads_pandas(published):
    make_notebook(published)
    before = (
        "import atexit, os\n"
        "atexit.register(lambda: os.write(1, b' '.join(name.encode() for name in sys.modules if name == 'pandas')))"
    )
    assert mentorstudy(published, *RUN, before=before, loads=True)[1] == "reports/made/spring/report.html\n"


def test_what_was_noticed_in_the_files_is_told_and_quiet_keeps_it_to_the_notebook(small):
    small.change(
        "hr.csv",
        lambda text: "\n".join(
            f"{line},{'email' if not at else 'somebody@example.com'}" for at, line in enumerate(text.splitlines())
        ),
    )
    home = small.folder.parents[1]
    shutil.copytree(Path(__file__).parents[1] / "notebooks", home / "notebooks")
    for options, told in (((), True), (("--quiet",), False)):
        code, _, err = mentorstudy(home, "run", "data/small", *options, loads=True)
        assert code == 0, err
        note = "note: first/hr.csv: columns that tell of persons were left unread: email."
        assert (note in err.splitlines()) is told
