"""Described: one group alone, how it stood and how it changed; nothing is set beside it."""

from dataclasses import replace
from typing import Literal

import numpy as np

from mentorstudy.estimating.method import Settings, estimate_of, told_in
from mentorstudy.estimating.rows import Bools, Floats, panel_of
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import CurvePoint
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.numerics.proportions import clopper_pearson, share_interval
from mentorstudy.numerics.survival import interval, kaplan_meier, survival_at

DESCRIPTION = "description"
FEWEST = 2
TOO_FEW = "too few people were seen."
NOT_FOLLOWED = "nobody was followed for any time."


def described(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """The change from the wave before to each later one, and the levels; or the level alone, where asked once.

    A change is the mean of each person's own, of those seen at both, with Student's interval; a share comes with
    an interval that holds at few (Wilson; Clopper and Pearson where fewer than five stand on a side).
    """
    outcome = settings.outcome
    after = panel_of(sample, outcome, settings.waves)
    if not outcome.before:
        seen = [(wave, after[:, place]) for place, wave in enumerate(settings.waves or ("",))]
        return tuple(_level(values, settings, wave) for wave, values in seen if (~np.isnan(values)).sum() >= FEWEST)
    before = panel_of(sample, outcome, (outcome.before,))[:, 0]
    found = []
    for place, wave in reversed(list(enumerate(settings.waves))):  # the last wave comes first
        both = ~np.isnan(before) & ~np.isnan(after[:, place])
        if both.sum() >= FEWEST:
            found += [
                _mean((after[:, place] - before)[both], replace(settings, waves=(wave,)), "change"),
                _level(after[both, place], settings, wave),
                _level(before[both], settings, outcome.before),
            ]
    return tuple(found)


def lasted(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """The share to whom it happened by each whole time for which anybody was followed.

    Kaplan and Meier's, with the interval on the log-minus-log scale; the horizon comes first, or the last time where
    nobody was followed that far.
    """
    outcome = settings.outcome
    points = list(happening(sample, settings)[1:])
    horizon = outcome.by_when[0] or 0.0
    points.sort(key=lambda point: (point.at > horizon, -point.at))
    return tuple(
        replace(
            estimate_of(
                settings,
                method=DESCRIPTION,
                contrast="level",
                unit="share",
                value=point.share,
                std_error=0.0,
                counts=(len(sample.people), 0),
                interval=(point.low, point.high),
            ),
            at=f"{point.at:g} {outcome.by_when[1].removesuffix('s') if point.at == 1 else outcome.by_when[1]}",
            std_error=None,
            p_value=None,
        )
        for point in points
    )


def happening(sample: Sample, settings: Settings) -> tuple[CurvePoint, ...]:
    """The share to whom it happened, or who are still there, at each whole time for which anybody was followed."""
    outcome = settings.outcome
    time, happened = times_of(sample, outcome)
    if not len(time):
        return ()
    kept = kaplan_meier(time=time, event=happened)
    told_kept = outcome.kind == "exit" or not outcome.good
    points = []
    for at in range(int(time.max()) + 1):
        at_risk, share = int((time >= at).sum()), survival_at(kept, at)
        # Where it happened to nobody or to all, the curve has no error of its own.
        low, high = (
            interval(kept, at, level=settings.level, kind="log-log")
            if 0 < share < 1
            else map(float, clopper_pearson(round(share * at_risk), max(at_risk, 1), level=settings.level))
        )
        low, high = (low, high) if at else (share, share)  # at the start there is nothing to doubt
        share, low, high = (share, low, high) if told_kept else (1 - share, 1 - high, 1 - low)
        points.append(CurvePoint(arm="mentored", at=float(at), share=share, low=low, high=high, at_risk=at_risk))
    return tuple(points)


def times_of(sample: Sample, outcome: Outcome) -> tuple[Floats, Bools]:
    """How long each person was followed, and whether it ended by what the outcome tells of."""
    table = sample.spells if outcome.kind == "exit" else sample.people
    time, happened = ("months", "left") if outcome.kind == "exit" else (outcome.time, outcome.happened)
    known = table[[time, happened]].dropna()
    return known[time].to_numpy(dtype=float), known[happened].to_numpy(dtype=bool)


def problem_alone(sample: Sample, settings: Settings) -> str:
    """Why there can be no number of one group; "" where there can be."""
    if len(sample.people) == 0:
        return "this cohort has no file of these answers."
    if settings.outcome.lasting:
        return "" if np.max(times_of(sample, settings.outcome)[0], initial=0.0) > 0 else NOT_FOLLOWED
    return "" if described(sample, settings) else TOO_FEW


def _level(values: Floats, settings: Settings, wave: str) -> Estimate:
    seen = values[~np.isnan(values)]
    return _mean(seen, replace(settings, waves=(wave,) if wave else ()), "level")


def _mean(values: Floats, settings: Settings, contrast: Literal["change", "level"]) -> Estimate:
    """The mean with Student's interval; the level of a share with one that holds at few."""
    outcome, n = settings.outcome, len(values)
    is_share = outcome.kind == "event" or bool(outcome.yes)
    share = is_share and contrast == "level"
    error = float(values.std(ddof=1) / np.sqrt(n)) if n >= FEWEST else np.nan
    found = estimate_of(
        settings,
        method="change" if contrast == "change" else DESCRIPTION,
        contrast=contrast,
        unit=told_in(outcome)[1],
        value=float(values.mean()) * (settings.good if contrast == "change" else 1),
        std_error=error,
        df=float(n - 1),
        counts=(n, 0),
        interval=share_interval(int(values.sum()), n, level=settings.level) if share else None,
    )
    if contrast == "change" or outcome.kind != "item" or share:
        return found
    low, high = (float(np.clip(end, values.min(), values.max())) for end in found.ends)  # no mean lies beyond
    return replace(found, low=low, high=high)
