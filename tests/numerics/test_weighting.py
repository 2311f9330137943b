import numpy as np
import pytest
from reference_case import CLOSED, FITTED, FITTED_ERROR, data, expected, printed, same

from mentorstudy.numerics.balance import standardised_differences
from mentorstudy.numerics.difference import difference_in_means
from mentorstudy.numerics.linear import least_squares
from mentorstudy.numerics.logistic import SeparationError, fit_logistic
from mentorstudy.numerics.standardise import standardised_difference
from mentorstudy.numerics.weighting import allow_for_estimated_weights, effective_sample_size, stabilised_weights

EVERYBODY, WANTED = data("07_nhefs"), expected("07_nhefs")
SEEN = EVERYBODY["wt82_71"].notna().to_numpy()
QUIT = EVERYBODY["qsmk"].to_numpy(dtype=bool)[SEEN]
GAIN = EVERYBODY["wt82_71"].to_numpy()[SEEN]


def covariates(people):
    numbers = [people[name].to_numpy(dtype=float) for name in ("age", "smokeintensity", "smokeyrs", "wt71")]
    levels = {"education": range(2, 6), "exercise": (1, 2), "active": (1, 2)}
    flags = {name: [(people[name] == level).to_numpy() for level in levels[name]] for name in levels}
    age, intensity, years, weight = ([x, x**2] for x in numbers)
    known = [people["sex"], people["race"], *age, *flags["education"], *intensity, *years]
    return np.column_stack([*known, *flags["exercise"], *flags["active"], *weight]).astype(float)


X = covariates(EVERYBODY)
DESIGN = np.column_stack([np.ones(SEEN.sum()), X[SEEN]])


@pytest.fixture(scope="module")
def fit():
    return fit_logistic(y=QUIT, design=DESIGN)


@pytest.fixture(scope="module")
def weights(fit):
    return stabilised_weights(fit.probabilities, QUIT)


def difference_and_influence(weights, y=GAIN, treated=QUIT):
    """The weighted difference of means and each person's part in it, the weights taken as known."""
    value, influence = 0.0, np.zeros(len(y))
    for group, sign in ((treated, 1), (~treated, -1)):
        mean = np.average(y[group], weights=weights[group])
        value += sign * mean
        influence[group] = sign * weights[group] * (y[group] - mean) / weights[group].sum()
    return value, influence


def test_propensity_score_agrees_with_r(fit):
    wanted = WANTED["score"]
    same(fit.params, wanted["coefficients"], FITTED)
    same(np.sqrt(np.diag(np.linalg.inv(fit.information))), wanted["errors"], FITTED_ERROR)
    same((fit.probabilities.min(), fit.probabilities.max()), (wanted["lowest"], wanted["highest"]), FITTED)


def test_weights_agree_with_r_and_with_the_book(weights):
    wanted, published = WANTED["weighted"], WANTED["published"]
    share = QUIT.mean()
    plain = weights / np.where(QUIT, share, 1 - share)
    same((weights.mean(), weights.min(), weights.max()), [wanted["mean_steady"], *wanted["range_steady"]], FITTED)
    same((plain.mean(), plain.min(), plain.max()), [wanted["mean_weight"], *wanted["range_weight"]], FITTED)
    printed(plain.mean(), published["mean_weight"], 2)
    printed(weights.mean(), published["mean_steady"], 2)
    printed(weights.min(), published["range_steady"][0], 2)
    printed(weights.max(), published["range_steady"][1], 2)
    printed(plain.min(), published["range_weight"][0], 2)
    printed(plain.max(), published["range_weight"][1], 1)
    effective = [effective_sample_size(weights[group]) for group in (QUIT, ~QUIT)]
    same(effective, wanted["effective"], FITTED)
    same([effective_sample_size(plain[group]) for group in (QUIT, ~QUIT)], effective)


def test_weighted_difference_and_its_error_for_known_weights_agree_with_r(weights):
    value, influence = difference_and_influence(weights)
    same(value, WANTED["weighted"]["value"], FITTED)
    error = np.linalg.norm(influence)
    same(error, WANTED["weighted"]["known_weights"], FITTED_ERROR)
    published = WANTED["published"]
    for found, wanted in zip((value, value - 1.96 * error, value + 1.96 * error), (3.4, 2.4, 4.5), strict=True):
        printed(found, wanted, 1)
    assert (published["weighted"], *published["weighted_interval"]) == (3.4, 2.4, 4.5)


def test_error_that_allows_for_estimated_weights_agrees_with_r(fit):
    # Here each person's part has n in the denominator, as in the R script.
    p = fit.probabilities
    means = WANTED["weighted"]["means"]
    part = np.where(QUIT, (GAIN - means[0]) / p, -(GAIN - means[1]) / (1 - p)) / len(GAIN)
    corrected = allow_for_estimated_weights(part, treated=QUIT, fit=fit, design=DESIGN)
    same(np.linalg.norm(corrected), WANTED["weighted"]["estimated_weights"], FITTED_ERROR)


def test_what_estimated_weights_add_is_what_refitting_finds():
    # Count one person a little more, refit probabilities and means: the change is their corrected influence.
    rng = np.random.default_rng(5)
    n, little = 60, 1e-5
    x = rng.normal(size=(n, 2))
    treated = rng.random(n) < 1 / (1 + np.exp(-x[:, 0]))
    y = x.sum(axis=1) + treated + rng.normal(size=n)
    design = np.column_stack([np.ones(n), x])
    fit = fit_logistic(y=treated, design=design)

    def value(counted):
        params = fit.params
        for _ in range(6):
            p = 1 / (1 + np.exp(-design @ params))
            information = (design * (counted * p * (1 - p))[:, None]).T @ design
            params = params + np.linalg.solve(information, design.T @ (counted * (treated - p)))
        return difference_and_influence(counted * np.where(treated, 1 / p, 1 / (1 - p)), y, treated)[0]

    steps = little * np.eye(n)
    slopes = [(value(1 + step) - value(1 - step)) / (2 * little) for step in steps]
    known = difference_and_influence(stabilised_weights(fit.probabilities, treated), y, treated)[1]
    corrected = allow_for_estimated_weights(known, treated=treated, fit=fit, design=design)
    np.testing.assert_allclose(corrected, slopes, atol=1e-8)


def test_naive_difference_agrees_with_r_and_with_the_book():
    found = difference_in_means(y=GAIN, treated=QUIT)
    same(found.value, WANTED["naive"]["value"])
    printed(found.value, WANTED["published"]["naive"], 1)


def test_outcome_model_standardised_agrees_with_r_and_with_the_book():
    intensity = EVERYBODY["smokeintensity"].to_numpy(dtype=float)[SEEN]

    def design(treated):
        return np.column_stack([np.ones(len(GAIN)), treated, X[SEEN], treated * intensity])

    outcome = least_squares(y=GAIN, design=design(QUIT))
    same(outcome.params, WANTED["outcome_model"]["coefficients"], 1e-7)
    ones = np.ones(len(GAIN))
    means = [float((design(group) @ outcome.params).mean()) for group in (ones, 0 * ones)]
    same(means, WANTED["outcome_model"]["means"])
    same(means[0] - means[1], WANTED["outcome_model"]["value"])
    printed(means[0] - means[1], WANTED["published"]["outcome_model"], 1)


@pytest.mark.parametrize("who", ["those_seen", "everybody"])
def test_standardised_difference_agrees_with_r(who):
    wanted = WANTED["standardised"][who]
    everybody = X if who == "everybody" else X[SEEN]
    found = standardised_difference(y=GAIN, treated=QUIT, covariates=X[SEEN], everybody=everybody)
    assert found.kept.all()
    same(found.df, wanted["df"], 1e-6)
    same((found.value, found.mean_comparison), (wanted["value"], wanted["comparison"]))
    same(found.mean_treated, wanted["value"] + wanted["comparison"])
    same((found.variance_model, found.variance_people), (wanted["HC2"], wanted["people"]))
    same(found.std_error, np.sqrt(wanted["HC2"] + wanted["people"]))


def test_without_covariates_it_is_the_difference():
    nothing = np.empty((len(GAIN), 0))
    found = standardised_difference(y=GAIN, treated=QUIT, covariates=nothing, everybody=nothing)
    plain = difference_in_means(y=GAIN, treated=QUIT)
    same((found.value, found.std_error), (plain.value, plain.std_error))


def test_units_and_row_order_of_covariates_change_nothing():
    columns = X[SEEN][:, [0, 1, 2, 8]]
    order = np.random.default_rng(6).permutation(len(GAIN))
    one = standardised_difference(y=GAIN, treated=QUIT, covariates=columns, everybody=columns)
    moved = columns[order] * [1, -3, 12, 0.1] + [0, 5, -400, 2]
    other = standardised_difference(
        y=10 * GAIN[order], treated=QUIT[order], covariates=moved, everybody=moved[::-1]
    )
    same((other.value, other.std_error), (10 * one.value, 10 * one.std_error))


def test_one_row_a_cluster_is_no_cluster_at_all():
    columns = X[SEEN][:, [0, 1, 2]]
    rows = np.arange(len(GAIN))
    one = standardised_difference(y=GAIN, treated=QUIT, covariates=columns, everybody=columns)
    other = standardised_difference(y=GAIN, treated=QUIT, covariates=columns, everybody=columns, clusters=rows)
    same((other.value, other.std_error), (one.value, one.std_error))


def test_a_covariate_that_repeats_another_leaves_the_fit():
    columns = X[SEEN][:, [0, 1, 2]]
    twice = np.column_stack([columns, columns[:, 2] * 2 - 1])
    one = standardised_difference(y=GAIN, treated=QUIT, covariates=columns, everybody=columns)
    other = standardised_difference(y=GAIN, treated=QUIT, covariates=twice, everybody=twice)
    assert other.kept.tolist() == [True, True, True, False]
    same((other.value, other.std_error), (one.value, one.std_error))


@pytest.mark.parametrize("rare_first", [True, False])
def test_one_treated_person_in_a_category_leaves_the_error_whole(rare_first):
    rng = np.random.default_rng(9)
    treated = np.arange(80) < 30
    rare = np.isin(np.arange(80), [3, *range(40, 52)])  # twelve of the others, one treated
    columns = np.column_stack([rng.normal(size=80), rare])[:, :: -1 if rare_first else 1]
    y = rng.normal(size=80) + columns.sum(axis=1)
    found = standardised_difference(y=y, treated=treated, covariates=columns, everybody=columns)
    assert found.kept.all()
    assert 30 < found.df < 80 - 5  # fewer than constant, group, both covariates and one product leave
    assert 0.1 < found.std_error < 0.5


def test_balance_agrees_with_r(weights):
    columns = EVERYBODY.loc[SEEN, WANTED["balance"]["compared"]].to_numpy(dtype=float)
    same(standardised_differences(columns, QUIT), WANTED["balance"]["raw"])
    found = standardised_differences(columns, QUIT, weights)
    np.testing.assert_allclose(found, WANTED["balance"]["weighted"], atol=FITTED * 0.1)
    same(standardised_differences(columns * 12 - 7, QUIT, 3 * weights), found, CLOSED)
    same(standardised_differences(columns, ~QUIT, weights), -found)


def test_balance_without_measure_is_not_a_number():
    treated = np.array([True, False, False, False])
    assert np.isnan(standardised_differences(np.ones((4, 1)), treated)).all()


def test_groups_told_fully_apart_are_refused():
    x = np.arange(20.0)
    with pytest.raises(SeparationError):
        fit_logistic(y=x > 9.5, design=np.column_stack([np.ones(20), x]))


@pytest.mark.parametrize("turned", [False, True])
def test_a_category_wholly_in_one_group_is_refused(turned):
    x = np.arange(20) >= 14
    y = (np.arange(20) % 2 == 0) | x
    with pytest.raises(SeparationError):
        fit_logistic(y=y ^ turned, design=np.column_stack([np.ones(20), x]))


def test_logistic_units_and_row_order_change_nothing():
    columns = DESIGN[:, [0, 1, 3]]
    order = np.random.default_rng(8).permutation(len(columns))
    one = fit_logistic(y=QUIT, design=columns)
    other = fit_logistic(y=QUIT[order], design=(columns * [1, 1, 12])[order])
    same(other.params * [1, 1, 12], one.params)
    same(other.probabilities, one.probabilities[order])


def test_equal_weights_are_worth_every_person():
    assert effective_sample_size(np.full(30, 2.5)) == pytest.approx(30)


def test_a_constant_column_is_balanced_and_two_constants_are_not():
    # The mean of seven times 0.1 is not 0.1.
    treated = np.arange(17) < 7
    columns = np.column_stack([np.full(17, 0.1), np.where(treated, 0.1, 0.2), np.where(treated, 2, 1.0)])
    assert standardised_differences(columns, treated).tolist() == [0, -np.inf, np.inf]
    weights = np.linspace(0.5, 2, 17)
    assert standardised_differences(columns, treated, weights).tolist() == [0, -np.inf, np.inf]
    assert np.isfinite(standardised_differences(np.arange(4.0)[:, None], np.arange(4) < 2)).all()


def test_gaps_in_what_was_known_are_refused():
    # A column with a gap must not leave the fit as if it repeated another.
    columns = X[SEEN][:, [0, 1, 2]].copy()
    columns[5, 1] = np.nan
    for everybody in (columns, X[SEEN][:, [0, 1, 2]]):
        with pytest.raises(ValueError, match="finite"):
            standardised_difference(y=GAIN, treated=QUIT, covariates=columns, everybody=everybody)
    with pytest.raises(ValueError, match="finite"):
        standardised_difference(y=GAIN, treated=QUIT, covariates=X[SEEN][:, [0, 1, 2]], everybody=columns)
    with pytest.raises(ValueError, match="finite"):
        standardised_differences(columns, QUIT)


def test_a_group_in_a_single_cluster_is_refused():
    columns = X[SEEN][:, [0, 1, 2]]
    for clusters in (np.where(QUIT, 0, np.arange(len(QUIT))), np.zeros(len(QUIT))):
        with pytest.raises(ValueError, match="single cluster"):
            standardised_difference(y=GAIN, treated=QUIT, covariates=columns, everybody=columns, clusters=clusters)
