"""Rare: one or two texts in a few cells of a column that are no answers, where all its others are."""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

import numpy as np

from mentorstudy.reading.coding.catalogue import normalised, points
from mentorstudy.reading.grid import Column, Field

Found = TypeVar("Found")
TEXTS = 2  # of a column
CELLS, SHARE = 3, 0.05  # of a column's filled cells, that are few


def without_rare(
    columns: Sequence[tuple[Column, Field]],
    texts: Collection[str],
    coding: Callable[[Collection[str]], Found | None],
) -> Found | None:
    """What codes all texts of a group of questions but the rare ones that no set has; None where nothing does.

    These are texts that the catalogue does not have or, where answers have digits beside them, those without.
    """
    strange = {text for text in texts if normalised(text) not in points()}
    bare = {text for text in texts if not any(map(str.isdigit, text))}
    for odd in (strange, bare):
        rare = all(is_rare(column, _cells(column, about, odd)) for column, about in columns)
        if odd and odd < {*texts} and rare and (found := coding({*texts} - odd)) is not None:
            return found
    return None


def is_rare(column: Column, words: Collection[str]) -> bool:
    """Whether these are one or two texts of a column, and in few of its cells."""
    cells = int(column.among({*words}).sum())
    return len(words) <= TEXTS and cells <= max(CELLS, SHARE * np.count_nonzero(~column.blank))


def _cells(column: Column, about: Field, labels: Collection[str]) -> set[str]:
    return {word for word in column.words if about.labels.get(word, word) in labels}
