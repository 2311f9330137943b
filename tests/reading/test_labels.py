"""Answers to codes: the scale's own words first, numbers as places only where they can mean nothing else."""

import numpy as np
import pytest

from mentorstudy.nouns.scale import Item, Scale
from mentorstudy.reading.coding.answers import as_declared
from mentorstudy.reading.coding.scaled import on_scale
from mentorstudy.reading.coding.values import Declared
from mentorstudy.reading.grid import Column, Field
from mentorstudy.reading.labelled import over


def coded(column, scale):
    [found], _ = on_scale([(column, Field(source="q", place=1))], scale)
    return found.numbers, found.strange


def codes(responses, answers):
    scale = Scale(
        name="s", label="S", source="made", licence="MIT", responses=responses, items=[Item(name="q", text="?")]
    )
    column = Column(name="q", codes=np.arange(len(answers), dtype=np.int32), words=tuple(answers))
    found, strange = coded(column, scale)
    return ["?" if odd else int(code) for code, odd in zip(found, strange, strict=True)]


@pytest.mark.parametrize(
    ("responses", "answers", "wanted"),
    [
        (["0", "1", "2"], ["0", "1", "2", "3"], [1, 2, 3, "?"]),
        (["3", "2", "1"], ["3", "2", "1"], [1, 2, 3]),
        (["never", "1", "2"], ["Never", "1", "2", "3"], [1, 2, 3, "?"]),
        (["1", "2", "3"], ["1", "3"], [1, 3]),
        (["no", "yes"], ["NO", "2", "3"], [1, "?", "?"]),  # numbers beside words are places of nothing
        (["no", "yes"], ["1.0", "2.00", "2.", "1.5", "3.0"], [1, 2, 2, "?", "?"]),
        (["0", "1", "2"], ["0.0", "2.0", "3.0"], [1, 3, "?"]),
        (["2.0", "1.0"], ["2.0", "1.0", "2"], [1, 2, "?"]),
    ],
)
def test_declared_answers_win_over_places(responses, answers, wanted):
    assert codes(responses, answers) == wanted


def test_an_empty_cell_is_no_answer():
    scale_codes, strange = coded(
        Column(name="q", codes=np.array([0], dtype=np.int32), words=("",)),
        Scale(
            name="s", label="S", source="m", licence="MIT", responses=["0", "1"], items=[Item(name="q", text="?")]
        ),
    )
    assert np.isnan(scale_codes).all()
    assert not strange.any()


AGREE = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
GERMAN = ["Stimme überhaupt nicht zu", "Stimme nicht zu", "Weder noch", "Stimme zu", "Stimme voll und ganz zu"]


def numbered(digits, words):
    return [f"{digit} - {word}" for digit, word in zip(digits, words, strict=True)]


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        (numbered([1, 2, 3, 4, 5], AGREE), [1, 2, 3, 4, 5]),
        (numbered([0, 1, 2, 3, 4], AGREE), [1, 2, 3, 4, 5]),
        (numbered([-2, -1, 0, 1, 2], AGREE), [1, 2, 3, 4, 5]),
        (numbered([5, 4, 3, 2, 1], AGREE), [1, 2, 3, 4, 5]),
        (numbered([1, 2, 3, 4, 5], AGREE[::-1]), [5, 4, 3, 2, 1]),
        (numbered([0, 1, 2, 3, 4], GERMAN), [1, 2, 3, 4, 5]),
        (numbered([1, 2, 3, 4, 5], GERMAN[::-1]), [5, 4, 3, 2, 1]),
        (["1 = Strongly agree", "2", "3", "4", "5 = Strongly disagree"], [5, 4, 3, 2, 1]),
        (numbered([1, 2, 4, 3, 5], AGREE), ["?"] * 5),  # the digits and the words contradict each other
        (numbered([1, 2, 3, 4, 5], ["gar nicht", "b", "c", "d", "sehr"]), [1, 2, 3, 4, 5]),
        (numbered([0, 1, 2, 3, 4], ["gar nicht", "b", "c", "d", "sehr"]), ["?"] * 5),  # no word says where 0 stands
        (["A1", "A2", "A5"], [1, 2, 5]),
        (["A1", "A2", "A6"], ["?"] * 3),
    ],
)
def test_digits_in_labels_are_places_by_the_words_beside_them(answers, wanted):
    assert codes(AGREE, answers) == wanted


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (numbered([0, 1, 2, 3, 4], AGREE), "counted from another number, and placed by the words beside them"),
        (numbered([1, 2, 3, 4, 5], AGREE[::-1]), "counted from the other end, and placed by the words beside them"),
        (
            ["A1", "A2", "A5"],
            "taken as places, A1 = 1, A2 = 2, A5 = 5; see in the tool that A1 is the first answer",
        ),
    ],
)
def test_what_was_done_with_digits_is_told(answers, said):
    scale = Scale(
        name="s", label="S", source="made", licence="MIT", responses=AGREE, items=[Item(name="q", text="?")]
    )
    column = Column(name="q", codes=np.arange(len(answers), dtype=np.int32), words=tuple(answers))
    _, told = on_scale([(column, Field(source="q", place=1))], scale)
    assert said in " ".join(told)


@pytest.mark.parametrize("answers", [numbered([1, 2, 3, 4], AGREE[:4]), numbered([1, 2, 3, 4], AGREE[:0:-1])])
def test_no_words_of_somebody_s_own_are_told_of_digits(answers):
    scale = Scale(
        name="s", label="S", source="made", licence="MIT", responses=AGREE, items=[Item(name="q", text="?")]
    )
    words = (*answers, "5 because my boss shouts")
    column = Column(name="q", codes=np.arange(len(words), dtype=np.int32), words=words)
    _, told = on_scale([(column, Field(source="q", place=1))], scale)
    assert told
    assert "boss" not in " ".join(told)


def test_codes_counted_from_0_are_no_places():
    scale = Scale(
        name="s", label="S", source="made", licence="MIT", responses=AGREE, items=[Item(name="q", text="?")]
    )
    words = tuple(f"A{code}" for code in range(5))
    column = Column(name="q", codes=np.arange(5, dtype=np.int32), words=words)
    [found], _ = on_scale([(column, Field(source="q", place=1))], scale)
    assert found.odd.all()
    assert np.isnan(found.value).all()


def test_what_is_declared_for_one_item_of_a_scale_holds_for_it_alone():
    scale = Scale(
        name="s",
        label="S",
        source="m",
        licence="MIT",
        responses=["Not", "Half", "Full"],
        items=[Item(name=name, text=name) for name in ("a", "b", "c")],
    )
    words = ("nope", "yep", "99")
    pairs = [
        (Column(name=name, codes=np.array([0, 1, 2], dtype=np.int8), words=words), Field(source=name, place=at))
        for at, name in enumerate("abc", start=1)
    ]
    shared = Declared(codes={"nope": 1, "yep": 3}, missing={})
    turned, refused = (
        Declared(codes={"nope": 3, "yep": 1}, missing={}),
        Declared(codes={}, missing={"99": "refused"}),
    )
    found, _ = on_scale(pairs, scale, [over(shared, turned), over(shared, refused), refused])
    assert [one.numbers[:2].tolist() for one in found[:2]] == [[3, 1], [1, 3]]
    assert [one.strange.tolist() for one in found] == [
        [False, False, True],
        [False, False, False],
        [True, True, False],
    ]
    assert over(shared, Declared(codes={}, missing={"Yep": "refused"})).codes == {"nope": 1}


@pytest.mark.parametrize(
    ("labels", "codes", "wanted"),
    [
        ({"1": "all day", "5": "not once"}, {"not once": 1, "all day": 5}, [5, 4, 3, 2, 1]),
        ({"0": "not once", "4": "all day"}, {"not once": 1, "all day": 5}, [2, 3, 4, 5, None]),
        ({"1": "all day"}, {"not once": 1, "all day": 5}, [5, None, None, None, None]),
        ({}, {"1": 2, "2": 3, "3": 4}, [2, 3, 4, None, None]),
    ],
)
def test_a_set_of_the_plan_places_numbers_by_the_labels_of_others(labels, codes, wanted):
    column = Column(name="q", codes=np.arange(5, dtype=np.int32), words=("1", "2", "3", "4", "5"))
    found = as_declared(column, Field(source="q", place=1, labels=labels), Declared(codes=codes, missing={}))
    pairs = zip(found.numbers, found.strange, strict=True)
    assert [None if odd else int(value) for value, odd in pairs] == wanted
