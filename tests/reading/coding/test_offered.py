"""Labels are shown as answers that were offered; those that look like a list of people are not, first names too."""

import json

import pandas as pd
import pyreadstat
import pytest

from mentorstudy import inspect_files
from mentorstudy.reading.coding.offered import offered
from mentorstudy.reading.coding.personal import heads_people

FIRST = ["Anna", "Bert", "Cleo", "Jean-Luc"]
HONEST = ["Morning", "Evening", "Weekend", "Overnight"]


def told(texts, times, *, of_people=False):
    return offered(texts, declared=True, rows=dict.fromkeys(texts, times), of_people=of_people)


def test_first_names_in_few_rows_each_are_a_list_of_people():
    assert told(FIRST, 2) == set()
    assert told([f"{at} - {name}" for at, name in enumerate(FIRST, start=1)], 2) == set()
    assert told([*FIRST, "nobody of them", "Never"], 2) == {"Never"}


def test_first_names_below_a_header_of_people_are_not_shown_however_many_share_them():
    assert told(FIRST, 50, of_people=True) == set()
    assert told(["Anna", "Bert"], 50, of_people=True) == set()


@pytest.mark.parametrize(
    ("texts", "times", "of_people"),
    [
        (HONEST, 5, False),
        (HONEST[:2], 1, False),
        (["Weekly", "Every two weeks", "Less often"], 1, False),
        (["Sales", "Marketing", "Finance", "Engineering"], 1, False),
        (["Internal", "External"], 2, True),
        (["has a mentor", "has none"], 2, True),
        (["HR", "IT", "R&D"], 1, False),
    ],
)
def test_honest_answers_are_shown(texts, times, of_people):
    assert told(texts, times, of_people=of_people) == set(texts)


@pytest.mark.parametrize(
    ("name", "wording", "people"),
    [
        ("manager", "", True),
        ("q7", "Who is your mentor?", True),
        ("Supervisor_2", "", True),
        ("full_name", "", True),
        ("q8", "How often do you meet your mentor?", False),
        ("mentor_meetings", "", False),
        ("shift", "", False),
    ],
)
def test_a_header_of_people_says_nothing_else(name, wording, people):
    assert heads_people(name, wording) is people


def test_inspect_shows_no_first_name_of_value_labels_and_honest_ones(tmp_path):
    path = tmp_path / "a.sav"
    labels = {"manager": dict(enumerate(FIRST, start=1)), "shift": dict(enumerate(HONEST, start=1))}
    labels["whom"] = dict(enumerate(["Dora", "Emil", "Fritz", "Gerda", "Hanna"], start=1))
    rows = pd.DataFrame({name: [float(1 + at % 4) for at in range(20)] for name in ("manager", "shift")})
    rows["whom"] = [float(1 + at % 5) if at < 10 else None for at in range(20)]
    pyreadstat.write_sav(rows, path, variable_value_labels=labels)
    found = inspect_files([path])
    codes = {column.name: column.codes for column in found.files[0].columns}
    assert codes["shift"] == {name: at for at, name in enumerate(HONEST, start=1)}
    assert codes["manager"] == codes["whom"] == {}
    text = json.dumps(found.as_json()) + repr(found)
    assert not any(name in text for name in (*FIRST, "Dora", "Emil"))


OTHERS = {
    "surnames": ["Okafor", "Lindqvist", "Brandt", "Moreau"],
    "in small letters": ["anna", "bert", "cleo", "dora"],
    "logins": ["jdoe", "a.lindqvist", "b_moreau", "mbrandt2"],
    "initials": ["AB", "CD", "EF", "J.L."],
    "in Han": ["王小明", "李娜", "张伟", "刘洋"],
}


@pytest.mark.parametrize("texts", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("header", ["mentor", "Rate your mentor", "Welche Mentorin bewerten Sie?", "Which mentor?"])
def test_words_of_any_look_below_a_header_of_people_are_not_shown(tmp_path, texts, header):
    path = tmp_path / "a.sav"
    rows = pd.DataFrame({"v": [float(1 + at % 4) for at in range(80)]})
    labels = {"v": dict(enumerate([*texts, "has none"], start=1))}
    pyreadstat.write_sav(rows, path, column_labels=[header], variable_value_labels=labels)
    found = inspect_files([path])
    text = json.dumps(found.as_json(), ensure_ascii=False) + repr(found)
    assert not any(name in text for name in texts)


@pytest.mark.parametrize("texts", [OTHERS["logins"][1:], OTHERS["in Han"]])
def test_logins_and_names_in_han_in_few_rows_each_are_a_list_of_people(texts):
    assert told(texts, 2) == set()
    assert told(texts, 20) == set(texts)
