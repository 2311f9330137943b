"""What everybody's mean would be in either group: regression with all products, standardised."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mentorstudy.numerics.linear import (
    LEVERAGE_TOLERANCE,
    LinearFit,
    check_clusters,
    covariance,
    independent_columns,
    least_squares,
    satterthwaite_df,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardisedDifference:
    """The difference between the two standardised means, and what its standard error is made of.

    `variance_model` is that of the coefficient; `variance_people` lets the difference speak of people like
    these: the spread of the modelled differences over their number. `kept` (k,) marks the covariates in the fit.
    """

    value: float
    std_error: float
    df: float
    mean_treated: float
    mean_comparison: float
    variance_model: float
    variance_people: float
    kept: NDArray[np.bool_]


def standardised_difference(
    *,
    y: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike,
    everybody: ArrayLike,
    clusters: ArrayLike | None = None,
) -> StandardisedDifference:
    """Effect of `treated` (n,) on `y` (n,) given `covariates` (n, k), averaged over `everybody` (m, k).

    Lin (2013, doi:10.1214/12-AOAS583): covariates centred on the mean of everybody who began, with and without
    the outcome, and all products with the group. HC2 and t with n - 2 - 2k degrees of freedom, or CR2 and
    Satterthwaite's with `clusters`. Covariates whose product or self repeats earlier columns leave the fit, and so
    does the product alone where it would fit one person perfectly: HC2 has no value then.
    """
    y, treated = np.asarray(y, dtype=float), np.asarray(treated, dtype=bool)
    covariates, everybody = np.asarray(covariates, dtype=float), np.asarray(everybody, dtype=float)
    if clusters is not None:
        check_clusters(treated, clusters)
    centre = everybody.mean(axis=0)
    centred = covariates - centre
    groups = (~treated, treated)
    # A covariate and its product add something both exactly where the covariate does so within each group.
    pairs = np.logical_and(*(independent_columns(_with_ones(centred[group]))[1:] for group in groups))
    products = pairs
    fit = _by_group(y, centred, treated, pairs)
    if alone := _alone(fit.leverage):
        products = _shared_products(centred, treated, pairs, alone)
        fit = least_squares(y=y, design=_design(centred, treated, pairs, products))
    variance_model = float(covariance(fit, "HC2" if clusters is None else "CR2", clusters)[1, 1])
    contrast = np.zeros(len(fit.params))
    contrast[1] = 1.0
    df = satterthwaite_df(fit, contrast, np.arange(len(y)) if clusters is None else clusters)
    by_person = fit.params[1] + (everybody - centre)[:, products] @ fit.params[2 + int(pairs.sum()) :]
    variance_people = float(by_person.var(ddof=1)) / len(everybody) if products.any() else 0.0
    return StandardisedDifference(
        value=float(fit.params[1]),
        std_error=float(np.sqrt(variance_model + variance_people)),
        df=df,
        mean_treated=float(fit.params[0] + fit.params[1]),
        mean_comparison=float(fit.params[0]),
        variance_model=variance_model,
        variance_people=variance_people,
        kept=pairs,
    )


def _shared_products(
    centred: NDArray[np.float64], treated: NDArray[np.bool_], pairs: NDArray[np.bool_], left: int
) -> NDArray[np.bool_]:
    """Which products (k,) stay: the later ones go first, until nobody is fitted by a column of their own.

    `left` are those who are, with all products.
    """
    products = pairs.copy()
    for place in np.flatnonzero(pairs)[::-1]:
        if left == 0:
            break
        fewer = products.copy()
        fewer[place] = False
        basis = np.linalg.qr(_design(centred, treated, pairs, fewer))[0]
        if (now := _alone(np.einsum("ij,ij->i", basis, basis))) < left:
            products, left = fewer, now
    return products


def _alone(leverage: NDArray[np.float64]) -> int:
    """How many people are fitted perfectly."""
    return int((leverage > 1 - LEVERAGE_TOLERANCE).sum())


def _design(
    centred: NDArray[np.float64], treated: NDArray[np.bool_], pairs: NDArray[np.bool_], products: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """A constant, the group, the covariates, and their products with the group."""
    ones = np.ones(len(centred))
    return np.column_stack([ones, treated, centred[:, pairs], (centred * treated[:, None])[:, products]])


def _by_group(
    y: NDArray[np.float64], centred: NDArray[np.float64], treated: NDArray[np.bool_], pairs: NDArray[np.bool_]
) -> LinearFit:
    """The fit with all products: that of each group for itself, at a quarter of the work, as one."""
    fits = [least_squares(y=y[group], design=_with_ones(centred[group][:, pairs])) for group in (~treated, treated)]
    k = int(pairs.sum())
    base, added = np.r_[0, 2 : 2 + k], np.r_[1, 2 + k : 2 + 2 * k]  # of the comparison, and on top in the treated
    params, bread = np.empty(2 + 2 * k), np.empty((2 + 2 * k, 2 + 2 * k))
    params[base], params[added] = fits[0].params, fits[1].params - fits[0].params
    bread[np.ix_(base, base)] = fits[0].bread
    bread[np.ix_(added, added)] = fits[0].bread + fits[1].bread
    bread[np.ix_(base, added)] = bread[np.ix_(added, base)] = -fits[0].bread
    residuals, leverage = np.empty(len(y)), np.empty(len(y))
    for group, fit in zip((~treated, treated), fits, strict=True):
        residuals[group], leverage[group] = fit.residuals, fit.leverage
    return LinearFit(
        params=params,
        residuals=residuals,
        design=_design(centred, treated, pairs, pairs),
        bread=bread,
        leverage=leverage,
        df_residual=len(y) - len(params),
    )


def _with_ones(covariates: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([np.ones(len(covariates)), covariates])
