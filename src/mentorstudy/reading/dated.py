"""Dated: columns of days and of moments, read as the plan has their file declared."""

import json
import re
from collections.abc import Collection, Sequence

import numpy as np

from mentorstudy.nouns.file import File
from mentorstudy.nouns.masking import may_be_own
from mentorstudy.reading.coding.moments import Moments, days_of, moments_of
from mentorstudy.reading.coding.orders import CHOICE, order_of
from mentorstudy.reading.grid import Column, in_plan
from mentorstudy.reading.headless import DAY_LIKE
from mentorstudy.reading.table import Table
from mentorstudy.reading.turned import AS_TEXT, REAL, turned

MANY = 10  # rows, the least group of which anything is told
OF_UTC = (
    "moments in UTC were cut to their days in UTC. If the days of another place are meant, write its time_zone for "
    "this file in plan.toml."
)

LAST_YEAR = re.compile(r"(?<![0-9])9999(?![0-9])")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def days_in(column: Column, table: Table, settings: File, no_dates: Collection[str] = ()) -> Moments:
    """The days of a column's words; `no_dates` are words for none."""
    return days_of(
        _words(column, table),
        settings.date_order or "",
        no_dates,
        zone=settings.time_zone or table.zone,
        short_years=settings.short_years,
        serials=settings.serials or "",
    )


def moments_in(column: Column, table: Table, settings: File, no_dates: Collection[str] = ()) -> Moments:
    """The moments of a column's words; `no_dates` are words for none."""
    return moments_of(
        _words(column, table),
        settings.time_zone or table.zone,
        settings.date_order or "",
        no_dates,
        short_years=settings.short_years,
        serials=settings.serials or "",
    )


def _words(column: Column, table: Table) -> Sequence[str]:
    """The column's words; a workbook's real dates beside texts with their months named, as they have no order to tell.

    Which order the texts have is then theirs alone.
    """
    if table.written or not any(map(AS_TEXT.fullmatch, column.words)):
        return column.words
    return [_named(word) for word in column.words]


def _named(word: str) -> str:
    found = REAL.fullmatch(word)
    return f"{found[3]} {MONTHS[int(found[2]) - 1]} {found[1]} {found[4] or ''}".rstrip() if found else word


def date_faults(
    read: Moments, column: Column, table: Table, settings: File, no_dates: Collection[str] = ()
) -> list[str]:
    """What is wrong with a column's dates, and what to paste that says what they do not say of themselves.

    A text without digits that stands in many rows is nobody's own word, and may mean that there is no day; so may
    noughts alone, and a day of the year 9999.
    """
    said = []
    for one in read.faults:
        times = np.bincount(column.codes, minlength=len(column.words))
        often = [column.words[at] for at in np.flatnonzero(one.words & (times >= MANY)).tolist()]
        open_words = [] if "[placeholders]" in one.why else [*filter(_no_day, often)]
        why = f"{one.why}{_pasted(one.keys, settings)}.{_declared(open_words, no_dates)}"
        said += table.fault(one.words[column.codes], table.header(column), why)
    return said or _turned(column, table, settings, no_dates)


def of_two_orders(table: Table) -> list[str]:
    """The columns of days or moments that can be read with the day first and with the month first."""
    found = []
    for name, column in table.columns.items():
        words = [word for word in column.words if word]
        if (
            words
            and all(map(DAY_LIKE.fullmatch, words))
            and any(one.keys == CHOICE for one in order_of(words).faults)
        ):
            found.append(name)
    return found


def _turned(column: Column, table: Table, settings: File, no_dates: Collection[str]) -> list[str]:
    """A fault of the texts that a spreadsheet left beside days it took for months; none where an order is declared.

    Whoever declares one has looked.
    """
    if table.written or settings.date_order:
        return []
    times = np.bincount(column.codes, minlength=len(column.words)).tolist()
    texts = turned(dict(zip(column.words, times, strict=True)), no_dates)
    pasted = _pasted('date_order = "day first"', settings)
    return table.fault(
        column.among(texts),
        table.header(column),
        "texts beside real dates of which none is after the 12th of a month, as where a spreadsheet took days for "
        "months and left these. Take the column from its source again; if the real dates are right, say how the texts "
        f"are written{pasted}.",
    )


def _no_day(word: str) -> bool:
    if any(map(str.isdigit, word)):
        return not word.strip("0") or LAST_YEAR.search(word) is not None
    return not may_be_own(word) and bool(word)


def _declared(words: Sequence[str], no_dates: Collection[str]) -> str:
    """The line that declares words to mean no day, beside those that the plan has already."""
    if not words:
        return ""
    listed = json.dumps(list(dict.fromkeys([*no_dates, *words])), ensure_ascii=False)
    told = " and ".join(f"“{word}”" for word in words)
    return f" If {told} mean{'s' * (len(words) == 1)} no day, {in_plan('placeholders', f'dates = {listed}')}"


def _pasted(keys: str, settings: File) -> str:
    return f', as in {{path = "{settings.path}", {keys}}}' if keys else ""
