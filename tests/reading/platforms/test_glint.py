"""Viva Glint: items and what stands beside them, employees' attributes, the day of completion."""

import pytest
from forms_samples import EXPORTS, cells, opened, written

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.platforms.glint import is_glint, read_glint
from mentorstudy.reading.recognising import recognised

PLAIN = File(path="")
ITEM = "I can handle the demands of my role."
OWN = ["Email", "Survey Cycle Completion Date", "Survey Cycle Sent Date"]
SENT = ["p@example.org", "15-10-2025 10:30", "13-10-2025 08:00"]


def read(grid):
    assert recognised(grid) == "glint"
    return read_glint(grid, PLAIN)


@pytest.fixture
def table():
    return read(opened(EXPORTS / "made" / "glint" / "glint.csv"))


def test_an_item_and_what_stands_beside_it(table):
    assert (table.platform, table.height) == ("Viva Glint", 6)
    assert cells(table, ITEM) == ["4", "3", "5", "2", "", "4"]
    beside = {"": "answer", "_COMMENT": "text", "_COMMENT_TOPICS": "text", "_SENSITIVE_COMMENT_FLAG": "quality"}
    for suffix, kind in beside.items():
        about = table.fields[f"{ITEM}{suffix}"]
        assert (about.kind, about.question, about.wording) == (kind, ITEM, ITEM)
    assert table.fields[f"{ITEM}_COMMENT_TOPICS"].part == "COMMENT_TOPICS"


def test_an_item_without_a_comment_stands_before_the_employees_columns(table):
    assert table.fields["I would recommend this team."].kind == "answer"
    assert table.fields["Department"].kind == "embedded"


def test_names_addresses_and_managers_are_personal(table):
    personal = [name for name, about in table.fields.items() if about.kind == "personal"]
    assert personal == ["First Name", "Last Name", "Email", "Manager ID"]


def test_the_response_is_told_under_the_kits_words(table):
    said = {word: list(column.mapped(column.words)) for word, column in table.response.items()}
    assert said["person"] == [f"E00{n}" for n in range(1, 7)]
    assert said["submitted_at"][3:5] == ["20-10-2025 11:45", ""]
    assert said["finished"] == ["1", "1", "1", "1", "0", "1"]
    assert set(said["wave"]) == {"Autumn 2025"}
    assert "started_at" not in said


def test_an_employees_id_under_a_name_of_ones_own_is_asked_for(tmp_path):
    heads = ["A", "A_COMMENT", *OWN, "Staff Key"]
    table = read(written(tmp_path, [heads, ["4", "", *SENT, "77"]]))
    assert "person" not in table.response
    assert any("[columns.survey]" in note for note in table.notes)


def test_an_item_may_stand_after_the_employees_columns_with_its_comment(tmp_path):
    heads = [*OWN, "Level", "A", "A_COMMENT", "B_COMMENT"]
    table = read(written(tmp_path, [heads, [*SENT, "senior", "4", "", "x"]]))
    assert [table.fields[name].kind for name in heads[3:]] == ["embedded", "answer", "text", "text"]


def test_other_tables_are_none(tmp_path):
    for heads in (["A", "A_COMMENT", "Email"], ["A", *OWN], ["A_COMMENT", *OWN]):
        grid = written(tmp_path, [heads, ["1"] * len(heads)])
        assert not is_glint(grid)
        with pytest.raises(DataError, match='format = "table"'):
            read_glint(grid, PLAIN)
