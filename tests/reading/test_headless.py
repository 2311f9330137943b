"""A file without a header row is told as such, and no cell of its first row is told as a column's name."""

import json

import pytest

from mentorstudy import inspect_files
from mentorstudy.nouns.file import File
from mentorstudy.reading.files import read_file
from mentorstudy.reading.headless import is_record, looks_like_data
from mentorstudy.reading.table import NO_HEADERS

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
        (("Agree", "Disagree"), [("Agree", ""), ("", "Disagree")]),
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
    [file] = inspect_files([table(tmp_path, names, *cells)]).files
    assert tuple(column.name for column in file.columns) == names


def test_a_message_of_a_missing_column_tells_no_person_of_the_first_row(tmp_path):
    rows = [
        ("Anna Schmidt", "comment on her boss", "P0001"),
        *((name, name[:2], f"P{at}") for at, name in enumerate(NAMES)),
    ]
    read = read_file(table(tmp_path, *rows), "a.csv", File(path="a.csv"))
    assert read.headless


def test_one_odd_name_hides_names_and_refuses_nothing(tmp_path):
    path = table(tmp_path, ("id", "712", "hours"), ("P1", "in the north", "3"), ("P2", "in the south", "4"))
    read = read_file(path, "a.csv", File(path="a.csv"))
    names, columns = list(read.columns), list(read.columns.values())
    assert looks_like_data(names, columns)
    assert not is_record(names, columns)
