"""Pool: cohorts together, from their evidence alone."""

from collections.abc import Mapping, Sequence

import numpy as np

from mentorstudy.nouns.evidence import CurvePoint, Evidence, Finding
from mentorstudy.nouns.programme import PooledCurve, Programme
from mentorstudy.numerics.survival import interval, kaplan_meier, survival_at

WHOLE = 1e-6  # how near a whole number a count worked back from a curve must come
LEVEL = 0.95


def pool(cohorts: Sequence[Evidence], missing: Mapping[str, str]) -> Programme:
    """The cohorts side by side, and the curve over all their people where each cohort's curve gives its counts.

    Only one group's curves are pooled, as description; effects of several cohorts are not made one here.
    """
    described = [evidence for evidence in cohorts if not evidence.compares]
    curves = [
        curve for finding in (described[0].findings if described else ()) if (curve := _pooled(described, finding))
    ]
    return Programme(cohorts=tuple(cohorts), missing=dict(missing), pooled=tuple(curves))


def _pooled(cohorts: Sequence[Evidence], like: Finding) -> PooledCurve | None:
    """The curve over all cohorts that have one; none where a cohort's counts cannot be worked back from its own."""
    with_curve = [
        (evidence, finding)
        for evidence in cohorts
        for finding in evidence.findings
        if finding.outcome == like.outcome and finding.curve
    ]
    tables = [_lives(finding) for _, finding in with_curve]
    if not tables or any(table is None for table in tables):
        return None
    time, event, people = (np.concatenate(column) for column in zip(*(t for t in tables if t), strict=True))
    kept = kaplan_meier(time=time, event=event, weights=people)
    evidence, finding = with_curve[0]
    falls = finding.curve[-1].share < finding.curve[0].share
    points = []
    for at in range(int(time.max()) + 1):
        share = survival_at(kept, at)
        low, high = (
            interval(kept, at, level=_level(with_curve), kind="log-log") if 0 < share < 1 else (share, share)
        )
        share, low, high = (share, low, high) if falls else (1 - share, 1 - high, 1 - low)
        at_risk = int(people[time >= at].sum())
        points.append(CurvePoint(arm="mentored", at=float(at), share=share, low=low, high=high, at_risk=at_risk))
    return PooledCurve(
        outcome=finding.outcome,
        label=finding.label,
        group=evidence.words.of(finding.arm),
        time_unit=finding.time_unit,
        cohorts=tuple(evidence.cohort.label for evidence, _ in with_curve),
        people=int(people.sum()),
        happened=int(people[event].sum()),
        points=tuple(points),
    )


def _level(found: Sequence[tuple[Evidence, Finding]]) -> float:
    return next((finding.primary.level for _, finding in found if finding.primary), LEVEL)


def _lives(finding: Finding) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Times, whether they ended by happening, and how many people: worked back from shares and numbers followed.

    None where a number is hidden, or where a whole number does not come out, as when people were lost between two
    of the curve's times.
    """
    points = sorted(finding.curve, key=lambda point: point.at)
    if any(point.at_risk is None for point in points):
        return None
    falls = points[-1].share < points[0].share
    kept = [point.share if falls else 1 - point.share for point in points]
    at_risk = [point.at_risk or 0 for point in points]
    time, event, people = [], [], []
    for place, point in enumerate(points):
        happened = at_risk[place] * (1 - kept[place] / kept[place - 1]) if place and kept[place - 1] else 0.0
        if abs(happened - round(happened)) > WHOLE:
            return None
        later = at_risk[place + 1] if place + 1 < len(points) else 0
        for ended, count in ((True, round(happened)), (False, at_risk[place] - round(happened) - later)):
            if count:
                time.append(point.at)
                event.append(ended)
                people.append(count)
    return np.array(time), np.array(event, dtype=bool), np.array(people, dtype=float)
