"""Weigh: each finding graded by the plan's own rule, worded, and stripped of small groups."""

import math
import platform
from importlib import metadata

from mentorstudy.nouns.cohort import Cohort, Sample
from mentorstudy.nouns.estimate import Check, Estimate
from mentorstudy.nouns.evidence import (
    CohortFacts,
    Estimand,
    Evidence,
    Finding,
    InputFile,
    Provenance,
    StudyFacts,
    Words,
)
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.results import Checks, Estimated, Estimates
from mentorstudy.nouns.study import Study
from mentorstudy.weighing.disclose import disclose
from mentorstudy.weighing.rate import Equivalence, Facts, rate
from mentorstudy.weighing.sentence import Said, closer, sentence, state_of

PACKAGES = ("numpy", "pandas", "scipy", "statsmodels")
ALIKE, ADJUSTABLE = 0.05, 0.25


def weigh(study: Study, cohort: Cohort, estimates: Estimates, checks: Checks) -> Evidence:
    """What this cohort taught: findings with tier, state and sentence; from here on there are no people."""
    plan, facts = study.plan, cohort.facts
    evidence = Evidence(
        study=StudyFacts(
            name=plan.name,
            title=plan.title,
            question=" ".join(plan.question.split()),
            design=plan.design,
            plan_sha256=study.plan_sha256,
        ),
        cohort=CohortFacts(
            label=cohort.label,
            intake=facts.intake and (facts.intake[0].isoformat(), facts.intake[1].isoformat()),
            start=facts.start.isoformat() if facts.start else None,
            snapshot=facts.snapshot.isoformat() if facts.snapshot else None,
        ),
        words=Words(**plan.words.model_dump()),
        flow=cohort.flow.steps,
        measures=checks.measures,
        findings=tuple(
            _finding(study, cohort.sample(outcome.sample), outcome, estimates.of(outcome.name), checks)
            for outcome in study.outcomes
        ),
        balance=checks.balance,
        suppressed=(),
        provenance=Provenance(
            inputs=tuple(
                InputFile(
                    file=ledger.file,
                    sha256=ledger.sha256,
                    rows=ledger.rows,
                    kept=ledger.kept,
                    dropped=dict(ledger.dropped),
                )
                for ledger in cohort.ledgers
            ),
            seed=None,
            package=metadata.version("mentorstudy"),
            python=platform.python_version(),
            packages={name: metadata.version(name) for name in PACKAGES},
        ),
        thresholds=plan.thresholds.model_dump(),
    )
    return disclose(evidence, min_group=plan.thresholds.min_group, private=plan.thresholds.counts == "private")


def _finding(study: Study, sample: Sample, outcome: Outcome, found: Estimated, checks: Checks) -> Finding:
    words, of_outcome = study.plan.words, checks.of(outcome.name)
    tier, reasons = rate(_facts(study, sample, outcome, found, checks))
    state = state_of(found.primary, outcome.smallest_effect)
    scale = study.scales.get(outcome.scale)
    said = Said(
        outcome=outcome,
        words=words,
        tier=tier,
        state=state,
        primary=found.primary,
        good=scale.good if scale else 1,
        span=(1, scale.highest) if scale and scale.score == "mean" else None,
        closer=closer(tier, words, alike=_alike(study, outcome, checks, weighted=found.weighted)),
        problem=found.problem,
    )
    return Finding(
        outcome=outcome.name,
        label=outcome.label,
        kind=outcome.kind,
        role=outcome.role,
        sample=outcome.sample,
        unit="points" if outcome.kind == "scale" else "share",
        smallest_effect=outcome.smallest_effect,
        estimand=Estimand(
            population=f"all {words.people} who began in this cohort",
            contrast=f"{words.treated} against {words.comparison}, whatever followed",
            horizon_months=outcome.horizon_months,
            in_words=f"{outcome.label}: {words.treated} against {words.comparison}, whatever followed, "
            f"among all {words.people} who began in this cohort.",
        ),
        primary=found.primary,
        others=found.others,
        checks=of_outcome,
        curve=found.curve,
        attrition=checks.attrition[outcome.name],
        tier=tier,
        reasons=reasons,
        state=state,
        sentence=sentence(said),
        people_needed=_people_needed(found.primary, outcome.smallest_effect),
    )


def _facts(study: Study, sample: Sample, outcome: Outcome, found: Estimated, checks: Checks) -> Facts:
    plan = study.plan
    judged = {check.name: check for check in checks.of(outcome.name)}
    mentored = int(sample.mentored.sum())
    attrition = _passed(judged.get("attrition"))
    # Both designs the plan can name have a comparison, measured by the same files over the same time.
    return Facts(
        comparison=True,
        randomised=plan.design == "randomised",
        documented=plan.assignment.documented if plan.assignment else True,
        compromised=plan.assignment.compromised if plan.assignment else False,
        units=min(mentored, len(sample.people) - mentored),
        same_measure=True,
        concurrent=True,
        attrition="unknown" if attrition is None else "low" if attrition else "high",
        equivalence=_equivalence(outcome, checks),
        adjusted=found.primary is not None and found.primary.method in ("adjusted", "weighted"),
        measured_before=_measured_before(study, sample, outcome),
        reliable=_passed(judged.get("reliability")) is not False,
        response=_passed(judged.get("response")) is not False,
        deviations=False,
    )


def _passed(check: Check | None) -> bool | None:
    return None if check is None else check.passed


def _equivalence(outcome: Outcome, checks: Checks) -> Equivalence:
    differences = [row.difference for row in checks.baseline if row.outcome == outcome.name]
    if not differences or any(difference is None for difference in differences):
        return "unknown"
    worst = max(abs(difference) for difference in differences if difference is not None)
    return "alike" if worst <= ALIKE else "adjustable" if worst <= ADJUSTABLE else "unlike"


def _measured_before(study: Study, sample: Sample, outcome: Outcome) -> bool:
    """A scale needs its earlier wave; leaving and events of the records cannot have happened before."""
    if outcome.kind == "scale":
        return bool(sample.at_wave(outcome.scale, outcome.before).notna().any())
    if outcome.wave and study.plan.waves:
        return bool(sample.at_wave(outcome.column, study.plan.waves.baseline).notna().any())
    return not outcome.wave


def _alike(study: Study, outcome: Outcome, checks: Checks, *, weighted: bool) -> str:
    found = [
        (abs(row.difference), row.covariate)
        for row in checks.baseline
        if row.outcome == outcome.name and row.difference is not None
    ]
    if not found:
        return "Nothing was known of the groups from before"
    covariate = max(found)[1]
    within = sum(value <= ADJUSTABLE for value, _ in found)
    if within == len(found):
        return f"The groups were alike before in {within} of {len(found)} measures{', once weighted' * weighted}"
    return f"The groups differed before, most in {_in_words(study, covariate)}"


def _in_words(study: Study, covariate: str) -> str:
    name, _, wave = covariate.partition("@")
    if wave and name in study.scales:
        return f"{study.scales[name].label} ({wave})"
    return covariate.replace("_", " ")


def _people_needed(primary: Estimate | None, smallest: float) -> int | None:
    """People per group for a range no wider than the smallest effect to either side; None where it is met."""
    if primary is None or primary.mentored is None or primary.unmentored is None:
        return None
    half = (primary.high - primary.low) / 2
    if half <= smallest:
        return None
    per_group = 2 / (1 / primary.mentored + 1 / primary.unmentored)
    return math.ceil(per_group * (half / smallest) ** 2 / 10) * 10
