"""E-values and robustness values: R's, the published ones, and what must hold for any numbers."""

import numpy as np
import pytest
from reference_case import data, expected, printed, same
from scipy.stats import t as student

from mentorstudy.numerics.multiplicity import holm
from mentorstudy.numerics.sensitivity import (
    e_value,
    ratio_from_hazards,
    ratio_from_odds,
    ratio_from_standardised,
    robustness_value,
)

ROWS, R = data("18_evalue"), expected("18_evalue")
TO_RATIO = {"RR": lambda x: x, "OR": ratio_from_odds, "HR": ratio_from_hazards}


@pytest.mark.parametrize("place", range(len(ROWS)))
def test_r_s_e_values(place):
    row = ROWS.iloc[place]
    turn = TO_RATIO["RR" if row["rare"] else row["scale"]]
    ratio, near = turn(row["estimate"]), turn(row["lower"] if row["estimate"] > 1 else row["upper"])
    same([ratio, near], [R["ratio"][place], R["near"][place]])
    same(e_value(ratio, near), [R["e_value"][place], R["e_value_near"][place]])


def test_the_published_e_values():
    for name, (whole, part) in R["published"].items():
        row = ROWS[ROWS["name"] == name].iloc[0]
        found = e_value(row["estimate"], row["lower"])
        printed(found[0], whole, 2)
        printed(found[1], part, 2)


def test_a_difference_in_standard_deviations_as_a_ratio():
    same([ratio_from_standardised(d) for d in R["standardised"]["d"]], R["standardised"]["ratio"])


def test_the_published_robustness_values():
    t, df = 0.09731582 / 0.02325654, 783  # Darfur: Cinelli and Hazlett (2020), table 1
    printed(robustness_value(t, df), 0.139, 3)
    printed(robustness_value(t, df, critical=float(student.ppf(0.975, df - 1))), 0.076, 3)


def test_turning_the_ratio_round_changes_nothing():
    for ratio, limit in ((1.7, 1.2), (3.0, 0.9), (1.1, 1.05)):
        same(e_value(ratio, limit), e_value(1 / ratio, 1 / limit))


def test_a_range_that_crosses_one_needs_nothing():
    assert e_value(1.4, 0.8)[1] == 1
    assert e_value(0.7, 1.1)[1] == 1
    assert e_value(1.0)[0] == 1


def test_more_evidence_is_more_robust():
    values = [robustness_value(t, 100) for t in (0.0, 1.0, 2.0, 5.0, 50.0)]
    assert values == sorted(values)
    assert values[0] == 0
    assert values[-1] < 1


def test_no_ratio_below_nought():
    with pytest.raises(ValueError, match="above zero"):
        e_value(-0.2)


def test_holm_as_in_his_paper_s_rule():
    # 0.01 x 3, 0.02 x 2 which may not fall below it, 0.04 x 1 likewise.
    np.testing.assert_allclose(holm([0.04, 0.01, 0.02]), [0.04, 0.03, 0.04])
    np.testing.assert_allclose(holm([0.6, 0.5]), [1.0, 1.0])


def test_holm_keeps_chance_findings_rare():
    rng = np.random.default_rng(5)
    found = np.array([holm(rng.random(4)).min() < 0.05 for _ in range(8000)])
    assert abs(found.mean() - 0.05) < 0.01
