"""Retention: the share still employed at the horizon, its ratio, and the months retained."""

from dataclasses import replace
from functools import partial

import numpy as np

from mentorstudy.estimating.difference import EVER, TOOK_PART, TOOK_PART_OR_NOT_OFFERED
from mentorstudy.estimating.method import Settings, covariates, estimate_of, uptake_is_known
from mentorstudy.estimating.rows import Bools, Floats, clusters_of, counted
from mentorstudy.estimating.weighted import Weighing, weighing
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import ARMS, CurvePoint
from mentorstudy.numerics.instrument import complier_effect
from mentorstudy.numerics.intervals import wald
from mentorstudy.numerics.proportions import newcombe
from mentorstudy.numerics.standardise import standardised_difference
from mentorstudy.numerics.survival import (
    kaplan_meier,
    pseudo_values,
    survival_at,
    survival_influence,
    weighted_retention,
)
from mentorstudy.numerics.weighting import effective_sample_size


def followed(sample: Sample) -> tuple[Floats, Bools]:
    """Months employed of each person since time zero, and whether they ended by leaving."""
    return sample.spells["months"].to_numpy(dtype=float), sample.spells["left"].to_numpy(dtype=bool)


def kept(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """Kaplan-Meier in each group as it stands: difference, ratio and months retained at the horizon."""
    return _contrasts(sample, settings, "difference", sample.mentored.to_numpy())


def kept_weighted(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """Kaplan-Meier in each group weighed to look like everybody; errors allow for the estimated weights."""
    return _contrasts(sample, settings, "weighted", sample.mentored.to_numpy(), weighing(sample, settings))


def kept_modelled(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """The outcome model: Kaplan-Meier pseudo-observations regressed on group and covariates, standardised."""
    if not settings.adjust_for:
        return ()
    mentored = sample.mentored.to_numpy()
    known = covariates(sample, settings.adjust_for, missing=settings.missing)
    whole = ~np.isnan(known.matrix).any(axis=1)
    clusters = clusters_of(sample, settings.cluster)
    found = standardised_difference(
        y=_pseudo(sample, settings, mentored)[whole],
        treated=mentored[whole],
        covariates=known.matrix[whole],
        everybody=known.matrix[whole],
        clusters=None if clusters is None else clusters[whole],
    )
    return (
        estimate_of(
            settings,
            method="outcome model",
            contrast="risk_difference",
            unit="share",
            value=found.value,
            std_error=found.std_error,
            df=found.df,
            counts=counted(mentored[whole]),
            levels=(found.mean_treated, found.mean_comparison),
        ),
    )


def kept_naive(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """The figures people print: ever matched against never, or took part against did not."""
    ever, settings = sample.people["ever"].to_numpy(), replace(settings, cluster=None)
    if "took_part" not in sample.people:
        return _contrasts(sample, settings, EVER, ever)[:1]
    if not uptake_is_known(sample):
        return ()
    offered = sample.mentored.to_numpy()
    return (
        *_contrasts(sample, settings, TOOK_PART, ever, among=offered)[:1],
        *_contrasts(sample, settings, TOOK_PART_OR_NOT_OFFERED, ever)[:1],
    )


def kept_complier(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """The effect of taking part by the draw as instrument, on Kaplan-Meier pseudo-observations."""
    if not uptake_is_known(sample):
        return ()
    offered = sample.mentored.to_numpy()
    taken = sample.people["ever"].to_numpy(dtype=float)
    if taken[offered].mean() == taken[~offered].mean():  # the offer moved nobody
        return ()
    found = complier_effect(
        y=_pseudo(sample, settings, offered),
        taken=taken,
        assigned=offered,
        clusters=clusters_of(sample, settings.cluster),
    )
    return (
        estimate_of(
            settings,
            method="complier",
            contrast="risk_difference",
            unit="share",
            value=found.value,
            std_error=found.std_error,
            df=found.df,
            counts=counted(offered),
        ),
    )


def curve(sample: Sample, settings: Settings, *, weighted: bool) -> tuple[CurvePoint, ...]:
    """The share of each group still employed, month by month to the horizon, as the primary estimate sees it."""
    months, left = followed(sample)
    mentored = sample.mentored.to_numpy()
    seen = weighing(sample, settings) if weighted else None
    weights = np.ones(len(months)) if seen is None else np.where(seen.whole, np.nan, 0.0)
    if seen is not None:
        weights[seen.whole] = seen.weights
    points = []
    for arm in ARMS:
        group = (mentored == (arm == "mentored")) & (weights > 0)
        time, event, weight = months[group], left[group], weights[group]
        staying = kaplan_meier(time=time, event=event, weights=weight)
        influence = partial(survival_influence, time=time, event=event, weights=weight)
        for at in range(int(_horizon(settings)) + 1):
            share = survival_at(staying, at)
            error = float(np.sqrt(np.sum(influence(at=at) ** 2))) if at else 0.0
            low, high, _ = wald(value=share, std_error=error, df=np.inf, level=settings.level)
            points.append(
                CurvePoint(
                    arm=arm,
                    at=float(at),
                    share=float(share),
                    low=max(0.0, low),
                    high=min(1.0, high),
                    at_risk=int((time >= at).sum()),
                )
            )
    return tuple(points)


def _contrasts(
    sample: Sample,
    settings: Settings,
    method: str,
    mentored: Bools,
    seen: Weighing | None = None,
    *,
    among: Bools | None = None,
) -> tuple[Estimate, ...]:
    months, left = followed(sample)
    chosen = seen.whole if seen is not None else among if among is not None else np.ones(len(months), dtype=bool)
    mentored, clusters = mentored[chosen], clusters_of(sample, settings.cluster)
    found = weighted_retention(
        time=months[chosen],
        event=left[chosen],
        treated=mentored,
        horizon=_horizon(settings),
        weights=None if seen is None else seen.weights,
        fit=None if seen is None else seen.fit,
        design=None if seen is None else seen.design,
        clusters=None if clusters is None else clusters[chosen],
    )
    levels = (found.kept_treated, found.kept_comparison)
    alone = seen is None and clusters is None
    plain = _kept_interval(months[chosen], left[chosen], mentored, settings) if alone else None
    made = partial(
        estimate_of, settings, method=method, counts=counted(mentored), df=min(found.df, _fewest(mentored, seen))
    )
    share = made(
        contrast="risk_difference",
        unit="share",
        value=found.difference,
        std_error=found.difference_error,
        levels=levels,
        interval=plain,
    )
    months_retained = made(
        contrast="months_retained", unit="months", value=found.months, std_error=found.months_error
    )
    if min(levels) <= 0:
        return share, months_retained
    ratio = made(
        contrast="risk_ratio",
        unit="ratio",
        value=float(np.exp(found.log_ratio)),
        std_error=found.log_ratio_error,
        levels=levels,
    )
    return share, ratio, months_retained


def _kept_interval(months: Floats, left: Bools, mentored: Bools, settings: Settings) -> tuple[float, float] | None:
    """Newcombe's interval where everybody was followed to the horizon or left: then the curve is a plain share."""
    horizon = _horizon(settings)
    if (~left & (months < horizon)).any():
        return None
    kept = ~(left & (months <= horizon))
    counts = [(int(kept[group].sum()), int(group.sum())) for group in (mentored, ~mentored)]
    low, high = newcombe(*counts[0], *counts[1], level=settings.level)
    return float(low), float(high)


def _fewest(mentored: Bools, seen: Weighing | None) -> float:
    """Degrees of freedom that the smaller group allows: its people, or what they are worth once weighted, less one."""
    weights = np.ones(len(mentored)) if seen is None else seen.weights
    return max(1.0, min(effective_sample_size(weights[group]) for group in (mentored, ~mentored)) - 1)


def _pseudo(sample: Sample, settings: Settings, mentored: Bools) -> Floats:
    months, left = followed(sample)
    return pseudo_values(time=months, event=left, treated=mentored, at=_horizon(settings))


def _horizon(settings: Settings) -> float:
    return float(settings.outcome.horizon_months or 0.0)
