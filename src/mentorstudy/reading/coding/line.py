"""Line: numbers beside labels, placed as the codes tell that a file gives its labels."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.grid import Column, Field, number

Pair = tuple[float, float]  # a file's code, and the place of its label


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A file's codes to places: each code further on is the next place (`turn` 1), or the one before (-1)."""

    turn: int
    first: float

    def at(self, code: float) -> float:
        """The place of a code."""
        return self.first + self.turn * code


AS_IT_STANDS = Line(turn=1, first=0)


def line_of(pairs: Collection[Pair]) -> Line | None:
    """The one line through all pairs, codes as they stand where there are none.

    None where there is no such line, and where a single label stands elsewhere: it tells no direction.
    """
    if not pairs:
        return AS_IT_STANDS
    code, place = next(iter(pairs))
    lines = (Line(turn=turn, first=place - turn * code) for turn in (1, -1))
    several = len({code for code, _ in pairs}) > 1
    return next(
        (
            line
            for line in lines
            if (several or line == AS_IT_STANDS) and all(line.at(code) == place for code, place in pairs)
        ),
        None,
    )


def pairs_of(about: Field, known: Mapping[str, float]) -> set[Pair]:
    """The file's codes of the labels that are `known`, each with the label's place."""
    return {
        (number(code), known[label])
        for code, text in about.labels.items()
        if (label := normalised(text)) in known
        and code not in about.missing
        and np.isnan(number(text))
        and not np.isnan(number(code))
    }


def rise(pairs: Collection[Pair]) -> bool:
    """Whether places go up with the codes."""
    places = [place for _, place in sorted(pairs)]
    return places == sorted(places)


def bare(word: str, about: Field) -> bool:
    """Whether a cell is a number to which the file gives no words."""
    value = number(word)
    said = about.labels.get(word, about.labels.get(f"{value:g}", word))
    return not np.isnan(value) and number(said) == value


def worded(column: Column, about: Field, known: Collection[str]) -> bool:
    """Whether cells are known answers in words, to which the file gives no code."""
    return any(
        word not in about.labels and np.isnan(number(word)) and normalised(word) in known
        for word in column.words
        if word
    )


def is_taken(value: float, place: float, codes: Mapping[str, float], *, words: bool) -> bool:
    """Whether a number has the place of another that is listed, or of `words` too where cells are words."""
    if not codes:  # the usual case, and as many numbers as there may be
        return False
    others = {number(text): at for text, at in codes.items()}
    listed = {at for one, at in others.items() if not np.isnan(one) and one != value}
    worded = {at for text, at in codes.items() if np.isnan(number(text))} if words else set()
    return place in listed | worded
