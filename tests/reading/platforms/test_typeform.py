"""Typeform: the newer and the older form, boxes by their neighbours, hidden fields and signs in titles."""

import pytest
from forms_samples import TRUTH, TWINS, answers, boxes, cells, opened, questions, written

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.platforms.typeform import is_typeform, read_typeform, title
from mentorstudy.reading.recognising import recognised

PLAIN = File(path="")
CHOICES = [
    "Career goals",
    "Feedback, giving and receiving",
    "Building a network",
    "Leadership skills",
    "None of these",
]
TIMES = ["Start Date (UTC)", "Submit Date (UTC)", "Network ID"]
SENT = ["2026-03-02 10:00:00", "2026-03-02 10:05:00", "abc"]


def read(grid):
    assert recognised(grid) == "typeform"
    return read_typeform(grid, PLAIN)


def test_the_twins_say_what_was_answered():
    table = read(opened(TWINS / "typeform.csv"))
    assert (table.platform, table.variant, table.zone) == ("Typeform", "with response type", "UTC")
    assert (len(table.rows), table.height) == (15, 15)
    for header, word in questions(grids=False).items():
        if word != "consent":
            assert cells(table, header) == answers(word), word
    consent = [response["consent"] for response in TRUTH["responses"]]
    asked = "Do you agree to take part in this study? You can stop at any time."
    assert cells(table, asked) == ["1" if said == 1 else "0" for said in consent]
    for place, name in enumerate(CHOICES, start=1):
        assert cells(table, name) == boxes(f"topic_{place}"), name
        assert table.fields[name].question == CHOICES[0]
    assert cells(table, "Other") == [response["topic_text"] or "" for response in TRUTH["responses"]]
    assert table.fields["Other"].kind == "text"
    assert cells(table, "Other ticked") == boxes("topic_6")
    assert table.fields["Other ticked"].question == CHOICES[0]


def test_the_response_is_told_under_the_kits_words():
    table = read(opened(TWINS / "typeform.csv"))
    said = {word: list(column.mapped(column.words)) for word, column in table.response.items()}
    for word in ("started_at", "submitted_at"):
        stamps = [f"{moment.replace(' ', 'T')}Z" for moment in said[word]]
        assert stamps == [response[word] for response in TRUTH["responses"]], word
    assert said["finished"] == ["1" if response["finished"] else "0" for response in TRUTH["responses"]]
    assert table.fields["Network ID"].kind == "personal"


def test_the_older_form_has_hidden_fields_before_its_times(tmp_path):
    heads = ["#", "How do *you* feel?", "utm_source", "score", *TIMES]
    table = read(
        written(tmp_path, [heads, ["a1", "Fine", "mail", "3", *SENT], ["a2", "Well", "", "", SENT[0], "", ""]])
    )
    assert table.variant == "without response type"
    assert [about.kind for about in table.fields.values()] == [
        "meta", "answer", "embedded", "score", "meta", "meta", "personal",
    ]  # fmt: skip
    assert list(table.fields)[1] == "How do you feel?"
    finished = table.response["finished"]
    assert list(finished.mapped(finished.words)) == ["1", "0"]


def test_boxes_are_one_questions_up_to_the_next_other_column(tmp_path):
    heads = ["#", "A", "B", "C", "Which?", "D", "Other", *TIMES]
    rows = [["1", "A", "", "", "x", "D", "mine", *SENT], ["2", "", "", "C", "y", "", "", *SENT]]
    table = read(written(tmp_path, [heads, *rows]))
    assert [table.fields[name].kind for name in heads[1:7]] == ["choice"] * 3 + ["answer", "choice", "text"]
    assert [table.fields[name].question for name in heads[1:7]] == ["A", "A", "A", "Which?", "D", "D"]
    assert [cells(table, name) for name in ("A", "B", "C", "D")] == [["1", "0"], ["0", "0"], ["0", "1"], ["1", ""]]
    assert any("5 columns are boxes of 2 questions" in note for note in table.notes)


def test_what_is_written_under_other_ticks_its_box(tmp_path):
    heads = ["#", "A", "B", "Other", *TIMES]
    rows = [["1", "A", "", "", *SENT], ["2", "", "B", "mine", *SENT], ["3", "", "", "", *SENT]]
    rows.append(["4", "", "", "mine alone", *SENT])
    table = read(written(tmp_path, [heads, *rows]))
    assert cells(table, "Other") == ["", "mine", "", "mine alone"]
    assert cells(table, "Other ticked") == ["0", "1", "", "1"]
    assert cells(table, "A") == ["1", "0", "", "0"]
    assert table.fields["Other ticked"].kind == "choice"


def test_one_response_twice_is_read_once(tmp_path):
    row = ["a1", "4", *SENT]
    table = read(written(tmp_path, [["#", "How?", *TIMES], row, row, ["a2", "5", *SENT]]))
    assert (cells(table, "How?"), table.dropped, table.height) == (["4", "5"], {"duplicate": 1}, 3)


def test_signs_of_bold_and_italic_words_are_taken_off():
    assert title("*How* do _you_ **feel** today?") == "How do you feel today?"
    assert title("2*3*4 of snake_case_words") == "2*3*4 of snake_case_words"


def test_numbers_lose_their_apostrophe(tmp_path):
    table = read(written(tmp_path, [["#", "Phone", *TIMES], ["1", "'+49 30", *SENT]]))
    assert cells(table, "Phone") == ["+49 30"]


def test_other_tables_are_none(tmp_path):
    for heads in (["#", "Q1", "Q2"], ["id", "Start Date (UTC)", "Submit Date (UTC)"]):
        grid = written(tmp_path, [heads, ["1", "2", "3"]])
        assert not is_typeform(grid)
        with pytest.raises(DataError, match='format = "table"'):
            read_typeform(grid, PLAIN)


@pytest.mark.parametrize("height", [100, 127, 128, 200, 300])
def test_each_of_many_keeps_the_time_of_its_own(tmp_path, height):
    heads = [
        "#",
        "Tell us",
        "Response Type",
        "Start Date (UTC)",
        "Stage Date (UTC)",
        "Submit Date (UTC)",
        "Network ID",
    ]
    times = [f"2026-03-02 {10 + at // 60}:{at % 60:02d}:00" for at in range(height)]
    rows = [
        [f"r{at}", "x", "partial", SENT[0], time, "", "n"]
        if at % 2
        else [f"r{at}", "x", "completed", SENT[0], "", time, "n"]
        for at, time in enumerate(times)
    ]
    table = read(written(tmp_path, [heads, *rows]))
    told = table.response["submitted_at"]
    assert list(told.mapped(told.words)) == times


@pytest.mark.parametrize("name", ["#", *TIMES[:2]])
def test_two_columns_of_its_own_name_are_a_fault(tmp_path, name):
    rows = [["a1", "Fine", *SENT, SENT[0]], ["a2", "Well", *SENT, SENT[1]]]
    grid = written(tmp_path, [["#", "How are you?", *TIMES, name], *rows])
    with pytest.raises(DataError, match=r"a\.csv: two columns are called .*\. Rename one of them\."):
        read(grid)
