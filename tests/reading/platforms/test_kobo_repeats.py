"""Repeat groups of Kobo: a sheet of their own, joined to the responses they belong to.

The workbook is made after the export that Kobo's help pages describe: the responses on the first sheet with `_index`,
each repeat group on a sheet named after it with `_parent_table_name` and `_parent_index`.
"""

import openpyxl
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey

KEY = b"k" * 32
MAIN = [
    ["start", "end", "staff_id", "conf_1", "_id", "_uuid", "_submission_time", "_index"],
    ["2026-03-02T08:00:00+01:00", "2026-03-02T08:05:00+01:00", "00012", 4, 71, "u-1", "2026-03-02T07:06:00", 1],
    ["2026-03-02T09:00:00+01:00", "2026-03-02T09:05:00+01:00", "00013", 2, 72, "u-2", "2026-03-02T08:06:00", 2],
]
MENTEES = [
    ["mentee", "met", "_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"],
    ["00100", 3, 1, "pulse", 2, 72, "u-2"],
    ["00101", 5, 2, "pulse", 1, 71, "u-1"],
    ["00102", 1, 3, "pulse", 2, 72, "u-2"],
]
TALKS = [
    ["topic", "_index", "_parent_table_name", "_parent_index"],
    ["career", 1, "mentees", 3],
    ["feedback", 2, "mentees", 2],
]


def made(tmp_path, **more):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {"pulse": MAIN, "mentees": MENTEES, **more}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "kobo.xlsx")
    return tmp_path / "kobo.xlsx"


def rows_of(path, sheet=None):
    return read_survey(path, File(path=path.name, sheet=sheet), key=KEY)


def test_without_a_sheet_the_responses_are_read_and_the_groups_named(tmp_path):
    export = rows_of(made(tmp_path))
    assert list(export.rows["conf_1"]) == [4, 2]
    [note] = [note for note in export.ledger.notes if "repeat" in note]
    assert (
        'its repeat groups are mentees; to read one, name it, as in {path = "kobo.xlsx", sheet = "mentees"}' in note
    )


def test_the_rows_of_a_group_know_their_response(tmp_path):
    export = rows_of(made(tmp_path), "mentees")
    assert export.ledger.read_as == "Kobo, XML names"
    assert (export.ledger.rows, export.ledger.kept) == (3, 3)
    assert list(export.rows["mentee"].astype(str)) == ["00100", "00101", "00102"]
    assert list(export.rows["met"]) == [3, 5, 1]
    assert list(export.rows["staff_id"].astype(str)) == ["00013", "00012", "00013"]
    assert list(export.rows["conf_1"]) == [2, 4, 2]
    assert export.rows["response"].nunique() == 2
    assert export.rows["started_at"].notna().all()


def test_a_group_within_a_group(tmp_path):
    export = rows_of(made(tmp_path, talks=TALKS), "talks")
    assert list(export.rows["topic"].astype(str)) == ["career", "feedback"]
    assert list(export.rows["mentee"].astype(str)) == ["00102", "00101"]
    assert list(export.rows["conf_1"]) == [2, 4]


def test_rows_whose_response_is_gone_are_counted(tmp_path):
    stray = [*MENTEES, ["00103", 2, 4, "pulse", 9, 79, "u-9"]]
    export = rows_of(made(tmp_path, mentees=stray), "mentees")
    assert export.rows["conf_1"].isna().sum() == 1
    assert any("fewer than 5 rows of it belong to no response" in note for note in export.ledger.notes)


def test_sheets_that_are_no_groups_are_asked_for_as_before(tmp_path):
    with pytest.raises(DataError, match="say which sheet to read"):
        rows_of(made(tmp_path, other=[["a", "b"], [1, 2]]))
