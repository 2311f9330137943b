"""Moved: a file in whose cells the plan's numbers for a scale may stand for other answers."""

from collections.abc import Mapping

import numpy as np

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.scaled import Placed
from mentorstudy.reading.grid import number
from mentorstudy.reading.table import Table


def moved(table: Table, scale: Scale, columns: Mapping[str, Placed], codes: Mapping[str, int]) -> list[str]:
    """A note where `codes` of the plan move numbers, and no cell holds one of those that show it to be right.

    A label set holds for all cohorts: one for files that count from 0 would move the answers of those that count from
    1, and only a 0 tells them apart.
    """
    places = {value: place for text, place in codes.items() if not np.isnan(value := number(text))}
    held = {number(word) for name in columns for word in table.columns[name].words}
    telling = [value for value in sorted(places) if not 1 <= value <= scale.highest]
    if not telling or not held.isdisjoint(telling) or held.isdisjoint(places):
        return []
    first = min(places)
    lacking = " or ".join(f"{value:g}" for value in telling)
    return [
        f"[labels.{scale.name}] in plan.toml puts the number {first:g} on place {places[first]}, and so on, and no "
        f"cell here holds {lacking}. If this file counts otherwise than those for which the set was written, its "
        "answers are moved: take the set out, and give those files a codebook"
    ]
