"""Rate: how far a finding can be trusted, as a pure function of recorded facts."""

from dataclasses import dataclass
from typing import Literal

from mentorstudy.nouns.overclaim import Tier

TIERS: tuple[Tier, ...] = ("Descriptive", "Limited", "Moderate", "Strong")  # from least to most

Attrition = Literal["low", "high", "unknown"]
Equivalence = Literal["alike", "adjustable", "unlike", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a rating must know of one outcome; the worst of each where there are several.

    `equivalence` is that of the analytic sample as the primary estimator sees it: "alike" within 0.05 standard
    deviations, "adjustable" within 0.25, else "unlike". "Borderline" attrition is "high".
    """

    comparison: bool  # there is a group set against the mentored
    randomised: bool
    documented: bool  # how people came into their group is on record
    compromised: bool
    units: int  # units drawn or matched one by one, in the smaller group
    same_measure: bool  # both groups measured the same way
    concurrent: bool  # both groups followed over the same time
    attrition: Attrition
    equivalence: Equivalence
    adjusted: bool  # the primary estimate allows for what the groups differed on
    measured_before: bool  # the outcome, or employment, was known before
    reliable: bool  # internal consistency at or above the floor, or nothing to be consistent
    response: bool  # at least half of those who began were seen
    deviations: bool  # the plan was left without saying so


def rate(facts: Facts) -> tuple[Tier, tuple[str, ...]]:
    """The tier, and its reasons with the one that decided it first.

    Total: every combination of facts has a tier. Monotone: making any fact worse never raises it.
    """
    if not facts.comparison:
        return "Descriptive", ("there was no comparison group",)
    lacking_strong = _lacking_strong(facts)
    lacking_moderate = _lacking_moderate(facts)
    if not lacking_strong:
        tier: Tier = "Strong"
        reasons = ["groups drawn by lot, losses within the accepted bounds"]
    elif not lacking_moderate:
        tier = "Moderate"
        reasons = [*lacking_strong, "but alike before as far as was measured, or allowed for"]
    else:
        tier = "Limited"
        reasons = [*lacking_moderate, *(reason for reason in lacking_strong if reason not in lacking_moderate)]
    caps = _caps(facts, strong=tier == "Strong")
    lowered = TIERS[max(0, TIERS.index(tier) - len(caps))]
    return lowered, (*caps, *reasons)


def _lacking_strong(facts: Facts) -> list[str]:
    lacking = {
        "groups not drawn by lot": not facts.randomised,
        "the draw is not documented": facts.randomised and not facts.documented,
        "the draw was compromised": facts.randomised and facts.compromised,
        "many people lost, or more of one group than of the other": facts.attrition != "low",
        "a group is one single unit": facts.units < 2,
        "the groups were not measured the same way": not facts.same_measure,
        "the groups were not followed over the same time": not facts.concurrent,
    }
    return [reason for reason, true in lacking.items() if true]


def _lacking_moderate(facts: Facts) -> list[str]:
    lacking = {
        "the groups differed before by more than can be adjusted for": facts.equivalence == "unlike",
        "nobody knows whether the groups were alike before": facts.equivalence == "unknown",
        "the groups differed before, and not all of it was adjusted for": facts.equivalence == "adjustable"
        and not facts.adjusted,
        "a group is one single unit": facts.units < 2,
        "the groups were not measured the same way": not facts.same_measure,
        "the groups were not followed over the same time": not facts.concurrent,
    }
    return [reason for reason, true in lacking.items() if true]


def _caps(facts: Facts, *, strong: bool) -> list[str]:
    """Each takes one tier off. What was so before needs no showing where lots were drawn and few were lost."""
    caps = {
        "how people came into their group is not on record": not facts.documented and not facts.randomised,
        "it was measured only afterwards": not facts.measured_before and not strong,
        "the scale measured too unreliably": not facts.reliable,
        "fewer than half were seen": not facts.response,
        "the plan was changed without saying so": facts.deviations,
    }
    return [reason for reason, true in caps.items() if true]
