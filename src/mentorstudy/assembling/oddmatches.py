"""Odd matches: those that are read in one of several ways, told by their rows."""

from collections.abc import Iterator

import pandas as pd

from mentorstudy.nouns.errors import rows_told
from mentorstudy.nouns.flow import about


def odd_matches(rows: pd.DataFrame, known: pd.Index) -> Iterator[str]:
    """What is to be told of a file's matches: with oneself, of one person again, and with mentors of no record.

    `known` are the people of the records. Where most mentors are none of them, these are kept elsewhere.
    """
    alone = rows["person"] == rows["mentor"]
    if alone.any():
        yield f"row {rows_told(list(rows.index[alone]))}: mentor and mentee are the same person, which is no match"
    others = rows[~alone]
    again = others.duplicated("person", keep=False)
    if again.any():
        people = others.loc[again, "person"].nunique()
        yield f"{about(people)} people have several matches: each counts as mentored once, from the first in the intake"
    strange = ~others["mentor"].isin(known)
    if 0 < strange.sum() < len(others) / 2:
        yield (
            f"row {rows_told(list(others.index[strange]))}: the mentor is nobody in the records; the mentee counts as "
            "mentored all the same"
        )
