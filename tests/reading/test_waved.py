"""All waves in one file, told by a column: held against one another as files of one wave each are."""

import numpy as np
import pandas as pd
import pytest

from made_plan import plan_head
from mentorstudy import examine, read_cohort, read_study
from mentorstudy.nouns.errors import StudyError

PEOPLE = range(1, 61)
SEVEN = [
    "Strongly disagree", "Disagree", "Somewhat disagree", "Neither agree nor disagree", "Somewhat agree", "Agree",
    "Strongly agree",
]  # fmt: skip
FIVE = [SEVEN[at] for at in (0, 1, 3, 5, 6)]
FILE = "c1/long.csv"
PLAN = (
    plan_head("long.csv", columns='person = "id"\nwave = "wave"\n')
    + """
[outcomes.demands]
kind = "item"
item = "demands"
waves = ["T0", "T12"]
role = "primary"
"""
)


class Long:
    """A study of one item, the answers of all waves in one file."""

    def __init__(self, folder):
        self.folder = folder / "mini"
        (self.folder / "c1").mkdir(parents=True)
        (self.folder / "plan.toml").write_text(PLAN)
        (self.folder / "c1" / "cohort.toml").write_text("")
        (self.folder / "c1" / "hr.csv").write_text("id,team\n" + "".join(f"P{at:04d},a\n" for at in PEOPLE))

    def waves(self, *, head="demands", by_person=False, people=PEOPLE, **answers):
        """The answers of each wave, given in turn; one wave after the other, or the waves of one person together."""
        rows = [
            (at, wave, f"P{at:04d},{wave},{given[at % len(given)]}\n")
            for wave, given in answers.items()
            for at in people
        ]
        if by_person:
            rows.sort(key=lambda row: row[:2])
        (self.folder / FILE).write_text(f"id,wave,{head}\n" + "".join(line for _, _, line in rows))
        return self

    def plan(self, lines="", *, yes="", waves='["T0", "T12"]'):
        text = PLAN.replace('["T0", "T12"]', waves) + (f"yes = {yes}\n" if yes else "") + lines + "\n"
        (self.folder / "plan.toml").write_text(text)
        return self

    def read(self):
        """The answers of each wave, and all notes."""
        files = read_cohort(read_study(self.folder), "c1").of("people", "survey")
        rows = pd.concat([file.rows for file in files])
        found = {wave: of["demands"].to_numpy() for wave, of in rows.groupby("wave", observed=True)}
        return found, [note for file in files for note in file.ledger.notes]

    def told(self):
        with pytest.raises(StudyError) as caught:
            self.read()
        return str(caught.value)


@pytest.fixture
def long(tmp_path):
    return Long(tmp_path)


@pytest.mark.parametrize("by_person", [False, True])
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (range(1, 6), range(5), "from 0 to 4 here at wave T12, and from 1 to 5"),
        (range(5), range(1, 6), "from 1 to 5 here at wave T12, and from 0 to 4"),
        (range(1, 6), range(1, 8), "from 1 to 7 here at wave T12, and from 1 to 5"),
        (["1.0", "2.0", "3.0"], range(1, 6), "from 1 to 5 here at wave T12, and from 1 to 3"),
    ],
)
def test_other_ranges_in_one_file_are_refused_until_the_plan_says(long, before, after, said, by_person):
    message = long.waves(T0=before, T12=after, by_person=by_person).told()
    assert f"{FILE}: column demands: item demands goes {said} in {FILE} at wave T0. Where every" in message
    points = sorted({int(float(point)) for point in (*before, *after)})
    codes = ", ".join(f'"{point}" = {point}' for point in points)
    found, _ = long.plan(f"[labels.demands]\ncodes = {{{codes}}}").read()
    assert [found["T0"].max(), found["T12"].max()] == [float(before[-1]), float(after[-1])]


DIGITS = [
    f"{code} - {word}" for code, word in enumerate(("low", "rather low", "so", "rather high", "high"), start=1)
]


@pytest.mark.parametrize(
    ("answers", "said"),
    [(DIGITS, "coded by the digits in the labels, 1 to 5"), (SEVEN, "the catalogue's set agree7, 1 to 7")],
)
def test_how_an_item_was_coded_is_told_of_all_waves_and_not_of_one_person(long, answers, said):
    path = long.waves(T0=answers).folder / FILE
    path.write_text(path.read_text() + f"P0007,T12,{answers[3]}\n")
    _, notes = long.read()
    told = [note for note in notes if "coded by" in note]
    assert len(told) == 1
    assert said in told[0]
    assert answers[3] not in told[0]


@pytest.mark.parametrize("answer", ["", "Prefer not to say"])
def test_a_wave_without_an_answer_in_the_digits_of_its_grid_is_read(long, answer):
    ids = '"{""ImportId"":""_recordId""}","{""ImportId"":""id""}","{""ImportId"":""wave""}"'
    grid = '"{""ImportId"":""QID1_1""}","{""ImportId"":""QID1_2""}"'
    head = (
        f"ResponseId,id,wave,demands,home\nResponse ID,id,wave,How is it - here,How is it - there\n{ids},{grid}\n"
    )
    rows = [
        f"R_{wave}{at:013d},P{at:04d},{wave},{DIGITS[at % 5] if wave == 'T0' else answer},{DIGITS[at % 5]}\n"
        for wave in ("T0", "T12")
        for at in PEOPLE
    ]
    (long.folder / FILE).write_text(head + "".join(rows))
    found, _ = long.read()
    assert np.isnan(found["T12"]).all()
    assert found["T0"].max() == 5


def test_other_ranges_at_events_of_redcap_are_refused(long):
    long.waves(baseline_arm_1=range(1, 6), followup_arm_1=range(5), by_person=True)
    path = long.folder / FILE
    path.write_text(path.read_text().replace("id,wave", "record_id,redcap_event_name", 1))
    waves = (
        'survey = {path = "long.csv", format = "redcap", waves = {baseline_arm_1 = "T0", followup_arm_1 = "T12"}}'
    )
    text = PLAN.replace('survey = "long.csv"', waves).replace(
        'person = "id"\nwave = "wave"', 'person = "record_id"'
    )
    (long.folder / "plan.toml").write_text(text)
    assert f"goes from 0 to 4 here at wave T12, and from 1 to 5 in {FILE} at wave T0" in long.told()


def test_check_tells_of_other_ranges_in_one_file(long):
    long.waves(T0=range(1, 6), T12=range(5))
    [cohort] = examine(read_study(long.folder)).cohorts
    assert cohort.exit_code == 3
    assert "goes from 0 to 4 here at wave T12" in str(cohort)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SEVEN, FIVE),
        (FIVE, SEVEN),
        (FIVE, range(1, 6)),
        (range(1, 6), FIVE),
    ],
)
def test_other_sets_of_answers_in_one_file_are_refused(long, before, after):
    message = long.waves(T0=before, T12=after).told()
    assert f"{FILE}: column demands: item demands is coded by " in message
    assert f"here at wave T12, and by {'numbers' if before[0] == 1 else 'agree'}" in message
    assert f"in {FILE} at wave T0: one answer would have two codes" in message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (range(1, 6), [3]),
        (range(1, 6), [2, 3, 4, 5]),
        (range(1, 6), [1, 2, 4]),
        (range(4), range(7)),  # how often
        (range(5), range(1, 8)),
        ([1, 2, 3, 4, 5], [2, 3, 4, 5, 6]),  # years
        (range(1, 6), [""]),
        (FIVE, FIVE[1:4]),
        (FIVE, ["Agree"]),
        (["Agree", "Disagree"], FIVE),
    ],
)
def test_few_answers_of_one_wave_are_no_other_range(long, before, after):
    found, _ = long.waves(T0=before, T12=after).read()
    codes = {label: code for code, label in enumerate(FIVE, start=1)}
    for wave, answers in (("T0", before), ("T12", after)):
        given = [codes.get(answers[at % len(answers)], answers[at % len(answers)]) for at in PEOPLE]
        assert np.array_equal(found[wave], [np.nan if one == "" else one for one in given], equal_nan=True)


def test_a_wave_of_few_people_shows_no_range(long):
    long.waves(T0=range(1, 6), T12=range(1, 6))
    with (long.folder / FILE).open("a") as file:
        file.writelines(f"P{at:04d},T24,{at % 7 + 1}\n" for at in range(1, 15))  # each answer twice
    long.plan(waves='["T0", "T12", "T24"]').read()


def test_the_answers_stand_in_the_rows_that_gave_them(long):
    answers = {"T0": [1, 2, 3, 4, 5], "T6": ["", 5, 5], "T12": [5, 4, 3, 2, 1, ""]}
    long.waves(by_person=True, **answers)
    found, _ = long.plan(waves='["T0", "T6", "T12"]').read()
    for wave, given in answers.items():
        expected = [float(given[at % len(given)] or "nan") for at in PEOPLE]
        assert np.array_equal(found[wave], expected, equal_nan=True)


def test_a_wave_that_is_none_of_the_outcome_s_is_held_against_nothing(long):
    """As the message says: take one out of waves."""
    long.waves(T0=FIVE, T6=SEVEN, T12=FIVE)
    found, _ = long.read()
    assert set(found["T0"]) == set(found["T12"]) == {1, 2, 3, 4, 5}
    assert "T6" not in found


def test_what_all_waves_of_a_file_tell_alike_is_told_once(long):
    message = long.waves(T0=[1, 2, 3, 4, 5, 99], T12=[1, 2, 3, 4, 5, 99]).told()
    assert message.count("99 looks like the code of a missing answer") == 1
    assert "row 6, 12, 18" in message
    assert "and 10 more" in message
    _, notes = long.waves(T0=FIVE, T12=FIVE).read()
    assert notes == [
        f"{FILE}: item demands: coded by the catalogue's set agree5, 1 to 5: Strongly disagree = 1, Strongly agree = 5."
    ]


def test_an_answer_that_counts_and_stands_in_one_wave_alone_is_refused(long):
    long.waves(T0=["Agree", "Disagree"], T12=["Stimme zu", "Stimme nicht zu"]).plan(yes='["Agree"]')
    assert "none of yes = " in (message := long.told())
    assert "is an answer here at wave T12, so its share would be 0" in message


def test_answers_of_other_sets_where_some_count_are_noted_with_their_waves(long):
    _, notes = long.waves(T0=SEVEN, T12=FIVE).plan(yes='["Agree", "Strongly agree"]').read()
    [note] = notes
    assert f"the answers are those of agree7 in {FILE} at wave T0 and agree5 in {FILE} at wave T12" in note


def test_several_answers_in_a_cell_are_known_from_the_file_s_other_waves(long):
    long.waves(T0=["Chat", "Chat; E-mail", "Phone"], T12=["E-mail", "Phone", "Chat"]).plan(yes='["Chat"]')
    assert "an answer that counts stands here beside others" in long.told()


def test_no_message_tells_a_person_s_words_or_how_many_gave_them(long):
    message = long.waves(T0=["my boss Karl", "fine"], T12=FIVE).told()
    assert "Karl" not in message
    message = long.waves(T0=[1, 2, 3, 4, 5], T12=["1", "2", "3", "4", "5", "6", "7"]).told()
    assert "60" not in message


def test_two_files_keyed_from_0_and_from_1_are_refused_too(long):
    for wave, answers in (("T0", range(1, 6)), ("T12", range(5))):
        long.waves(**{wave: answers})
        (long.folder / FILE).rename(long.folder / "c1" / f"svy_{wave}.csv")
    path = long.folder / "plan.toml"
    path.write_text(PLAN.replace("long.csv", "svy_*.csv").replace('wave = "wave"\n', ""))
    said = "item demands goes from 0 to 4 here, and from 1 to 5 in c1/svy_T0.csv."
    assert f"c1/svy_T12.csv: column demands: {said}" in long.told()
