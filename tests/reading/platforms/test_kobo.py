"""Kobo: paths of groups, boxes beside their summary, and columns that name a device."""

from pathlib import Path

import openpyxl
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.platforms.kobo import is_kobo, read_kobo

TWINS = Path(__file__).parents[1] / "exports" / "same-survey"


def read(path):
    grid = open_grid(path, path.name, File(path=path.name))
    assert is_kobo(grid)
    return read_kobo(grid, File(path=path.name))


def test_names_have_no_path_and_the_summary_of_boxes_is_left_to_them():
    table = read(TWINS / "kobo_xml_values.csv")
    assert {"conf_1", "topic/c1", "topic/c6", "topic_text"} <= set(table.columns)
    assert "topic" not in table.columns
    assert table.fields["topic/c2"].question == "topic"
    assert table.variant == "XML names"


def test_a_question_left_blank_leaves_its_boxes_unknown():
    box = read(TWINS / "kobo_labels.csv").columns[
        "What did you and your mentor talk about? Select all that apply./Career goals"
    ]
    assert set(box.words) == {"0", "1", ""}


def test_what_names_a_person_or_a_device_is_marked():
    fields = read(TWINS / "kobo_labels.csv").fields
    assert fields["username"].kind == fields["deviceid"].kind == fields["_submitted_by"].kind == "personal"
    assert fields["_uuid"].kind == "meta"


def test_the_response_is_the_uuid_and_its_end():
    response = read(TWINS / "kobo_labels.csv").response
    assert set(response) == {"response", "started_at", "submitted_at", "finished"}
    assert response["submitted_at"].words[0].endswith("-07:00")


def test_apostrophes_are_taken_off_before_formulas(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('"start";"q/say";"_uuid";"_submission_time"\n"";"\'=2+3";"u1";"2026-03-03T00:14:25"\n')
    table = read(path)
    assert table.columns["say"].words == ("=2+3",)
    assert "apostrophe" in table.notes[0]


def test_a_header_shorter_than_its_rows_is_told(tmp_path):
    path = tmp_path / "a.csv"
    rows = ['"";"u1";"2026-03-03";"1";"2"', '"";"u2";"2026-03-03";"1";"2"']
    path.write_text("\n".join(['"start";"_uuid";"_submission_time";"_index"', *rows]) + "\n")
    with pytest.raises(DataError, match=r"row 2: 5 cells where the header has 4"):
        open_grid(path, path.name, File(path=path.name))


def test_a_repeat_group_that_names_no_sheet_belongs_to_the_only_one_it_can(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "pulse"
    for row in [
        ["start", "q/x", "_uuid", "_submission_time", "_index"],
        ["", "v1", "u1", "2026-03-03T00:14:25", 1],
    ]:
        book.active.append(row)
    meetings = book.create_sheet("meetings")
    for row in [["minutes", "_index", "_parent_index", "_submission__uuid"], [30, 1, 1, "u1"], [45, 2, 1, "u1"]]:
        meetings.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    grid = open_grid(path, path.name, File(path=path.name))
    assert "its repeat groups are meetings" in grid.notes[-1]
    assert is_kobo(grid)
    assert list(read_kobo(grid, File(path=path.name)).columns)[:3] == ["start", "x", "_uuid"]
    grid = open_grid(path, path.name, File(path=path.name, sheet="meetings"))
    joined = read_kobo(grid, File(path=path.name)).columns
    assert [joined["x"].words[code] for code in joined["x"].codes] == ["v1", "v1"]
