"""Moments: the dates and times of a column, by one order for all of it; what cannot be decided is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mentorstudy.reading.coding.clocks import NOWHEN, Mask, Times, calendar_days, in_utc
from mentorstudy.reading.coding.orders import Fault, decided, known_order, teller, union, year_month_day
from mentorstudy.reading.coding.stamps import (
    BLANK,
    DAY_SECONDS,
    NAIVE,
    NAMED,
    NUMERIC,
    OTHER,
    SERIAL,
    YEAR_SHORT,
    taken_apart,
)

Serials = Literal["", "1900", "1904"]  # how a spreadsheet counts days, if a column may hold such counts

PIVOT = 69  # two digits from here on are of the last century
SYSTEMS = {"1900": 25_569, "1904": 24_107}  # a spreadsheet's number of 1970-01-01
LOST_DAY = 60  # 29 February 1900, which that system has and the calendar has not
NO_DATES = {(0, 0, 0), (1, 1, 1), (1753, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 0), (1900, 1, 1)}
ENDLESS = 2900  # a year from here on stands for "no end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """For each word its day at midnight, or its moment in UTC; not-a-time where blank, open or wrong."""

    values: Times  # datetime64[s]
    order: str
    faults: tuple[Fault, ...]
    placeholder: Mask  # declared words for "no date"
    doubled: Mask  # local times of the hour that clocks show twice: which of the two is not guessed
    skipped: Mask  # local times of the hour that clocks leave out
    naive: bool  # local times of an unknown zone: `values` are as written, not UTC

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
    short_years: bool = False,
    serials: Serials = "",
) -> Moments:
    """The days that distinct words name, as they were where they were written.

    `declared` is an order, `placeholders` are words for "no date", `short_years` allows two digits for a year,
    `serials` ("1900" or "1904") a spreadsheet's numbers of days.
    """
    read = _Read(words, known_order(declared), placeholders, short_years, serials)
    return read.as_moments(read.days)


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
    read = _Read(words, known_order(declared), placeholders, short_years, serials)
    values = read.days + np.where(read.days == read.days, read.stamps.seconds, 0).astype("timedelta64[s]")
    offset = read.stamps.offset
    aware = offset != NAIVE
    if aware.any():
        return read.as_moments(values - np.where(aware, offset * 60, 0).astype("timedelta64[s]"))
    if not zone:
        return read.as_moments(values, naive=bool((~np.isnat(values)).any()))
    return read.as_moments(*in_utc(values, zone))


class _Read:
    """The words of one column, read by one order."""

    def __init__(
        self,
        words: Sequence[str],
        declared: str,
        placeholders: Collection[str],
        short_years: bool,
        serials: Serials,
    ) -> None:
        self.words = words
        self.tell = teller(words)
        self.stamps = stamps = taken_apart(words)
        self.open = _among(words, placeholders)
        stamps.kind[self.open] = BLANK
        self.order, self.faults = decided(stamps, declared, self.tell)
        wrong = union(self.faults, len(words))
        if not short_years:
            self._fault(
                np.isin(stamps.kind, (NUMERIC, NAMED)) & (stamps.year == YEAR_SHORT) & ~wrong,
                "years of two digits; they look like {}. Write them with four, or write short_years = true",
            )
        year, month, day = year_month_day(stamps, self.order).T
        short = stamps.year == YEAR_SHORT
        year = np.where(short, year + np.where(year < PIVOT, 2000, 1900), year)
        date = np.isin(stamps.kind, (NUMERIC, NAMED)) & ~union(self.faults, len(words))
        no_date = date & ~short & _stands_for_none(year, month, day)
        self._fault(no_date, 'words that usually stand for "no date": {}. Declare them as placeholders', plain=True)
        self.days = np.full(len(words), NOWHEN)
        date &= ~no_date
        self.days[date], fits = calendar_days(year[date], month[date], day[date])
        serial = stamps.kind == SERIAL
        if serials:
            self._serials(serial, serials)
        else:
            self._fault(
                serial,
                "numbers where dates should be; they look like {}. If they are a spreadsheet's numbers of days, "
                'write serials = "1900", else export the column as text',
            )
        no_day = stamps.kind == OTHER
        no_day[np.flatnonzero(date)[~fits]] = True
        no_day |= date & (stamps.seconds < 0)
        no_day |= serial & bool(serials) & np.isnat(self.days)
        self._fault(no_day, "no date; they look like {}. Write days as 2025-09-01, and leave unknown ones empty")
        told = ~np.isnat(self.days) & ~no_day
        aware, naive = told & (stamps.offset != NAIVE), told & (stamps.offset == NAIVE)
        if aware.any() and naive.any():
            self._fault(
                naive if naive.sum() <= aware.sum() else aware,
                "some times tell how far from UTC they are and others do not; these look like {}. Export the column "
                "again with one way of writing",
            )
        self.days[union(self.faults, len(words))] = NOWHEN

    def as_moments(
        self, values: Times, doubled: Mask | None = None, skipped: Mask | None = None, *, naive: bool = False
    ) -> Moments:
        none = np.zeros(len(self.words), dtype=bool)
        return Moments(
            values=values.astype("datetime64[s]"),
            order=self.order,
            faults=tuple(self.faults),
            placeholder=self.open,
            doubled=none if doubled is None else doubled,
            skipped=none if skipped is None else skipped,
            naive=naive,
        )

    def _fault(self, words: Mask, why: str, *, plain: bool = False) -> None:
        """Keep a fault of the `words` marked, if any is; `plain` words belong to nobody and are told."""
        if words.any():
            self.faults.append(Fault(words=words, why=why.format(self.tell(words, plain))))

    def _serials(self, serial: Mask, system: Serials) -> None:
        where = np.flatnonzero(serial)
        number = np.array([float(self.words[at].replace(",", ".")) for at in where.tolist()])
        fits = (number >= 1) & (number < 2_958_466)
        if system == "1900":
            fits &= np.floor(number) != LOST_DAY
            number = number + (number < LOST_DAY)
        seconds = np.round((np.where(fits, number, 0) - SYSTEMS[system]) * DAY_SECONDS).astype(np.int64)
        self.stamps.seconds[where] = seconds % DAY_SECONDS
        days = (seconds - seconds % DAY_SECONDS).astype("datetime64[s]")
        self.days[where] = np.where(fits, days, NOWHEN)


def _stands_for_none(year: NDArray[np.int32], month: NDArray[np.int32], day: NDArray[np.int32]) -> Mask:
    none = year >= ENDLESS
    for one in NO_DATES:
        none |= (year == one[0]) & (month == one[1]) & (day == one[2])
    return none


def _among(words: Sequence[str], placeholders: Collection[str]) -> Mask:
    known = set(placeholders)
    if not known:
        return np.zeros(len(words), dtype=bool)
    midnights = known | {f"{word}{t}00:00:00" for word in known for t in " T"}
    return np.array([word in midnights for word in words], dtype=bool)
