"""Files that a hostile reader tried: each read rightly, or refused in a sentence before it costs anything."""

import zipfile

import numpy as np
import pandas as pd
import pyarrow
import pyreadstat
import pytest
from pyarrow import parquet

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.containers.guard import guarded
from mentorstudy.reading.containers.opening import open_grid


def refused(path):
    with pytest.raises(DataError) as caught:
        open_grid(path, path.name, File(path=path.name))
    return str(caught.value)


@pytest.mark.parametrize("items", [1, 2, 3])
def test_decimal_commas_part_records_as_evenly_as_semicolons_and_are_no_delimiter(tmp_path, items):
    header = ";".join(["id", *"abc"[:items]])
    rows = [";".join([f"P{row:03d}", *["2,5"] * items]) for row in range(30)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([header, *rows]) + "\n")
    grid = open_grid(path, path.name, File(path=path.name))
    assert (grid.delimiter, grid.preamble, grid.row(0)) == (";", 0, header.split(";"))
    assert read_survey(path, File(path=path.name, decimal=",")).rows["a"].tolist() == [2.5] * 30


def test_a_page_is_read_in_the_letters_that_it_names(tmp_path):
    table = "<table><tr><th>id</th><th>town</th></tr><tr><td>1</td><td>Köln</td></tr></table>"
    for name, start, encoding in [
        ("a.xls", '<html><meta charset="windows-1252">', "cp1252"),
        ("b.xls", "<html>", "cp1252"),
        ("c.xls", "<!-- made by hand -->\n<html>", "utf-8"),
        ("d.xls", "", "utf-8-sig"),
        ("e.xls", "<meta charset=iso-8859-1>", "latin-1"),
    ]:
        path = tmp_path / name
        path.write_bytes((start + table).encode(encoding))
        assert open_grid(path, name, File(path=name)).row(1) == ["1", "Köln"], name


@pytest.mark.parametrize("start", ["<!-- 1 -->\n<html>", "\ufeff<!DOCTYPE html>", '<?xml version="1.0"?>\n<html>'])
def test_a_login_page_is_known_behind_what_stands_above_it(tmp_path, start):
    path = tmp_path / "a.csv"
    path.write_text(f"{start}<body><form><input></form></body></html>", encoding="utf-8")
    assert "a web page was saved instead of the export" in refused(path)


def test_infinity_is_no_empty_cell(tmp_path):
    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"q": [1.0, np.inf, -np.inf, np.nan, None]}), path)
    [column] = open_grid(path, path.name, File(path=path.name)).columns
    assert [column.words[code] for code in column.codes] == ["1", "inf", "-inf", "", ""]


def test_signs_that_cannot_be_seen_are_dropped_from_parquet(tmp_path):
    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"q": ["Agree", "Agree\u200b", "\u202eAgree"]}), path)
    assert set(read_survey(path).rows["q"]) == {"Agree"}


def test_more_cells_than_any_survey_has_are_refused_by_what_the_file_says_of_itself(tmp_path):
    path = tmp_path / "a.parquet"
    ones = pyarrow.array(np.ones(1_000_000, dtype=np.int8))
    parquet.write_table(pyarrow.table({f"q{place}": ones for place in range(251)}), path)
    assert "1,000,000 rows of 251 columns; 250,000,000 cells are the limit" in refused(path)


def test_a_statistical_file_is_told_by_its_bytes_whatever_its_name(tmp_path):
    frame = pd.DataFrame({"q": [1.0, 2.0]})
    pyreadstat.write_dta(frame, tmp_path / "a.dta")
    (tmp_path / "a.dta").rename(tmp_path / "a.sav")
    pyreadstat.write_sav(frame, tmp_path / "b.sav")
    (tmp_path / "b.sav").rename(tmp_path / "b.dta")
    for name, container in [("a.sav", "stata"), ("b.dta", "spss")]:
        assert open_grid(tmp_path / name, name, File(path=name)).container == container


FAR = '<worksheet><sheetData><row r="1"><c r="A1"/></row>{}</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("part", "far"),
    [
        ("xl/worksheets/sheet1.xml", "<row r='1048576'><c r='XFD1048576'/></row>"),
        ("xl/worksheets/sheet1.xml", '<row\nr="1048576"><c\nr="XFD1048576"/></row>'),
        ("xl/worksheets/sheet1.xml", '<row r = "1048576"><c r = "XFD1048576"/></row>'),
        ("xl/ws/s1.xml", '<row r="1048576"><c r="XFD1048576"/></row>'),
        ("xl/worksheets/s1.dat", '<row r="1048576"><c r="XFD1048576"/></row>'),
    ],
)
def test_a_cell_far_away_is_seen_however_it_is_written(tmp_path, part, far):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(part, FAR.format(far))
    with pytest.raises(DataError, match="a cell stands far away from the others, in row 1,048,576"):
        guarded((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")


def test_many_parts_that_swell_together_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for place in range(3):
            archive.writestr(f"{place}.csv", bytes(20 << 20))
    assert "it unpacks to more than 150 times its size" in refused(tmp_path / "a.zip")


def test_rows_of_another_width_are_one_fault_of_many_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,a,b\n" + "1,2,3\n" * 50 + "1,2\n" * 500)
    with pytest.raises(DataError) as caught:
        open_grid(path, path.name, File(path=path.name))
    [fault] = caught.value.faults
    assert len(fault.rows) == 500
    assert "row 52, 53, 54" in str(fault)
