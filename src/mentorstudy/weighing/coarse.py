"""Coarse: figures with no more digits than a reader sees, so that nobody works the people behind them out."""

import math
from dataclasses import replace

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import Balance, Finding


def as_printed(finding: Finding) -> Finding:
    """The finding with every figure as finely as it is printed."""
    return replace(
        finding,
        primary=finding.primary and _rounded(finding.primary),
        others=tuple(map(_rounded, finding.others)),
        curve=tuple(
            replace(p, share=round(p.share, 3), low=round(p.low, 3), high=round(p.high, 3)) for p in finding.curve
        ),
        checks=tuple(
            replace(check, value=None if check.value is None else round(check.value, 2)) for check in finding.checks
        ),
    )


def _rounded(found: Estimate) -> Estimate:
    """The figures hardly finer than they are printed: more digits would give the counts behind them back.

    Where the number of people is hidden: a difference of shares to one in a hundred, its levels to one in twenty, as a
    finer share of so few would tell of how many they are; anything else to three digits instead of four.
    """
    hidden = found.mentored is None

    def coarse(value: float | None) -> float | None:
        if value is None or not math.isfinite(value):
            return value
        if found.unit == "share":
            return round(value, 2 if hidden else 4)
        return float(f"{value:.3g}" if hidden else f"{value:.4g}")

    def level(value: float | None) -> float | None:
        return round(20 * value) / 20 if value is not None and hidden and found.unit == "share" else coarse(value)

    value = coarse(found.value)
    assert value is not None
    return replace(
        found,
        value=value,
        std_error=None if found.std_error is None else float(f"{found.std_error:.2g}"),
        df=None if found.df is None else float(f"{found.df:.1g}"),
        low=coarse(found.low),
        high=coarse(found.high),
        p_value=None if found.p_value is None else round(found.p_value, 3),
        level_mentored=level(found.level_mentored),
        level_unmentored=level(found.level_unmentored),
    )


def coarse_balance(row: Balance) -> Balance:
    """To two decimals, as printed: all of them would give the people of a category back."""
    return replace(
        row,
        before=None if row.before is None else round(row.before, 2),
        after=None if row.after is None else round(row.after, 2),
    )
