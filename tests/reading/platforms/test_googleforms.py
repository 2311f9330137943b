"""Google Forms: the zip's CSV and the sheet's, a quiz, and other tables that begin with a time."""

import zipfile

import pytest
from forms_samples import DECLARED, EXPORTS, TOPICS, TWINS, answers, cells, opened, questions, submitted, written

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.platforms.googleforms import is_googleforms, read_googleforms

PLAIN = File(path="")
FILES = {"googleforms_download.csv": ("zip", ";"), "googlesheets_us.csv": ("sheet", ", ")}


def read(grid, settings=PLAIN):
    assert is_googleforms(grid)
    return read_googleforms(grid, settings)


def quiz(folder):
    with zipfile.ZipFile(EXPORTS / "made" / "forms" / "googleforms_quiz.csv.zip") as archive:
        (name,) = archive.namelist()
        path = folder / "quiz.csv"
        path.write_bytes(archive.read(name))
    return read(opened(path))


@pytest.mark.parametrize("name", FILES)
def test_the_twins_say_what_was_answered(name):
    variant, separator = FILES[name]
    table = read(opened(TWINS / name))
    assert (table.platform, table.variant, table.height) == ("Google Forms", variant, 14)
    people = submitted()
    for header, word in questions(grids=True).items():
        assert cells(table, header) == answers(word, people), word
        assert table.fields[header].separator == separator
    ticked = [
        separator.join(
            said
            for said, tick in [
                ("Career goals", person["topic_1"]),
                ("Feedback, giving and receiving", person["topic_2"]),
                ("Building a network", person["topic_3"]),
                ("Leadership skills", person["topic_4"]),
                ("None of these", person["topic_5"]),
                (person["topic_text"], person["topic_6"]),
            ]
            if tick
        )
        for person in people
    ]
    assert cells(table, TOPICS) == ticked


@pytest.mark.parametrize("name", FILES)
def test_a_grids_header_is_a_question_and_a_row(name):
    table = read(opened(TWINS / name))
    about = table.fields[
        "How ready are you today for each of these leadership tasks? [Setting direction for others]"
    ]
    assert about.part == "Setting direction for others"
    assert about.question == about.wording == "How ready are you today for each of these leadership tasks?"
    rows = [about for about in table.fields.values() if about.question == about.wording and about.part]
    assert len(rows) == 9


def test_only_the_zips_semicolons_tell_a_list():
    zipped = read(opened(TWINS / "googleforms_download.csv"))
    sheet = read(opened(TWINS / "googlesheets_us.csv"))
    assert [name for name, about in zipped.fields.items() if about.kind == "list"] == [TOPICS]
    assert not [name for name, about in sheet.fields.items() if about.kind == "list"]
    assert sheet.fields[TOPICS].kind == "answer"


def test_a_row_is_the_response_and_nobody_is_named():
    table = read(opened(TWINS / "googlesheets_us.csv"))
    assert set(table.response) == {"response", "submitted_at", "finished"}
    # an answer with a line end does not count as two rows
    assert table.rows.tolist()[:2] == [2, 3]
    assert set(table.response["finished"].texts()) == {"1"}
    assert table.response["submitted_at"].texts()[0] == "3/2/2026 17:14:24"
    assert table.fields["Username"].kind == "personal"
    assert table.fields["Timestamp"].kind == "meta"


def test_a_response_is_known_by_its_time_wherever_it_stands(tmp_path):
    def ids(lines):
        (tmp_path / "sheet.csv").write_text("\n".join(lines) + "\n")
        return list(read(opened(tmp_path / "sheet.csv")).response["response"].texts())

    rows = ["Timestamp,How is it?", *(f"3/2/2026 17:14:{at:02},{at}" for at in (24, 26, 26, 31))]
    every = ids(rows)
    assert every == ["3/2/2026 17:14:24", "3/2/2026 17:14:26", "3/2/2026 17:14:26 (2)", "3/2/2026 17:14:31"]
    assert ids([rows[0], *rows[2:]]) == every[1:]
    assert ids([*rows, ",4"])[-1] == "row 6"


def test_the_zone_is_asked_for_and_not_again_once_declared():
    zipped = read(opened(TWINS / "googleforms_download.csv"))
    assert "GMT+1" in zipped.notes[0]
    assert zipped.response["submitted_at"].texts()[0] == "2026/03/02 5:14:24 PM GMT+1"
    sheet = opened(TWINS / "googlesheets_us.csv")
    assert "time_zone" in read(sheet).notes[0]
    assert not read(sheet, DECLARED).notes


def test_a_clock_declared_goes_before_the_zips():
    table = read(opened(TWINS / "googleforms_download.csv"), DECLARED)
    assert table.response["submitted_at"].texts()[0] == "2026/03/02 5:14:24 PM"
    assert cells(table, "Timestamp")[0] == "2026/03/02 5:14:24 PM GMT+1"
    assert "clock declared" in table.notes[0]


def test_a_quiz_has_scores_and_two_headers_of_one_text(tmp_path):
    table = quiz(tmp_path)
    kinds = {name: about.kind for name, about in table.fields.items()}
    assert kinds == {
        "Timestamp": "meta",
        "Email Address": "personal",
        "Total score": "score",
        "Which fruit is red?": "answer",
        "Which fruit is red? [Score]": "score",
        "Which fruit is red? [Feedback]": "score",
        "Which meetings helped?": "list",
        "How was it? [The start]": "answer",
        "How was it? [The end]": "answer",
        "Which meetings helped? (2)": "answer",
    }
    assert cells(table, "Which meetings helped? (2)") == ["yes; often", "yes; often", "no; never"]
    assert table.fields["Which meetings helped?"].source.startswith("Which meetings\u00a0helped?")
    assert "GMT+1 and GMT+2" in table.notes[0]


@pytest.mark.parametrize(
    ("head", "stamp"),
    [
        ("Zeitstempel", "02.03.2026 17:14:24"),
        ("Horodateur", "02/03/2026 17:14:24"),
        ("Marca temporal", "2026-03-02T17:14:24"),
        ("タイムスタンプ", "2026/03/02 17:14:24"),
        ("Timestamp", "3/2/2026 5:14:24 PM"),
        ("Timestamp", "2026/03/02 5:14:24 PM"),
        ("Aikaleima", "2.3.2026 17.14.24"),
        ("타임스탬프", "2026. 3. 2 오후 5:14:24"),
    ],
)
def test_sheets_in_other_languages(tmp_path, head, stamp):
    table = read(written(tmp_path, [[head, "Q"], [stamp, "a, b"], [stamp, "a"]]))
    assert table.variant == "sheet"
    assert table.response["submitted_at"].texts()[0] == stamp
    assert table.fields["Q"].separator == ", "


def test_addresses_are_personal_whatever_the_header(tmp_path):
    rows = [["3/2/2026 17:14:24", "well", "a@example.com"], ["3/2/2026 17:14:25", "ill", ""]]
    table = read(written(tmp_path, [["Timestamp", "How?", "Where do we reach you?"], *rows]))
    assert [about.kind for about in table.fields.values()] == ["meta", "answer", "personal"]


def test_answers_with_semicolons_of_their_own_are_no_list(tmp_path):
    rows = [
        ["2026/03/02 5:14:24 PM GMT+1", "yes; often", "one;two"],
        ["2026/03/02 5:14:25 PM GMT+1", "yes; never", "three"],
        ["2026/03/02 5:14:26 PM GMT+1", "no; often", "four;five"],
    ]
    table = read(written(tmp_path, [["Timestamp", "Where?", "What else?"], *rows]))
    assert [about.kind for about in table.fields.values()] == ["meta", "answer", "answer"]


def test_a_column_without_a_header_is_told(tmp_path):
    table = read(written(tmp_path, [["Timestamp", "How?", ""], ["3/2/2026 17:14:24", "well", "seen"]]))
    assert list(table.columns) == ["Timestamp", "How?"]
    assert "Column 3 has no header" in " ".join(table.notes)


@pytest.mark.parametrize(
    "rows",
    [
        [["Timestamp", "person"], ["1772471664", "P1"]],
        [["Timestamp", "person"], ["2026-03-02", "P1"]],
        [["time", "person"], ["3/2/2026 17:14:24", "P1"]],
    ],
)
def test_other_tables_are_none(tmp_path, rows):
    grid = written(tmp_path, rows)
    assert not is_googleforms(grid)
    with pytest.raises(DataError, match="no Timestamp"):
        read_googleforms(grid, PLAIN)
