"""Small private cohorts made from random people: real numbers of real estimators, in evidence put together here.

Made: who is in which group, who answered, left or was left out, and the modelled estimates, whose digits are drawn.
Real: differences, shares, Hedges' g, alpha, Kaplan and Meier, and the evidence's own nouns.
"""

import numpy as np

from mentorstudy.nouns.estimate import Check, Estimate
from mentorstudy.nouns.evidence import (
    Attrition,
    CohortFacts,
    Contact,
    CurvePoint,
    Estimand,
    Evidence,
    Finding,
    InputFile,
    Measure,
    Provenance,
    StudyFacts,
    Words,
)
from mentorstudy.nouns.flow import Step
from mentorstudy.numerics.factors import alpha
from mentorstudy.numerics.intervals import hedges_g
from mentorstudy.numerics.survival import kaplan_meier, survival_at

GROUPS = ("mentored", "unmentored")
Rng = np.random.Generator


def cohort(seed: int) -> Evidence:
    """One cohort's evidence, nothing hidden; small counts are frequent in it."""
    rng = np.random.default_rng(seed)
    began = tuple(int(n) for n in rng.integers(11, 60, 2))
    mentored = np.repeat([True, False], began)
    steps, lost = _flow(began, rng)
    answered = {wave: _seen(mentored, rng) for wave in ("T0", "T12")}
    scales = {name: {wave: _one_less(seen, rng) for wave, seen in answered.items()} for name in ("zeal", "calm")}
    findings = [_scale(name, seen, mentored, rng) for name, seen in scales.items()]
    findings += [_event(mentored, answered["T0"], rng), *_exits(mentored, rng)]
    return Evidence(
        study=StudyFacts(name="s", title="S", question="Q?", design="fixed-match", plan_sha256=""),
        cohort=CohortFacts(label="c", intake=None, start=None, snapshot=None),
        words=Words(programme="mentoring", people="staff", treated="mentored", comparison="others"),
        flow=steps,
        measures=tuple(
            _measure(name, wave, group, int((seen & (mentored == (group == "mentored"))).sum()), rng)
            for name, waves in scales.items()
            for wave, seen in waves.items()
            for group in GROUPS
        ),
        findings=tuple(findings),
        balance=(),
        suppressed=(),
        provenance=Provenance(
            inputs=(
                _file("hr.csv", sum(began), lost, rng),
                *(_file(f"survey_{wave}.csv", int(seen.sum()), 0, rng) for wave, seen in answered.items()),
            ),
            seed=None,
            package="",
            python="",
            packages={},
        ),
        thresholds={"min_group": 10, "counts": "private"},
        contact=(_contact(began[0], rng),),
    )


def _few(rng: Rng, most: int) -> int:
    """A count: none, one to four, or any."""
    return int(min(most, rng.choice([0, rng.integers(1, 5), rng.integers(5, 12)])))


def _flow(began: tuple[int, ...], rng: Rng) -> tuple[tuple[Step, ...], int]:
    counts, steps = list(began), []
    for name in ("eligible", "employed", "in the records"):
        steps.append(Step(sample="people", step=name, mentored=counts[0], unmentored=counts[1], why="not so"))
        if name != "in the records":
            counts = [count + _few(rng, 20) for count in counts]
    return tuple(reversed(steps)), sum(counts) - sum(began)


def _seen(mentored: np.ndarray, rng: Rng) -> np.ndarray:
    seen = np.ones(len(mentored), dtype=bool)
    for group in (mentored, ~mentored):
        places = np.flatnonzero(group)
        seen[rng.choice(places, _few(rng, len(places) - 5), replace=False)] = False
    return seen


def _one_less(seen: np.ndarray, rng: Rng) -> np.ndarray:
    seen = seen.copy()
    seen[rng.choice(np.flatnonzero(seen), int(rng.choice([0, 0, 1, 2])), replace=False)] = False
    return seen


def _estimate(
    outcome: str, at: str, method: str, unit: str, value: float, error: float, **rest: object
) -> Estimate:
    contrasts = {"share": "risk_difference", "points": "points", "SD": "standardised", "ratio": "risk_ratio"}
    made = {
        "outcome": outcome,
        "arm": "a",
        "at": at,
        "method": method,
        "contrast": contrasts[unit],
        "unit": unit,
        "value": value,
        "std_error": error,
        "df": None,
        "low": value - 2 * error,
        "high": value + 2 * error,
        "level": 0.95,
        "p_value": 0.04,
    }
    return Estimate(**(made | rest))  # type: ignore[arg-type]


def _finding(name: str, kind: str, estimates: list[Estimate], **rest: object) -> Finding:
    made = {
        "outcome": name,
        "arm": "a",
        "label": name,
        "kind": kind,
        "role": "primary",
        "sample": "people",
        "unit": estimates[0].unit,
        "smallest_effect": 0.1,
        "estimand": Estimand(population="", contrast="", horizon_months=None, in_words=""),
        "primary": estimates[0],
        "others": tuple(estimates[1:]),
        "checks": (),
        "curve": (),
        "attrition": (),
        "tier": "Limited",
        "reasons": (),
        "state": "unclear",
        "sentence": "",
    }
    return Finding(**(made | rest))  # type: ignore[arg-type]


def _counts(group: np.ndarray) -> dict[str, int]:
    return {"mentored": int(group.sum()), "unmentored": int((~group).sum())}


def _ever(mentored: np.ndarray, rng: Rng) -> np.ndarray:
    """The matched, and some of the others who were matched later."""
    ever = mentored.copy()
    others = np.flatnonzero(~mentored)
    ever[rng.choice(others, min(_few(rng, 20), len(others) - 5), replace=False)] = True
    return ever


def _scale(name: str, seen: dict[str, np.ndarray], mentored: np.ndarray, rng: Rng) -> Finding:
    score = rng.integers(1, 6, (len(mentored), 3)).mean(axis=1)
    here, n = seen["T12"], len(mentored)
    ever = _ever(mentored, rng)
    y, group = score[here], mentored[here]
    g = hedges_g(y[group], y[~group], level=0.95)
    adjusted = rng.normal(0, 0.2)
    crude = [
        _estimate(
            name, "T12", method, "points", float(y[one].mean() - y[~one].mean()), 0.2, df=len(y) - 2.5,
            level_mentored=float(y[one].mean()), level_unmentored=float(y[~one].mean()), **_counts(one),
        )
        for method, one in (("difference", group), ("naive: ever matched against never matched", ever[here]))
        if 0 < one.sum() < len(one)
    ]  # fmt: skip
    estimates = [
        _estimate(name, "T12", "adjusted", "points", adjusted, 0.21234, df=len(y) - 4.0, **_counts(group)),
        _estimate(name, "T12", "difference", "SD", g.value, g.std_error, **_counts(group)),
        *crude,
    ]
    rows = tuple(
        Attrition(wave=wave, arm=arm, began=int(of.sum()), seen=int((seen[wave] & of).sum()))  # type: ignore[arg-type]
        for wave in ("T0", "T12")
        for arm, of in zip(GROUPS, (mentored, ~mentored), strict=True)
    )
    apart = abs(float(here[mentored].mean()) - float(here[~mentored].mean()))
    lacking = 1 - float(seen["T0"].mean())
    checks = [
        _check(name, "attrition", apart, "so many have no answer"),
        _check(name, "response", float(here.mean()), "so many were seen"),
    ]
    checks += _missing(name, lacking, n, f"{name}@T0")
    return _finding(name, "scale", estimates, attrition=rows, checks=tuple(checks), people_needed=400)


def _check(outcome: str, name: str, value: float, words: str) -> Check:
    return Check(outcome=outcome, arm="a", name=name, passed=True, value=value, threshold=0.1, in_words=words)


def _missing(outcome: str, share: float, n: int, covariate: str) -> list[Check]:
    """The share without a covariate; the check itself tells none of few people."""
    count = round(share * n)
    words = f"{covariate} is not known of so many"
    return [] if 0 < min(count, n - count) < 5 else [_check(outcome, "missing covariates", share, words)]


def _shares(name: str, at: str, method: str, y: np.ndarray, group: np.ndarray) -> list[Estimate]:
    if group.all() or not group.any():
        return []
    a, b = float(y[group].mean()), float(y[~group].mean())
    levels = {"level_mentored": a, "level_unmentored": b, **_counts(group)}
    found = [_estimate(name, at, method, "share", a - b, 0.05, **levels)]
    return found + ([_estimate(name, at, method, "ratio", a / b, 0.1, **levels)] if b else [])


def _event(mentored: np.ndarray, before: np.ndarray, rng: Rng) -> Finding:
    seen = _seen(mentored, rng) if rng.random() < 0.5 else np.ones(len(mentored), dtype=bool)
    y = (rng.random(len(mentored)) < rng.choice([0.1, 0.3, 0.5])).astype(float)[seen]
    group, ever = mentored[seen], _ever(mentored, rng)[seen]
    estimates = [
        *_shares("risen", "month 12", "difference", y, group),
        *_shares("risen", "month 12", "naive: ever matched against never matched", y, ever)[:1],
    ]
    rows = tuple(
        Attrition(wave="month 12", arm=arm, began=int(of.sum()), seen=int((seen & of).sum()))  # type: ignore[arg-type]
        for arm, of in zip(GROUPS, (mentored, ~mentored), strict=True)
    )
    lacking = _missing("risen", 1 - float(before.mean()), len(before), "the first survey")
    response = _check("risen", "response", float(seen.mean()), "so many were seen")
    return _finding("risen", "event", estimates, attrition=rows, checks=(response, *lacking))


def _exits(mentored: np.ndarray, rng: Rng) -> list[Finding]:
    """Staying over 12 and over 6 months of the same people, the first weighted, with few ended otherwise."""
    n = len(mentored)
    leaves = rng.random(n) < rng.choice([0.1, 0.3, 0.5])
    time = np.where(leaves, rng.uniform(0.1, 11.9, n), 14.0)
    ends = np.flatnonzero(~leaves)
    cut = rng.choice(ends, min(len(ends), _few(rng, 20)), replace=False)
    time[cut] = rng.uniform(0.1, 11.9, len(cut))
    whole = np.ones(n, dtype=bool)
    whole[rng.choice(n, _few(rng, n // 4), replace=False)] = rng.random() < 0.5
    return [
        _staying(f"staying {horizon}", horizon, time, leaves, mentored, whole if horizon == 12 else whole | True)
        for horizon in (12, 6)
    ]


def _staying(
    name: str, horizon: int, time: np.ndarray, leaves: np.ndarray, mentored: np.ndarray, whole: np.ndarray
) -> Finding:
    curves = {
        arm: kaplan_meier(time=time[of], event=leaves[of])
        for arm, of in zip(GROUPS, (mentored, ~mentored), strict=True)
    }
    at = f"month {horizon}"
    a, b = (survival_at(curves[arm], horizon) for arm in GROUPS)
    crude = _estimate(
        name, at, "difference", "share", a - b, 0.0512, level_mentored=a, level_unmentored=b, **_counts(mentored)
    )
    weighted = _estimate(
        name, at, "weighted", "share", 0.9 * (a - b), 0.0523, level_mentored=a, level_unmentored=a - 0.9 * (a - b),
        **_counts(mentored[whole]),
    )  # fmt: skip
    points = tuple(
        CurvePoint(
            arm=arm,  # type: ignore[arg-type]
            at=float(month),
            share=survival_at(curves[arm], month),
            low=0.0,
            high=1.0,
            at_risk=int((time[of] >= month).sum()),
        )
        for arm, of in zip(GROUPS, (mentored, ~mentored), strict=True)
        for month in range(horizon + 1)
    )
    return _finding(name, "exit", [weighted, crude], curve=points)


def _measure(scale: str, wave: str, group: str, n: int, rng: Rng) -> Measure:
    whole = max(n - _few(rng, 20), 3)  # who answered every item
    found = alpha(rng.normal(size=(whole, 1)) + rng.normal(size=(whole, 3)), level=0.95)
    ceiling = rng.integers(0, min(n, 12) + 1) / n if n else None
    return Measure(
        scale=scale, label=scale, wave=wave, group=group, n=n, items=3, alpha=found.value, alpha_low=found.low,
        alpha_high=found.high, omega=None, ceiling=ceiling,
    )  # fmt: skip


def _file(name: str, kept: int, left_out: int, rng: Rng) -> InputFile:
    dropped: dict[str, int | None] = {}
    for reason in ("spam", "test")[: 0 if name == "hr.csv" else 2]:
        dropped |= {reason: count} if (count := _few(rng, 20)) else {}
    dropped |= {"of people who are not studied": left_out} if left_out else {}
    rows = kept + sum(count or 0 for count in dropped.values())
    return InputFile(file=f"c/{name}", sha256="", rows=rows, kept=kept, dropped=dropped)


def _contact(began: int, rng: Rng) -> Contact:
    asked = began - _few(rng, began - 5)
    met = int(rng.integers(0, asked + 1))
    return Contact(sample="people", arm="a", wave="T12", asked=asked, share=met / asked, low=0.0, high=1.0)
