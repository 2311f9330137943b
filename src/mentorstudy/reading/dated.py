"""Dated: columns of days and of moments, read as the plan has their file declared."""

from collections.abc import Collection

from mentorstudy.nouns.file import File
from mentorstudy.reading.coding.moments import Moments, days_of, moments_of
from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table

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


def date_faults(read: Moments, column: Column, table: Table, settings: File) -> list[str]:
    """What is wrong with a column's dates, and the keys to paste that say what they do not say of themselves."""
    return [
        fault
        for one in read.faults
        for fault in table.fault(one.words[column.codes], column.name, f"{one.why}{_pasted(one.keys, settings)}.")
    ]


def _pasted(keys: str, settings: File) -> str:
    return f', as in {{path = "{settings.path}", {keys}}}' if keys else ""
