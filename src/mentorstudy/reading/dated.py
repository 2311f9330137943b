"""Dated: columns of days and of moments, read as the plan has their file declared."""

import json
from collections.abc import Collection, Sequence

import numpy as np

from mentorstudy.nouns.file import File
from mentorstudy.nouns.masking import may_be_own
from mentorstudy.reading.coding.moments import Moments, days_of, moments_of
from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table

MANY = 10  # rows, the least group of which anything is told
OF_UTC = (
    "moments in UTC were cut to their days in UTC. If the days of another place are meant, write its time_zone for "
    "this file in plan.toml."
)


def days_in(column: Column, table: Table, settings: File, no_dates: Collection[str] = ()) -> Moments:
    """The days of a column's words; `no_dates` are words for none."""
    return days_of(
        column.words,
        settings.date_order or "",
        no_dates,
        zone=settings.time_zone or table.zone,
        short_years=settings.short_years,
        serials=settings.serials or "",
    )


def moments_in(column: Column, table: Table, settings: File, no_dates: Collection[str] = ()) -> Moments:
    """The moments of a column's words; `no_dates` are words for none."""
    return moments_of(
        column.words,
        settings.time_zone or table.zone,
        settings.date_order or "",
        no_dates,
        short_years=settings.short_years,
        serials=settings.serials or "",
    )


def date_faults(
    read: Moments, column: Column, table: Table, settings: File, no_dates: Collection[str] = ()
) -> list[str]:
    """What is wrong with a column's dates, and what to paste that says what they do not say of themselves.

    A text without digits that stands in many rows is nobody's own word, and may mean that there is no day.
    """
    times = np.bincount(column.codes, minlength=len(column.words))
    often = np.array([n >= MANY and _no_day(word) for word, n in zip(column.words, times.tolist(), strict=True)])
    return [
        fault
        for one in read.faults
        for fault in table.fault(
            one.words[column.codes],
            column.name,
            f"{one.why}{_pasted(one.keys, settings)}."
            + _declared([column.words[at] for at in np.flatnonzero(one.words & often).tolist()], no_dates),
        )
    ]


def _no_day(word: str) -> bool:
    return not any(map(str.isdigit, word)) and not may_be_own(word) and bool(word)


def _declared(words: Sequence[str], no_dates: Collection[str]) -> str:
    """The line that declares words to mean no day, beside those that the plan has already."""
    if not words:
        return ""
    listed = json.dumps(list(dict.fromkeys([*no_dates, *words])), ensure_ascii=False)
    told = " and ".join(f"“{word}”" for word in words)
    return f" If {told} mean{'s' * (len(words) == 1)} no day, write [placeholders] dates = {listed} in plan.toml."


def _pasted(keys: str, settings: File) -> str:
    return f', as in {{path = "{settings.path}", {keys}}}' if keys else ""
