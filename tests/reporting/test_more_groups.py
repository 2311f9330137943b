"""Reports with several groups, several waves, one group alone, and all cohorts on one page."""

import re
import shutil
from dataclasses import replace

import pytest
from made_evidence import a_curve, a_finding, an_estimate, an_evidence, drawn

from mentorstudy.nouns.evidence import Contact, Finding
from mentorstudy.nouns.flow import Step
from mentorstudy.nouns.programme import Programme
from mentorstudy.nouns.wording import Wording
from mentorstudy.reporting.page import page, programme_page, write_programme
from mentorstudy.weighing.pool import pool

ARMS = {"coached": "singers with a coach", "choir": "singers in a second choir", "lessons": "singers with lessons"}


def three_arms():
    made = an_evidence(*(replace(a_finding(2), arm=arm) for arm in ARMS))
    before, after = {"choir": 90, "lessons": 80}, {"choir": 70, "lessons": 75}
    steps = (
        Step(sample="people", step="in the records", mentored=100, unmentored=110, others=before, why=""),
        Step(sample="people", step="eligible", mentored=95, unmentored=100, others=after, why="too young"),
    )
    contact = tuple(
        Contact(sample="people", arm="coached", wave=wave, asked=90, share=share, low=share - 0.1, high=share + 0.1)
        for wave, share in (("1", 0.8), ("2", 0.5))
    )
    words = replace(made.words, arms=ARMS)
    return replace(made, words=words, flow=steps, contact=contact, waves={"1": 1.0, "2": 6.0})


def test_every_group_has_its_name_its_lane_and_its_sentence():
    text = drawn(three_arms())
    for words in ARMS.values():
        assert f"Outcome number 2: {words}" in text
        assert text.count(words[0].upper() + words[1:]) >= 3  # who, flow, balance or attrition
    assert len(re.findall(r'class="box( second)?"', text)) == 8
    assert "Left out: <b>20</b>" in text
    assert "one outcome in 3 groups, 3 comparisons" in text


def test_contact_is_a_table_that_claims_nothing():
    text = drawn(three_arms())
    assert "Singers with a coach, wave 2 (month 6)" in text
    assert "nothing follows from this table about what contact does" in text


def over_waves() -> Finding:
    waves = tuple(replace(an_estimate(value, unit="shillings"), at=at) for at, value in (("1", 9.0), ("2", -3.0)))
    pooled = replace(an_estimate(4.0, unit="shillings"), at="pooled")
    published = replace(
        an_estimate(5.0, unit="shillings"), method="published: A table; HC2 errors", at="pooled",
        std_error=None, low=None, high=None, p_value=None, note="200 rows of 100 people; no error: HC2 is not defined",
    )  # fmt: skip
    return replace(
        a_finding(1, unit="shillings"), kind="metric", primary=pooled, others=(*waves, published), curve=()
    )


def test_each_wave_is_drawn_beside_all_of_them():
    text = drawn(replace(an_evidence(over_waves()), waves={"1": 1.0, "2": 6.0}))
    assert "wave by wave" in text
    assert "wave 1 (month 1): +9.00" in text
    assert "all waves: +4.00" in text


def test_an_error_that_is_not_defined_is_a_dash_and_a_reason():
    text = drawn(an_evidence(over_waves()))
    row = next(row for row in re.findall(r"<tr.*?</tr>", text, re.DOTALL) if "Published, HC2 errors" in row)
    assert "no error: HC2 is not defined" in row
    assert "A table; 200 rows" in row
    assert row.count("<span>–</span>") >= 3


def test_the_attrition_map_draws_each_wave_once():
    text = drawn(an_evidence(a_finding(1), a_finding(2)))
    assert "Who went missing, on both boundaries" in text
    assert "cautious line" in text
    assert "optimistic line" in text
    assert "in 100 more of one group" in text


def alone(label="first", **changed):
    level = replace(an_estimate(0.25), contrast="level", method="description", unmentored=0, at="3 cohorts")
    curve = tuple(
        replace(point, at=float(at), share=share, at_risk=n)
        for point, at, share, n in zip(
            a_curve()[:4], range(4), (0.0, 0.1, 0.2, 0.25), (100, 100, 90, 80), strict=True
        )
    )
    finding = replace(
        a_finding(1), kind="event", tier="Descriptive", state="described", primary=level, others=(), checks=(),
        attrition=(), curve=curve, smallest_effect=None, time_unit="cohorts", sentence="25 of every 100.",
    )  # fmt: skip
    made = an_evidence(finding, **changed)
    steps = (Step(sample="people", step="in the records", mentored=100, unmentored=0, why=""),)
    wordings = (Wording(sample="people", item="zeal", wave="", asked=f"How zealous were you in {label}?"),)
    return replace(
        made,
        study=replace(made.study, design="single-group"),
        cohort=replace(made.cohort, label=label),
        words=replace(made.words, comparison=""),
        flow=steps,
        wordings=wordings,
        balance=(),
    )


def test_one_group_has_no_second_column_and_no_difference():
    text = drawn(alone())
    assert "without one" not in text
    assert "The figures, with their ranges" in text
    assert "smallest difference" not in text
    assert "“How zealous were you in first?”" in text


def test_the_page_over_all_cohorts_pools_and_names_what_lacks():
    made = pool([alone("first"), alone("second")], {"third": "it has no report yet"})
    (curve,) = made.pooled
    assert curve.people == 200
    assert curve.happened == 50  # 10 + 10 + 5 of a hundred in each, none lost on the way that could tell
    text = programme_page(made)
    assert "200 singers with a coach in 2 cohorts (first to second)" in text
    assert "third: it has no report yet" in text
    assert "the words changed" in text


def test_hidden_counts_are_not_pooled():
    hidden = alone("first")
    finding = hidden.findings[0]
    curve = tuple(replace(point, at_risk=None) for point in finding.curve)
    hidden = replace(hidden, findings=(replace(finding, curve=curve),))
    made = pool([hidden, alone("second")], {})
    assert made.pooled == ()
    assert "Cohort by cohort" in programme_page(made)


def test_cohorts_with_a_comparison_stand_side_by_side_unpooled(tmp_path):
    one, other = (an_evidence(a_finding(1), a_finding(2)) for _ in range(2))
    other = replace(other, cohort=replace(other.cohort, label="2025-autumn"))
    made = pool([one, other], {})
    assert isinstance(made, Programme)
    path = write_programme(made, tmp_path / "programme")
    text = path.read_text()
    assert "2025-autumn" in text
    assert "All cohorts together" not in text
    assert "While followed" not in text  # counts of both groups in one would be nobody's
    assert (tmp_path / "programme" / "evidence.json").is_file()
    shutil.rmtree(tmp_path / "programme")


@pytest.mark.parametrize("make", [three_arms, alone, lambda: an_evidence(over_waves())])
def test_the_same_evidence_gives_the_same_page(make):
    assert page(make()) == page(make())
