"""Scores: one row per person and wave."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from mentorstudy.nouns.flow import about


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Scale scores, and the answers they were made of.

    `rows` holds sample, person, wave, one column a scale (missing where too few items were answered) and one for each
    item that is an outcome of its own;
    `answers` holds, row for row, the keyed answers: reverse-worded items already turned round.
    """

    rows: pd.DataFrame
    answers: pd.DataFrame
    items: Mapping[str, tuple[str, ...]]  # scale: its columns in `answers`

    def __repr__(self) -> str:
        """How many have a score, by scale and wave."""
        if not self.items:
            return "Scores: no scale in these files"
        counted = self.rows.groupby("wave")[list(self.items)].count().T.map(about)
        return f"Scores: people with a score, by scale and wave\n{counted.to_string()}"
