"""Qualtrics' exports: the same responses in every form, and the rows that are no answers."""

import csv
import json
from pathlib import Path

import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.platforms.qualtrics import is_qualtrics, read_qualtrics
from mentorstudy.reading.recognising import recognised

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


@pytest.mark.parametrize("gone", [0, 1])
def test_a_row_of_import_ids_is_one_where_tags_or_labels_were_taken_out(tmp_path, gone):
    whole = read(SAME / "qualtrics_text.csv")
    table = read(changed(tmp_path, lambda rows: rows.pop(gone)))
    assert (table.height, table.dropped, len(table.rows)) == (whole.height, whole.dropped, len(whole.rows))
    assert table.response.keys() == whole.response.keys()
    for name, about in whole.fields.items():
        if about.kind == "answer":
            other = next(one for one, same in table.fields.items() if same.place == about.place)
            assert cells(table.columns[other]) == cells(whole.columns[name])


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


# What the forms tell of columns, and files made of a few rows each.

META = [
    ("StartDate", "startDate"),
    ("EndDate", "endDate"),
    ("Status", "status"),
    ("Progress", "progress"),
    ("Finished", "finished"),
    ("ResponseId", "_recordId"),
]


def response(row, *, status="0", progress="100", finished="1"):
    return ["2026-03-02 10:00:00", "2026-03-02 10:09:00", status, progress, finished, f"R_{row}"]


def made(tmp_path, asked, rows, ids=json.dumps):
    """A file with three header rows; `asked` are (name, label, import id and what stands beside it)."""
    headers = [
        [*(name for name, _ in META), *(name for name, _, _ in asked)],
        [*(name for name, _ in META), *(label for _, label, _ in asked)],
        [*(ids({"ImportId": key}) for _, key in META), *(ids(told) for _, _, told in asked)],
    ]
    path = tmp_path / "made.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([*headers, *rows])
    return path


def survey(path, **settings):
    export = read_survey(path, File(path=path.name, **settings), key=b"k" * 32)
    ledger = export.ledger
    assert ledger.rows == ledger.kept + ledger.merged + sum(ledger.dropped.values())
    return export


GRID = [
    ("Q1_1", "How much? - One", {"ImportId": "QID1_1"}),
    ("Q1_2", "How much? - Two", {"ImportId": "QID1_2"}),
    ("Q8_1", "Tell - Project", {"ImportId": "QID8_1"}),
    ("Q8_2", "Tell - Client", {"ImportId": "QID8_2"}),
    ("Q9_1", "Pets - Selected Choice - Dog", {"ImportId": "QID9", "choiceId": "1"}),
    ("Q9_4", "Pets - Selected Choice - Cat", {"ImportId": "QID9", "choiceId": "4"}),
]


def test_grids_and_form_fields_are_no_boxes_where_the_import_ids_tell(tmp_path):
    rows = [
        [*response(1), "1", "", "Alpha", "", "1", ""],
        [*response(2), "1", "1", "", "", "", "1"],
        [*response(3), "1", "1", "Alpha", "Beta", "", ""],
    ]
    table = read(made(tmp_path, GRID, rows))
    assert [table.fields[name].kind for name, _, _ in GRID] == ["answer"] * 4 + ["choice"] * 2
    assert cells(table.columns["Q1_2"]) == ["", "1", "1"]
    assert cells(table.columns["Q8_2"]) == ["", "", "Beta"]
    assert cells(table.columns["Q9_4"]) == ["0", "1", ""]


def test_of_2016_words_that_no_label_asks_make_no_boxes(tmp_path):
    asked = [
        (f"{tag}_{place}", f"{asks}-{part}", {"ImportId": f"{key}-{place}"})
        for tag, asks, key, parts in (
            ("Q1", "Tell", "QID1", ("Project", "Client")),
            ("Q2", "Pets", "QID2", ("Dog", "Cat")),
        )
        for place, part in enumerate(parts, start=1)
    ]
    rows = [[*response(1), "Alpha", "", "Dog", ""], [*response(2), "Alpha", "Beta", "Dog", "Cat"]]
    table = read(made(tmp_path, asked, rows, ids=str))
    assert table.variant == "2016"
    assert [table.fields[name].kind for name, _, _ in asked] == ["answer", "answer", "choice", "choice"]
    assert cells(table.columns["Q1_1"]) == ["Alpha", "Alpha"]


def test_99_is_seen_and_left_in_every_kind_of_question(tmp_path):
    asked = [
        ("Q1", "Pick one", {"ImportId": "QID1"}),
        ("Q2_1", "Pick all - A", {"ImportId": "QID2", "choiceId": "1"}),
        ("Q2_2", "Pick all - B", {"ImportId": "QID2", "choiceId": "2"}),
        ("Q2_2_TEXT", "Pick all - B - Text", {"ImportId": "QID2_2_TEXT"}),
        ("Q3", "Age", {"ImportId": "QID3_TEXT"}),
        ("Q4", "In one cell", {"ImportId": "QID4"}),
    ]
    rows = [
        [*response(1), "1", "1", "-99", "told", "34", "1,3"],
        [*response(2), "-99", "-99", "-99", "-99", "-99", "-99"],
        [*response(3), "2", "", "", "", "", ""],
    ]
    path = made(tmp_path, asked, rows)
    table = read(path)
    assert {name: dict(table.fields[name].missing) for name, _, _ in asked} == {
        name: {"-99": "seen_unanswered"} for name, _, _ in asked
    }
    assert cells(table.columns["Q2_1"]) == ["1", "-99", ""]
    assert cells(table.columns["Q2_2"]) == ["0", "-99", ""]
    export = survey(path)
    for name, _, _ in asked:
        assert export.rows[name].isna().iloc[1], name
        assert list(export.reasons[name].isna()) == [True, False, True], name
        assert export.reasons[name].iloc[1] == "seen_unanswered", name


def test_99_in_a_question_for_a_number_alone_is_seen_and_left(tmp_path):
    asked = [("Q3", "Age", {"ImportId": "QID3_TEXT"})]
    table = read(made(tmp_path, asked, [[*response(1), "34"], [*response(2), "-99"]]))
    assert table.fields["Q3"].missing == {"-99": "seen_unanswered"}
    assert any("stands among the answers to Q3" in note for note in table.notes)


def test_99_of_boxes_in_a_text_export_is_not_known_and_has_no_reason(tmp_path):
    rows = [[*response(1, status="IP Address"), *[""] * 4, "-99", "-99"]]
    table = read(made(tmp_path, GRID, rows))
    assert cells(table.columns["Q9_1"]) == [""]
    assert table.fields["Q9_1"].missing == {}


AGAIN = [
    ("Q1", "Say", {"ImportId": "QID1"}),
    ("Q_R", "Q_R", {"ImportId": "Q_R"}),
    ("Q_DuplicateRespondent", "d", {"ImportId": "Q_DuplicateRespondent"}),
]
UNFINISHED = {"progress": "5", "finished": "0"}


@pytest.mark.parametrize(
    ("rows", "stays", "dropped"),
    [
        # a retake that is finished, one that is flagged, one that is not finished
        ([("1", "", "", {}), ("2", "R_1", "", {})], ["R_2"], {"retaken": 1}),
        ([("1", "", "", {}), ("2", "R_1", "true", {})], ["R_1"], {"duplicate": 1}),
        ([("1", "", "", {}), ("2", "R_1", "", UNFINISHED)], ["R_1"], {"retake not finished": 1}),
        # neither finished; progress alone tells
        ([("1", "", "", UNFINISHED), ("2", "R_1", "", UNFINISHED)], ["R_1"], {"retake not finished": 1}),
        ([("1", "", "", {}), ("2", "R_1", "", UNFINISHED | {"finished": ""})], ["R_1"], {"retake not finished": 1}),
        # the original is a duplicate, or is not in the file
        ([("1", "", "true", {}), ("2", "R_1", "", UNFINISHED)], ["R_2"], {"duplicate": 1}),
        ([("2", "R_1", "true", {})], ["R_2"], {}),
        # a preview is no answer, so that it replaces none
        ([("1", "", "", {}), ("2", "R_1", "", {"status": "1"})], ["R_1"], {"preview": 1}),
        # retaken twice, in whatever order the rows stand, and by two retakes of one response
        ([("3", "R_2", "", {}), ("1", "", "", {}), ("2", "R_1", "", UNFINISHED)], ["R_3"], {"retaken": 2}),
        (
            [("1", "", "", {}), ("2", "R_1", "", {}), ("3", "R_2", "", UNFINISHED)],
            ["R_2"],
            {"retaken": 1, "retake not finished": 1},
        ),
        (
            [("1", "", "", {}), ("2", "R_1", "true", {}), ("3", "R_2", "", {})],
            ["R_3"],
            {"retaken": 1, "duplicate": 1},
        ),
        ([("1", "", "", {}), ("2", "R_1", "", {}), ("3", "R_1", "", {})], ["R_3"], {"retaken": 2}),
        # an id that names itself
        ([("1", "R_1", "", {})], ["R_1"], {}),
    ],
)
def test_of_a_response_and_its_retakes_one_stays(tmp_path, rows, stays, dropped):
    path = made(tmp_path, AGAIN, [[*response(row, **told), "x", again, flag] for row, again, flag, told in rows])
    table = read(path)
    assert cells(table.response["response"]) == stays
    assert table.dropped == dropped
    survey(path)


def test_ids_that_replace_each_other_in_a_circle_are_read(tmp_path):
    rows = [[*response(1), "x", "R_2", ""], [*response(2), "x", "R_1", ""]]
    assert len(read(made(tmp_path, AGAIN, rows)).rows) >= 1


def test_a_retake_and_a_duplicate_stay_where_the_plan_keeps_them(tmp_path):
    rows = [
        [*response(1), "x", "", ""],
        [*response(2), "x", "R_1", "true"],
        [*response(3, **UNFINISHED), "x", "R_2", ""],
    ]
    path = made(tmp_path, AGAIN, rows)
    assert len(read(path, keep=["retaken", "duplicate"]).rows) == 3
    assert read(path, keep=["retaken"]).dropped == {"duplicate": 1}
    assert read(path, keep=["duplicate"]).dropped == {"retaken": 1, "retake not finished": 1}


def reordered(tmp_path, rename=None):
    """One header row, the response's id before the rest; a preview and spam among three rows."""
    rows = [response(1), response(2, status="1"), response(3, status="8")]
    path = tmp_path / "one.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        names = [(rename or {}).get(name, name) for name, _ in META]
        csv.writer(file).writerows([[*names[::-1], "Q1"], *([*row[::-1], "4"] for row in rows)])
    return path


def test_one_header_row_is_known_wherever_its_names_stand(tmp_path):
    table = read(reordered(tmp_path))
    assert table.variant == "one header row"
    assert table.dropped == {"preview": 1, "spam": 1}
    assert survey(reordered(tmp_path), format="qualtrics").ledger.dropped == {"preview": 1, "spam": 1}


def test_the_plan_overrules_where_names_are_too_few(tmp_path):
    path = reordered(tmp_path, rename={"ResponseId": "id"})
    grid = open_grid(path, path.name, File(path=path.name))
    assert recognised(grid) == "table"
    assert survey(path, format="qualtrics").ledger.dropped == {"preview": 1, "spam": 1}


def test_a_file_with_none_of_the_names_is_refused_with_the_mend(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(DataError, match=r'no column ResponseId, Status.*take format = "qualtrics" out'):
        survey(path, format="qualtrics")


def test_a_zone_that_no_row_names_is_asked_for(tmp_path):
    def asks(path, **settings):
        return [
            note
            for note in survey(path, **settings).ledger.notes
            if "on a clock that the file does not name" in note
        ]

    gone = SAME / "qualtrics_text_rows2and3_deleted.csv"
    assert asks(gone) == [
        f"{gone.name}: StartDate and EndDate stand on a clock that the file does not name. Write "
        'time_zone = "..." for this file in plan.toml.'
    ]
    assert asks(gone, time_zone="America/Denver") == []
    assert asks(SAME / "qualtrics_text.csv") == []
    assert len(asks(SAME / "qualtrics_legacy_2row.csv")) == 1


@pytest.mark.parametrize("name", ["StartDate", "EndDate", "Status", "ResponseId", "Duration (in seconds)", "Q8"])
def test_a_column_without_its_name_is_read_by_its_import_id(tmp_path, name):
    def clear(rows):
        rows[0][rows[0].index(name)] = ""

    whole, table = read(SAME / "qualtrics_text.csv"), read(changed(tmp_path, clear))
    assert {word: cells(column) for word, column in table.response.items()} == {
        word: cells(column) for word, column in whole.response.items()
    }
    [note] = [note for note in table.notes if "import id" in note]
    called = note.split("read as ")[1].split(", by its")[0]
    assert cells(table.columns[called]) == cells(whole.columns[name])
    assert called == name or name == "Q8"


@pytest.mark.parametrize("name", ["qualtrics_text.csv", "qualtrics_numeric.csv"])
def test_wordings_without_the_row_of_import_ids_are_no_response(tmp_path, name):
    path = changed(tmp_path, lambda rows: rows.pop(2), name)
    with pytest.raises(
        DataError, match="row 2 holds the questions' wordings and no response; the row of import ids"
    ):
        read(path)


def test_two_exports_below_one_another_are_told_by_their_headers(tmp_path):
    path = changed(tmp_path, lambda rows: rows.extend(rows[:]))
    with pytest.raises(DataError, match=r"qualtrics_text\.csv: row 22, 23, 24: the headers once more"):
        read(path)
