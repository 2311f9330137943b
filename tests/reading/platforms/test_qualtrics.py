"""Qualtrics' exports: the same responses in every form, and the rows that are no answers."""

import csv
import json
from pathlib import Path

import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.platforms.qualtrics import is_qualtrics, read_qualtrics

EXPORTS = Path(__file__).parents[1] / "exports"
SAME = EXPORTS / "same-survey"
REAL = EXPORTS / "qualtrics-real-2016"
FORMS = [
    "qualtrics_text.csv",
    "qualtrics_numeric.csv",
    "qualtrics_text_utf16.tsv",
    "qualtrics_text_rows2and3_deleted.csv",
    "qualtrics_legacy_2row.csv",
    "qualtrics_numeric_single_column_seen99.csv",
]
TRUTH = json.loads((SAME / "truth_T0.json").read_text(encoding="utf-8"))["responses"]


def read(path, **settings):
    file = File(path=path.name, **settings)
    grid = open_grid(path, path.name, file)
    assert is_qualtrics(grid)
    return read_qualtrics(grid, file)


def cells(column):
    return list(column.mapped(column.words))


def changed(tmp_path, change, name="qualtrics_text.csv"):
    with (SAME / name).open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    change(rows)
    path = tmp_path / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize("name", FORMS)
def test_every_form_keeps_the_same_responses(name):
    table = read(SAME / name)
    assert cells(table.response["response"]) == [one["response_id"] for one in TRUTH]
    assert cells(table.response["finished"]) == [str(int(one["finished"])) for one in TRUTH]
    assert [text.replace("-99", "") for text in cells(table.columns["Q8"])] == [
        one["comment"] or "" for one in TRUTH
    ]


@pytest.mark.parametrize("name", FORMS[:-1])
def test_every_form_ticks_the_same_boxes(name):
    table = read(SAME / name)
    for box in range(1, 7):
        ticked = [cell == "1" for cell in cells(table.columns[f"Q5_{box}"])]
        assert ticked == [bool(one[f"topic_{box}"]) for one in TRUTH]


def test_several_answers_in_one_cell_are_a_list_and_99_is_seen():
    table = read(SAME / FORMS[-1])
    assert table.fields["Q5"].kind == "list"
    assert table.fields["Q2_1"].missing == {"-99": "seen_unanswered"}


def test_the_zone_stands_in_the_third_row():
    assert read(SAME / "qualtrics_text.csv").zone == "America/Denver"


@pytest.mark.parametrize("survey", ["matrix", "multi"])
def test_both_forms_of_2016_hold_the_same_answers(survey):
    kept = []
    for form in ("insights_3row", "legacy_2row"):
        table = read(REAL / f"{survey}_{form}.csv", keep=["test"])
        asked = [name for name, about in table.fields.items() if about.kind in ("answer", "choice", "text")]
        kept.append(sorted((table.fields[name].part, cells(table.columns[name])) for name in asked))
    assert [row[1] for row in kept[0]] == [row[1] for row in kept[1]]


def test_only_tests_are_no_answers_and_the_mend_is_told():
    with pytest.raises(DataError, match=r'test\).*keep = \["test"\]'):
        read(REAL / "matrix_insights_3row.csv")


def test_a_german_export_is_known_by_its_import_ids(tmp_path):
    words = {"IP Address": "IP-Adresse", "Survey Preview": "Umfragevorschau", "True": "Wahr", "False": "Falsch"}

    def german(rows):
        rows[1][:3] = ["Startdatum", "Enddatum", "Antworttyp"]
        for row in rows[3:]:
            row[:] = [words.get(cell, cell) for cell in row]

    table, english = read(changed(tmp_path, german)), read(SAME / "qualtrics_text.csv")
    assert table.dropped == english.dropped
    for word in english.response:
        assert cells(table.response[word]) == cells(english.response[word])


def test_a_retaken_response_gives_way_to_its_successor(tmp_path):
    def retake(rows):
        for place, row in enumerate(rows):
            row.append(["Q_R", "Q_R", '{"ImportId":"Q_R"}'][place] if place < 3 else "")
        rows[6][-1] = TRUTH[0]["response_id"]

    path = changed(tmp_path, retake)
    assert read(path).dropped["retaken"] == 1
    assert TRUTH[0]["response_id"] not in cells(read(path).response["response"])
    assert TRUTH[0]["response_id"] in cells(read(path, keep=["retaken"]).response["response"])


def test_99_of_a_text_export_is_left_as_it_is(tmp_path):
    def seen(rows):
        rows[5][18] = "-99"

    assert read(changed(tmp_path, seen)).fields["Q2_1"].missing == {}


def test_a_question_with_boxes_left_blank_wholly_is_not_known(tmp_path):
    def blank(rows):
        for place, tag in enumerate(rows[0]):
            if tag.startswith("Q5_"):
                rows[5][place] = ""

    table = read(changed(tmp_path, blank))
    assert [cells(table.columns[f"Q5_{box}"])[0] for box in range(1, 7)] == [""] * 6
    assert cells(table.columns["Q5_2"])[1] == "0"


def test_columns_have_the_roles_of_their_tags():
    fields = read(SAME / "qualtrics_text.csv").fields
    kinds = {name: fields[name].kind for name in ("EndDate", "IPAddress", "Q2_1", "Q5_1", "Q5_6_TEXT", "cohort")}
    assert list(kinds.values()) == ["meta", "personal", "answer", "choice", "text", "embedded"]
    assert fields["Q2_1"].part == "I can handle the demands of my role."
    assert fields["Q5_2"].part == "Feedback, giving and receiving"


def test_labels_in_one_cell_are_a_list_where_they_also_stand_alone(tmp_path):
    def listed(rows):
        for place, row in enumerate(rows[3:]):
            row[35] = ["Network,Career goals", "Network"][place % 2]

    assert read(changed(tmp_path, listed)).fields["Q6"].kind == "list"


def test_of_two_rows_with_one_response_id_the_last_stands(tmp_path):
    table = read(changed(tmp_path, lambda rows: rows.append(rows[5])))
    assert table.dropped["duplicate"] == 1
    assert cells(table.response["response"])[-1] == TRUTH[0]["response_id"]


SPOKEN = [  # what a real answer's status is called, and finished or not
    ("IP-Adresse", "Wahr", "Falsch"),
    ("Adresse IP", "Vrai", "Faux"),
    ("Dirección IP", "Verdadero", "Falso"),
    ("IP-adres", "Waar", "Onwaar"),
    ("Indirizzo IP", "Vero", "Falso"),
    ("Endereço IP", "Verdadeiro", "Falso"),
]


def spoken(tmp_path, real, yes, no):
    def change(rows):
        status, finished = (rows[0].index(name) for name in ("Status", "Finished"))
        for row in rows[3:]:
            row[status] = {"IP Address": real}.get(row[status], row[status])
            row[finished] = {"True": yes, "False": no}[row[finished]]

    return read(changed(tmp_path, change))


@pytest.mark.parametrize(("real", "yes", "no"), SPOKEN)
def test_statuses_in_other_languages(tmp_path, real, yes, no):
    table = spoken(tmp_path, real, yes, no)
    assert cells(table.response["finished"]) == [str(int(one["finished"])) for one in TRUTH]
    assert not [note for note in table.notes if "not known here" in note]


def test_a_status_in_a_language_not_known_is_noted_and_tells_nothing_of_the_word(tmp_path):
    table = spoken(tmp_path, "IP-osoite", "Tosi", "Epätosi")
    assert len(table.rows) == len(TRUTH)
    assert set(cells(table.response["finished"])) == {""}
    [note] = [note for note in table.notes if "not known here" in note]
    assert "column Status holds words not known here in about 15 rows" in note
    assert "IP-osoite" not in note
