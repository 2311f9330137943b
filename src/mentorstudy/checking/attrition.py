"""Attrition: who went missing, and whether more of one group than of the other."""

import csv
from functools import cache
from importlib import resources

import numpy as np

from mentorstudy.checking.case import Case
from mentorstudy.nouns.estimate import Check
from mentorstudy.nouns.evidence import ARMS, Attrition

NEAR = 0.003  # closer to the line than this is called borderline, and counts as high


def seen_by_wave(case: Case) -> tuple[Attrition, ...]:
    """How many of each group began, and how many were seen at each wave the outcome uses."""
    outcome = case.settings.outcome
    if outcome.kind == "exit":
        return ()
    mentored = case.sample.mentored.to_numpy()
    waves = {outcome.after or f"month {outcome.horizon_months:g}": case.seen}
    if outcome.kind == "scale":
        before = case.sample.at_wave(outcome.scale, outcome.before).notna().to_numpy()
        waves = {outcome.before: before} | waves
    return tuple(
        Attrition(
            wave=wave,
            arm=arm,
            began=int((mentored == (arm == "mentored")).sum()),
            seen=int((seen & (mentored == (arm == "mentored"))).sum()),
        )
        for wave, seen in waves.items()
        for arm in ARMS
    )


def check_attrition(case: Case) -> tuple[Check, ...]:
    """Whether the difference in loss lies under the What Works Clearinghouse boundary at this overall loss.

    Dated records lose nobody: whoever left is known to have left.
    """
    if case.settings.outcome.kind == "exit":
        words = "The records tell of everybody whether and when they left, so nobody is missing."
        return (case.verdict("attrition", value=0.0, threshold=0.0, passed=True, in_words=words),)
    mentored, seen = case.sample.mentored.to_numpy(), case.seen
    overall = 1 - float(seen.mean())
    differential = abs(float(seen[mentored].mean()) - float(seen[~mentored].mean()))
    kind = case.study.plan.thresholds.attrition
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
        f"{overall * 100:.0f} in 100 who began have no answer; the groups differ in this by {differential * 100:.1f} "
        f"in 100, {verdict} the {kind} line of {line * 100:.1f}.{both}"
    )
    return (case.verdict("attrition", value=differential, threshold=line, passed=passed, in_words=words),)


def check_response(case: Case) -> tuple[Check, ...]:
    """Whether at least half of those who began were seen."""
    if case.settings.outcome.kind == "exit":
        return ()
    share = float(case.seen.mean())
    words = f"{share * 100:.0f} in 100 of those who began were seen."
    return (case.verdict("response", value=share, threshold=0.5, passed=share >= 0.5, in_words=words),)


def boundary(overall: float, kind: str) -> float:
    """The highest difference in loss that counts as low, as a share, at an `overall` share lost.

    Interpolated between whole percents; beyond the table's end every difference is high.
    """
    percents, highest = _table(kind)
    if overall * 100 > percents[-1]:
        return 0.0
    return float(np.interp(overall * 100, percents, highest)) / 100


@cache
def _table(kind: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    text = (resources.files("mentorstudy") / "library" / "boundaries" / "wwc_attrition.csv").read_text()
    rows = [row for row in csv.DictReader(text.splitlines()) if row[kind]]
    return tuple(float(row["overall"]) for row in rows), tuple(float(row[kind]) for row in rows)
