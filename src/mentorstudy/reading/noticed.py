"""Noticed: what coding noticed of a file's columns, told without a text that may be somebody's own."""

from collections.abc import Mapping, Sequence

import numpy as np

from mentorstudy.reading.coding.digits import SET_NAME
from mentorstudy.reading.coding.values import Group

MOST_NAMED = 4  # columns in one note


def coding_notes(file: str, groups: Mapping[tuple[str, ...], Group]) -> list[str]:
    """Notes on groups by the columns that they code; each once for all the columns of which it holds."""
    columns: dict[str, list[str]] = {}
    for names, group in groups.items():
        for said in _masked(group):
            columns.setdefault(said, []).extend(names)
    return [f"{file}: {named(names)}: {said.rstrip('.')}." for said, names in columns.items()]


def _masked(group: Group) -> tuple[str, ...]:
    """What was noticed of a group; labels coded by their digits alone, which nobody knows, by their codes."""
    return (by_digits(group),) if group.by == SET_NAME else group.said


def by_digits(group: Group) -> str:
    """That a group was coded by the digits in its labels, without the labels."""
    values = np.concatenate([found.value[~np.isnan(found.value)] for found in group.found])
    span = f", {values.min():g} to {values.max():g}" if len(values) else ""
    return f"coded by the digits in the labels{span}"


def named(names: Sequence[str]) -> str:
    """The first of some columns, and how many more there are."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
