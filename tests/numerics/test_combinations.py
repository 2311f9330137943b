import numpy as np
import pytest
from reference_case import data, expected, printed, same

from mentorstudy.numerics.combinations import combine, named_design
from mentorstudy.numerics.intervals import wald
from mentorstudy.numerics.linear import covariance, fitted_alone, least_squares

BASE = ["tprofits_b", "lage_b", "secondaryedu_b", "sec0_b", "sec1_b", "sec2_b", "sec3_b", "sec4_b", "I_emp_b"]
KENYA, WANTED = data("08_kenya"), expected("08_kenya")
ARMS = ({"mentor": 1}, {"class": 1})
GAP = {"mentor": 1, "class": -1}


def fitted(rows, waves=False):
    columns = {"one": np.ones(len(rows)), "mentor": rows["treat"] == 4, "class": rows["treat"] == 3}
    columns |= {name: rows[name] for name in BASE}
    if waves:
        columns |= {f"wave_{wave}": rows["wave"] == wave for wave in range(1, 8)}
    named = named_design(columns)
    return named, least_squares(y=rows["tprofits"], design=named.design)


def told(rows, kind, wanted, waves=False):
    """Value, error, degrees of freedom and p-value of each combination, (4, m)."""
    named, fit = fitted(rows, waves)
    clusters = rows["id"].to_numpy() if kind.startswith("CR") else None
    found = combine(fit, [named.weights(one) for one in wanted], kind, clusters)
    p = [
        wald(value=value, std_error=error, df=df, level=0.95)[2]
        for value, error, df in zip(found.value, found.std_error, found.df, strict=True)
    ]
    return np.array([found.value, found.std_error, found.df, p])


@pytest.mark.parametrize("kind", ["classical", "CR0", "CR1", "CR1S", "CR2"])
def test_both_arms_of_one_fit_agree_with_r(kind):
    value, error, df, p = told(KENYA, kind, ARMS, waves=True)
    same(value, WANTED["value"])
    same(error, WANTED[kind])
    if kind in WANTED["p"]:
        same(p, WANTED["p"][kind])
    wanted_df = {"classical": WANTED["n"] - WANTED["columns"], "CR2": WANTED["df"]}
    same(df, np.broadcast_to(wanted_df.get(kind, WANTED["clusters"] - 1), 2))


def test_cr2_with_its_p_values_agrees_with_clubsandwich():
    wanted = WANTED["other_program"]
    _, error, df, p = told(KENYA, "CR2", ARMS, waves=True)
    same((error, df, p), [wanted[key] for key in ("CR2", "df", "p")])
    same(told(KENYA, "CR2", [GAP], waves=True)[:, 0], [wanted["gap"][key] for key in ("value", "error", "df", "p")])


@pytest.mark.parametrize("kind", ["classical", "CR1S", "CR2"])
def test_mentors_less_classes_agrees_with_r(kind):
    wanted = WANTED["gap"][kind]
    same(told(KENYA, kind, [GAP], waves=True)[:, 0], [wanted[key] for key in ("value", "error", "df", "p")])


def test_mentors_less_classes_is_as_published():
    printed(told(KENYA, "CR1S", [GAP], waves=True)[3, 0], WANTED["published"]["gap_p"], 3)


def test_a_difference_is_no_wider_than_what_makes_it_and_turns_with_its_sign():
    found = told(KENYA, "CR2", [*ARMS, GAP, {"mentor": -1, "class": 1}, {"mentor": 3}], waves=True)
    same(found[0, 2], found[0, 0] - found[0, 1])
    assert found[1, 2] < found[1, :2].sum()
    same(found[:, 3], found[:, 2] * [-1, 1, 1, 1])
    same(found[:, 4], found[:, 0] * [3, 3, 1, 1])


def test_later_waves_alone_agree_with_r_and_the_column_left_out_is_named():
    wanted, later = WANTED["later"], KENYA[KENYA["wave"] > 0]
    named, _ = fitted(later, waves=True)
    assert named.design.shape == (wanted["n"], wanted["columns"])
    assert named.left_out == ("wave_7",)
    value, error, _, _ = told(later, "CR1S", ARMS, waves=True)
    same((value, error), (wanted["value"], wanted["CR1S"]))


@pytest.mark.parametrize("wave", range(1, 8))
def test_each_wave_is_as_published(wave):
    published, rows = WANTED["published"], KENYA[KENYA["wave"] == wave]
    assert len(rows) == published["by_wave_n"][wave - 1]
    value, error, _, _ = told(rows, "classical", ARMS)
    printed(value[0], published["by_wave"][wave - 1], 2)
    printed(value[1], published["by_wave_class"][wave - 1], 2)
    # The article calls these errors robust; they are the classical ones.
    printed(error[0], published["by_wave_error"][wave - 1], 2)


@pytest.mark.parametrize("kind", ["HC0", "HC1", "HC2", "HC3"])
@pytest.mark.parametrize("wave", range(1, 8))
def test_each_wave_agrees_with_r_and_has_no_error_where_none_is_defined(wave, kind):
    wanted, rows = WANTED["by_wave"][wave - 1], KENYA[KENYA["wave"] == wave]
    value, error, _, p = told(rows, kind, ARMS)
    same(value, wanted["value"])
    same(error, wanted["errors"][kind])
    assert np.isnan(p).all() == (kind in ("HC2", "HC3"))


@pytest.mark.parametrize("wave", range(1, 8))
def test_whoever_is_fitted_alone_is_told_and_without_them_their_sector_is_left_out(wave):
    rows = KENYA[KENYA["wave"] == wave]
    named, fit = fitted(rows)
    alone = fitted_alone(fit)
    assert rows.loc[alone, "id"].tolist() == [WANTED["by_wave"][wave - 1]["alone"]]
    assert named.left_out == ()
    rest, without = fitted(rows[~alone])
    assert rest.left_out == ("sec4_b",)
    assert not fitted_alone(without).any()
    same(combine(without, rest.weights(GAP), "HC0").value, combine(fit, named.weights(GAP), "HC0").value)
    assert np.isfinite(combine(without, rest.weights(GAP), "HC3").std_error).all()


def test_one_weight_at_a_time_gives_the_diagonal():
    _, fit = fitted(KENYA[KENYA["wave"] == 2])
    found = combine(fit, np.eye(len(fit.params)), "HC1")
    same(found.value, fit.params)
    same(found.std_error, np.sqrt(np.diag(covariance(fit, "HC1"))))
    assert combine(fit, np.eye(len(fit.params))[1], "HC1").value.shape == (1,)


def test_the_order_of_columns_changes_no_combination():
    rows = KENYA[KENYA["wave"] == 4]
    columns = {"one": np.ones(len(rows)), "mentor": rows["treat"] == 4, "class": rows["treat"] == 3}
    columns["before"] = rows["tprofits_b"]
    found = []
    for order in (list(columns), list(columns)[::-1]):
        named = named_design({name: columns[name] for name in order})
        fit = least_squares(y=rows["tprofits"], design=named.design)
        one = combine(fit, named.weights(GAP), "HC3")
        found.append((one.value, one.std_error, one.df))
    same(found[0], found[1])


def test_what_has_no_coefficient_is_refused_by_name():
    x = np.arange(6.0)
    named = named_design({"one": np.ones(6), "years": x, "months": 12 * x + 1})
    assert (named.names, named.left_out) == (("one", "years"), ("months",))
    with pytest.raises(ValueError, match="months adds nothing"):
        named.weights({"months": 1})
    with pytest.raises(ValueError, match="no column age"):
        named.weights({"age": 1})
    fit = least_squares(y=x**2, design=named.design)
    with pytest.raises(ValueError, match="3 weights for 2"):
        combine(fit, [0, 1, 0], "HC1")
    with pytest.raises(ValueError, match="clusters"):
        combine(fit, [0, 1], "CR2")
    with pytest.raises(ValueError, match="finite"):
        named_design({"one": np.ones(6), "years": np.where(x == 2, np.nan, x)})
