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
