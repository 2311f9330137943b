"""What is written as the plan's rules ask and cannot be meant: each told with its key, what was found and the mend."""

import re

import pytest
from faulty_plan import ZEAL, another, drawn, told

from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.study import read_study
from mentorstudy.reading.cohort import read_cohort

ADJUSTED = '["grade", "zeal@T0"]'
OWN = ('scale = "zeal"', 'scale = "zeal"\nadjust_for = ["zeal@T12"]')


def test_no_outcome_is_compared_with_itself(small):
    assert "outcomes.zeal: waves names one wave twice" in told(small, ('["T0", "T12"]', '["T0", "T0"]'))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((ADJUSTED, '["zeal@T12"]'), "adjust_for: zeal@T12 is told at wave T12, when outcomes.zeal is read"),
        (OWN, "outcomes.zeal.adjust_for: zeal@T12 is told at wave T12"),
        (OWN, "Name a wave before, as in zeal@T0, or take it out."),
        ((ADJUSTED, '["arm"]'), "adjust_for: arm is the kit's word in [columns.people], not something"),
        ((ADJUSTED, '["termination_date"]'), "adjust_for: termination_date is exit_on by [columns.people]"),
        ((ADJUSTED, '["term_reason"]'), "adjust_for: term_reason is exit_reason by [columns.people]"),
        ((ADJUSTED, '["employee_id"]'), "adjust_for: employee_id is person by [columns.people]"),
        ((ADJUSTED, '["match_date"]'), "adjust_for: match_date is matched_on by [columns.matches]"),
        (('column = "grade"', 'column = "term_reason"'), "exposure.eligible: term_reason is exit_reason by"),
        (
            ('kind = "exit"', 'kind = "event"\ncolumn = "gone"\nadjust_for = ["gone"]'),
            "outcomes.retention.adjust_for: gone is what outcomes.retention looks at",
        ),
    ],
)
def test_no_outcome_is_adjusted_for_its_own_end(small, change, said):
    assert said in told(small, change)


def test_a_covariate_of_all_outcomes_is_told_once(small):
    assert told(small, (ADJUSTED, '["employee_id"]')).count("employee_id") == 1


@pytest.mark.parametrize("written", ["1", "3", "5.0"])
def test_a_share_of_people_is_no_percentage(small, written):
    said = f"outcomes.retention.smallest_effect is {float(written):g}, and a share of people lies between"
    assert said in told(small, ("smallest_effect = 0.03", f"smallest_effect = {written}"))


def test_points_of_a_scale_may_be_more_than_one(small):
    small.change("plan.toml", lambda text: text.replace("smallest_effect = 0.15", "smallest_effect = 1.5"))
    assert read_study(small.folder).outcomes[1].smallest_effect == 1.5


@pytest.mark.parametrize(
    ("old", "key"),
    [
        ("horizon_months = 12", "horizon_months"),
        ("smallest_effect = 0.03", "outcomes.retention.smallest_effect"),
        ("at_least = 2", "exposure.eligible.0.at_least"),
        ("[exposure]", "thresholds.alpha"),
    ],
)
@pytest.mark.parametrize("number", ["inf", "nan"])
def test_a_number_has_an_end(small, old, key, number):
    new = f"[thresholds]\nalpha = {number}\n[exposure]" if old.startswith("[") else f"{old.split()[0]} = {number}"
    assert f"{key} is {number}; write a number with an end." in told(small, (old, new))


def test_an_exit_reason_is_of_one_kind(small):
    said = (
        "exit_reasons: RES stands under voluntary and under administrative. An exit is one of them: keep it there."
    )
    assert said in told(small, ('["EOC"]', '["EOC", "RES"]'))


def test_a_kind_of_exit_may_have_no_reason(small):
    small.change("plan.toml", lambda text: text.replace('["RED"]', "[]"))
    assert read_study(small.folder).plan.exit_reasons["involuntary"] == []


def test_a_trial_with_exits_needs_the_day_of_the_draw(small):
    study = read_study(drawn(small).folder)
    assert study.cohort_file("first").start
    small.change("cohort.toml", lambda text: text.replace("start = 2025-01-06\n", ""))
    with pytest.raises(
        PlanError, match=r"first/cohort\.toml: start is missing; it is the day the groups were drawn"
    ):
        study.cohort_file("first")


def test_a_trial_adjusted_for_tenure_needs_a_day_to_count_it_to(small):
    drawn(small).change("plan.toml", lambda text: text.replace('"grade"', '"tenure_months"'))
    small.change("plan.toml", lambda text: re.sub(r"\[outcomes\.retention\][^[]*", "", text))
    small.change("cohort.toml", lambda text: text.replace("start = 2025-01-06\n", ""))
    with pytest.raises(PlanError, match="start is missing; it is the day until which tenure_months are counted"):
        read_study(small.folder).cohort_file("first")


def test_an_outcome_stands_once_in_a_plan(small):
    said = "outcomes.zest and outcomes.zeal are the same outcome. Keep one of them"
    assert said in another(small, "zest", *ZEAL, 'waves = ["T0", "T12"]', 'label = "Zest"')


@pytest.mark.parametrize("label", ["", 'label = "ZEAL"'])
def test_no_two_outcomes_are_called_the_same(small, label):
    message = another(small, "zest", *ZEAL, 'waves = ["T0", "T6"]', label)
    assert re.search(r"outcomes\.zest and outcomes\.zeal are both called (?i:zeal)\. Write label = ", message)


def test_one_scale_at_two_times_under_two_names(small):
    lines = "\n".join([*ZEAL, 'waves = ["T0", "T6"]', 'label = "Zeal after half a year"', "[outcomes.zeal]"])
    small.change("plan.toml", lambda text: text.replace("[outcomes.zeal]", f"[outcomes.sooner]\n{lines}"))
    assert len(read_study(small.folder).outcomes) == 3


def test_a_fixed_match_study_reads_matches(small):
    message = told(small, ('matches = "matches.csv"\n', ""))
    assert (
        "files: matches is missing; in a fixed-match study it says who was matched, with whom and when." in message
    )


def test_two_groups_are_called_differently(small):
    assert "exposure: treated and comparison are both matched." in told(small, ('"not matched"', '"Matched"'))


def test_two_arms_are_called_differently(small):
    said = "arms: two arms are called the same"
    assert said in told(drawn(small), ('treated = "1"', 'treated = "A"'), ('comparison = "0"', 'comparison = "a"'))


def test_a_trial_knows_mentors_only_as_a_column(small):
    drawn(small).change("plan.toml", lambda text: text.replace("[arms]", '[clusters]\nmentor = "both"\n[arms]'))
    assert "clusters: mentor is worked out from matches, which a randomised study does not read." in told(small)
    small.change("plan.toml", lambda text: text.replace('arm = "arm"', 'arm = "arm"\nmentor = "site"'))
    assert read_study(small.folder).plan.clusters


def test_a_fixed_match_study_has_no_arms(small):
    message = told(small, ("[exposure]", '[arms]\ntreated = "a"\ncomparison = "b"\n[exposure]'))
    assert "arms: a fixed-match study draws nobody; its matches say who is in which group." in message


def test_a_column_holds_one_thing(small):
    message = told(small, ('hired_on = "hire_date"', 'hired_on = "termination_date"'))
    assert "columns.people: exit_on and hired_on are both column termination_date. It holds one of them" in message


def test_errors_are_clustered_one_way(small):
    message = told(small, ("[exposure]", '[clusters]\nsite = "both"\nmentor = "treated only"\n[exposure]'))
    assert "clusters: site and mentor: errors are clustered one way." in message


def test_a_manager_may_be_named_before_anybody_asks(small):
    small.change("plan.toml", lambda text: text.replace("[columns.matches]", 'manager = "boss"\n[columns.matches]'))
    assert len(read_cohort(read_study(small.folder), "first").files) == 5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "A small study"', 'title = ""', "title is empty. Write it, or take it out."),
        ('question = "What', 'question = " "\n#', "question is empty."),
        ('exit_on = "termination_date"', 'exit_on = ""', "columns.people.exit_on is empty."),
        ('kind = "exit"', 'kind = "exit"\nlabel = ""', "outcomes.retention.label is empty."),
        ('["T0", "T12"]', '["T0", ""]', "outcomes.zeal.waves is empty."),
        ("[outcomes.zeal]", '[outcomes.""]', "outcomes: a name in it is empty."),
    ],
)
def test_nothing_written_is_empty(small, old, new, said):
    message = told(small, (old, new))
    assert said in message
    assert "character" not in message


def test_a_space_may_part_cells(small):
    small.change("plan.toml", lambda text: text.replace('"matches.csv"', '{path = "matches.csv", delimiter = " "}'))
    assert read_study(small.folder).plan.files["matches"].delimiter == " "


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("*", "files.survey: * is every file of the folder, cohort.toml too. Name it, as in hr.csv."),
        ("**/*.*", "files.survey: **/*.* is every file of the folder"),
        ("*_T*.csv", "files.survey: *_T*.csv has several stars. The star stands for the wave"),
        ("*/survey.csv", "files.survey: */survey.csv has a star in a folder."),
        ("/data/survey_*.csv", "files.survey: /data/survey_*.csv does not begin in the cohort's folder."),
    ],
)
def test_a_pattern_has_one_star_for_the_wave(small, path, said):
    assert said in told(small, ("survey_*.csv", path))
