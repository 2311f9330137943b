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


ITALIAN = dict(enumerate(["per nulla", "poco", "abbastanza", "molto", "del tutto"], start=1))


def test_labels_that_no_set_knows_are_told_with_both_ends_and_the_lines_that_turn_them(small):
    before, _ = answers(small)
    as_files(small, lambda _: (lambda code: code, ITALIAN))
    after, file = answers(small)
    assert after.equals(before.set_axis(after.index))
    [note] = [note for note in file.ledger.notes if "words that no set knows" in note]
    assert "1 is labelled 'per nulla', and is the lowest; 5 is labelled 'del tutto', and is the highest" in note
    lines = re.search(r"(\[labels\.zeal\]) (codes = \{.*\}) in plan\.toml", note)
    assert lines
    small.change("plan.toml", lambda text: f"{text}\n{lines[1]}\n{lines[2]}\n")
    turned, file = answers(small)
    assert turned.equals(6 - after)
    assert not any("words that no set knows" in note for note in file.ledger.notes)


def test_words_beside_digits_that_no_set_knows_are_told_too(small):
    as_cells(small, lambda code: f"{6 - code} - {ITALIAN[code]}")
    _, file = answers(small)
    assert any("words that no set knows stand beside the codes" in note for note in file.ledger.notes)


@pytest.mark.parametrize(
    "labels",
    [
        {1: "Always (AL)", 2: "often (OF)", 3: "sometimes (ST)", 4: "Seldom (SE)", 5: "Never (NE)"},
        {1: "alwayss", 2: "x", 3: "y", 4: "z", 5: "neverr"},
        {1: "extremely satisfied", 2: "satisfied", 3: "neutral", 4: "dissatisfied", 5: "very dissatisfied"},
    ],
)
def test_labels_that_look_like_responses_the_other_way_round_are_refused(small, labels):
    as_files(small, lambda _: (lambda code: code, labels))
    message = refusal(small)
    assert "labels that run the other way than scale zeal, as far as their words tell: 1 is" in message
    assert "[labels.zeal]\ncodes = {" in message


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


def test_numbers_that_are_no_such_run_are_to_be_corrected(small):
    as_cells(small, lambda code: str(code + (code == 5)))
    assert "Correct them, or leave unanswered cells empty." in (message := refusal(small))
    assert "[labels.zeal]" not in message


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
