"""Items that are outcomes of their own: one set of answers in all waves, and no number or word taken for another."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from made_plan import plan_head
from mentorstudy import examine, inspect_files, read_cohort, read_study
from mentorstudy.nouns.errors import PlanError, StudyError
from mentorstudy.nouns.item import Item
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.reading.coding.catalogue import by_catalogue
from mentorstudy.reading.coding.values import NOTHING
from mentorstudy.reading.counted import counted
from mentorstudy.reading.grid import Column, Field
from mentorstudy.reading.place import Place
from mentorstudy.reading.shown import offered_in
from mentorstudy.reading.table import Table

PEOPLE = range(1, 61)
SEVEN = [
    "Strongly disagree", "Disagree", "Somewhat disagree", "Neither agree nor disagree", "Somewhat agree", "Agree",
    "Strongly agree",
]  # fmt: skip
FIVE = [SEVEN[at] for at in (0, 1, 3, 5, 6)]
PLAN = (
    plan_head("svy_*.csv")
    + """
[outcomes.demands]
kind = "item"
item = "demands"
waves = ["T0", "T12"]
role = "primary"
"""
)


class Mini:
    """A study of one item in two waves, its answers given in turn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "mini"
        (self.folder / "c1").mkdir(parents=True)
        (self.folder / "plan.toml").write_text(PLAN)
        (self.folder / "c1" / "cohort.toml").write_text("")
        self.write("hr.csv", "id,team", ["a"])

    def write(self, name, head, answers):
        rows = [f"P{at:04d},{answers[at % len(answers)]}" for at in PEOPLE]
        (self.folder / "c1" / name).write_text("\n".join([head, *rows]) + "\n")

    def waves(self, before, after, *, heads=("demands", "demands")):
        for wave, head, answers in zip(("T0", "T12"), heads, (before, after), strict=True):
            self.write(f"svy_{wave}.csv", f"id,{head},asked", [f"{answer},{wave}" for answer in answers])
        return self

    def plan(self, lines, *, yes=""):
        text = PLAN + (f"yes = {yes}\n" if yes else "") + lines + "\n"
        (self.folder / "plan.toml").write_text(text)
        return self

    def read(self):
        files = read_cohort(read_study(self.folder), "c1").of("people", "survey")
        return [file.rows["demands"].to_numpy() for file in files], [
            note for file in files for note in file.ledger.notes
        ]

    def told(self):
        with pytest.raises(StudyError) as caught:
            self.read()
        return str(caught.value)

    def pasted(self):
        """The study with the first lines that its message tells to paste."""
        return self.plan(lines_of(self.told()))


def lines_of(message):
    """The first table of TOML in a message."""
    found = re.search(r"^(\[\S+\]\n(?:[^\n]+ = [^\n]+\n?)+)", message, re.MULTILINE)
    assert found, message
    tomllib.loads(found[1].replace("= ...", "= 0"))
    return found[1]


@pytest.fixture
def mini(tmp_path):
    return Mini(tmp_path)


def mean_of(answers, codes=None):
    given = [answers[at % len(answers)] for at in PEOPLE]
    return np.mean([codes[answer] if codes else answer for answer in given])


def test_the_same_words_have_one_code_in_all_waves(mini):
    after = ["Disagree" if "disagree" in label and "Som" in label else label for label in SEVEN]
    after = [label.replace("Somewhat agree", "Agree") for label in after]
    assert set(after) == set(FIVE)
    mini.waves(SEVEN, after)
    message = mini.told()
    assert (
        "c1/svy_T12.csv: column demands: item demands is coded by agree5 here, and by agree7 in c1/svy_T0.csv"
        in message
    )
    (before, later), _ = mini.pasted().read()
    codes = {label: code for code, label in enumerate(SEVEN, start=1)}
    assert before.mean() == mean_of(SEVEN, codes)
    assert later.mean() == mean_of(after, codes)


def test_what_one_wave_leaves_open_all_waves_decide(mini):
    (before, later), notes = mini.waves(FIVE, FIVE[1:]).read()
    codes = {label: code for code, label in enumerate(FIVE, start=1)}
    assert (before.mean(), later.mean()) == (mean_of(FIVE, codes), mean_of(FIVE[1:], codes))
    assert any("item demands: coded by the catalogue's set agree5, 1 to 5" in note for note in notes)


@pytest.mark.parametrize("nothing", ["", "Don't know"])
def test_a_wave_without_any_answer_is_coded_by_nothing_else(mini, nothing):
    (before, later), _ = mini.waves(FIVE, [nothing]).read()
    assert before.mean() == 3
    assert np.isnan(later).all()
    (before, later), _ = mini.waves([nothing], FIVE).read()
    assert later.mean() == 3


def test_what_no_wave_decides_is_asked_with_the_codes_of_each_set(mini):
    message = mini.waves(FIVE[1:], FIVE[1:]).told()
    assert 'as agree5:\n[labels.demands]\ncodes = {"Disagree" = 2, "Neither agree nor disagree" = 3' in message
    assert 'or as agree7:\n[labels.demands]\ncodes = {"Disagree" = 2, "Neither agree nor disagree" = 4' in message
    (before, _), _ = mini.pasted().read()
    assert set(before) == {2, 3, 4, 5}


@pytest.mark.parametrize(
    ("before", "after"),
    [([1, 2, 3, 4, 5], FIVE), (FIVE, [1, 2, 3, 4, 5]), (FIVE, [f"{n} - x{n}" for n in range(5)])],
)
def test_numbers_in_one_wave_and_words_in_the_other_are_refused_until_the_plan_says(mini, before, after):
    message = mini.waves(before, after).told()
    assert "one answer would have two codes" in message
    if after[0] == "0 - x0":
        assert "Other texts may be people's own and are not shown" in message
        return
    (one, other), _ = mini.pasted().read()
    assert one.mean() == other.mean() == 3


def labelled(mini, before, after, points=(5, 5)):
    """The item in two SPSS files, from 1 on, with these value labels."""
    for wave, labels, most in zip(("T0", "T12"), (before, after), points, strict=True):
        rows = pd.DataFrame(
            {"id": [f"P{at:04d}" for at in PEOPLE], "demands": [float(at % most + 1) for at in PEOPLE]}
        )
        pyreadstat.write_sav(
            rows,
            mini.folder / "c1" / f"svy_{wave}.sav",
            variable_value_labels={"demands": labels} if labels else {},
        )
    path = mini.folder / "plan.toml"
    path.write_text(PLAN.replace("svy_*.csv", "svy_*.sav"))
    return mini


def test_other_words_for_the_same_code_of_the_file_are_refused(mini):
    labelled(mini, dict(enumerate(FIVE, start=1)), dict(enumerate(FIVE[::-1], start=1)))
    assert "one answer would have two codes" in mini.told()


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ({1: "low", 5: "high"}, {}, ""),
        ({1: "low", 5: "high"}, {1: "low", 3: "middle", 5: "high"}, ""),
        ({1: "low", 5: "high"}, dict(enumerate(["low", "b", "c", "d", "high"], start=1)), ""),
        ({1: "low", 5: "high"}, {1: "low", 5: "high", 99: "Don't know"}, ""),  # which nobody chose
        (
            {1: "low", 5: "high"},
            {1: "low", 5: "high", 9: "so lala"},
            '[labels.demands]\nmissing = {"9" = "refused"}',
        ),
        (
            {1: "low", 5: "high"},
            {1: "low", 5: "high", 9: "so lala"},
            '[labels.demands]\nmissing = {"so lala" = "refused"}',
        ),
        ({98: "own word", 99: "another"}, {}, ""),  # labels beyond all answers are no ends
    ],
)
def test_labels_at_some_points_are_no_other_range(mini, before, after, lines):
    path = labelled(mini, before, after).folder / "plan.toml"
    path.write_text(path.read_text() + lines)
    (one, other), _ = mini.read()
    assert one.mean() == other.mean() == 3


def test_labels_at_the_ends_are_the_range(mini):
    labelled(mini, {1: "low", 5: "high"}, {1: "low", 7: "top"}, points=(5, 7))
    assert "item demands goes from 1 to 7 here, and from 1 to 5 in c1/svy_T0.sav" in mini.told()
    labelled(mini, {1: "low", 5: "high"}, {}, points=(5, 7))
    assert "item demands goes from 1 to 7 here, and from 1 to 5 in c1/svy_T0.sav" in mini.told()


def test_a_range_too_long_to_list_is_not_listed(mini):
    message = labelled(mini, dict(enumerate("abcde", start=1)), {1: "a", 3_000_000: "weiter"}).told()
    assert "from 1 to 3e+06 here" in message
    assert "codes = {...}" in message


@pytest.mark.parametrize(("before", "after"), [(5, 7), (7, 5), (4, 5)])
def test_other_ranges_are_refused_until_the_plan_says(mini, before, after):
    mini.waves(range(1, before + 1), range(1, after + 1))
    assert f"item demands goes from 1 to {after} here, and from 1 to {before} in c1/svy_T0.csv" in mini.told()
    (one, other), _ = mini.pasted().read()
    assert (one.max(), other.max()) == (before, after)


def in_outcomes(mini, waves):
    """The item as one outcome at each list of waves."""
    first, _, _ = PLAN.partition("[outcomes.")
    told = [
        f'[outcomes.o{at}]\nkind = "item"\nitem = "demands"\nwaves = {json.dumps(own)}\n'
        f'role = "{"secondary" if at else "primary"}"\n'
        for at, own in enumerate(waves)
    ]
    (mini.folder / "plan.toml").write_text("".join([first, *told]))
    return mini


@pytest.mark.parametrize(
    ("waves", "helps"),
    [
        ([["T0", "T12"], ["T12"]], True),
        ([["T0"], ["T12"]], False),
        ([["T0", "T12"], ["T0"], ["T12"]], False),
    ],
)
@pytest.mark.parametrize(("before", "after"), [(range(1, 6), range(1, 8)), (SEVEN, FIVE)])
def test_to_take_a_wave_out_is_told_only_where_it_helps(mini, before, after, waves, helps):
    message = in_outcomes(mini.waves(before, after), waves).told()
    assert ("take one out of waves" in message) == helps


def test_outcomes_of_one_wave_each_may_have_items_of_their_own(mini):
    message = in_outcomes(mini.waves(SEVEN, FIVE), [["T0"], ["T12"]]).told()
    assert message.endswith('as in item = "demands_2", and under [items]\n"demands_2" = "demands"')
    path = mini.folder / "plan.toml"
    first, second = path.read_text().split("[outcomes.o1]")
    second = second.replace('"demands"', '"demands_2"')
    path.write_text(f'{first}[outcomes.o1]{second}[items]\n"demands_2" = "demands"\n')
    exports = read_cohort(read_study(mini.folder), "c1").of("people", "survey")
    assert [exports[0].rows["demands"].max(), exports[1].rows["demands_2"].max()] == [7, 5]


@pytest.mark.parametrize(
    ("first", "between", "last"),
    [([1, 5], range(1, 6), range(1, 8)), (["Strongly disagree", "Strongly agree"], SEVEN, FIVE)],
)
def test_each_wave_is_held_against_all_before_it(mini, first, between, last):
    mini.waves(first, last).write("svy_T6.csv", "id,demands,asked", [f"{answer},T6" for answer in between])
    path = mini.folder / "plan.toml"
    path.write_text(PLAN.replace('waves = ["T0", "T12"]', 'waves = ["T0", "T6", "T12"]'))
    message = mini.told()
    assert "demands" in message
    assert "c1/svy_T6.csv" in message
    assert "c1/svy_T12.csv" in message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (range(19, 64), range(20, 65)),  # ages
        (range(4), range(7)),  # how often
        ([1, 2, 3, 4, 5], [2, 3, 4, 5, 6]),  # years
        (range(11), [0, *range(3, 11)]),
        ([1, 2, 4, 5], range(1, 8)),
        (range(0, 101, 5), range(0, 96, 5)),
        ([-3, -1, 0, 2, -9], [0, 1, 2, -9]),
        ([12, 20, 99], [13, 21, 98]),
        ([1.5, 2.5, 3.25], [7, 99.5]),
        (range(1, 11), range(1, 11)),
    ],
)
def test_honest_numbers_pass(mini, before, after):
    (one, other), notes = mini.waves(before, after).read()
    assert (one.mean(), other.mean()) == (mean_of(before), mean_of(after))
    assert notes == []


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([1, 2, 3, 4, 5, 99], 99),
        ([1, 2, 3, 4, 5, -99], -99),
        ([0, 1, 2, 3, 88], 88),
        ([1, 2, 3, 4, 5, 9], 9),
        ([1, 2, 3, 4, 77], 77),
        ([23, 35, 41, -99], -99),
        ([23, 35, 41, 999], 999),
    ],
)
def test_a_code_of_missing_answers_is_no_answer(mini, answers, code):
    others = [answer for answer in answers if answer != code]
    message = mini.waves(others, answers).told()
    assert f"column demands: {code} looks like the code of a missing answer" in message
    (before, later), _ = mini.pasted().read()
    assert np.isnan(later).sum() == sum(answers[at % len(answers)] == code for at in PEOPLE)
    assert np.nanmax(later) == max(others)
    assert set(np.unique(before)) == set(others)


@pytest.mark.parametrize("code", [99, -99, 999, -9])
def test_one_code_of_a_missing_answer_beside_a_small_scale_is_none_either(mini, code):
    answers = [code, *(at % 5 + 1 for at in PEOPLE)][: len(PEOPLE)]
    message = mini.waves([1, 2, 3, 4, 5], answers).told()
    assert f"column demands: {code} looks like the code of a missing answer" in message
    (_, later), _ = mini.pasted().read()
    assert np.isnan(later).sum() == 1
    assert np.nanmax(later) == 5


@pytest.mark.parametrize("yes", ["", '["Agree", "Strongly agree"]'])
@pytest.mark.parametrize("after", [FIVE, FIVE[1:]])
def test_codes_of_missing_answers_among_words_are_told_and_not_the_words(mini, after, yes):
    mini.waves(FIVE, [*after, 99]).plan("", yes=yes)
    message = mini.told()
    assert f"row {', '.join(str(len(after) * (n + 1) + n + 1) for n in range(3))}, " in message
    assert message.count("\n") == 3
    assert "column demands: 99 looks like the code of a missing answer" in message
    (_, later), _ = mini.plan(lines_of(message), yes=yes).read()
    assert np.isnan(later).sum() == 60 // (len(after) + 1)


def test_a_number_too_long_for_one_is_none(mini):
    mini.waves([1, 2, 3, "9" * 320], [1, 2, 3])
    assert "row 4, 8" in (message := mini.told())
    assert "column demands: an answer that is no number" in message
    assert "999" not in message.partition("look like")[0]
    (before, _), _ = mini.waves([1, 2, 10**18], [1, 2, 3]).read()  # nobody counts up to it
    assert before.max() == 10**18


@pytest.mark.parametrize("rare", [-9, 9, 999])
def test_a_number_that_stands_once_may_be_an_answer_where_no_scale_is(mini, rare):
    answers = [rare, *(at % 40 + 12 for at in PEOPLE)][: len(PEOPLE)]
    (before, _), notes = mini.waves(answers, answers).read()
    assert before.mean() == mean_of(answers)
    assert notes == []


def test_a_number_far_from_the_others_may_be_an_answer(mini):
    answers = [1, 2, 3, 4, 5, 99]
    codes = ", ".join(f'"{answer}" = {answer}' for answer in answers)
    (_, later), _ = mini.waves(answers, answers).plan(f"[labels.demands]\ncodes = {{{codes}}}").read()
    assert later.max() == 99


def test_reasons_declared_for_another_question_hold_for_it_alone(mini):
    mini.waves(
        [f"{n},{n % 5}" for n in range(11)], [f"{n},{n % 5}" for n in range(11)], heads=["demands,other"] * 2
    )
    (before, _), _ = mini.plan('[labels.other]\nmissing = {"9" = "no_answer"}').read()
    assert before.max() == 10
    assert not np.isnan(before).any()
    (before, _), _ = mini.plan('[labels.demands]\nmissing = {"9" = "no_answer"}').read()
    assert np.isnan(before).any()


@pytest.mark.parametrize("ends", [("Not at all likely", "Extremely likely"), ("not once", "all day")])
def test_numbers_among_words_are_listed_with_them(mini, ends):
    cells = [ends[0], "1", "2", "3", ends[1]]
    mini.waves(cells, cells[::-1])
    known = ends[0].startswith("Not")
    message = mini.told()
    numbers = '"1" = ..., "2" = ..., "3" = ...}'
    assert (numbers in message) == known  # other words may be people's own
    assert f'"{ends[1]}" = 5}}' not in message
    mini.plan(f'[labels.demands]\ncodes = {{"{ends[0]}" = 1, "{ends[1]}" = 5}}')
    message = mini.told()  # 1 would be the first answer and the second
    assert f'"{ends[0]}" = 1, "{ends[1]}" = 5, {numbers}' in message
    lines = lines_of(message)
    for number in (1, 2, 3):
        lines = lines.replace(f'"{number}" = ...', f'"{number}" = {number + 1}')
    (before, _), _ = mini.plan(lines).read()
    assert before[:5].tolist() == [2, 3, 4, 5, 1]


def test_numbers_between_the_ends_that_the_plan_declares_are_answers(mini):
    cells = ["Not once", "2", "3", "4", "All day"]
    mini.waves(cells, cells[::-1]).plan('[labels.demands]\ncodes = {"Not once" = 1, "All day" = 5}')
    (before, _), _ = mini.read()
    assert before.mean() == 3


def test_a_set_of_another_question_codes_nothing_else(mini):
    pairs = [f"{label},{label}" for label in FIVE]
    mini.waves(pairs, pairs, heads=["demands,other"] * 2)
    turned = ", ".join(f'"{label}" = {code}' for code, label in enumerate(FIVE[::-1], start=1))
    (before, _), _ = mini.plan(f"[labels.other]\ncodes = {{{turned}}}").read()
    assert before[-1] == FIVE.index(FIVE[60 % 5]) + 1
    (before, _), _ = mini.plan(
        f"[labels.turned]\ncodes = {{{turned}}}"
    ).read()  # under a name of its own it is lent
    assert before[-1] == 5 - FIVE.index(FIVE[60 % 5])


@pytest.mark.parametrize("name", ["demands", "How much?"])
def test_a_set_goes_by_the_item_s_name_or_its_column_s(mini, name):
    answers = ["nope", "so so", "yep"]
    mini.waves(answers, answers, heads=["How much?"] * 2)
    lines = f'[items]\ndemands = "How much?"\n[labels."{name}"]\ncodes = {{"nope" = 1, "so so" = 2, "yep" = 3}}'
    (before, _), _ = mini.plan(lines).read()
    assert set(before) == {1, 2, 3}


def test_a_set_that_names_nothing_is_refused(mini):
    mini.waves(range(5), range(5)).plan('[labels.demand]\nmissing = {"4" = "no_answer"}')
    said = "labels.demand: no scale, item or column is called so, and no answers are all in this set."
    assert f"{said} Did you mean demands?" in mini.told()


def in_two_cohorts(mini, *, other):
    """The study with a second cohort, in which the column extra is called otherwise."""
    mini.waves([f"{n},x" for n in range(5)], [f"{n},x" for n in range(5)], heads=["demands,extra"] * 2)
    shutil.copytree(mini.folder / "c1", mini.folder / "c2")
    for path in (mini.folder / "c2").glob("svy_*"):
        path.write_text(path.read_text().replace("extra", other))
    return mini


def test_a_set_that_names_something_in_another_cohort_is_right(mini):
    in_two_cohorts(mini, other="other").plan('[labels.extra]\nmissing = {"x" = "refused"}')
    for cohort in ("c1", "c2"):
        exports = read_cohort(read_study(mini.folder), cohort)
        assert [note for file in exports.files for note in file.ledger.notes] == []


def test_a_set_lent_to_another_cohort_is_right(mini):
    in_two_cohorts(mini, other="extra").plan('[labels.own]\ncodes = {"nope" = 0, "so so" = 1, "yep" = 2}')
    for path in (mini.folder / "c2").glob("svy_*"):
        answers = [["nope", "so so", "yep"][at % 3] for at in PEOPLE]
        lines = [f"P{at:04d},{answer},x,{path.stem}" for at, answer in zip(PEOPLE, answers, strict=True)]
        path.write_text("\n".join(["id,demands,extra,asked", *lines]) + "\n")
    assert [one.faults for one in examine(read_study(mini.folder)).cohorts] == [(), ()]


def test_a_set_that_names_nothing_in_any_cohort_is_refused_in_each(mini):
    in_two_cohorts(mini, other="other").plan('[labels.demand]\nmissing = {"4" = "no_answer"}')
    said = "labels.demand: no scale, item or column is called so, and no answers are all in this set. Did you mean "
    for cohort in ("c1", "c2"):
        with pytest.raises(PlanError, match=re.escape(f"{said}demands?")):
            read_cohort(read_study(mini.folder), cohort)


@pytest.mark.parametrize("lacking", ["hr.csv", "cohort.toml"])
def test_a_set_that_may_name_something_in_a_cohort_that_cannot_be_read_is_noted(mini, lacking):
    in_two_cohorts(mini, other="extra").plan('[labels.demand]\nmissing = {"4" = "no_answer"}')
    path = mini.folder / "c2" / lacking
    path.write_text("intake = 3\n") if lacking == "cohort.toml" else path.unlink()
    exports = read_cohort(read_study(mini.folder), "c1")
    [note] = [note for file in exports.files for note in file.ledger.notes]
    assert note.startswith("c1/svy_T0.csv: labels.demand: no scale, item or column is called so")


def notes_of_the_first(mini):
    exports = read_cohort(read_study(mini.folder), "c1")
    return [note for file in exports.files for note in file.ledger.notes]


MOOD = '[labels.mood]\ncodes = {"sunny" = 3, "cloudy" = 2, "rainy" = 1}'
IN_DOUBT = "c1/svy_T0.csv: labels.mood: no scale, item or column is called so"


@pytest.mark.parametrize("answers", [[""], ["cold", "warm"]])
def test_a_set_that_may_hold_for_answers_blank_or_at_fault_in_another_cohort_is_noted(mini, answers):
    in_two_cohorts(mini, other="extra").plan(MOOD)
    rows = [f"P{at:04d},{answers[at % len(answers)]},x,T12" for at in PEOPLE]
    (mini.folder / "c2" / "svy_T12.csv").write_text("\n".join(["id,demands,extra,asked", *rows]) + "\n")
    [note] = notes_of_the_first(mini)
    assert note.startswith(IN_DOUBT)


def test_a_set_that_may_hold_for_a_later_wave_of_another_cohort_is_noted(mini):
    in_two_cohorts(mini, other="extra").plan(MOOD)
    (mini.folder / "c2" / "svy_T12.csv").unlink()
    [note] = notes_of_the_first(mini)
    assert note.startswith(IN_DOUBT)


@pytest.mark.parametrize("waves", [["T0"], ["T0", "T12"]])
def test_a_set_may_hold_for_a_later_wave_in_the_one_file_of_another_cohort(mini, waves):
    rows = [f"P{at:04d},{wave},{at % 5}" for wave in ("T0", "T12") for at in PEOPLE]
    mini.plan(MOOD)
    path = mini.folder / "plan.toml"
    path.write_text(path.read_text().replace("svy_*", "svy").replace("survey]\n", 'survey]\nwave = "wave"\n'))
    shutil.copytree(mini.folder / "c1", mini.folder / "c2")
    for cohort, held in (("c1", ["T0", "T12"]), ("c2", waves)):
        lines = [row for row in rows if row.split(",")[1] in held]
        (mini.folder / cohort / "svy.csv").write_text("\n".join(["id,wave,demands", *lines]) + "\n")
    if waves == ["T0", "T12"]:
        with pytest.raises(PlanError, match=r"labels\.mood: no scale"):
            notes_of_the_first(mini)
    else:
        [note] = notes_of_the_first(mini)
        assert note.startswith(IN_DOUBT.replace("svy_T0", "svy"))


def test_a_misspelt_set_is_told_where_the_answers_of_both_cohorts_lack_it(mini):
    for_it = '[labels.demand]\ncodes = {"cold" = 1, "warm" = 2, "hot" = 3}'
    mini.waves(["cold", "warm"], ["cold", "damp"]).plan(for_it)
    shutil.copytree(mini.folder / "c1", mini.folder / "c2")
    for path in mini.folder.glob("c?/svy_*"):
        path.write_text(path.read_text().replace("warm", "warmer"))
    assert "labels.demand: no scale, item or column is called so" in mini.told()


def test_a_cohort_may_be_without_a_survey_that_is_optional(mini):
    in_two_cohorts(mini, other="extra").plan('[labels.demand]\nmissing = {"4" = "no_answer"}')
    for path in (mini.folder / "c2").glob("svy_*"):
        path.unlink()
    read_cohort(read_study(mini.folder), "c1")
    plan = mini.folder / "plan.toml"
    plan.write_text(plan.read_text().replace('"svy_*.csv"', '{path = "svy_*.csv", optional = true}'))
    with pytest.raises(PlanError, match=r"labels\.demand: no scale, item or column"):
        read_cohort(read_study(mini.folder), "c1")


def test_a_cohort_that_is_read_for_another_is_not_compared_with_its_last_export(mini, monkeypatch):
    in_two_cohorts(mini, other="extra").plan('[labels.demand]\nmissing = {"x" = "refused"}')
    compared = []
    monkeypatch.setattr("mentorstudy.reading.survey.compared", lambda _, label, *__: compared.append(label) or "")
    with pytest.raises(PlanError):
        read_cohort(read_study(mini.folder), "c1")
    assert set(compared) == {"c1"}


def test_a_set_lent_to_an_outcome_of_which_some_answers_count_is_used(mini):
    often = '[labels.often]\ncodes = {"Daily" = 3, "Weekly" = 2, "Never" = 1}\nmissing = {"Ask Ann" = "dont_know"}'
    answers = ["Daily", "Weekly", "Never", "Ask Ann"]
    (before, _), notes = mini.waves(answers, answers[1:]).plan(often, yes='["Daily"]').read()
    assert notes == []
    assert np.isnan(before).sum() == len(PEOPLE) / 4  # "Ask Ann" is none of those that do not count
    assert np.nanmean(before) == pytest.approx(1 / 3)
    mini.waves(["Daily", "Hourly"], answers).read()  # of use to one wave
    said = "labels.often: no scale, item or column is called so, and no answers are all in this set."
    assert said in mini.waves(["Daily", "Hourly"], ["Daily", "Hourly"]).told()


def test_two_sets_of_one_question_that_contradict_each_other_are_refused(mini):
    sets = (
        '[labels.demands]\ncodes = {"nope" = 1, "yep" = 2}\n[labels."How much?"]\ncodes = {"nope" = 2, "yep" = 1}'
    )
    mini.waves(["nope", "yep"], ["nope", "yep"], heads=["How much?"] * 2)
    mini.plan(f'[items]\ndemands = "How much?"\n{sets}')
    assert "[labels] demands and How much? are the same question's answers, and nope is 1 in one" in mini.told()


def test_words_that_the_plan_s_set_lacks_are_refused(mini):
    mini.waves(["nope", "yep"], ["nope", "my own words"])
    message = mini.plan('[labels.demands]\ncodes = {"nope" = 1, "yep" = 2}').told()
    assert "a text that is none of the answers under [labels.demands]" in message
    assert "own words" not in message


def test_words_that_nothing_knows_are_told_by_their_shape(mini):
    message = mini.waves(["my boss Karl", "fine"], ["my boss Karl", "fine"]).told()
    assert "Karl" not in message
    assert "they look like aaaa, aa aaaa aaaa" in message


def test_words_of_one_s_own_are_looked_at_once(mini, monkeypatch):
    """In a column of comments that is taken for an item each look at all texts may be thousands of times as long."""
    looked = []
    for name, known in (("place.offered_in", offered_in), ("alike.by_catalogue", by_catalogue)):
        monkeypatch.setattr(
            f"mentorstudy.reading.{name}",
            lambda *told, of=known: looked.append(of) or of(*told),
        )
    comments = [f"so it went {'on and ' * at}on" for at in PEOPLE]
    assert "they look like" in mini.waves(comments, comments).told()
    assert looked == []
    assert "as agree5" in mini.waves(FIVE[1:], FIVE[1:]).told()
    assert looked == [by_catalogue]
    looked.clear()
    assert "none of yes" in mini.waves(comments, comments).plan("", yes='["Agree"]').told()
    assert looked == [offered_in] * 2


GRID = "Timestamp,id,How far? [demands],How far? [others]\n"


def grid(folder, own, others):
    for wave in ("T0", "T12"):
        answers = [(own[at % len(own)], others[at % len(others)]) for at in PEOPLE]
        rows = [
            f"2026/03/{at % 28 + 1:02d} {wave[1]}:10:11 AM GMT+1,P{at:04d},{one},{other}\n"
            for at, (one, other) in zip(PEOPLE, answers, strict=True)
        ]
        (folder / "c1" / f"svy_{wave}.csv").write_text(GRID + "".join(rows))


def test_an_item_of_a_grid_is_coded_as_inspect_says(mini):
    grid(mini.folder, FIVE[1:4], FIVE)
    mini.plan('[items]\ndemands = "How far? [demands]"')
    [file] = inspect_files([mini.folder / "c1" / "svy_T0.csv"]).files
    assert {column.name: column.coded_by for column in file.columns}["How far? [demands]"] == "agree5"
    (before, _), _ = mini.read()
    assert set(before) == {2, 3, 4}


@pytest.mark.parametrize("lines", ['missing = {"Agree" = "refused"}', 'codes = {"Agree" = 9, "Disagree" = 1}'])
def test_what_is_declared_for_another_column_of_a_grid_holds_for_it_alone(mini, lines):
    grid(mini.folder, FIVE, FIVE)
    plan = '[items]\ndemands = "How far? [demands]"\n'
    (before, _), _ = mini.plan(f'{plan}[labels."How far? [others]"]\n{lines}').read()
    assert before.mean() == 3


@pytest.mark.parametrize(
    ("yes", "before", "after"),
    [
        ('["Agree"]', ["Disagree", "Neutral", "Agree"], [1, 2, 3]),
        ('["Agre"]', ["Disagree", "Agree"], ["Disagree", "Agree"]),
        ('["Agree"]', ["Disagree", "Agree"], ["Stimme zu", "Stimme nicht zu"]),
        ('["Agree"]', ["my boss Karl", "fine"], ["fine"]),
        ('["Yes"]', ["No", "Maybe"], ["No"]),
    ],
)
def test_an_answer_that_counts_and_stands_nowhere_is_refused(mini, yes, before, after):
    message = mini.waves(before, after).plan("", yes=yes).told()
    assert f"none of yes = {yes} of outcomes.demands is an answer here, so its share would be 0" in message
    assert not re.search("Karl|fine", message)


def test_the_answers_that_count_may_be_numbers_in_one_wave(mini):
    mini.waves(["Disagree", "Neutral", "Agree"], [1, 2, 3])
    assert 'as in yes = ["Agree", "..."]' in mini.plan("", yes='["Agree"]').told()
    (before, later), _ = mini.plan("", yes='["Agree", "3"]').read()
    assert before.mean() == later.mean() == 1 / 3


@pytest.mark.parametrize(
    ("yes", "before", "after"),
    [
        ('["Agree", "Strongly agree"]', ["Disagree", "Neutral"], ["Disagree", "Neutral"]),  # the catalogue's set
        ('["Yes"]', ["No", "Yes"], ["No"]),  # another wave has it, and the answers here
        ('["4", "5"]', range(1, 6), [1, 2, 3]),
        ('["5"]', [1, 2, 4, 5], [1, 3]),  # between the numbers of the wave that has it
        ('["5"]', range(1, 6), [3, 4, 6]),  # between its own
        ('["5"]', [1, 3, 4, 6], [2, 3]),  # between those of another, where nobody chose it either
        ('["9", "10"]', range(1, 11), [0, 3]),  # beyond those of another that has it
        ('["30"]', [10, 20, 30], [10, 40]),
    ],
)
def test_an_answer_that_counts_may_honestly_not_be_chosen(mini, yes, before, after):
    (_, later), _ = mini.waves(before, after).plan("", yes=yes).read()
    assert later.mean() == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (range(1, 5), range(1, 4)),  # no wave has it
        (range(1, 6), range(5)),  # keyed from 0 on
        ([1, 2, 3, 4, 5], ["Agree", "Disagree"]),
    ],
)
def test_a_number_that_counts_and_may_be_none_in_a_wave_is_refused(mini, before, after):
    message = mini.waves(before, after).plan("", yes='["5"]').told()
    assert 'c1/svy_T12.csv: column demands: none of yes = ["5"] of outcomes.demands is an answer here' in message


def test_a_number_between_labels_at_the_ends_may_not_be_chosen(mini):
    path = labelled(mini, {1: "low", 7: "high"}, {}, points=(4, 5)).folder / "plan.toml"
    plan = path.read_text()
    path.write_text(plan + 'yes = ["5"]\n')
    (before, later), _ = mini.read()
    assert (before.mean(), later.mean()) == (0, 0.2)
    path.write_text(plan + 'yes = ["7"]\n')  # whose answers are called high
    assert 'none of yes = ["7"]' in mini.told()


@pytest.mark.parametrize("code", [99, -9, 9])
def test_a_code_of_missing_answers_is_none_that_does_not_count(mini, code):
    mini.waves(range(1, 6), [1, 2, 3, 4, 5, code]).plan("", yes='["4", "5"]')
    message = mini.told()
    assert f"column demands: {code} looks like the code of a missing answer" in message
    (before, later), _ = mini.plan(lines_of(message), yes='["4", "5"]').read()
    assert before.mean() == np.nanmean(later) == 0.4
    assert np.isnan(later).sum() == 10
    (_, later), _ = mini.plan("", yes=f'["5", "{code}"]').read()
    assert later.mean() == 1 / 3


def test_whole_numbers_with_a_point_count_as_they_do_without(mini):
    mini.waves(["3.0", "4.0", "5.0", "99.0"], ["3", "4", "5"])
    lines = '[labels.demands]\nmissing = {"99" = "no_answer"}'
    (before, later), _ = mini.plan(lines, yes='["4", "5"]').read()
    assert np.nanmean(before) == later.mean() == 2 / 3
    assert np.isnan(before).sum() == 15
    (before, _), _ = mini.plan(lines).read()
    assert np.nanmean(before) == 4


def test_a_declared_reason_is_nothing_that_another_wave_lacks(mini):
    lines = '[labels.demands]\nmissing = {"skip" = "refused"}'
    mini.waves(["Yes", "Nope"], ["Nope", "skip"]).plan(lines, yes='["Yes"]')
    (before, later), _ = mini.read()
    assert (before.mean(), np.nanmean(later), np.isnan(later).mean()) == (0.5, 0, 0.5)


def test_a_label_that_the_plan_declares_missing_makes_its_code_one(mini):
    labels = {1: "low", 5: "high", 4: "so lala"}
    path = labelled(mini, labels, {}).folder / "plan.toml"
    path.write_text(path.read_text() + '[labels.demands]\nmissing = {"so lala" = "refused"}')
    (before, _), _ = mini.read()
    assert np.isnan(before).sum() == 12


@pytest.mark.parametrize("sign", [";", "|"])
def test_several_answers_in_a_cell_are_asked_about_until_the_plan_parts_them(mini, sign):
    cells = ["Chat", f"Chat{sign} E-mail", "E-mail", "Phone"]
    mini.waves(cells, cells).plan("", yes='["Chat"]')
    message = mini.told()
    assert "row 2, 6" in message
    assert "an answer that counts stands here beside others" in message
    (before, _), _ = mini.plan(lines_of(message), yes='["Chat"]').read()
    assert before.mean() == 0.5


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        (["Yes", "Yes; with help", "No"], ""),
        (["Yes", "Yes; no", "No"], '[labels.demands]\ncodes = {"Yes" = 1, "Yes; no" = 2, "No" = 3}'),
    ],
)
def test_one_answer_with_a_sign_in_it_is_one(mini, cells, lines):
    (before, _), _ = mini.waves(cells, cells).plan(lines, yes='["Yes"]').read()
    assert before.mean() == 1 / 3


def test_answers_of_different_sets_are_noted_where_some_count(mini):
    _, notes = mini.waves(SEVEN, FIVE).plan("", yes='["Agree", "Strongly agree"]').read()
    said = "the answers are those of agree7 in c1/svy_T0.csv and agree5 in c1/svy_T12.csv"
    assert len(notes) == sum(said in note for note in notes) == 2
    _, notes = mini.waves(SEVEN, SEVEN).read()
    assert notes == []


def test_an_answer_that_nobody_chose_is_known_from_the_plan_s_own_set(mini):
    mini.waves(["No", "Maybe"], ["No", "Maybe"])
    message = mini.plan("", yes='["Yes"]').told()
    assert 'list all answers in plan.toml:\n[labels.demands]\ncodes = {"Yes" = ...}' in message
    lines = '[labels.demands]\ncodes = {"Yes" = 1, "Maybe" = 2, "No" = 3}\nmissing = {"Later" = "dont_know"}'
    (before, _), _ = mini.plan(lines, yes='["Yes"]').read()
    assert before.mean() == 0
    (before, _), _ = mini.waves(["No", "Later"], ["No", "Later"]).read()
    assert np.isnan(before).mean() == 0.5


def test_one_of_several_answers_that_is_misspelt_is_noted(mini):
    mini.waves(FIVE, FIVE).plan("", yes='["Agree", "Strongly agre", "Yes"]')
    _, notes = mini.read()
    assert 'item demands: yes has "Strongly agre" and the files "Strongly agree", which does not count.' in notes[0]
    assert len(notes) == 2


def test_boxes_without_one_that_counts_are_refused():
    columns = {
        name: Column(name=name, codes=np.array([0, 1, 1], dtype=np.int8), words=("0", "1"))
        for name in ("Q7_1", "Q7_2")
    }
    fields = {
        name: Field(source=name, place=at, kind="choice", part=part, question="Q7")
        for at, (name, part) in enumerate(zip(columns, ("Chat", "Mail"), strict=True), start=1)
    }
    table = Table(file="a.csv", sha256="", columns=columns, rows=np.arange(3), fields=fields, dropped={})
    place = Place(table=table, name="Q7_1", names=("Q7_1",))
    for answer, wrong in (("Mail", False), ("Chatter", True)):
        outcome = Outcome(kind="item", role="primary", item="tools", waves=["T0"], yes=[answer], name="tools")
        [(coded, faults)] = counted(outcome, [place], Item(column=["Q7_1"]), NOTHING)
        assert bool(faults) == wrong
        assert coded.numbers.sum() == (0 if wrong else 2)
    assert "The file has Chat | Mail. Name what counts as the file writes it." in str(faults)


def test_an_item_that_one_wave_calls_otherwise_goes_by_both_names(mini):
    mini.waves(range(1, 6), range(1, 6), heads=("Q12_1", "demands"))
    message = mini.told()
    assert 'write into plan.toml:\n[items]\ndemands = ["demands", "..."]' in message
    mini.plan('[items]\ndemands = ["demands", "Q12_1"]').read()


def test_a_person_s_column_that_one_wave_calls_otherwise_goes_by_both_names(mini):
    mini.waves(range(1, 6), range(1, 6))
    path = mini.folder / "c1" / "svy_T0.csv"
    path.write_text(path.read_text().replace("id,", "StaffNo,", 1))
    assert 'write into plan.toml:\n[columns.survey]\nperson = ["id", "..."]' in mini.told()
    plan = mini.folder / "plan.toml"
    head, survey, rest = PLAN.partition("[columns.survey]")
    plan.write_text(head + survey + rest.replace('person = "id"', 'person = ["id", "StaffNo"]'))
    (before, later), _ = mini.read()
    assert len(before) == len(later) == len(PEOPLE)
    assert examine(read_study(mini.folder)).cohorts[0].exit_code == 0


def test_words_read_as_no_answer_are_told_once_a_file(mini):
    (_, later), notes = mini.waves([*FIVE, "Don't know"], [*FIVE, "N/A"]).read()
    assert np.isnan(later).any()
    told = [note for note in notes if "read as no answers" in note]
    assert len(told) == 2
    assert (
        'svy_T0.csv: item demands: read as no answers in demands: about 10 as dont_know ("Don\'t know").' in told[0]
    )
