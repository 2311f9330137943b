"""Nobody: what stands in a column of ids and is nobody's, so that those who wrote it are not one person."""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.flow import about
from mentorstudy.nouns.masking import masked
from mentorstudy.reading.coding.catalogue import normalised, not_answers
from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table

LIKE_IDS = 0.1  # of a column's ids; a word that looks as these do may be one of them, as na among initials
NO_DIGITS = re.compile(r"^[^\d\n]+$", re.MULTILINE)
MANY, ONCE = 5, 0.9  # rows of one id that no second thought explains, and share of the others that stand once
SPACELESS = str.maketrans("", "", " ")


def without_nobody(column: Column) -> Column:
    """The column of ids, empty where a cell says that there is none: n/a, unknown, a stroke."""
    without_digits = {*NO_DIGITS.findall("\n".join(column.words))}  # a million ids are looked at once
    said = [word for word in without_digits if _is_nobody(word)]
    if not said:
        return column
    shapes = Counter(masked(word).casefold() for word in column.words if word)
    enough = LIKE_IDS * sum(shapes.values()) + 1
    nobody = {word for word in said if shapes[masked(word).casefold()] <= enough}
    return replace(column, words=tuple("" if word in nobody else word for word in column.words))


def shared(table: Table, column: Column, person: NDArray[np.integer]) -> list[str]:
    """A note where one id stands in many rows, and nearly all others in one: that may be nobody's, and no person's.

    `person` numbers who answered in each row, at one wave.
    """
    times = np.bincount(person) if len(person) else np.zeros(1, dtype=np.int64)
    most = int(times.max())
    others = np.delete(times, times.argmax())
    if most < MANY or len(others) < MANY or (others == 1).mean() < ONCE:
        return []
    rows = person == times.argmax()
    return [
        f"column {column.name}: one id stands in {about(most)} rows, and nearly all others in one; it looks like "
        f"{column.shapes(rows)} (9 a digit, a a letter), and one of these answers counts. If it stands for nobody, "
        f'leave its rows out by [[exclude]], with file = "{table.file}" and where = {{column = "{column.name}", is = '
        '"..."}.'
    ]


def _is_nobody(word: str) -> bool:
    if word[:2].casefold() not in _beginnings():  # which spares nearly every id the rest
        return not any(map(str.isalnum, word))
    return normalised(word).translate(SPACELESS) in _words()


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word[:2] for word in _words())


@cache
def _words() -> frozenset[str]:
    text = (resources.files("mentorstudy") / "library" / "nobody.toml").read_text(encoding="utf-8")
    own = [normalised(word) for words in tomllib.loads(text).values() for word in words]
    return frozenset(word.translate(SPACELESS) for word in (*own, *not_answers()))
