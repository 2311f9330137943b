"""Evidence made up for the report: every tier and state."""

from dataclasses import replace
from typing import Any, get_args

from mentorstudy.nouns.estimate import Check, Contrast, Estimate
from mentorstudy.nouns.evidence import (
    Attrition,
    Balance,
    CohortFacts,
    CurvePoint,
    Estimand,
    Evidence,
    Finding,
    InputFile,
    Measure,
    Provenance,
    State,
    StudyFacts,
    Suppressed,
    Words,
)
from mentorstudy.nouns.flow import Step
from mentorstudy.nouns.overclaim import Tier
from mentorstudy.reporting.page import page

WORDS = Words(
    programme="the choir", people="singers", treated="singers with a coach", comparison="singers without one"
)
CLOSERS: dict[Tier, str] = {
    "Strong": "Places were drawn by lot and few people were lost, so chance and the offer are the likely explanations.",
    "Moderate": "Differences that nobody measured could still explain some of it.",
    "Limited": "This comparison cannot show whether the choir made a difference.",
    "Descriptive": "There was no other group, so nobody knows what would have happened anyway.",
}


def an_estimate(value: float = 0.08, *, unit: str = "share", method: str = "adjusted", **changed: Any) -> Estimate:
    contrasts: dict[str, Contrast] = {"share": "risk_difference", "points": "points", "ratio": "risk_ratio"}
    error = {"share": 0.02, "points": 0.07, "ratio": 0.05}.get(unit, 0.3)
    made = Estimate(
        outcome="staying",
        arm="coached",
        at="month 12",
        method=method,
        contrast=contrasts.get(unit, "difference"),
        unit=unit,
        value=value,
        std_error=error,
        df=None,
        low=value - 2 * error,
        high=value + 2 * error,
        level=0.95,
        p_value=0.0421,
        mentored=1_234,
        unmentored=987,
        level_mentored=0.5 + value / 2 if unit == "share" else None,
        level_unmentored=0.5 - value / 2 if unit == "share" else None,
    )
    return replace(made, **changed)


def a_finding(
    number: int = 1, *, tier: Tier = "Moderate", state: State = "better", unit: str = "share", **changed: Any
) -> Finding:
    value = {"unclear": 0.013, "little": 0.001, "worse": -0.08}.get(state, 0.08) * (1 if unit == "share" else 4)
    shown = state not in ("hidden", "not estimable")
    label = f"Outcome number {number}"
    made = Finding(
        outcome=f"outcome_{number}",
        arm="coached",
        label=label,
        kind="exit" if number == 1 else "event",
        role="primary" if number <= 2 else "secondary",
        sample="people",
        unit=unit,
        smallest_effect=0.03 if unit == "share" else 0.15,
        estimand=Estimand(
            population="all singers",
            contrast="with against without",
            horizon_months=12.0,
            in_words="What is asked.",
        ),
        primary=an_estimate(value, unit=unit) if shown else None,
        others=(
            an_estimate(1.1, unit="ratio"),
            an_estimate(value * 1.5, unit=unit, method="naive: ever coached against never coached"),
        )
        if shown
        else (),
        checks=(
            Check(
                outcome="",
                arm="coached",
                name="overlap",
                passed=True,
                value=0.1,
                threshold=0.2,
                in_words="Enough alike.",
            ),
            Check(
                outcome="",
                arm="coached",
                name="alike before",
                passed=False,
                value=0.3,
                threshold=0.2,
                in_words="Not alike.",
            ),
            Check(
                outcome="",
                arm="coached",
                name="reliability",
                passed=None,
                value=None,
                threshold=None,
                in_words="Not known.",
            ),
        ),
        curve=a_curve() if number == 1 and shown else (),
        attrition=tuple(
            Attrition(wave="T12", arm=arm, began=1_300, seen=seen)
            for arm, seen in (("mentored", 1_234), ("unmentored", None if number == 3 else 987))
        ),
        tier=tier,
        reasons=("groups not drawn by lot", "measured only afterwards"),
        state=state,
        sentence="54 of every 100 singers with a coach, and 46 of every 100 singers without one. That is 8 "
        f"more in 100. The data fit anything from 4 to 12 more. {CLOSERS[tier]}"
        if shown
        else "Not shown: fewer than 10 people.",
        people_needed=1_610 if state == "unclear" else None,
    )
    return replace(made, **changed)


def a_curve(times: tuple[float, ...] = (0, 3, 6, 9, 12)) -> tuple[CurvePoint, ...]:
    return tuple(
        CurvePoint(
            arm=arm,
            at=float(at),
            share=1 - loss * at / 12,
            low=1 - loss * at / 10,
            high=1 - loss * at / 15,
            at_risk=None if at == 9 else round(900 - 20 * at),
        )
        for arm, loss in (("mentored", 0.1), ("unmentored", 0.17))
        for at in times
    )


def an_evidence(*findings: Finding, **changed: Any) -> Evidence:
    made = Evidence(
        study=StudyFacts(
            name="choir",
            title="A choir's coaching",
            question="What difference does a coach make to staying in the choir?",
            design="fixed-match",
            plan_sha256="5f0c" * 16,
            locked_on="2025-01-31",
            deviations=("One more wave than planned.",),
        ),
        cohort=CohortFacts(
            label="2025-spring", intake=("2025-03-03", "2025-03-28"), start="2025-03-03", snapshot="2026-04-17"
        ),
        words=WORDS,
        flow=(
            Step(sample="people", step="in the records", mentored=1_400, unmentored=1_500, why=""),
            Step(sample="people", step="singing on 2025-03-03", mentored=1_300, unmentored=None, why="had left"),
            Step(sample="people", step="seen", mentored=1_234, unmentored=987, why="did not answer"),
        ),
        measures=(
            Measure(
                scale="zeal",
                label="Zeal",
                wave="T0",
                group="mentored",
                n=1_200,
                items=3,
                alpha=0.812,
                alpha_low=0.79,
                alpha_high=0.83,
                omega=None,
                ceiling=0.034,
                notes=("alpha is fine",),
            ),
            Measure(
                scale="zeal",
                label="Zeal",
                wave="T0",
                group="unmentored",
                n=None,
                items=3,
                alpha=None,
                alpha_low=None,
                alpha_high=None,
                omega=None,
                ceiling=None,
            ),
        ),
        findings=findings,
        balance=(
            Balance(sample="people", covariate="voice_type: alto", before=-0.312, after=0.021, arm="coached"),
            Balance(sample="people", covariate="zeal@T0", before=0.113, after=None, arm="coached"),
            Balance(sample="people", covariate="age", before=None, after=None, arm="coached"),
        ),
        suppressed=(Suppressed(where="measures", rule="fewer than 10 people", cells=1),),
        provenance=Provenance(
            inputs=(
                InputFile(
                    file="2025/roll.csv",
                    sha256="ab12" * 16,
                    rows=2_950,
                    kept=2_900,
                    dropped={"twice the same": 50, "test": None},
                ),
            ),
            seed=None,
            package="0.1.0",
            python="3.12.1",
            packages={"numpy": "2.2.0"},
        ),
        thresholds={"min_group": 10.0, "alpha": 0.05, "attrition": "cautious"},
    )
    return replace(made, **changed)


def every_kind() -> Evidence:
    """Twelve outcomes: all tiers, all states, three units; a title of 200 characters."""
    tiers, states = get_args(Tier), get_args(State)
    units = ("share", "points", "share", "pounds a week")
    long = "What difference does it make " + "to sing with a coach rather than without one " * 4
    made = an_evidence(
        *(
            a_finding(number + 1, tier=tiers[number % 4], state=states[number % 7], unit=units[number % 4])
            for number in range(12)
        )
    )
    return replace(made, study=replace(made.study, question=long[:200], title=long[:200]))


def four_outcomes() -> Evidence:
    """As a usual report has them: four, worded at the usual length."""
    return an_evidence(
        a_finding(1, state="unclear"),
        a_finding(2, state="unclear", unit="points"),
        a_finding(3, tier="Limited"),
        a_finding(4, tier="Limited", state="hidden"),
    )


def five_outcomes() -> Evidence:
    """As long as a usual report gets: five outcomes with sentences, labels and reasons of the greatest usual length."""
    labels = (
        "Still singing after 12 months",
        "Confidence on stage (stage self-efficacy)",
        "Readiness to lead (overall)",
        "Intention to leave the choir",
        "Satisfaction with rooms and equipment",
    )
    told = (
        "Allowing for what was known before, singers matched with a coach scored 0.08 points higher than singers "
        "without one on the scale from 1 to 5. The data fit anything from 0.09 lower to 0.24 higher, so we cannot say "
        "whether it was better or worse. The groups differed before, most in readiness to lead (T0), so this cannot "
        "show whether the choir made a difference."
    )
    made = an_evidence(
        *(
            a_finding(
                number,
                tier="Limited",
                state="unclear",
                unit="share" if number == 1 else "points",
                label=label,
                reasons=("the groups differed before by more than can be adjusted for",),
                sentence=told,
                people_needed=1_610,
            )
            for number, label in enumerate(labels, 1)
        )
    )
    question = (
        "Among singers who have sung for at least six months, what difference does being matched with a coach at the "
        "start of the season, rather than not, make over 12 months to staying, confidence and readiness to lead?"
    )
    return replace(made, study=replace(made.study, question=question))


DRAWN: list[tuple[Evidence, str]] = []


def drawn(evidence: Evidence) -> str:
    """The page of equal evidence, drawn once for all tests that only look at it."""
    for known, html in DRAWN:
        if known == evidence:
            return html
    DRAWN.append((evidence, page(evidence)))
    return DRAWN[-1][1]
