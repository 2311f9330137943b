"""Twin: what labels stand for, learnt from a numeric export of the same responses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.errors import rows_told
from mentorstudy.reading.coding.catalogue import Coding, set_aside
from mentorstudy.reading.grid import Column

SET_NAME = "numeric export"
EXPORT_AGAIN = "Export both again, one right after the other and with the same filter."

Rows = NDArray[np.intp]
Numbers = NDArray[np.int64]


class TwinError(Exception):
    """The two exports do not agree; `conflicts` says on what, and the caller knows the files and the columns."""

    def __init__(self, *conflicts: str) -> None:
        """Keep every conflict."""
        self.conflicts = conflicts
        super().__init__(*conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """The rows of two files that are one response each, and how many responses have no such pair."""

    texts: Rows
    numbers: Rows
    alone: int


def same_responses(texts: Column, numbers: Column) -> Same:
    """Rows of the same response, by the columns of response ids; an id that a file holds twice is no pair."""
    row_in_texts, row_in_numbers = _row_of_word(texts), _row_of_word(numbers)
    met = pd.Index(numbers.words, dtype=object).get_indexer(pd.Index(texts.words, dtype=object))
    partner = np.where(met >= 0, row_in_numbers[met], -1)
    both = (row_in_texts >= 0) & (partner >= 0)
    filled = int((~texts.blank).sum()) + int((~numbers.blank).sum())
    order = np.argsort(row_in_texts[both])
    return Same(texts=row_in_texts[both][order], numbers=partner[both][order], alone=filled - 2 * int(both.sum()))


def learnt(items: Sequence[tuple[Column, Column]], same: Same, *, rows: Numbers) -> Coding:
    """Codes of the labels of an item group; `items` are its columns as text and as numbers.

    Every label must have one code and every code one label, in all items and responses; else TwinError tells
    which label met which codes, in how many responses, and where first by `rows`, the numbers in the file of
    text; a text that met no code is told by its row alone. A label that says it is no answer is missing, whatever
    its number, unless its number lies between those of the answers and it is known as a middle.
    """
    if not len(same.texts):
        raise TwinError(f"no response is in both files. {EXPORT_AGAIN}")
    met = pd.concat([_met(texts, numbers, same, rows) for texts, numbers in items], ignore_index=True)
    conflicts = [*_conflicts(met), *_never_met(items, met, rows)]
    if conflicts:
        raise TwinError(*conflicts)
    codes = {label: int(float(number)) for label, number in zip(met["label"], met["number"], strict=True)}
    missing = set_aside(codes)
    return Coding(
        codes={label: code for label, code in codes.items() if label not in missing},
        missing=missing,
        set_name=SET_NAME,
        said=tuple(_said(same)),
    )


def _row_of_word(column: Column) -> Rows:
    """For each distinct word the row it stands in; -1 where it stands in none or in several, and for no word."""
    times = np.bincount(column.codes, minlength=len(column.words))
    row = np.full(len(column.words), -1, dtype=np.intp)
    row[column.codes] = np.arange(len(column.codes))
    row[(times != 1) | np.array([not word for word in column.words], dtype=bool)] = -1
    return row


def _met(texts: Column, numbers: Column, same: Same, rows: Numbers) -> pd.DataFrame:
    """Each label with each number it met: in how many responses, and the first row."""
    both = texts.codes[same.texts].astype(np.int64) * len(numbers.words)
    both += numbers.codes[same.numbers].astype(np.int64)
    pairs, first, responses = np.unique(both, return_index=True, return_counts=True)
    met = pd.DataFrame(
        {
            "label": [texts.words[pair] for pair in pairs // len(numbers.words)],
            "number": [_plain(numbers.words[pair]) for pair in pairs % len(numbers.words)],
            "responses": responses,
            "row": rows[same.texts[first]],
        }
    )
    return met[met["label"] != ""]


def _plain(number: str) -> str:
    """A whole number as it is said, so that 4.0 is 4; anything else as it stands."""
    try:
        value = float(number)
    except ValueError:
        return number
    return str(int(value)) if value.is_integer() else number


def _conflicts(met: pd.DataFrame) -> Iterator[str]:
    wordless = met[~met["number"].str.fullmatch("-?[0-9]+")]
    if len(wordless):
        yield (
            f"texts that met no whole number, in {_responses(wordless)}. If people wrote them, this is no item of "
            "a scale; if not, export the second file with numeric values."
        )
    whole = met.drop(wordless.index)
    for label, group in whole.groupby("label", sort=False):
        if group["number"].nunique() > 1:
            yield f"{label} met {_each(group, 'number')}. {EXPORT_AGAIN}"
    for number, group in whole.groupby("number", sort=False):
        if group["label"].nunique() > 1:
            mend = "Give each label a code of its own, or write [labels] in plan.toml."
            yield f"{number} met {_each(group, 'label')}. {mend}"


def _each(group: pd.DataFrame, by: str) -> str:
    return " and ".join(f"{one} in {_responses(part)}" for one, part in group.groupby(by, sort=False))


def _responses(group: pd.DataFrame) -> str:
    count = int(group["responses"].sum())
    return f"{count} response{'' if count == 1 else 's'} (first in row {group['row'].min()})"


def _never_met(items: Sequence[tuple[Column, Column]], met: pd.DataFrame, rows: Numbers) -> Iterator[str]:
    """Texts that stand only in responses the file of numbers lacks; told by row, as they may be people's own."""
    known = {"", *met["label"]}
    lost = np.logical_or.reduce([~texts.among(known) for texts, _ in items])
    if lost.any():
        yield f"texts that no response in both files holds (row {rows_told(rows[lost].tolist())}). {EXPORT_AGAIN}"


def _said(same: Same) -> Iterator[str]:
    yield f"codes learnt from the numeric export, {len(same.texts)} responses in both files"
    if same.alone:
        yield f"{same.alone} responses are in one of the two files only, or twice in one"
