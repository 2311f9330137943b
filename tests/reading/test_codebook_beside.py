"""A codebook, or the numeric export of the same responses, beside a survey says what its labels stand for."""

import io
import json
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.nouns.study import read_study
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.coding.values import Declared
from mentorstudy.reading.cohort import read_cohort
from mentorstudy.reading.files import read_file

EXPORTS = Path(__file__).parent / "exports"
TRUTH = json.loads((EXPORTS / "same-survey" / "truth_T0.json").read_text())["responses"]
KEY = b"k" * 32


def beside(tmp_path, *files):
    """Copies in one folder, as a user keeps them."""
    folder = tmp_path / "study" / "cohort"
    folder.mkdir(parents=True)
    for file in files:
        shutil.copy(EXPORTS / file, folder)
    return folder


def codes(export, column):
    return [None if pd.isna(value) else int(value) for value in export.rows[column]]


def test_labels_are_learnt_from_the_numeric_export(tmp_path):
    folder = beside(tmp_path, "same-survey/qualtrics_text.csv", "same-survey/qualtrics_numeric.csv")
    path = folder / "qualtrics_text.csv"
    export = read_survey(path, File(path=path.name, codebook="qualtrics_numeric.csv"), key=KEY)
    for column, item in {"Q1": "consent", "Q6": "freq", "Q2_1": "conf_1", "Q4": "stay"}.items():
        assert codes(export, column) == [row[item] for row in TRUTH], column


def test_exports_that_contradict_each_other_are_refused(tmp_path):
    folder = beside(tmp_path, "same-survey/qualtrics_text.csv", "same-survey/qualtrics_numeric.csv")
    numeric = folder / "qualtrics_numeric.csv"
    written = numeric.read_text()
    changed = written.replace(",1,3,3,3,4,4,", ",1,5,3,3,4,4,", 1)
    assert changed != written
    numeric.write_text(changed)
    path = folder / "qualtrics_text.csv"
    with pytest.raises(DataError, match=r"qualtrics_text\.csv: column Q2_1: against qualtrics_numeric\.csv"):
        read_survey(path, File(path=path.name, codebook=numeric.name), key=KEY)


def test_a_redcap_dictionary_gives_labels_to_codes(tmp_path):
    name = "repeating-instruments-sparse"
    folder = beside(tmp_path, f"redcap-real/{name}_data.csv", f"redcap-real/{name}_dictionary.csv")
    path = folder / f"{name}_data.csv"
    table = read_file(path, path.name, File(path=path.name, codebook=f"{name}_dictionary.csv"))
    assert table.fields["sex"].labels == {"0": "Female", "1": "Male"}
    assert table.fields["race"].wording


def test_missing_data_codes_that_no_redcap_dictionary_lists_are_none_where_it_lists_choices(tmp_path):
    (tmp_path / "dictionary.csv").write_text(
        "Variable / Field Name,Form Name,Field Type,Field Label,"
        '"Choices, Calculations, OR Slider Labels",Text Validation Type OR Show Slider Number\n'
        'cf1,pulse,radio,Sure?,"a, Never | b, Often | UNK, Unknown to me",\nage,pulse,text,Age,,integer\n'
        "team,pulse,text,Team,,\n"
    )
    path = tmp_path / "pulse.csv"
    cells = ["1,a,31,HR,2", "2,b,NASK,NA,2", "3,NASK,NASK,IT,2", "4,UNK,40,NA,2"]
    path.write_text("\n".join(["record_id,cf1,age,team,pulse_complete", *cells]) + "\n")
    export = read_survey(path, File(path=path.name, codebook="dictionary.csv"), key=KEY)
    assert not any("does not know" in note for note in export.ledger.notes)
    assert export.reasons["age"].tolist()[1:3] == ["not_shown"] * 2
    assert export.reasons["cf1"].tolist()[2] == "not_shown"
    assert export.rows["cf1"].tolist()[3] == "UNK"  # the form's own choice is an answer
    assert export.rows["team"].tolist() == ["HR", "NA", "IT", "NA"]


def test_a_table_of_codes_is_a_codebook(tmp_path):
    folder = beside(tmp_path)
    (folder / "pulse.csv").write_text("id,often\n1,Weekly\n2,Never met\n3,Prefer not to say\n4,Weekly\n")
    (folder / "codes.csv").write_text(
        "column,code,label,missing\noften,4,Weekly,\noften,0,Never met,\noften,9,Prefer not to say,refused\n"
    )
    export = read_survey(folder / "pulse.csv", File(path="pulse.csv", codebook="codes.csv"), key=KEY)
    assert codes(export, "often") == [4, 0, None, 4]
    assert list(export.reasons["often"].dropna()) == ["refused"]


AGREE = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
TURNED = "column,code,label\n" + "".join(
    f"{item},{6 - place},{label}\n" for item in ("q1", "q2") for place, label in enumerate(AGREE, start=1)
)


def read(tmp_path, survey, codebook, *, name="codes.csv"):
    """A survey and a codebook of a few lines each, read together."""
    folder = beside(tmp_path)
    (folder / "pulse.csv").write_text(survey)
    (folder / name).write_bytes(codebook if isinstance(codebook, bytes) else codebook.encode())
    return read_survey(folder / "pulse.csv", File(path="pulse.csv", codebook=name), key=KEY)


def why(export, column):
    return {row: reason for row, reason in export.reasons[column].items() if isinstance(reason, str)}


def test_the_catalogue_codes_no_column_that_a_codebook_describes(tmp_path):
    survey = "id,q1,q2\n1,Agree,Agree\n2,Strongly disagree,Strongly agree\n3,Strongly agree,Don't know\n"
    survey += "4,Disagree,Strongly disagree\n5,Don't know,Disagree\n"
    export = read(tmp_path, survey, TURNED)
    assert codes(export, "q1") == [2, 5, 1, 4, None]
    assert codes(export, "q2") == [2, 1, None, 5, 4]
    assert (why(export, "q1"), why(export, "q2")) == ({6: "dont_know"}, {4: "dont_know"})


def test_texts_that_a_codebook_lacks_are_left_and_told_by_their_rows(tmp_path):
    four = "".join(line for line in TURNED.splitlines(keepends=True) if ",Neither" not in line)
    survey = "id,q1\n1,Agree\n2,Strongly disagree\n3,Strongly agree\n4,Disagree\n5,Neither agree nor disagree\n"
    export = read(tmp_path, survey, four)
    assert list(export.rows["q1"]) == ["2", "5", "1", "4", "Neither agree nor disagree"]
    [note] = export.ledger.notes
    assert note.startswith(
        "pulse.csv: texts that the codebook (table) does not know, left as they are: q1 (row 6). "
    )
    assert "Neither" not in note


@pytest.mark.parametrize(
    ("declared", "coded"),
    [
        (Declared(codes={}, missing={"UNK": "dont_know"}), [2, None]),
        (Declared(codes={"UNK": 7}, missing={}), [2, 7]),
    ],
)
def test_what_a_codebook_lacks_the_plan_may_declare(tmp_path, declared, coded):
    folder = beside(tmp_path)
    (folder / "pulse.csv").write_text("id,q1\n1,Agree\n2,UNK\n")
    (folder / "codes.csv").write_text(TURNED)
    settings = File(path="pulse.csv", codebook="codes.csv")
    assert codes(read_survey(folder / "pulse.csv", settings, key=KEY, declared=[declared]), "q1") == coded


def test_a_label_of_two_codes_is_told_with_both(tmp_path):
    export = read(tmp_path, "id,q\n1,Agree\n2,Never\n", "column,code,label\nq,1,Never\nq,2,Agree\nq,3,Agree\n")
    [note] = export.ledger.notes
    assert "Agree of q for the codes 2 and 3" in note


def test_numbers_are_answers_beside_the_missing_codes_that_a_codebook_lists(tmp_path):
    codebook = "column,code,label,missing\nage,-99,Prefer not to say,refused\noften,1,Never,\noften,2,Often,\n"
    export = read(tmp_path, "id,age,often\n1,34,1\n2,-99,9\n3,41,6\n", codebook + "often,9,Who knows,dont_know\n")
    assert codes(export, "age") == [34, None, 41]
    assert codes(export, "often") == [1, None, 6]
    assert (why(export, "age"), why(export, "often")) == ({3: "refused"}, {3: "dont_know"})
    [note] = export.ledger.notes
    assert "often (row 4)" in note


def test_a_codebook_of_other_codes_than_the_file_s_is_refused(tmp_path):
    codebook = "column,code,label\nq,100,Never\nq,200,Often\n"
    told = r"pulse\.csv: column q: most of its numbers are none of the codes that codes\.csv gives it, 100, 200\."
    with pytest.raises(DataError, match=told):
        read(tmp_path / "a", "id,q\n1,1\n2,2\n3,100\n", codebook)
    assert codes(read(tmp_path / "b", "id,q\n1,1\n2,200\n3,100\n", codebook), "q") == [1, 200, 100]


DIGITS = "column,code,label\n" + "".join(f"nps,{at + 1},{at}\n" for at in range(11))


@pytest.mark.parametrize(("cells", "coded"), [(["11", "1", "5"], [11, 1, 5]), (["10", "0", "5"], [11, 1, 6])])
def test_whether_digits_are_codes_or_labels_is_decided_once_for_a_column(tmp_path, cells, coded):
    survey = "id,nps\n" + "".join(f"{at},{cell}\n" for at, cell in enumerate(cells))
    assert codes(read(tmp_path, survey, DIGITS), "nps") == coded


def test_digits_that_may_be_codes_and_labels_are_read_as_other_columns_are_or_refused(tmp_path):
    with pytest.raises(
        DataError, match=r"pulse\.csv: column nps: a cell may be one answer's code and another's label"
    ):
        read(tmp_path / "alone", "id,nps\n1,9\n2,5\n", DIGITS)
    told = DIGITS + "stay,1,Yes\nstay,0,No\n"
    assert codes(read(tmp_path / "labels", "id,nps,stay\n1,9,Yes\n2,5,No\n", told), "nps") == [10, 6]
    assert codes(read(tmp_path / "codes", "id,nps,stay\n1,9,1\n2,5,0\n", told), "nps") == [9, 5]


def test_a_name_in_another_case_is_met_and_a_near_one_is_named(tmp_path):
    assert codes(read(tmp_path / "a", "id,q1\n1,Agree\n2,Disagree\n", TURNED.replace("q1", "Q1")), "q1") == [2, 4]
    with pytest.raises(DataError, match=r"codes\.csv: it describes 2 columns, .* Did you mean q_1\?"):
        read(tmp_path / "b", "id,q_1\n1,Agree\n", TURNED)


def test_reversal_is_told_to_be_a_matter_of_the_scale(tmp_path):
    codebook = "column,code,label,reverse\nq,1,Disagree,yes\nq,5,Agree,\n"
    export = read(tmp_path, "id,q\n1,Agree\n2,Disagree\n", codebook)
    assert codes(export, "q") == [5, 1]
    [note] = export.ledger.notes
    assert "the codebook marks q as reversed" in note
    assert "reverse = true" in note


def form(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


FORM = form(
    survey=[
        ["type", "name", "label::English", "label::Deutsch"],
        ["select_one agree", "q1", "I speak up", "Ich melde mich"],
        ["select_one often or_other", "q2", "How often?", "Wie oft?"],
        ["select_multiple topics", "q3", "Topics", "Themen"],
    ],
    choices=[
        ["list_name", "name", "label::English", "label::Deutsch"],
        ["agree", "no_not_at_all", "Strongly disagree", "Stimme gar nicht zu"],
        ["agree", "no", "Disagree", "Stimme nicht zu"],
        ["agree", "neither", "Neither agree nor disagree", "Weder noch"],
        ["agree", "yes", "Agree", "Stimme zu"],
        ["agree", "yes_very", "Strongly agree", "Stimme voll zu"],
        ["often", 1, "Never", "Nie"],
        ["often", 3, "Weekly", "Wöchentlich"],
        ["often", -99, "Prefer not to say", "Keine Angabe"],
        ["topics", "goals", "Goals", "Ziele"],
        ["topics", "career", "Career goals", "Karriere"],
        ["topics", "feedback", "Feedback, giving", "Rückmeldung"],
    ],
    settings=[["default_language"], ["English"]],
)


def kobo(header, *rows):
    own = ["_id", "_uuid", "_submission_time", "_index"]
    lines = [[*header, *own], *([*row, str(at), f"uuid-{at}", "2026-03-03T00:14:25", str(at)] for at, row in rows)]
    return "".join(";".join(line) + "\n" for line in lines)


@pytest.mark.parametrize(
    ("header", "first", "second", "third"),
    [
        (["q1", "q2", "q3"], ["yes", "1", "goals feedback"], ["no", "-99", ""], ["neither", "3", "career"]),
        (
            ["q1", "q2", "q3"],
            ["Stimme zu", "Nie", "Ziele Rückmeldung"],
            ["Stimme nicht zu", "Keine Angabe", ""],
            ["Weder noch", "Wöchentlich", "Karriere"],
        ),
        (
            ["I speak up", "How often?", "Topics"],
            ["Agree", "Never", "Goals Feedback, giving"],
            ["Disagree", "Prefer not to say", ""],
            ["Neither agree nor disagree", "Weekly", "Career goals"],
        ),
    ],
    ids=["names", "labels of another language", "labels as headers"],
)
def test_a_form_reads_names_and_labels_and_boxes_of_a_summary(tmp_path, header, first, second, third):
    export = read(tmp_path, kobo(header, *enumerate([first, second, third])), FORM, name="form.xlsx")
    agree, often, topics = header
    assert codes(export, agree) == [4, 2, 3]
    assert codes(export, often) == [1, None, 3]
    assert why(export, often) == {3: "refused"}
    boxes = [[None if pd.isna(cell) else bool(cell) for cell in export.rows[f"{topics}_{one}"]] for one in BOXES]
    assert boxes == [[True, None, False], [False, None, True], [True, None, False]]
    assert f"{topics}_TEXT" not in export.rows


BOXES = ["goals", "career", "feedback"]


def test_cells_that_hold_no_choice_leave_its_boxes_unknown_and_answers_without_a_number_are_told(tmp_path):
    rows = enumerate([["yes", "other", "hobby"], ["no", "1", "goals hobby"]])
    export = read(tmp_path, kobo(["q1", "q2", "q3"], *rows), FORM, name="form.xlsx")
    assert [pd.isna(cell) or bool(cell) for cell in export.rows["q3_career"]] == [True, False]
    assert list(export.rows["q2"]) == ["other", "1"]
    notes = " ".join(export.ledger.notes)
    assert "pulse.csv: row 2, column q3: texts that hold none of its choices" in notes
    assert "answers that have no number in the codebook (XLSForm), left as words: q2 (row 2)" in notes
    assert "hobby" not in notes


def test_the_turns_of_a_loop_are_described_by_their_question_and_other_columns_are_named(tmp_path):
    choices = {str(at): {"Display": label} for at, label in enumerate(AGREE, start=1)}
    recodes = {str(at): str(6 - at) for at in range(1, 6)}
    asked = {"QuestionText": "?", "DataExportTag": "Q1", "QuestionType": "MC", "Selector": "SAVR"}
    asked |= {"Choices": choices, "RecodeValues": recodes}
    survey = "ResponseId,StartDate,EndDate,Status,Finished,1_Q1,2_Q1,Q7\n"
    for at, (first, second) in enumerate(zip(AGREE, AGREE[::-1], strict=True)):
        survey += f"R_{at},2026-03-02 10:00:00,2026-03-02 10:05:00,IP Address,True,{first},{second},Yes\n"
    qsf = json.dumps({"SurveyElements": [{"Element": "SQ", "PrimaryAttribute": "QID1", "Payload": asked}]})
    export = read(tmp_path, survey, qsf, name="s.qsf")
    assert codes(export, "1_Q1") == [5, 4, 3, 2, 1]
    assert codes(export, "2_Q1") == [1, 2, 3, 4, 5]
    assert any(note.endswith("does not describe: Q7.") for note in export.ledger.notes)


QUALTRICS = "ResponseId,StartDate,EndDate,Status,Finished,Q1,Q2,Q3\n"


def twins(tmp_path, texts, numbers):
    """Two exports of Qualtrics, the second in numbers; a row is an id and three cells."""
    folder = beside(tmp_path)
    for name, status, finished, rows in (("text.csv", "IP Address", "True", texts), ("num.csv", "0", "1", numbers)):
        lines = []
        for own, *cells in rows:
            told = [own, "2026-03-02 10:00:00", "2026-03-02 10:05:00", status, finished, *map(str, cells)]
            lines.append(",".join(told))
        (folder / name).write_text(QUALTRICS + "\n".join(lines) + "\n")
    return read_survey(folder / "text.csv", File(path="text.csv", codebook="num.csv"), key=KEY)


TEXTS = [
    ("R_1", "Agree", "Disagree", "34"),
    ("R_2", "Disagree", "Agree", "41"),
    ("R_3", "Strongly agree", "Agree", "29"),
    ("R_4", "Agree", "Disagree", "61"),
]


def test_questions_recoded_the_other_way_round_are_learnt_each_alone(tmp_path):
    numbers = [("R_1", 4, 4, 34), ("R_2", 2, 2, 41), ("R_3", 5, 2, 29)]
    export = twins(tmp_path, TEXTS, numbers)
    assert codes(export, "Q1") == [4, 2, 5, 4]
    assert codes(export, "Q2") == [4, 2, 2, 4]
    assert codes(export, "Q3") == [34, 41, 29, 61]
    notes = " ".join(export.ledger.notes)
    assert "codes learnt from num.csv, 3 responses in both files" in notes
    assert "responses that only one of them holds, or one twice: 1" in notes


def test_a_label_that_a_column_did_not_meet_is_lent_by_another_and_told(tmp_path):
    texts = [*TEXTS, ("R_5", "Agree", "Strongly agree", "50")]
    numbers = [("R_1", 4, 2, 34), ("R_2", 2, 4, 41), ("R_3", 5, 4, 29), ("R_4", 4, 2, 61)]
    export = twins(tmp_path, texts, numbers)
    assert codes(export, "Q2") == [2, 4, 4, 2, 5]
    assert any("Q2 from Q1" in note for note in export.ledger.notes)
    turned = [(*row[:2], 6 - row[2], row[3]) for row in numbers]
    with pytest.raises(
        DataError, match=r"text\.csv: row 6, column Q2: against num\.csv: texts that no response in"
    ):
        twins(tmp_path / "turned", texts, turned)


def test_a_second_export_in_words_too_is_told_to_teach_nothing(tmp_path):
    export = twins(tmp_path, TEXTS, TEXTS)
    assert any("nothing is learnt from num.csv" in note for note in export.ledger.notes)


def test_exports_without_a_response_in_common_are_refused_once(tmp_path):
    with pytest.raises(DataError) as raised:
        twins(tmp_path, TEXTS, [("R_9", 4, 4, 34)])
    assert len(raised.value.faults) == 1
    assert "no response is in both files" in str(raised.value)


def test_answers_that_are_none_are_missing_and_a_middle_is_a_point(tmp_path):
    texts = [(f"R_{at}", label, "", "") for at, label in enumerate(["Disagree", "Agree", "N/A", "Not sure"])]
    export = twins(tmp_path, texts, [(f"R_{at}", code, "", "") for at, code in enumerate([1, 5, 6, 3])])
    assert codes(export, "Q1") == [1, 5, None, 3]
    assert why(export, "Q1") == {4: "not_applicable"}


def test_numbers_that_are_no_answer_by_a_codebook_are_empty_in_records(small):
    header, *rows = small.path("hr.csv").read_text().splitlines()
    ages = ["-99" if at % 20 == 0 else str(25 + at % 35) for at in range(len(rows))]
    lines = [f"{header},age", *(f"{row},{age}" for row, age in zip(rows, ages, strict=True))]
    small.path("hr.csv").write_text("\n".join(lines) + "\n")
    codebook = "column,code,label,missing\nage,-99,Prefer not to say,refused\n"
    (small.folder / "first" / "codes.csv").write_text(codebook)
    small.change("plan.toml", lambda plan: plan.replace('"hr.csv"', '{path = "hr.csv", codebook = "codes.csv"}'))
    small.change("plan.toml", lambda plan: plan.replace('adjust_for = ["grade",', 'adjust_for = ["grade", "age",'))
    [people] = [
        export for export in read_cohort(read_study(small.folder), "first").files if export.role == "people"
    ]
    assert people.rows["age"].min() >= 25
    assert people.rows["age"].isna().sum() == ages.count("-99")


@pytest.mark.parametrize("name", ["none.csv", "../../../outside.csv"])
def test_a_codebook_that_is_not_there_or_lies_outside_is_told(tmp_path, name):
    folder = beside(tmp_path, "same-survey/qualtrics_text.csv")
    (tmp_path / "outside.csv").write_text("column,code,label\n")
    path = folder / "qualtrics_text.csv"
    with pytest.raises(DataError, match="there is no codebook"):
        read_survey(path, File(path=path.name, codebook=name), key=KEY)


@pytest.mark.parametrize(
    ("book", "told"),
    [
        ("".join(f"q,Code {code},{code} points\n" for code in range(1, 4)), r"Code 1, Code 2, Code 3"),
        ("q,1-3,agree\n", r"1-3"),
    ],
)
def test_a_codebook_of_other_codes_than_the_columns_is_refused(tmp_path, book, told):
    (tmp_path / "s.csv").write_text("id,q\n1,1\n2,2\n3,3\n")
    (tmp_path / "codes.csv").write_text(f"column,code,label\n{book}")
    said = rf"s\.csv: column q: most of its numbers are none of the codes that codes\.csv gives it, {told}\. Put"
    with pytest.raises(DataError, match=said):
        read_survey(tmp_path / "s.csv", File(path="s.csv", codebook="codes.csv"), key=KEY)


def test_amounts_of_which_one_has_a_label_need_no_codes(tmp_path):
    (tmp_path / "s.csv").write_text("id,q\n1,31\n2,42\n3,90\n")
    (tmp_path / "codes.csv").write_text("column,code,label\nq,90,90 and older\n")
    assert len(read_survey(tmp_path / "s.csv", File(path="s.csv", codebook="codes.csv"), key=KEY).rows) == 3
