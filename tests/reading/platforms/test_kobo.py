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


OWN = ["_uuid", "_submission_time"]


def table_of(tmp_path, headers, *rows):
    """Headers and answers as Kobo writes them."""
    path = tmp_path / "k.csv"
    lines = [[*headers, *OWN], *([*row, f"u{at}", "2026-03-03T00:14:25"] for at, row in enumerate(rows))]
    path.write_text("\n".join(";".join(f'"{cell}"' for cell in line) for line in lines) + "\n")
    return read(path)


def said(table, name):
    column = table.columns[name]
    return list(column.mapped(column.words))


def kinds(table):
    return {name: about.kind for name, about in table.fields.items() if about.kind != "meta"}


def test_boxes_without_their_summary_belong_to_their_question(tmp_path):
    headers = ["g/topics/chat", "g/topics/other", "g/needs/time", "g/needs/other", "g/trust"]
    table = table_of(tmp_path, headers, ["1", "0", "0", "1", "3"], ["", "", "1", "0", "4"])
    assert kinds(table) == {
        "topics/chat": "choice",
        "topics/other": "choice",
        "needs/time": "choice",
        "needs/other": "choice",
        "trust": "answer",
    }
    assert [table.fields[name].question for name in list(table.fields)[:4]] == [
        "topics",
        "topics",
        "needs",
        "needs",
    ]
    assert said(table, "topics/other") == ["0", ""]
    [note] = table.notes
    assert "under g/needs, g/topics are filled together and never all 0" in note
    assert '"both"' in note


def test_true_and_false_are_boxes_too(tmp_path):
    table = table_of(tmp_path, ["topics/chat", "topics/mail"], ["True", "False"], ["", ""])
    assert (said(table, "topics/chat"), said(table, "topics/mail")) == (["1", ""], ["0", ""])


@pytest.mark.parametrize("second", [["0", "0"], ["", "1"]], ids=["none is ticked", "one is not filled"])
def test_a_group_of_yes_and_no_is_no_question_and_keeps_its_name(tmp_path, second):
    table = table_of(
        tmp_path, ["g/a/met", "g/a/wrote", "g/b/met", "g/b/wrote"], ["1", "0", "3", "1"], [*second, "1", "4"]
    )
    assert kinds(table) == {"a/met": "answer", "a/wrote": "answer", "met": "answer", "wrote": "answer"}
    assert said(table, "a/met") == ["1", second[0]]
    assert "under g/a do not fit together as boxes" in table.notes[0]


def test_where_other_questions_have_summaries_nothing_is_a_box_without(tmp_path):
    headers = ["topics", "topics/chat", "topics/mail", "g/met", "g/wrote"]
    table = table_of(tmp_path, headers, ["chat", "1", "0", "1", "0"], ["mail", "0", "1", "0", "1"])
    assert kinds(table) == {"topics/chat": "choice", "topics/mail": "choice", "met": "answer", "wrote": "answer"}


def test_a_summary_is_told_to_be_there_and_not_to_lack_a_name(tmp_path):
    table = table_of(tmp_path, ["topics", "topics/chat"], ["chat", "1"], ["", ""])
    assert table.notes == (
        "Column 1 gathers in one cell what stands also in one column a box; the boxes are read.",
    )


@pytest.mark.parametrize(
    "rows",
    [
        [["yes", "3", "4"], ["no", "1", "0"]],
        [["1", "1", "0"], ["0", "0", "0"]],
    ],
    ids=["scales", "yes and no"],
)
def test_a_group_that_is_called_like_a_question_leaves_it_its_answers(tmp_path, rows):
    table = table_of(tmp_path, ["work", "work/conf", "work/lead"], *rows)
    assert set(kinds(table).values()) == {"answer"}
    assert said(table, "work") == [row[0] for row in rows]
    conf = next(name for name in table.columns if name.endswith("conf"))
    assert said(table, conf) == [row[1] for row in rows]


def test_questions_of_one_name_in_two_groups_stay_two(tmp_path):
    headers = ["a/topics", "a/topics/chat", "b/topics", "b/topics/chat"]
    table = table_of(tmp_path, headers, ["chat", "1", "", ""], ["", "", "chat", "1"])
    assert {name: about.question for name, about in table.fields.items() if about.kind == "choice"} == {
        "topics/chat": "topics",
        "topics (2)/chat": "topics (2)",
    }


def test_a_slash_in_a_question_is_no_path(tmp_path):
    headers = [
        "I trust my mentor/mentee",
        "I trust my mentor/manager",
        "My mentor and/or manager helps",
        "Do you / can you do it?",
        "Pulse/How is your mentor/mentee?",
        "Pulse/How are you?",
    ]
    table = table_of(tmp_path, headers, ["a", "b", "c", "d", "e", "f"])
    names = [*headers[:4], "How is your mentor/mentee?", "How are you?"]
    assert list(kinds(table)) == names
    assert [table.fields[name].wording for name in names] == names
    assert [table.fields[name].source for name in names] == headers


def test_boxes_of_labels_may_hold_a_slash(tmp_path):
    headers = ["Who?", "Which topics?/Chat, or talk", "Which topics?/Mail/post", "Which topics?/Other"]
    table = table_of(tmp_path, headers, ["x", "1", "1", "0"], ["y", "", "", ""])
    assert [about.part for about in table.fields.values() if about.kind == "choice"] == [
        "Chat, or talk",
        "Mail/post",
        "Other",
    ]


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
    with pytest.raises(DataError, match=r"row 2, 3: 5 cells where the header has 4"):
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
