"""Answers: the texts of a column to values, and to the reason where there is none."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from mentorstudy.reading.coding.catalogue import UndecidedError, by_catalogue, normalised, not_answers
from mentorstudy.reading.coding.digits import by_digits
from mentorstudy.reading.coding.line import is_taken, line_of, pairs_of, worded
from mentorstudy.reading.coding.values import NOTHING, Coded, Declared, Group
from mentorstudy.reading.grid import Column, Field, number

Value = TypeVar("Value")

MOST_LABELS = 60  # of a question that offers answers; more are words of one's own
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?")  # 007 is a name, not a number
WHOLE = re.compile(r"([-+]?(?:0|[1-9][0-9]*))\.0*")  # as spreadsheets write columns with gaps


def alone(
    columns: Sequence[tuple[Column, Field]], declared: Iterable[Declared] = (), own: Declared = NOTHING
) -> Group | None:
    """The codes of questions that share their answers and belong to no scale; None where nothing tells them all.

    The questions' `own` set holds for them whatever else is known. Without one numbers are what they say; else the
    file's own codes; else the declared set, the digits in the labels, or the set of the catalogue, that knows every
    text. The last two code no column that a file beside it has coded. A declared set of reasons alone holds for all.
    """
    declared = tuple(declared)
    missing = {text: reason for one in declared if not one.codes for text, reason in one.missing.items()}
    missing |= own.missing
    codings = (
        [(replace(own, missing=missing), "the plan", ())]
        if own.codes
        else _codings(columns, [one for one in declared if one.codes], missing)
    )
    for coding, by, said in codings:
        found: list[Coded] = []
        for column, about in columns:
            if (coded := _by(column, about, coding)) is None:
                break
            found.append(coded)
        else:
            labelled = by == "numbers" and any(about.labels for _, about in columns)
            return Group(found=tuple(found), by="the file's codes" if labelled else by, said=said)
    return None


def as_declared(column: Column, about: Field, own: Declared) -> Coded:
    """The column as its own set has it; odd is each text that is neither an answer of it nor a reason for none."""
    value, why, odd = zip(*_means(column, about, own), strict=True)
    return Coded(codes=column.codes, value=np.array(value, dtype=float), why=why, odd=np.array(odd, dtype=bool))


def label_of(word: str, about: Field, known: Collection[str] = ()) -> str:
    """What the cell says, in the form by which labels are compared; 4.0 is 4, unless it is `known` as it stands."""
    if word in about.labels:
        return normalised(about.labels[word])
    label, plain = normalised(word), whole(word)
    return label if label in known or plain == word else normalised(about.labels.get(plain, plain))


def _codings(
    columns: Sequence[tuple[Column, Field]], declared: Iterable[Declared], missing: Mapping[str, str]
) -> Iterable[tuple[Declared, str, tuple[str, ...]]]:
    yield Declared(codes={}, missing=missing), "numbers", ()
    if any(len(column.words) > MOST_LABELS for column, _ in columns):
        return
    texts = {label for column, about in columns for label in labels_of(column, about)}
    texts -= missing.keys()
    for one in declared:
        yield Declared(codes=one.codes, missing={**missing, **one.missing}), "the plan", ()
    if any(about.coded for _, about in columns):
        return
    if by_number := by_digits(texts):
        yield (
            Declared(codes=by_number.codes, missing={**missing, **by_number.missing}),
            by_number.set_name,
            by_number.said,
        )
    try:
        coding = by_catalogue(texts)
    except UndecidedError:
        return
    yield Declared(codes=coding.codes, missing={**missing, **coding.missing}), coding.set_name, coding.said


def _by(column: Column, about: Field, coding: Declared) -> Coded | None:
    """The column as the coding has it; None at the first text that is neither an answer nor a reason for none."""
    value: list[float] = []
    why: list[str] = []
    for answer, reason, odd in _means(column, about, coding):
        if odd:
            return None
        value.append(answer)
        why.append(reason)
    nothing = np.zeros(len(value), dtype=bool)
    return Coded(codes=column.codes, value=np.array(value, dtype=float), why=tuple(why), odd=nothing)


def _means(column: Column, about: Field, coding: Declared) -> Iterator[tuple[float, str, bool]]:
    """Of each text its value, why it has none, and whether it is neither.

    A number is what it says, or where the set's labels for the file's other codes place it; but beyond a set's own
    codes it is none of its answers, unless a codebook gave it, and neither is one that has the code of another.
    """
    codes, declared = folded(coding.codes), folded(coding.missing)
    line = line_of(pairs_of(about, codes))
    mixed = bool(codes) and worded(column, about, codes)
    missing = not_answers() | declared
    lowest, highest = min(codes.values(), default=-np.inf), max(codes.values(), default=np.inf)
    for word in column.words:
        label = label_of(word, about, codes)
        said = declared.get(normalised(word)) or declared.get(label) if declared else None
        if label in codes:
            yield codes[label], "", False
        elif known := said or about.missing.get(word):
            yield np.nan, known, False
        elif NUMBER.fullmatch(word) and not np.isnan(value := number(word)):
            place = line.at(value) if line else value
            within = about.coded or lowest <= place <= highest
            yield place, "", not line or not within or is_taken(value, place, codes, words=mixed)
        else:
            reason = missing.get(label, "") if word else ""
            yield np.nan, reason, bool(word) and not reason


def labels_of(column: Column, about: Field) -> set[str]:
    """The answers as the respondent saw them, empty cells and those that are no answer set aside."""
    used = {word for word in column.words if word and word not in about.missing}
    offered = {label for code, label in about.labels.items() if code not in about.missing}
    return {about.labels.get(whole(word), about.labels.get(word, word)) for word in used} | (
        offered if used else set()
    )


def whole(word: str) -> str:
    """A whole number without the point and zeros of spreadsheets; any other text as it stands."""
    found = WHOLE.fullmatch(word)
    return found[1] if found else word


def folded(table: Mapping[str, Value]) -> dict[str, Value]:
    """The table by its texts as they are compared."""
    return {normalised(text): value for text, value in table.items()}
