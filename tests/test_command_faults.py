"""The command itself on faulty studies: one clear message, exit 3 or 4, no folder, the earlier report untouched."""

import re
import subprocess
import sys

import pytest

from made_study import answered


def everybody_matched(small):
    ids = [line.split(",")[0] for line in small.path("hr.csv").read_text().splitlines()[1:]]
    rows = "\n".join(f"{person},90001,2025-01-06" for person in ids)
    small.change("matches.csv", lambda text: text.splitlines()[0] + "\n" + rows + "\n")


def one_more_column(small):
    rows = small.path("hr.csv").read_text().splitlines()
    small.change("hr.csv", lambda _: "\n".join([f"{rows[0]},team", *(f"{row}," for row in rows[1:])]) + "\n")


def blank_clusters(small):
    one_more_column(small)
    small.change("plan.toml", lambda text: text + '\n[clusters]\nteam = "both"\n')


def blank_covariate(small):
    one_more_column(small)
    small.change("plan.toml", lambda text: text.replace('["grade"', '["team", "grade"'))


def change(name, old, new):
    return lambda small: small.change(name, lambda text: text.replace(old, new, 1))


FAULTS = {
    "missing file": (lambda small: small.path("hr.csv").unlink(), 3, r"first/hr\.csv: there is no such file"),
    "missing column": (
        change("hr.csv", "termination_date", "left_on"),
        3,
        r"first/hr\.csv: no column termination_date",
    ),
    "unknown key": (change("plan.toml", "adjust_for", "ajust_for"), 4, r"Did you mean adjust_for\?"),
    "duplicate person": (
        lambda small: small.change("hr.csv", lambda text: text + text.splitlines()[5] + "\n"),
        3,
        r"first/hr\.csv: row 6, 242, column employee_id: the same person twice",
    ),
    "exit before hire": (
        lambda small: small.change(
            "hr.csv", lambda text: re.sub(r",20\d\d-\d\d-\d\d,(2025)", r",2031-01-01,\1", text, count=1)
        ),
        3,
        r"first/hr\.csv: row \d+, column termination_date: an exit before the hire",
    ),
    "out-of-range answer": (
        lambda small: small.change(
            "survey_T12.csv", lambda text: re.sub(r"\n(\d{5}),\d", r"\n\1,77", text, count=1)
        ),
        3,
        r"first/survey_T12\.csv: row 2, column z1: no answer of scale zeal",
    ),
    "unreadable encoding": (
        lambda small: small.path("hr.csv").write_bytes(
            small.path("hr.csv")
            .read_bytes()
            .replace(b"Leeds", b"Z\xfcrich", 1)
            .replace(b"Leeds", b"Z\xc3\xbcrich", 1)
        ),
        3,
        r"first/hr\.csv: row \d+, column \d: a byte that is not UTF-8, in a file that is UTF-8 elsewhere",
    ),
    "nobody mentored": (
        change("cohort.toml", "[2025-01-06, 2025-01-31]", "[2024-01-06, 2024-01-31]"),
        3,
        r"nobody in the records is matched while the intake is open",
    ),
    "nobody unmentored": (everybody_matched, 3, r"nobody unmentored is left among those eligible"),
    "people in no cluster": (blank_clusters, 3, r"first/hr\.csv: row .*, column team: people in no team"),
    "a covariate nobody has": (blank_covariate, 3, r"first/hr\.csv: column team: not one filled cell"),
    "empty survey": (
        lambda small: small.change("survey_T0.csv", lambda text: text.splitlines()[0] + "\n"),
        3,
        r"first/survey_T0\.csv: headers, but not one row of data",
    ),
    "snapshot before the intake ends": (
        change("cohort.toml", "2026-02-28", "2025-01-20"),
        4,
        r"snapshot 2025-01-20 lies before the intake ends on 2025-01-31",
    ),
}


def in_a_process(folder, *words):
    told = subprocess.run(
        [sys.executable, "-c", "from mentorstudy.cli import main; main()", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return told.returncode, told.stdout, told.stderr


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_ends_in_a_message_and_touches_nothing(small, fault):
    break_it, code, said = FAULTS[fault]
    earlier = small.folder.parent.parent / "reports" / "small" / "first"
    earlier.mkdir(parents=True)
    (earlier / "report.html").write_text("the earlier report")
    ids = {line.split(",")[0] for line in small.path("hr.csv").read_text().splitlines()[1:]}
    break_it(small)
    runs = in_a_process if fault == "missing file" else answered  # where the runner runs is nothing to a fault
    found, out, err = runs(small.folder.parent.parent, "run", "data/small", "--quiet")
    assert found == code, err
    assert re.search(said, err), err
    assert out == ""
    assert "Traceback" not in err
    assert not ids & set(re.findall(r"\d{5}", err))
    reports = earlier.parent.parent
    assert [path.relative_to(reports).as_posix() for path in reports.rglob("*") if path.is_file()] in (
        ["small/first/report.html"],
        [".lock-small", "small/first/report.html"],
    )
    assert (earlier / "report.html").read_text() == "the earlier report"
