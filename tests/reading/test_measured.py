"""Numbers of the records and metrics that look like codes of missing answers are told, and none where the plan says."""

import re

import numpy as np
import pytest

from mentorstudy import read_cohort, read_study
from mentorstudy.nouns.errors import DataError

METRIC = """
[outcomes.pace]
kind = "metric"
column = "pace"
waves = ["T0", "T12"]
role = "secondary"
smallest_effect = 0.5
unit = "points"
"""


def graded(small, code, every=40):
    """Some people of whom the records have a code in place of a grade."""
    lines = small.path("hr.csv").read_text().splitlines()
    rows = [line.split(",") for line in lines]
    place = rows[0].index("grade")
    for at, row in enumerate(rows[1:]):
        row[place] = code if at % every == 0 else row[place]
    small.path("hr.csv").write_text("\n".join(map(",".join, rows)) + "\n")


def paced(small, values):
    """A metric of two waves in a file of its own."""
    waves = [f"{at:05d},{wave},{values[at % len(values)]}\n" for at in range(1, 241) for wave in ("T0", "T12")]
    small.path("hr.csv").with_name("pace.csv").write_text("employee_id,wave,pace\n" + "".join(waves))
    small.change(
        "plan.toml",
        lambda text: (
            text.replace('meetings = "', 'waves = "pace.csv"\nmeetings = "')
            .replace("[columns.survey]", '[columns.waves]\nperson = "employee_id"\n[columns.survey]')
            .rstrip()
            + METRIC
        ),
    )


def read(small, role, column):
    [file] = read_cohort(read_study(small.folder), "first").of("people", role)
    return file.rows[column]


def refusal(small):
    with pytest.raises(DataError) as caught:
        read_cohort(read_study(small.folder), "first")
    return str(caught.value)


@pytest.mark.parametrize("code", ["99", "-99", "9999", "-1", "99.0"])
def test_a_grade_that_looks_like_a_missing_answer_is_asked_about(small, code):
    graded(small, code)
    message = refusal(small)
    told = f"{float(code):g}"
    assert "first/hr.csv: row 2, 42, 82, 122, 162, 202, column grade: " in message
    assert f"column grade: {told} looks like the code of a missing answer" in message
    lines = re.search(r"^\[labels\.grade\]\nmissing = .+$", message, re.MULTILINE)[0]
    assert lines == f'[labels.grade]\nmissing = {{"{told}" = "no_answer"}}'
    small.change("plan.toml", lambda text: f"{text}\n{lines}\n")
    found = read(small, "people", "grade")
    assert found.isna().sum() == 6
    assert found.max() == 5


def test_numbers_to_which_the_plan_gives_codes_are_answers(small):
    graded(small, "99")
    codes = ", ".join(f'"{grade}" = {grade}' for grade in (1, 2, 3, 4, 5, 99))
    small.change("plan.toml", lambda text: f"{text}\n[labels.grade]\ncodes = {{{codes}}}\n")
    assert read(small, "people", "grade").max() == 99


def test_a_metric_has_no_codes_of_missing_answers_either(small):
    paced(small, [*range(11), 99])
    message = refusal(small)
    assert "column pace: 99 looks like the code of a missing answer" in message
    small.change("plan.toml", lambda text: f'{text}\n[labels.pace]\nmissing = {{"99" = "no_answer"}}\n')
    found = read(small, "waves", "pace")
    assert found.isna().sum() == 40
    assert found.max() == 10


@pytest.mark.parametrize(
    "values",
    [range(19, 100), [0.5, 3, 12, 98, 99, 40], range(-5, 6), [0, 1, 2, 3, 5, 8, 13, 21], range(0, 360, 7)],
)
def test_honest_measures_pass(small, values):
    paced(small, list(values))
    assert np.isclose(read(small, "waves", "pace").max(), max(values))
