"""One answer throughout: the share is told, with the estimate without those who gave it; answers that vary are not."""

import csv
import re

import pytest

from mentorstudy import assemble, check, estimate, read_cohort, read_study, score


def throughout(small, every):
    """The first wave with one answer to all items in every so-manieth row."""
    path = small.path("survey_T0.csv")
    with path.open(newline="") as file:
        head, *rows = csv.reader(file)
    told = [[row[0], *(["4"] * (len(row) - 1) if at % every == 0 else row[1:])] for at, row in enumerate(rows)]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *told])


def found(small):
    study = read_study(small.folder)
    exports = read_cohort(study, small.cohort)
    cohort = assemble(study, exports, score(study, exports))
    estimates = estimate(study, cohort)
    checks = check(study, cohort, estimates).of("zeal", study.arms[0])
    return [one for one in checks if one.name == "one answer throughout"], estimates.of("zeal", study.arms[0])


def test_half_of_a_wave_is_told_with_the_estimate_without_them(small):
    throughout(small, 2)
    [told], estimated = found(small)
    assert told.passed is False
    assert 0.5 < told.value < 0.6
    assert (
        "in 100 people who answered every item of the scale at T0 gave the same answer to all of them."
        in told.in_words
    )
    [without, whole] = re.findall(r"-?[0-9]+\.[0-9]{2}", told.in_words)
    assert float(whole) == pytest.approx(estimated.primary.value, abs=0.005)
    assert without != whole


@pytest.mark.parametrize("every", [8, 1000])
def test_a_few_who_may_mean_it_are_not(small, every):
    throughout(small, every)
    assert found(small)[0] == []
