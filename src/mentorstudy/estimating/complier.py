"""Complier: the effect of taking part on those whom the offer moved, by the draw as instrument."""

from mentorstudy.estimating.method import Settings, effects_of, uptake_is_known
from mentorstudy.estimating.rows import seen_rows
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
    rows = seen_rows(sample, settings.outcome, settings.waves, settings.cluster)
    offered = sample.mentored.to_numpy()[rows.person]
    taken = sample.people["ever"].to_numpy(dtype=float)[rows.person]
    if taken[offered].mean() == taken[~offered].mean():  # the offer moved nobody
        return ()
    found = complier_effect(y=rows.y, taken=taken, assigned=offered, clusters=rows.clusters)
    return effects_of(settings, method="complier", found=found, rows=rows, mentored=offered)[:1]
