"""SurveyMonkey's numbers of respondents: where they stand, and whether a spreadsheet rounded them."""

import re

import numpy as np

from mentorstudy.reading.grid import Column, Grid, number
from mentorstudy.reading.platforms.headings import plain, stamped, told
from mentorstudy.reading.platforms.surveymonkey_headings import EXPANDED
from mentorstudy.reading.platforms.surveymonkey_words import language, role
from mentorstudy.reading.table import Table

LONG = 8  # digits of a respondent's number, at least
CLOCKS = 2  # columns of times that stand beside it
WHOLE = re.compile(r"[0-9]+")
KEPT = 15  # digits of a number that a spreadsheet keeps


def named_id(heads: list[str]) -> int | None:
    """The place of the column that is called Respondent ID, in one of the languages known."""
    words = language(heads)
    return next((place for place, head in enumerate(heads) if role(head, words) == "response"), None)


def shaped_id(grid: Grid) -> int | None:
    """The place of the respondents' numbers in an expanded file whose words are not known, told by its shape.

    The second row says nothing over the number and two columns of times, all of which stand before the questions, and
    holds words, no numbers, over those.
    """
    second = [plain(cell) for cell in grid.row(1)]
    first = next((place for place, cell in enumerate(second) if cell), 0)
    clocks = [place for place in range(first) if stamped(grid, place)]
    asked = [cell for cell in second[first:] if cell]
    if len(clocks) < CLOCKS or not asked or any(map(numeric, asked)):
        return None
    return next((place for place in range(first) if _numbers_of_respondents(grid.columns[place])), None)


def ids_lost(table: Table) -> list[str]:
    """Faults of respondents' numbers that a spreadsheet rounded."""
    if "response" not in table.response:
        return []
    column = table.response["response"]
    words = told(column, 0)
    lost = {word for word in words if not WHOLE.fullmatch(word) and numeric(word)}
    long = {word for word in words if WHOLE.fullmatch(word) and len(word) > KEPT}
    if len(long) > 1 and all(_rounded(word) for word in long):
        lost |= long
    said = (
        f"ids like {column.shapes(column.among(lost))} were rounded by a spreadsheet, which keeps {KEPT} digits. "
        "Export the file again, and do not open and save it before it is read."
    )
    return table.fault(column.among(lost), "Respondent ID", said)


def _numbers_of_respondents(column: Column) -> bool:
    """Whether every cell below two header rows is a long number."""
    words = told(column, EXPANDED)
    filled = not column.blank[EXPANDED:].any()
    return bool(words) and filled and all(WHOLE.fullmatch(word) and len(word) >= LONG for word in words)


def numeric(word: str) -> bool:
    """Whether a text is a number, with a point or a comma."""
    return not np.isnan(number(word.replace(",", ".")))


def _rounded(word: str) -> bool:
    return not word[KEPT:].strip("0") or (len(word) > KEPT + 1 and int(float(word)) == int(word))
