import time

import numpy as np
import pytest
from reference_case import data, expected, printed, same

from mentorstudy.numerics.linear import covariance, independent_columns, least_squares, satterthwaite_df

BASE = ["tprofits_b", "lage_b", "secondaryedu_b", "sec0_b", "sec1_b", "sec2_b", "sec3_b", "sec4_b", "I_emp_b"]
KENYA, WANTED = data("08_kenya"), expected("08_kenya")
MENTOR, CLASS = (KENYA["treat"] == 4).to_numpy(dtype=float), (KENYA["treat"] == 3).to_numpy(dtype=float)
OWNER = KENYA["id"].to_numpy()
ARMS = slice(1, 3)


def errors(fit, kind, clusters=None):
    return np.sqrt(np.diag(covariance(fit, kind, clusters)))


def pooled():
    waves = [(KENYA["wave"] == wave).to_numpy(dtype=float) for wave in range(1, 8)]
    design = np.column_stack([np.ones(len(KENYA)), MENTOR, CLASS, KENYA[BASE], *waves])
    return least_squares(y=KENYA["tprofits"], design=design[:, independent_columns(design)])


def at_wave(wave, columns):
    rows = (KENYA["wave"] == wave).to_numpy()
    design = np.column_stack([np.ones(rows.sum()), MENTOR[rows], CLASS[rows], KENYA.loc[rows, columns]])
    return least_squares(y=KENYA["tprofits"][rows], design=design[:, independent_columns(design)])


def test_coefficients_agree_with_r_and_with_the_publication():
    fit = pooled()
    assert fit.design.shape == (WANTED["n"], WANTED["columns"])
    same(fit.params[ARMS], WANTED["value"])
    for found, wanted in zip(fit.params[ARMS], WANTED["published"]["pooled"], strict=True):
        printed(found, wanted, 2)


@pytest.mark.parametrize("kind", ["CR0", "CR1", "CR1S", "CR2"])
def test_clustered_errors_agree_with_r(kind):
    same(errors(pooled(), kind, OWNER)[ARMS], WANTED[kind])


def test_the_publication_prints_stata_s_clustered_error():
    # The deposit gives 144.9046, the article prints 144.90.
    found = errors(pooled(), "CR1S", OWNER)[ARMS]
    for error, wanted in zip(found, WANTED["published"]["pooled_error"], strict=True):
        assert error == pytest.approx(wanted, abs=0.0051)


def test_cr2_and_its_degrees_of_freedom_agree_with_r_and_clubsandwich():
    fit = pooled()
    found = [satterthwaite_df(fit, np.eye(WANTED["columns"])[place], OWNER) for place in (1, 2)]
    same(found, WANTED["df"])
    same(found, WANTED["other_program"]["df"])
    same(errors(fit, "CR2", OWNER)[ARMS], WANTED["other_program"]["CR2"])


@pytest.mark.parametrize("wave", range(1, 8))
def test_robust_errors_agree_with_r_and_are_nan_where_undefined(wave):
    wanted = WANTED["by_wave"][wave - 1]
    fit = at_wave(wave, BASE)
    same(fit.params[ARMS], wanted["value"])
    printed(fit.params[1], WANTED["published"]["by_wave"][wave - 1], 2)
    short = at_wave(wave, ["tprofits_b"])
    same(short.params[ARMS], wanted["short_value"])
    for kind in ("HC0", "HC1", "HC2", "HC3"):
        same(errors(fit, kind)[ARMS], wanted["errors"][kind])
        same(errors(short, kind)[ARMS], wanted["short_errors"][kind])
    same(errors(fit, "classical")[ARMS], wanted["errors"]["const"])


def test_somewhere_one_person_fits_themselves_and_hc2_is_undefined():
    alone = [wave for wave in range(1, 8) if np.isnan(errors(at_wave(wave, BASE), "HC2")).all()]
    assert 1 in alone
    assert all(np.isfinite(errors(at_wave(wave, BASE), "HC1")).all() for wave in alone)


def anorexia():
    girls = data("13_anorexia")
    arms = [(girls["arm"] == arm).to_numpy(dtype=float) for arm in ("CBT", "FT")]
    return girls, np.column_stack([np.ones(len(girls)), girls["before"], *arms])


def test_small_regression_agrees_with_r_and_with_its_help_page():
    girls, design = anorexia()
    wanted = expected("13_anorexia")
    fit = least_squares(y=girls["after"], design=design)
    assert fit.df_residual == wanted["df"]
    same(fit.params, wanted["coefficients"])
    for kind, name in (("classical", "const"), ("HC0", "HC0"), ("HC1", "HC1"), ("HC2", "HC2"), ("HC3", "HC3")):
        same(errors(fit, kind), wanted["errors"][name])
    # The help page models the change with CBT as reference: the same fit told otherwise.
    constant, slope, cbt, ft = fit.params
    told = (constant + cbt, slope - 1, -cbt, ft - cbt)
    same(told, wanted["printed_model"])
    for found, published in zip(told, wanted["published"], strict=True):
        printed(found, published, 4)


def test_units_and_row_order_change_nothing():
    girls, design = anorexia()
    order = np.random.default_rng(2).permutation(len(girls))
    pairs = np.arange(len(girls)) // 4
    one = least_squares(y=girls["after"], design=design)
    other = least_squares(y=(girls["after"] * 0.4536).to_numpy()[order], design=design[order] * [1, 0.4536, 1, 1])
    scale = np.array([0.4536, 1, 0.4536, 0.4536])
    for kind in ("HC2", "HC3", "CR2"):
        clusters = (pairs, pairs[order]) if kind == "CR2" else (None, None)
        same(errors(other, kind, clusters[1]), scale * errors(one, kind, clusters[0]))
    contrast = np.array([0.0, 0, 0, 1])
    same(satterthwaite_df(other, contrast, pairs[order]), satterthwaite_df(one, contrast, pairs))


def test_clusters_of_one_are_no_clusters():
    girls, design = anorexia()
    fit = least_squares(y=girls["after"], design=design)
    same(errors(fit, "CR2", np.arange(len(girls))), errors(fit, "HC2"))
    same(errors(fit, "CR0", np.arange(len(girls))), errors(fit, "HC0"))


@pytest.mark.parametrize(("n1", "n0"), [(3, 27), (10, 20), (15, 15)])
def test_degrees_of_freedom_of_two_groups_have_a_closed_form(n1, n0):
    # Imbens and Kolesar 2016, doi:10.1162/REST_a_00552: nothing but the two sizes.
    treated = np.arange(n1 + n0) < n1
    y = np.random.default_rng(1).normal(size=n1 + n0)
    fit = least_squares(y=y, design=np.column_stack([np.ones(n1 + n0), treated]))
    wanted = (n1 + n0) ** 2 * (n1 - 1) * (n0 - 1) / (n1**2 * (n1 - 1) + n0**2 * (n0 - 1))
    same(satterthwaite_df(fit, [0.0, 1.0], np.arange(n1 + n0)), wanted)


def test_a_repeated_column_is_found_and_refused():
    x = np.random.default_rng(3).normal(size=(20, 2))
    design = np.column_stack([np.ones(20), x, x.sum(axis=1) + 1])
    assert independent_columns(design).tolist() == [True, True, True, False]
    with pytest.raises(ValueError, match="repeats"):
        least_squares(y=x[:, 0], design=design)


@pytest.mark.parametrize("unit", [1e-7, 1.0, 1e7])
def test_whether_a_column_repeats_others_does_not_hang_on_units(unit):
    x = np.random.default_rng(3).normal(size=(20, 2))
    design = np.column_stack([np.ones(20), unit * x, unit * (x.sum(axis=1) + 1), unit * x[:, 0] ** 2])
    assert independent_columns(design).tolist() == [True, True, True, False, True]


def test_more_columns_than_rows_keep_as_many_as_rows():
    assert independent_columns(np.random.default_rng(3).normal(size=(3, 5))).sum() == 3


def test_clustered_errors_need_clusters_and_numbers_must_be_finite():
    fit = least_squares(y=[1.0, 2, 4], design=np.ones((3, 1)))
    with pytest.raises(ValueError, match="clusters"):
        covariance(fit, "CR2")
    with pytest.raises(ValueError, match="finite"):
        least_squares(y=[1.0, np.nan, 4], design=np.ones((3, 1)))


def test_which_columns_add_something_is_told_of_hundreds_in_the_time_of_one_decomposition():
    rng = np.random.default_rng(5)
    design = rng.normal(size=(6000, 500))
    design[:, 400:] = design[:, :100] @ rng.normal(size=(100, 100))
    design[:, 7] = 3 * design[:, 2]

    def seconds(work):
        times = []
        for _ in range(3):
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)
        return min(times)

    kept = independent_columns(design)
    assert np.flatnonzero(~kept).tolist() == [7, *range(401, 500)]
    assert seconds(lambda: independent_columns(design)) < 3 * seconds(lambda: np.linalg.qr(design))
