"""Known truths: how often the 95 in 100 intervals hold them, within three Monte Carlo errors of 95."""

import numpy as np
import pytest

from mentorstudy.numerics.difference import difference_in_means
from mentorstudy.numerics.factors import alpha
from mentorstudy.numerics.instrument import complier_effect
from mentorstudy.numerics.intervals import hedges_g, log_risk_ratio_error, wald
from mentorstudy.numerics.logistic import fit_logistic
from mentorstudy.numerics.standardise import standardised_difference
from mentorstudy.numerics.survival import weighted_retention
from mentorstudy.numerics.weighting import stabilised_weights

DRAWS = 400
LEVEL = 0.95


def holds(value, error, df, truth):
    low, high, _ = wald(value=value, std_error=error, df=df, level=LEVEL)
    return low <= truth <= high


def holds_as_often_as_told(held):
    share = np.mean(held, axis=0)
    assert np.all(np.abs(share - LEVEL) <= 3 * np.sqrt(LEVEL * (1 - LEVEL) / len(held))), share


def test_difference_of_small_unlike_groups():
    rng = np.random.default_rng(101)
    treated, held = np.arange(40) < 12, []
    for _ in range(DRAWS):
        y = np.where(treated, 1 + 3 * rng.normal(size=40), rng.normal(size=40))
        found = difference_in_means(y=y, treated=treated)
        held.append(holds(found.value, found.std_error, found.df, 1))
    holds_as_often_as_told(held)


def test_difference_of_a_few_unlike_clusters():
    rng = np.random.default_rng(102)
    clusters = np.repeat(np.arange(14), np.resize([5, 10, 20], 14))
    treated, held = clusters < 5, []
    for _ in range(DRAWS):
        y = 1.0 * treated + rng.normal(size=14)[clusters] + rng.normal(size=len(clusters))
        found = difference_in_means(y=y, treated=treated, clusters=clusters)
        held.append(holds(found.value, found.std_error, found.df, 1))
    holds_as_often_as_told(held)


def test_adjusted_difference_among_everybody_though_some_are_unseen():
    # The effect grows with the covariate, and those low on it are seen less: among the seen it is larger.
    rng = np.random.default_rng(103)
    n, held, crude = 300, [], []
    for _ in range(DRAWS):
        x = rng.normal(size=(n, 2))
        treated = rng.random(n) < 1 / (1 + np.exp(-x[:, 0]))
        y = x.sum(axis=1) + treated * (1 + x[:, 0]) + rng.normal(size=n)
        seen = rng.random(n) < 1 / (1 + np.exp(-1 - x[:, 0]))
        found = standardised_difference(y=y[seen], treated=treated[seen], covariates=x[seen], everybody=x)
        held.append(holds(found.value, found.std_error, found.df, 1))
        plain = difference_in_means(y=y[seen], treated=treated[seen])
        crude.append(holds(plain.value, plain.std_error, plain.df, 1))
    holds_as_often_as_told(held)
    assert np.mean(crude) < 0.2  # the same draws, nothing adjusted for


def test_retention_in_two_groups_drawn_by_lot():
    rng = np.random.default_rng(104)
    n, horizon, held = 300, 12.0, []
    treated = np.arange(n) < n // 2
    rate = np.where(treated, 0.02, 0.04)
    shares = np.exp(-horizon * np.array([0.02, 0.04]))
    lived = (1 - shares) / [0.02, 0.04]
    for _ in range(DRAWS):
        time, censored = rng.exponential(1 / rate), rng.uniform(3, 24, size=n)
        found = weighted_retention(
            time=np.minimum(time, censored), event=time <= censored, treated=treated, horizon=horizon
        )
        held.append(
            (
                holds(found.difference, found.difference_error, np.inf, shares[0] - shares[1]),
                holds(found.log_ratio, found.log_ratio_error, np.inf, np.log(shares[0] / shares[1])),
                holds(found.months, found.months_error, np.inf, lived[0] - lived[1]),
            )
        )
    holds_as_often_as_told(held)


def test_retention_and_compliers_in_a_few_unlike_clusters():
    # Five clusters against nine; normal ranges about CR1 errors hold the truth, no difference, in 88 of 100.
    rng = np.random.default_rng(110)
    clusters = np.repeat(np.arange(14), np.resize([5, 10, 20], 14))
    treated, held, n = clusters < 5, [], len(clusters)
    for _ in range(DRAWS):
        rate = 0.03 * np.exp(0.6 * rng.normal(size=14))[clusters]
        time, censored = rng.exponential(1 / rate), rng.uniform(10, 24, size=n)
        found = weighted_retention(
            time=np.minimum(time, censored), event=time <= censored, treated=treated, horizon=12, clusters=clusters
        )
        took = treated & (rng.random(n) < 0.7)
        y = took + 0.7 * rng.normal(size=14)[clusters] + rng.normal(size=n)
        moved = complier_effect(y=y, taken=took, assigned=treated, clusters=clusters)
        held.append(
            (
                holds(found.difference, found.difference_error, found.df, 0),
                holds(found.months, found.months_error, found.df, 0),
                holds(moved.value, moved.std_error, moved.df, 1),
            )
        )
    holds_as_often_as_told(held)


def test_weighted_retention_of_groups_that_chose_themselves():
    # Two kinds of people; the steady ones are more often mentored. Censoring at random.
    rng = np.random.default_rng(105)
    n, horizon, draws = 400, 12.0, 4 * DRAWS
    rates = {True: np.array([0.05, 0.015]), False: np.array([0.06, 0.03])}  # restless, steady
    shares = {arm: np.exp(-horizon * rate) for arm, rate in rates.items()}
    share = {arm: value.mean() for arm, value in shares.items()}
    lived = {arm: ((1 - shares[arm]) / rates[arm]).mean() for arm in rates}
    held, crude, errors, differences = [], [], [], []
    for _ in range(draws):
        steady = rng.random(n) < 0.5
        treated = rng.random(n) < np.where(steady, 0.7, 0.3)
        rate = np.where(treated, rates[True][steady.astype(int)], rates[False][steady.astype(int)])
        time, censored = rng.exponential(1 / rate), rng.uniform(6, 30, size=n)
        design = np.column_stack([np.ones(n), steady])
        fit = fit_logistic(y=treated, design=design)
        weights = stabilised_weights(fit.probabilities, treated)
        spells = {"time": np.minimum(time, censored), "event": time <= censored, "treated": treated}
        found = weighted_retention(**spells, horizon=horizon, weights=weights, fit=fit, design=design)
        truth = share[True] - share[False]
        held.append(
            (
                holds(found.difference, found.difference_error, np.inf, truth),
                holds(found.log_ratio, found.log_ratio_error, np.inf, np.log(share[True] / share[False])),
                holds(found.months, found.months_error, np.inf, lived[True] - lived[False]),
            )
        )
        plain = weighted_retention(**spells, horizon=horizon)
        crude.append(holds(plain.difference, plain.difference_error, np.inf, truth))
        errors.append(found.difference_error)
        differences.append(found.difference)
    holds_as_often_as_told(held)
    assert np.mean(crude) < 0.6
    # The errors told are the scatter seen, itself known to one part in sqrt(2 draws); here times three.
    assert np.mean(errors) == pytest.approx(np.std(differences), rel=3 / np.sqrt(2 * draws))


def test_effect_on_those_whom_the_offer_moved():
    rng = np.random.default_rng(106)
    n, held, naive = 600, [], []
    for _ in range(DRAWS):
        willing = rng.random(n) < 0.6
        offered = rng.random(n) < 0.5
        took = offered & willing
        y = 1.0 * took + 1.5 * willing + rng.normal(size=n)
        found = complier_effect(y=y, taken=took, assigned=offered)
        held.append(holds(found.value, found.std_error, found.df, 1))
        plain = difference_in_means(y=y, treated=took)
        naive.append(holds(plain.value, plain.std_error, plain.df, 1))
    holds_as_often_as_told(held)
    assert np.mean(naive) < 0.2  # took part against all others


def test_ratio_of_shares():
    rng = np.random.default_rng(107)
    held = []
    for _ in range(DRAWS):
        shares = rng.binomial(150, 0.85) / 150, rng.binomial(120, 0.7) / 120
        error = log_risk_ratio_error(shares, (150, 120))
        held.append(holds(np.log(shares[0] / shares[1]), error, np.inf, np.log(0.85 / 0.7)))
    holds_as_often_as_told(held)


def test_hedges_g_in_small_groups():
    rng = np.random.default_rng(108)
    held = []
    for _ in range(DRAWS):
        found = hedges_g(0.8 + rng.normal(size=9), rng.normal(size=12), level=LEVEL)
        # The interval is that of the difference shrunk by the small-sample factor of 19 degrees of freedom.
        held.append(found.low <= 0.8 * 0.95990 <= found.high)
    holds_as_often_as_told(held)


def test_alpha_of_parallel_items():
    rng = np.random.default_rng(109)
    held = []
    for _ in range(DRAWS):
        found = alpha(rng.normal(size=(60, 1)) + rng.normal(size=(60, 4)), level=LEVEL)
        held.append(found.low <= 0.8 <= found.high)  # 4 * 0.5 / (1 + 3 * 0.5)
    holds_as_often_as_told(held)
