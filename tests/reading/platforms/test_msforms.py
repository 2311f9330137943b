"""Microsoft Forms: the twin, a quiz, other languages, and workbooks that only look alike."""

import pytest
from forms_samples import DECLARED, EXPORTS, TOPICS, TWINS, answers, cells, opened, questions, submitted, written

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.platforms.msforms import is_msforms, read_msforms

PLAIN = File(path="")
HEAD = ["ID", "Start time", "Completion time", "Email", "Name"]
TIMES = ["2026-03-02T17:04:31", "2026-03-02T17:09:31"]
NOBODY = ["anonymous", ""]


def read(grid, settings=PLAIN):
    assert is_msforms(grid)
    return read_msforms(grid, settings)


def test_the_twin_says_what_was_answered():
    table = read(opened(TWINS / "msforms.xlsx"))
    assert (table.platform, table.variant, table.height) == ("Microsoft Forms", "form", 14)
    people = submitted()
    for header, word in questions(grids=False).items():
        assert cells(table, header) == answers(word, people), word


def test_a_cell_of_several_answers_is_a_list_without_its_last_semicolon():
    table = read(opened(TWINS / "msforms.xlsx"))
    assert [name for name, about in table.fields.items() if about.kind == "list"] == [TOPICS]
    assert table.fields[TOPICS].separator == ";"
    said = cells(table, TOPICS)
    assert said[:2] == ["Career goals;Building a network", "Leadership skills"]
    assert said[5] == ""
    assert said[6] == "Feedback, giving and receiving;Return from leave; part-time"


def test_what_a_response_tells_of_itself():
    grid = opened(TWINS / "msforms.xlsx")
    table = read(grid)
    assert set(table.response) == {"response", "started_at", "submitted_at", "finished"}
    assert list(table.response["response"].texts())[:2] == ["1", "2"]
    assert table.response["started_at"].texts()[0] == "2026-03-03T01:04:31"
    assert table.response["submitted_at"].texts()[0] == "2026-03-03T01:14:24"
    assert set(table.response["finished"].texts()) == {"1"}
    assert "time_zone" in table.notes[0]
    assert not [note for note in read(grid, DECLARED).notes if "time_zone" in note]


def test_anonymous_is_nobody_and_never_one_person():
    table = read(opened(TWINS / "msforms.xlsx"))
    assert table.columns["Email"].blank.all()
    assert table.fields["Email"].kind == table.fields["Name"].kind == "personal"
    assert "14 of 14 responses name nobody" in " ".join(table.notes)


def test_a_quiz_has_points_feedback_and_a_header_with_a_number():
    table = read(opened(EXPORTS / "made" / "forms" / "msforms_quiz.xlsx"))
    assert table.variant == "quiz"
    kinds = {name: about.kind for name, about in table.fields.items()}
    scores = [name for name, kind in kinds.items() if kind == "score"]
    assert scores == [
        "Total points",
        "Quiz feedback",
        "Points - Which fruit is red?",
        "Feedback - Which fruit is red?",
        "Points - Which meetings helped?",
        "Feedback - Which meetings helped?",
    ]
    assert kinds["Last modified time"] == "meta"
    assert kinds["Which meetings helped?"] == "list"
    assert (table.fields["When2"].wording, table.fields["When2"].source) == ("When", "When2")
    assert cells(table, "When2") == ["June", "", "July"]
    assert cells(table, "Email") == ["a1@example.com", "", "a3@example.com"]
    assert "1 of 3 responses name nobody" in " ".join(table.notes)


def test_a_number_at_the_end_of_a_question_is_not_a_repeat(tmp_path):
    head = [*HEAD, "Question 1", "Question 12", "Year", "Year 2"]
    table = read(written(tmp_path, [head, ["1", *TIMES, *NOBODY, "a", "b", "c", "d"]]))
    assert table.fields["Question 12"].wording == "Question 12"
    assert table.fields["Year 2"].wording == "Year 2"


@pytest.mark.parametrize(
    "head",
    [
        ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"],
        ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"],
        ["Id", "開始時刻", "完了時刻", "メール", "名前"],
    ],
)
def test_other_languages_are_told_by_what_the_columns_hold(tmp_path, head):
    rows = [["1", *TIMES, "anonymous", "", "Apfel", "5"], ["2", *TIMES, "a@example.com", "Ada", "Birne", "0"]]
    table = read(written(tmp_path, [[*head, "Was?", "Punkte – Was?"], *rows]))
    assert [about.kind for about in table.fields.values()] == [
        "meta",
        "meta",
        "meta",
        "personal",
        "personal",
        "answer",
        "score",
    ]
    assert cells(table, head[3]) == ["", "a@example.com"]


def test_a_column_without_a_header_is_called_by_its_place(tmp_path):
    table = read(written(tmp_path, [[*HEAD[:3], "", "", "How?"], ["1", *TIMES, *NOBODY, "well"]]))
    assert list(table.columns)[3:] == ["Column 4", "Column 5", "How?"]
    assert table.fields["Column 4"].kind == "personal"


def test_a_text_that_only_sometimes_ends_in_a_semicolon_is_no_list(tmp_path):
    rows = [["1", *TIMES, *NOBODY, "a;b;", "a;b;"], ["2", *TIMES, *NOBODY, "plain", ""]]
    table = read(written(tmp_path, [[*HEAD, "Free", "Many"], *rows]))
    assert (table.fields["Free"].kind, table.fields["Free"].separator) == ("answer", ";")
    assert (table.fields["Many"].kind, cells(table, "Many")) == ("list", ["a;b", ""])


def test_a_question_that_ends_in_another_is_no_score(tmp_path):
    head = [*HEAD, "Work", "Team - Work", "Points - Work", "Feedback - Work"]
    table = read(written(tmp_path, [head, ["1", *TIMES, *NOBODY, "good", "bad", "5", "well done"]]))
    assert [table.fields[name].kind for name in head[5:]] == ["answer", "answer", "score", "score"]


def test_a_text_of_ones_own_keeps_its_semicolon(tmp_path):
    rows = [["1", *TIMES, *NOBODY, "I like a;", "a;"], ["2", *TIMES, *NOBODY, "plain", "b;"]]
    table = read(written(tmp_path, [[*HEAD, "Free", "Many"], *rows]))
    assert cells(table, "Free") == ["I like a;", "plain"]
    assert cells(table, "Many") == ["a", "b"]


@pytest.mark.parametrize(
    "rows",
    [
        [["ID", "hired", "left", "unit", "name"], ["1", "2026-03-02", "2026-03-03", "x", "y"]],
        [["ID", "hired", "left", "unit", "name"], ["1", *TIMES, "x", "y"]],
        [["ID", "hired", "left", "unit", "name"], ["1", *TIMES, "", "y"]],
        [["id", "submitdate", "lastpage", "startlanguage", "seed"], ["1", TIMES[0], "3", "en", "1"]],
        [["ID", "Start time"], ["1", TIMES[0]]],
    ],
)
def test_other_tables_are_none(tmp_path, rows):
    grid = written(tmp_path, rows)
    assert not is_msforms(grid)
    with pytest.raises(DataError, match="do not begin with ID"):
        read_msforms(grid, PLAIN)
