"""Orders: one order of day, month and year for a whole column, or what speaks against it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.written import did_you_mean
from mentorstudy.reading.coding.clocks import Mask
from mentorstudy.reading.coding.personal import looks_of
from mentorstudy.reading.coding.stamps import (
    BLANK,
    JOINED,
    NUMERIC,
    OTHER,
    YEAR_FIRST,
    YEAR_LAST,
    YEAR_SHORT,
    Stamps,
    taken_apart,
)

ISO = "ISO"  # year first, with dashes
ORDERS = ("day first", "month first", "year first")
TURNED = {"day first": "month first", "month first": "day first"}
ONE_WAY = "Write all in one way"
CHOOSE = 'write date_order = "day first" or "month first"'
CHOICE = 'date_order = "day first"'
CHOOSE_SHORT = 'date_order = "day first", "month first" or "year first" and short_years = true'
MOSTLY = 0.5  # of a column's numbers
PLAUSIBLE = 1900  # a year from here on


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with some words of a column: which, and why with the mend; never a person's date.

    `keys` are those of the file in the plan that would tell what the column does not, where there are such.
    """

    words: Mask
    why: str
    keys: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a column writes its dates: "ISO", one of ORDERS, or "" where it needs none or it is undecided."""

    order: str
    faults: tuple[Fault, ...]


def order_of(words: Sequence[str], declared: str = "") -> Order:
    """The one order of a column's dates, decided by all of its distinct words unless it is `declared`."""
    order, faults = decided(taken_apart(words), known_order(declared), teller(words))
    return Order(order=order, faults=tuple(faults))


def decided(stamps: Stamps, declared: str, tell: Callable[..., str]) -> tuple[str, list[Fault]]:
    """The order, and what speaks against there being one.

    A column wholly year first says so itself, whatever is declared for the file.
    """
    _part_joined(stamps)
    numeric = stamps.kind == NUMERIC
    first, second = stamps.numbers.T[:2]
    year_first, year_last = numeric & (stamps.year == YEAR_FIRST), numeric & (stamps.year == YEAR_LAST)
    short = numeric & (stamps.year == YEAR_SHORT)
    if declared and (declared == "year first" or not year_first.any() or (year_last | short).any()):
        other = TURNED.get(declared, "")
        if other:
            day, month = (first, second) if declared == "day first" else (second, first)
            against = year_first | (numeric & (month > 12) & (day <= 12))
            other = "" if year_first.any() or (numeric & (day > 12)).any() else other
        else:
            against = year_last
        keys = f'date_order = "{other}"' if other else ""
        mend = f"All dates here fit {other}; if they are so meant, write {keys}" if other else ONE_WAY
        why = f"dates that are not {declared}, as declared; they look like {{}}. {mend}"
        return declared, _faults((against, why, keys, tell))
    why = f"years of two digits; they look like {{}}. Write them with four, or write {CHOOSE_SHORT}"
    faults = _faults((short, why, 'date_order = "day first", short_years = true', tell))
    if year_first.any():
        name = ISO if stamps.dashes[year_first].all() else "year first"
        why = f"some dates begin with the year and others end with it; these look like {{}}. {ONE_WAY}"
        return name, [*faults, *_faults((year_last, why, "", tell))]
    day_only, month_only = year_last & (first > 12) & (second <= 12), year_last & (second > 12) & (first <= 12)
    if day_only.any() and month_only.any():
        why = (
            "{0} dates can only be {1} first and others only {2} first; these look like {{}}. Write all in one way"
        )
        return "", [
            *faults,
            *_faults(
                (day_only, why.format("these", "day", "month"), "", tell),
                (month_only, why.format("these", "month", "day"), "", tell),
            ),
        ]
    if day_only.any() or month_only.any():
        return "day first" if day_only.any() else "month first", faults
    why = f"every date can be day first and month first; they look like {{}}. In the plan, {CHOOSE}"
    either = year_last & fits_both(stamps)
    return "", [*faults, *_faults((either, why, CHOICE, tell))]


def _part_joined(stamps: Stamps) -> None:
    """Eight digits as year, month and day, in a column that holds nothing else and mostly such days; else no dates."""
    joined = stamps.kind == JOINED
    if not joined.any():
        return
    year, month, day = stamps.numbers[joined].T
    days = (year >= PLAUSIBLE) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    alone = bool((joined | (stamps.kind == BLANK)).all())
    stamps.kind[joined] = NUMERIC if alone and days.mean() > MOSTLY else OTHER


def fits_both(stamps: Stamps) -> Mask:
    """Dates that are one day if the day stands first and another if the month does."""
    first, second = stamps.numbers.T[:2]
    last = (stamps.kind == NUMERIC) & (stamps.year != YEAR_FIRST)
    return last & (first != second) & (first <= 12) & (second <= 12)


def _faults(*found: tuple[Mask, str, str, Callable[..., str]]) -> list[Fault]:
    return [
        Fault(words=words, why=why.format(tell(words)), keys=keys)
        for words, why, keys, tell in found
        if words.any()
    ]


def year_month_day(stamps: Stamps, order: str) -> NDArray[np.int32]:
    """The numbers of every date in the order year, month, day."""
    turned = stamps.numbers.copy()
    if order in ("day first", "month first", ""):
        last = (stamps.kind == NUMERIC) & (stamps.year != YEAR_FIRST)
        turned[last] = stamps.numbers[last][:, [2, 0, 1] if order == "month first" else [2, 1, 0]]
    return turned


def union(faults: Sequence[Fault], n: int) -> Mask:
    """Every one of `n` words with a fault."""
    return np.logical_or.reduce([fault.words for fault in faults] or [np.zeros(n, dtype=bool)])


def known_order(declared: str) -> str:
    """The declared order; PlanError where there is none of that name."""
    if declared == ISO:
        return "year first"
    if declared and declared not in ORDERS:
        raise PlanError(f"date_order cannot be {declared}. {did_you_mean(declared, list(ORDERS))}")
    return declared


def teller(words: Sequence[str]) -> Callable[..., str]:
    """Tells how words look, or the `plain` words themselves."""

    def tell(marked: Mask, plain: bool = False) -> str:
        return looks_of([words[at] for at in np.flatnonzero(marked).tolist()], plain=plain)

    return tell
