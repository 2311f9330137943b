"""SPSS and Stata files: codes, labels, reasons for missing, dates, sets, damage and size."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers import extent, statistical
from mentorstudy.reading.containers.statistical import read_statistical
from mentorstudy.reading.containers.tried import survived
from mentorstudy.reading.grid import Field, Grid

EXPORTS = Path(__file__).parents[1] / "exports"


def read(path: Path, encoding: str | None = None) -> Grid:
    return read_statistical(path, path.name, File(path=path.name, encoding=encoding))


def cells(grid: Grid, name: str) -> list[str]:
    column = next(column for column in grid.columns if column.name == name)
    return [column.words[code] for code in column.codes]


def said(grid: Grid, name: str) -> Field:
    return dict(grid.named)[name]


@pytest.mark.parametrize("name", ["spss_labelled.sav", "stata_labelled.dta"])
def test_the_same_survey_equals_the_truth(name):
    grid = read(EXPORTS / "same-survey" / name)
    truth = json.loads((EXPORTS / "same-survey/truth_T0.json").read_text(encoding="utf-8"))
    place = {word: row for row, word in enumerate(cells(grid, "response_id"))}
    columns = {name: (cells(grid, name), about.missing) for name, about in grid.named}
    assert len(place) == len(truth["responses"]) == grid.height == 15
    wrong = []
    for response in truth["responses"]:
        reasons = response.pop("_missing_reason", {})
        for key, why in reasons.items():
            cell, about = columns[key][0][place[response["response_id"]]], columns[key][1]
            if about.get(cell) != why:
                wrong.append((key, cell, why))
        for key, value in response.items():
            cell = columns[key][0][place[response["response_id"]]]
            cell = "" if cell in columns[key][1] else cell
            if value is None:
                same = cell == ""
            elif isinstance(value, bool | int | float):
                same = cell != "" and float(cell) == float(value)
            else:
                same = " ".join(cell.split()) == " ".join(value.removesuffix("Z").split())
            if not same:
                wrong.append((key, cell, value))
    assert wrong == []
    seen = cells(grid, "lead_3")[cells(grid, "person_id").index("P0007")]
    assert said(grid, "lead_3").missing[seen] == "seen_unanswered"


def test_codes_are_small_and_labels_apart():
    grid = read(EXPORTS / "same-survey/spss_labelled.sav")
    assert all(column.codes.dtype == np.int8 for column in grid.columns)
    assert said(grid, "conf_1").labels["4"] == "Agree"


def test_extended_missing_values_keep_their_letter():
    grid = read(EXPORTS / "stata-real/haven_tagged-na-int.dta")
    assert {".a", ".h", ".z"} <= set(cells(grid, "x"))
    assert said(grid, "x").missing[".a"] == "user_missing:apple"


def test_text_and_ranges_can_be_missing():
    assert said(read(EXPORTS / "spss-real/pyreadstat_missing_char.sav"), "mychar").missing == {
        "Z": "user_missing:Z"
    }
    assert "-9" in said(read(EXPORTS / "spss-real/pyreadstat_simple_alltypes.sav"), "z").missing


def test_sets_of_boxes_are_choices():
    grid = read(EXPORTS / "spss-real/pyreadstat_simple_alltypes.sav")
    assert said(grid, "bool2").kind == "choice"
    assert said(grid, "bool2").question == "My multiple response set"
    assert cells(grid, "bool2")[:3] == ["1", "0", "1"]
    assert "categorical_array" in grid.notes[0]


def test_dates_are_iso():
    grid = read(EXPORTS / "stata-real/haven_types.dta")
    assert cells(grid, "vdate") == ["1960-01-01", "2015-12-01"]
    assert cells(grid, "vfloat") == ["3.14", "7"]


def test_a_wild_date_is_an_empty_cell_and_noted(tmp_path):
    path = tmp_path / "wild.sav"
    pyreadstat.write_sav(pd.DataFrame({"day": [1e13, 13991875471.0]}), path, variable_format={"day": "DATETIME20"})
    grid = read(path)
    assert cells(grid, "day") == ["", "2026-03-03T00:04:31"]
    assert "day" in grid.notes[0]


@pytest.mark.parametrize("name", ["spss_labelled.sav", "stata_labelled.dta"])
def test_a_cut_file_is_told_kindly(tmp_path, name):
    path = tmp_path / name
    path.write_bytes((EXPORTS / "same-survey" / name).read_bytes()[:5000])
    with pytest.raises(DataError, match="damaged or cut short"):
        read(path)


@pytest.mark.parametrize("apart", ["in a process", "in a fork"])
def test_a_file_over_which_the_reader_falls_ends_in_a_message(tmp_path, monkeypatch, apart):
    if apart == "in a process":  # as outside the tests
        monkeypatch.setattr(statistical, "survived", survived)
    raw = bytearray((EXPORTS / "spss-real/pyreadstat_ordered_category.sav").read_bytes())
    raw[181] = 44  # the type of a variable; the whole of Python ends with it
    (tmp_path / "a.sav").write_bytes(raw)
    with pytest.raises(DataError, match=r"a\.sav: the file is damaged or cut short"):
        read(tmp_path / "a.sav")


def test_a_reader_that_never_ends_has_not_survived(monkeypatch):
    monkeypatch.setattr("mentorstudy.reading.containers.tried.LONGEST", 0.5)
    assert not survived("while True: pass")
    assert survived("raise ValueError")
    assert survived("import sys; assert sys.argv[1:] == ['a']", "a")


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(extent, "ROWS", 10)
    with pytest.raises(DataError, match="15 rows; 10 is the limit"):
        read(EXPORTS / "same-survey/spss_labelled.sav")


def test_chunks_make_one_column(monkeypatch):
    whole = read(EXPORTS / "same-survey/stata_labelled.dta")
    monkeypatch.setattr("mentorstudy.reading.containers.statistical.CHUNK", 4)
    parts = read(EXPORTS / "same-survey/stata_labelled.dta")
    assert [cells(parts, name) for name, _ in parts.named] == [cells(whole, name) for name, _ in whole.named]


def test_nothing_else_loads_the_library():
    code = "import sys, mentorstudy.reading.containers.statistical; sys.exit('pyreadstat' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
@pytest.mark.parametrize(
    ("labels", "missing"),
    [
        ({1: "Disagree", 2: "Agree", 6: "Don't know"}, {"6": "dont_know"}),
        ({0: "Not applicable", 1: "Disagree", 2: "Agree"}, {"0": "not_applicable"}),
        ({99: "Refused"}, {"99": "refused"}),
        ({1: "Disagree", 2: "Not sure", 3: "Agree"}, {}),  # a middle
    ],
)
def test_a_label_that_says_no_answer_makes_its_code_one(tmp_path, suffix, labels, missing):
    write = pyreadstat.write_sav if suffix == ".sav" else pyreadstat.write_dta
    write(pd.DataFrame({"q": [1, 2, 6]}), tmp_path / f"a{suffix}", variable_value_labels={"q": labels})
    assert said(read(tmp_path / f"a{suffix}"), "q").missing == missing


def test_what_the_file_itself_declares_missing_holds_first(tmp_path):
    pyreadstat.write_sav(
        pd.DataFrame({"q": [1.0, 2.0, 3.0, 9.0]}),
        tmp_path / "a.sav",
        variable_value_labels={"q": {1: "Disagree", 2: "Not sure", 3: "Agree", 8: "Refused", 9: "Not sure"}},
        missing_ranges={"q": [9]},
    )
    assert said(read(tmp_path / "a.sav"), "q").missing == {"9": "dont_know", "8": "refused"}


def test_a_variable_whose_format_was_overwritten_is_read(tmp_path):
    raw = bytearray((EXPORTS / "spss-real" / "haven_umlauts.sav").read_bytes())
    raw[194] = 0x59
    path = tmp_path / "a.sav"
    path.write_bytes(raw)
    assert len(read(path).columns) == 1
