"""Markup: the cells of an xlsx workbook's sheet, counted in the pieces that it is unpacked in."""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from mentorstudy.reading.containers.sheet import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Sheet

CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
ROW = re.compile(rb"<(?:\w+:)?row\s[^>]{0,200}?\br\s{0,9}=\s{0,9}[\"']([0-9]{1,9})[\"']")
FAR = re.compile(rb"\sr\s{0,9}=\s{0,9}[\"']([B-Z][A-Z]|[A-Z]{3,4})[0-9]{1,9}[\"']")
NEAR = 52  # columns that have letters before BA
PLACED = re.compile(rb"\sr\s{0,9}=\s{0,9}[\"'][A-Z]{1,4}([0-9]{1,9})[\"']")
HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]{0,200}?\bhidden\s?=\s?[\"'](?:1|true)[\"']")
ERROR = re.compile(rb"\st\s?=\s?[\"']e[\"']")
NO_RESULT = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f[^<]{0,99}/>)(?:<(?:\w+:)?v\s?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</"
)
SHARED = re.compile(rb"\st\s{0,9}=\s{0,9}[\"']s[\"'][^>]{0,99}>\s{0,9}<(?:\w+:)?v[^>]{0,99}>\s{0,9}([0-9]{1,9})")
TEXT_ENDS = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s?/>")
OVERLAP = 300  # bytes of the piece before that are looked at again, for what lies across the border


def count(sheet: Sheet, pieces: Iterable[bytes]) -> None:
    """Add to a sheet what its pieces hold; DataError as soon as it is more than any survey has."""
    rest = b""
    for piece in pieces:
        text, seen = rest + piece, len(rest)
        sheet.cells += _new(CELL, text, seen)
        sheet.hidden += _new(HIDDEN_ROW, text, seen) if b"hidden" in text else 0
        sheet.errors += _new(ERROR, text, seen) if b'"e"' in text or b"'e'" in text else 0
        sheet.unfinished += _new(NO_RESULT, text, seen) if b"f>" in text or b"<f" in text or b":f" in text else 0
        rows = ROW.findall(text) or PLACED.findall(text)
        sheet.rows = max([sheet.rows, *map(int, rows)])
        sheet.columns = max([sheet.columns, NEAR, *map(_column, set(FAR.findall(text)))])
        if sheet.cells > MOST_CELLS or sheet.rows > MOST_ROWS or sheet.columns > MOST_COLUMNS:
            sheet.judge()
        rest = text[-OVERLAP:]


def text_lengths(pieces: Iterable[bytes]) -> NDArray[np.int64]:
    """Bytes of each of the texts that a workbook's sheets share, with their markup."""
    ends, at, rest = [0], 0, b""
    for piece in pieces:
        text = rest + piece
        begun = at - len(rest)
        ends += [begun + found.end() for found in TEXT_ENDS.finditer(text) if found.end() > len(rest)]
        at += len(piece)
        rest = text[-OVERLAP:]
    lengths: NDArray[np.int64] = np.diff(ends).astype(np.int64)
    return lengths


def count_shared(sheet: Sheet, pieces: Iterable[bytes], lengths: NDArray[np.int64]) -> None:
    """Add the shared texts that a sheet's cells stand for, each as long as it is."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        named = [int(found[1]) for found in SHARED.finditer(text) if found.end() > len(rest)]
        places = np.array(named, dtype=np.int64)
        sheet.text += int(lengths[places[places < len(lengths)]].sum())
        rest = text[-OVERLAP:]


def _new(pattern: re.Pattern[bytes], text: bytes, seen: int) -> int:
    """How often a pattern stands in a text and does not yet in what was seen of it."""
    return len(pattern.findall(text)) - len(pattern.findall(text, 0, seen))


def _column(letters: bytes) -> int:
    """The number of a column by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
