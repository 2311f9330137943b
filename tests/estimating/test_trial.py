"""A small trial by lot with dates and uptake: which figures stand beside the offer's, and where there are none."""

import re

import pytest

import mentorstudy as kit
from mentorstudy.estimating.difference import TOOK_PART, TOOK_PART_OR_NOT_OFFERED
from mentorstudy.nouns.errors import DataError


@pytest.fixture
def trial(small):
    """The small study as a trial: whoever was matched was drawn, and two in three of them took part."""
    matched = {line.split(",")[0] for line in small.path("matches.csv").read_text().splitlines()[1:]}

    def drawn(line):
        person = line.split(",")[0]
        if person == "employee_id":
            return f"{line},arm,took_part"
        return f"{line},offered,{int(int(person) % 3 > 0)}" if person in matched else f"{line},not offered,"

    small.change("hr.csv", lambda text: "\n".join(drawn(line) for line in text.splitlines()) + "\n")

    def randomised(text):
        text = text.replace('design = "fixed-match"', 'design = "randomised"')
        text = re.sub(r"\[exposure\].*?\n\n", "", text, flags=re.DOTALL)
        text = re.sub(r"\[columns.matches\].*?\n\n", "", text, flags=re.DOTALL)
        text = re.sub(r"\[columns.meetings\].*?\n\n", "", text, flags=re.DOTALL)
        text = text.replace('matches = "matches.csv"\nmeetings = "meetings.csv"\n', "")
        arms = '[arms]\ntreated = "offered"\ncomparison = "not offered"\n\n'
        return text + "\n" + arms + "[assignment]\ndocumented = true\ncompromised = false\n"

    return small.change("plan.toml", randomised)


def walked(study):
    plan = kit.read_study(study.folder)
    exports = kit.read_cohort(plan, "first")
    people = kit.assemble(plan, exports, kit.score(plan, exports))
    estimates = kit.estimate(plan, people)
    return kit.weigh(plan, people, estimates, kit.check(plan, people, estimates))


def test_the_offer_is_primary_and_the_others_stand_beside_it(trial):
    retention, zeal = walked(trial).findings
    assert retention.primary.method == "difference"
    assert {found.method for found in retention.others} == {
        "difference", "outcome model", "complier", TOOK_PART, TOOK_PART_OR_NOT_OFFERED,
    }  # fmt: skip
    assert zeal.primary.method == "adjusted"
    assert {found.method for found in zeal.others} == {
        "adjusted", "difference", "complier", TOOK_PART, TOOK_PART_OR_NOT_OFFERED,
    }  # fmt: skip
    assert retention.tier == "Strong"


def test_the_complier_effect_is_the_offer_s_over_its_uptake(trial):
    retention = walked(trial).findings[0]
    people = {line.split(",")[0]: line.split(",") for line in trial.path("hr.csv").read_text().splitlines()[1:]}
    offered = [row for row in people.values() if row[6] == "offered"]
    share = sum(row[7] == "1" for row in offered) / len(offered)
    found = next(found for found in retention.others if found.method == "complier")
    # Both are kept as finely as a private study shows them.
    assert found.value == pytest.approx(retention.primary.value / share, abs=6e-4)


def test_without_uptake_there_is_no_complier_and_no_naive_figure(trial):
    trial.change("hr.csv", lambda text: re.sub(r",(offered|not offered),[01]?", r",\1,", text))
    methods = {found.method for finding in walked(trial).findings for found in finding.others}
    assert methods == {"difference", "outcome model", "adjusted"}


def test_those_not_offered_who_took_part_count_as_having_taken_part(trial):
    trial.change("hr.csv", lambda text: text.replace("not offered,\n", "not offered,1\n", 12))
    retention = walked(trial).findings[0]
    found = next(found for found in retention.others if found.method == TOOK_PART_OR_NOT_OFFERED)
    assert found.mentored > retention.primary.mentored * 0.6 + 5


def test_an_offer_that_moved_nobody_has_no_complier_effect(trial):
    trial.change("hr.csv", lambda text: re.sub(r",(offered|not offered),[01]?", r",\1,1", text))
    assert "complier" not in {found.method for finding in walked(trial).findings for found in finding.others}


def test_uptake_unknown_of_some_is_refused(trial):
    trial.change("hr.csv", lambda text: text.replace(",offered,1", ",offered,", 3))
    with pytest.raises(DataError, match=r"^cohort .*: took_part is empty for 3 of those offered a place"):
        walked(trial)
