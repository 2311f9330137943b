"""Difference: the two groups as they stand, nothing adjusted for."""

import numpy as np
from numpy.typing import NDArray

from mentorstudy.estimating.method import (
    Settings,
    clusters_of,
    counted,
    estimate_of,
    scale_contrasts,
    uptake_is_known,
    values_of,
)
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.numerics.difference import difference_in_means
from mentorstudy.numerics.intervals import log_risk_ratio_error

TOOK_PART = "naive: took part against did not, among those offered"
TOOK_PART_OR_NOT_OFFERED = "naive: took part against all others"
EVER = "naive: ever matched against never matched"


def difference(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """Mean of the mentored minus mean of the unmentored, by arm at time zero (HC2; CR2 with clusters).

    A share of people comes with the ratio of the shares, a scale with Hedges' g.
    """
    y = values_of(sample, settings.outcome)
    return _contrasts(y, sample.mentored.to_numpy(), settings, "difference", clusters_of(sample, settings))


def naive(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """The figures people print: those who took part against those who did not, whatever made them differ.

    By match: ever matched against never matched. By draw with uptake: took part against did not, among those
    offered; and took part against all others. None where the files do not tell who took part.
    """
    y = values_of(sample, settings.outcome)
    ever = sample.people["ever"].to_numpy()
    if "took_part" not in sample.people:
        return _contrasts(y, ever, settings, EVER, None)[:1]
    if not uptake_is_known(sample):
        return ()
    offered = sample.mentored.to_numpy()
    return (
        *_contrasts(np.where(offered, y, np.nan), ever, settings, TOOK_PART, None)[:1],
        *_contrasts(y, ever, settings, TOOK_PART_OR_NOT_OFFERED, None)[:1],
    )


def _contrasts(
    y: NDArray[np.float64],
    mentored: NDArray[np.bool_],
    settings: Settings,
    method: str,
    clusters: NDArray[np.object_] | None,
) -> tuple[Estimate, ...]:
    seen = ~np.isnan(y)
    y, mentored = y[seen], mentored[seen]
    counts = counted(mentored)
    if min(counts) < 2:
        return ()
    found = difference_in_means(y=y, treated=mentored, clusters=None if clusters is None else clusters[seen])
    means = (found.mean_treated, found.mean_comparison)
    if settings.outcome.kind == "scale":
        a, b = y[mentored], y[~mentored]
        return scale_contrasts(settings, method=method, found=found, a=a, b=b, exact=clusters is None)
    share = estimate_of(
        settings,
        method=method,
        contrast="risk_difference",
        unit="share",
        value=found.value,
        std_error=found.std_error,
        df=found.df,
        counts=counts,
        levels=means,
    )
    # The ratio's error takes people as independent, so under clusters there is none.
    if min(means) <= 0 or clusters is not None:
        return (share,)
    ratio = estimate_of(
        settings,
        method=method,
        contrast="risk_ratio",
        unit="ratio",
        value=means[0] / means[1],
        std_error=log_risk_ratio_error(means, counts),
        counts=counts,
        levels=means,
    )
    return share, ratio
