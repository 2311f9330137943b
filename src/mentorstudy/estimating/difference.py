"""Difference: the two groups as they stand, nothing adjusted for."""

from dataclasses import replace

import numpy as np

from mentorstudy.estimating.method import Settings, effects_of, estimate_of, uptake_is_known
from mentorstudy.estimating.rows import Bools, Rows, seen_rows, values_of
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.numerics.difference import difference_in_means
from mentorstudy.numerics.intervals import log_risk_ratio_error
from mentorstudy.numerics.proportions import newcombe

TOOK_PART = "naive: took part against did not, among those offered"
TOOK_PART_OR_NOT_OFFERED = "naive: took part against all others"
BOUNDS = "bounds: whatever became of those not seen"
EVER = "naive: ever matched against never matched"


def difference(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """Mean of the mentored minus mean of the unmentored, by arm at time zero (HC2; CR2 where rows are alike).

    A share of people comes with an interval that holds at few (Newcombe) and with the ratio of the shares, a scale
    with Hedges' g.
    """
    rows = seen_rows(sample, settings.outcome, settings.waves, settings.cluster)
    return _contrasts(rows, sample.mentored.to_numpy()[rows.person], settings, "difference")


def bounds(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """What a difference of shares can be whatever became of those not seen: the worst case and the best.

    The ends hold no doubt from sampling (Horowitz and Manski 2000, doi:10.1080/01621459.2000.10473902). None where
    everybody was seen.
    """
    outcome, mentored = settings.outcome, sample.mentored.to_numpy()
    y = values_of(sample, outcome, settings.waves)
    if not outcome.is_share or not np.isnan(y).any():
        return ()
    unseen = np.isnan(y)
    (least, most), (least_other, most_other) = (
        (float(np.where(unseen, 0.0, y)[group].mean()), float(np.where(unseen, 1.0, y)[group].mean()))
        for group in (mentored, ~mentored)
    )
    found = estimate_of(
        settings,
        method=BOUNDS,
        contrast="risk_difference",
        unit="share",
        value=float(np.nanmean(y[mentored]) - np.nanmean(y[~mentored])),
        std_error=0.0,
        counts=(int(mentored.sum()), int((~mentored).sum())),
        interval=(least - most_other, most - least_other),
        note=f"{int(unseen.sum()):,} not seen; the ends are what they allow, without the doubt from sampling",
    )
    return (replace(found, std_error=None, p_value=None),)


def naive(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """The figures people print: those who took part against those who did not, whatever made them differ.

    By match: ever matched against never matched. By draw with uptake: took part against did not, among those
    offered; and took part against all others. None where the files do not tell who took part.
    """
    rows = seen_rows(sample, settings.outcome, settings.waves, None)
    ever = sample.people["ever"].to_numpy()[rows.person]
    if "took_part" not in sample.people:
        return _contrasts(rows, ever, settings, EVER)[:1]
    if not uptake_is_known(sample):
        return ()
    offered = sample.mentored.to_numpy()[rows.person]
    return (
        *_contrasts(rows.taken(offered), ever[offered], settings, TOOK_PART)[:1],
        *_contrasts(rows, ever, settings, TOOK_PART_OR_NOT_OFFERED)[:1],
    )


def _contrasts(rows: Rows, mentored: Bools, settings: Settings, method: str) -> tuple[Estimate, ...]:
    counts = rows.people_in(mentored, ~mentored)
    if min(counts) < 2:
        return ()
    found = difference_in_means(y=rows.y, treated=mentored, clusters=rows.clusters)
    exact = rows.clusters is None
    effects = effects_of(settings, method=method, found=found, rows=rows, mentored=mentored, exact=exact)
    means = (found.mean_treated, found.mean_comparison)
    # The ratio's error and the interval for shares take people as independent, so under clusters there is none.
    if not settings.outcome.is_share or not exact:
        return effects
    counted = [(int(rows.y[group].sum()), int(group.sum())) for group in (mentored, ~mentored)]
    low, high = newcombe(*counted[0], *counted[1], level=settings.level)
    effects = (replace(effects[0], low=float(low), high=float(high)),)
    if min(means) <= 0:
        return effects
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
    return (*effects, ratio)
