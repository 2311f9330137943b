"""Several answers in one cell made boxes, and what of them was ticked, where a cell says why it is none."""

import numpy as np
import pytest

from mentorstudy.nouns.item import Item
from mentorstudy.reading.boxes import expanded
from mentorstudy.reading.grid import Column, Field
from mentorstudy.reading.table import Table
from mentorstudy.reading.ticked import ticked

CHOICES = {"1": "Chat", "2": "Mail", "3": "Phone"}
SEEN = {"-99": "seen_unanswered"}


def column(name, cells):
    words = tuple(dict.fromkeys(cells))
    return Column(name=name, codes=np.array([words.index(cell) for cell in cells]), words=words)


def table(columns, fields):
    return Table(
        file="a.csv",
        sha256="",
        columns={one.name: one for one in columns},
        rows=np.arange(len(columns[0].codes)),
        fields=fields,
        dropped={},
    )


def listed(cells, missing=SEEN):
    about = Field(source="Q5", place=1, kind="list", separator=",", missing=missing)
    return table([column("Q5", cells)], {"Q5": about})


def cells(one):
    return list(one.mapped(one.words))


@pytest.mark.parametrize("given", [["1,3", "-99", "2", ""], ["Chat,Phone", "-99", "Mail", ""]])
def test_a_cell_that_says_why_stands_in_each_box_and_no_box_is_left_by_it(given):
    found = expanded(listed(given), "Q5", CHOICES, ",")
    assert list(found.columns) == ["Q5", "Q5_1", "Q5_2", "Q5_3"]
    assert cells(found.columns["Q5_1"]) == ["1", "-99", "0", ""]
    assert cells(found.columns["Q5_2"]) == ["0", "-99", "1", ""]
    assert found.fields["Q5_1"].missing == SEEN


def test_beside_words_of_one_s_own_the_cell_that_says_why_is_none_of_them():
    found = expanded(listed(["Chat,Letters", "-99"]), "Q5", CHOICES, ",")
    assert cells(found.columns["Q5_TEXT"]) == ["Letters", ""]


def test_a_choice_that_is_offered_is_an_answer_whatever_its_code():
    found = expanded(listed(["1,-99", "-99"]), "Q5", CHOICES | {"-99": "None of these"}, ",")
    assert cells(found.columns["Q5_-99"]) == ["1", "1"]
    assert cells(found.columns["Q5_1"]) == ["1", "0"]


def test_a_cell_without_any_choice_is_an_other_or_unknown_with_a_note():
    found = expanded(listed(["Chat,Mail", "Letters", ""]), "Q5", CHOICES, ",")
    assert cells(found.columns["Q5_1"]) == ["1", "0", ""]
    assert cells(found.columns["Q5_TEXT"]) == ["", "Letters", ""]
    assert found.notes == ()
    for complete, given in ((True, ["Chat,Mail", "Letters", ""]), (False, ["Chat Mail", "Letters", ""])):
        found = expanded(listed(given), "Q5", CHOICES, ",", complete=complete)
        assert cells(found.columns["Q5_1"])[1:] == ["", ""]
        [note] = found.notes
        assert note.startswith("a.csv: row ")
        assert "Letters" not in note


def test_labels_of_two_languages_are_the_same_choices():
    also = {"Gespräch": "1", "Post": "2"}
    found = expanded(listed(["Gespräch Post", "Chat Phone", "Post"]), "Q5", CHOICES, " ", also=also, complete=True)
    assert [cells(found.columns[f"Q5_{key}"]) for key in CHOICES] == [
        ["1", "1", "0"],
        ["1", "0", "1"],
        ["0", "1", "0"],
    ]
    assert not found.notes


def given(found):
    return list(found.numbers), [reason if isinstance(reason, str) else "" for reason in found.reasons]


@pytest.mark.parametrize("item", [Item(column=["Q5"]), Item(column=["Q5"], choices={"chat": "1", "mail": "2"})])
def test_a_list_whose_cell_says_why_is_not_known_to_hold_an_answer(item):
    one = listed(["1,3", "-99", "2", ""])
    numbers, reasons = given(ticked(one.columns["Q5"], one, item, ["1"], {}))
    np.testing.assert_array_equal(numbers, [1, np.nan, 0, np.nan])
    assert reasons == ["", "seen_unanswered", "", ""]


def test_boxes_that_say_why_are_not_known_and_one_that_is_ticked_makes_the_rest_known():
    names = ["Q5_1", "Q5_2"]
    fields = {
        name: Field(source=name, place=place, kind="choice", question="Q5", choice=str(place), missing=SEEN)
        for place, name in enumerate(names, start=1)
    }
    columns = [column("Q5_1", ["1", "-99", "0", "", "-99"]), column("Q5_2", ["0", "-99", "1", "", "1"])]
    one = table(columns, fields)
    numbers, reasons = given(ticked(columns[0], one, Item(column=["Q5_1"]), ["1"], {}))
    np.testing.assert_array_equal(numbers, [1, np.nan, 0, np.nan, 0])
    assert reasons == ["", "seen_unanswered", "", "", ""]
