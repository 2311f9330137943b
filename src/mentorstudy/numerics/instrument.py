"""The effect of taking part on those whom the offer moved, by the draw as instrument."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from mentorstudy.numerics.linear import check_clusters, covariance, least_squares, satterthwaite_df


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplierEffect:
    """The effect, its robust error and degrees of freedom, and the offer's effect on taking part."""

    value: float
    std_error: float
    df: float
    first_stage: float
    first_stage_error: float


def complier_effect(
    *, y: ArrayLike, taken: ArrayLike, assigned: ArrayLike, clusters: ArrayLike | None = None
) -> ComplierEffect:
    """Two-stage least squares of `y` (n,) on `taken` (n,) with `assigned` (n,) as the one instrument.

    The ratio of the offer's effect on the outcome to its effect on taking part (Angrist, Imbens and Rubin 1996,
    doi:10.1080/01621459.1996.10476902), with the robust error HC1 of the structural residuals; with
    `clusters` (n,) CR2 of the second stage, and Satterthwaite's degrees of freedom.
    """
    y, taken = np.asarray(y, dtype=float), np.asarray(taken, dtype=float)
    first = least_squares(y=taken, design=np.column_stack([np.ones(len(y)), np.asarray(assigned, dtype=float)]))
    fitted = first.design @ first.params
    second = least_squares(y=y, design=np.column_stack([np.ones(len(y)), fitted]))
    residuals = y - np.column_stack([np.ones(len(y)), taken]) @ second.params
    structural = replace(second, residuals=residuals)
    if clusters is None:
        variance, df = covariance(structural, "HC1"), float(second.df_residual)
    else:
        check_clusters(assigned, clusters)
        variance, df = covariance(structural, "CR2", clusters), satterthwaite_df(second, [0.0, 1.0], clusters)
    return ComplierEffect(
        value=float(second.params[1]),
        std_error=float(np.sqrt(variance[1, 1])),
        df=df,
        first_stage=float(first.params[1]),
        first_stage_error=float(np.sqrt(covariance(first, "HC1")[1, 1])),
    )
