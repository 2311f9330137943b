"""The plan: strict, all faults at once, each with its mend; nothing that decides the answer has a default."""

import tomllib

import pytest

from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.study import read_study
from mentorstudy.nouns.written import slug


def told(small):
    with pytest.raises(PlanError) as caught:
        read_study(small.folder)
    return str(caught.value)


def test_a_title_with_signs_that_steer_a_terminal_is_cleaned(small):
    small.change("plan.toml", lambda text: text.replace("A small study", r"A \u001b[31msmall\u202E study"))
    assert read_study(small.folder).plan.title == "A [31msmall study"


def test_a_message_holds_no_sign_that_steers_a_terminal():
    error = PlanError("a\x1b]0;b\x07", "c\u202ed")
    assert str(error) == "a]0;b\ncd"
    assert error.args == error.faults


def test_a_sound_plan_is_read_and_shown(small):
    study = read_study(small.folder)
    assert study.cohorts == ("first",)
    assert [outcome.label for outcome in study.outcomes] == ["retention", "Zeal"]
    assert study.outcomes[0].horizon_months == 12
    assert "What difference does a match make?" in repr(study)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('design = "fixed-match"\n', "", "design is missing. It decides what may be said"),
        ("horizon_months = 12\n", "", "horizon_months is missing; a share kept means nothing without by when"),
        ('time_zero = "start"\n', "", "time_zero is missing. It is the day follow-up starts"),
        (
            "smallest_effect = 0.03\n",
            "",
            "smallest_effect is missing. It is the smallest difference anybody would act",
        ),
        ('role = "primary"\n', 'role = "secondary"\n', 'no outcome has role = "primary"'),
        (
            'design = "fixed-match"',
            'design = "fixedmatch"',
            "design cannot be 'fixedmatch'; it can be 'randomised'",
        ),
        ('design = "fixed-match"', 'design = "randomised"', "[arms] is missing"),
        ('kind = "exit"', 'kind = "exits"', "kind cannot be 'exits'"),
        ('scale = "zeal"', 'scale = "zealous"', "there is no scale zealous. Did you mean zeal?"),
        (
            "smallest_effect = 0.03",
            'smallest_effect = "0.03"',
            'smallest_effect is the text "0.03"; write a number, without quotes.',
        ),
        ('name = "small"', 'name = "Small Study"', "a study or cohort name has 1 to 64 lower-case letters"),
        ('waves = ["T0", "T12"]', 'waves = ["T0"]', "waves names two: before and after"),
        ('waves = ["T0", "T12"]', 'waves = ["T0", "T12"]\ncolumn = "x"', "an outcome of kind scale has no column"),
        (
            "at_least = 2",
            "at_least = 2, at_most = 4",
            "a condition has a column and one of is, in, at_least, at_most",
        ),
        ('title = "A small study"', "title = A small study", "not readable as TOML"),
        ("[exposure]", "[files]\n[exposure]", r"The table stands in the file already: put these lines below"),
        ('name = "small"', 'name = "small"\nname = "small"', "keep one of the two lines"),
        ("[exposure]", "[items] a = 1\n[exposure]", "need a line of their own"),
        ("[exposure]", "[expossure]", "unknown key expossure. Did you mean exposure?"),
        (
            'kind = "exit"',
            'kind = "exit"\nhorizonmonths = 9',
            "outcomes.retention.horizonmonths. Did you mean horizon",
        ),
        ("[exit_reasons]", "[exit_reasons]\nTitle = []", "exit_reasons.Title cannot be 'Title'"),
        ('name = "small"', 'name = "small"\nTitle = "x"', "unknown key Title. Did you mean title?"),
        (
            '"hr.csv"',
            '{path = "hr.csv", horizon = 1}',
            "unknown key files.people.horizon. Known here: codebook, date_order",
        ),
        ("at_least = 2}", "atleast = 2}", "unknown key exposure.eligible.0.atleast. Did you mean at_least"),
        ('name = "small"', 'name = "big"', "name is big, and the folder is called small. Call both the same."),
        (
            'survey = "survey_*.csv"\n',
            "",
            "an outcome of kind scale is read from the survey file, and there is none",
        ),
        ('kind = "exit"', 'kind = "exit"\nsample = "hr"', "there is no sample hr. Known here: people."),
    ],
)
def test_each_fault_says_where_what_and_the_mend(small, old, new, said):
    small.change("plan.toml", lambda text: text.replace(old, new))
    assert said in told(small)


def test_all_faults_of_a_plan_are_told_at_once(small):
    small.change(
        "plan.toml",
        lambda text: text.replace("adjust_for", "ajust_for").replace('role = "primary"', 'role = "main"'),
    )
    message = told(small)
    assert "unknown key ajust_for. Did you mean adjust_for?" in message
    assert message.count("role cannot be 'main'") == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("start = 2025-01-06\n", "", "start is missing; it is the day from which both groups are followed"),
        ("snapshot = 2026-02-28\n", "", "snapshot is missing; it is the last day of the HR data"),
        (
            "intake = [2025-01-06, 2025-01-31]\n",
            "",
            "intake is missing; it says which matches belong to this cohort",
        ),
        ("[2025-01-06, 2025-01-31]", "[2025-01-31, 2025-01-06]", "intake ends on 2025-01-06, before it begins"),
        ("[2025-01-06, 2025-01-31]", "[2025-01-06]", "intake: write two days, the first and the last, as in"),
        ("[2025-01-06, 2025-01-31]", "2025-01-06", "twice the same where the intake is open for one day."),
        ("2026-02-28", "2026-02-28T09:00:00", "snapshot is 2026-02-28 09:00:00, a day with a time; write a day"),
        ("start = 2025-01-06", "start = 2026-02-28", "snapshot 2026-02-28 is not after the start on 2026-02-28"),
        ("snapshot", "snapshut", "unknown key snapshut. Did you mean snapshot?"),
        (
            "2026-02-28",
            '"2026-02-28"',
            'snapshot is the text "2026-02-28"; write a day, as in 2025-09-01, without quotes.',
        ),
    ],
)
def test_each_fault_of_a_cohort_s_facts(small, old, new, said):
    small.change("cohort.toml", lambda text: text.replace(old, new))
    with pytest.raises(PlanError) as caught:
        read_study(small.folder).cohort_file("first")
    assert said in str(caught.value)


def test_an_intake_may_be_open_for_one_day(small):
    small.change("cohort.toml", lambda text: text.replace("2025-01-31", "2025-01-06"))
    first, last = read_study(small.folder).cohort_file("first").intake
    assert first == last


def test_a_folder_without_a_plan(tmp_path):
    with pytest.raises(PlanError, match=r"no plan\.toml here"):
        read_study(tmp_path)


@pytest.mark.parametrize("name", ["a", "2026_09", "spring-2026", "x" * 64])
def test_names_that_can_be_folders_everywhere(name):
    assert slug(name) == name


@pytest.mark.parametrize(
    "name", ["", "-a", "../up", "a/b", "A", "con", "nul", "com1", "x" * 65, "a b", "a\0b", "ä", "a\n", ".."]
)
def test_names_that_cannot(name):
    with pytest.raises(ValueError, match="a study or cohort name"):
        slug(name)


def test_the_shipped_plans_are_read_and_named_as_their_folders(request):
    for plan in sorted((request.config.rootpath / "data").glob("*/plan.toml")):
        study = read_study(plan.parent)
        assert study.name == plan.parent.name == tomllib.loads(plan.read_text())["name"]
        assert study.cohorts
        for label in study.cohorts:
            study.cohort_file(label)


def test_durations_are_of_one_group_so_far(small):
    small.change(
        "plan.toml",
        lambda text: text.replace(
            'kind = "exit"', 'kind = "event"\ntime = "months"\nhappened = "left"\nhorizon = 12', 1
        ),
    )
    with pytest.raises(PlanError, match="time and happened are read of a single group so far"):
        read_study(small.folder)
