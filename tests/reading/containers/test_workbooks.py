"""Workbooks: which sheet, where its headers stand, what its cells say; and files made to do harm."""

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.guard import guarded
from mentorstudy.reading.containers.oldbook import old_book
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.files import read_file

EXPORTS = Path(__file__).parents[1] / "exports"
TWINS = EXPORTS / "excel-twins"
TRUTH = json.loads((TWINS / "truth.json").read_text())
PLAIN = File(path="")


def opened(path, **settings):
    return open_grid(path, path.name, File(path=path.name, **settings))


def table(path, **settings):
    return read_file(path, path.name, File(path=path.name, **settings))


def cells(found, name):
    return found.columns[name].texts().tolist()


def workbook(tmp_path, sheets, name="a.xlsx", *, hidden=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title in hidden:
            sheet.sheet_state = "hidden"
    book.save(tmp_path / name)
    return tmp_path / name


ROWS = [["id", "x", "y"], ["001", 3, "a"], ["002", 4, "b"]]


def test_the_one_table_among_notes_and_hidden_sheets_is_read():
    found = table(TWINS / "several_sheets_serials_totals_hidden.xlsx")
    truth = TRUTH["several_sheets"]
    assert len(found.rows) == truth["rows"]
    assert found.rows[0] == truth["header_row"] + 1
    assert found.dropped == {"sums, not people": truth["total_row_dropped"]}
    assert cells(found, "Austritt")[1] == truth["serial_46022"]
    assert cells(found, "Personal-Nr.")[0] == "00017"
    assert any(truth["data_sheet"] in note for note in found.notes)
    assert any(truth["hidden_sheet_ignored"] in note for note in found.notes)


def test_days_of_the_1904_system():
    found = table(TWINS / "date_system_1904.xlsx")
    assert (
        dict(zip(cells(found, "employee_id"), cells(found, "hire_date"), strict=True)) == TRUTH["date_system_1904"]
    )


def test_escaped_control_signs_are_what_they_mean():
    found = table(TWINS / "escaped_control_text.xlsx")
    assert cells(found, "comment")[0] == TRUTH["escaped_control_text"]["1"]


def test_headers_below_blank_and_occupied_rows():
    path = EXPORTS / "excel-real" / "skipping.xlsx"
    for sheet, first in [("two_blank_rows", 3), ("occupied_row_and_blank_row", 3), ("two_occupied_rows", 3)]:
        grid = opened(path, sheet=sheet)
        assert grid.row(0) == ["var1", "var2"]
        assert grid.rows[0] == first


def test_one_column_called_twice_is_told():
    with pytest.raises(DataError, match="two columns are called var2"):
        table(EXPORTS / "excel-real" / "unnamed-duplicated-columns.xlsx")


def test_numbers_as_text_and_as_numbers_stay_what_they_are():
    found = table(EXPORTS / "excel-real" / "big-texty-numbers-xlsx.xlsx")
    assert cells(found, "number")[1:3] == ["2147483647", "2147483648"]
    assert cells(found, "number as text")[1:3] == ["2147483647", "2147483648"]


def test_cells_of_every_kind_are_texts(tmp_path):
    row = [
        "007",
        1.0,
        2.5,
        True,
        date(2025, 3, 1),
        datetime(2025, 3, 1, 9, 30),
        timedelta(hours=2),
        "#N/A",
        "1E5",
        None,
    ]
    head = [f"c{place}" for place in range(len(row))]
    found = table(workbook(tmp_path, {"A": [head, row, row]}))
    assert [cells(found, name)[0] for name in head[:7]] == [
        "007",
        "1",
        "2.5",
        "True",
        "2025-03-01",
        "2025-03-01T09:30:00",
        "2:00:00",
    ]
    assert found.columns["c7"].words == ("",)
    assert cells(found, "c8")[0] == "1E5"
    assert any("errors of the spreadsheet count as empty: 2 cells" in note for note in found.notes)


def test_a_formula_that_nobody_worked_out_is_told(tmp_path):
    found = table(workbook(tmp_path, {"A": [["id", "x"], ["001", "=1+1"], ["002", 3]]}))
    assert cells(found, "x")[1] == "3"
    assert any("formulas without a result count as empty: 1 cells" in note for note in found.notes)


def test_an_id_of_sixteen_digits_has_lost_its_last(tmp_path):
    found = table(workbook(tmp_path, {"A": [["id", "x"], [1234567890123456, 1], [1, 2]]}))
    assert any("numbers of more than 15 digits" in note for note in found.notes)


def test_two_tables_are_listed_until_one_is_named(tmp_path):
    path = workbook(tmp_path, {"One": ROWS, "Two": ROWS})
    with pytest.raises(DataError, match=r'sheet = "\.\.\."\}\. Sheets: One \(3 rows\), Two \(3 rows\)'):
        opened(path)
    assert opened(path, sheet="Two").row(0) == ROWS[0]


def test_hidden_rows_are_read_and_told(tmp_path):
    path = workbook(tmp_path, {"A": ROWS})
    book = openpyxl.load_workbook(path)
    book["A"].row_dimensions[2].hidden = True
    book.save(path)
    found = table(path)
    assert len(found.rows) == 2
    assert any("hidden rows were read like the others: 1" in note for note in found.notes)


def test_a_nameless_index_column_is_told_and_left_out(tmp_path):
    found = table(workbook(tmp_path, {"A": [[None, "id", "x"], [0, "001", 3], [1, "002", 4]]}))
    assert list(found.columns) == ["id", "x"]
    assert "column 1 has no name and is left out" in found.notes[0]


def zipped(parts):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return raw.getvalue()


def rebuilt(path, part, change):
    """A workbook with one part changed; `change` gives the new part in pieces, so that no bomb is ever whole."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            with archive.open(name, "w") as stream:
                for piece in change(raw) if name == part else [raw]:
                    stream.write(piece)
    return path


def swollen(before, filling):
    """The part with 300 MB of one sign before a place in it."""

    def change(raw):
        head, sign, tail = raw.partition(before)
        return [head, *[filling * (1 << 20)] * 300, sign, tail]

    return change


SHEET = "xl/worksheets/sheet1.xml"


def far_cell(place):
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    return lambda raw: [raw.replace(b"</sheetData>", cell)]


def entities(raw):
    lol = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    return [raw.replace(b"<worksheet", lol + b"<worksheet", 1)]


BOMBS = {
    "a cell at the end of all": (far_cell("XFD1048576"), "stands far away from the others, in row 1,048,576"),
    "a cell far below": (far_cell("BH1048576"), "stands far away from the others"),
    "entities": (entities, "defines entities of its own"),
    "nothing but spaces": (swollen(b"</sheetData>", b" "), "150 times"),
    "a long string": (swollen(b"</v>", b"9"), "150 times"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_workbook_made_to_explode_costs_nothing(tmp_path, opened_apart, bomb):
    change, said = BOMBS[bomb]
    message, peak, seconds = opened_apart(rebuilt(workbook(tmp_path, {"A": ROWS}), SHEET, change))
    assert said in message
    assert peak < 438  # MB, beside the library
    assert seconds < 2 * 5  # two seconds on a quiet machine


def test_a_password_is_named(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    )
    with pytest.raises(DataError, match="protected by a password: save it without"):
        opened(path)


def test_a_cut_workbook_is_damaged(tmp_path):
    path = workbook(tmp_path, {"A": ROWS})
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(DataError, match="It is damaged: download it again"):
        opened(path)


def test_a_workbook_under_another_name_is_read(tmp_path):
    path = workbook(tmp_path, {"A": ROWS}, name="a.csv")
    assert opened(path).row(0) == ROWS[0]


def test_a_zip_with_one_table_is_that_table(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"Pulse.csv": "id,x\n001,3\n", "__MACOSX/._Pulse.csv": "junk", ".DS_Store": "junk"}))
    found = table(path)
    assert cells(found, "id") == ["001"]


def test_a_zip_with_several_tables_lists_them(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.csv": "id,x\n1,2\n", "b.csv": "id,x\n1,2\n"}))
    with pytest.raises(DataError, match=r"a\.zip: 2 tables in this archive; it holds a\.csv, b\.csv\. Unpack it"):
        table(path)


def test_an_archive_within_an_archive_is_refused_whatever_it_is_called(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.csv": zipped({"b.csv": "id,x\n1,2\n"})}))
    with pytest.raises(DataError, match="an archive within an archive"):
        table(path)


def test_a_zip_that_grows_a_thousandfold_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.csv": b"id,x\n" + b"1,2\n" * 20_000_000}))
    with pytest.raises(DataError, match="unpacks to more than 150 times its size"):
        table(path)


def test_a_table_of_a_web_page_is_read_and_a_login_page_refused(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text(
        "<html><table><tr><th>id</th><th>x</th></tr><tr><td>001</td><td>a &amp; b</td></tr></table></html>"
    )
    assert cells(table(path), "x") == ["a & b"]
    path.write_text(
        "<html><form><input></form><table><tr><td>user</td><td>pass</td></tr><tr><td></td><td></td></tr></table>"
    )
    with pytest.raises(DataError, match="a web page was saved instead of the export"):
        table(path)


@pytest.mark.parametrize(
    ("raw", "said"),
    [(b"\x80\x04\x95abc", "a Python pickle"), (b"%PDF-1.7", "a PDF"), (b"\x1f\x8b\x08", "packed by gzip")],
)
def test_what_is_no_table_is_refused_by_its_kind(tmp_path, raw, said):
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    with pytest.raises(DataError, match=said):
        opened(path)


def _tarred(raw):
    told = tarfile.TarInfo("a.csv")
    told.size = len(raw)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(told, io.BytesIO(raw))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        (gzip.compress, "packed by gzip, which is not opened here. Unpack it, and name the file in it under"),
        (bz2.compress, "packed by bzip2, which is not opened here. Unpack it"),
        (lzma.compress, "packed by xz, which is not opened here. Unpack it"),
        (_tarred, "a tar archive, which is not opened here. Unpack it"),
    ],
)
@pytest.mark.parametrize("raw", [b"id,q1\n1,2\n", b""])
def test_what_is_packed_is_called_by_its_kind_and_to_be_unpacked(tmp_path, pack, said, raw):
    path = tmp_path / "a.csv"
    path.write_bytes(pack(raw))
    with pytest.raises(DataError, match=said):
        opened(path)


def test_a_wide_honest_workbook_passes_the_guard_quickly(tmp_path):
    path = workbook(tmp_path, {"A": [[f"c{place}" for place in range(120)]] + [["Strongly agree"] * 120] * 500})
    assert len(table(path).rows) == 500


def binary_sheet(*cells):
    """A sheet of xlsb: for each (row, column) a row's record and a cell's."""
    raw = b""
    for row, column in cells:
        raw += bytes([0, 4]) + struct.pack("<I", row) + bytes([5, 8]) + struct.pack("<II", column, 0)
    return raw


def test_a_far_cell_of_a_binary_workbook_is_refused():
    near = {"xl/worksheets/sheet1.bin": binary_sheet((0, 0), (1, 3))}
    assert guarded(zipped(near), "a.xlsb")
    far = {"xl/worksheets/sheet1.bin": binary_sheet((0, 0), (1_048_575, 16_383))}
    with pytest.raises(DataError, match="stands far away from the others, in row 1,048,576 or column 16,384"):
        guarded(zipped(far), "a.xlsb")


def open_document(repeated):
    row = "<table:table-row{}><table:table-cell{}>{}</table:table-cell></table:table-row>"
    body = row.format("", "", "<text:p>id</text:p>") + row.format(*repeated, "<text:p>x</text:p>")
    return {"content.xml": f"<office:document><table:table>{body}</table:table></office:document>"}


def test_cells_of_an_open_document_that_stand_for_billions_are_refused():
    times = (' table:number-rows-repeated="1048576"', ' table:number-columns-repeated="16384"')
    with pytest.raises(DataError, match="more than 130,000,000 cells"):
        guarded(zipped(open_document(times)), "a.ods")
    assert guarded(zipped(open_document((' table:number-rows-repeated="3"', ""))), "a.ods")


def ods(path, rows):
    """An OpenDocument sheet as LibreOffice lays it out, the empty rest of the sheet as one repeated row."""
    names = "".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0" '
        for short, long in [("office", "office"), ("table", "table"), ("text", "text")]
    )

    def cell(value):
        kind = f'office:value-type="float" office:value="{value}"' if isinstance(value, float) else ""
        kind = kind or 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Pulse">{body}{rest}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)


def test_an_open_document_reads_as_the_workbook_does(tmp_path):
    ods(tmp_path / "a.ods", [["id", "x", "y"], ["001", 3.0, "a"], ["002", 4.0, "b"]])
    found, same = table(tmp_path / "a.ods"), table(workbook(tmp_path, {"A": ROWS}))
    assert {name: cells(found, name) for name in found.columns} == {
        name: cells(same, name) for name in same.columns
    }


def test_numbers_among_days_count_from_the_day_that_the_workbook_says(tmp_path):
    path = workbook(
        tmp_path, {"A": [["id", "hired"], ["1", date(2024, 3, 1)], ["2", date(2024, 3, 2)], ["3", 45_000]]}
    )
    assert cells(table(path), "hired")[2] == "2023-03-15"
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book["A"]["B2"], book["A"]["B3"] = date(2024, 3, 1), date(2024, 3, 2)
    book.save(path)
    assert cells(table(path), "hired") == ["2024-03-01", "2024-03-02", "2027-03-16"]


def test_one_day_among_numbers_makes_no_days_of_them(tmp_path):
    path = workbook(tmp_path, {"A": [["id", "pay"], ["1", 30_000], ["2", 41_000], ["3", date(2024, 3, 1)]]})
    assert cells(table(path), "pay") == ["30000", "41000", "2024-03-01"]


def test_what_cells_do_not_show_is_told_wherever_the_sheet_lies(tmp_path):
    path = workbook(tmp_path, {"Read me": [["A note"]], "A": [*ROWS, ["003", "=1/0", "c"]]})
    book = openpyxl.load_workbook(path)
    book["A"].row_dimensions[3].hidden = True
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/answers.xml"] = parts.pop("xl/worksheets/sheet2.xml")
    related = "xl/_rels/workbook.xml.rels"
    parts[related] = parts[related].replace(b"/xl/worksheets/sheet2.xml", b"worksheets/answers.xml")
    path.write_bytes(zipped(parts))
    notes = " ".join(table(path).notes)
    assert "hidden rows were read like the others: 1" in notes
    assert "formulas without a result count as empty: 1 cells" in notes


def test_hidden_rows_and_errors_of_an_open_document_are_told(tmp_path):
    path = tmp_path / "a.ods"
    ods(path, [["id", "x", "y"], ["001", 3.0, "a"], ["002", 4.0, "#DIV/0!"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["content.xml"].decode()
    second = '<table:table-cell office:value-type="string"><text:p>002'
    content = content.replace(f"<table:table-row>{second}", f"<table:table-row table:visibility='filter'>{second}")
    error = 'table:formula="of:=1/0" office:string-value="" calcext:value-type="error"><text:p>#DIV'
    content = content.replace("><text:p>#DIV", f" {error}").replace(
        "<office:document-content ", '<office:document-content xmlns:calcext="urn:calcext" '
    )
    parts["content.xml"] = content.encode()
    path.write_bytes(zipped(parts))
    found = table(path)
    notes = " ".join(found.notes)
    assert "hidden rows were read like the others: 1" in notes
    assert "errors of the spreadsheet count as empty: 1 cells" in notes
    assert found.columns["y"].texts().isna().tolist() == [False, True]


def test_an_open_document_whose_cells_lie_far_apart_is_refused(tmp_path):
    content = (
        '<x><table:table table:name="A"><table:table-row><table:table-cell><text:p>id</text:p></table:table-cell>'
        "</table:table-row><table:table-row table:number-rows-repeated='1000000'/><table:table-row><table:table-cell "
        "table:number-columns-repeated='900'/><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
        "</table:table></x>"
    )
    with pytest.raises(DataError, match="stands far away from the others, in row 1,000,002 or column 901"):
        guarded(zipped({"content.xml": content}), "a.ods")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("hidden_and_errors.ods", "2023-03-15"),
        ("hidden_and_errors.xls", "2023-03-15"),
        ("days_from_1904.xls", "2027-03-16"),
    ],
)
def test_other_workbooks_tell_what_cells_do_not_show_and_number_days_as_they_say(name, day):
    found = table(EXPORTS / "made" / "workbooks" / name)
    assert cells(found, "d") == ["2024-03-01", "2024-03-02", day]
    notes = " ".join(found.notes)
    assert "hidden rows were read like the others: 1" in notes
    assert "errors of the spreadsheet count as empty: 2 cells" in notes


NEVER = EXPORTS / "made" / "workbooks" / "never_calculated.xls"
EMPTY, ZERO, TWO = (
    bytes.fromhex(one) for one in ("030000000000ffff0000", "00000000000000000200", "00000000000000400200")
)
ADDED = bytes.fromhex("1000440100")  # the beginning of the first formula


def test_formulas_of_an_old_workbook_that_nothing_calculated_are_told(tmp_path):
    found = table(NEVER)
    assert pd.isna(cells(found, "mean")).all()
    assert any("formulas without a result count as empty: 3 cells" in note for note in found.notes)
    path = tmp_path / "a.xls"
    path.write_bytes(NEVER.read_bytes().replace(EMPTY, ZERO))
    found = table(path)
    assert cells(found, "mean") == ["0"] * 3
    assert any("never to have been calculated are read as 0: 3 cells" in note for note in found.notes)


@pytest.mark.parametrize(
    ("first", "others", "begun", "told"),
    [
        (EMPTY, EMPTY, ADDED, (3, 0)),
        (ZERO, ZERO, ADDED, (0, 3)),
        (ZERO[:8] + bytes(2), EMPTY, ADDED, (0, 0)),  # one was calculated, so a text may be empty
        (TWO, ZERO, ADDED, (0, 0)),
        (TWO[:8] + bytes(2), ZERO, ADDED, (0, 2)),  # written by another tool than those to be calculated
        (ZERO, EMPTY, bytes.fromhex("1000190100"), (0, 0)),  # calculated anew each time, as TODAY() is
    ],
)
def test_a_zero_or_an_empty_text_may_be_a_result(first, others, begun, told):
    raw = NEVER.read_bytes().replace(EMPTY, first, 1).replace(EMPTY, others).replace(ADDED, begun)
    [sheet], _ = old_book(raw, "a.xls")
    assert (sheet.unfinished, sheet.zeros) == told


def test_a_long_text_in_many_cells_of_an_old_workbook_is_refused():
    with pytest.raises(DataError, match=r"its cells use long texts again and again, 0\.4 GB in all"):
        table(EXPORTS / "made" / "workbooks" / "one_long_text.zip")


def merged(tmp_path, rows, *ranges):
    path = workbook(tmp_path, {"A": rows})
    book = openpyxl.load_workbook(path)
    for cells in ranges:
        book["A"].merge_cells(cells)
    book.save(path)
    return path


def test_a_cell_that_spans_rows_is_read_in_each_of_them(tmp_path):
    path = merged(
        tmp_path,
        [["id", "team", "x"], ["1", "North", 3], ["2", None, 4], ["3", None, 5], ["4", "South", 1]],
        "B2:B4",
    )
    found = table(path)
    assert cells(found, "team") == ["North", "North", "North", "South"]
    assert any("merged cells that span rows were read in each of them: 1" in note for note in found.notes)


BODY = [["001", "North", 3, 4, 5, 1], ["002", "South", 1, 2, 3, 4]]


@pytest.mark.parametrize(
    ("rows", "ranges"),
    [
        (
            [["id", "team", "Confidence", None, "Growth", None], [None, None, "c1", "c2", "g1", "g2"]],
            ["A1:A2", "B1:B2", "C1:D1", "E1:F1"],
        ),
        (
            [["Person", None, "Confidence", None, "Growth", None], ["id", "team", "c1", "c2", "g1", "g2"]],
            ["A1:B1", "C1:D1", "E1:F1"],
        ),
        ([["Pulse of May"], ["id", "team", "c1", "c2", "g1", "g2"]], ["A1:F1"]),
    ],
)
def test_the_names_stand_below_those_of_their_groups(tmp_path, rows, ranges):
    found = table(merged(tmp_path, [*rows, *BODY], *ranges))
    assert list(found.columns) == ["id", "team", "c1", "c2", "g1", "g2"]
    assert cells(found, "id") == ["001", "002"]
    assert found.rows.tolist() == [3, 4]


def test_columns_without_a_name_of_their_own_are_refused(tmp_path):
    path = merged(tmp_path, [["id", "team", "Confidence", None, "Growth", None], *BODY], "C1:D1", "E1:F1")
    with pytest.raises(
        DataError,
        match=r"a\.xlsx: row 1: columns without a name of their own, below a header that spans several: 4, 6",
    ):
        table(path)


def test_a_blank_row_within_a_merged_cell_is_no_record(tmp_path):
    path = merged(tmp_path, [["id", "team"], ["1", "A"], ["2", None], [None, None], ["3", "B"]], "B2:B4")
    assert cells(table(path), "team") == ["A", "A", "B"]


def test_a_merged_header_over_a_blank_column_makes_no_headers_of_the_first_record(tmp_path):
    rows = [["id", "dept", None, "site"], ["001", "Sales", None, "Bern"], ["002", "Sales", None, "Basel"]]
    assert list(table(merged(tmp_path, rows, "B1:C1")).columns) == ["id", "dept", "site"]
    rows = [
        ["code", "Comment", None, "Site"],
        ["lena", "I was ill", "since May", "Bern"],
        ["ben", "No", "none", "Bern"],
    ]
    with pytest.raises(DataError, match="columns without a name of their own") as raised:
        table(merged(tmp_path, rows, "B1:C1"))
    assert "ill" not in str(raised.value)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.97])
def test_a_cut_old_workbook_is_damaged(tmp_path, share):
    raw = (EXPORTS / "made" / "workbooks" / "hidden_and_errors.xls").read_bytes()
    (tmp_path / "a.xls").write_bytes(raw[: int(len(raw) * share)])
    with pytest.raises(DataError, match="damaged"):
        table(tmp_path / "a.xls")


def test_an_old_workbook_whose_extent_would_fill_the_memory_is_refused(tmp_path):
    raw = bytearray((EXPORTS / "made" / "workbooks" / "hidden_and_errors.xls").read_bytes())
    raw[3_499] = 255  # where the sheet begins
    (tmp_path / "a.xls").write_bytes(raw)
    with pytest.raises(DataError, match="damaged"):
        table(tmp_path / "a.xls")


NAMES = ["employee_id", "q1", "q2", "dept"]
PEOPLE = [[f"E{at:03}", at % 5 + 1, (at + 1) % 5 + 1, "Sales"] for at in range(30)]
WORDS = [[f"E{at:03}", "Agree", "Disagree", "Sales"] for at in range(30)]


@pytest.mark.parametrize("people", [PEOPLE, WORDS])
@pytest.mark.parametrize(
    "above",
    [
        [["Background", None, "Confidence", None]],
        [["Exported", "2025-05-01"]],
        [["Exported", date(2025, 5, 1)], []],
        [["Survey", "Mentoring 2025"], ["Exported", "2025-05-01"], ["Filter", "all"], []],
        [["Matching export"], ["Run by", "Anna Keller"], []],
        [["Survey", "Mentoring 2025"], ["Background", None, "Confidence", None]],
    ],
)
def test_headers_of_a_narrow_table_stand_below_what_is_thinner(tmp_path, above, people):
    found = table(workbook(tmp_path, {"A": [*above, NAMES, *people]}))
    assert list(found.columns) == NAMES
    assert (found.height, found.rows[0]) == (30, len(above) + 2)
    said = f"what stands above the headers was left out; they are in row {len(above) + 1}"
    assert [note for note in found.notes if said in note]


@pytest.mark.parametrize("above", [[], [["Survey", "Mentoring 2025"], []]])
def test_names_of_groups_over_all_columns_but_one_are_no_headers(tmp_path, above):
    groups = ["Background", "Confidence", None, "Unit"]
    found = table(workbook(tmp_path, {"A": [*above, groups, NAMES, *PEOPLE]}))
    assert list(found.columns) == NAMES


def test_headers_of_three_columns_stand_below_a_title_of_two_cells(tmp_path):
    rows = [["Survey", "Mentoring 2025"], [], NAMES[:3], *(row[:3] for row in WORDS)]
    assert list(table(workbook(tmp_path, {"A": rows})).columns) == NAMES[:3]


def test_a_nameless_column_below_a_title_of_two_cells_is_left_out_alone(tmp_path):
    rows = [["Exported", "2025-05-01"], [], [None, "id", "q1", "q2"], *([at, f"E{at}", 3, 4] for at in range(9))]
    assert list(table(workbook(tmp_path, {"A": rows})).columns) == ["id", "q1", "q2"]


def test_an_open_document_has_its_headers_below_what_is_thinner(tmp_path):
    ods(tmp_path / "a.ods", [["Background", "", "Confidence", ""], NAMES, ["E1", 3.0, 4.0, "Sales"]])
    assert list(table(tmp_path / "a.ods").columns) == NAMES


@pytest.mark.parametrize(
    ("names", "records"),
    [
        ([None, "id", "why"], [["r1", "lena", "I was ill"], ["r2", "ben", "none"]]),
        (["id", "why", None, "site"], [["lena", "I was ill", "since May", "Bern"], ["ben", "No", "none", "Basel"]]),
        (["id", "q1", None, "site"], [["lena", "n/a", "since May", "Bern"], ["ben", 4, "none", "Basel"]]),
        (["id", "why", None, None], [["lena", "I was ill", "yes", "Bern"], ["ben", "No", "yes", "Basel"]]),
        ([None, "id", "q1", "q2"], [["r1", "lena", 3, None], ["r2", "ben", "unsure", "left"], ["r3", "mia", 4, 5]]),
    ],
)
def test_a_record_of_texts_makes_no_headers_of_itself(tmp_path, names, records):
    found = table(workbook(tmp_path, {"A": [names, *records]}))
    assert list(found.columns) == [name for name in names if name]
    assert found.height == len(records)
