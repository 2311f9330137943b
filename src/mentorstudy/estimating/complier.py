"""Complier: the effect of taking part on those whom the offer moved, by the draw as instrument."""

import numpy as np

from mentorstudy.estimating.method import Settings, clusters_of, counted, estimate_of, uptake_is_known, values_of
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.numerics.instrument import complier_effect


def complier(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """Two-stage least squares of the outcome on taking part, with the draw as instrument; none without uptake.

    It speaks of those who take part when offered and would not otherwise, and needs that the offer works only
    through taking part.
    """
    if not uptake_is_known(sample):
        return ()
    y = values_of(sample, settings.outcome)
    seen = ~np.isnan(y)
    offered = sample.mentored.to_numpy()[seen]
    taken = sample.people["ever"].to_numpy(dtype=float)[seen]
    if taken[offered].mean() == taken[~offered].mean():  # the offer moved nobody
        return ()
    clusters = clusters_of(sample, settings)
    found = complier_effect(
        y=y[seen], taken=taken, assigned=offered, clusters=None if clusters is None else clusters[seen]
    )
    is_scale = settings.outcome.kind == "scale"
    return (
        estimate_of(
            settings,
            method="complier",
            contrast="points" if is_scale else "risk_difference",
            unit="points" if is_scale else "share",
            value=found.value * (settings.good if is_scale else 1),
            std_error=found.std_error,
            df=found.df,
            counts=counted(offered),
        ),
    )
