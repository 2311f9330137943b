"""Sensitivity: how strong something nobody measured must be to account for a figure; and for looking at several."""

import numpy as np

from mentorstudy.checking.case import Case
from mentorstudy.estimating.rows import values_of
from mentorstudy.nouns.estimate import Check, Estimate
from mentorstudy.nouns.results import Estimates
from mentorstudy.numerics.multiplicity import holm
from mentorstudy.numerics.sensitivity import (
    e_value,
    ratio_from_difference,
    ratio_from_standardised,
    robustness_value,
)


def check_unmeasured(case: Case) -> tuple[Check, ...]:
    """The E-value and the robustness value of an estimate that no draw by lot stands behind."""
    found = case.estimated.primary
    if found is None or found.std_error is None or case.study.plan.design == "randomised":
        return ()
    ratio, limit = _as_ratio(case, found)
    if not (ratio > 0 and limit > 0 and found.std_error > 0):
        return ()
    whole, part = e_value(ratio, limit)
    strength = (
        f"To account for all of it, something nobody measured would have to go with being in the group, and with the "
        f"outcome, by a ratio of {whole:.2f} each; {part:.2f} each is enough for the range to reach no difference."
        if part > 1
        else f"To account for all of it, something nobody measured would have to go with being in the group, and with "
        f"the outcome, by a ratio of {whole:.2f} each. The range reaches no difference as it is."
    )
    df = found.df or float((found.mentored or 0) + (found.unmentored or 0) - 2)
    t = found.value / found.std_error if found.contrast != "ratio" else np.log(found.value) / found.std_error
    share = robustness_value(t=float(t), df=df)
    edge = robustness_value(t=float(t), df=df, level=found.level)
    robust = (
        f"It would have to explain {100 * share:.1f} in 100 of what is left unexplained of both, or {100 * edge:.1f} "
        "for the range to reach no difference."
    )
    return (
        case.verdict("E-value", value=whole, threshold=None, passed=None, in_words=strength),
        case.verdict("robustness value", value=share, threshold=None, passed=None, in_words=robust),
    )


def check_family(case: Case, estimates: Estimates) -> tuple[Check, ...]:
    """What is left of a small p-value once it is allowed for that several groups were looked at."""
    found = [estimates.of(case.settings.outcome.name, arm).primary for arm in case.study.arms]
    shown = [one for one in found if one is not None and one.p_value is not None]
    if len(shown) < 2 or case.estimated.primary not in shown:
        return ()
    adjusted = float(holm([one.p_value or 0.0 for one in shown])[shown.index(case.estimated.primary)])
    words = (
        f"{len(shown)} groups were set against the comparison; allowing for that (Holm), p is {adjusted:.3f} here."
    )
    return (case.verdict("several groups", value=adjusted, threshold=None, passed=None, in_words=words),)


def _as_ratio(case: Case, found: Estimate) -> tuple[float, float]:
    """The estimate as a risk ratio, and the end of its interval nearer to one."""
    near = found.ends[0] if found.value > (1 if found.contrast == "ratio" else 0) else found.ends[1]
    if found.contrast == "ratio":
        return found.value, near
    if found.unit == "share":
        base = found.level_unmentored or 0.0
        if not 0 < base <= 1:
            return 0.0, 0.0
        ratio, limit = ratio_from_difference([found.value, near], comparison=base)
        return float(ratio), float(limit)
    mentored = case.sample.mentored.to_numpy()
    values = values_of(case.sample, case.settings.outcome, case.settings.waves)
    groups = [values[group & ~np.isnan(values)] for group in (mentored, ~mentored)]
    squares = sum((len(group) - 1) * float(group.var(ddof=1)) for group in groups)
    spread = float(np.sqrt(squares / (sum(map(len, groups)) - 2)))
    if not spread:
        return 0.0, 0.0
    ratio, low, high = ratio_from_standardised(
        difference=found.value / spread, std_error=(found.std_error or 0.0) / spread, level=found.level
    )
    return ratio, low if found.value > 0 else high
