"""A file without a header row is told as such, and no cell of its first row is told as a column's name."""

import json

import pytest

from mentorstudy import inspect_files
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.files import read_file
from mentorstudy.reading.table import IN_DOUBT, NO_HEADERS

NAMES = ("Bert Maier", "Cleo Diaz", "Dora Hall", "Emil van den Berg")


def table(tmp_path, *rows):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in rows) + "\n")
    return path


@pytest.mark.parametrize(
    "rows",
    [
        [(f"Anna Schmidt{at}", "Agree", "Berlin") for at in range(1, 20)],
        [("Anna Schmidt", "a comment", "P0001"), *((name, name[:3], f"P000{len(name)}") for name in NAMES)],
        [("Anna Schmidt", "fine"), *((name, f"so {name[:2]}") for name in NAMES)],
        [("2024-05-01", "a"), ("2024-05-02", "b"), ("2024-05-03", "c")],
        [("3", "a"), ("5", "b"), ("4", "c")],
        [("ann@example.org", "a"), ("bo@example.org", "b")],
        [("R_pzbdtMJKwH2DaDB", "a"), ("R_2bdtMJKwHDaDBxy", "b")],
        [("abx", "Strongly agree", "Often"), ("cde", "Agree", "Never"), ("efg", "Disagree", "Rarely")],
        [("P01", "fine"), ("P02", "so so"), ("P03", "never mind"), ("P04", "often ill")],
        [("abx", "4"), ("cde", "3"), ("efg", "4")],
        [("Agree", "Agree.1", "a"), ("Disagree", "Neither", "b"), ("Strongly agree", "Disagree", "c")],
        [("P01", "no answer"), ("P02", "3"), ("P03", "4")],
        [("4", "My boss Anna shouts"), ("3", "Too many meetings"), ("5", "Fine."), ("4", "I like it here mostly")],
        [("Agree", "My boss Anna shouts"), ("Disagree", "Too many meetings"), ("Agree", "Fine."), ("Agree", "")],
        [("No", "My boss Anna shouts at us all day."), *[("Yes", "Fine."), ("No", "Too many meetings")] * 4],
    ],
)
def test_a_first_row_of_data_is_told_and_not_shown(tmp_path, rows):
    found = inspect_files([table(tmp_path, *rows)])
    assert not found.files
    assert not found.plan
    [fault] = found.faults
    assert fault == f"a.csv: {NO_HEADERS}"
    told = json.dumps(found.as_json()) + repr(found)
    assert not any(cell in told for cell in rows[0] if len(cell) > 4)


@pytest.mark.parametrize(
    ("names", "cells"),
    [
        (("id", "2023", "2024"), [("P1", "3", "2"), ("P2", "4", "5")]),
        (("id", "2024-05-01", "2024-06-01"), [("P1", "3", "2"), ("P2", "4", "5")]),
        (("id", "1", "2", "3"), [("P1", "3", "2", "1"), ("P2", "4", "5", "5")]),
        (("Q1", "Q2_a"), [("Agree", "3"), ("Disagree", "4")]),
        (("Name", "Line Manager"), [("Anna Schmidt", "Bert Maier"), ("Cleo Diaz", "Dora Hall")]),
        (("code", "Agree", "Disagree"), [("abx", "Agree", ""), ("cde", "", "Disagree")]),
        (("code", "Yes", "No"), [("abx", "Yes", "No"), ("cde", "No", "No")]),
        (("id", "1", "2"), [("P1", "3", "2"), ("P2", "4", "5")]),
        (("id", "3", "5", "8"), [("P1", "3", "2", "1"), ("P2", "4", "5", "5")]),
        (("id", "712", "hours"), [("P1", "in the north", "3"), ("P2", "in the south", "4")]),
        (("id", "leadership_item1"), [("P1", "3"), ("P2", "4")]),
        (("code", "What went well?"), [("abx", "Time for my plans"), ("cde", "Nothing really")]),
        (("Agree", "Disagree"), [("1", "0"), ("0", "1")]),
        (("Agree", "Disagree"), [("yes", "no"), ("no", "yes")]),
        (("How far do you agree?", "confidence@T0"), [("Agree", "3"), ("Disagree", "4")]),
        (("employee_id", "Other", "Site"), [("12", "Other", "Bern"), ("13", "Boss", "Basel")]),
        (("code", "Mentor", "Site"), [("abx", "Mentor", "Bern"), ("cde", "Mentee", "Basel")]),
        (("id", "T0", "T12"), [("anna", "T0", "T12")]),
        (("id", "T0"), [("anna", "T0"), ("bert", "T12")]),
        (("code", "Agree"), [("abx", "Agree"), ("cde", "Disagree"), ("efg", "Neutral")]),
        (("Code", "Often", "Gender"), [("abx", "Often", "f"), ("cde", "Rarely", "m"), ("efg", "Never", "f")]),
        (("person_code", "wave1"), [("XY1", "wave2"), ("XY2", "wave3")]),
        (("unit", "site", "Level 1"), [("x", "a", "Level 2"), ("y", "f", "Level 3")]),
        (("record_id", "event", "q1___1"), [("1", "t0_arm_1", "1"), ("2", "t0_arm_1", "0")]),
    ],
)
def test_honest_headers_stay_headers(tmp_path, names, cells):
    [file] = inspect_files([table(tmp_path, names, *cells, *cells)]).files
    assert tuple(column.name for column in file.columns) == names
    assert inspect_files([table(tmp_path, names, *cells)]).files, "two rows say little, and refuse nothing"


def test_a_message_of_a_missing_column_tells_no_person_of_the_first_row(tmp_path):
    rows = [
        ("Anna Schmidt", "comment on her boss", "P0001"),
        *((name, name[:2], f"P{at}") for at, name in enumerate(NAMES)),
    ]
    read = read_file(table(tmp_path, *rows), "a.csv", File(path="a.csv"))
    assert read.headless


IN_WORDS = [
    ("My boss Anna shouts", "Time for my plans"),
    ("Too many meetings", "talks"),
    ("so so", "Really nothing"),
]


def test_in_doubt_columns_are_called_by_their_places(tmp_path):
    found = inspect_files([table(tmp_path, *IN_WORDS)])
    [file] = found.files
    assert [column.name for column in file.columns] == ["column 1", "column 2"]
    assert IN_DOUBT in file.notes
    assert not found.plan
    told = json.dumps(found.as_json()) + repr(found)
    assert not any(cell in told for row in IN_WORDS for cell in row if len(cell) > 5)


def test_in_doubt_a_column_with_addresses_is_told_by_its_place(tmp_path):
    rows = [(first, f"{second} ask ann@example.org") for first, second in IN_WORDS]
    [file] = inspect_files([table(tmp_path, *rows)]).files
    assert any("column 2 holds e-mail addresses" in note for note in file.notes)


def test_an_address_among_headers_hides_them_all(tmp_path):
    rows = [("id", "ann@example.org", "hours"), *[("P1", "in the north", "3"), ("P2", "in the south", "4")] * 3]
    assert "ann@" not in repr(inspect_files([table(tmp_path, *rows)]))


def test_in_doubt_no_message_tells_a_name(tmp_path):
    read = read_file(table(tmp_path, *IN_WORDS), "a.csv", File(path="a.csv"))
    with pytest.raises(DataError) as told:
        read.column("My boss Ann", role="survey", word="person")
    assert str(told.value) == f"a.csv: no column My boss Ann. {IN_DOUBT}"


def test_two_names_that_are_the_same_are_told_by_their_places_where_they_may_be_answers(tmp_path):
    rows = [("Anna shouts", "so so", "Anna shouts"), *[("Too many meetings", "so so", "Fine by me")] * 2]
    with pytest.raises(DataError, match="are the same") as told:
        read_file(table(tmp_path, *rows), "a.csv", File(path="a.csv"))
    assert "Anna" not in str(told.value)


def test_a_column_left_unread_does_not_make_the_others_headers(tmp_path):
    rows = [(f"{name.split()[0]}@example.org", f"so {name[:2]}") for name in NAMES]
    read = read_file(table(tmp_path, ("ann@example.org", "fine"), *rows), "a.csv", File(path="a.csv"))
    assert read.headless
    assert not any("ann@" in note for note in read.notes)
    with pytest.raises(DataError) as told:
        read.column("id", role="survey", word="person")
    assert "ann@" not in str(told.value)


def test_cells_are_held_against_a_person_s_name_only_where_the_header_may_be_one(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("mentorstudy.reading.headless.named_as_they_are", lambda name, _: asked.append(name))
    inspect_files([table(tmp_path, ("mood1", "Line Manager"), ("fine", "Anna Schmidt"), ("so so", "Bert Maier"))])
    assert set(asked) == {"Line Manager"}
