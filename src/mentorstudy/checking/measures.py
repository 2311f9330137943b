"""Measures: how well each scale measured, by group and wave."""

from mentorstudy.checking.case import Case
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Check
from mentorstudy.nouns.evidence import ARMS, Measure
from mentorstudy.nouns.scale import Scale
from mentorstudy.nouns.study import Study
from mentorstudy.numerics.factors import alpha, item_rest, omega_total

MENTORED, UNMENTORED = ARMS
FLOOR = 0.5  # below it a scale measures too little to compare groups by
USUAL = 0.7
CEILING = 0.15


def measures(study: Study, sample: Sample) -> tuple[Measure, ...]:
    """Alpha with its interval, omega and the share at the top, for each scale, wave and group."""
    return tuple(
        _measure(study, sample, study.scales[name], wave, group)
        for name in sample.items
        for wave in sorted(sample.waves["wave"].unique())
        if sample.waves.loc[sample.waves["wave"] == wave, name].notna().any()
        for group in (*(_group(study, arm) for arm in study.arms), *([UNMENTORED] if study.compares else []))
    )


def _group(study: Study, arm: str) -> str:
    return MENTORED if arm == study.arms[0] else arm


def check_reliability(case: Case) -> tuple[Check, ...]:
    """Whether the scale's lowest alpha, over groups and the two waves, is above the floor."""
    outcome = case.settings.outcome
    if outcome.kind != "scale":
        return ()
    found = [
        (measure.alpha, measure.wave, measure.group)
        for measure in case.measures
        if measure.scale == outcome.scale
        and measure.wave in outcome.waves
        and measure.alpha is not None
        and measure.group in (_group(case.study, case.settings.arm), UNMENTORED)
    ]
    if not found:
        words = "Too few people answered every item to say how well the scale measured."
        return (case.verdict("reliability", value=None, threshold=FLOOR, passed=None, in_words=words),)
    lowest, wave, group = min(found)
    who = case.study.plan.words.comparison if group == UNMENTORED else case.group
    words = f"The lowest alpha is {lowest:.2f} ({who}, {wave}); the floor is {FLOOR}, {USUAL} is usual."
    return (case.verdict("reliability", value=lowest, threshold=FLOOR, passed=lowest >= FLOOR, in_words=words),)


def _measure(study: Study, sample: Sample, scale: Scale, wave: str, group: str) -> Measure:
    groups = {arm: _group(study, arm) for arm in study.arms}
    member = sample.people["arm"].astype(str).map(groups).fillna(UNMENTORED)
    rows = (sample.waves["wave"] == wave).to_numpy() & (sample.waves["person"].map(member) == group).to_numpy()
    scores = sample.waves.loc[rows, scale.name].dropna()
    answers = sample.answers.loc[rows, list(sample.items[scale.name])].dropna().to_numpy(dtype=float)
    varied = answers.shape[1] > 1 and bool((answers.std(axis=0) > 0).all())
    enough = len(answers) >= study.plan.thresholds.min_group and varied
    found = alpha(answers, level=1 - study.plan.thresholds.alpha) if enough else None
    top = scale.highest * (len(scale.items) if scale.score == "sum" else 1)
    ceiling = float((scores >= top).mean()) if len(scores) else None
    notes = []
    if found is not None and found.value < USUAL:
        notes.append(f"alpha below {USUAL}")
    if ceiling is not None and ceiling > CEILING:
        notes.append(f"over {CEILING * 100:.0f} in 100 at the top: little room to rise")
    if enough:
        notes += [
            f"{name} runs against its scale: check whether it is worded the other way round"
            for name, value in zip(sample.items[scale.name], item_rest(answers), strict=True)
            if value < 0
        ]
    return Measure(
        scale=scale.name,
        label=scale.label,
        wave=wave,
        group=group,
        n=len(scores),
        items=len(scale.items),
        alpha=None if found is None else float(found.value),
        alpha_low=None if found is None else float(found.low),
        alpha_high=None if found is None else float(found.high),
        omega=float(omega_total(answers)) if enough and len(scale.items) > 2 else None,
        ceiling=ceiling,
        notes=tuple(notes),
    )
