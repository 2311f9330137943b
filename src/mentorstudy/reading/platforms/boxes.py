"""Boxes: the columns of a question that takes several answers, each cell ticked, left or not known."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.reading.grid import Column

NOT_KNOWN, LEFT, TICKED = 0, 1, 2
WORDS = ("", "0", "1")
Rows = NDArray[np.bool_]


def boxes(columns: Sequence[Column], *, ticks: Sequence[set[str]], lefts: set[str], beside: Rows) -> list[Column]:
    """The columns of one question as "1" ticked, "0" left, "" not known.

    `ticks` are the words of a ticked cell, by column; `lefts` those of one left. An empty cell is left only where
    another box of the row is ticked, or `beside` says that the question was answered in words.
    """
    ticked = [column.among(words) for column, words in zip(columns, ticks, strict=True)]
    answered = np.logical_or.reduce([*ticked, beside])
    return [
        replace(
            column,
            codes=np.where(
                tick, TICKED, np.where(column.among(lefts) | (column.blank & answered), LEFT, NOT_KNOWN)
            ).astype(np.int32),
            words=WORDS,
        )
        for column, tick in zip(columns, ticked, strict=True)
    ]
