"""REDCap: events, repeating forms and boxes become one row a response."""

import csv
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.platforms.redcap import is_redcap, read_redcap

REAL = Path(__file__).parents[1] / "exports" / "redcap-real"
TWINS = Path(__file__).parents[1] / "exports" / "same-survey"


def read(path, **settings):
    grid = open_grid(path, path.name, File(path=path.name))
    assert is_redcap(grid)
    return read_redcap(grid, File(path=path.name, **settings))


def written(folder, text, **settings):
    """The table of a small file, one row a line, cells parted by spaces, - for an empty one, not_ for "not "."""
    path = folder / "small.csv"
    lines = [["" if cell == "-" else cell for cell in line.split()] for line in text.strip().splitlines()]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([[cell.replace("not_", "not ") for cell in line] for line in lines])
    table = read(path, **settings)
    assert table.height == len(table.rows) + table.merged + sum(table.dropped.values()) == len(lines) - 1
    return table


def told(table, word):
    return list(table.response[word].mapped(table.response[word].words))


def cells(table, name):
    return [word or None for word in table.columns[name].mapped(table.columns[name].words)]


@pytest.mark.parametrize("path", sorted(REAL.glob("*_data.csv")), ids=lambda path: path.name)
def test_rows_balance(path):
    table = read(path)
    lines = len(path.read_text().replace("\n    ", " ").splitlines()) - 1
    assert table.height == len(table.rows) + table.merged + sum(table.dropped.values()) == lines


@pytest.mark.parametrize("path", sorted(REAL.glob("*_dictionary.csv")), ids=lambda path: path.name)
def test_a_dictionary_is_no_export(path):
    assert not is_redcap(open_grid(path, path.name, File(path=path.name)))


def test_an_enrolment_is_spread_over_the_record_s_other_rows():
    table = read(TWINS / "redcap_raw_longitudinal.csv")
    assert (len(table.rows), table.merged, table.dropped) == (28, 14, {})
    assert cells(table, "role")[:2] == ["mentor", "mentor"]
    person = table.response["person"]
    assert [person.words[code] for code in person.codes[:4]] == ["P0002", "P0002", "P0003", "P0003"]
    assert set(table.response["wave"].words) == {"baseline_arm_1", "followup_arm_1"}
    assert len(set(table.response["response"].words)) == 28


def test_a_stamp_that_says_not_completed_is_no_time():
    table = read(TWINS / "redcap_raw_longitudinal.csv")
    assert "[not completed]" not in table.response["submitted_at"].words
    finished = table.response["finished"]
    assert [finished.words[code] for code in finished.codes].count("0") == 2


def test_boxes_are_known_only_where_one_is_ticked():
    table = read(REAL / "checkboxes-1_data.csv")
    assert cells(table, "check_one___1") == ["1", None, "1"]
    assert cells(table, "check_two___a") == ["1", "0", None]
    assert table.fields["check_two___a"].question == "check_two"


def test_boxes_of_label_headers_have_the_names_of_others():
    table = read(TWINS / "redcap_labels_longitudinal.csv")
    name = "What did you and your mentor talk about? Select all that apply. [Feedback, giving and receiving]"
    assert table.fields[name].part == "Feedback, giving and receiving"
    assert table.fields[name].kind == "choice"


def test_a_repeating_form_is_read_where_it_is_named_with_what_the_record_tells():
    path = REAL / "repeating-instruments-sparse_data.csv"
    table = read(path)
    assert table.dropped == {"of another form (bp)": 4}
    assert 'write sheet = "bp"' in table.notes[0]
    forms = read(path, sheet="bp")
    assert cells(forms, "bp_systolic") == ["110", "111", "112", "114"]
    assert cells(forms, "age") == ["8.9", "8.9", "8.9", "9.6"]
    assert (forms.merged, forms.dropped) == (2, {"of another form (not repeating)": 3})
    with pytest.raises(DataError, match=r"no repeating form pb\. It has bp"):
        read(path, sheet="pb")


def test_decimal_commas_are_kept_as_texts_and_told():
    table = read(REAL / "decimal-comma-and-dot_data.csv")
    assert cells(table, "height_comma")[0] == "1,54"
    assert "height_comma, weight_comma" in table.notes[0]
    assert 'decimal = ","}.' in table.notes[0]
    declared = read(REAL / "decimal-comma-and-dot_data.csv", decimal=",")
    assert not any("kept as texts" in note for note in declared.notes)


def test_a_minus_in_a_code_is_read_from_its_underscores(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("record_id,x___1,x____1,form_complete\n1,0,1,2\n")
    assert read(path).fields["x____1"].choice == "-1"


def test_missing_data_codes_among_numbers_and_days_are_none_with_their_reason(tmp_path):
    path = tmp_path / "pulse.csv"
    path.write_text(
        "record_id,cf1,seen_on,department,grade,only,pulse_complete\n"
        "1,4,2026-03-01,HR,NA,NA,2\n2,UNK,NASK,NA,7,NA,2\n3,NA,2026-03-02,IT,8,NA,2\n4,5,UNK,NA,9,NA,2\n"
    )
    export = read_survey(path, key=bytes(32))
    assert export.rows["cf1"].tolist() == [4, pd.NA, pd.NA, 5]
    assert export.reasons["cf1"].tolist()[1:3] == ["dont_know", "not_applicable"]
    assert export.reasons["grade"].tolist()[0] == "not_applicable"
    assert export.reasons["seen_on"].tolist()[1::2] == ["not_shown", "dont_know"]
    for name, words in (("department", ["HR", "NA", "IT", "NA"]), ("only", ["NA"] * 4)):
        assert read(path).fields[name].missing == {}
        assert cells(read(path), name) == words
    [note] = [note for note in export.ledger.notes if "missing data codes" in note]
    assert "NA in cf1, grade; NASK in seen_on; UNK in cf1, seen_on." in note


def test_a_box_that_is_a_missing_data_code_leaves_the_others_unknown(tmp_path):
    path = tmp_path / "pulse.csv"
    head = "record_id,topic___1,topic___2,topic___na,topic___unk,pulse_complete\n"
    path.write_text(f"{head}1,1,0,0,0,2\n2,0,0,0,1,2\n3,0,0,1,0,2\n4,0,0,0,0,2\n")
    export = read_survey(path, key=bytes(32))
    assert export.rows["topic___2"].tolist() == [False, pd.NA, pd.NA, pd.NA]
    assert export.reasons["topic___2"].tolist()[1:3] == ["dont_know", "not_applicable"]
    assert any("topic___na, topic___unk: no choice but a missing data code" in note for note in export.ledger.notes)
    path.write_text(f"{head}1,1,0,0,1,2\n2,0,0,0,1,2\n")  # ticked beside another, so it is an answer
    assert read_survey(path, key=bytes(32)).rows["topic___2"].tolist() == [False, False]
    path.write_text("record_id,home___ke,home___na,pulse_complete\n1,1,0,2\n2,0,1,2\n")  # Namibia
    assert read_survey(path, key=bytes(32)).rows["home___ke"].tolist() == [True, False]
    path.write_text("record_id,dep___fin,dep___mkt,dep___inv,pulse_complete\n1,1,0,0,2\n2,0,0,1,2\n")  # Investment
    assert read_survey(path, key=bytes(32)).rows["dep___fin"].tolist() == [True, False]


BACKGROUND = """
record_id redcap_event_name cf1 cf2 pulse_complete d0 d1 d2 d3 bg_complete
1 t0 - - - 1 1 1 1 2
1 t12 5 4 2 - - - - -
2 t0 2 3 2 1 1 1 1 2
2 t12 1 1 2 - - - - -
3 t0 3 3 2 - - - - -
3 t12 3 3 2 - - - - -
"""


def test_a_form_with_more_items_takes_no_row_and_gives_none_to_another_wave(tmp_path):
    table = written(tmp_path, BACKGROUND)
    assert (len(table.rows), table.merged, table.dropped) == (6, 0, {})
    assert told(table, "wave") == ["t0", "t12"] * 3
    assert cells(table, "cf1") == [None, "5", "2", "1", "3", "3"]
    assert cells(table, "d0") == ["1", None, "1", None, None, None]
    assert told(table, "finished") == ["1"] * 6


def test_a_form_answered_at_two_events_between_waves_stays_there(tmp_path):
    table = written(
        tmp_path,
        """
        record_id redcap_event_name q1 pulse_complete level hr_complete
        1 t0 4 2 - -
        1 m6 - - junior 2
        1 t12 3 2 - -
        1 m13 - - senior 2
        """,
    )
    assert told(table, "wave") == ["t0", "m6", "t12", "m13"]
    assert cells(table, "level") == [None, "junior", None, "senior"]


ENROLLED = """
record_id redcap_event_name role box___1 box___2 enrol_complete q1 pulse_complete exit why_complete
1 enrolment mentor 0 1 2 - - - -
1 t0 - 0 0 - 4 2 - -
1 t12 - 0 0 - 3 2 - -
1 last - 0 0 - - - bored 2
2 enrolment mentee 1 0 2 - - - -
"""


def test_an_enrolment_with_its_boxes_goes_to_later_rows_and_stays_where_there_are_none(tmp_path):
    table = written(tmp_path, ENROLLED)
    assert told(table, "wave") == ["t0", "t12", "last", "enrolment"]
    assert (table.merged, table.dropped) == (1, {})
    assert cells(table, "role") == ["mentor", "mentor", "mentor", "mentee"]
    assert cells(table, "box___2") == ["1", "1", "1", "0"]
    assert cells(table, "exit") == [None, None, "bored", None]  # what was said last was not known before
    assert "enrolment stands before the waves" in table.notes[0]
    assert 'waves = {"enrolment" = "..."}' in table.notes[0]


def test_an_event_that_the_plan_names_is_a_wave(tmp_path):
    table = written(tmp_path, ENROLLED, waves={"enrolment": "T0", "t12": "T12"})
    assert (len(table.rows), table.merged) == (5, 0)
    assert cells(table, "role") == ["mentor", None, None, None, "mentee"]


def test_forms_of_one_wave_each_are_no_facts_of_the_other(tmp_path):
    table = written(
        tmp_path,
        """
        record_id redcap_event_name q1 before_complete q2 after_complete
        1 t0 4 2 - -
        1 t12 - - 3 2
        """,
    )
    assert cells(table, "q1") == ["4", None]
    assert cells(table, "q2") == [None, "3"]


MEETINGS = """
record_id redcap_event_name redcap_repeat_instrument redcap_repeat_instance q1 pulse_complete minutes meeting_complete
1 t0 - - - - - -
1 t0 meeting 1 - - 30 2
1 t0 meeting 2 - - 40 2
1 t12 - - 3 2 - -
2 t0 - - 5 2 - -
2 t0 meeting 1 - - 20 0
2 t12 - - 1 0 - -
"""


def test_rows_of_a_repeating_form_get_only_what_stands_at_their_event(tmp_path):
    table = written(tmp_path, MEETINGS, sheet="meeting")
    assert cells(table, "q1") == [None, None, "5"]
    assert told(table, "finished") == ["1", "1", "0"]  # of the meeting, not of the pulse
    assert table.merged == 1
    assert table.dropped == {"of another form (not repeating)": 2, "without an answer": 1}
    assert "2 with answers were left out" in table.notes[0]
    assert 'write sheet = ""' in table.notes[0]


def test_an_instance_of_an_event_is_no_other_s(tmp_path):
    table = written(
        tmp_path,
        """
        record_id redcap_event_name redcap_repeat_instrument redcap_repeat_instance q1 a_complete m b_complete
        1 t0 - 1 4 2 - -
        1 t0 - 2 3 2 - -
        1 t0 visit 1 - - 9 2
        """,
        sheet="visit",
    )
    assert cells(table, "q1") == [None]


def test_a_file_without_rows_that_do_not_repeat_says_so(tmp_path):
    with pytest.raises(DataError, match=r"no row that does not repeat\. It has visit"):
        written(
            tmp_path,
            "record_id redcap_repeat_instrument redcap_repeat_instance m b_complete\n1 visit 1 9 2",
            sheet="",
        )


def test_whoever_answered_one_form_is_kept_and_finished_where_all_of_theirs_are_complete(tmp_path):
    table = written(
        tmp_path,
        """
        record_id a1 a2 one_timestamp one_complete b1 b2 two_timestamp two_complete
        1 1 2 2026-03-02 2 4 4 2026-03-03 2
        2 1 2 2026-03-02 2 - - [not_completed] 0
        3 - - - 0 4 4 2026-03-04 2
        4 1 - 2026-03-02 2 4 - - 0
        5 1 - - - - - - -
        6 - - - 0 - - - 0
        7 - - 2026-03-05 2 - - - -
        """,
    )
    assert cells(table, "record_id") == ["1", "2", "3", "4", "5", "7"]  # 7 handed it in and answered nothing
    assert table.dropped == {"without an answer": 1}
    assert told(table, "finished") == ["1", "1", "1", "0", "", "1"]
    times = ["2026-03-03", "2026-03-02", "2026-03-04", "2026-03-02", "", "2026-03-05"]
    assert told(table, "submitted_at") == times


def test_before_anybody_answered_all_rows_stand(tmp_path):
    table = written(tmp_path, "record_id a1 one_complete\n1 - 0\n2 - 0")
    assert len(table.rows) == 2
    assert told(table, "finished") == ["", ""]


IDENTIFIED = """
record_id redcap_event_name redcap_survey_identifier q1 p_complete
1 t0 {} 1 2
1 t12 - 2 2
2 t0 {} 3 2
3 t0 {} 4 2
3 t12 {} 5 2
"""


@pytest.mark.parametrize(
    ("identifiers", "person", "said"),
    [
        ("----", ["1", "1", "2", "3", "3"], []),
        ("abcc", ["a", "a", "b", "c", "c"], []),
        ("a-cc", ["a", "a", "", "c", "c"], ["empty in 1 of 5 rows"]),
        ("abcd", ["a", "a", "b", "c", "d"], ["1 of 3 records have more than one"]),
    ],
)
def test_people_are_identified_one_way_in_one_file(tmp_path, identifiers, person, said):
    table = written(tmp_path, IDENTIFIED.format(*identifiers))
    assert told(table, "person") == person
    assert len(table.notes) == len(said)
    for note, words in zip(table.notes, said, strict=True):
        assert words in note
        assert '[columns.survey]\nperson = "record_id"' in note


@pytest.mark.parametrize(
    "text",
    [
        "study_id consent consent_complete pulse_timestamp a pulse_complete\n1 1 2 - 4 2\n2 1 2 - - 0\n3 0 2 - - -",
        "pid a pulse_complete\nx 4 Complete\ny 3 Incomplete",
        "ID Question Complete?\nx 4 Complete\ny 3 Unverified",
    ],
)
def test_a_file_whose_id_is_called_otherwise_is_told_by_the_marks_of_its_forms(tmp_path, text):
    assert written(tmp_path, text).platform == "REDCap"


@pytest.mark.parametrize(
    "text",
    [
        "id unit training_complete\n1 a 0\n2 b 1",  # yes or no
        "id training_complete score\n1 2 5\n2 0 4",  # no end of a form
        "id unit training_complete\n1 a 2\n1 b 0",  # more than a row each
        "id unit modules_complete\n1 a 2\n2 b 7",  # a count
        "Id Unit training_complete\n1 a 2\n2 b 0",  # headers that the platform does not make
        "id training_complete\n1 2\n2 0",  # nothing asked
    ],
)
def test_a_table_with_something_complete_is_no_export(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text(text.replace(" ", ","))
    assert not is_redcap(open_grid(path, path.name, File(path=path.name)))


FORMS = {"demo": ["d1"], "pulse": ["q1", "q2"], "visit": ["v1"]}


def made(draw, *, repeats):
    """Rows of records by event, each cell naming the row that it was given in; and which forms each row answers."""
    rows, answered = [], []
    habit = {(form, event): draw.random() for form in FORMS for event in range(4)}
    habit = {key: chance if chance > 0.4 else 0 for key, chance in habit.items()}
    if draw.random() < 0.5:  # an enrolment
        habit = {(form, event): habit[form, event] * ((form == "demo") == (event == 0)) for form, event in habit}
    for record in range(draw.integers(1, 5)):
        for event in range(4):
            times = draw.integers(0, 3) if repeats and event else 0
            for instance in range(times + 1):
                forms = ["visit"] if instance else [form for form in FORMS if not (repeats and form == "visit")]
                given = [form for form in forms if instance or draw.random() < habit[form, event]]
                row = {"record_id": f"r{record}", "redcap_event_name": f"e{event}"}
                if repeats:
                    row |= {
                        "redcap_repeat_instrument": "visit" if instance else "",
                        "redcap_repeat_instance": str(instance or ""),
                    }
                for form, items in FORMS.items():
                    row |= {item: f"w{len(rows)}" if form in given else "" for item in items}
                    row[f"{form}_complete"] = str(draw.integers(0, 3)) if form in given else ""
                rows.append(row)
                answered.append(set(given))
    return rows, answered


@pytest.mark.parametrize("sheet", [None, "", "visit"])
@given(seed=st.integers(0, 2**32 - 1))
def test_no_answer_leaves_its_wave_and_no_row_is_lost(sheet, seed):
    rows, answered = made(np.random.default_rng(seed), repeats=sheet is not None)
    if sheet == "visit" and not any(row["redcap_repeat_instrument"] for row in rows):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        table = read(path, sheet=sheet)
    assert table.height == len(table.rows) + table.merged + sum(table.dropped.values()) == len(rows)
    often = Counter((row["record_id"], form) for row, forms in zip(rows, answered, strict=True) for form in forms)
    facts = {form for form in FORMS if all(count == 1 for (_, other), count in often.items() if other == form)}
    kept = [int(row) - 2 for row in table.rows]
    found = {name: cells(table, name) for name in table.columns}
    for place, at in enumerate(kept):
        for form, items in FORMS.items():
            for item in items:
                cell = found[item][place]
                if form in answered[at]:
                    assert cell == f"w{at}"
                elif cell:
                    giver = rows[int(cell[1:])]
                    assert giver["record_id"] == rows[at]["record_id"]
                    there = giver["redcap_event_name"] == rows[at]["redcap_event_name"]
                    assert there or (form in facts and int(cell[1:]) < at)
    wanted = [at for at, row in enumerate(rows) if row.get("redcap_repeat_instrument", "") == (sheet or "")]
    for at in {at for at in wanted if answered[at]} - {*kept}:  # merged: each of its answers stands in a later row
        assert table.merged
        assert answered[at] <= facts
        assert all(f"w{at}" in found[item] for form in answered[at] for item in FORMS[form])
    assert any(answered[at] for at in wanted) <= all(answered[at] for at in kept)
