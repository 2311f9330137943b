"""Answers: the texts of a column to values, and to the reason where there is none."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.catalogue import Coding, UndecidedError, by_catalogue, normalised, not_answers
from mentorstudy.reading.coding.digits import by_digits
from mentorstudy.reading.grid import Column, Field

Value = TypeVar("Value")

NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?")
WHOLE = re.compile(r"([-+]?[0-9]+)\.0*")  # how a column with gaps writes whole numbers once a spreadsheet saved it
LETTERED = re.compile(r"([A-Za-z_]{1,3})([0-9]{1,2})")  # a platform's own answer codes: A3, v3


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One column's values by row (nan where there is none), the reason where one is known, and what is neither."""

    values: NDArray[np.float64]
    reasons: NDArray[np.object_]  # "" where there is an answer, or no reason is known
    strange: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the plan says of a set of answers: text to code, text to reason."""

    codes: Mapping[str, int]
    missing: Mapping[str, str]


NOTHING = Declared(codes={}, missing={})


def on_scale(
    columns: Sequence[tuple[Column, Field]], scale: Scale, declared: Declared = NOTHING
) -> tuple[list[Coded], tuple[str, ...]]:
    """The codes of all items of a scale, 1 to the number of its responses; and what is to be told of how.

    Each text is, in this order: a code or a reason that the plan declares; one of the scale's responses; the place
    of one, where numbers can only be places; a reason that the file or the catalogue knows. Where none of the texts
    is a response, they are coded by the catalogue if it knows both them and the responses as the same set, or by the
    digits in them.
    """
    known = {normalised(answer): code for code, answer in enumerate(scale.responses, start=1)}
    declares = _folded(declared.codes), _folded(declared.missing)
    texts = {label for column, about in columns for label in _labels(column, about)}
    said = {text for text in texts if normalised(text) not in declares[0] | declares[1] | not_answers()}
    learnt = None if all(normalised(text) in known or _place(text) for text in said) else _bridged(said, scale)
    codes = _folded(learnt.codes) if learnt else {}
    missing = not_answers() | (_folded(learnt.missing) if learnt else {}) | declares[1]
    known = codes | known | {text: code for text, code in declares[0].items() if 1 <= code <= scale.highest}
    places = takes_codes(scale)
    found = []
    for column, about in columns:
        values = np.full(len(column.words), np.nan)
        reasons = np.full(len(column.words), "", dtype=object)
        strange = np.zeros(len(column.words), dtype=bool)
        for at, word in enumerate(column.words):
            label = _label(word, about, known)
            if label in known:
                values[at] = known[label]
            elif reason := declares[1].get(normalised(word)) or about.missing.get(word) or missing.get(label):
                reasons[at] = reason
            elif word and places and 1 <= (place := _place(word)) <= scale.highest:
                values[at] = place
            else:
                strange[at] = bool(word)
        found.append(
            Coded(values=values[column.codes], reasons=reasons[column.codes], strange=strange[column.codes])
        )
    return found, learnt.said if learnt else ()


def alone(columns: Sequence[tuple[Column, Field]], declared: Iterable[Declared] = ()) -> list[Coded] | None:
    """The codes of questions that share their answers and belong to no scale; None where nothing tells them all.

    Numbers are what they say; else the file's own codes; else the declared set, the digits in the labels, or the set
    of the catalogue, that knows every text.
    """
    for coding in _codings(columns, declared):
        found = [_by(column, about, coding) for column, about in columns]
        if not any(one.strange.any() for one in found):
            return found
    return None


def takes_codes(scale: Scale) -> bool:
    """Whether a number in the file can only be a response's place in the list."""
    places = enumerate(scale.responses, start=1)
    return all(not NUMBER.fullmatch(answer) or float(answer) == place for place, answer in places)


def _codings(columns: Sequence[tuple[Column, Field]], declared: Iterable[Declared]) -> Iterable[Declared]:
    yield NOTHING
    texts = {label for column, about in columns for label in _labels(column, about)}
    texts -= {text for column, about in columns for text in about.missing}
    yield from declared
    if by_number := by_digits(texts):
        yield Declared(codes=by_number.codes, missing=by_number.missing)
    try:
        coding = by_catalogue(texts)
    except UndecidedError:
        return
    yield Declared(codes=coding.codes, missing=coding.missing)


def _by(column: Column, about: Field, coding: Declared) -> Coded:
    codes, missing = _folded(coding.codes), not_answers() | _folded(coding.missing)
    values = np.full(len(column.words), np.nan)
    reasons = np.full(len(column.words), "", dtype=object)
    strange = np.zeros(len(column.words), dtype=bool)
    for at, word in enumerate(column.words):
        label = _label(word, about, codes)
        if label in codes:
            values[at] = codes[label]
        elif reason := _folded(coding.missing).get(normalised(word)) or about.missing.get(word):
            reasons[at] = reason
        elif NUMBER.fullmatch(word) and np.isfinite(float(word)):
            values[at] = float(word)
        elif reason := missing.get(label):
            reasons[at] = reason
        else:
            strange[at] = bool(word)
    return Coded(values=values[column.codes], reasons=reasons[column.codes], strange=strange[column.codes])


def _labels(column: Column, about: Field) -> set[str]:
    """The answers as the respondent saw them, empty cells and those that are no answer set aside."""
    used = {word for word in column.words if word and word not in about.missing}
    offered = {label for code, label in about.labels.items() if code not in about.missing}
    return {about.labels.get(_whole(word), about.labels.get(word, word)) for word in used} | (
        offered if used else set()
    )


def _label(word: str, about: Field, known: Mapping[str, object]) -> str:
    """What the cell says, in the form by which labels are compared."""
    if word in about.labels:
        return normalised(about.labels[word])
    label, whole = normalised(word), _whole(word)
    return label if label in known or whole == word else normalised(about.labels.get(whole, whole))


def _bridged(texts: Collection[str], scale: Scale) -> Coding | None:
    """Other words for the scale's responses: of the same set of the catalogue, with digits in front, or lettered."""
    if numbered := by_digits(texts):
        return numbered if max(numbered.codes.values()) <= scale.highest else None
    if lettered := _lettered(texts):
        return lettered
    try:
        theirs, ours = by_catalogue(texts), by_catalogue(scale.responses)
    except UndecidedError:
        return None
    if theirs.set_name != ours.set_name:
        return None
    place = {
        ours.codes[answer]: code for code, answer in enumerate(scale.responses, start=1) if answer in ours.codes
    }
    return Coding(
        codes={text: place[point] for text, point in theirs.codes.items() if point in place},
        missing=theirs.missing,
        set_name=theirs.set_name,
        said=theirs.said,
    )


def _lettered(texts: Collection[str]) -> Coding | None:
    found = [LETTERED.fullmatch(text) for text in texts]
    if not all(found) or len({match[1] for match in found if match}) != 1:
        return None
    return Coding(codes={match[0]: int(match[2]) for match in found if match}, missing={}, set_name="")


def _whole(word: str) -> str:
    found = WHOLE.fullmatch(word)
    return found[1] if found else word


def _place(word: str) -> int:
    whole = _whole(word)
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) < 4 else 0


def _folded(table: Mapping[str, Value]) -> dict[str, Value]:
    return {normalised(text): value for text, value in table.items()}
