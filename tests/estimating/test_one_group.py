"""One group alone: change and level by hand, what else a change may be, and no word too many."""

import html
import re

import numpy as np
import pytest
from scipy.stats import t as student
from test_studies import walked

import mentorstudy as kit
from mentorstudy.checking.growth import LOWER_HALF, NARROWED
from mentorstudy.nouns.errors import DataError, PlanError
from mentorstudy.nouns.overclaim import overclaims
from mentorstudy.reporting.page import page

PLAN = """
name = "alone"
title = "A programme of mentoring, everybody in it"
question = "How did those who took part answer before and after, and how many stayed?"
design = "single-group"

[words]
programme = "the programme"
people = "staff"
treated = "staff who took part"

[files]
people = "staff.csv"
survey = "survey_*.csv"
waves = "hours.csv"

[columns.people]
person = "id"
[columns.survey]
person = "id"
[columns.waves]
person = "id"

[exposure]
treated = "took part"
eligible = []

[labels.often]
codes = {"Daily" = 4, "Weekly" = 3, "Monthly" = 2, "Less often" = 1}
missing = {"Don't know" = "dont_know"}

[items]
met = ["How often did you meet?", "How often do you meet?"]

[items.tools]
column = "Q7"
separator = ";"

[outcomes.zeal]
kind = "scale"
scale = "zeal"
waves = ["T0", "T12"]
role = "primary"

[outcomes.hours]
label = "Hours of training"
kind = "metric"
column = "hours"
unit = "hours"
waves = ["T0", "T12"]
role = "secondary"

[outcomes.stayed]
label = "Still there"
kind = "event"
time = "months"
happened = "left"
horizon = 12
good = 0
role = "primary"

[outcomes.promoted]
label = "Promoted"
kind = "event"
column = "promoted"
horizon_months = 12
role = "secondary"

[outcomes.meeting]
label = "How often they met"
kind = "item"
item = "met"
waves = ["T12"]
role = "secondary"

[outcomes.chat]
label = "Met by chat"
kind = "item"
item = "tools"
waves = ["T12"]
yes = ["Chat"]
role = "secondary"
"""
ZEAL = """
name = "zeal"
label = "Zeal"
source = "made for tests"
licence = "MIT"
responses = ["never", "seldom", "sometimes", "often", "always"]
[[items]]
name = "z1"
text = "I begin before I am asked."
[[items]]
name = "z2"
text = "I finish what I begin."
"""


@pytest.fixture
def alone(tmp_path):
    """120 people; `shift` of a later score is set by rewriting survey_T12.csv."""
    rng = np.random.default_rng(3)
    folder = tmp_path / "alone"
    (folder / "first").mkdir(parents=True)
    (folder / "scales").mkdir()
    (folder / "plan.toml").write_text(PLAN)
    (folder / "scales" / "zeal.toml").write_text(ZEAL)
    (folder / "first" / "cohort.toml").write_text("")
    ids = [f"{n:03d}" for n in range(120)]
    latent = rng.normal(size=120)

    def answer(shift):
        return np.clip(np.rint(3 + latent + shift + rng.normal(scale=0.5, size=120)), 1, 5).astype(int)

    months, promoted, hours = rng.integers(3, 40, 120), rng.random(120) < 0.2, rng.normal(30, 5, 120)
    staff = [(i, min(m, 24), int(m < 24), int(p)) for i, m, p in zip(ids, months, promoted, strict=True)]
    write(folder, "staff.csv", ["id", "months", "left", "promoted"], staff)
    write(folder, "survey_T0.csv", ["id", "z1", "z2"], list(zip(ids, answer(0), answer(0), strict=True)))
    often = rng.choice(["Daily", "Weekly", "Monthly", "Less often", "Don't know", ""], 100)
    tools = rng.choice(["Chat", "Mail;Chat", "Mail", "Chatter", ""], 100)
    later = list(zip(ids[:100], answer(0.6)[:100], answer(0.6)[:100], often, tools, strict=True))
    write(folder, "survey_T12.csv", ["id", "z1", "z2", "How often do you meet?", "Q7"], later)
    by_wave = [(i, "T0", round(h, 2)) for i, h in zip(ids, hours, strict=True)]
    by_wave += [(i, "T12", round(h - 4 * (1 + rng.random() / 9), 2)) for i, h in zip(ids, hours, strict=True)]
    write(folder, "hours.csv", ["id", "wave", "hours"], by_wave)
    return folder


def write(folder, name, head, rows):
    lines = [",".join(head), *(",".join(map(str, row)) for row in rows)]
    (folder / "first" / name).write_text("\n".join(lines) + "\n")


def weighed(folder):
    study, people, estimates = walked(folder, "first")
    return people, estimates, kit.weigh(study, people, estimates, kit.check(study, people, estimates))


def one(evidence, outcome):
    return next(found for found in evidence.findings if found.outcome == outcome)


def test_a_change_is_the_mean_of_each_persons_own(alone):
    people, estimates, _ = weighed(alone)
    sample = people.sample("people")
    own = (sample.at_wave("zeal", "T12") - sample.at_wave("zeal", "T0")).dropna().to_numpy()
    found = estimates.of("zeal").primary
    assert found.contrast == "change"
    assert (found.mentored, found.unmentored) == (100, 0)
    assert found.value == pytest.approx(own.mean())
    reach = student.ppf(0.975, 99) * own.std(ddof=1) / 10
    assert (found.low, found.high) == pytest.approx((own.mean() - reach, own.mean() + reach))
    before, after = (next(e for e in estimates.of("zeal").others if e.at == at) for at in ("T0", "T12"))
    assert after.value - before.value == pytest.approx(found.value)


def test_a_rise_and_a_fall_are_told_in_the_same_frame(alone):
    _, _, evidence = weighed(alone)
    rose, fell = one(evidence, "zeal").sentence, one(evidence, "hours").sentence
    assert re.match(r"Zeal rose from \d\.\d\d to \d\.\d\d among staff who took part\. That is ", rose)
    assert re.match(r"Hours of training fell from 30\.\d to 2\d\.\d among", fell)
    assert "nobody knows what would have happened anyway" in rose
    assert (one(evidence, "zeal").state, one(evidence, "hours").state) == ("better", "worse")


def test_no_change_to_speak_of_is_neither(alone):
    before = (alone / "first" / "survey_T0.csv").read_text().splitlines()
    after = (alone / "first" / "survey_T12.csv").read_text().splitlines()
    # The later answers become the earlier ones, turned round among neighbours: as much up as down.
    rows = [line.split(",") for line in before[1:101]]
    swapped = [rows[at + 1 - 2 * (at % 2)][1:] for at in range(100)]
    both = zip(rows, swapped, after[1:], strict=True)
    told = [",".join([row[0], *new, *old.split(",")[3:]]) for row, new, old in both]
    (alone / "first" / "survey_T12.csv").write_text("\n".join([after[0], *told]) + "\n")
    found = one(weighed(alone)[2], "zeal")
    assert found.state == "unclear"
    assert "so we cannot say whether it rose or fell" in found.sentence


def test_what_else_a_change_may_be(alone):
    _, _, evidence = weighed(alone)
    checks = {check.name: check for check in one(evidence, "zeal").checks}
    change = one(evidence, "zeal").primary.value
    assert checks["growth that would be all of it"].value == pytest.approx(change, abs=0.006)  # as printed
    assert checks["growth that would be all of it"].passed is None
    back = checks["regression to the mean"]
    assert 0 < back.value < 1
    assert "they would come back by about" in back.in_words


def test_regression_to_the_mean_is_what_a_simulation_shows():
    rng = np.random.default_rng(8)
    true, error = rng.normal(size=400_000) * np.sqrt(0.7), np.sqrt(0.3)
    first, later = true + rng.normal(size=400_000) * error, true + rng.normal(size=400_000) * error
    low = first < 0
    # Within the half, alpha is what the error leaves of a variance that is narrower than the whole's.
    within = 1 - 0.3 / first[low].var()
    expected = LOWER_HALF * first[low].std() * NARROWED * (1 - within)
    assert (later - first)[low].mean() == pytest.approx(expected, rel=0.02)
    slope = np.cov(first[low], later[low])[0, 1] / first[low].var()
    assert slope == pytest.approx(0.7, abs=0.01)


def test_the_share_still_there_is_kaplan_and_meier_s(alone):
    _, estimates, _ = weighed(alone)
    rows = [line.split(",") for line in (alone / "first" / "staff.csv").read_text().splitlines()[1:]]
    time, left = np.array([int(r[1]) for r in rows]), np.array([int(r[2]) for r in rows])
    kept = 1.0
    for at in range(1, 13):
        kept *= 1 - ((time == at) & (left == 1)).sum() / (time >= at).sum()
    found = estimates.of("stayed").primary
    assert (found.at, found.value) == ("12 months", pytest.approx(kept))
    assert found.low < found.value < found.high


def test_items_by_label_and_by_the_answers_that_count(alone):
    _, estimates, evidence = weighed(alone)
    rows = [line.split(",") for line in (alone / "first" / "survey_T12.csv").read_text().splitlines()[1:]]
    codes = {"Daily": 4, "Weekly": 3, "Monthly": 2, "Less often": 1}
    met = [codes[row[3]] for row in rows if row[3] in codes]
    chat = [("Chat" in row[4].split(";")) for row in rows if row[4]]
    assert estimates.of("meeting").primary.value == pytest.approx(np.mean(met))
    assert estimates.of("meeting").primary.mentored == len(met)
    assert estimates.of("chat").primary.value == pytest.approx(np.mean(chat))
    asked = {row.item: row.asked for row in evidence.wordings}
    assert asked["met"] == "How often do you meet?"


def test_two_columns_of_one_item_are_refused(alone):
    path = alone / "first" / "survey_T12.csv"
    path.write_text(path.read_text().replace("Q7", "How often did you meet?", 1))
    with pytest.raises(DataError, match="are both item met"):
        walked(alone, "first")


def test_an_answer_outside_every_label_set_is_refused_without_its_text(alone):
    path = alone / "first" / "survey_T12.csv"
    path.write_text(path.read_text().replace("Daily", "Every blue moon", 1))
    with pytest.raises(DataError, match="an answer that is no number and stands in no label set") as told:
        walked(alone, "first")
    assert "blue moon" not in str(told.value)


def test_no_string_of_such_a_report_says_more_than_was_seen(alone):
    for folder in (alone,):
        _, estimates, evidence = weighed(folder)
        text = re.sub(r"<style.*?</style>", "", page(evidence), flags=re.DOTALL)
        told = re.findall(r'(?:data-label|aria-label|title)="([^"]*)"', text)
        words = html.unescape(re.sub(r"<[^>]+>", " | ", text)) + " | ".join(told)
        assert overclaims(words, "Descriptive") == ()
        for name in ("against", "mentored / ", "naive"):
            assert name not in words
        study = kit.read_study(folder)
        shown = [study, kit.read_cohort(study, "first"), estimates, evidence]
        assert overclaims(" ".join(map(repr, shown)).replace("regression to the mean", ""), "Descriptive") == ()


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("A programme of mentoring", "Mentoring improves zeal", "improves"),
        ("How did those", "Did the programme increase zeal; how did those", ""),
        ('label = "Promoted"', 'label = "Promoted more often than before"', "than"),
        ('treated = "staff who took part"', 'treated = "staff whom it helped, because they took part"', "because"),
    ],
)
def test_the_plan_s_own_words_are_read_too(alone, old, new, word):
    plan = alone / "plan.toml"
    assert old in plan.read_text()
    plan.write_text(plan.read_text().replace(old, new))
    if not word:
        kit.read_study(alone)
        return
    with pytest.raises(PlanError, match=f"says {word}, which the design single-group cannot show"):
        kit.read_study(alone)


def test_somebody_else_s_words_stand_in_quotation_marks(alone):
    plan = alone / "plan.toml"
    plan.write_text(plan.read_text().replace("A programme of mentoring", "“Mentoring improves zeal”: a programme"))
    assert kit.read_study(alone).name == "alone"


def test_a_group_to_set_beside_is_none_of_this_design(alone):
    plan = alone / "plan.toml"
    plan.write_text(plan.read_text().replace('treated = "took part"', 'treated = "took part"\ncomparison = "rest"'))
    with pytest.raises(PlanError, match="a single group is set beside nobody"):
        kit.read_study(alone)
