"""What the methods share: the plan's word on an outcome, the covariates, and a number made an Estimate."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from mentorstudy.estimating.rows import Bools, Floats, Rows
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.estimate import Contrast, Estimate
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.study import Study
from mentorstudy.numerics.difference import Difference
from mentorstudy.numerics.instrument import ComplierEffect
from mentorstudy.numerics.intervals import hedges_g, standardised_effect, wald
from mentorstudy.numerics.standardise import StandardisedDifference

RARE = 10  # a category with fewer people joins the other rare ones: a group of one has no scatter to learn from
OTHER = "other"
POOLED = "pooled"
ASKED_ONCE = "asked once"
NOT_KNOWN = "not known"

Effect = Difference | StandardisedDifference | ComplierEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the plan says about one outcome of one arm besides the outcome itself."""

    outcome: Outcome
    arm: str  # the group set against the comparison
    waves: tuple[str, ...]  # that it is read at; none where it stands in the records
    good: int  # +1 where a higher value is better, -1 where a lower one is
    adjust_for: tuple[str, ...]
    missing: str
    level: float
    cluster: str | None

    @property
    def at(self) -> str:
        """The wave or the horizon it speaks of; "pooled" over several waves."""
        if self.waves:
            return self.waves[0] if len(self.waves) == 1 else POOLED
        horizon, unit = self.outcome.by_when
        if self.outcome.time:
            return f"{horizon:g} {unit}"
        return f"month {horizon:g}" if horizon else ASKED_ONCE


Method = Callable[[Sample, Settings], tuple[Estimate, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Covariates:
    """The covariates of everybody, as numbers: a column each, categories by all levels but the first.

    `missing` is the share of people without each covariate before it was filled, `of` the covariate behind each
    column, and `constant` are those with one value.
    """

    names: tuple[str, ...]
    matrix: Floats
    missing: dict[str, float]
    of: tuple[str, ...]
    constant: frozenset[str]


def settings_for(study: Study, outcome: Outcome, arm: str) -> Settings:
    """The plan's word on one outcome of one arm."""
    plan = study.plan
    return Settings(
        outcome=outcome,
        arm=arm,
        waves=outcome.afters,
        good=_good(study, outcome),
        adjust_for=study.adjust_for(outcome),
        missing=plan.missing,
        level=1 - plan.thresholds.alpha,
        cluster=next(iter(plan.clusters), None),
    )


def _good(study: Study, outcome: Outcome) -> int:
    """Which way is better; an event is read so that 1 is."""
    if outcome.kind == "metric":
        return 1 if outcome.good else -1
    return study.scales[outcome.scale].good if outcome.scale else 1


def covariates(sample: Sample, names: tuple[str, ...], *, missing: str) -> Covariates:
    """The covariates `names` of everybody in `sample`, in the people's order.

    "scale@wave" is the score of that wave, any other name a column of the people. A missing number becomes the
    mean and a flag (missing = "indicator"); a missing category is a level of its own. A flag that says the same
    as another is kept once, and none is made for a handful of people, whom it would single out. With
    missing = "complete" nan stays, and whoever has one is left out by the method.
    """
    columns: dict[str, Floats] = {}
    absent: dict[str, float] = {}
    of: list[str] = []
    constant: set[str] = set()
    for name in names:
        values = _column(sample, name)
        absent[name] = float(values.isna().mean())
        if values.nunique() == 1:
            constant.add(name)
        if pd.api.types.is_numeric_dtype(values):
            numbers = values.to_numpy(dtype=float)
            gaps = np.isnan(numbers)
            if missing == "indicator" and gaps.any() and not gaps.all():
                flag = gaps.astype(float)
                said = any(np.array_equal(flag, column) for column in columns.values())
                if gaps.sum() >= RARE and not said:
                    columns[f"{name} {NOT_KNOWN}"] = flag
                numbers = np.where(gaps, numbers[~gaps].mean(), numbers)
            columns[name] = numbers
        else:
            columns |= _levels(name, values, missing)
        of += [name] * (len(columns) - len(of))
    matrix = np.column_stack(list(columns.values())) if columns else np.empty((len(sample.people), 0))
    return Covariates(
        names=tuple(columns), matrix=matrix, missing=absent, of=tuple(of), constant=frozenset(constant)
    )


def _column(sample: Sample, name: str) -> pd.Series:
    column, at, wave = name.partition("@")
    if at and column in sample.waves:
        return sample.at_wave(column, wave)
    if not at and column in sample.people:
        return sample.people[column]
    raise PlanError(
        f"adjust_for: nothing in sample {sample.name} is called {name}. Write a column of the people as it is in the "
        "file, tenure_months, or scale@wave, as in confidence@T0."
    )


def _levels(name: str, values: pd.Series, missing: str) -> dict[str, Floats]:
    words = values.astype(object)
    if missing == "indicator":
        words = words.fillna(NOT_KNOWN)
    words = words.where(words.isna() | words.map(words.value_counts()).ge(RARE), OTHER)
    if (words == OTHER).sum() < RARE:  # too few even together: they go with the commonest
        words = words.where(words != OTHER, words.mode().iloc[0])
    levels = sorted(words.dropna().unique(), key=str)
    codes = pd.Index(levels).get_indexer(pd.Index(words)) if levels else np.full(len(words), -1)
    columns = np.equal.outer(np.arange(len(levels)), codes).astype(float)
    columns[:, codes < 0] = np.nan
    return {f"{name}: {level}": column for level, column in zip(levels[1:], columns[1:], strict=True)}


def estimate_of(
    settings: Settings,
    *,
    method: str,
    contrast: Contrast,
    unit: str,
    value: float,
    std_error: float,
    df: float = np.inf,
    counts: tuple[int, int],
    levels: tuple[float, float] | None = None,
    interval: tuple[float, float] | None = None,
    note: str = "",
) -> Estimate:
    """An Estimate with its interval, made from the error unless an exact one is given.

    A ratio's interval is made on the logarithm, where its `std_error` lives. An error that is not finite is none,
    and so is the interval.
    """
    known = bool(np.isfinite(std_error))
    centre = np.log(value) if contrast in ("risk_ratio", "ratio") else value
    low, high, p_value = wald(value=centre, std_error=std_error, df=df, level=settings.level)
    low, high = interval or (low, high)
    if contrast in ("risk_ratio", "ratio"):
        low, high = float(np.exp(low)), float(np.exp(high))
    return Estimate(
        outcome=settings.outcome.name,
        arm=settings.arm,
        at=settings.at,
        method=method,
        contrast=contrast,
        unit=unit,
        value=float(value),
        std_error=float(std_error) if known else None,
        df=float(df) if np.isfinite(df) else None,
        low=float(low) if known else None,
        high=float(high) if known else None,
        level=settings.level,
        p_value=float(p_value) if known and contrast != "level" else None,
        mentored=counts[0],
        unmentored=counts[1],
        level_mentored=None if levels is None else float(levels[0]),
        level_unmentored=None if levels is None else float(levels[1]),
        note=note,
    )


def effects_of(
    settings: Settings, *, method: str, found: Effect, rows: Rows, mentored: Bools, exact: bool = False
) -> tuple[Estimate, ...]:
    """A difference of means as the outcome's kind is told: people in 100, points, the metric's unit or a ratio.

    `mentored` (r,) marks the rows of the mentored; better is positive, and above one for a ratio.
    """
    counts = rows.people_in(mentored, ~mentored)
    if settings.outcome.kind == "scale":
        a, b = rows.y[mentored], rows.y[~mentored]
        return _scale_contrasts(settings, method=method, found=found, a=a, b=b, exact=exact)
    made = partial(estimate_of, settings, method=method, std_error=found.std_error, df=found.df, counts=counts)
    levels = _levels_of(found)
    contrast, unit = told_in(settings.outcome)
    better = found.value * settings.good
    if contrast == "ratio":
        return (made(contrast=contrast, unit=unit, value=float(np.exp(better))),)
    return (made(contrast=contrast, unit=unit, value=better, levels=levels),)


def told_in(outcome: Outcome) -> tuple[Contrast, str]:
    """The contrast and the unit in which a difference of the outcome's means is told."""
    if outcome.kind == "metric":
        return ("ratio", "ratio") if outcome.log else ("difference", outcome.unit)
    if outcome.kind == "scale" or (outcome.kind == "item" and not outcome.yes):
        return "points", "points"
    return "risk_difference", "share"


def _levels_of(found: Effect) -> tuple[float, float] | None:
    """The two means behind a difference; those whom an offer moved are nobody in particular, so they have none."""
    return None if isinstance(found, ComplierEffect) else (found.mean_treated, found.mean_comparison)


def _scale_contrasts(
    settings: Settings, *, method: str, found: Effect, a: Floats, b: Floats, exact: bool
) -> tuple[Estimate, ...]:
    """A difference of scores in points and in standard deviations of the raw scores `a` and `b`, better positive.

    `exact` takes Hedges' g of the two groups as they stand, with its exact interval; else the difference found
    is set over the pooled standard deviation. Where nobody's score differs within a group there are no such units.
    """
    good, counts = settings.good, (len(a), len(b))
    points = estimate_of(
        settings,
        method=method,
        contrast="points",
        unit="points",
        value=found.value * good,
        std_error=found.std_error,
        df=found.df,
        counts=counts,
        levels=_levels_of(found),
    )
    if np.ptp(a) == np.ptp(b) == 0:
        return (points,)
    standardised = partial(estimate_of, settings, method=method, contrast="standardised", unit="SD", counts=counts)
    if exact:
        g = hedges_g(a * good, b * good, level=settings.level)
        return points, standardised(value=g.value, std_error=g.std_error, interval=(g.low, g.high))
    effect = standardised_effect(difference=found.value * good, std_error=found.std_error, a=a, b=b)
    return points, standardised(value=effect.value, std_error=effect.std_error, df=found.df)


def uptake_is_known(sample: Sample) -> bool:
    """True where the files tell who of those offered took part, and not all of them did."""
    took_part = sample.people["took_part"]
    return bool(took_part.notna().any() and took_part.nunique() > 1)
