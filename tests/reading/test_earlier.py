"""A new export of a known survey is compared with the one of the last run, response by response."""

import re

import pytest

from mentorstudy import read_cohort, read_study
from mentorstudy.nouns.state import private_folder, remember

HEAD = "StartDate,EndDate,Status,Progress,Finished,RecordedDate,ResponseId,id,z1,z2,z3\n"


def export(small, answers):
    """Wave T0 as a Qualtrics export with one header row; `answers` are (person, finished, z1)."""
    day = "2025-01-10 08:00:00"
    rows = [
        f"{day},{day},IP Address,{100 if done else 40},{done},{day},R_{person.zfill(15)},{person},{first},3,3\n"
        for person, done, first in answers
    ]
    small.path("survey_T0.csv").write_text(HEAD + "".join(rows))


def notes(small):
    study = read_study(small.folder)
    [file] = [file for file in read_cohort(study, "first").files if file.wave == "T0"]
    return " ".join(file.ledger.notes)


@pytest.fixture
def known(small, monkeypatch, tmp_path):
    """A study whose first wave was run once, with sixty answers."""
    monkeypatch.setenv("MENTORSTUDY_HOME", str(tmp_path / "home"))
    people = [line.split(",")[0] for line in small.path("hr.csv").read_text().splitlines()[1:61]]
    answers = [(person, True, 1 + at % 5) for at, person in enumerate(people)]
    answers[50:] = [(person, False, first) for person, _, first in answers[50:]]
    export(small, answers)
    assert "another export" not in notes(small)
    remember(small.folder, "first")
    return small, answers


def test_the_same_bytes_are_the_same_export(known):
    small, _ = known
    assert "another export" not in notes(small)


def test_new_completed_changed_and_gone_are_counted(known):
    small, answers = known
    later = [(person, done or at < 57, first) for at, (person, done, first) in enumerate(answers)]
    later[:6] = [(person, done, 6 - first) for person, done, first in later[:6]]
    export(small, [*later[:40], *later[45:]])
    told = re.search(r"another export than in the last run: of its responses (.*?)\.", notes(small))[1]
    assert told == "about 5 completed since, about 5 changed, about 5 gone"


def test_rows_and_columns_in_another_order_change_nothing(known):
    small, answers = known
    export(small, answers[::-1])
    assert "of its responses none changed" in notes(small)


def test_only_a_published_run_is_remembered(known):
    small, answers = known
    export(small, answers[:40])
    first = notes(small)
    assert "about 20 gone" in first
    assert notes(small) == first
    remember(small.folder, "first")
    assert "another export" not in notes(small)


def test_nothing_that_is_kept_tells_of_anybody(known):
    small, answers = known
    kept = b"".join(path.read_bytes() for path in private_folder(small.folder, "exports").glob("*.npz"))
    assert kept
    for person, _, _ in answers:
        assert person.zfill(15).encode() not in kept
        assert f"R_{person.zfill(15)}".encode() not in kept
