"""Turned: days that a spreadsheet took for months are told, and columns that were merely typed in two ways are not."""

from collections import Counter
from datetime import date, timedelta

import pytest

from mentorstudy.reading.turned import turned


def spoilt(days, *, text="%d/%m/%Y"):
    """Days written as text, as they stand once a spreadsheet opened them that has the other order."""
    return Counter(
        day.replace(month=day.day, day=day.month).isoformat() if day.day <= 12 else day.strftime(text)
        for day in days
    )


def between(first, last, *, step=1):
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days) for days in range(0, (end - start).days + 1, step)]


@pytest.mark.parametrize(
    "days",
    [
        between("2025-03-03", "2025-03-28"),
        between("2025-02-10", "2025-03-31"),
        between("2025-03-10", "2025-04-05"),  # of April nothing but real dates
        between("2024-12-09", "2025-01-17"),
        between("2025-03-03", "2025-03-24", step=7) * 20,  # four days of kick-off, the first the same either way
        between("2025-02-01", "2026-03-01", step=5),
    ],
)
@pytest.mark.parametrize("text", ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%d/%m/%Y 09:30"])
def test_days_taken_for_months_are_told_by_the_texts_left(days, text):
    times = spoilt(days, text=text)
    assert turned(times) == {word for word in times if "/" in word or "." in word}


HONEST = {
    "one typed text beside a day that is the same either way": ["2025-03-03"] * 200 + ["17/03/2025"],
    "the first half of a month real, the second typed": [
        *(["2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06"] * 3),
        *(f"{day}/03/2025" for day in (17, 18, 19, 20)),
    ],
    "the first of the month, and some days typed": [
        *(f"{year}-{month:02}-01" for year in range(2015, 2025) for month in range(1, 13)),
        *("15/01/2020", "20/06/2021", "28/02/2019", "17/09/2023"),
    ],
    "the first or the tenth of a month, and some typed": [
        *(f"2024-{month:02}-{day}" for month in range(1, 13) for day in ("01", "10")),
        *("15/05/2024", "25/11/2024"),
    ],
    "two cohorts of one day each, more typed": ["2025-03-03", "2025-09-01"] * 30 + ["17/03/2025", "15/09/2025"],
    "typed days that a spreadsheet would have taken too": [
        *(f"2025-{month:02}-03" for month in range(4, 13)),
        *("17/03/2025", "05/03/2025"),
    ],
    "days all over the month": [*(f"2025-03-{day:02}" for day in range(3, 15)), "17/03/2025"],
    "few": ["2025-10-03", "2025-11-03", "17/03/2025"],
    "real dates alone": [f"2025-{month:02}-03" for month in range(1, 13)],
    "texts alone": [f"{day}/03/2025" for day in range(13, 29)],
}


@pytest.mark.parametrize("words", HONEST.values(), ids=HONEST)
def test_days_that_were_merely_typed_in_two_ways_are_not(words):
    assert not turned(Counter(words))


def test_a_word_for_no_day_is_no_text_that_was_left():
    times = spoilt(between("2025-03-03", "2025-03-28")) + Counter({"00.00.0000": 9, "01/01/1900": 9})
    left = turned(times, ["01/01/1900"])
    assert left == set(turned(spoilt(between("2025-03-03", "2025-03-28")))) != set()
