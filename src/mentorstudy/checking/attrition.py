"""Attrition: who went missing, and whether more of one group than of the other."""

import numpy as np

from mentorstudy.checking.case import Case
from mentorstudy.estimating.rows import Bools, values_of
from mentorstudy.nouns.boundary import boundary
from mentorstudy.nouns.estimate import Check
from mentorstudy.nouns.evidence import ARMS, Attrition
from mentorstudy.nouns.few import FEW

NEAR = 0.003  # closer to the line than this is called borderline, and counts as high


def seen_by_wave(case: Case) -> tuple[Attrition, ...]:
    """How many of each group began, and how many were seen at each wave the outcome uses, the one before first."""
    if case.settings.outcome.lasting or not case.linked:
        return ()
    mentored = case.sample.mentored.to_numpy()
    before = case.settings.outcome.before
    waves = ({before: _seen(case, (before,))} if before else {}) | _afterwards(case)
    return tuple(
        Attrition(
            wave=wave,
            arm=arm,
            began=int((mentored == (arm == "mentored")).sum()),
            seen=int((seen & (mentored == (arm == "mentored"))).sum()),
        )
        for wave, seen in waves.items()
        for arm in ARMS[: 1 + case.study.compares]
    )


def check_attrition(case: Case) -> tuple[Check, ...]:
    """Whether the difference in loss lies under the What Works Clearinghouse boundary at this overall loss.

    The worst wave decides: the one furthest above its line, or nearest below it. Dated records lose nobody:
    whoever left is known to have left.
    """
    if case.settings.outcome.lasting:
        words = "The records tell of everybody whether and when they left, so nobody is missing."
        return (case.verdict("attrition", value=0.0, threshold=0.0, passed=True, in_words=words),)
    mentored, kind = case.sample.mentored.to_numpy(), case.study.plan.thresholds.attrition
    lost = []
    for wave, seen in _afterwards(case).items():
        overall = 1 - float(seen.mean())
        differential = abs(float(seen[mentored].mean()) - float(seen[~mentored].mean()))
        lost.append((differential - boundary(overall, kind), overall, differential, wave))
    _, overall, differential, wave = max(lost)
    line = boundary(overall, kind)
    near = abs(differential - line) < NEAR
    passed = differential <= line and not near
    verdict = "on" if near else "below" if passed else "above"
    both = "".join(
        f" The {other} line would be {boundary(overall, other) * 100:.1f}."
        for other in ("cautious", "optimistic")
        if near and other != kind
    )
    words = (
        f"{f'At wave {wave}, the worst of {len(lost)}, ' * (len(lost) > 1)}"
        f"{overall * 100:.0f} in 100 who began have no answer; the groups differ in this by {differential * 100:.1f} "
        f"in 100, {verdict} the {kind} line of {line * 100:.1f}.{both}"
    )
    if _few_lost(case, wave):
        counts = "low" if passed else "high"
        words = f"Of a group fewer than {FEW}, or all but so few, have no answer; the loss counts as {counts}."
        return (case.verdict("attrition", value=None, threshold=None, passed=passed, in_words=words),)
    return (case.verdict("attrition", value=differential, threshold=line, passed=passed, in_words=words),)


def check_response(case: Case) -> tuple[Check, ...]:
    """Whether at least half of those who began were seen."""
    if case.settings.outcome.lasting or not case.linked:
        return ()
    shares = {wave: float(seen.mean()) for wave, seen in _afterwards(case).items()}
    share, wave = min((share, wave) for wave, share in shares.items())
    at = f" at wave {wave}, the worst of {len(shares)}" if len(shares) > 1 else ""
    words = f"{share * 100:.0f} in 100 of those who began were seen{at}."
    if _few_lost(case, wave):
        words = f"{'At least half' if share >= 0.5 else 'Fewer than half'} of those who began were seen{at}."
        return (case.verdict("response", value=None, threshold=0.5, passed=share >= 0.5, in_words=words),)
    return (case.verdict("response", value=share, threshold=0.5, passed=share >= 0.5, in_words=words),)


def _few_lost(case: Case, wave: str) -> bool:
    """Whether the loss of a group at a wave is too small, or too near to all of it, to tell."""
    mentored, seen = case.sample.mentored.to_numpy(), _afterwards(case)[wave]
    return any(
        case.tells_of_few(int(seen[group].sum()), int(group.sum()))
        for group in (mentored, ~mentored)
        if group.any()
    )


def _afterwards(case: Case) -> dict[str, Bools]:
    """Who was seen at each wave the outcome is read at; in records without waves, who has it."""
    waves = case.settings.waves
    return {wave: _seen(case, (wave,)) for wave in waves} or {case.settings.at: case.seen}


def _seen(case: Case, waves: tuple[str, ...]) -> Bools:
    return np.asarray(~np.isnan(values_of(case.sample, case.settings.outcome, waves)))
