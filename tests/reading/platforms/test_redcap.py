"""REDCap: events, repeating forms and boxes become one row a response."""

from pathlib import Path

import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.platforms.redcap import is_redcap, read_redcap

REAL = Path(__file__).parents[1] / "exports" / "redcap-real"
TWINS = Path(__file__).parents[1] / "exports" / "same-survey"


def read(path, **settings):
    grid = open_grid(path, path.name, File(path=path.name))
    assert is_redcap(grid)
    return read_redcap(grid, File(path=path.name, **settings))


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


def test_a_minus_in_a_code_is_read_from_its_underscores(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("record_id,x___1,x____1,form_complete\n1,0,1,2\n")
    assert read(path).fields["x____1"].choice == "-1"
