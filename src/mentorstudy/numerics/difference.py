"""Two means and their difference."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mentorstudy.numerics.linear import check_clusters, covariance, least_squares, satterthwaite_df


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Treated mean minus comparison mean, its standard error and degrees of freedom, and the two means."""

    value: float
    std_error: float
    df: float
    mean_treated: float
    mean_comparison: float


def difference_in_means(*, y: ArrayLike, treated: ArrayLike, clusters: ArrayLike | None = None) -> Difference:
    """Mean of `y` (n,) among `treated` (n,) minus the mean among the others.

    The HC2 error of this regression is Welch's: each group's own variance over its size. Its degrees of freedom
    are Welch and Satterthwaite's, since the small group may be the scattered one. With `clusters`: CR2.
    """
    y, treated = np.asarray(y, dtype=float), np.asarray(treated, dtype=bool)
    if clusters is not None:
        check_clusters(treated, clusters)
    fit = least_squares(y=y, design=np.column_stack([np.ones(len(y)), treated]))
    error = float(np.sqrt(covariance(fit, "HC2" if clusters is None else "CR2", clusters)[1, 1]))
    if clusters is None:
        parts = [(float(np.var(y[group], ddof=1)) / group.sum(), group.sum()) for group in (treated, ~treated)]
        total = sum(part for part, _ in parts)
        df = total**2 / sum(part**2 / (size - 1) for part, size in parts) if total else float(len(y) - 2)
    else:
        df = satterthwaite_df(fit, np.array([0.0, 1.0]), clusters)
    return Difference(
        value=float(fit.params[1]),
        std_error=error,
        df=float(df),
        mean_treated=float(y[treated].mean()),
        mean_comparison=float(y[~treated].mean()),
    )
