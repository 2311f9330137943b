"""The tier: total, monotone, and every reason it gives bears on it."""

from dataclasses import fields, replace
from itertools import product
from typing import get_args

import pytest

from mentorstudy.weighing.rate import TIERS, Attrition, Equivalence, Facts, rate

# Each fact's values from best to worst.
BETTER_FIRST = {
    "comparison": [True, False],
    "randomised": [True, False],
    "documented": [True, False],
    "compromised": [False, True],
    "units": [200, 1],
    "same_measure": [True, False],
    "concurrent": [True, False],
    "attrition": ["low", "high"],
    "equivalence": ["alike", "adjustable", "unlike"],
    "adjusted": [True, False],
    "measured_before": [True, False],
    "reliable": [True, False],
    "response": [True, False],
    "deviations": [False, True],
}
BEST = Facts(**{name: values[0] for name, values in BETTER_FIRST.items()})
MATCHED = replace(BEST, randomised=False, equivalence="adjustable", attrition="high")


def everything():
    for values in product(*BETTER_FIRST.values()):
        yield Facts(**dict(zip(BETTER_FIRST, values, strict=True)))


def test_every_combination_of_facts_has_a_tier_and_a_reason():
    assert {field.name for field in fields(Facts)} == set(BETTER_FIRST)
    for facts in everything():
        tier, reasons = rate(facts)
        assert tier in TIERS
        assert reasons
        assert all(reasons)


def test_a_worse_fact_never_raises_the_tier():
    for facts in everything():
        rank = TIERS.index(rate(facts)[0])
        for name, values in BETTER_FIRST.items():
            at = values.index(getattr(facts, name))
            if at + 1 < len(values):
                worse = rate(replace(facts, **{name: values[at + 1]}))[0]
                assert TIERS.index(worse) <= rank, (name, facts)


@pytest.mark.parametrize(
    ("facts", "tier"),
    [
        (BEST, "Strong"),
        (replace(BEST, documented=False), "Moderate"),
        (replace(BEST, compromised=True), "Moderate"),
        (replace(BEST, attrition="high"), "Moderate"),
        (replace(BEST, attrition="unknown"), "Moderate"),
        (replace(BEST, attrition="high", equivalence="unlike"), "Limited"),
        (replace(BEST, equivalence="unlike"), "Strong"),
        (replace(BEST, measured_before=False), "Strong"),
        (MATCHED, "Moderate"),
        (replace(MATCHED, adjusted=False), "Limited"),
        (replace(MATCHED, equivalence="unlike"), "Limited"),
        (replace(MATCHED, equivalence="unknown"), "Limited"),
        (replace(MATCHED, measured_before=False), "Limited"),
        (replace(MATCHED, reliable=False), "Limited"),
        (replace(MATCHED, response=False, reliable=False), "Descriptive"),
        (replace(MATCHED, response=False, reliable=False, deviations=True), "Descriptive"),
        (replace(MATCHED, units=1), "Limited"),
        (replace(MATCHED, comparison=False), "Descriptive"),
    ],
)
def test_the_rules_case_by_case(facts, tier):
    assert rate(facts)[0] == tier


def test_nothing_but_a_draw_can_be_strong():
    assert all(rate(facts)[0] != "Strong" for facts in everything() if not facts.randomised)


def test_the_first_reason_says_what_decided():
    assert rate(replace(MATCHED, equivalence="unlike"))[1][0].startswith("the groups differed before")
    assert rate(MATCHED)[1][0] == "groups not drawn by lot"
    assert rate(replace(MATCHED, response=False))[1][0] == "fewer than half were seen"


def test_unknown_facts_are_judged_as_the_words_allow():
    assert "unknown" in get_args(Attrition)
    assert "unknown" in get_args(Equivalence)
