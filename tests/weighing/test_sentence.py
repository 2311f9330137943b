"""What may be said: the state from the interval, the frame whatever the sign, no word above its tier."""

import re
from dataclasses import replace

import pytest

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.overclaim import overclaims
from mentorstudy.nouns.plan import WordsTable
from mentorstudy.weighing.rate import TIERS
from mentorstudy.weighing.sentence import Said, closer, sentence, state_of

WORDS = WordsTable()
SHARE = Outcome(kind="exit", role="primary", smallest_effect=0.03, horizon_months=12, label="Retention")
POINTS = Outcome(
    kind="scale", role="primary", smallest_effect=0.15, scale="zeal", waves=["T0", "T12"], label="Zeal"
)


def found(value, low, high, unit="share"):
    levels = (0.85, 0.85 - value) if unit == "share" else (None, None)
    return Estimate(
        outcome="x", arm="matched", at="month 12", method="weighted", contrast="risk_difference", unit=unit,
        value=value, std_error=0.01, df=None, low=low, high=high, level=0.95, p_value=0.5, mentored=200,
        unmentored=250, level_mentored=levels[0], level_unmentored=levels[1],
    )  # fmt: skip


def said(primary, outcome=SHARE, tier="Moderate", good=1):
    return sentence(
        Said(
            outcome=outcome,
            group=WORDS.treated,
            comparison=WORDS.comparison,
            tier=tier,
            state=state_of(primary, outcome.smallest_effect),
            primary=primary,
            good=good,
            span=(1, 5),
            closer=closer(tier, WORDS.programme, because="The groups were alike before in 5 of 5 measures"),
            problem="too few people.",
        )
    )


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (0.04, 0.09, "better"),
        (0.01, 0.09, "some"),
        (0.01, 0.02, "some"),
        (-0.01, 0.09, "unclear"),
        (-0.09, 0.01, "unclear"),
        (-0.02, 0.02, "little"),
        (-0.09, -0.01, "worse"),
        (0.0, 0.05, "unclear"),
    ],
)
def test_the_state_is_where_the_interval_lies(low, high, state):
    assert state_of(found((low + high) / 2, low, high), 0.03) == state


def test_no_number_has_no_state_but_that():
    assert state_of(None, 0.03) == "not estimable"
    assert said(None) == "There is not enough information to say: too few people."


def test_people_in_a_hundred_come_first_and_add_up():
    text = said(found(0.06, 0.01, 0.11))
    assert text.startswith(
        "After 12 months, allowing for what was known before, 85 of every 100 employees matched with a mentor were "
        "still employed, and 79 of every 100 employees without one."
    )
    assert (
        "and 79 of every 100 employees without one. That is 6 more in 100. The data fit anything from 1 to 11 more."
        in text
    )


@pytest.mark.parametrize("interval", [(0.06, 0.04, 0.09), (0.02, -0.03, 0.07), (0.0001, -0.02, 0.02)])
@pytest.mark.parametrize(("outcome", "unit"), [(SHARE, "share"), (POINTS, "points")])
def test_mirrored_numbers_give_the_mirrored_sentence(interval, outcome, unit):
    value, low, high = interval
    one, other = said(found(value, low, high, unit), outcome), said(found(-value, -high, -low, unit), outcome)
    # The second level changes with the difference; all other words and digits are the same but for the side.
    shape = {"more": "S", "fewer": "S", "higher": "S", "lower": "S", "better": "better"}

    def frame(text):
        text = re.sub(r"and [\d.]+ of every", "and N of every", text)
        return sorted(re.findall(r"[\w.]+", re.sub(r"\b(more|fewer|higher|lower)\b", lambda m: shape[m[0]], text)))

    assert frame(one) == frame(other)


def test_a_scale_on_which_low_is_good_speaks_in_its_own_direction():
    text = said(found(0.2, 0.05, 0.35, "points"), POINTS, good=-1)
    assert "scored 0.20 points lower" in text
    assert "from 0.05 to 0.35 lower" in text


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize(
    "interval", [(0.06, 0.04, 0.09), (0.06, -0.01, 0.13), (-0.06, -0.09, -0.04), (0.0, -0.02, 0.02)]
)
def test_no_causal_word_below_strong(tier, interval):
    text = said(found(*interval), tier=tier)
    causal = re.compile(
        r"\b(caused?|effects?|impacts?|improved?|led to|thanks to|because|increased?|reduced?)\b", re.I
    )
    assert not causal.search(text)
    assert not re.search(r"significan|p-value", text, re.I)
    assert all(len(part.split()) <= 36 for part in text.split(". "))


def test_a_difference_of_nothing_is_not_called_more_or_fewer():
    assert "no difference to one decimal" in said(found(0.0001, -0.05, 0.05))


def test_only_a_draw_leaves_chance_and_the_offer_alone():
    strong = said(found(0.06, 0.01, 0.11), tier="Strong")
    assert "only chance or the offer of the mentoring programme can explain a difference" in strong
    others = [said(found(0.06, 0.01, 0.11), tier=tier) for tier in TIERS if tier != "Strong"]
    assert not any("only chance" in text for text in others)


def test_the_words_are_the_plan_s():
    words = WordsTable(programme="the course", treated="invited nurses", comparison="nurses not invited")
    text = sentence(
        Said(
            outcome=SHARE, group=words.treated, comparison=words.comparison, tier="Strong", state="some",
            primary=found(0.06, 0.01, 0.11), good=1,
            span=None, closer=closer("Strong", words.programme, because=""), problem="",
        )
    )  # fmt: skip
    assert "invited nurses" in text
    assert "mentor" not in text


PROFIT = Outcome(
    kind="metric",
    role="primary",
    smallest_effect=0.1,
    column="p",
    unit="pounds",
    waves=["1", "2", "3"],
    label="Profit",
)
RATIO = PROFIT.model_copy(update={"log": True, "label": "Hours"})
COST = PROFIT.model_copy(update={"good": 0, "label": "Sick days"})


def of_metric(value, low, high, contrast="difference"):
    levels = (12.0, 12.0 - value) if contrast == "difference" else (None, None)
    return Estimate(
        outcome="x", arm="matched", at="pooled", method="adjusted", contrast=contrast,
        unit="ratio" if contrast == "ratio" else "pounds", value=value, std_error=0.1, df=90.0, low=low, high=high,
        level=0.95, p_value=0.5, mentored=200, unmentored=250, level_mentored=levels[0], level_unmentored=levels[1],
    )  # fmt: skip


def test_a_metric_is_told_in_its_unit_and_over_its_waves():
    text = said(of_metric(2.0, 1.0, 3.0), PROFIT)
    assert text.startswith(
        "Profit, over 2 waves, allowing for what was known before: 12.0 pounds among employees matched with a mentor, "
        "and 10.0 among employees without one. That is 2.0 pounds more. The data fit anything from 1.0 to 3.0 more."
    )


def test_a_metric_of_which_less_is_better_keeps_its_own_direction():
    found = of_metric(2.0, 1.0, 3.0)  # better by 2: two sick days less
    found = replace(found, level_mentored=4.0, level_unmentored=6.0)
    text = said(found, COST, good=-1)
    assert "4.00 pounds among employees matched with a mentor, and 6.00 among" in text
    assert "That is 2.00 pounds less. The data fit anything from 1.00 to 3.00 less." in text


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (1.15, 1.4, "better"),
        (1.02, 1.4, "some"),
        (0.9, 1.3, "unclear"),
        (0.95, 1.05, "little"),
        (0.7, 0.9, "worse"),
    ],
)
def test_a_ratio_is_set_against_one(low, high, state):
    found = of_metric((low * high) ** 0.5, low, high, "ratio")
    assert state_of(found, RATIO.smallest_effect) == state
    text = said(found, RATIO)
    assert " %" in text
    assert ("we cannot say" in text) == (state == "unclear")


@pytest.mark.parametrize("interval", [(2.0, 1.0, 3.0), (0.5, -1.0, 2.0), (0.01, -0.05, 0.07)])
def test_a_mirrored_metric_gives_the_mirrored_sentence(interval):
    value, low, high = interval
    sides = {"more": "S", "less": "S"}

    def frame(text):
        text = re.sub(r"and [\d.]+ among", "and N among", text)
        return sorted(re.findall(r"[\w.]+", re.sub(r"\b(more|less)\b", lambda m: sides[m[0]], text)))

    assert frame(said(of_metric(value, low, high), PROFIT)) == frame(said(of_metric(-value, -high, -low), PROFIT))


@pytest.mark.parametrize("tier", ["Strong", "Moderate", "Limited"])
@pytest.mark.parametrize(
    "interval", [(0.06, 0.04, 0.09), (0.02, 0.01, 0.05), (0.01, -0.03, 0.05), (-0.06, -0.09, -0.04)]
)
def test_no_sentence_says_more_than_its_tier_carries(tier, interval):
    for outcome, unit in ((SHARE, "share"), (POINTS, "points")):
        assert overclaims(said(found(*interval, unit), outcome, tier=tier), tier) == ()
    assert overclaims(said(of_metric(*interval), PROFIT, tier=tier), tier) == ()


@pytest.mark.parametrize(
    ("text", "tier", "words"),
    [
        ("This proves it.", "Strong", ("proves",)),
        ("Offering it increased staying.", "Strong", ()),
        ("Mentoring led to more.", "Moderate", ("led to",)),
        ("Staying improved.", "Limited", ("improved",)),
        ("More than others.", "Descriptive", ("than",)),
        ("They say “it helped more than anything”.", "Descriptive", ()),
    ],
)
def test_the_linter_itself(text, tier, words):
    assert overclaims(text, tier) == words
