"""Dates: the words of one column as days and clock times, by one order; what is wrong with them."""

from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mentorstudy.reading.coding.clocks import NOWHEN, Mask, Times, calendar_days
from mentorstudy.reading.coding.orders import Fault, decided, fits_both, teller, union, year_month_day
from mentorstudy.reading.coding.reach import (
    FIRST_YEAR,
    LAST_YEAR,
    declared_none,
    numbered,
    numbers_of,
    out_of_reach,
    stand_for_none,
)
from mentorstudy.reading.coding.stamps import (
    BLANK,
    DAY_SECONDS,
    NAIVE,
    NAMED,
    NUMERIC,
    OTHER,
    SERIAL,
    YEAR_SHORT,
    in_ascii_digits,
    taken_apart,
)
from mentorstudy.reading.grid import in_plan

Serials = Literal["", "1900", "1904"]  # how a spreadsheet counts days, if a column may hold such counts

PIVOT = 69  # two digits from here on are of the last century
SYSTEMS = {"1900": 25_569, "1904": 24_107}  # a spreadsheet's number of 1970-01-01
LOST_DAY = 60  # 29 February 1900, which that system has and the calendar has not
BEYOND = 2_958_466  # the first number that spreadsheets do not count


class Dates:
    """The words of one column, read by one order: `days` at midnight, not-a-time where blank, open or wrong."""

    def __init__(
        self,
        words: Sequence[str],
        declared: str,
        placeholders: Collection[str],
        short_years: bool,
        serials: Serials,
    ) -> None:
        """Read them; `placeholders` are words for "no date"."""
        self.words = words
        self.tell = teller(words)
        self.stamps = stamps = taken_apart(words)
        self.days = np.full(len(words), NOWHEN)
        serial = stamps.kind == SERIAL
        if serials:
            self._count_days(np.flatnonzero(serial), serials)
        self.open = declared_none(words, stamps, self.days, placeholders)
        stamps.kind[self.open] = BLANK
        self.days[self.open] = NOWHEN
        self.order, self.faults = decided(stamps, declared, self.tell)
        self._read_dates(short_years)
        self._refuse_serials(serial & ~self.open, serials)
        self._refuse_unlikely(placeholders)
        self._refuse_mixed()
        self.days[union(self.faults, len(words))] = NOWHEN

    @property
    def aware(self) -> Mask:
        """Which words tell how far from UTC they are."""
        return ~np.isnat(self.days) & (self.stamps.offset != NAIVE)

    @property
    def utc(self) -> Times:
        """The moments by their offset, or as written where there is none."""
        offset = np.where(self.aware, self.stamps.offset * 60, 0)
        since = np.where(np.isnat(self.days), 0, self.stamps.seconds - offset)
        return self.days + since.astype("timedelta64[s]")

    @property
    def unread(self) -> Mask:
        """Which words should name a day and do not, being wrong or for want of an order."""
        return (self.stamps.kind != BLANK) & np.isnat(self.days)

    def _fault(self, words: Mask, why: str, *, plain: bool = False, keys: str = "") -> None:
        """Keep a fault of the `words` marked, if any is; `plain` words belong to nobody and are told."""
        if words.any():
            self.faults.append(Fault(words=words, why=why.format(self.tell(words, plain)), keys=keys))

    def _read_dates(self, short_years: bool) -> None:
        """The days of words that are no counts; those that fit two orders stay unread where none is known."""
        stamps = self.stamps
        date = np.isin(stamps.kind, (NUMERIC, NAMED))
        short = date & (stamps.year == YEAR_SHORT)
        if not short_years:
            self._fault(
                short & ~union(self.faults, len(self.words)),
                "years of two digits; they look like {}. Write them with four, or write short_years = true",
                keys="short_years = true",
            )
        self.dates = year_month_day(stamps, self.order)
        year, month, day = self.dates.T
        year[short] += np.where(year[short] < PIVOT, 2000, 1900).astype(year.dtype)
        date &= ~union(self.faults, len(self.words))
        if not self.order:
            date &= ~fits_both(stamps)
        self.days[date], fits = calendar_days(year[date], month[date], day[date])
        none = date & stand_for_none(numbered(self.dates))
        wrong = stamps.kind == OTHER
        wrong[np.flatnonzero(date)[~fits]] = True
        wrong |= date & (stamps.seconds < 0)
        self._fault(
            wrong & ~none, "no date; they look like {}. Write days as 2025-09-01, and leave unknown ones empty"
        )

    def _count_days(self, where: NDArray[np.intp], system: Serials) -> None:
        """The days that a spreadsheet's numbers count."""
        number = np.array([_count(self.words[at]) for at in where.tolist()])
        fits = (number >= 1) & (number < BEYOND)
        if system == "1900":
            fits &= np.floor(number) != LOST_DAY
            number = number + (number < LOST_DAY)
        seconds = np.round((np.where(fits, number, 0) - SYSTEMS[system]) * DAY_SECONDS).astype(np.int64)
        self.stamps.seconds[where] = seconds % DAY_SECONDS
        days = (seconds - seconds % DAY_SECONDS).astype("datetime64[s]")
        self.days[where] = np.where(fits, days, NOWHEN)

    def _refuse_serials(self, serial: Mask, serials: Serials) -> None:
        """Faults of numbers that count no days, or none that anybody declared."""
        years = serial.copy()
        counts = [_count(self.words[at]) for at in np.flatnonzero(serial).tolist()]
        years[serial] = [FIRST_YEAR <= count < LAST_YEAR + 1 for count in counts]
        self._fault(years, "years without a day; they look like {}. Write days as 2025-09-01")
        if serials:
            self._fault(
                serial & ~years & np.isnat(self.days), "numbers that are no days; they look like {}. Correct them"
            )
        else:
            self._fault(
                serial & ~years,
                "numbers where dates should be; they look like {}. Export the column as text, or, if they are a "
                'spreadsheet\'s numbers of days, write serials = "1900"',
                keys='serials = "1900"',
            )

    def _refuse_unlikely(self, placeholders: Collection[str]) -> None:
        """Faults of days that usually stand for none, and of those that can hardly be meant."""
        stamps = self.stamps
        told = ~union(self.faults, len(self.words)) & np.isin(stamps.kind, (NUMERIC, NAMED, SERIAL))
        if not self.order:
            told &= ~fits_both(stamps)
        counted = told & (stamps.kind == SERIAL)
        numbers = numbered(self.dates)
        numbers[counted] = numbers_of(self.days[counted])
        short = np.isin(stamps.kind, (NUMERIC, NAMED)) & (stamps.year == YEAR_SHORT)
        none = told & ~short & stand_for_none(numbers)
        listed = ", ".join(
            f'"{word}"' for word in dict.fromkeys([*placeholders, *map(_as_day, np.unique(numbers[none]).tolist())])
        )
        self._fault(
            none,
            'words that usually stand for "no date": {}. If they do, '
            f"{in_plan('placeholders', f'dates = [{listed}]')}\nElse correct them",
            plain=True,
        )
        self._fault(
            told & ~none & out_of_reach(numbers // 10_000),
            f"years before {FIRST_YEAR} or after {LAST_YEAR}; they look like {{}}. Correct them, and leave unknown "
            "days empty",
        )

    def _refuse_mixed(self) -> None:
        """A fault of the fewer where some times tell how far from UTC they are and others do not."""
        told = ~np.isnat(self.days) & ~union(self.faults, len(self.words))
        aware, naive = told & self.aware, told & ~self.aware
        if aware.any() and naive.any():
            self._fault(
                naive if naive.sum() <= aware.sum() else aware,
                "some times tell how far from UTC they are and others do not; these look like {}. Export the column "
                "again with one way of writing",
            )


def _count(word: str) -> float:
    return float(in_ascii_digits(word).replace(",", "."))


def _as_day(number: int) -> str:
    return f"{number // 10_000:04d}-{number // 100 % 100:02d}-{number % 100:02d}"
