"""Who is eligible: numbers are met however they are written, and a condition that nobody meets says what there is."""

import pytest

import mentorstudy as kit
from mentorstudy.nouns.errors import PlanError

AT_LEAST = '{column = "grade", at_least = 2}'


def steps_of(small, condition):
    small.change("plan.toml", lambda text: text.replace(AT_LEAST, condition).replace('["grade", ', "["))
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, "first")
    return kit.assemble(study, exports, kit.score(study, exports)).flow.steps


def grades(small, *wanted):
    rows = small.path("hr.csv").read_text().splitlines()[1:]
    return sum(row.split(",")[4] in wanted for row in rows)


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ('{column = "grade", in = ["3", 4]}', ("3", "4")),
        ('{column = "grade", is = "3"}', ("3",)),
        ('{column = "grade", is = 3}', ("3",)),
        ('{column = "grade", is = "3.0"}', ("3",)),
        ('{column = "grade", in = [3.0]}', ("3",)),
    ],
)
@pytest.mark.parametrize("written", ["", "x"])
def test_a_number_is_met_however_it_is_written(small, condition, wanted, written):
    found = grades(small, *wanted)
    if written:  # one word makes the whole column words
        small.change("hr.csv", lambda text: text + "00999,2020-01-01,,,head,Leeds\n")
    last = steps_of(small, condition)[-1]
    assert last.mentored + last.unmentored == found


def test_a_condition_that_nobody_meets_says_what_there_is(small):
    small.change("hr.csv", lambda text: text + "00999,2020-01-01,,,secret,Leeds\n")
    with pytest.raises(PlanError) as caught:
        steps_of(small, '{column = "grade", is = "three"}')
    message = str(caught.value)
    assert "plan.toml: exposure.eligible: grade is three: nobody meets it." in message
    assert "column grade holds " in message
    assert " and 1 other value. Write what the file says." in message
    assert "secret" not in message


def test_values_of_few_are_not_told(small):
    with pytest.raises(PlanError, match=r"column employee_id holds 240 values\. Write"):
        steps_of(small, '{column = "employee_id", is = "nobody"}')
