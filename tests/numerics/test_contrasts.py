import numpy as np
import pytest
from reference_case import FITTED, FITTED_ERROR, data, expected, printed, same

from mentorstudy.numerics.difference import difference_in_means
from mentorstudy.numerics.factors import alpha, item_rest, omega_total
from mentorstudy.numerics.instrument import complier_effect
from mentorstudy.numerics.intervals import hedges_g, log_risk_ratio_error, standardised_effect, wald
from mentorstudy.numerics.linear import covariance, least_squares

STAFF, ILLINOIS = data("09_illinois"), expected("09_illinois")
GIRLS, ANOREXIA = data("13_anorexia"), expected("13_anorexia")
ANSWERS, BFI = data("14_bfi"), expected("14_bfi")
EVENTS = ["left_by_2017_08", "left_by_2019_01", "promoted_by_2017_07", "promoted_by_2019_01"]


def staff(event):
    rows = STAFF[STAFF[event].notna()]
    assigned = rows["assigned"].to_numpy(dtype=bool)
    took = np.where(assigned, rows["participated"].to_numpy(dtype=float), 0.0)
    return rows[event].to_numpy(dtype=float), assigned, took


@pytest.mark.parametrize("event", EVENTS)
def test_difference_and_ratio_of_shares_agree_with_r(event):
    y, assigned, _ = staff(event)
    wanted = ILLINOIS["answers"][event]
    found = difference_in_means(y=y, treated=assigned)
    assert len(y) == wanted["n"]
    shares = (found.mean_treated, found.mean_comparison)
    same(shares, wanted["shares"])
    same((found.value, found.df), (wanted["drawn"]["value"], wanted["drawn"]["df"]))
    same(found.std_error, wanted["drawn"]["errors"]["HC2"])
    same(shares[0] / shares[1], wanted["ratio"]["value"])
    counts = (int(assigned.sum()), int((~assigned).sum()))
    same(log_risk_ratio_error(shares, counts), wanted["ratio"]["log_error"])


@pytest.mark.parametrize("event", EVENTS)
def test_complier_effect_agrees_with_r(event):
    y, assigned, took = staff(event)
    wanted = ILLINOIS["answers"][event]
    found = complier_effect(y=y, taken=took, assigned=assigned)
    same((found.value, found.std_error), (wanted["complier"]["value"], wanted["complier"]["error"]))
    clustered = complier_effect(y=y, taken=took, assigned=assigned, clusters=np.arange(1, len(y) + 1) % 61)
    same((clustered.value, clustered.std_error), (wanted["complier"]["value"], wanted["complier"]["clustered"]))
    same(clustered.df, wanted["complier"]["df"])
    same((found.first_stage, found.first_stage_error), (wanted["uptake"]["value"], wanted["uptake"]["error"]))
    same(found.value, difference_in_means(y=y, treated=assigned).value / found.first_stage)
    assert found.df == len(y) - 2


@pytest.mark.parametrize("event", ["left_by_2017_08", "promoted_by_2017_07"])
def test_the_published_table_is_reproduced(event):
    y, assigned, took = staff(event)
    published = ILLINOIS["published"][event]
    assert (len(y), int(assigned.sum())) == (published["n"], published["n_offered"])
    found = complier_effect(y=y, taken=took, assigned=assigned)
    printed(found.value, published["value"], 3)
    printed(found.std_error, published["error"], 3)
    offered = least_squares(y=y[assigned], design=np.column_stack([np.ones(assigned.sum()), took[assigned]]))
    printed(offered.params[1], published["chosen"], 3)
    printed(np.sqrt(covariance(offered, "HC1")[1, 1]), published["chosen_error"], 3)


def test_units_and_row_order_change_no_contrast():
    y, assigned, took = staff("left_by_2017_08")
    order = np.random.default_rng(7).permutation(len(y))
    one = complier_effect(y=y, taken=took, assigned=assigned)
    other = complier_effect(y=100 * y[order] + 3, taken=took[order], assigned=assigned[order])
    same((other.value, other.std_error), (100 * one.value, 100 * one.std_error))
    one = difference_in_means(y=y, treated=assigned)
    other = difference_in_means(y=100 * y[order] + 3, treated=assigned[order])
    same((other.value, other.std_error, other.df), (100 * one.value, 100 * one.std_error, one.df))


def test_with_everybody_as_told_the_complier_effect_is_the_difference():
    y, assigned, _ = staff("left_by_2017_08")
    found = complier_effect(y=y, taken=assigned, assigned=assigned)
    same(found.value, difference_in_means(y=y, treated=assigned).value)
    fit = least_squares(y=y, design=np.column_stack([np.ones(len(y)), assigned]))
    same(found.std_error, np.sqrt(covariance(fit, "HC1")[1, 1]))


def arm(name, measure):
    rows = GIRLS[GIRLS["arm"] == name]
    return (rows["after"] - (rows["before"] if measure == "gain" else 0)).to_numpy()


@pytest.mark.parametrize("measure", ["after", "gain"])
@pytest.mark.parametrize("treated", ["FT", "CBT"])
def test_hedges_g_and_its_exact_interval_agree_with_r(treated, measure):
    wanted = ANOREXIA[measure][treated]
    found = hedges_g(arm(treated, measure), arm("Cont", measure), level=0.95)
    same((found.value, found.std_error), (wanted["g"], wanted["error"]))
    same((found.low, found.high), (wanted["low"], wanted["high"]))


def test_g_changes_sign_with_the_groups_and_not_with_the_units():
    a, b = arm("FT", "gain"), arm("Cont", "gain")
    one, other = hedges_g(a, b, level=0.9), hedges_g(2.2 * b - 5, 2.2 * a - 5, level=0.9)
    same((other.value, other.std_error, other.low, other.high), (-one.value, one.std_error, -one.high, -one.low))


@pytest.mark.parametrize("size", [3, 5, 12, 400])
@pytest.mark.parametrize("gap", [-60.0, -2, 0, 2, 15, 60])
def test_g_has_an_interval_however_far_apart_the_groups(size, gap):
    a = np.linspace(-1, 1, size)
    found = hedges_g(a + gap, a, level=0.95)
    assert found.low < found.value < found.high
    assert found.low < 0 < found.high or gap


def test_an_unadjusted_difference_in_standard_deviations_is_hedges_g():
    a, b = arm("FT", "gain"), arm("Cont", "gain")
    n1, n0, g = len(a), len(b), hedges_g(a, b, level=0.95)
    pooled = np.sqrt(((n1 - 1) * a.var(ddof=1) + (n0 - 1) * b.var(ddof=1)) / (n1 + n0 - 2))
    classical = pooled * np.sqrt(1 / n1 + 1 / n0)
    found = standardised_effect(difference=a.mean() - b.mean(), std_error=classical, a=a, b=b)
    same((found.value, found.std_error), (g.value, g.std_error))


def test_welch_s_test_agrees_with_r():
    a, b = arm("FT", "gain"), arm("Cont", "gain")
    wanted = ANOREXIA["welch"]
    found = difference_in_means(y=np.r_[a, b], treated=np.arange(len(a) + len(b)) < len(a))
    same((found.value, found.std_error, found.df), (wanted["value"], wanted["error"], wanted["df"]))
    told = wald(value=found.value, std_error=found.std_error, df=found.df, level=0.95)
    same(told, (wanted["low"], wanted["high"], wanted["p"]))


def test_people_as_their_own_clusters_have_an_error_and_freedom_of_closed_form():
    # Imbens and Kolesar 2016, doi:10.1162/REST_a_00552: nothing but the two sizes.
    a, b = arm("FT", "gain"), arm("Cont", "gain")
    n1, n0 = len(a), len(b)
    one = difference_in_means(y=np.r_[a, b], treated=np.arange(n1 + n0) < n1)
    other = difference_in_means(y=np.r_[a, b], treated=np.arange(n1 + n0) < n1, clusters=np.arange(n1 + n0))
    same((other.value, other.std_error), (one.value, one.std_error))
    same(other.df, (n1 + n0) ** 2 * (n1 - 1) * (n0 - 1) / (n1**2 * (n1 - 1) + n0**2 * (n0 - 1)))


def test_groups_of_equals_differ_without_error():
    found = difference_in_means(y=[4.0, 4, 4, 2, 2], treated=[True, True, True, False, False])
    assert (found.value, found.df) == (pytest.approx(2), 3)
    assert found.std_error == pytest.approx(0, abs=1e-12)


def test_interval_is_normal_without_degrees_of_freedom_and_honest_without_error():
    same(
        wald(value=1.0, std_error=0.5, df=np.inf, level=0.95),
        (0.0200180077299731, 1.97998199227003, 0.0455002638963584),
    )
    assert wald(value=1.0, std_error=0.0, df=np.inf, level=0.95) == (1, 1, 0)
    assert wald(value=0.0, std_error=0.0, df=5, level=0.95) == (0, 0, 1)
    assert np.isnan(wald(value=1.0, std_error=np.nan, df=5, level=0.95)).all()


def items(letter):
    turned = ANSWERS.assign(**{name: 7 - ANSWERS[name] for name in BFI["turned"]})
    return turned[[f"{letter}{k}" for k in range(1, 6)]].dropna().to_numpy()


@pytest.mark.parametrize("letter", list("ACENO"))
def test_reliability_agrees_with_r_and_with_the_manual(letter):
    wanted, x = BFI["scales"][letter], items(letter)
    found = alpha(x, level=0.95)
    same((found.n, found.value, found.low, found.high), [wanted[key] for key in ("n", "alpha", "low", "high")])
    same(item_rest(x), wanted["item_rest"])
    same(omega_total(x), wanted["omega"], FITTED)
    printed(found.value, BFI["published"][letter], 2)


def test_an_item_left_unturned_shows():
    x = items("A")
    x[:, 0] = 7 - x[:, 0]
    same(alpha(x, level=0.95).value, BFI["a1_not_turned"]["alpha"])
    same(item_rest(x)[0], BFI["a1_not_turned"]["item_rest"])
    assert item_rest(x)[0] < 0


def test_units_order_of_people_and_of_items_change_no_reliability():
    x = items("C")
    moved = 3 * x[::-1, [4, 1, 0, 3, 2]] + 8
    same((alpha(moved, level=0.9).low, omega_total(moved)), (alpha(x, level=0.9).low, omega_total(x)), FITTED)
    same(item_rest(moved), item_rest(x)[[4, 1, 0, 3, 2]])


def test_omega_finds_the_loadings_that_made_a_covariance():
    # Made so that the sample covariance is exactly one factor's.
    loadings, unique = np.array([0.5, 1, 0.8, 1.2]), np.array([1, 0.6, 0.9, 0.7])
    root = np.linalg.cholesky(np.outer(loadings, loadings) + np.diag(unique))
    z = np.random.default_rng(10).normal(size=(200, 4))
    z = np.linalg.solve(np.linalg.cholesky(np.cov(z, rowvar=False)), (z - z.mean(axis=0)).T)
    common = loadings.sum() ** 2
    same(omega_total((root @ z).T), common / (common + unique.sum()), FITTED_ERROR)


def test_omega_without_a_proper_solution_is_not_a_number():
    rng = np.random.default_rng(12)
    one, other = rng.normal(size=(2, 400))
    x = np.column_stack([one, one + 0.01 * other, rng.normal(size=400)])
    assert np.isnan(omega_total(x))


@pytest.mark.parametrize("whole", [True, False])
def test_a_group_in_a_single_cluster_is_refused(whole):
    # Its residuals add up to nought, so a clustered error would count it as certain.
    y, assigned, took = staff("left_by_2017_08")
    clusters = np.where(assigned == whole, 0, np.arange(len(y)))
    with pytest.raises(ValueError, match="single cluster"):
        difference_in_means(y=y, treated=assigned, clusters=clusters)
    with pytest.raises(ValueError, match="single cluster"):
        complier_effect(y=y, taken=took, assigned=assigned, clusters=clusters)


def test_groups_without_scatter_or_with_gaps_have_no_standard_deviations():
    with pytest.raises(ValueError, match="varies"):
        hedges_g(np.full(6, 5.0), np.full(7, 4.0), level=0.95)
    with pytest.raises(ValueError, match="missing"):
        standardised_effect(difference=1.0, std_error=0.1, a=np.array([1, np.nan, 2]), b=np.array([1.0, 2]))


@pytest.mark.parametrize("fault", ["two items", "no more people than items", "a repeated item", "a constant item"])
def test_omega_is_not_a_number_where_one_factor_cannot_be_told(fault):
    x = items("C")[:60].astype(float)
    faulty = {
        "two items": x[:, :2],
        "no more people than items": x[:5],
        "a repeated item": np.column_stack([x, x[:, 0]]),
        "a constant item": np.column_stack([x, np.full(60, 0.1)]),
    }
    assert np.isfinite(omega_total(x))
    assert np.isnan(omega_total(faulty[fault]))


def test_reliability_wants_every_item_answered_and_more_than_one():
    x = items("C").astype(float)
    x[3, 2] = np.nan
    for measure in (omega_total, item_rest, lambda x: alpha(x, level=0.95)):
        with pytest.raises(ValueError, match="answered"):
            measure(x)
    with pytest.raises(ValueError, match="two items"):
        alpha(x[:, :1], level=0.95)
