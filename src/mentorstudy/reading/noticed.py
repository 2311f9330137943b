"""Noticed: what coding noticed of a file's columns, told without a text that may be somebody's own."""

from collections.abc import Mapping

import numpy as np

from mentorstudy.reading.coding.answers import Group
from mentorstudy.reading.coding.digits import SET_NAME

MOST_NAMED = 4  # columns in one note


def coding_notes(file: str, groups: Mapping[tuple[str, ...], Group]) -> list[str]:
    """Notes on groups by the columns that they code; each once for all the columns of which it holds."""
    columns: dict[str, list[str]] = {}
    for names, group in groups.items():
        for said in _masked(group):
            columns.setdefault(said, []).extend(names)
    return [f"{file}: {_named(names)}: {said.rstrip('.')}." for said, names in columns.items()]


def _masked(group: Group) -> tuple[str, ...]:
    """What was noticed of a group; labels coded by their digits alone, which nobody knows, by their codes."""
    if group.by != SET_NAME:
        return group.said
    values = np.concatenate([found.value[~np.isnan(found.value)] for found in group.found])
    return (f"coded by the digits in the labels, {values.min():g} to {values.max():g}",) if len(values) else ()


def _named(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
