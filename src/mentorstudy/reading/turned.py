"""Turned: days that a spreadsheet took for months when it opened a file, told by the texts that it left beside them."""

import re
from collections.abc import Collection, Mapping

ENOUGH, FEW = 10, 3  # different real dates, and days of the month among them, to judge by these alone
ROWS = 5  # with real dates that are another day turned back, to judge by the months of the texts
NEARLY, SELDOM = 0.9, 0.5  # of these rows
MONTHS_OF_YEAR = 12
REAL = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-([0-9]{2})(?:[T ](.*))?")
AS_TEXT = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})(\D.*)?", re.DOTALL)


def turned(times: Mapping[str, int], no_dates: Collection[str] = ()) -> set[str]:
    """The texts that a spreadsheet left beside days which it took for months; none where the days look right.

    `times` says in how many rows each text of the column stands, `no_dates` are words for no day.
    """
    texts = {
        word: found
        for word in times
        if word not in no_dates and (found := AS_TEXT.fullmatch(word)) and int(found[1]) and int(found[2])
    }
    real = [(found, count) for word, count in times.items() if texts and (found := REAL.fullmatch(word))]
    if not real or max(int(found[3]) for found, _ in real) > MONTHS_OF_YEAR:
        return set()
    many = len(real) >= ENOUGH and len({found[3] for found, _ in real}) >= FEW
    return set(texts) if many or _in_the_months_of(texts.values(), real) else set()


def _in_the_months_of(texts: Collection[re.Match[str]], real: Collection[tuple[re.Match[str], int]]) -> bool:
    """Whether the real dates are in the months of the texts, or next to them, turned back, and not as they are.

    A file of one or two months has too few days of the month to judge by, for they are its months. None of its texts
    can be a day with a month in its place: the spreadsheet would have made it a date. Days such as 3 March are the
    same either way and tell nothing.
    """
    near: set[int] = set()
    for found in texts:
        first, second = sorted((int(found[1]), int(found[2])))
        if not first <= MONTHS_OF_YEAR < second:
            return False
        near |= {_month(found[3], first) + step for step in (-1, 0, 1)}
    rows = straight = back = 0
    for found, count in real:
        if (day := int(found[3])) != int(found[2]):
            rows += count
            straight += count * (_month(found[1], int(found[2])) in near)
            back += count * (_month(found[1], day) in near)
    return rows >= ROWS and back >= NEARLY * rows and straight <= SELDOM * rows


def _month(year: str, month: int) -> int:
    """The months one after the other, by the last two digits of their year, as some texts have no others."""
    return MONTHS_OF_YEAR * (int(year) % 100) + month
