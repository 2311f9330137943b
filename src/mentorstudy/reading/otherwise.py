"""Otherwise: ids of one file that another writes in its own way, and what mends it."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from importlib import resources

from mentorstudy.reading.grid import SAFE, in_plan

Way = tuple[str, Callable[[str], str], str]  # what is said of it, how ids are then compared, and the mend

KEPT = 15  # digits of a number in a workbook
BEFORE_DIGITS = re.compile(r"\D+")
AS_TEXT = "Export the column as text in both files."
IN_ANOTHER_CASE = "If capital letters never tell one person from another, " + in_plan("identity", 'case = "ignore"')
SAME_ALPHABET = "Write them in the same alphabet in both files."


def without_zeros(word: str) -> str:
    """The id as a spreadsheet leaves it that takes it for a number."""
    return word.lstrip("0")


def _without_decimals(word: str) -> str:
    return word.removesuffix(".0")


def _in_one_alphabet(word: str) -> str:
    return word.upper().translate(_look_alikes())


def _as_far_as_kept(word: str) -> str:
    return word[:KEPT] if word.isdecimal() else word


WRITTEN: tuple[Way, ...] = (
    ("only the leading zeros differ", without_zeros, AS_TEXT),
    ("only capital letters differ", str.casefold, IN_ANOTHER_CASE),
    ("only a .0 at the end differs", _without_decimals, AS_TEXT),
    (
        "only leading zeros, capital letters or a .0 at the end differ",
        lambda word: without_zeros(_without_decimals(word.casefold())),
        AS_TEXT,
    ),
    (
        "only letters of another alphabet that look the same differ, or capital letters",
        _in_one_alphabet,
        SAME_ALPHABET,
    ),
)
ROUNDED: Way = (
    f"only digits after the {KEPT}th differ, and of a number a workbook keeps no more",
    _as_far_as_kept,
    "Those digits are lost: export again from the source, the ids as text, or as CSV.",
)


def are_rounded(ids: Iterable[str]) -> bool:
    """Whether all ids are such as are left of long ones that a workbook held as numbers; few others are so."""
    words = {word for word in ids if word}
    return bool(words) and all(
        word.isdecimal()
        and len(word) > KEPT
        and (not word[KEPT:].strip("0") or (int(word) > SAFE and int(float(word)) == int(word)))
        for word in words
    )


def before_most(words: Collection[str], others: Collection[str]) -> str:
    """What stands before most of `words`, without which they are among `others`; no digit is part of it."""
    begin = Counter(found[0] for word in words if (found := BEFORE_DIGITS.match(word)))
    [(longest, _)] = begin.most_common(1) or [("", 0)]
    befores = [longest[:length] for length in range(1, len(longest) + 1)]
    known = {*others}
    met = {one: sum(word.startswith(one) and word[len(one) :] in known for word in words) for one in befores}
    best = max(befores, key=lambda one: met[one], default="")
    return best if best and len(words) > 1 and 2 * met[best] > len(words) else ""


def found_loosely(words: Sequence[str], known: Collection[str], loosely: Callable[[str], str]) -> set[str]:
    """Those of the words that are among the known ones, once both are written `loosely`."""
    loose = {loosely(word) for word in known}
    return {word for word in words if loosely(word) in loose}


def width_that_links(words: Collection[str], known: Collection[str]) -> int:
    """The digits to which zeros fill up the ids of both files, so that all `words` are known; 0 where none do."""
    if not all(map(str.isdecimal, known)):
        return 0
    width = max(map(len, [*words, *known]))
    filled = {word.zfill(width) for word in known}
    links = len(filled) == len(known) and {word.zfill(width) for word in words} <= filled
    return width if links else 0


@cache
def _look_alikes() -> dict[int, int]:
    text = (resources.files("mentorstudy") / "library" / "alphabets.toml").read_text(encoding="utf-8")
    table: dict[int, int] = {}
    for alphabet in tomllib.loads(text).values():
        table |= str.maketrans(alphabet["letters"], alphabet["look_like"])
    return table
