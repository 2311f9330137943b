"""Items of a scale of which a file labels some codes only, or counts otherwise: no number taken for another."""

import re
import tomllib

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from mentorstudy import read_cohort, read_study
from mentorstudy.nouns.errors import DataError

ITEMS = ["z1", "z2", "z3"]
WAVES = ("T0", "T12")
NEVER, ALWAYS = "Never", "Always"


def answers(small, wave="T0"):
    files = read_cohort(read_study(small.folder), "first").of("people", "survey")
    [file] = [file for file in files if file.wave == wave]
    return file.rows[ITEMS].astype(float), file


def refusal(small):
    with pytest.raises(DataError) as caught:
        read_cohort(read_study(small.folder), "first")
    return str(caught.value)


def pasted(small, message, **places):
    """The study with the first lines that the message tells to paste, the dots filled in."""
    found = re.search(r"^\[labels\.\S+\]\n[^\n]+ = \{.+\}$", message, re.MULTILINE)
    assert found, message
    lines = found[0]
    for number, place in places.items():
        lines = lines.replace(f'"{number.strip("_")}" = ...', f'"{number.strip("_")}" = {place}')
    tomllib.loads(lines)
    small.change("plan.toml", lambda text: f"{text}\n{lines}\n")


def frame(small, wave):
    return pd.read_csv(small.path(f"survey_{wave}.csv"), dtype={"id": str})


def as_cells(small, cell, waves=WAVES):
    """The surveys with their answers written otherwise."""
    for wave in waves:
        rows = frame(small, wave)
        rows[ITEMS] = rows[ITEMS].map(lambda code: "" if np.isnan(code) else cell(int(code)))
        rows.to_csv(small.path(f"survey_{wave}.csv"), index=False)


def as_files(small, of_wave, *, kind="sav"):
    """The surveys as SPSS or Stata would save them: of each wave the code of an answer, the labels, what is missing."""
    small.change("plan.toml", lambda text: text.replace("survey_*.csv", f"survey_*.{kind}"))
    for wave in WAVES:
        code, labels, *missing = of_wave(wave)
        path, rows = small.path(f"survey_{wave}.csv"), frame(small, wave)
        rows[ITEMS] = rows[ITEMS].map(code)
        labelled = dict.fromkeys(ITEMS, labels)
        if kind == "dta":
            pyreadstat.write_dta(rows, path.with_suffix(".dta"), variable_value_labels=labelled)
        else:
            ranges = dict.fromkeys(ITEMS, missing[0]) if missing else None
            pyreadstat.write_sav(
                rows, path.with_suffix(".sav"), variable_value_labels=labelled, missing_ranges=ranges
            )
        path.unlink()


TURNED = (lambda code: 6 - code, {1: ALWAYS, 5: NEVER})
FROM_ZERO = (lambda code: code - 1, {0: NEVER, 4: ALWAYS})


@pytest.mark.parametrize("kind", ["sav", "dta"])
@pytest.mark.parametrize(
    ("code", "labels", "said"),
    [
        (
            *TURNED,
            "counted from the other end, and placed by the labels that some of them have: its 1 = 5, its 5 = 1",
        ),
        (lambda code: 6 - code, {1: ALWAYS, 4: "seldom"}, "counted from the other end"),
        (lambda code: 6 - code, {1: "immer", 5: "nie"}, "counted from the other end"),
        (
            *FROM_ZERO,
            "counted from another number, and placed by the labels that some of them have: its 0 = 1, its 4",
        ),
        (lambda code: code + 19, {20: NEVER, 24: ALWAYS}, "counted from another number"),
    ],
)
def test_codes_without_a_label_go_by_those_with_one(small, kind, code, labels, said):
    before, _ = answers(small)
    as_files(small, lambda _: (code, labels), kind=kind)
    after, file = answers(small)
    assert after.equals(before.set_axis(after.index))
    assert said in " ".join(file.ledger.notes)


@pytest.mark.parametrize("labels", [{}, {1: NEVER, 5: ALWAYS}, {3: "sometimes"}, {1: "gar nie", 5: "stets"}])
def test_codes_that_are_places_are_told_of_in_no_note(small, labels):
    before, _ = answers(small)
    as_files(small, lambda _: (lambda code: code, labels))
    after, file = answers(small)
    assert after.equals(before.set_axis(after.index))
    assert not any("counted from" in note for note in file.ledger.notes)


@pytest.mark.parametrize(
    "labels",
    [
        {1: "Always (AL)", 2: "often (OF)", 3: "sometimes (ST)", 4: "Seldom (SE)", 5: "Never (NE)"},
        {1: "alwayss", 2: "x", 3: "y", 4: "z", 5: "neverr"},
        {1: "extremely satisfied", 2: "satisfied", 3: "neutral", 4: "dissatisfied", 5: "very dissatisfied"},
    ],
)
def test_labels_that_look_like_responses_the_other_way_round_are_refused(small, labels):
    before, _ = answers(small)
    as_files(small, lambda _: (lambda code: 6 - code, labels))
    message = refusal(small)
    assert "words that run the other way than scale zeal, as far as they tell. Give each its place" in message
    pasted(small, message)
    assert np.array_equal(answers(small)[0], before, equal_nan=True)


def test_one_item_may_be_coded_from_the_other_end(small):
    before, _ = answers(small)
    small.change(
        "plan.toml", lambda text: text.replace('"survey_*.csv"', '{path = "survey_*.csv", codebook = "c.csv"}')
    )
    lines = [f"{item},1,{NEVER}\n{item},5,{ALWAYS}\n" for item in ITEMS[:2]]
    book = "".join(["column,code,label\n", *lines, f"z3,1,{ALWAYS}\nz3,5,{NEVER}\n"])
    small.path("hr.csv").with_name("c.csv").write_text(book)
    for wave in WAVES:
        rows = frame(small, wave)
        rows["z3"] = 6 - rows["z3"]
        rows[ITEMS] = rows[ITEMS].astype("Int64")
        rows.to_csv(small.path(f"survey_{wave}.csv"), index=False)
    after, file = answers(small)
    assert after.equals(before)
    assert any(
        "scale zeal: z3: the file's codes are counted from the other end" in note for note in file.ledger.notes
    )


def test_labels_that_repeat_their_code_say_nothing_more(small):
    before, _ = answers(small)
    head = (
        "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"
        '"Choices, Calculations, OR Slider Labels",Field Note,Text Validation Type OR Show Slider Number'
    )
    choices = f'"1, {ALWAYS} | 2, 2 | 3, 3 | 4, 4 | 5, {NEVER}"'
    book = "\n".join([head, "id,f,,text,Id,,,", *(f"{item},f,,radio,Asked,{choices},," for item in ITEMS)])
    small.path("hr.csv").with_name("c.csv").write_text(book + "\n")
    small.change(
        "plan.toml", lambda text: text.replace('"survey_*.csv"', '{path = "survey_*.csv", codebook = "c.csv"}')
    )
    as_cells(small, lambda code: str(6 - code))
    after, file = answers(small)
    assert after.equals(before)
    assert "counted from the other end" in " ".join(file.ledger.notes)


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        (lambda code: 6 - code, {1: ALWAYS}),
        (lambda code: code, {1: NEVER, 4: ALWAYS}),
        (lambda code: code, {1: "seldom", 5: "often"}),
        (lambda code: code, {1: NEVER, 2: "sometimes", 5: ALWAYS}),
    ],
)
def test_labels_that_tell_no_one_run_of_codes_are_asked_about(small, code, labels):
    as_files(small, lambda _: (code, labels))
    message = refusal(small)
    assert "the labels do not tell which answer each number is" in message
    assert all(f'"{label}" = ...' in message for label in labels.values())


def test_numbers_beside_labels_without_codes_are_asked_about(small):
    before, _ = answers(small)
    as_cells(small, lambda code: {1: NEVER, 5: ALWAYS}.get(code, str(code - 1)))
    message = refusal(small)
    assert 'codes = {"Never" = 1, "Always" = 5, "1" = ..., "2" = ..., "3" = ...}' in message
    pasted(small, message, _1=2, _2=3, _3=4)
    assert answers(small)[0].equals(before)


def test_ends_that_the_plan_declares_do_not_place_the_numbers_beside_them(small):
    before, _ = answers(small)
    as_cells(small, lambda code: {1: "not once", 5: "day and night"}.get(code, str(code - 1)))
    plan = (small.folder / "plan.toml").read_text()
    small.change(
        "plan.toml", lambda text: f'{text}\n[labels.zeal]\ncodes = {{"not once" = 1, "day and night" = 5}}\n'
    )
    message = refusal(small)
    assert 'codes = {"not once" = 1, "day and night" = 5, "1" = ..., "2" = ..., "3" = ...}' in message
    (small.folder / "plan.toml").write_text(plan)
    pasted(small, message, _1=2, _2=3, _3=4)
    assert answers(small)[0].equals(before)


def test_a_number_is_no_place_that_the_plan_gives_to_another(small):
    before, _ = answers(small)
    as_cells(small, lambda code: str(code - 1), waves=["T0"])
    small.change(
        "plan.toml", lambda text: text + '\n[labels.zeal]\ncodes = {"0" = 1, "1" = 2, "2" = 3, "3" = 4, "4" = 5}\n'
    )
    assert "survey_T12.csv" in (message := refusal(small))
    assert "survey_T0.csv" not in message
    assert "gives the place of each such number to another" in message
    as_cells(small, lambda code: str(code - 1), waves=["T12"])
    assert answers(small)[0].equals(before)


@pytest.mark.parametrize(
    "labels", [{1: NEVER, 2: "seldom", 3: "sometimes", 4: "often", 5: ALWAYS}, {5: "stets"}, {}]
)
def test_what_the_file_declares_to_be_no_answer_stays_none(small, labels):
    before, _ = answers(small)
    as_files(small, lambda _: (lambda code: code, labels, [5]))
    after, file = answers(small)
    assert after.isna().to_numpy().sum() == (before.isna() | (before == 5)).to_numpy().sum()
    assert (file.reasons["z1"] == f"user_missing:{labels.get(5, 5)}").sum() == (before["z1"] == 5).sum()
    if labels:
        small.change(
            "plan.toml", lambda text: f'{text}\n[labels.zeal]\ncodes = {{"never" = 1, "{labels[5]}" = 5}}\n'
        )
        assert answers(small)[0].equals(before.set_axis(after.index))


@pytest.mark.parametrize(("first", "codes"), [(0, "0 to 4"), (-2, "-2 to 2"), (20, "20 to 24")])
def test_numbers_counted_otherwise_are_asked_about_with_their_places(small, first, codes):
    before, _ = answers(small)
    as_cells(small, lambda code: str(code - 1 + first))
    message = refusal(small)
    assert f"Where the file counts its responses from {codes}, these are answers" in message
    pasted(small, message)
    assert answers(small)[0].equals(before)


def with_cells(small, item, cells, wave="T0"):
    """The survey with these texts in the first rows of an item, all other answers of it 1 to 5."""
    rows = frame(small, wave)
    rows[ITEMS] = rows[ITEMS].map(lambda code: "" if np.isnan(code) else str(int(code)))
    rows.loc[: len(cells) - 1, item] = cells
    rows.to_csv(small.path(f"survey_{wave}.csv"), index=False)


@pytest.mark.parametrize(
    ("cells", "told", "missing"),
    [
        (["-1"], "-1 looks like the code of a missing answer (in fewer than 5 cells of the scale)", [-1]),
        (["-2", "-1"], "-2 and -1 look like the code of a missing answer (-2 in fewer", [-2, -1]),
        (["9"] * 7, "9 looks like the code of a missing answer (in about 5 cells of the scale)", [9]),
        (["8"] * 3, "8 looks like the code", [8]),
        (["7"] * 3, "7 looks like the code", [7]),
        (["77"] * 4, "77 looks like the code", [77]),
        (["9", "9", "9", "99"], "9 and 99 look like the code", [9, 99]),
        (["0"] * 3, "0 is no point of it (in fewer than 5 cells of the scale). Correct them", [0]),
    ],
)
def test_a_number_that_is_no_point_of_a_scale_is_named_with_the_line_that_declares_it(small, cells, told, missing):
    with_cells(small, "z1", cells)
    message = refusal(small)
    assert told in message
    assert "scales/zeal.toml" not in message
    pasted(small, message)
    _, file = answers(small)
    assert (file.reasons["z1"] == "no_answer").sum() == len(cells)
    assert all(f'"{code}" = "no_answer"' in message for code in missing)


def test_one_line_declares_the_codes_of_all_of_a_scales_items(small):
    with_cells(small, "z1", ["-1"])
    rows = pd.read_csv(small.path("survey_T0.csv"), dtype=str)
    rows.loc[:3, "z2"] = "9"
    rows.to_csv(small.path("survey_T0.csv"), index=False)
    message = refusal(small)
    assert "column z1: no answer" in message
    assert message.count('missing = {"-1" = "no_answer", "9" = "no_answer"}') == 2
    pasted(small, message)
    answers(small)


@pytest.mark.parametrize("cells", [["6"] * 4, ["6", "7"] * 4, ["6"]])
def test_points_of_a_longer_scale_are_no_codes(small, cells):
    with_cells(small, "z1", cells)
    last = cells[-1]
    message = refusal(small)
    assert f"Answers reach {last} on a scale of 1 to 5" in message
    assert f"list {last} responses in scales/zeal.toml" in message
    assert "[labels.zeal]" not in message
    assert ("(6 in" in message or "(in" in message) is (len(cells) > 1)


def test_a_number_of_few_that_may_be_somebodys_own_is_not_told(small):
    with_cells(small, "z1", ["8"])
    message = refusal(small)
    assert "They look like 9 (9 a digit). Correct them, or leave unanswered cells empty." in message
    assert "8" not in message.partition("z1:")[2]


def test_codes_of_missing_answers_beside_a_count_from_nought_stand_in_its_lines(small):
    as_cells(small, lambda code: str(code - 1) if code < 5 else "9")
    message = refusal(small)
    assert "counts its responses from 0 to 4" in message
    assert '"4" = 5}\nmissing = {"9" = "no_answer"}\nElse correct them' in message


@pytest.mark.parametrize(("letters", "other"), [("A", "A6"), ("v", "v-1"), ("q_", "q_99")])
def test_codes_of_a_letter_and_a_number_are_placed_by_one_paste_and_the_one_left_is_named(small, letters, other):
    before, _ = answers(small)
    as_cells(small, lambda code: f"{letters}{code}")
    small.change("survey_T0.csv", lambda text: re.sub(rf",{letters}[0-9]", f",{other}", text, count=1))
    message = refusal(small)
    assert f"{other} is none of its 5 responses" in message
    small.change(
        "plan.toml", lambda text: f"{text}\n{message.partition('is the last:')[2].partition(f'{other} is')[0]}"
    )
    after, file = answers(small)
    assert file.reasons.notna().to_numpy().sum() == 1
    assert (after == before).to_numpy().sum() == before.notna().to_numpy().sum() - 1


def test_codes_that_the_plan_places_keep_their_places_beside_the_one_that_is_left(small):
    as_cells(small, lambda code: f"A{code}")
    small.change("survey_T0.csv", lambda text: re.sub(",A[0-9]", ",A9", text, count=1))
    codes = ", ".join(f'"A{code}" = {6 - code}' for code in range(1, 6))
    small.change("plan.toml", lambda text: f"{text}\n[labels.zeal]\ncodes = {{{codes}}}\n")
    message = refusal(small)
    assert f'codes = {{{codes}}}\nmissing = {{"A9" = "no_answer"}}' in message


@pytest.mark.parametrize("cell", [lambda code: f"A{code}", lambda code: "ab"[code % 2] + str(code)])
def test_letters_with_numbers_that_may_be_somebodys_own_are_not_told(small, cell):
    rows = frame(small, "T0")
    for item in ITEMS:
        rows[item] = [f"{'A' if cell(0) == 'A0' else 'ab'[at % 2]}{at % 90}" for at in range(len(rows))]
    rows.to_csv(small.path("survey_T0.csv"), index=False)
    message = refusal(small)
    assert "is the last:" not in message
    assert "A12" not in message


def test_a_scale_of_seven_points_may_have_an_eighth_or_a_code(small):
    responses = '["a", "b", "c", "d", "e", "f", "g"]'
    path = small.folder / "scales" / "zeal.toml"
    path.write_text(re.sub(r"responses = \[[^\]]*\]", f"responses = {responses}", path.read_text()))
    with_cells(small, "z1", ["8"] * 4)
    message = refusal(small)
    assert "8 looks like the code of a missing answer" in message
    assert "If these are answers, they reach 8 on a scale of 1 to 7, and nothing is rescaled" in message


OWN = {1: "kaum je", 2: "kaum", 3: "so so", 4: "schon", 5: "stets und gern"}


@pytest.mark.parametrize("labels", [OWN, {code: OWN[code] for code in (1, 5)}])
def test_a_label_that_only_its_code_tells_has_one_in_all_waves(small, labels):
    before, _ = answers(small, "T12")
    turned = {6 - code: label for code, label in labels.items()}
    as_files(small, lambda wave: (lambda code: code, labels) if wave == "T0" else (lambda code: 6 - code, turned))
    message = refusal(small)
    assert (
        "first/survey_T12.sav: column z1: a label of scale zeal has another code here than in first/survey_T0.sav"
        in (message)
    )
    lines = ", ".join(f'"{label}" = {code}' for code, label in labels.items())
    assert all(f'"{label}" = ...' in message for label in labels.values())
    small.change("plan.toml", lambda text: f"{text}\n[labels.zeal]\ncodes = {{{lines}}}\n")
    after, _ = answers(small, "T12")
    assert after.equals(before.set_axis(after.index))


def test_labels_that_the_catalogue_knows_may_have_other_codes_in_other_waves(small):
    before, _ = answers(small, "T12")
    ends = {1: "nie", 5: "immer"}
    turned = {1: "immer", 5: "nie"}
    as_files(small, lambda wave: (lambda code: code, ends) if wave == "T0" else (lambda code: 6 - code, turned))
    after, file = answers(small, "T12")
    assert after.equals(before.set_axis(after.index))
    assert "counted from the other end" in " ".join(file.ledger.notes)


ITALIAN = ["mai", "di rado", "qualche volta", "spesso", "sempre"]


def ends_told(small):
    return [
        note
        for note in answers(small)[1].ledger.notes
        if "neither the scale nor its set of the catalogue knows" in note
    ]


@pytest.mark.parametrize("form", ["file's labels", "digits before words"])
def test_words_that_nothing_knows_are_taken_as_they_stand_and_their_ends_told(small, form):
    before, _ = answers(small)
    turned = dict(enumerate(reversed(ITALIAN), 1))
    if form == "digits before words":
        as_cells(small, lambda code: f"{6 - code} - {turned[6 - code]}")
    else:
        as_files(small, lambda wave: (lambda code: 6 - code, turned))
    sempre, mai = ('"1 - sempre"', '"5 - mai"') if form == "digits before words" else ('"sempre"', '"mai"')
    [told] = ends_told(small)
    assert (
        f"scale zeal: z1, z2, z3: its 1 is called {sempre} and its 5 is called {mai}, words that neither the scale"
        in told
    )
    pasted(small, told)
    assert np.array_equal(answers(small)[0], before, equal_nan=True)
    assert ends_told(small) == []


def test_words_of_which_one_is_known_need_no_such_note(small):
    as_files(small, lambda wave: (lambda code: code, {**dict(enumerate(ITALIAN, 1)), 5: ALWAYS}))
    assert ends_told(small) == []


def test_a_label_set_that_may_move_the_numbers_of_another_file_is_told(small):
    small.change(
        "plan.toml", lambda text: f"{text}\n[labels.zeal]\ncodes = {{0 = 1, 1 = 2, 2 = 3, 3 = 4, 4 = 5}}\n"
    )
    as_cells(small, lambda code: str(code - 1), waves=["T0"])
    as_cells(small, lambda code: str(min(code, 4)), waves=["T12"])
    told = {
        wave: [note for note in answers(small, wave)[1].ledger.notes if "no cell here" in note] for wave in WAVES
    }
    assert told["T0"] == []
    [note] = told["T12"]
    assert "puts the number 0 on place 1, and so on, and no cell here holds 0." in note


def test_numbers_with_a_comma_come_with_the_line_that_reads_them(small):
    as_cells(small, lambda code: f"{code},0")
    assert 'If commas are decimals, say so for this file under [files]: decimal = ","' in refusal(small)
    line = '{path = "survey_*.csv", decimal = ","}'
    small.change("plan.toml", lambda text: text.replace('survey = "survey_*.csv"', f"survey = {line}"))
    answers(small)


def test_a_middle_that_is_known_tells_no_direction(small):
    as_files(small, lambda wave: (lambda code: code, {**dict(enumerate(ITALIAN, 1)), 3: "sometimes"}))
    assert len(ends_told(small)) == 1


def test_a_number_that_nobody_answers_beside_labels_is_told_as_a_missing_code(small):
    words = dict(enumerate(["Never", "Rarely", "Sometimes", "Often", "Always"], 1)) | {3: "-1"}
    as_cells(small, words.__getitem__, waves=["T0"])
    assert "-1 looks like the code of a missing answer" in refusal(small)
    pasted(small, refusal(small))
    found, _ = answers(small)
    assert not found.isin([3]).to_numpy().any()
