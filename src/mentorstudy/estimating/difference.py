"""Difference: the two groups as they stand, nothing adjusted for."""

from mentorstudy.estimating.method import Settings, effects_of, estimate_of, uptake_is_known
from mentorstudy.estimating.rows import Bools, Rows, seen_rows
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.numerics.difference import difference_in_means
from mentorstudy.numerics.intervals import log_risk_ratio_error

TOOK_PART = "naive: took part against did not, among those offered"
TOOK_PART_OR_NOT_OFFERED = "naive: took part against all others"
EVER = "naive: ever matched against never matched"


def difference(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """Mean of the mentored minus mean of the unmentored, by arm at time zero (HC2; CR2 where rows are alike).

    A share of people comes with the ratio of the shares, a scale with Hedges' g.
    """
    rows = seen_rows(sample, settings.outcome, settings.waves, settings.cluster)
    return _contrasts(rows, sample.mentored.to_numpy()[rows.person], settings, "difference")


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
    # The ratio's error takes people as independent, so under clusters there is none.
    if settings.outcome.kind != "event" or min(means) <= 0 or not exact:
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
