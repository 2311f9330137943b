"""Memory: files that would fill a machine's, each refused or read within bounds, in a process of its own."""

import re
import subprocess
import sys
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pyarrow
import pyreadstat
import pytest
from openpyxl.utils import get_column_letter
from pyarrow import parquet

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.extent import checked
from mentorstudy.reading.containers.guard import guarded
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.files import read_file

MOST_MEMORY = 450  # MB, beside the library


def long_text_in_a_workbook(path):
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    sheet, columns = "xl/worksheets/sheet1.xml", [get_column_letter(place) for place in range(2, 102)]
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}" t="s"><v>1</v></c>' for column in columns) + "</row>"
        for row in range(1, 2_001)
    )
    parts[sheet] = re.sub(rb"<sheetData></sheetData>", f"<sheetData>{rows}</sheetData>".encode(), parts[sheet])
    assert parts[sheet].count(b"<row ") == 2_000
    texts = f"<si><t>short</t></si><si><t>{'x' * 32_767}</t></si>"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}" count="200000" uniqueCount="2">{texts}</sst>'.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, raw in parts.items():
            archive.writestr(part, raw)
    return path


def long_text_in_an_open_document(path):
    cell = (
        f'<table:table-cell table:number-columns-repeated="500"><text:p>{"x" * 32_767}</text:p></table:table-cell>'
    )
    return open_document(path, f'<table:table-row table:number-rows-repeated="500">{cell}</table:table-row>')


def open_document(path, rows):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
        archive.writestr("content.xml", f'<x><table:table table:name="A">{rows}</table:table></x>')
    return path


@pytest.mark.parametrize(
    ("name", "made"), [("a.xlsx", long_text_in_a_workbook), ("a.ods", long_text_in_an_open_document)]
)
def test_one_long_text_in_many_cells_is_refused(tmp_path, opened_apart, name, made):
    said, peak, _ = opened_apart(made(tmp_path / name))
    assert "its cells use long texts again and again" in said
    assert peak < MOST_MEMORY


SPACES = "a<text:s text:c='{}'/>b"
ODS_ROW = (
    "<table:table-row>"
    + 2 * "<table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell>"
    + "</table:table-row>"
)


@pytest.mark.parametrize("many", [2_000_000_000, "&#57;00000", 40_000])
def test_a_cell_of_more_spaces_than_a_cell_can_have_is_refused(tmp_path, opened_apart, many):
    rows = ODS_ROW.format("id", "q") + ODS_ROW.format("1", SPACES.format(many))
    said, peak, _ = opened_apart(open_document(tmp_path / "a.ods", rows))
    assert "a cell of more than 32,767 signs" in said
    assert peak < MOST_MEMORY


def test_many_cells_of_spaces_are_refused(tmp_path, opened_apart):
    rows = ODS_ROW.format("id", "q") + ODS_ROW.format("1", SPACES.format(30_000)) * 2_000
    said, peak, _ = opened_apart(open_document(tmp_path / "a.ods", rows))
    assert "its cells use long texts again and again" in said
    assert peak < MOST_MEMORY


def test_spaces_that_somebody_wrote_are_read(tmp_path):
    rows = ODS_ROW.format("id", "q") + ODS_ROW.format("1", SPACES.format(9) + "<text:s/>.") * 500
    grid = open_grid(open_document(tmp_path / "a.ods", rows), "a.ods", File(path="a.ods"))
    assert grid.row(1) == ["1", f"a{' ' * 9}b ."]


def test_a_long_answer_among_many_short_ones_is_read(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "said", *(f"x{place}" for place in range(60))])
    for row in range(1_000):
        sheet.append([f"p{row}", "x" * 30_000 if row == 7 else "short", *["Strongly agree"] * 60])
    book.save(tmp_path / "a.xlsx")
    grid = open_grid(tmp_path / "a.xlsx", "a.xlsx", File(path="a.xlsx"))
    assert len(grid.rows) == 1_001


@pytest.mark.parametrize("ids", [0, 50_000])
def test_one_long_text_in_every_row_of_parquet_costs_what_it_takes_once(tmp_path, opened_apart, ids):
    words = ["x" * 200_000, *(f"R_{place:016d}" for place in range(ids))]
    places = np.where(np.arange(100_000) % 2, 0, np.arange(100_000) % len(words)).astype(np.int32)
    cells = pyarrow.DictionaryArray.from_arrays(pyarrow.array(places), pyarrow.array(words))
    parquet.write_table(pyarrow.table({"said": cells}), tmp_path / "a.parquet", store_schema=False)
    said, peak, _ = opened_apart(tmp_path / "a.parquet")
    assert said == "read 100000"
    assert peak < MOST_MEMORY


LONG_TEXTS = {  # cells, and what is said of them
    "one in all": (lambda: ["x" * 60_000_000, "b"], "a text of more than 1,000,000 bytes"),
    "one among many": (lambda: ["x" * 60_000_000, *["b"] * 100_000], "MB of text in"),
    "one in a few rows": (
        lambda: pyarrow.array(["x" * 20_000_000]).dictionary_encode().take(pyarrow.array([0] * 100)),
        "MB of text in",
    ),
    "a small one": (lambda: ["x" * 2_000_000, *["b"] * 100], "a text of more than 1,000,000 bytes"),
    "many": (lambda: [f"{row}{'x' * 500_000}" if row < 40 else "b" for row in range(300_000)], "MB of text in"),
}


@pytest.mark.parametrize("kind", LONG_TEXTS)
def test_texts_that_swell_are_refused_before_they_are_words(tmp_path, opened_apart, kind):
    cells, said = LONG_TEXTS[kind]
    parquet.write_table(pyarrow.table({"said": cells()}), tmp_path / "a.parquet", compression="zstd")
    told, peak, _ = opened_apart(tmp_path / "a.parquet")
    assert told.startswith("a.parquet: column said: ")
    assert said in told
    assert peak < MOST_MEMORY


@pytest.mark.parametrize("coded", [True, False])
def test_long_answers_and_texts_that_every_row_repeats_are_read(tmp_path, coded):
    rng = np.random.default_rng(5)
    answers = [" ".join(map(str, rng.integers(0, 9_999, 10_000))) for _ in range(300)]
    cells = {"said": [*answers, *["none"] * 999_700], "survey": ["Spring survey of 2026"] * 1_000_000}
    parquet.write_table(pyarrow.table(cells), tmp_path / "a.parquet", compression="zstd", use_dictionary=coded)
    grid = open_grid(tmp_path / "a.parquet", "a.parquet", File(path="a.parquet"))
    assert [len(column.words) for column in grid.columns] == [301, 1]


def test_texts_that_a_writer_did_not_mark_are_texts_and_other_bytes_are_refused(tmp_path):
    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"id": [1, 2], "said": [b"Stra\xc3\x9fe", None]}), path)
    column = open_grid(path, path.name, File(path=path.name)).columns[1]
    assert [column.words[code] for code in column.codes] == ["Straße", ""]
    parquet.write_table(pyarrow.table({"id": [1, 2], "said": [b"\xff\xfe\x00", None]}), path)
    with pytest.raises(DataError, match="column said holds bytes that are no text"):
        open_grid(path, path.name, File(path=path.name))
    fixed = pyarrow.array([b"ab", b"cd"], pyarrow.binary(2))
    parquet.write_table(pyarrow.table({"said": fixed}), path)
    with pytest.raises(DataError, match=r"column said holds bytes \(fixed_size_binary\[2\]\)"):
        open_grid(path, path.name, File(path=path.name))


def test_a_small_file_of_very_many_cells_is_refused():
    checked(200_000, 600, "a.zsav", packed=2_000_000)
    with pytest.raises(DataError, match="200,000 rows of 600 columns in 700,000 bytes"):
        checked(200_000, 600, "a.zsav", packed=700_000)


@pytest.mark.parametrize("end", ["a.sav", "a.dta", "a.parquet"])
def test_a_file_beyond_what_is_free_is_refused_by_what_it_says_of_itself(tmp_path, monkeypatch, end):
    frame = pd.DataFrame({f"q{place}": np.ones(20) for place in range(3)})
    write = {"a.sav": pyreadstat.write_sav, "a.dta": pyreadstat.write_dta, "a.parquet": pd.DataFrame.to_parquet}
    write[end](frame, tmp_path / end)
    monkeypatch.setattr("mentorstudy.reading.containers.memory.EASY", 0)
    monkeypatch.setattr("mentorstudy.reading.containers.memory.free_bytes", lambda: 1.0)
    with pytest.raises(DataError, match=f"{end}: about 60 cells, which take .* GB are free"):
        open_grid(tmp_path / end, end, File(path=end))


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("can't start new thread")])
def test_memory_that_runs_out_while_a_file_is_read_is_told_plainly(tmp_path, monkeypatch, error):
    def fails(*_):
        raise error

    monkeypatch.setattr("mentorstudy.reading.files.told_as", fails)
    (tmp_path / "a.csv").write_text("id,q\n1,2\n")
    with pytest.raises(DataError, match=r"a\.csv: the memory does not suffice to read it; .* GB are free now"):
        read_file(tmp_path / "a.csv", "a.csv", File(path="a.csv"))


def test_the_limit_of_a_process_counts_as_what_is_free():
    code = (
        "import resource\n"
        "from mentorstudy.reading.containers.memory import free_bytes\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))\n"
        "print(free_bytes())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 0 < float(done.stdout) < 2 << 30


def pages():
    rows = "<tr><td>id<td>q" + "<tr><td>1<td>2" * 20
    return {
        "tags.xls": (f"<table>{rows}{'<b x>' * 1_000_000}", "a web page of 1,000,064 tags"),
        "nested.xls": (f"<table>{rows}{'<table><tr><td>' * 60_000}", "a web page with several tables"),
        "within.xls": (
            f"<table>{rows}{('<tr' + ' a=1' * 200 + '><td>1') * 20_000}",
            "a web page of 16 MB within its",
        ),
        "cells.xls": (f"<table>{rows}{'<td>' * 70_000}", "a web page of 70,042 cells; 60,000 are the limit"),
        "spans.xls": (f"<table>{rows}{'<tr><td colspan=1000>1' * 50_000}", "its cells span far more columns"),
    }


@pytest.mark.parametrize("name", pages())
def test_a_page_of_tags_without_end_is_refused_before_it_is_parsed(tmp_path, monkeypatch, name):
    monkeypatch.setattr("mentorstudy.reading.containers.page.MOST_CELLS", 60_000)
    monkeypatch.setattr("mentorstudy.reading.containers.page.Tables.feed", None)
    text, said = pages()[name]
    (tmp_path / name).write_text(text)
    with pytest.raises(DataError, match=said):
        open_grid(tmp_path / name, name, File(path=name))


@pytest.mark.parametrize("filling", [b"x", b" "])
def test_text_without_a_tag_beyond_any_cell_is_refused(tmp_path, filling):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<c><is><t>" + filling * (4 << 20) + b"</t></is></c>")
    with pytest.raises(DataError, match="more than 1 MB of text or spaces between two tags; 32,767 signs"):
        guarded((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")


def test_a_zipped_page_that_swells_as_no_export_does_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xls", "<table><tr><td>id<td>q" + "<tr><td>1<td>2" * 500_000)
    with pytest.raises(DataError, match=r"a\.zip: a part of it unpacks to more than 150 times its size"):
        open_grid(tmp_path / "a.zip", "a.zip", File(path="a.zip"))


def test_an_archive_of_very_many_files_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for place in range(20_001):
            archive.writestr(f"{place}.csv", "")
    with pytest.raises(DataError, match="an archive of 20,001 files; 20,000 are the limit"):
        guarded((tmp_path / "a.zip").read_bytes(), "a.zip")
