"""How far two groups differ on what was known before."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def standardised_differences(
    covariates: ArrayLike, treated: ArrayLike, weights: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Hedges' g of each column (k,): treated mean minus comparison mean, over the pooled standard deviation.

    The standard deviation is that of the unweighted groups, so that before and after weighting compare
    (Austin 2009, doi:10.1002/sim.3697; Stuart 2010, doi:10.1214/09-STS313); the small-sample factor is
    1 - 3 / (4 n - 9). A 0/1 column is treated as any other. nan for groups of fewer than two; where a column varies
    in neither group 0 if it is the same in both, else infinite.
    """
    x, treated = np.asarray(covariates, dtype=float), np.asarray(treated, dtype=bool)
    weights = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=float)
    if not (np.isfinite(x).all() and np.isfinite(weights).all()):
        raise ValueError("covariates and weights must be finite")
    n1, n0 = int(treated.sum()), int((~treated).sum())
    if min(n1, n0) < 2:
        return np.full(x.shape[1], np.nan)
    means = [np.average(x[group], weights=weights[group], axis=0) for group in (treated, ~treated)]
    pooled = np.sqrt(
        ((n1 - 1) * x[treated].var(axis=0, ddof=1) + (n0 - 1) * x[~treated].var(axis=0, ddof=1)) / (n1 + n0 - 2)
    )
    factor = 1 - 3 / (4 * (n1 + n0) - 9)
    gap = factor * (means[0] - means[1])
    # The mean of equal numbers may miss them by a rounding, and a rounding over a rounding is no difference.
    constant = (np.ptp(x[treated], axis=0) == 0) & (np.ptp(x[~treated], axis=0) == 0)
    unlike = x[treated][0] != x[~treated][0]
    found = np.where(unlike, np.copysign(np.inf, gap), 0.0)
    return np.divide(gap, pooled, out=found, where=~constant)
