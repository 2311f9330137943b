import numpy as np
import pytest
from reference_case import data, expected, printed, same

from mentorstudy.numerics.linear import covariance, least_squares
from mentorstudy.numerics.sensitivity import (
    e_value,
    ratio_from_difference,
    ratio_from_hazards,
    ratio_from_odds,
    ratio_from_standardised,
    robustness_value,
)

ROWS, WANTED = data("18_evalue").set_index("example"), expected("18_evalue")


def as_ratios(row):
    told = row[["value", "low", "high"]].to_numpy(dtype=float)
    turn = {"odds": ratio_from_odds, "hazard": ratio_from_hazards}.get(row["scale"])
    return turn(told, common=bool(row["common"])) if turn else told


def of(example):
    row = ROWS.loc[example]
    value, low, high = as_ratios(row)
    return e_value(value, low if value > row["target"] else high, target=row["target"])


@pytest.mark.parametrize("example", ROWS.index)
def test_e_values_and_conversions_agree_with_r(example):
    wanted = WANTED["examples"][example]
    same(as_ratios(ROWS.loc[example]), [wanted["ratio"], *wanted["limits"]])
    same(of(example), (wanted["e_value"], wanted["e_value_limit"]))


@pytest.mark.parametrize("example", ["breastfeeding", "smoking"])
def test_e_values_are_as_published(example):
    for found, wanted in zip(of(example), WANTED["published"][example], strict=True):
        printed(found, wanted, 2)


@pytest.mark.parametrize("place", [0, 1])
def test_standardised_differences_agree_with_r(place):
    wanted = WANTED["standardised"][place]
    found = ratio_from_standardised(difference=wanted["difference"], std_error=wanted["error"], level=0.95)
    same(found, wanted["ratio"])
    same(e_value(found[0], found[1]), (wanted["e_value"], wanted["e_value_limit"]))
    turned = ratio_from_standardised(difference=-wanted["difference"], std_error=wanted["error"], level=0.95)
    same(e_value(turned[0], turned[2]), (wanted["e_value"], wanted["e_value_limit"]))


def test_other_levels_reach_as_far_as_the_normal_distribution():
    wide = ratio_from_standardised(difference=0.4, std_error=0.1, level=0.99)
    same(np.log(wide[2] / wide[0]), 0.178 * 2.5758293035489 / 1.95996398454005)


def test_an_e_value_is_the_least_tie_whose_largest_bias_explains_the_ratio():
    for ratio in (1.01, 1.5, 4.0, 30.0):
        e = e_value(ratio, 1.0)[0]
        same(e * e / (2 * e - 1), ratio)


def test_e_values_turn_with_the_sign_and_rise_with_the_ratio():
    ratios = np.array([1.05, 1.3, 2, 5, 40])
    found = [e_value(ratio, 1.0)[0] for ratio in ratios]
    same([e_value(1 / ratio, 1.0)[0] for ratio in ratios], found)
    assert (np.diff(found) > 0).all()
    assert found[0] > 1.05


def test_a_ratio_at_the_target_or_a_limit_beyond_it_needs_nothing():
    assert e_value(1.0, 1.0) == (1, 1)
    assert e_value(1.2, 0.95)[1] == 1
    assert e_value(0.8, 1.0)[1] == 1
    assert e_value(1.5, 1.2, target=1.5) == (1, 1)


def test_ratios_of_nought_are_infinitely_far_and_no_number_stays_none():
    assert e_value(0.0, 0.5)[0] == np.inf
    assert np.isnan(e_value(np.nan, np.nan)).all()
    assert np.isnan(e_value(2.0, np.nan)[1])


@pytest.mark.parametrize(
    ("ratio", "limit", "target"), [(-1, 1, 1), (1, -1, 1), (2, 3, 1), (0.5, 0.4, 1), (2, 1, 0)]
)
def test_impossible_ratios_and_the_farther_limit_are_refused(ratio, limit, target):
    with pytest.raises(ValueError, match="ratio"):
        e_value(ratio, limit, target=target)


def test_differences_of_shares_become_ratios_within_what_shares_can_be():
    same(ratio_from_difference([0.1, -0.05, 0.25], comparison=0.2), (1.5, 0.75, 2.25))
    same(ratio_from_difference([-0.3, 0.9], comparison=0.2), (0, 5))
    same(ratio_from_difference(0.0, comparison=1.0), 1)


@pytest.mark.parametrize("share", [0.0, -0.1, 1.1, np.nan])
def test_a_ratio_needs_a_share_to_compare_with(share):
    with pytest.raises(ValueError, match="compared with"):
        ratio_from_difference(0.1, comparison=share)


def test_conversions_keep_no_effect_turn_with_the_sign_and_refuse_what_cannot_be():
    for turn in (ratio_from_odds, ratio_from_hazards):
        assert turn(1.0, common=True) == turn(1.0, common=False) == 1
        same(turn(1 / 2.4, common=True), 1 / turn(2.4, common=True))
        assert 1 < turn(2.4, common=True) < 2.4
        with pytest.raises(ValueError, match="ratios"):
            turn([1.0, -0.5], common=True)
    same(ratio_from_hazards(1e-12, common=True), np.log(2) * 1e-6, rel=1e-5)
    for error, level in ((-0.1, 0.95), (0.1, 95)):
        with pytest.raises(ValueError, match="level"):
            ratio_from_standardised(difference=0.1, std_error=error, level=level)


@pytest.mark.parametrize("place", range(5))
def test_robustness_values_agree_with_r_s_search(place):
    wanted = WANTED["robustness"][place]
    same(robustness_value(t=wanted["t"], df=wanted["df"]), wanted["value"], rel=1e-7)
    same(robustness_value(t=wanted["t"], df=wanted["df"], level=0.95), wanted["at_95"], rel=1e-7)


def test_robustness_values_of_darfur_are_as_published():
    wanted = WANTED["published"]["darfur"]
    t = wanted["value"] / wanted["error"]
    printed(robustness_value(t=t, df=wanted["df"]), wanted["robustness"], 5)
    printed(robustness_value(t=-t, df=wanted["df"], level=0.95), wanted["at_95"], 5)


def test_robustness_rises_with_t_and_falls_with_the_level():
    ts = np.linspace(0, 80, 400)
    whole = np.array([robustness_value(t=t, df=12) for t in ts])
    at_80, at_95 = (np.array([robustness_value(t=t, df=12, level=level) for t in ts]) for level in (0.8, 0.95))
    for found in (whole, at_80, at_95):
        assert (np.diff(found) >= 0).all()
        assert found[0] == 0
        assert found[-1] < 1
    assert (whole >= at_80).all()
    assert (at_80 >= at_95).all()
    assert (np.diff(whole) > 0).all()


def test_a_cause_as_strong_as_the_robustness_value_takes_the_coefficient_away():
    rng = np.random.default_rng(18)
    n = 60
    q, _ = np.linalg.qr(np.column_stack([np.ones(n), rng.normal(size=(n, 3))]))
    taken, rest, other = q[:, 1], q[:, 2], q[:, 3]
    y = 0.8 * taken + 1.4 * rest
    one = least_squares(y=y, design=q[:, :2])
    t = one.params[1] / np.sqrt(covariance(one, "classical")[1, 1])
    for level, left in ((None, 0.0), (0.95, 2.00246545929101)):  # R: qt(0.975, 57)
        share = robustness_value(t=t, df=one.df_residual, level=level)
        own = np.sqrt(share) * rest + np.sqrt(1 - share) * other
        cause = np.sqrt(share) * taken + np.sqrt(1 - share) * own
        fit = least_squares(y=y, design=np.column_stack([q[:, :2], cause]))
        same(fit.params[1] / np.sqrt(covariance(fit, "classical")[1, 1]), left)


def test_robustness_needs_degrees_of_freedom_and_a_level():
    assert np.isnan(robustness_value(t=np.nan, df=10))
    for df, level in ((1.0, None), (10, 0.0), (10, 95)):
        with pytest.raises(ValueError, match="degrees of freedom"):
            robustness_value(t=2.0, df=df, level=level)
