"""A new export of a known survey is compared with the one of the last run, response by response."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mentorstudy import read_cohort, read_study
from mentorstudy.nouns.file import File
from mentorstudy.nouns.state import memory, private_folder, remember
from mentorstudy.reading.earlier import compared
from mentorstudy.reading.files import read_file

TWINS = Path(__file__).parent / "exports" / "same-survey"
AGAIN = "another export than in the last run: of its responses "
WORDS = ["never", "seldom", "sometimes", "often", "always"]
KIND = (
    "; most of its columns are called or written otherwise, as in an export with labels for codes, or stand beside "
    "other responses, as after one column was sorted alone: look which it is; only who answered is compared"
)
HEAD = "StartDate,EndDate,Status,Progress,Finished,RecordedDate,ResponseId,id,z1,z2,z3\n"


def export(small, answers, head=HEAD, rest="3,3"):
    """Wave T0 as a Qualtrics export with one header row; `answers` are (person, finished, z1)."""
    day = "2025-01-10 08:00:00"
    rows = [
        f"{day},{day},IP Address,{100 if done else 40},{done},{day},R_{person.zfill(15)},{person},{first},{rest}\n"
        for person, done, first in answers
    ]
    small.path("survey_T0.csv").write_text(head + "".join(rows))


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


def told(small):
    """What the notes say of changes."""
    return re.search(rf"{AGAIN}(.*)\.", notes(small))[1]


def test_a_column_more_changes_no_answer(known):
    small, answers = known
    export(small, answers, head=HEAD.replace("z3", "z3,z4"), rest="3,3,5")
    assert told(small) == "none changed; 1 column added"
    remember(small.folder, "first")
    export(small, answers)
    assert told(small) == "none changed; 1 column taken out"


def test_many_columns_more_hide_no_changes(known):
    small, answers = known
    more = [f"n{at}" for at in range(20)]
    later = [(person, done, 6 - first if at < 25 else first) for at, (person, done, first) in enumerate(answers)]
    export(small, later, head=HEAD.replace("z3", ",".join(["z3", *more])), rest=",".join(["3"] * 22))
    assert told(small) == "about 20 changed; 20 columns added"
    remember(small.folder, "first")
    export(small, answers)
    assert told(small) == "about 20 changed; 20 columns taken out"


def test_numbers_and_capitals_written_otherwise_are_the_same_answers(known):
    small, answers = known
    export(small, [(person, done, f"{first}.0") for person, done, first in answers])
    assert told(small) == "none changed"
    words = [(person, done, WORDS[first - 1]) for person, done, first in answers]
    export(small, words)
    said = (
        "none known to have changed; in 1 column most answers are not those of before: they are written otherwise, or "
        "stand beside other responses, as after one column was sorted alone; look which it is"
    )
    assert told(small) == said
    remember(small.folder, "first")
    export(small, [(person, done, first.upper()) for person, done, first in words])
    assert told(small) == "none changed"


def test_most_columns_written_otherwise_is_an_export_of_another_kind(known):
    small, answers = known
    gone = [(person, done, WORDS[first - 1]) for person, done, first in answers[20:]]
    export(small, gone, rest="sometimes,sometimes")
    assert told(small) == f"about 20 gone{KIND}"


@pytest.mark.parametrize(
    "damaged", [lambda raw: b"", lambda raw: raw[:100], lambda raw: raw[:-40], lambda raw: b"x" * 300]
)
def test_a_damaged_memory_is_told_and_the_reading_goes_on(known, damaged):
    small, answers = known
    place = memory(small.folder, "first", "first/survey_T0.csv")
    place.write_bytes(damaged(place.read_bytes()))
    export(small, answers[1:])
    assert "what the last run kept of it cannot be read" in notes(small)
    remember(small.folder, "first")
    assert "last run" not in notes(small)


def test_a_memory_of_another_version_is_told_once(known):
    small, answers = known
    place = memory(small.folder, "first", "first/survey_T0.csv")
    with np.load(place) as kept:
        first = {name: kept[name] for name in kept if name != "form"}  # as the first version wrote it
    np.savez(place, **first)
    assert "last run" not in notes(small)  # the same bytes
    export(small, answers[1:])
    assert "what the last run kept of it is by another version of mentorstudy, so that only" in notes(small)
    remember(small.folder, "first")
    assert "last run" not in notes(small)


def test_a_run_of_one_cohort_leaves_the_news_of_another(known):
    small, _ = known
    shutil.copytree(small.folder / "first", small.folder / "first-b")
    read_cohort(read_study(small.folder), "first-b")
    remember(small.folder, "first")
    news = [path.name for path in private_folder(small.folder, "exports").glob("*.new")]
    assert len(news) == 1
    assert "-first-b-" in news[0]


def after(tmp_path, first, second, settings=None):
    """What the second file says as a new export of the first."""
    said = []
    for path in (first, second):
        table = replace(read_file(path, path.name, settings or File(path=path.name)), file="x.csv")
        said.append(compared(tmp_path, "c", table, b"k" * 32))
        remember(tmp_path, "c")
    assert said[0] == ""
    return said[1]


def test_labels_for_numbers_are_no_changes(tmp_path, monkeypatch):
    monkeypatch.setenv("MENTORSTUDY_HOME", str(tmp_path / "home"))
    text, numbers = TWINS / "surveymonkey_text.csv", TWINS / "surveymonkey_numeric.csv"
    assert after(tmp_path, text, numbers) == f"{AGAIN}none new or gone{KIND}"


def test_ids_written_otherwise_are_not_new_people(tmp_path, monkeypatch):
    monkeypatch.setenv("MENTORSTUDY_HOME", str(tmp_path / "home"))
    raw, labels = TWINS / "redcap_raw_longitudinal.csv", TWINS / "redcap_labels_longitudinal.csv"
    assert after(tmp_path, raw, labels).endswith(
        "none of its responses is known by its id, so that the two cannot be compared"
    )


def test_a_row_less_in_a_sheet_is_one_response_gone(tmp_path, monkeypatch):
    monkeypatch.setenv("MENTORSTUDY_HOME", str(tmp_path / "home"))
    head, *rows = ["Timestamp,How is it?", *(f"3/2/2026 17:14:{at:02},{at % 5}" for at in range(14))]
    for name, lines in (("a.csv", rows), ("b.csv", rows[:3:-1])):
        (tmp_path / name).write_text("\n".join([head, *lines]) + "\n")
    assert after(tmp_path, tmp_path / "a.csv", tmp_path / "b.csv") == f"{AGAIN}fewer than 5 gone"


@pytest.mark.parametrize(
    ("head", "kind"), [("a,x,y,z,u,v", KIND), ("a,b,x,y,z,u", "; 4 columns added, 1 column taken out")]
)
def test_columns_most_of_which_are_called_otherwise_are_an_export_of_another_kind(
    tmp_path, monkeypatch, head, kind
):
    monkeypatch.setenv("MENTORSTUDY_HOME", str(tmp_path / "home"))
    for name, heads in (("a.csv", "a,b,c"), ("b.csv", head)):
        rest = ",".join(["3"] * len(heads.split(",")))
        rows = [f"3/2/2026 17:14:{at:02},{rest}" for at in range(14)]
        (tmp_path / name).write_text("\n".join([f"Timestamp,{heads}", *rows]) + "\n")
    none = "none new or gone" if kind == KIND else "none changed"
    assert after(tmp_path, tmp_path / "a.csv", tmp_path / "b.csv") == f"{AGAIN}{none}{kind}"


def test_equal_answers_are_kept_as_different_bytes(known):
    small, _ = known
    with np.load(memory(small.folder, "first", "first/survey_T0.csv")) as kept:
        cells = kept["cells"]
    assert cells.shape[1] == 60
    assert len(np.unique(cells)) > 0.9 * cells.size
