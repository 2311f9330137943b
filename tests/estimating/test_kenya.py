"""Kenya: several arms and waves; the published table to the cent, the kit's own analysis as R has it."""

import json
import shutil

import numpy as np
import pytest
from test_studies import walked

import mentorstudy as kit
from mentorstudy.nouns.errors import PlanError

KENYA = "data/kenya-mentoring"
POOLED = "published: Brooks, Donovan and Johnson (2018), table 3; CR1S errors"
BY_MONTH = "published: Brooks, Donovan and Johnson (2018), table 3, by month; "
MENTEE_BY_WAVE = [266.06, 50.22, 321.06, 994.68, 915.59, 20.81, 35.86]
MENTEE_ERRORS = [203.36, 208.94, 272.72, 279.15, 336.22, 210.16, 289.39]
CLASS_BY_WAVE = [193.72, 17.05, 34.84, 312.58, 141.01, -150.85, 284.21]


@pytest.fixture(scope="module")
def kenya(request):
    return walked(request.config.rootpath / KENYA, "dandora")


@pytest.fixture
def copied(request, tmp_path):
    return shutil.copytree(request.config.rootpath / KENYA, tmp_path / "kenya-mentoring")


def others(estimates, arm, method):
    return [e for e in estimates.of("profit", arm).others if e.method == method]


@pytest.mark.parametrize(
    ("arm", "value", "error"), [("mentee", 371.83, 133.02), ("business_class", 124.51, 144.90)]
)
def test_the_pooled_figures_as_published(kenya, arm, value, error):
    (found,) = others(kenya[2], arm, POOLED)
    assert (round(found.value, 2), round(found.std_error, 2)) == (value, error)
    assert found.at == "pooled"
    assert found.df == 366
    assert found.note == "2,578 rows of 367 people"


@pytest.mark.parametrize(("arm", "values"), [("mentee", MENTEE_BY_WAVE), ("business_class", CLASS_BY_WAVE)])
def test_the_figures_by_month_as_published(kenya, arm, values):
    found = others(kenya[2], arm, f"{BY_MONTH}classical errors")
    assert [e.at for e in found] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [round(e.value, 2) for e in found] == values
    if arm == "mentee":
        assert [round(e.std_error, 2) for e in found] == MENTEE_ERRORS


def test_an_error_that_is_not_defined_is_no_number(kenya):
    for found in others(kenya[2], "mentee", f"{BY_MONTH}HC2 errors"):
        assert found.std_error is found.low is found.high is found.p_value is None
        assert "HC2 is not defined where a column belongs to one person alone" in found.note


@pytest.mark.parametrize("kind", ["CR0", "CR1", "CR1S", "CR2"])
def test_r_s_errors_of_the_published_analysis(copied, request, kind):
    plan = copied / "plan.toml"
    plan.write_text(plan.read_text().replace('errors = "CR1S"', f'errors = "{kind}"'))
    estimates = walked(copied, "dandora")[2]
    expected = json.loads((request.config.rootpath / "tests/reference/08_kenya/expected.json").read_text())
    for place, arm in enumerate(("mentee", "business_class")):
        (found,) = others(estimates, arm, POOLED.replace("CR1S", kind))
        assert found.std_error == pytest.approx(expected[kind][place], rel=1e-8)
        if kind == "CR2":
            assert found.df == pytest.approx(expected["df"][place], rel=1e-6)


@pytest.mark.parametrize("arm", ["mentee", "business_class"])
def test_r_s_numbers_of_the_kit_s_own_analysis(kenya, request, arm):
    r = json.loads((request.config.rootpath / "tests/reference/28_kenya_default/expected.json").read_text())[arm]
    found = kenya[2].of("profit", arm).primary
    assert found.value == pytest.approx(r["estimate"], rel=1e-8)
    assert found.std_error**2 == pytest.approx(r["std_error_model"] ** 2 + r["variance_people"], rel=1e-8)
    assert found.df == pytest.approx(r["df"], rel=1e-6)


def test_each_wave_and_all_of_them_stand_beside_each_other(kenya):
    found = kenya[2].of("profit", "mentee")
    waves = [e for e in found.others if e.method == "adjusted"]
    assert [e.at for e in waves] == ["1", "2", "3", "4", "5", "6", "7"]
    assert found.primary.at == "pooled"
    # Each wave counts the same in the pooled figure, so it lies near the plain mean of them.
    assert found.primary.value == pytest.approx(np.mean([e.value for e in waves]), abs=25)


def test_closures_as_published(kenya):
    counted = {}
    for arm in ("mentee", "business_class"):
        found = kenya[2].of("survival", arm).primary
        counted[arm] = (round((1 - found.level_mentored) * found.mentored), found.mentored)
        counted["control"] = (round((1 - found.level_unmentored) * found.unmentored), found.unmentored)
    assert counted == {"control": (6, 101), "business_class": (4, 111), "mentee": (3, 99)}


def test_the_unseen_bound_survival(kenya):
    found = kenya[2].of("survival", "mentee")
    (bounds,) = (e for e in found.others if e.method.startswith("bounds"))
    # 96 of 99 seen of 124, 95 of 101 seen of 119: the worst and the best that the 43 unseen can do.
    assert bounds.low == pytest.approx(96 / 124 - (95 + 18) / 119)
    assert bounds.high == pytest.approx((96 + 25) / 124 - 95 / 119)
    assert bounds.low < found.primary.low
    assert found.primary.high < bounds.high


def test_arms_are_never_pooled(kenya):
    study, people, estimates = kenya
    for outcome in study.outcomes:
        for arm in study.arms:
            primary = estimates.of(outcome.name, arm).primary
            assert primary.arm == arm
            assert primary.mentored <= (people.sample("people").people["arm"] == arm).sum()


def test_the_order_of_rows_changes_nothing(copied, kenya):
    waves = copied / "dandora" / "waves.csv"
    head, *rows = waves.read_text().splitlines()
    waves.write_text("\n".join([head, *sorted(rows, key=lambda row: row[::-1])]) + "\n")
    found = walked(copied, "dandora")[2]
    for arm in ("mentee", "business_class"):
        assert found.of("profit", arm).primary.value == pytest.approx(kenya[2].of("profit", arm).primary.value)
        assert [e.std_error for e in others(found, arm, POOLED)] == pytest.approx(
            [e.std_error for e in others(kenya[2], arm, POOLED)]
        )


def test_other_units_change_the_unit_alone(copied, kenya):
    plan = copied / "plan.toml"
    plan.write_text(plan.read_text().replace("smallest_effect = 180", "smallest_effect = 1.8"))
    waves = copied / "dandora" / "waves.csv"
    head, *rows = (line.split(",") for line in waves.read_text().splitlines())
    at = head.index('"profit_trimmed"')
    for row in rows:
        row[at] = str(float(row[at]) / 100) if row[at] else ""
    waves.write_text("\n".join(",".join(row) for row in [head, *rows]) + "\n")
    one, other = (e.of("profit").primary for e in (walked(copied, "dandora")[2], kenya[2]))
    assert 100 * one.value == pytest.approx(other.value)
    assert one.p_value == pytest.approx(other.p_value)


def test_a_column_that_repeats_others_is_left_out_and_named(copied):
    plan = copied / "plan.toml"
    text = plan.read_text()
    first = text.index("wave_dummies = true")
    with_more = text[:first].rstrip().removesuffix("]") + '  "twice",\n]\n' + text[first:]
    plan.write_text(with_more)
    roster = copied / "dandora" / "roster.csv"
    head, *rows = roster.read_text().splitlines()
    schooled = head.split(",").index('"secondary_education"')
    doubled = [f"{row},{2 * int(row.split(',')[schooled])}" for row in rows]
    roster.write_text("\n".join([f'{head},"twice"', *doubled]) + "\n")
    (found,) = others(walked(copied, "dandora")[2], "mentee", POOLED)
    assert found.note == "2,578 rows of 367 people; left out, as other columns say the same: twice"
    assert round(found.value, 2) == 371.83


def test_the_mentors_contact_is_told_wave_by_wave(kenya):
    study, people, estimates = kenya
    checks = kit.check(study, people, estimates)
    assert {row.arm for row in checks.contact} == {"mentee"}
    last = checks.contact[-1]
    assert (last.wave, last.asked, round(last.share, 2)) == ("6", 105, 0.46)  # month 12
    assert last.low < last.share < last.high


def test_the_worst_wave_decides_on_attrition(kenya):
    study, people, estimates = kenya
    checks = kit.check(study, people, estimates)
    found = next(check for check in checks.of("profit", "mentee") if check.name == "attrition")
    by_wave = {}
    for row in checks.attrition["profit", "mentee"]:
        if row.wave != "0":
            by_wave.setdefault(row.wave, []).append(row.seen / row.began)
    apart = {wave: abs(one - other) for wave, (one, other) in by_wave.items()}
    assert found.passed is False
    assert found.value == pytest.approx(apart["3"])
    assert "At wave 3, the worst of 7" in found.in_words


def test_several_groups_are_allowed_for(kenya):
    study, people, estimates = kenya
    checks = kit.check(study, people, estimates)
    found = {arm: next(c for c in checks.of("profit", arm) if c.name == "several groups") for arm in study.arms}
    p = {arm: estimates.of("profit", arm).primary.p_value for arm in study.arms}
    assert found["mentee"].value == pytest.approx(2 * p["mentee"])
    assert found["business_class"].value == pytest.approx(max(2 * p["mentee"], p["business_class"]))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('others = ["business_class"]', 'others = ["Mentee"]', "two arms are called the same"),
        ("[words.arms.business_class]", "[words.arms.class]", "words.arms.class: [arms] names no such group"),
        ('errors = "CR1S"\ncluster = "person"', 'errors = "CR1S"', 'errors = "CR1S" and cluster go together'),
        ('outcome = "profit"\nsource = "Brooks, Donovan and Johnson (2018), table 3"',
         'outcome = "prophet"\nsource = "B"', "there is no outcome prophet"),
        ('unit = "Kenyan shillings"\n', "", "an outcome of kind metric needs unit"),
    ],
)  # fmt: skip
def test_faults_of_such_a_plan(copied, old, new, said):
    plan = copied / "plan.toml"
    text = plan.read_text()
    assert old in text
    plan.write_text(text.replace(old, new))
    with pytest.raises(PlanError) as told:
        kit.read_study(copied)
    assert said in str(told.value)
