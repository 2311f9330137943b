"""Estimate and Check: one number, and its doubt."""

import math
from dataclasses import dataclass
from typing import Literal

Contrast = Literal[
    "risk_difference",
    "risk_ratio",
    "months_retained",
    "points",
    "standardised",
    "difference",
    "ratio",
    "change",
    "level",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One contrast of two groups on one outcome; positive always means better for the people.

    `value`, `std_error`, `low` and `high` are in `unit`: a "share" of people (0.08 = 8 in 100), "months",
    "points" of the scale, "SD", "ratio", or the metric's own unit. For ratios `std_error` is that of the
    logarithm. The interval holds `level` of the doubt from sampling and none of the doubt from bias.
    A "change" is within one group (after minus before, of those seen at both), a "level" its mean or share.
    `level_mentored` and `level_unmentored` are the two levels behind a difference, where there are two. Where an
    error cannot be computed it is None, with the interval, and `note` says why.
    """

    outcome: str
    arm: str  # the group set against the comparison
    at: str  # the wave or the horizon it speaks of; "pooled" over several waves
    method: str  # difference, adjusted, weighted, complier, outcome model, crude, "naive: ...", "published: ..."
    contrast: Contrast
    unit: str
    value: float
    std_error: float | None
    df: float | None  # None: normal quantiles
    low: float | None
    high: float | None
    level: float
    p_value: float | None
    mentored: int | None  # people behind the number; None where the count is hidden
    unmentored: int | None
    level_mentored: float | None = None
    level_unmentored: float | None = None
    note: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends of the interval; not a number where there is none."""
        return (
            math.nan if self.low is None else self.low,
            math.nan if self.high is None else self.high,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One reason to trust an estimate less, judged: `passed` is None where it could not be judged."""

    outcome: str
    arm: str
    name: str
    passed: bool | None
    value: float | None
    threshold: float | None
    in_words: str
