"""SurveyMonkey: four published files, three twins with a truth, and what goes wrong in a spreadsheet."""

import re

import numpy as np
import pytest
from forms_samples import DECLARED, EXPORTS, TOPICS, TRUTH, TWINS, answers, boxes, cells, opened, questions, written

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.platforms.surveymonkey import is_surveymonkey, read_surveymonkey

REAL = EXPORTS / "surveymonkey-real"
PLAIN = File(path="")
FILMS = "Which of the following Star Wars films have you seen? Please select all that apply."
RANKS = (
    "Please rank the Star Wars films in order of preference with 1 being your favorite film in the franchise and 6 "
    "being your least favorite film."
)
BOXES = [
    "Career goals",
    "Feedback, giving and receiving",
    "Building a network",
    "Leadership skills",
    "None of these",
]


def read(grid, settings=PLAIN):
    assert is_surveymonkey(grid)
    return read_surveymonkey(grid, settings)


def kinds(table):
    return {name: about.kind for name, about in table.fields.items()}


def test_star_wars_two_header_rows_boxes_ranks_and_a_grid():
    table = read(opened(REAL / "star_wars_first_60.csv", encoding="mac_roman"))
    assert (table.platform, table.variant, table.height, table.header_rows) == ("SurveyMonkey", "expanded", 60, 2)
    ticks = [name for name, kind in kinds(table).items() if kind == "choice"]
    assert len(ticks) == 6
    assert {table.fields[name].question for name in ticks} == {FILMS}
    first = f"{FILMS} [Star Wars: Episode I The Phantom Menace]"
    assert cells(table, first)[:3] == ["1", "", "1"]
    fourth = f"{FILMS} [Star Wars: Episode IV A New Hope]"
    assert cells(table, fourth)[:3] == ["1", "", "0"]
    assert cells(table, f"{RANKS} [Star Wars: Episode I The Phantom Menace]")[:4] == ["3", "", "1", "5"]
    assert kinds(table)[f"{RANKS} [Star Wars: Episode VI Return of the Jedi]"] == "answer"
    assert table.fields[table.find("Yoda")].part == "Yoda"
    assert cells(table, "Which character shot first?")[4] == "Greedo"


def test_boxes_are_known_where_one_is_ticked_and_nowhere_else():
    grid = opened(REAL / "star_wars_first_60.csv", encoding="mac_roman")
    table = read(grid)
    made = np.array([cells(table, name) for name, about in table.fields.items() if about.kind == "choice"])
    raw = np.array([column.mapped(column.words)[2:] for column in grid.columns[3:9]]) != ""
    assert ((made == "1") == raw).all()
    assert ((made == "").all(axis=0) == ~raw.any(axis=0)).all()
    assert ((made == "").any(axis=0) == ~raw.any(axis=0)).all()


def test_food_world_cup_one_header_row_with_mac_spaces():
    table = read(opened(REAL / "food_world_cup_first_60.csv", encoding="mac_roman"))
    assert (table.variant, table.height, len(table.columns)) == ("condensed", 60, 48)
    assert "Please rate how much you like the traditional cuisine of Australia." in table.columns
    assert set(kinds(table).values()) == {"meta", "answer"}
    assert cells(table, "Please rate how much you like the traditional cuisine of Algeria:")[:3] == [
        "N/A",
        "N/A",
        "3",
    ]


def test_comma_survey_commas_stay_in_single_answers():
    table = read(opened(REAL / "comma_survey_first_60.csv"))
    assert (table.variant, table.height) == ("condensed", 60)
    assert cells(table, "Household Income")[0] == "$50,000 - $99,999"
    assert cells(table, "Age")[:2] == ["30-44", "30-44"]
    assert {about.separator for about in table.fields.values()} == {""}


def test_steak_survey_breaks_in_a_header_are_spaces_and_the_header_is_kept():
    table = read(opened(REAL / "steak_risk_survey.csv"))
    assert (table.variant, table.height) == ("expanded", 550)
    lottery = list(table.columns)[1]
    assert "<" not in lottery
    assert "situations: In Lottery A, you have a 50% chance" in lottery
    assert "<br>" in table.fields[lottery].source
    assert cells(table, "RespondentID")[:2] == ["3237565956", "3234982343"]
    assert cells(table, lottery)[0] == "Lottery B"
    assert "> 60" in table.columns["Age"].words


@pytest.mark.parametrize("name", ["surveymonkey_text.csv", "surveymonkey_text.xlsx"])
def test_the_twins_in_words_say_what_was_answered(name):
    table = read(opened(TWINS / name), DECLARED)
    people = [response["person_id"] for response in TRUTH["responses"]]
    assert list(table.response["person"].texts()) == people
    assert table.response["response"].texts()[0] == "118000002018"
    for header, word in questions(grids=True).items():
        said = answers(word)
        if name.endswith("xlsx") and word == "comment":  # a formula without a value
            said = [text if not text.startswith("=") else "" for text in said]
        assert cells(table, header) == said, word
    for number, box in enumerate(BOXES, start=1):
        assert cells(table, f"{TOPICS} [{box}]") == boxes(f"topic_{number}")
    other = f"{TOPICS} [Other (please specify)]"
    assert cells(table, f"{other} ticked") == boxes("topic_6")
    assert cells(table, other) == [response["topic_text"] or "" for response in TRUTH["responses"]]
    assert kinds(table)[other] == "text"


def test_the_twin_in_numbers_ticks_the_same_boxes():
    words = read(opened(TWINS / "surveymonkey_text.csv"), DECLARED)
    numbers = read(opened(TWINS / "surveymonkey_numeric.csv"), DECLARED)
    assert numbers.variant == "expanded, numbers"
    assert list(words.columns) == list(numbers.columns)
    ticks = [name for name, kind in kinds(words).items() if kind == "choice"]
    assert len(ticks) == 6
    for name in ticks:
        assert cells(words, name) == cells(numbers, name)
    assert [numbers.fields[name].choice for name in ticks] == list("123456")
    assert cells(numbers, "How likely are you to still work here in 12 months?")[:3] == ["7", "7", "7"]
    leads = [name for name, about in numbers.fields.items() if about.wording.startswith("How ready are you")]
    assert [numbers.fields[name].kind for name in leads] == ["answer"] * 4


def test_what_a_response_tells_of_itself():
    table = read(opened(TWINS / "surveymonkey_text.csv"))
    assert set(table.response) == {"response", "person", "started_at", "submitted_at"}
    assert table.response["submitted_at"].texts()[0] == "03/02/2026 05:14:24 PM"
    assert kinds(table)["IP Address"] == kinds(table)["First Name"] == kinds(table)["Email Address"] == "personal"
    assert kinds(table)["Custom Data 1"] == "embedded"
    assert kinds(table)["Collector ID"] == "meta"
    assert "time_zone" in table.notes[0]
    assert "month first" in table.notes[1]
    assert len(read(opened(TWINS / "surveymonkey_text.xlsx")).notes) == 2  # and the formula that nobody worked out
    assert not read(opened(TWINS / "surveymonkey_text.csv"), DECLARED).notes


HEAD = ["Respondent ID", "Which?", "", "", "How?", "Which?", ""]
PARTS = ["", "A", "B", "Other (please specify)", "Response", "A", "B"]


def test_a_box_that_is_called_other_and_a_comment_of_another_name(tmp_path):
    head = ["Respondent ID", "Which?", "", "", "", "How?"]
    parts = ["", "A", "No comment", "Other (please specify)", "Welche sonst", "Response"]
    rows = [
        ["110000000001", "A", "", "Other (please specify)", "", "x"],
        ["110000000002", "", "No comment", "", "keine", "y"],
    ]
    table = read(written(tmp_path, [head, parts, *rows]))
    assert cells(table, "Which? [No comment]") == ["0", "1"]
    assert cells(table, "Which? [Other (please specify)]") == ["1", "0"]
    assert kinds(table)["Which? [Welche sonst]"] == "text"
    assert cells(table, "Which? [Welche sonst] ticked") == ["0", "1"]


def test_a_comment_beside_boxes_is_no_tick(tmp_path):
    head = ["Respondent ID", "Which?", "", "", "How?"]
    parts = ["", "A", "B", "Comments:", "Response"]
    rows = [["110000000001", "A", "", "", "x"], ["110000000002", "", "", "none of it", "y"]]
    table = read(written(tmp_path, [head, parts, *rows]))
    assert cells(table, "Which? [A]") == ["1", ""]
    assert kinds(table)["Which? [Comments:]"] == "text"
    assert "Which? [Comments:] ticked" not in table.columns


def test_headers_without_a_response_are_told(tmp_path):
    with pytest.raises(DataError, match="headers, but not one row of data"):
        read(written(tmp_path, [HEAD, PARTS]))


def test_two_questions_of_one_wording_stay_two(tmp_path):
    rows = [["110000000001", "A", "", "", "x", "", ""], ["110000000002", "", "B", "", "y", "A", ""]]
    table = read(written(tmp_path, [HEAD, PARTS, *rows]))
    assert cells(table, "Which? [B]") == ["0", "1"]
    assert cells(table, "Which? [B] (2)") == ["", "0"]
    assert cells(table, "Which? [A] (2)") == ["", "1"]


def test_an_answer_under_other_alone_leaves_the_boxes(tmp_path):
    rows = [["110000000001", "A", "", "", "x", "", ""], ["110000000002", "", "", "mine", "y", "", ""]]
    table = read(written(tmp_path, [HEAD, PARTS, *rows]))
    assert cells(table, "Which? [A]") == ["1", "0"]
    assert cells(table, "Which? [Other (please specify)] ticked") == ["0", "1"]
    assert cells(table, "Which? [Other (please specify)]") == ["", "mine"]


def test_other_beside_a_single_answer_is_text_and_the_question_no_box(tmp_path):
    head = ["Respondent ID", "Where?", "", "Why?"]
    parts = ["", "Response", "Other (please specify)", "Open-Ended Response"]
    rows = [["110000000001", "Home", "", "x"], ["110000000002", "", "a ship", "y"]]
    table = read(written(tmp_path, [head, parts, *rows]))
    assert kinds(table) == {
        "Respondent ID": "meta",
        "Where?": "answer",
        "Where? [Other (please specify)]": "text",
        "Why?": "answer",
    }


def test_ranks_and_small_grids_are_no_boxes(tmp_path):
    head = ["Respondent ID", "Rank", "", "", "When?"]
    parts = ["", "A", "B", "C", "Response"]
    rows = [[f"11000000000{row}", "1", "2", "3", "x"] for row in range(3)]
    table = read(written(tmp_path, [head, parts, *rows]))
    assert set(kinds(table).values()) == {"meta", "answer"}
    assert cells(table, "Rank [B]") == ["2", "2", "2"]


def test_other_languages_words_for_response_are_told_by_their_place(tmp_path):
    head = ["Respondent ID", "Wie?", "Wann?", "Welche?", ""]
    parts = ["", "Antwort", "Antwort", "A", "B"]
    table = read(written(tmp_path, [head, parts, ["110000000001", "gut", "heute", "", "B"]]))
    assert list(table.columns) == ["Respondent ID", "Wie?", "Wann?", "Welche? [A]", "Welche? [B]"]
    assert cells(table, "Welche? [A]") == ["0"]


def test_other_beside_a_single_answer_in_another_language(tmp_path):
    head = ["Respondent ID", "Wie?", "Wann?", "Wo?", ""]
    parts = ["", "Antwort", "Antwort", "Antwort", "Anderswo"]
    rows = [["110000000001", "1", "3", "1", ""], ["110000000002", "2", "3", "", "2"]]
    table = read(written(tmp_path, [head, parts, *rows]))
    assert list(table.columns)[1:] == ["Wie?", "Wann?", "Wo?", "Wo? [Anderswo]"]
    assert set(kinds(table).values()) == {"meta", "answer"}


def test_a_question_of_one_column_is_a_box_only_where_its_cells_say_so(tmp_path):
    head, parts = ["Respondent ID", "Agree?", "Remarks?"], ["", "I agree", "In your words"]
    rows = [["110000000001", "I agree", "x"], ["110000000002", "", "y"]]
    table = read(written(tmp_path, [head, parts, *rows]))
    assert kinds(table) == {"Respondent ID": "meta", "Agree? [I agree]": "choice", "Remarks?": "answer"}
    assert cells(table, "Agree? [I agree]") == ["1", ""]


GRIDS = {
    "a label that is an answer": (
        ["Yes", "No", "Maybe", "Never"],
        ["Yes", "No", "Yes", "No"],
        ["Yes", "Yes", "No", ""],
    ),
    "numbers that happen to fit": (["A", "B", "C"], ["1", "2", "3"], ["1", "", "1"]),
}


@pytest.mark.parametrize(("parts", "first", "second"), GRIDS.values(), ids=GRIDS)
def test_a_grid_whose_first_cells_look_like_ticks_stays_a_grid(tmp_path, parts, first, second):
    head = ["Respondent ID", "Which?", *[""] * (len(parts) - 1), "How?"]
    rows = [["110000000001", *first, "x"], ["110000000002", *second, "y"]]
    table = read(written(tmp_path, [head, ["", *parts, "Response"], *rows]))
    assert set(kinds(table).values()) == {"meta", "answer"}
    assert cells(table, f"Which? [{parts[1]}]") == [first[1], second[1]]


def test_boxes_in_numbers_are_told_by_what_they_leave(tmp_path):
    head, parts = ["Respondent ID", "Which?", "", "", "How?"], ["", "A", "B", "C", "Response"]
    rows = [["1", "", ""], ["", "2", "3"], ["", "", ""]]
    table = read(
        written(tmp_path, [head, parts, *([f"11000000000{at}", *row, "5"] for at, row in enumerate(rows))])
    )
    assert cells(table, "Which? [B]") == ["0", "1", ""]
    assert table.variant == "expanded, numbers"
    [note] = table.notes
    assert '"Which?" hold their own place or nothing, and mostly nothing, so they are read as boxes' in note


@pytest.mark.parametrize(
    "rows",
    [[["1", "2"], ["1", ""], ["1", "2"]], [["1", "2", "3"], ["1", "2", "3"], ["1", "", "3"]]],
    ids=["few columns", "mostly full"],
)
def test_a_grid_that_looks_like_boxes_in_numbers_stays_a_grid(tmp_path, rows):
    parts = ["I1", "I2", "I3"][: len(rows[0])]
    head = ["Respondent ID", "Rate", *[""] * (len(parts) - 1), "How?"]
    grid = [head, ["", *parts, "Response"], *([f"11000000000{at}", *row, "5"] for at, row in enumerate(rows))]
    table = read(written(tmp_path, grid))
    assert set(kinds(table).values()) == {"meta", "answer"}
    assert cells(table, "Rate [I2]") == [row[1] for row in rows]
    [note] = table.notes
    assert '"Rate" hold their own place or nothing' in note
    assert "actual answer text" in note


STAMPED = ["Respondent ID", "Collector ID", "Start Date", "End Date", "How?"]


def stamped(*responses):
    """Rows of a condensed file: an id, a day of March, an answer."""
    return [
        STAMPED,
        *([id_, "1", "03/01/2026 10:00:00 AM", f"03/{day}/2026 10:00:00 AM", how] for id_, day, how in responses),
    ]


def test_one_response_twice_is_read_once_and_counted(tmp_path):
    first, second = ("110000000001", "14", "well"), ("110000000002", "14", "ill")
    table = read(written(tmp_path, stamped(first, first, second)), DECLARED)
    assert (cells(table, "How?"), table.dropped, table.height) == (["well", "ill"], {"duplicate": 1}, 3)
    assert not table.notes


def test_of_two_rows_of_one_response_the_latest_stands_and_it_is_told(tmp_path):
    rows = stamped(
        ("110000000001", "20", "later"), ("110000000001", "14", "earlier"), ("110000000002", "14", "ill")
    )
    grid = written(tmp_path, rows)
    table = read(grid, DECLARED)
    assert (cells(table, "How?"), table.dropped, table.height) == (["later", "ill"], {"duplicate": 1}, 3)
    assert "fewer than 5 rows bear the id of another row and say something else" in table.notes[0]
    kept = read(grid, DECLARED.model_copy(update={"keep": ["duplicate"]}))
    assert (len(kept.rows), kept.dropped) == (3, {})


def test_rows_without_an_id_are_none_twice(tmp_path):
    rows = stamped(("110000000001", "14", "well"), ("", "14", "ill"), ("", "14", "ill"))
    assert len(read(written(tmp_path, rows), DECLARED).rows) == 3


def test_an_expanded_file_is_told_wherever_its_respondents_stand(tmp_path):
    head = ["Start Date", "End Date", "Respondent ID", "Collector ID", "How?", "Which?", ""]
    parts = ["", "", "", "", "Response", "A", "B"]
    rows = [["03/14/2026 10:00:00 AM"] * 2 + [f"11000000000{at}", "1", "well", "A", ""] for at in (1, 2)]
    table = read(written(tmp_path, [head, parts, *rows]), DECLARED)
    assert (table.variant, table.height) == ("expanded", 2)
    assert list(table.response["response"].texts()) == ["110000000001", "110000000002"]
    assert cells(table, "Which? [B]") == ["0", "0"]
    assert set(table.response) == {"response", "started_at", "submitted_at"}


def test_an_expanded_file_without_respondents_is_told_by_its_second_row(tmp_path):
    table = read(written(tmp_path, [["How?", "Which?", ""], ["Open-Ended Response", "A", "B"], ["well", "A", ""]]))
    assert (table.height, cells(table, "Which? [B]")) == (1, ["0"])


HEADS = {
    "German": "Befragten-ID|Collector-ID|Startdatum|Enddatum|IP-Adresse|Benutzerdefinierte Daten 1",
    "French": "ID du répondant|ID du collecteur|Date de début|Date de fin|Adresse IP|Données personnalisées 1",
    "Spanish": "ID del encuestado|ID del recopilador|Fecha de inicio|Fecha de fin|Dirección IP|Datos personalizados 1",
    "Dutch": "Respondent-ID|Collector-ID|Startdatum|Einddatum|IP-adres|Aangepaste gegevens 1",
}
MARCH = "14/03/2026 10:00:00"
FOREIGN = [["", "", "", "", "", "", "Antwort"], ["110000000001", "1", MARCH, MARCH, "192.0.2.1", "P01", "Ja"]]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_other_languages_are_told_by_their_words(tmp_path, head):
    table = read(written(tmp_path, [[*head.split("|"), "Frage"], *FOREIGN]))
    assert list(kinds(table).values()) == ["meta"] * 4 + ["personal", "embedded", "answer"]
    assert set(table.response) == {"response", "person", "started_at", "submitted_at"}
    assert cells(table, "Frage") == ["Ja"]


def test_questions_called_like_another_language_s_columns_are_answers(tmp_path):
    head = ["Respondent ID", "Vorname", "Startdatum", "Nachname"]
    table = read(written(tmp_path, [head, ["110000000001", "a", "b", "c"]]))
    assert list(kinds(table).values()) == ["meta", "answer", "answer", "answer"]


def test_the_shape_of_an_unknown_language_is_refused_until_the_plan_says_what_it_is(tmp_path):
    head = ["ID odpovědi", "Sběr", "Začátek", "Konec", "IP", "Vlastní", "Otázka"]
    grid = written(tmp_path, [head, *FOREIGN])
    with pytest.raises(DataError, match=r'Write format = "surveymonkey" for this file in plan\.toml if it is'):
        read(grid)
    table = read(grid, File(path="", format="surveymonkey"))
    assert (table.variant, table.height) == ("expanded", 1)
    assert list(table.response["response"].texts()) == ["110000000001"]
    assert cells(table, "Otázka") == ["Ja"]


def test_tags_and_entities_in_headers_are_read_as_a_browser_shows_them(tmp_path):
    head = "<p>How <b>un</b>happy?</p>Fish&amp;chips<br>now, &lt;3"
    table = read(written(tmp_path, [["Respondent ID", head], ["110000000001", "well"]]))
    assert list(table.columns)[1] == "How unhappy? Fish&chips now, <3"
    assert table.fields["How unhappy? Fish&chips now, <3"].source == head


def test_an_empty_custom_column_is_no_person(tmp_path):
    table = read(written(tmp_path, [["Respondent ID", "Custom Data 1", "How?"], ["110000000001", "", "well"]]))
    assert "person" not in table.response


def test_an_address_asked_is_personal(tmp_path):
    head = ["Respondent ID", "Who are you?", "", "", "How?"]
    parts = ["", "Name", "Company", "Email Address", "Response"]
    table = read(written(tmp_path, [head, parts, ["110000000001", "Ada", "x", "a@example.com", "well"]]))
    assert list(kinds(table).values()) == ["meta", "personal", "personal", "personal", "answer"]


CODED = ["", "StartDate", "EndDate", "q0001", "q0004_0001", "q0004_0002", "q0004_other", "q0007_0001", "q0007_0002"]


def test_coded_names_with_not_selected(tmp_path):
    rows = [
        ["1", "5/10/18 4:01", "5/10/18 4:06", "Yes", "Family", "Not selected", "", "Often", "No answer"],
        ["2", "5/10/18 6:30", "5/10/18 6:53", "No", "Not selected", "Not selected", "", "Rarely", "Often"],
        ["3", "5/10/18 7:02", "5/10/18 7:09", "No", "NA", "NA", "", "Rarely", "Often"],
        ["4", "5/10/18 7:02", "5/10/18 7:09", "No", "Not selected", "Friends", "a club", "Rarely", "Often"],
    ]
    rows.append(["5", "5/10/18 7:02", "5/10/18 7:09", "No", "", "Friends", "", "Rarely", "Often"])
    table = read(written(tmp_path, [CODED, *rows]))
    assert table.variant == "coded names"
    assert cells(table, "q0004_0001") == ["1", "0", "", "0", ""]
    assert cells(table, "q0004_0002") == ["0", "0", "", "1", "1"]
    assert (table.fields["q0004_0001"].part, table.fields["q0004_0001"].choice) == ("Family", "0001")
    assert kinds(table)["q0004_other"] == "text"
    assert cells(table, "q0007_0002") == ["No answer", *["Often"] * 4]
    assert table.response["started_at"].texts()[0] == "5/10/18 4:01"


@pytest.mark.parametrize(
    "ids", [["1.18E+11", "118000003027"], ["1,18E+17"], ["118000002018123000", "118000003027456000"]]
)
def test_ids_that_a_spreadsheet_rounded_are_a_fault(tmp_path, ids):
    grid = written(tmp_path, [["Respondent ID", "How?"], *([id_, "well"] for id_ in ids)])
    with pytest.raises(DataError, match=r"a\.csv: row 2.*column Respondent ID: ids like .*rounded.*Export") as told:
        read_surveymonkey(grid, PLAIN)
    assert ids[0] not in str(told.value)


def test_long_ids_are_text(tmp_path):
    for ids in (["118000002018123456", "118000003027456789"], ["118000002018123000"]):
        table = read(written(tmp_path, [["Respondent ID", "How?"], *([id_, "well"] for id_ in ids)]))
        assert list(table.response["response"].texts()) == ids


def test_cells_without_a_header_are_a_fault(tmp_path):
    grid = written(tmp_path, [["Respondent ID", "How?", ""], ["110000000001", "well", "note"]])
    with pytest.raises(DataError, match=re.escape("a.csv: column 3 holds cells and has no header.")):
        read_surveymonkey(grid, PLAIN)


@pytest.mark.parametrize(
    "head", [["Respondent ID", "How?"], ["respondent", "q0004_0001"], ["id", "submitdate"], ["StartDate", "Q1"]]
)
def test_other_tables_are_none(tmp_path, head):
    grid = written(tmp_path, [head, ["P01", "well"], ["P02", "ill"]])
    assert not is_surveymonkey(grid)
    with pytest.raises(DataError, match="no Respondent ID"):
        read_surveymonkey(grid, PLAIN)
