"""Moments: the dates and times of a column, by one order for all of it; what cannot be decided is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mentorstudy.reading.coding.clocks import Mask, Times, days_at, in_utc
from mentorstudy.reading.coding.dates import Dates, Serials
from mentorstudy.reading.coding.orders import Fault, known_order, union


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """For each word its day at midnight, or its moment in UTC; not-a-time where blank, open or wrong."""

    values: Times  # datetime64[s]
    order: str
    faults: tuple[Fault, ...]
    placeholder: Mask  # declared words for "no date"
    unread: Mask  # words that should name a date and of which it cannot be told, each wrong or for want of an order
    doubled: Mask  # local times of the hour that clocks show twice: which of the two is not guessed
    skipped: Mask  # local times of the hour that clocks leave out
    earliest: Times  # as `values`, and of times doubled or skipped the first moment that they can be
    naive: bool  # local times of an unknown zone: `values` are as written, not UTC
    of_utc: bool  # days cut from moments in UTC, of which no place is known

    @property
    def wrong(self) -> Mask:
        """Every word with a fault."""
        return union(self.faults, len(self.values))

    @property
    def why(self) -> str:
        """All that is wrong, in one line."""
        return "; ".join(fault.why for fault in self.faults)


def days_of(
    words: Sequence[str],
    declared: str = "",
    placeholders: Collection[str] = (),
    *,
    zone: str = "",
    short_years: bool = False,
    serials: Serials = "",
) -> Moments:
    """The days that distinct words name, as they were where they were written; moments with an offset those of `zone`.

    `declared` is an order, `placeholders` are words for "no date", `short_years` allows two digits for a year,
    `serials` ("1900" or "1904") a spreadsheet's numbers of days. Where all clocks show midnight, days are days
    wherever they were written. Raises PlanError where there is no such zone.
    """
    read = Dates(words, known_order(declared), placeholders, short_years, serials)
    clocks = read.aware & (read.stamps.seconds != 0)
    if not clocks.any():
        return _moments(read, read.days)
    if not zone:
        return _moments(read, read.days, of_utc=bool((read.stamps.offset[clocks] == 0).any()))
    return _moments(read, np.where(read.aware, days_at(read.utc, zone), read.days))


def moments_of(
    words: Sequence[str],
    zone: str = "",
    declared: str = "",
    placeholders: Collection[str] = (),
    *,
    short_years: bool = False,
    serials: Serials = "",
) -> Moments:
    """The moments that distinct words name, in UTC: by their own offset, else by the clocks of `zone`.

    Raises PlanError where there is no such zone.
    """
    read = Dates(words, known_order(declared), placeholders, short_years, serials)
    if read.aware.any():
        return _moments(read, read.utc)
    if not zone:
        return _moments(read, read.utc, naive=bool((~np.isnat(read.utc)).any()))
    shown = in_utc(read.utc, zone)
    return replace(_moments(read, shown.utc), doubled=shown.doubled, skipped=shown.skipped, earliest=shown.earliest)


def _moments(read: Dates, values: Times, *, naive: bool = False, of_utc: bool = False) -> Moments:
    """The moments as `values`, none of them doubled or skipped."""
    none = np.zeros(len(values), dtype=bool)
    values = values.astype("datetime64[s]")
    return Moments(
        values=values,
        order=read.order,
        faults=tuple(read.faults),
        placeholder=read.open,
        unread=read.unread,
        doubled=none,
        skipped=none,
        earliest=values,
        naive=naive,
        of_utc=of_utc,
    )
