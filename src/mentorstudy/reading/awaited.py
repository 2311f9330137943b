"""Awaited: the samples of a cohort in which an outcome has no answers yet at one of its waves."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.export import Export
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.study import Study
from mentorstudy.reading.ids import Listed
from mentorstudy.reading.items import column_named
from mentorstudy.reading.place import place_of


def awaited(study: Study, files: Sequence[Export], listed: Sequence[Listed]) -> set[str]:
    """The samples whose answers to an item, or whose rows for a scale, lack a wave of the outcome's."""
    return {
        outcome.sample
        for outcome in study.outcomes
        if outcome.kind in ("item", "scale") and set(outcome.waves) - _waves(study, outcome, files, listed)
    }


def _waves(study: Study, outcome: Outcome, files: Sequence[Export], listed: Sequence[Listed]) -> set[str]:
    """The waves at which somebody answered; a file that speaks of no wave holds all of them."""
    found: set[str] = set()
    for export, file in zip(files, listed, strict=True):
        if file.role != "survey" or file.sample != outcome.sample:
            continue
        given = _given(study, outcome, file)
        if not given.any():
            continue
        if file.wave or "wave" not in export.rows:
            found |= {file.wave} if file.wave else set(outcome.waves)
        else:
            found |= set(export.rows["wave"][given].dropna().unique())
    return found


def _given(study: Study, outcome: Outcome, file: Listed) -> NDArray[np.bool_]:
    """The rows with an answer to the outcome's item; all of them where it is a scale, none where the item is not."""
    every = np.ones(len(file.table.rows), dtype=bool)
    if outcome.kind != "item":
        return every
    try:
        place = place_of(file.table, column_named(file.table, study.plan, outcome.item))
    except DataError:
        return ~every
    given: NDArray[np.bool_] = np.logical_or.reduce([~column.blank for column, _ in place.pairs])
    return given
