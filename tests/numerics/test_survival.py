import numpy as np
import pytest
from reference_case import data, expected, same

from mentorstudy.numerics.difference import difference_in_means
from mentorstudy.numerics.logistic import fit_logistic
from mentorstudy.numerics.survival import (
    interval,
    kaplan_meier,
    pseudo_values,
    restricted_mean,
    survival_at,
    survival_influence,
    weighted_retention,
)
from mentorstudy.numerics.weighting import stabilised_weights

YEAR = 365
WANTED = expected("01_lung")
LUNG = data("01_lung")
TIME, EVENT, WOMEN = LUNG["time"].to_numpy(), LUNG["event"].to_numpy(dtype=bool), (LUNG["sex"] == 2).to_numpy()
PERSON = np.arange(1, len(LUNG) + 1)
WHOLE, BROKEN = 1 + PERSON % 3, 0.5 + (PERSON % 7) / 4


def test_curve_agrees_with_r_at_every_event():
    curve, wanted = kaplan_meier(time=TIME, event=EVENT), WANTED["curve"]
    same(curve.times, wanted["times"])
    same(curve.survival, wanted["share"])
    same(curve.std_error, wanted["error"])
    same(curve.at_risk, wanted["at_risk"])
    same(curve.events, wanted["events"])


@pytest.mark.parametrize("kind", ["plain", "log", "log-log"])
def test_intervals_agree_with_r(kind):
    curve, wanted = kaplan_meier(time=TIME, event=EVENT), WANTED["read_off"][kind]
    for at, share, low, high in zip(*(wanted[key] for key in ("at", "share", "low", "high")), strict=True):
        same(survival_at(curve, at), share)
        same(interval(curve, at, level=0.95, kind=kind), (low, high))


def test_median_and_its_interval_are_as_published():
    published = WANTED["published"]
    assert (len(TIME), int(EVENT.sum())) == (published["n"], published["events"])
    curve = kaplan_meier(time=TIME, event=EVENT)
    ends = np.array([interval(curve, at, level=0.95, kind="log") for at in curve.times])
    first = [curve.times[np.argmax(line <= 0.5)] for line in (curve.survival, ends[:, 0], ends[:, 1])]
    assert first == [published["median"], published["median_low"], published["median_high"]]


def test_contrasts_at_a_year_agree_with_r():
    found = weighted_retention(time=TIME, event=EVENT, treated=WOMEN, horizon=YEAR)
    gap, ratio, lived = (
        WANTED[key]
        for key in ("death_within_year_women_minus_men", "log_ratio_women_to_men", "mean_time_women_minus_men")
    )
    same((found.kept_treated, found.kept_comparison), [WANTED["by_sex"][sex]["share"] for sex in ("women", "men")])
    same((-found.difference, found.difference_error), (gap["value"], gap["error"]))
    same((found.log_ratio, found.log_ratio_error), (ratio["value"], ratio["error"]))
    same((found.months, found.months_error), (lived["value"], lived["error"]))


@pytest.mark.parametrize("how", ["across", "within"])
def test_clustered_errors_agree_with_clubsandwich(how):
    wanted, across = WANTED["clustered"][how], PERSON % 23
    clusters = across if how == "across" else 100 * WOMEN + across
    found = weighted_retention(time=TIME, event=EVENT, treated=WOMEN, horizon=YEAR, clusters=clusters)
    for name in ("difference", "log_ratio", "months"):
        value, error = getattr(found, name), getattr(found, f"{name}_error")
        same((value, error, found.df), [wanted[name][key] for key in ("value", "error", "df")])


def test_clustered_errors_are_those_of_the_pseudo_values():
    clusters = PERSON % 23
    found = weighted_retention(time=TIME, event=EVENT, treated=WOMEN, horizon=YEAR, clusters=clusters)
    stand_in = pseudo_values(time=TIME, event=EVENT, treated=WOMEN, at=YEAR)
    mean = difference_in_means(y=stand_in, treated=WOMEN, clusters=clusters)
    same((found.difference, found.difference_error, found.df), (mean.value, mean.std_error, mean.df))


@pytest.mark.parametrize("who", ["everybody", "men", "women"])
def test_restricted_mean_agrees_with_r(who):
    group = {"everybody": np.ones(len(TIME), dtype=bool), "men": ~WOMEN, "women": WOMEN}[who]
    found = restricted_mean(time=TIME[group], event=EVENT[group], horizon=YEAR)
    same((found.value, found.std_error), (WANTED["mean_time"][who]["value"], WANTED["mean_time"][who]["error"]))


def test_influence_agrees_with_r_person_by_person():
    same(survival_influence(time=TIME, event=EVENT, at=YEAR), WANTED["influence_at_year"])


def test_pseudo_values_agree_with_r_person_by_person():
    same(pseudo_values(time=TIME, event=EVENT, treated=WOMEN, at=YEAR), WANTED["stand_in_at_year"])


def test_pseudo_values_are_the_outcome_itself_where_nobody_is_censored():
    time, event = np.array([3.0, 8, 15, 20, 4, 6, 20]), np.array([1, 1, 1, 0, 1, 1, 0], dtype=bool)
    treated = np.array([1, 1, 1, 1, 0, 0, 0], dtype=bool)
    same(pseudo_values(time=time, event=event, treated=treated, at=12), time > 12)


def test_whole_weights_count_people():
    weighted, wanted = kaplan_meier(time=TIME, event=EVENT, weights=WHOLE), WANTED["weighted_whole"]
    same([survival_at(weighted, at) for at in wanted["at"]], wanted["share"])
    place = np.searchsorted(weighted.times, wanted["at"], side="right") - 1
    same(weighted.std_error[place], wanted["error"])
    copied = kaplan_meier(time=np.repeat(TIME, WHOLE), event=np.repeat(EVENT, WHOLE))
    same(weighted.std_error, copied.std_error)


def test_weighted_curve_and_its_robust_error_agree_with_r():
    weighted, wanted = kaplan_meier(time=TIME, event=EVENT, weights=BROKEN), WANTED["weighted_broken"]
    for at, share, error in zip(wanted["at"], wanted["share"], wanted["error"], strict=True):
        same(survival_at(weighted, at), share)
        same(np.linalg.norm(survival_influence(time=TIME, event=EVENT, at=at, weights=BROKEN)), error)
    months = restricted_mean(time=TIME, event=EVENT, horizon=YEAR, weights=BROKEN)
    wanted = WANTED["weighted_broken_mean_time"]
    same((months.value, months.std_error), (wanted["value"], wanted["error"]))


def test_delayed_entry_agrees_with_r():
    rows, wanted = data("25_physicians"), expected("25_physicians")
    curve = kaplan_meier(time=rows["exit"], event=rows["event"], entry=rows["entry"])
    assert (len(rows), int(rows["event"].sum())) == (wanted["people"], wanted["left"])
    same(curve.at_risk, wanted["at_risk"])
    same([survival_at(curve, at) for at in wanted["at"]], wanted["share"])
    place = np.searchsorted(curve.times, wanted["at"], side="right") - 1
    same(curve.std_error[place], wanted["error"])
    same(
        [interval(curve, at, level=0.95, kind="log-log") for at in wanted["at"]],
        np.c_[wanted["low"], wanted["high"]],
    )
    plain = kaplan_meier(time=rows["exit"], event=rows["event"])
    same([survival_at(plain, at) for at in wanted["at"]], wanted["ignoring_entry"])


def test_splitting_somebodys_time_changes_nothing():
    whole = kaplan_meier(time=TIME, event=EVENT)
    cut = np.array([100.0, 310, 400])  # 310 is a time of death: whoever enters then is not at risk then
    entry, leave, left = [], [], []
    for time, event in zip(TIME, EVENT, strict=True):
        ends = [*cut[cut < time], time]
        entry += [0, *ends[:-1]]
        leave += ends
        left += [*[False] * (len(ends) - 1), event]
    split = kaplan_meier(time=leave, event=left, entry=entry)
    same(split.at_risk, whole.at_risk)
    same(split.survival, whole.survival)
    same(split.std_error, whole.std_error)


def test_units_and_row_order_change_nothing():
    order = np.random.default_rng(4).permutation(len(TIME))
    one = weighted_retention(time=TIME, event=EVENT, treated=WOMEN, horizon=YEAR, weights=BROKEN)
    other = weighted_retention(
        time=TIME[order] / 30.4375,
        event=EVENT[order],
        treated=WOMEN[order],
        horizon=YEAR / 30.4375,
        weights=7 * BROKEN[order],
    )
    same((other.difference, other.difference_error), (one.difference, one.difference_error))
    same((other.log_ratio, other.log_ratio_error), (one.log_ratio, one.log_ratio_error))
    same(30.4375 * np.array([other.months, other.months_error]), (one.months, one.months_error))


def test_swapping_the_groups_turns_the_signs():
    one = weighted_retention(time=TIME, event=EVENT, treated=WOMEN, horizon=YEAR)
    other = weighted_retention(time=TIME, event=EVENT, treated=~WOMEN, horizon=YEAR)
    same((other.difference, other.log_ratio, other.months), (-one.difference, -one.log_ratio, -one.months))
    same(other.difference_error, one.difference_error)


def test_errors_with_estimated_weights_are_those_of_the_whole_procedure():
    # Count one person a little more, refit the probabilities and the curves: what changes is their influence.
    rng = np.random.default_rng(11)
    n, horizon, little = 240, 12, 1e-5
    x = rng.normal(size=n)
    treated = rng.random(n) < 1 / (1 + np.exp(-x))
    time = rng.exponential(20 * np.exp(0.8 * x + 0.3 * treated))
    censored = rng.uniform(8, 60, size=n)
    event, time = time <= censored, np.minimum(time, censored)
    design = np.column_stack([np.ones(n), x])
    fit = fit_logistic(y=treated, design=design)

    def contrasts(counted):
        params = fit.params
        for _ in range(6):
            p = 1 / (1 + np.exp(-design @ params))
            information = (design * (counted * p * (1 - p))[:, None]).T @ design
            params = params + np.linalg.solve(information, design.T @ (counted * (treated - p)))
        weights = counted * np.where(treated, 1 / p, 1 / (1 - p))
        found = weighted_retention(time=time, event=event, treated=treated, horizon=horizon, weights=weights)
        return np.array([found.difference, found.log_ratio, found.months])

    slopes = np.empty((n, 3))
    for person in range(n):
        step = np.where(np.arange(n) == person, little, 0.0)
        slopes[person] = (contrasts(1 + step) - contrasts(1 - step)) / (2 * little)
    found = weighted_retention(
        time=time,
        event=event,
        treated=treated,
        horizon=horizon,
        weights=stabilised_weights(fit.probabilities, treated),
        fit=fit,
        design=design,
    )
    errors = (found.difference_error, found.log_ratio_error, found.months_error)
    same(errors, np.linalg.norm(slopes, axis=0), rel=1e-6)


def test_before_the_first_event_everybody_is_there():
    curve = kaplan_meier(time=TIME, event=EVENT)
    assert survival_at(curve, 4) == 1
    assert interval(curve, 4, level=0.95, kind="log-log") == (1, 1)
    assert not survival_influence(time=TIME, event=EVENT, at=4).any()


def test_when_all_have_left_the_curve_is_at_nought_without_error():
    curve = kaplan_meier(time=[1.0, 2, 2], event=[True, True, True])
    same(curve.survival, (2 / 3, 0))
    same(curve.std_error[-1], 0)
    same(restricted_mean(time=[1.0, 2, 2], event=[True, True, True], horizon=5).value, 5 / 3)


def test_a_time_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        kaplan_meier(time=[1.0, np.nan], event=[True, False])


def test_whoever_left_before_entering_is_refused():
    with pytest.raises(ValueError, match="before"):
        kaplan_meier(time=[3.0, 4], event=[True, False], entry=[3.0, 0])


@pytest.mark.parametrize("gone", ["treated", "comparison"])
def test_a_group_with_nobody_left_has_a_difference_and_no_ratio(gone):
    time, left = np.arange(1.0, 9), np.arange(8) < 4
    treated = left if gone == "treated" else ~left
    found = weighted_retention(time=time, event=left, treated=treated, horizon=4.5)
    assert found.difference == (-1 if gone == "treated" else 1)
    assert found.difference_error == 0
    assert abs(found.months) == 2  # 4.5 months less the 2.5 that the four who left stayed on average
    assert np.isnan([found.log_ratio, found.log_ratio_error]).all()
    curve = kaplan_meier(time=time[left], event=left[left])
    assert interval(curve, 4.5, level=0.95, kind="plain") == (0, 0)
    assert np.isnan([interval(curve, 4.5, level=0.95, kind=kind) for kind in ("log", "log-log")]).all()


def test_where_nobody_leaves_all_are_kept():
    found = weighted_retention(time=TIME, event=np.zeros(len(TIME)), treated=WOMEN, horizon=YEAR)
    assert (found.kept_treated, found.kept_comparison, found.months) == (1, 1, 0)
    assert (found.difference_error, found.log_ratio_error, found.months_error) == (0, 0, 0)


def test_a_weight_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        kaplan_meier(time=[1.0, 2], event=[True, False], weights=[1.0, np.nan])


def test_a_group_in_a_single_cluster_is_refused():
    with pytest.raises(ValueError, match="single cluster"):
        weighted_retention(time=TIME, event=EVENT, treated=WOMEN, horizon=YEAR, clusters=np.where(WOMEN, 0, PERSON))
