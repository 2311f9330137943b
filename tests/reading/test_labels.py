"""Answers to codes: the scale's own words first, numbers as places only where they can mean nothing else."""

import numpy as np
import pytest

from mentorstudy.nouns.scale import Item, Scale
from mentorstudy.reading.coding.answers import on_scale
from mentorstudy.reading.grid import Column, Field


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
        (["no", "yes"], ["NO", "2", "3"], [1, 2, "?"]),
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
