"""Personal: columns that tell who somebody is, by their headers and by what their cells look like."""

from collections.abc import Iterable
from itertools import islice

LONGEST = 24  # signs of a shape
SHAPES = 3  # told of a column's cells
LOOKED_AT = 1_000  # cells that shapes are taken from


def masked(word: str) -> str:
    """How a text looks, 9 for a digit and a for a letter: what may be told of a cell."""
    return "".join("9" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in word[:LONGEST])


def looks_of(words: Iterable[str], *, plain: bool = False) -> str:
    """The first few different looks of the words; where `plain`, words that belong to nobody, the words."""
    looks = dict.fromkeys(word[:LONGEST] if plain else masked(word) for word in islice(words, LOOKED_AT))
    return ", ".join(islice(looks, SHAPES))
