"""Weigh: each finding graded by the plan's own rule, worded, and stripped of small groups."""

import math
import platform
from importlib import metadata

import pandas as pd

from mentorstudy.nouns.cohort import Cohort, Sample
from mentorstudy.nouns.estimate import Check, Estimate
from mentorstudy.nouns.evidence import (
    Attrition,
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
from mentorstudy.nouns.overclaim import Tier
from mentorstudy.nouns.results import Checks, Estimated, Estimates, OutcomeBalance
from mentorstudy.nouns.study import Study
from mentorstudy.weighing.disclose import disclose
from mentorstudy.weighing.rate import Equivalence, Facts, rate
from mentorstudy.weighing.sentence import Said, closer, sentence, state_of

PACKAGES = ("numpy", "pandas", "scipy", "statsmodels")
ALIKE, ADJUSTABLE = 0.05, 0.25
NOT_KNOWN = "not known"  # how a flag for missing values is called after its covariate


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
        words=Words(
            programme=plan.words.programme,
            people=plan.words.people,
            treated=plan.words.treated,
            comparison=plan.words.comparison if study.compares else "",
            arms={arm: study.group(arm) for arm in study.arms},
            samples={sample.name: sample.called for sample in study.samples if sample.called},
        ),
        flow=cohort.flow.steps,
        measures=checks.measures,
        findings=tuple(
            _finding(
                study, cohort.sample(outcome.sample).between(arm), outcome, estimates.of(outcome.name, arm), checks
            )
            for outcome in study.outcomes
            for arm in study.arms
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
                    merged=ledger.merged,
                    read_as=ledger.read_as,
                )
                for ledger in cohort.ledgers
            ),
            seed=None,
            package=metadata.version("mentorstudy"),
            python=platform.python_version(),
            packages={name: metadata.version(name) for name in PACKAGES},
        ),
        thresholds=plan.thresholds.model_dump(),
        contact=checks.contact,
        wordings=cohort.wordings,
        waves=_months(cohort),
    )
    return disclose(evidence, min_group=plan.thresholds.min_group, private=plan.thresholds.counts == "private")


def _months(cohort: Cohort) -> dict[str, float]:
    """Months since the start of each wave: the median over the people seen at it."""
    tables = [sample.waves[["wave", "months"]].dropna() for sample in cohort.samples if "months" in sample.waves]
    if not tables:
        return {}
    middle = pd.concat(tables).groupby("wave", observed=True)["months"].median()
    return {str(wave): float(months) for wave, months in middle.items()}


def _finding(study: Study, sample: Sample, outcome: Outcome, found: Estimated, checks: Checks) -> Finding:
    words, of_outcome = study.plan.words, checks.of(outcome.name, found.arm)
    group, programme = study.group(found.arm, outcome.sample), study.programme(found.arm)
    tier, reasons = rate(_facts(study, sample, outcome, found, checks))
    state = state_of(found.primary, outcome.smallest_effect or 0.0)
    left_out = checks.left_out.get((outcome.name, found.arm), ())
    reasons += tuple(f"{_in_words(study, name)} was left out, as {why}" for name, why in left_out)
    scale = study.scales.get(outcome.scale)
    said = Said(
        outcome=outcome,
        group=group,
        comparison=words.comparison,
        tier=tier,
        state=state,
        primary=found.primary,
        good=scale.good if scale else 2 * outcome.good - 1,
        span=(1, scale.highest) if scale and scale.score == "mean" else None,
        closer=closer(
            tier,
            programme,
            because=_because(
                study, tier, reasons, checks.baseline_of(outcome.name, found.arm), weighted=found.weighted
            ),
            compares=study.compares,
            lost=_lost(checks.attrition[outcome.name, found.arm]),
        ),
        problem=found.problem,
        linked=next(sample.linked for sample in study.samples if sample.name == outcome.sample),
        around=found.others,
        lost=_lost(checks.attrition[outcome.name, found.arm]),
    )
    return Finding(
        outcome=outcome.name,
        arm=found.arm,
        label=outcome.label,
        kind=outcome.kind,
        role=outcome.role,
        sample=outcome.sample,
        unit=_unit(outcome),
        smallest_effect=outcome.smallest_effect,
        estimand=_estimand(study, outcome, group),
        primary=found.primary,
        others=found.others,
        checks=of_outcome,
        curve=found.curve,
        attrition=checks.attrition[outcome.name, found.arm],
        tier=tier,
        reasons=reasons,
        state=state,
        sentence=sentence(said),
        people_needed=_people_needed(
            found.primary, outcome.smallest_effect, lost=_lost(checks.attrition[outcome.name, found.arm])
        ),
        time_unit=outcome.by_when[1],
    )


def _lost(rows: tuple[Attrition, ...]) -> float:
    """The share of those who began that was not seen at the last wave."""
    last = [row for row in rows if row.wave == rows[-1].wave]
    began = sum(row.began or 0 for row in last)
    return 1 - sum(row.seen or 0 for row in last) / began if began else 0.0


def _unit(outcome: Outcome) -> str:
    if outcome.kind == "metric":
        return "ratio" if outcome.log else outcome.unit
    return "share" if outcome.is_share else "points"


def _estimand(study: Study, outcome: Outcome, group: str) -> Estimand:
    words = study.plan.words
    if not study.compares:
        return Estimand(
            population=group,
            contrast="none: one group is described",
            horizon_months=outcome.horizon_months,
            in_words=f"{outcome.label}: {group}, described.",
        )
    return Estimand(
        population=f"all {words.people} who began in this cohort",
        contrast=f"{group} against {words.comparison}, whatever followed",
        horizon_months=outcome.horizon_months,
        in_words=f"{outcome.label}: {group} against {words.comparison}, whatever followed, "
        f"among all {words.people} who began in this cohort.",
    )


def _facts(study: Study, sample: Sample, outcome: Outcome, found: Estimated, checks: Checks) -> Facts:
    plan = study.plan
    judged = {check.name: check for check in checks.of(outcome.name, found.arm)}
    mentored = int(sample.mentored.sum())
    attrition = _passed(judged.get("attrition"))
    # Where the plan has a comparison, both groups are measured by the same files over the same time.
    return Facts(
        comparison=study.compares,
        randomised=plan.design == "randomised",
        documented=plan.assignment.documented if plan.assignment else True,
        compromised=plan.assignment.compromised if plan.assignment else False,
        units=min(mentored, len(sample.people) - mentored),
        same_measure=True,
        concurrent=True,
        attrition="unknown" if attrition is None else "low" if attrition else "high",
        equivalence=_equivalence(found, checks),
        adjusted=_allowed_for(study, outcome, found, checks),
        measured_before=_measured_before(study, sample, outcome),
        reliable=_passed(judged.get("reliability")) is not False,
        response=_passed(judged.get("response")) is not False,
        deviations=False,
    )


def _allowed_for(study: Study, outcome: Outcome, found: Estimated, checks: Checks) -> bool:
    """Whether the primary estimate allows for every measure on which the groups were not alike."""
    if found.primary is None or found.primary.method not in ("adjusted", "weighted"):
        return False
    unlike = {
        row.covariate.partition(": ")[0].removesuffix(f" {NOT_KNOWN}")
        for row in checks.baseline_of(outcome.name, found.arm)
        if row.difference is not None and abs(row.difference) > ALIKE
    }
    return unlike <= set(study.adjust_for(outcome))


def _passed(check: Check | None) -> bool | None:
    return None if check is None else check.passed


def _equivalence(found: Estimated, checks: Checks) -> Equivalence:
    differences = [row.difference for row in checks.baseline_of(found.outcome, found.arm)]
    if not differences or any(difference is None for difference in differences):
        return "unknown"
    worst = max(abs(difference) for difference in differences if difference is not None)
    return "alike" if worst <= ALIKE else "adjustable" if worst <= ADJUSTABLE else "unlike"


def _measured_before(study: Study, sample: Sample, outcome: Outcome) -> bool:
    """A scale or a metric needs its earlier wave; leaving and events of the records cannot have happened before."""
    if outcome.kind in ("scale", "item", "metric"):
        column, _, wave = outcome.earlier.partition("@")
        return bool(column and sample.at_wave(column, wave).notna().any())
    if outcome.wave and study.plan.waves:
        return bool(sample.at_wave(outcome.column, study.plan.waves.baseline).notna().any())
    return not outcome.wave


def _because(
    study: Study, tier: Tier, reasons: tuple[str, ...], baseline: tuple[OutcomeBalance, ...], *, weighted: bool
) -> str:
    """How the groups compared before; where they were alike and the evidence is limited for another reason, that."""
    differences = [(abs(row.difference), row.covariate) for row in baseline if row.difference is not None]
    if not differences:
        return "Nothing was known of the groups from before"
    within = sum(value <= ADJUSTABLE for value, _ in differences)
    if within < len(differences):
        return f"The groups differed before, most in {_in_words(study, max(differences)[1])}"
    if tier == "Limited":
        return reasons[0][:1].upper() + reasons[0][1:]
    once = ", once weighted" * weighted
    return f"Before, the groups lay close together in {within} of {len(differences)} measures{once}"


def _in_words(study: Study, covariate: str) -> str:
    name, _, wave = covariate.partition("@")
    if wave and name in study.scales:
        return f"{study.scales[name].label} ({wave})"
    return covariate.replace("_", " ")


def _people_needed(primary: Estimate | None, smallest: float | None, *, lost: float) -> int | None:
    """People per group for a range no wider than the smallest effect to either side; None where it is met.

    People to begin with: as many are taken to go missing as here.
    """
    if primary is None or smallest is None or not primary.mentored or not primary.unmentored:
        return None
    low, high = primary.ends
    half = (high - low) / 2
    if half <= smallest:
        return None
    per_group = 2 / (1 / primary.mentored + 1 / primary.unmentored)
    return math.ceil(per_group * (half / smallest) ** 2 / (1 - lost) / 10) * 10
