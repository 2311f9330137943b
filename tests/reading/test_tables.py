"""The same table in other clothes reads the same: sheets, delimiters, encodings, line ends, header rows."""

import csv
import io

import numpy as np
import openpyxl
import pytest

import mentorstudy as kit
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coding.moments import days_of
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.platforms.plain import read_table
from mentorstudy.reading.platforms.qualtrics import is_qualtrics, read_qualtrics


def days(column):
    return days_of(column.words).values[column.codes]


PLAIN = File(path="")

HEAD = ["id", "pay", "note"]
ROWS = [["00123", "1e5", "NA"], ["00124", "", 'said "no",\nthen left'], ["00125", "3", "Zürich"]]


def text_of(delimiter=",", rows=ROWS, line="\r\n"):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=line).writerows([HEAD, *rows])
    return file.getvalue()


def table(tmp_path, raw, **settings):
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    return read_table(open_grid(path, "a.csv", File(path="a.csv", **settings)), PLAIN)


def cells(found):
    return [list(column.mapped(column.words)) for column in found.columns.values()]


WANTED = [list(column) for column in zip(*ROWS, strict=True)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_delimiters_encodings_and_line_ends_are_recognised(tmp_path, delimiter, encoding, line):
    assert cells(table(tmp_path, text_of(delimiter, line=line).encode(encoding))) == WANTED


def test_an_encoding_and_a_delimiter_can_be_told(tmp_path):
    raw = text_of("^").encode("cp1252")
    assert cells(table(tmp_path, raw, encoding="cp1252", delimiter="^")) == WANTED


def test_ids_keep_their_zeros_and_na_stays_a_word(tmp_path):
    found = table(tmp_path, text_of().encode())
    assert list(found.columns["id"].texts()) == ["00123", "00124", "00125"]
    assert found.columns["note"].texts()[0] == "NA"
    assert np.array_equal(found.columns["pay"].numbers(), [100000, np.nan, 3], equal_nan=True)


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path):
    assert table(tmp_path, text_of().encode()).rows.tolist() == [2, 3, 4]


@pytest.mark.parametrize("word", ["inf", "nan", "1e309", "1_000", "٣", "1,5", "12 years"])
def test_what_is_no_finite_number_is_none(tmp_path, word):
    found = table(tmp_path, text_of(rows=[["1", word, "x"]]).encode())
    assert np.isnan(found.columns["pay"].numbers()[0])


def test_blank_rows_are_counted_out_and_the_others_keep_their_numbers(tmp_path):
    found = table(tmp_path, b'id,note\n1,"two\nlines"\n\n2,b\n,\n  \n3,c\n,\n')
    assert found.rows.tolist() == [2, 4, 7]
    assert list(found.columns["id"].texts()) == ["1", "2", "3"]
    assert found.dropped == {"blank": 4}


def test_blank_rows_of_a_sheet_are_counted_out(tmp_path):
    path = workbook(tmp_path, {"A": [HEAD, ROWS[0], [None] * 3, ROWS[1]]})
    found = read_table(open_grid(path, "a.xlsx", File(path="a.xlsx")), File(path="a.xlsx"))
    assert found.rows.tolist() == [2, 4]
    assert found.dropped == {"blank": 1}


@pytest.mark.parametrize(
    "word",
    [
        "2019-01-01",
        "2019-01-01T00:00:00",
        "2019-01-01 00:00:00",
        "2019-01-01 00:00:00.000",
        "2019-01-01T23:59Z",
        "2019-01-01T00:00:00.000+01:00",
    ],
)
def test_days_with_and_without_a_time(tmp_path, word):
    found = table(tmp_path, f"id,on\n1,{word}\n".encode())
    assert days(found.columns["on"])[0] == np.datetime64("2019-01-01")


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("2019-01-015", "9999-99-999"),
        ("2019-01-01 nonsense", "9999-99-99 aaaaaaaa"),
        ("2019-01-01x", "9999-99-99a"),
        ("2019-02-30", "9999-99-99"),
        ("2019-01-01 25:00", "9999-99-99 99:99"),
        ("", ""),
    ],
)
def test_what_only_begins_like_a_day_is_none(tmp_path, word, shape):
    column = table(tmp_path, f"id,on\n1,{word}\n".encode()).columns["on"]
    assert np.isnat(days(column)[0])
    assert column.shapes(np.array([True])) == shape


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\x9b", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028"])
def test_signs_that_cannot_be_seen_never_get_in(tmp_path, sign):
    found = table(tmp_path, f"id,no{sign}te\n1,a{sign}b\n2,{sign}ab\n".encode())
    assert list(found.columns["note"].texts()) == ["ab", "ab"]


def test_a_header_in_two_lines_is_one(tmp_path):
    assert list(table(tmp_path, b'id,"hired\n on"\n1,2\n').columns) == ["id", "hired on"]


def workbook(tmp_path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def test_a_workbook_with_one_table_reads_as_the_csv_does(tmp_path):
    path = workbook(tmp_path, {"Notes": [], "Data": [HEAD, *ROWS]})
    found = read_table(open_grid(path, "a.xlsx", File(path="a.xlsx")), File(path="a.xlsx"))
    assert cells(found) == WANTED


def test_several_sheets_are_listed_until_one_is_named(tmp_path):
    path = workbook(tmp_path, {"One": [HEAD, *ROWS], "Two": [HEAD, *ROWS]})
    with pytest.raises(DataError, match=r'sheet = "\.\.\."\}\. Sheets: One \(4 rows\), Two \(4 rows\)'):
        open_grid(path, "a.xlsx", File(path="a.xlsx"))
    assert cells(read_table(open_grid(path, "a.xlsx", File(path="a.xlsx", sheet="Two")), PLAIN)) == WANTED


def test_numbers_and_days_of_a_workbook_are_text_as_written(tmp_path):
    rows = [["id", "n", "on"], [101, 2.5, np.datetime64("2025-03-01").astype(object)]]
    found = read_table(
        open_grid(workbook(tmp_path, {"A": rows}), "a.xlsx", File(path="a.xlsx")), File(path="a.xlsx")
    )
    assert found.columns["id"].texts()[0] == "101"
    assert found.columns["n"].numbers()[0] == 2.5
    assert days(found.columns["on"])[0] == np.datetime64("2025-03-01")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04 cut short", "It is damaged: download it again"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"id,pay\n1,\x00\n", "row 2, column 2: a NUL character"),
        (b"one\ntwo\n", "only one column"),
        (b"id,id\n1,2\n", "two columns are called id"),
        (b"id,pay\n", "headers, but not one row of data"),
        (b" \n", "the file is empty"),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path, raw, said):
    with pytest.raises(DataError, match=said):
        table(tmp_path, raw)


def test_a_folder_or_a_device_is_no_file(tmp_path):
    for place in (tmp_path, "/dev/zero"):
        path = tmp_path / "link.csv"
        path.unlink(missing_ok=True)
        path.symlink_to(place)
        with pytest.raises(DataError, match="not a regular file"):
            open_grid(path, "link.csv", File(path="link.csv"))


QUALTRICS = [
    ["StartDate", "Status", "DistributionChannel", "ExternalReference", "z1"],
    ["Start Date", "Response Type", "Distribution Channel", "External Data Reference", "Question\nin two lines"],
    [
        '{"ImportId":"startDate"}',
        '{"ImportId":"status"}',
        '{"ImportId":"x"}',
        '{"ImportId":"y"}',
        '{"ImportId":"QID1"}',
    ],
    ["2025-01-01 10:00:00", "IP Address", "anonymous", "00001", "often"],
    ["2025-01-01 10:00:00", "Survey Preview", "preview", "", "often"],
    ["2025-01-01 10:00:00", "Survey Test", "test", "", "often"],
    ["2025-01-01 10:00:00", "Spam", "anonymous", "00002", "often"],
    ["2025-01-01 10:00:00", "Vorschau", "preview", "", "often"],
    ["2025-01-01 10:00:00", "IP Address", "email", "00003", ""],
]


def qualtrics(tmp_path, rows=QUALTRICS):
    path = tmp_path / "q.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return open_grid(path, "q.csv", File(path="q.csv"))


def test_a_qualtrics_export_is_known_by_its_import_ids(tmp_path):
    assert is_qualtrics(qualtrics(tmp_path))
    assert not is_qualtrics(qualtrics(tmp_path, [QUALTRICS[0], *QUALTRICS[3:]]))


def test_previews_tests_and_spam_are_counted_out(tmp_path):
    found = read_qualtrics(qualtrics(tmp_path), PLAIN)
    assert list(found.columns["ExternalReference"].texts()) == ["00001", "00003"]
    assert found.dropped == {"preview": 2, "test": 1, "spam": 1}
    assert found.rows.tolist() == [4, 9]
    assert found.fields["z1"].wording == "Question\nin two lines"


def test_a_qualtrics_export_whose_second_and_third_rows_are_gone_is_not_read_as_one(tmp_path):
    with pytest.raises(DataError, match="row 3 holds no Qualtrics import ids"):
        read_qualtrics(qualtrics(tmp_path, [QUALTRICS[0], *QUALTRICS[3:]]), PLAIN)


def test_only_previews_are_no_answers(tmp_path):
    with pytest.raises(DataError, match="only previews and tests"):
        read_qualtrics(qualtrics(tmp_path, [*QUALTRICS[:3], QUALTRICS[4]]), PLAIN)


def test_names_and_addresses_never_enter_the_tables(small):
    rows = small.path("survey_T0.csv").read_text().splitlines()
    small.change(
        "survey_T0.csv",
        lambda text: "\n".join([rows[0] + ",email", *(f"{row},ann@example.org" for row in rows[1:])]) + "\n",
    )
    exports = kit.read_cohort(kit.read_study(small.folder), "first")
    assert all("email" not in file.rows for file in exports.files)


@pytest.mark.parametrize("at", [0, 40, -1])
def test_headers_that_stand_once_more_are_no_answer(small, at):
    def again(text):
        head, *rows = text.splitlines()
        rows.insert(at if at >= 0 else len(rows), head)
        return "\n".join([head, *rows]) + "\n"

    rows = len(small.path("survey_T0.csv").read_text().splitlines())
    small.change("survey_T0.csv", again)
    row = at + 2 if at >= 0 else rows + 1
    with pytest.raises(
        DataError, match=rf"first/survey_T0\.csv: row {row}: the headers once more, as where exports were"
    ):
        kit.read_cohort(kit.read_study(small.folder), small.cohort)
