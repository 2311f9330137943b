import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path
from time import process_time

import openpyxl
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.coding.codebook import read_codebook
from mentorstudy.reading.coding.codebooks.cells import by_codebook, held_in, may_be_both, of_two
from mentorstudy.reading.coding.codebooks.described import Described, plain
from mentorstudy.reading.coding.codebooks.pairs import UnclearError, pairs_in

HERE = Path(__file__).parents[1] / "exports" / "codebooks"
AGREE = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]


def read(name):
    return read_codebook((HERE / name).read_bytes(), name)


def sheet(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def test_qsf_tells_rows_recodes_and_what_is_no_answer():
    columns = read("qualtrics_made.qsf").columns
    first = columns["conf_1"]
    assert first.wording == "How much do you agree? Please tick."
    assert first.part == "I speak up"
    assert dict(first.labels) == dict(zip("12345", AGREE, strict=True)) | {"-1": "No basis for evaluation"}
    assert first.missing == {"-1": "not_applicable"}
    assert columns["conf_doubt"].part == "I doubt myself"
    assert "conf_4_TEXT" in columns


def test_qsf_tells_variable_names_the_words_beside_them_and_what_the_analysis_leaves_out():
    stay = read("qualtrics_made.qsf").columns["stay"]
    assert stay.labels == {"1": "yes", "0": "no", "8": "open", "6": "stay.na"}
    assert stay.also == {"Yes, surely": "1", "n/a": "6", "No": "0", "Hard to say": "8"}
    assert stay.missing == {"8": "user_missing:open", "6": "not_applicable"}
    coding = by_codebook(["yes", "No", "Hard to say", "8", "0"], stay)
    assert coding.codes == {"yes": 1, "No": 0, "0": 0}
    assert coding.missing == {"Hard to say": "user_missing:open", "8": "user_missing:open"}


def test_qsf_tells_several_answers_as_one_cell_and_as_boxes():
    columns = read("qualtrics_made.qsf").columns
    assert columns["topics"].multi
    assert columns["topics"].choices == {"1": "Goals", "2": "Feedback, giving and receiving", "99": "Other"}
    assert columns["topics_99"].choices == {"99": "Other"}
    assert not columns["topics_99_TEXT"].multi
    assert columns["met_1"].choices == {"1": "Spring", "2": "Autumn"}
    assert columns["met_2_2"].part == "Manager"


def test_qsf_tells_numbers_lists_side_by_side_and_leaves_out_what_is_no_question():
    book = read("qualtrics_made.qsf")
    assert {column for column, described in book.columns.items() if described.numeric} == {"years", "ready_1"}
    assert list(book.columns["nps"].labels) == [str(number) for number in range(11)]
    assert book.columns["both#1_1"].labels == {"1": "Never", "2": "Often"}
    assert not {"Intro", "time", "time_1", "twice"} & set(book.columns)
    assert book.notes == ("two questions are tagged twice, so what the survey file says of it is not used",)


def test_the_real_redcap_dictionaries():
    boxes = read("redcap_checkboxes.csv")
    assert boxes.kind == "REDCap data dictionary"
    assert boxes.columns["check_two"].choices == {"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"}
    assert boxes.columns["check_one___3"].choices == {"3": "three"}
    assert set(boxes.columns["form_2_complete"].labels.values()) == {"Incomplete", "Unverified", "Complete"}
    people = read("redcap_repeating.csv").columns
    assert people["sex"].labels == {"0": "Female", "1": "Male"}
    assert people["bp_systolic"].numeric
    assert people["age"].numeric
    assert not people["date_bp"].numeric


def test_every_kind_of_redcap_field():
    columns = read("redcap_made.csv").columns
    assert columns["conf_1"].wording == "I speak up, even when it is hard"
    assert columns["conf_1"].missing == {"-9": "refused"}
    assert columns["topics"].choices == {"1": "Goals", "-1": "Feedback, giving and receiving", "Ab": "Other & more"}
    assert {"topics___1", "topics____1", "topics___ab"} <= set(columns)
    assert columns["stays"].labels == {"1": "Yes", "0": "No"}
    assert {column for column, described in columns.items() if described.numeric} == {"years", "ready"}
    assert "hint" not in columns


def test_an_xlsform_in_two_languages():
    book = read("xlsform_made.xlsx")
    conf = book.columns["conf_2"]
    assert conf.wording == "I doubt myself"
    assert conf.labels == {"1": "Disagree", "2": "Neither", "3": "Agree", "99": "Don't know"}
    assert conf.missing == {"99": "dont_know"}
    assert by_codebook(["Stimme zu", "Disagree", "weiß nicht"], conf).codes == {"Stimme zu": 3, "Disagree": 1}
    assert book.columns["topics"].choices == {
        "goals": "Goals",
        "feedback": "Feedback, giving and receiving",
        "other": "Other",
    }
    assert {"topics/goals", "topics_other", "more"} <= set(book.columns)
    assert book.columns["years"].numeric
    assert not {"start", "conf", "thanks", "place"} & set(book.columns)
    assert book.notes == ("place takes its choices from elsewhere, so its labels are not known",)


def test_a_form_in_its_default_language():
    rows = [["list_name", "name", "label::A", "label::B"], ["l", "1", "eins", "one"]]
    survey = [["type", "name", "label::A", "label::B"], ["select_one l", "q", "Frage", "question"]]
    raw = sheet(survey=survey, choices=rows, settings=[["default_language"], ["B"]])
    described = read_codebook(raw, "form.xlsx").columns["q"]
    assert (described.wording, described.labels, described.also) == ("question", {"1": "one"}, {"eins": "1"})


def test_a_table_of_ones_own_with_an_answer_a_row():
    columns = read("table_long.csv").columns
    assert columns["cf1"].wording == "I handle most of what my job throws at me."
    assert columns["cf1"].labels["5"] == "stimme voll zu"
    assert columns["cf1"].missing == {"-8": "dont_know", "-9": "refused"}
    assert by_codebook(["Stimme voll zu", "stimme gar nicht zu"], columns["cf4"]).codes == {
        "Stimme voll zu": 1,
        "stimme gar nicht zu": 5,
    }


def test_a_table_of_ones_own_with_a_column_a_row_is_read_from_text_and_workbook():
    book = read("table_wide.csv")
    columns = book.columns
    assert columns["cf1"].missing == {"9": "dont_know"}
    assert columns["cf2"].labels == {"1": "Never", "5": "Always"}
    assert book.notes[0].startswith("the codebook marks cf2 as reversed")
    raw = sheet(codebook=[["Variable", "Values"], ["q", "1 = Never; 2 = Often"]])
    assert read_codebook(raw, "book.xlsx").columns["q"].labels == {"1": "Never", "2": "Often"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_in_any_usual_encoding(encoding):
    raw = (HERE / "table_long.csv").read_text(encoding="utf-8").encode(encoding)
    assert read_codebook(raw, "book.csv").columns["cf1"].labels["-8"] == "weiß nicht"


def test_what_a_codebook_knows_is_coded_and_what_it_lacks_is_unknown():
    described = Described(labels={"1": "low", "2": "same", "3": "same", "x": "word", "9" * 400: "far"})
    known = by_codebook(["low", "2", "3.0", "same", "word", "high", "far", "7", "Don't know", ""], described)
    assert known.codes == {"low": 1, "2": 2, "3.0": 3}
    assert known.labels == {"word": "word", "far": "far"}
    assert known.missing == {"Don't know": "dont_know"}
    assert known.unknown == ("same", "high", "7")
    assert of_two(described) == {"same": ["2", "3"]}


def test_other_numbers_are_answers_where_a_codebook_lists_none_or_only_the_ends():
    age = Described(labels={"-99": "Prefer not to say"}, missing={"-99": "refused"})
    known = by_codebook(["34", "41.5", "-99", "-99.0"], age)
    assert (known.codes, known.unknown) == ({}, ())
    assert known.missing == {"-99": "refused", "-99.0": "refused"}
    ends = Described(labels={"1": "Never", "5": "Always", "9": "Don't know"}, missing={"9": "dont_know"})
    assert by_codebook(["1", "3", "7", "9"], ends).unknown == ("7",)
    asked = Described(numeric=True)
    assert by_codebook(["3", "2,5", "N/A", "many"], asked).unknown == ("many",)


def test_whether_a_column_holds_codes_or_labels_shows_from_cells_that_are_only_one_of_them():
    described = Described(labels={"1": "0", "2": "1", "3": "2", "4": "3 or more"})
    assert may_be_both(["1", "2"], described)
    assert not may_be_both(["4", "3 or more"], described)
    assert (held_in(["1", "4"], described), held_in(["1", "0"], described)) == ({"codes"}, {"labels"})
    assert held_in(["1", "2"], described) == set()
    assert by_codebook(["1", "2", "4"], described, "codes").codes == {"1": 1, "2": 2, "4": 4}
    assert by_codebook(["1", "2", "3 or more"], described, "labels").codes == {"1": 2, "2": 3, "3 or more": 4}


@pytest.mark.parametrize(
    "cell",
    [
        "1 = Never, 2 = Often, 9 = Refused",
        "1: Never, 2: Often, 9: Refused",
        "1.0 = Never|2 = Often\n9=Refused",
        "1 - Never, 2 - Often; 9 - Refused",
    ],
)
def test_labels_in_one_cell_are_parted_before_each_code(cell):
    described = read_codebook(f'column,labels\nq,"{cell}"\n'.encode(), "f").columns["q"]
    assert described.labels == {"1": "Never", "2": "Often", "9": "Refused"}
    assert described.missing == {"9": "refused"}


def zipped(name: str, text: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(name, text)
    return raw.getvalue()


FORMS = [
    *["{c} = {l}", "{c}: {l}", "{c} → {l}", "{c}) {l}", "{c}. {l}", "({c}) {l}", "[{c}] {l}", "{c} - {l}", "{c}–{l}"],
    *["{c} {l}", "{c}\t{l}", "{c},0 = {l}", "{l} = {c}", "{l}: {c}", "{l} ({c})", "{l} [{c}]", "{l} - {c}"],
]  # fmt: skip
POINTS = {"5": "Strongly disagree", "4": "Disagree", "3": "Neither", "2": "Agree", "1": "Strongly agree"}


@pytest.mark.parametrize("sign", ["; ", " | ", "\n", ", ", " / ", "  "])
@pytest.mark.parametrize("form", FORMS)
def test_pairs_in_one_cell_are_read_whatever_their_signs_and_whichever_stands_first(form, sign):
    cell = sign.join(form.format(c=code, l=label) for code, label in POINTS.items())
    assert dict(pairs_in(cell)) == POINTS


@pytest.mark.parametrize(
    "cell",
    [
        " ".join(f"{label} = {code}" for code, label in POINTS.items()),
        " ".join(f"{code}. {label}" for code, label in POINTS.items()),
        "; ".join(f"{label} {code}" for code, label in POINTS.items()),
        "1 = Yes; Don't know = 9",
        "1. choice = 5; 2. choice = 4",
        "Never, Often, Always",
        "5 point scale",
    ],
)
def test_a_cell_of_which_nothing_tells_the_pairs_is_refused(cell):
    with pytest.raises(DataError, match=r"^f: row 2: labels that are not parted"):
        read_codebook(f'column;labels\nq;"{cell}"\n'.encode(), "f")


def test_a_label_may_hold_numbers_and_signs_of_its_own():
    assert dict(pairs_in("1 time = 0; 2 times = 1")) == {"0": "1 time", "1": "2 times"}
    assert dict(pairs_in("0 to 1 years (1), 2 to 3 years (2)")) == {"1": "0 to 1 years", "2": "2 to 3 years"}
    assert dict(pairs_in("1 = Level 1, 2, or 3; dk = Don't know")) == {"1": "Level 1, 2, or 3", "dk": "Don't know"}


@pytest.mark.parametrize("cell", ["1{}x", "<a", "<!--", "1,", "1 / ", "a = ", "a (1)", "1  "])
def test_the_longest_cell_takes_no_longer_than_its_signs_are_many(cell):
    text = cell.format(" " * 200_000) if "{}" in cell else cell * 50_000
    started = process_time()
    with suppress(UnclearError):
        pairs_in(text)
    assert plain(text) is not None
    assert process_time() - started < 5


def test_a_code_may_stand_as_in_a_list_and_with_a_decimal_comma():
    raw = b"column;code;label\nq;5,0;Never\nq;4.;Rarely\nq;(3);Often\nq;2);Always\n"
    assert read_codebook(raw, "f").columns["q"].labels == {"5": "Never", "4": "Rarely", "3": "Often", "2": "Always"}


def test_codes_and_labels_in_each_others_columns_are_exchanged_with_a_note():
    book = read_codebook(b"column,code,label,missing\nq,Never,5,\nq,Often,4,\nq,Refused,9,yes\n", "f")
    assert book.columns["q"].labels == {"5": "Never", "4": "Often", "9": "Refused"}
    assert book.columns["q"].missing == {"9": "refused"}
    [note] = book.notes
    assert note.startswith("the codebook has words for codes and numbers for labels of q")


def test_a_comma_within_a_label_parts_nothing():
    raw = b'column,labels\nq,"1 = Yes, often, 2 = No, or 3 of 5 = 0.6 at most"\n'
    assert read_codebook(raw, "f").columns["q"].labels == {"1": "Yes, often", "2": "No, or 3 of 5 = 0.6 at most"}


def test_a_range_in_place_of_labels_says_that_the_column_holds_numbers():
    raw = b"column,labels\nage,18-99; -99.0 = Prefer not to say\nwords,free text\nyears,0 to 60\n"
    columns = read_codebook(raw, "f").columns
    assert (columns["age"].numeric, columns["words"].numeric, columns["years"].numeric) == (True, False, True)
    assert columns["age"].missing == {"-99": "refused"}


def test_codes_as_spreadsheets_write_numbers_are_whole():
    columns = read_codebook(b"column,code,label\nq,1.0,Never\nq,-99.0,Prefer not to say\n", "f").columns
    assert columns["q"].labels == {"1": "Never", "-99": "Prefer not to say"}


def test_a_line_that_tells_a_spreadsheet_the_separator_is_no_header():
    raw = b"sep=;\ncolumn;code;label\nq;1;Never, ever\nq;;x\n"
    with pytest.raises(DataError, match=r"^f: row 4: a label without a code"):
        read_codebook(raw, "f")
    assert read_codebook(raw[:-6], "f").columns["q"].labels == {"1": "Never, ever"}


HEADER = "Variable / Field Name,Field Type,Choices or labels,select_choices_or_calculations\n"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"{", r"^f: row 1: JSON that cannot be read"),
        (b'{"a":\n 1,}', r"^f: row 2: JSON that cannot be read"),
        (b"[]", r"^f: JSON, but no survey of Qualtrics"),
        (
            b'{"SurveyElements": [1, {"Element": "SQ", "Payload": null}]}',
            r"^f: a survey of Qualtrics without questions",
        ),
        (b"a,b\n1,2\n", r"^f: row 1: no codebook that is known.*Write columns called column, code and label"),
        (b"\0\1\2", r"^f: no text"),
        (b"  \n", r"^f: no text"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            r"^f: a workbook of old Excel \(\.xls\).*Save the codebook as \.xlsx",
        ),
        (zipped("codes.csv", "column,code,label\nq,1,x\n"), r"^f: a zip archive\. Take the codebook out"),
        (b"PK\x03\x04rest", r"^f: the workbook cannot be read"),
        (b"column,code,label\n", r"^f: a header, but not one row"),
        (b"column,code,label\n,1,x\n", r"^f: row 2: an answer before any column"),
        (b"column,code,label\nq,,x\n", r"^f: row 2: a label without a code"),
        (b"column,code,label\nq,1,x\nq,1,y\n", r"^f: row 3: the code 1 of q has two labels"),
        (b"column,code,answer,label\nq,1,x,\nq,2,y,\n", r"^f: row 2: the codes of q have no labels"),
        (b"column,code,label\nq,1,x\nq,y,2\n", r"^f: row 2: some codes of q are words, with numbers for labels"),
        (b"column,code,label,reverse\nq,1,x,perhaps\n", r"^f: row 2: whether q is reversed is not clear"),
        pytest.param(b'{"a":' * 5000, r"^f: row 1: JSON that cannot be read", id="endless nesting"),
        (b"\n\ncolumn,code,label\nq,,x\n", r"^f: row 4: a label without a code"),
        (b"column,labels\nq,1 = a; 1 = b\n", r"^f: row 2: the code 1 has two labels"),
        (b"column,labels\nq,never and often\n", r"^f: row 2: labels that are not parted"),
        (b"column,labels\nq,1 = Never 2 = Often\n", r"^f: row 2: labels that are not parted"),
        (b'column,labels\nq,"1, Never, 2, Often"\n', r"^f: row 2: labels that are not parted"),
        (HEADER.encode() + b'q,radio,,"1, a|b"\n', r"^f: row 2: a choice of q has no code"),
        (HEADER.encode() + b'q,radio,,"1, a|1, b"\n', r"^f: row 2: two choices of q have the code 1"),
        (HEADER.encode() + b'q,radio,,"1, a; 2, b"\n', r"^f: row 2: a choice of q has no code of its own"),
        (HEADER.encode() + b'q,text,,"1, a|2, b"\n', r"^f: row 2: q has choices, and no field of its type has"),
        (
            HEADER.encode() + b'q,radio,,"1, a|2, b"\nq,radio,,"2, a|1, b"\n',
            r"^f: row 3: q has other answers here than in row 2\. Leave one",
        ),
        (HEADER.encode() + b"q,radio,,\n", r"^f: row 2: q is a radio without choices"),
    ],
)
def test_what_is_no_sound_codebook_is_told_with_its_row_and_the_mend(raw, told):
    with pytest.raises(DataError, match=told):
        read_codebook(raw, "f")


@pytest.mark.parametrize("kind", ["radio buttons", "Multiple Choice - Drop-down List (Single Answer)", "Select"])
def test_the_designers_words_for_a_redcap_fields_type_are_known(kind):
    raw = f'{HEADER}q,{kind},,"1, a|2, b"\nr,Yes - No,,\ns,text,,BIOPORTAL:RXNORM\n'.encode()
    columns = read_codebook(raw, "f").columns
    assert (columns["q"].labels, columns["r"].labels) == ({"1": "a", "2": "b"}, {"1": "Yes", "0": "No"})


def test_a_field_or_question_twice_with_the_same_answers_is_one():
    row = 'q,radio,,"1, a|2, b"\n'
    assert read_codebook(f"{HEADER}{row}{row}".encode(), "f").columns["q"].labels == {"1": "a", "2": "b"}


def test_a_question_twice_with_other_choices_is_refused_with_both_rows():
    survey = [["type", "name", "label"], ["select_one a", "q", "Q"], ["text", "x", ""], ["select_one b", "q", "Q"]]
    choices = [
        ["list_name", "name", "label"],
        ["a", "1", "no"],
        ["a", "2", "yes"],
        ["b", "2", "no"],
        ["b", "1", "yes"],
    ]
    with pytest.raises(DataError, match=r"^f: sheet survey, row 4: q has other answers here than in row 2"):
        read_codebook(sheet(survey=survey, choices=choices), "f")


def test_several_sheets_are_one_codebook_unless_they_contradict_each_other():
    header, turned = ["column", "code", "label"], [["q", 2, "no"], ["q", 1, "yes"]]
    plain_rows = [["q", 1, "no"], ["q", 2, "yes"]]
    raw = sheet(about=[["notes"]], first=[header, *plain_rows], again=[header, *plain_rows, ["r", 1, "low"]])
    assert set(read_codebook(raw, "f").columns) == {"q", "r"}
    with pytest.raises(DataError, match=r"^f: sheet new: q has other answers here than in sheet old\. Keep"):
        read_codebook(sheet(old=[header, *turned], new=[header, *plain_rows]), "f")


def test_faults_of_a_form_are_told_together():
    survey = [["type", "name", "label"], ["select_one agre", "q", "Q"], ["select_one gone", "r", "R"]]
    with pytest.raises(DataError) as raised:
        read_codebook(sheet(survey=survey, choices=[["list_name", "name", "label"], ["agree", "1", "a"]]), "f")
    first, second = raised.value.faults
    assert first.startswith("f: sheet survey, row 2: q has the list agre")
    assert "agree" in first
    assert "row 3" in second
    choices = [["list_name", "name", "label"], ["l", "", "a"], ["l", "1", "a"], ["l", "1", "b"]]
    with pytest.raises(DataError) as raised:
        read_codebook(sheet(survey=survey, choices=choices), "f")
    assert [fault.split(":")[1] for fault in raised.value.faults] == [
        " sheet choices, row 2",
        " sheet choices, row 4",
    ]


def test_a_damaged_survey_file_never_ends_in_a_traceback():
    whole = json.loads((HERE / "qualtrics_made.qsf").read_text())
    for element in whole["SurveyElements"]:
        for key in list(element.get("Payload") or {}) if isinstance(element.get("Payload"), dict) else []:
            for odd in (None, [], {}, "x", 3, [None], {"1": None}):
                kept = element["Payload"][key]
                element["Payload"][key] = odd
                assert read_codebook(json.dumps(whole).encode(), "f").columns
                element["Payload"][key] = kept
