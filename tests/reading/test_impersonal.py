"""Columns that tell of a person stay outside, unless the plan takes one for an id, which becomes a pseudonym."""

import pytest

from mentorstudy import inspect_files, read_cohort, read_study
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.files import read_file

HEAD = "First Name,E-Mail,Tel.,IPAddress,LocationLatitude,Answer"
ROWS = [
    "Jo,jo@example.com,+44 20 7946 0958,192.0.2.7,51.5074,3",
    "Ann,ann@example.com,+44 20 7946 0000,192.0.2.8,51.5075,4",
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pulse.csv"
    path.write_text("\n".join([HEAD, *ROWS]) + "\n")
    return path


def test_they_never_enter_the_tables(file):
    export = read_survey(file, key=b"k" * 32)
    assert list(export.rows) == ["Answer"]
    assert "First Name, E-Mail, Tel., IPAddress, LocationLatitude" in export.ledger.notes[0]


def test_no_message_or_note_holds_a_value(file):
    export = read_survey(file, key=b"k" * 32)
    told = repr(export) + repr(inspect_files([file])) + str(export.ledger)
    for word in ("Jo", "jo@", "7946", "192.0.2.7", "51.5074"):
        assert word not in told


def test_an_address_that_the_plan_takes_for_the_id_is_kept_for_that_alone(file):
    settings = File(path="pulse.csv")
    table = read_file(file, "pulse.csv", settings, ids=["E-Mail"])
    assert set(table.columns) == {"E-Mail", "Answer"}


def test_a_plan_that_asks_for_one_as_a_fact_is_told_why_not(small):
    small.change("hr.csv", lambda text: text.replace("site", "First Name", 1))
    small.change("plan.toml", lambda text: text.replace('["grade", ', '["grade", "First Name", '))
    with pytest.raises(DataError, match="column First Name tells of a person"):
        read_cohort(read_study(small.folder), "first")


def test_one_file_read_without_a_plan_holds_its_ids_as_pseudonyms_of_that_reading(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("E-mail,q1\nann@acme.com,3\nbob@acme.com,4\nAnn@Acme.com,5\n", encoding="utf-8")
    assert list(read_survey(path).rows) == ["q1"]
    once, again = (read_survey(path, person="E-mail").rows for _ in range(2))
    assert list(once) == ["person", "q1"]
    assert once["person"].duplicated().tolist() == [False, False, True]
    assert not set(once["person"]) & set(again["person"])
    keyed = [read_survey(path, person="E-mail", key=b"k" * 32).rows["person"].tolist() for _ in range(2)]
    assert keyed[0] == keyed[1]
    with pytest.raises(DataError, match="no column Mail"):
        read_survey(path, person="Mail")


TOLD = "column How did it go? holds e-mail addresses or phone numbers within"


@pytest.mark.parametrize(
    "text",
    [
        "fine, ask anna.m@acme.example",
        "call me +49 170 1234567",
        "my mentor's number is 0170 1234567.",
        "reach me at 01701234567 please",
        "(202) 555-0143 is the office",
        "appelez le 06 12 34 56 78",
    ],
)
def test_an_address_or_number_within_a_text_is_told_and_the_text_kept(tmp_path, text):
    path = tmp_path / "pulse.csv"
    path.write_text("How did it go?,q\n" + f'"{text}",1\ngood,2\nwe met a lot,3\n' * 10, encoding="utf-8")
    export = read_survey(path)
    assert list(export.rows) == ["How did it go?", "q"]
    [note] = [note for note in export.ledger.notes if "within" in note]
    assert f"pulse.csv: {TOLD} its texts in about 10 rows; they are kept as text and never printed." in note
    assert text not in note
    assert any(TOLD in note for note in inspect_files([path]).files[0].notes)


@pytest.mark.parametrize(
    "text",
    [
        "we met on 2026-03-02 17:04 and 03.03.2026",
        "since 2024-2025 we spent 10 000 000 on it",
        "2026-03-02T17:04:31+01:00 was late",
        "ticket 1234567890 of project 0012345678",
        "she is @ work from 09:00 - 17:30",
        "page 012-3 to 014-5, 100 - 200 people",
        "4.5 of 5, +10 points, 1/2 of 3/4",
    ],
)
def test_days_sums_and_ids_within_a_text_are_no_numbers_of_phones(tmp_path, text):
    path = tmp_path / "pulse.csv"
    path.write_text("How did it go?,q\n" + f'"{text}",1\ngood,2\nwe met a lot,3\n' * 10, encoding="utf-8")
    assert not any("within" in note for note in read_survey(path).ledger.notes)


def test_of_many_texts_some_are_looked_at_and_the_note_says_so(tmp_path):
    path = tmp_path / "pulse.csv"
    rows = "".join(f"I wrote to p{n}@acme.example twice,1\nall was fine the {n}th time,2\n" for n in range(1500))
    path.write_text("How did it go?,q\n" + rows, encoding="utf-8")
    [note] = [note for note in read_survey(path).ledger.notes if "within" in note]
    assert f"{TOLD} some of its texts; they" in note


MANAGERS = ["Ann Lee", "Bob O'Hara", "Eva Müller", "Jan van der Berg", "Zoe Kim", ""]


@pytest.mark.parametrize(("header", "mapped"), [("manager", ""), ("Line manager", 'manager = "Line manager"\n')])
def test_managers_by_their_names_group_people_under_pseudonyms(small, header, mapped):
    rows = small.path("hr.csv").read_text().splitlines()
    named = [f"{row},{MANAGERS[place % 6]}" for place, row in enumerate(rows[1:])]
    small.path("hr.csv").write_text("\n".join([f"{rows[0]},{header}", *named]) + "\n", encoding="utf-8")
    told = '[clusters]\nmanager = "treated only"\n\n[columns.people]\n' + mapped
    small.change("plan.toml", lambda text: text.replace("[columns.people]\n", told))
    [people] = read_cohort(read_study(small.folder), "first").of("people", "people")
    managers = people.rows["manager"]
    assert managers.nunique() == 5
    assert managers.isna().sum() == len(named) // 6
    assert managers.dropna().str.fullmatch("[0-9a-f]{32}").all()
