"""Headless: whether the first row of a table is a record, and no headers.

Every column is asked how likely its name is as a header, and how likely as one more of its cells; the logarithms of the
ratios are added. Far above 0 the names are headers, far below a record; between, nothing is known, and none is told.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Literal, TypeVar

import numpy as np

from mentorstudy.nouns.masking import BESIDE
from mentorstudy.reading.coding.catalogue import normalised, not_answers, points
from mentorstudy.reading.coding.heading import is_heading
from mentorstudy.reading.coding.looks import EMAIL
from mentorstudy.reading.coding.personal import ANSWERS, LOOKED_AT, named_as_they_are
from mentorstudy.reading.grid import Column, number

T = TypeVar("T")
Judged = Literal["headers", "in doubt", "record"]

SURE = 2.5  # from here on the names are headers
RECORD = -2.5  # below it they are a record
DAY_LIKE = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}([T ].*)?")
AGAIN = re.compile(r"\.[0-9]+$")  # of Agree.1, as some tools tell equal headers apart
MADE_UP = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_-]{12,}")  # an id that a machine gave
DIGITS = re.compile("[0-9]+")
LONGEST = 100  # signs; longer texts are neither ids nor answers to choose
YEARS = (1900, 2100)
SEVERAL = 3  # words of a phrase; more are a text

# Rough shares: what counts is which are rare. They are set so that of some thousand made files without headers none
# showed a cell, and of as many with headers hardly one was refused.
AS_HEADER = {  # headers of each kind
    "address": 0.001,
    "day": 0.005,
    "number": 0.015,
    "year": 0.02,
    "tick": 0.02,
    "answer": 0.02,
    "digits first": 0.01,
    "made up": 0.05,
    "digits": 0.15,
    "word": 0.2,
    "Word": 0.2,
    "joined": 0.15,
    "question": 0.15,
    "phrase": 0.1,
    "Phrase": 0.12,
    "text": 0.05,
    "Text": 0.1,
    "sentence": 0.05,
}
NO_HEADERS = ("address", "day", "number")  # among headers by mistake, but for those of days and questions
NEXT = {"number": 0.6, "year": 0.4, "day": 0.1, "tick": 0.1, "answer": 0.1}  # after a header of the kind
RISEN = 0.1  # numbers after a header of the kind, by more than 1
HEADING = 0.4  # nothing but the words that head columns
PERSON = 0.001  # somebody's name, over names
AMONG_CELLS = 0.03  # a text that stands among the cells too
LIKE_AN_ID = 0.02  # digits among signs, over such

OF_SEVERAL_WORDS = ("question", "phrase", "Phrase", "text", "Text", "sentence")
OF_TEXT = ("word", "Word", "joined", *OF_SEVERAL_WORDS)
PLAIN = {*OF_TEXT} - {"question", "joined"}  # looks that headers and texts share
IDS = ("digits", "made up")
FREE = 0.2  # of the cells of a column are several words, and no answer to choose
MOST = 0.5  # of the cells are words
UNLIKE = 0.1  # cells of another kind that a column is given before one was seen
UNLIKE_TEXT = 1  # the same among free texts, where any may look otherwise
HEADING_CELL, HEADING_TEXT = 0.02, 0.2  # columns of words, and of free texts, that hold a word that heads columns

BOX = 0.7  # a name that all filled cells have, where some are empty: a record fills only some of its boxes
GUESS, LIKELY = 0.3, 2.5  # the most that a plain text, and one that heads columns, tells above free texts


def judged(names: Sequence[str], columns: Sequence[Column]) -> Judged:
    """What the names of the columns are: their headers, a record like those below, or either.

    An address or somebody's name among names leaves it in doubt, whatever the others are.
    """
    cells = [_cells(column) for column in columns]
    found = sum(_weights(names, cells))
    if found < RECORD:
        return "record"
    pairs = zip(map(_short, names), cells, strict=True)
    of_person = any(_kind(name) == "address" or _is_person(name, own) for name, own in pairs if name)
    return "in doubt" if found < SURE or of_person else "headers"


def like_cells(names: Sequence[str], columns: Sequence[Column]) -> set[str]:
    """The names that each for itself may be a cell that came among headers."""
    weights = _weights(names, [_cells(column) for column in columns])
    return {name for name, weight in zip(names, weights, strict=True) if weight < 0 or _kind(name) in NO_HEADERS}


@dataclass(frozen=True)
class _Cells:
    """The filled cells of a column: how often each text stands there."""

    times: Counter[str]
    gaps: bool  # whether a cell is empty

    @cached_property
    def rows(self) -> int:
        return self.times.total()

    @cached_property
    def kinds(self) -> Counter[str]:
        return self.counted(_kind)

    @cached_property
    def looks(self) -> Counter[str]:
        return self.counted(_look)

    @cached_property
    def free(self) -> bool:
        """Whether people wrote as they liked, so that a text may look different from all others."""
        return sum(self.kinds[kind] for kind in OF_SEVERAL_WORDS) >= FREE * self.rows

    def counted(self, told: Callable[[str], T]) -> Counter[T]:
        """How many cells there are of each of what is told of a text."""
        found: Counter[T] = Counter()
        for word, times in self.times.items():
            found[told(word)] += times
        return found

    def likely(self, name: str) -> float:
        """How likely the name is as one more cell."""
        if name in self.times:
            return self.times[name] / (self.rows + 1)
        once = sum(times == 1 for times in self.times.values())
        fresh = (once + 0.5) / (self.rows + 1)  # a text not seen so far is as likely as those seen once (Good 1953)
        return fresh * self._of_its_kind(name)

    def _of_its_kind(self, name: str) -> float:
        """How likely one more cell is of the kind of the name."""
        kind = _kind(name)
        same = self.looks[_look(name)] if kind in IDS else self.kinds[kind]
        if not (self.free or (kind in OF_TEXT and sum(self.kinds[one] for one in OF_TEXT) >= MOST * self.rows)):
            likely = (same + UNLIKE) / (self.rows + 2 * UNLIKE)
            return likely * HEADING_CELL if is_heading(name) else likely
        likely = (same + UNLIKE_TEXT) / (self.rows + UNLIKE_TEXT * len(OF_TEXT))
        return min(likely, self._heading()) if is_heading(name) else likely

    def _heading(self) -> float:
        columns = HEADING_TEXT if self.free else HEADING_CELL
        return columns * (self.counted(is_heading)[True] + 1) / (self.rows + 1)


def _weights(names: Sequence[str], cells: Sequence[_Cells]) -> list[float]:
    """The logarithm of how much likelier each name is as a header than as one more cell."""
    weights = []
    before: dict[str, str] = {}  # the last name of each kind
    for name, own in zip(map(_short, names), cells, strict=True):
        if not name or normalised(name) in not_answers():  # which stand among cells of any kind
            weights.append(0.0)
            continue
        weights.append(_weight(name, own, before))
        before[_kind(name)] = name
    return weights


def _weight(name: str, cells: _Cells, before: Mapping[str, str]) -> float:
    if cells.times.keys() <= {name}:  # a column of nothing but its name says nothing
        return BOX if cells.gaps and cells.rows else 0.0
    weight = log(_as_header(name, cells, before)) - log(cells.likely(name))
    if cells.free and _kind(name) in PLAIN:
        return min(weight, LIKELY if is_heading(name) else GUESS)
    return weight


def _as_header(name: str, cells: _Cells, before: Mapping[str, str]) -> float:
    """How likely a name is as the header of these cells, after other headers of its kind."""
    if _is_person(name, cells):
        return PERSON
    kind = _kind(name)
    if kind in NEXT:
        step = _step(name, before[kind]) if kind in before else 0
        return NEXT[kind] if step == 1 else RISEN if step > 1 else AS_HEADER[kind]
    if name in cells.times:
        return AMONG_CELLS
    if is_heading(name):
        return HEADING
    like_an_id = kind in IDS and _look(name) in cells.looks
    return LIKE_AN_ID if like_an_id else AS_HEADER[kind]


def _is_person(name: str, cells: _Cells) -> bool:
    bare = BESIDE.sub("", name)
    several = len(bare.replace(",", " ").split()) > 1  # words; else there is no need to look at the cells
    return several and named_as_they_are(bare, [BESIDE.sub("", word) for word in cells.times])


def _step(name: str, before: str) -> float:
    """By how much a header follows the one before of its kind: numbers by their difference, others by one."""
    step = number(name) - number(before)
    return float(name != before) if np.isnan(step) else step


def _cells(column: Column) -> _Cells:
    """The filled cells, of many different ones some, evenly drawn."""
    times = np.bincount(column.codes, minlength=len(column.words))
    step = max(1, -(-len(column.words) // LOOKED_AT))
    found: Counter[str] = Counter()
    for word, rows in zip(column.words[::step], times[::step].tolist(), strict=True):
        if word:
            found[_short(word)] += rows
    return _Cells(found, gaps=bool(column.blank.any()))


def _short(word: str) -> str:
    """A text without the sign by which sheets mark it, and no longer than it takes to tell its kind."""
    bare = word.removeprefix("'")
    return bare if len(bare) <= LONGEST else bare[:LONGEST] + bare[-1]


def _kind(word: str) -> str:
    """What kind of header or cell a text is, "" where there is none."""
    if not word:
        return ""
    if len(word) > LONGEST:
        return "question" if word.endswith("?") else "Text"
    if EMAIL.fullmatch(word):
        return "address"
    if DAY_LIKE.fullmatch(word):
        return "day"
    if not np.isnan(value := number(word)):
        return "year" if len(word) == 4 and YEARS[0] <= value <= YEARS[1] else "number"
    if ANSWERS.fullmatch(text := normalised(word)):
        return "tick"
    if AGAIN.sub("", text) in points():
        return "answer"
    if MADE_UP.fullmatch(word):
        return "made up"
    return _kind_of_text(word)


def _kind_of_text(word: str) -> str:
    words = len(word.split())
    if word.endswith("?"):
        return "question"
    if words == 1 and "_" in word.strip("_"):
        return "joined"
    if words <= SEVERAL and any(map(str.isdigit, word)):
        return "digits first" if word[0].isdigit() else "digits"
    if words > 1 and word.endswith((".", "!")):
        return "sentence"
    kind = "word" if words == 1 else "phrase" if words <= SEVERAL else "text"
    return kind if word[0].islower() else kind.capitalize()


def _look(word: str) -> str:
    """A text with 9 for its numbers: ids are told by what stands about them, those of a machine by their length."""
    return f"of {len(word)}" if MADE_UP.fullmatch(word) else DIGITS.sub("9", word)
