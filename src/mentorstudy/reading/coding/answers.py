"""Answers: the texts of a column to values, and to the reason where there is none."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.bridged import bridged
from mentorstudy.reading.coding.catalogue import Coding, UndecidedError, by_catalogue, normalised, not_answers
from mentorstudy.reading.coding.digits import by_digits
from mentorstudy.reading.coding.rare import without_rare
from mentorstudy.reading.coding.values import NOTHING, Coded, Declared, Group
from mentorstudy.reading.grid import Column, Field, number

Value = TypeVar("Value")

MOST_LABELS = 60  # of a question that offers answers; more are words of one's own
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?")  # 007 is a name, not a number
WHOLE = re.compile(r"([-+]?(?:0|[1-9][0-9]*))\.0*")  # as spreadsheets write columns with gaps


def on_scale(
    columns: Sequence[tuple[Column, Field]], scale: Scale, declared: Sequence[Declared] = ()
) -> tuple[list[Coded], tuple[str, ...]]:
    """The codes of all items of a scale, 1 to the number of its responses; and what is to be told of how.

    Each text is, in this order: a code or a reason that the plan declares for its column (`declared`, one of each);
    one of the scale's responses; the place of one, where numbers can only be places; a reason that the file or the
    catalogue knows. Where none of the texts is a response, they are coded by the catalogue if it knows both them and
    the responses as the same set, or by the digits in them; so they are where all but a rare one is, which stays odd.
    """
    responses = {normalised(answer): code for code, answer in enumerate(scale.responses, start=1)}
    declares = [(_folded(one.codes), _folded(one.missing)) for one in declared or [NOTHING] * len(columns)]
    said = {
        text
        for (column, about), (own, reasons) in zip(columns, declares, strict=True)
        for text in _labels(column, about)
        if normalised(text) not in own | reasons | not_answers()
    }
    foreign = not all(normalised(text) in responses or _place(text) for text in said)
    learnt = _bridged(columns, said, scale) if foreign else None
    codes = _folded(learnt.codes) if learnt else {}
    places = takes_codes(scale)
    found = []
    for (column, about), (own, reasons) in zip(columns, declares, strict=True):
        known = codes | responses | {text: code for text, code in own.items() if 1 <= code <= scale.highest}
        missing = not_answers() | (_folded(learnt.missing) if learnt else {}) | reasons
        value = np.full(len(column.words), np.nan)
        why = [""] * len(column.words)
        odd = np.zeros(len(column.words), dtype=bool)
        for at, word in enumerate(column.words):
            label = label_of(word, about, known)
            if label in known:
                value[at] = known[label]
            elif reason := reasons.get(normalised(word)) or about.missing.get(word) or missing.get(label):
                why[at] = reason
            elif word and places and 1 <= (place := _place(word)) <= scale.highest:
                value[at] = place
            else:
                odd[at] = bool(word)
        found.append(Coded(codes=column.codes, value=value, why=tuple(why), odd=odd))
    return found, learnt.said if learnt else ()


def _bridged(columns: Sequence[tuple[Column, Field]], said: Collection[str], scale: Scale) -> Coding | None:
    known = bridged(said, scale)
    return known or without_rare(columns, said, lambda texts: bridged(texts, scale))


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
    label, whole = normalised(word), _whole(word)
    return label if label in known or whole == word else normalised(about.labels.get(whole, whole))


def takes_codes(scale: Scale) -> bool:
    """Whether a number in the file can only be a response's place in the list."""
    places = enumerate(scale.responses, start=1)
    return all(not NUMBER.fullmatch(answer) or float(answer) == place for place, answer in places)


def _codings(
    columns: Sequence[tuple[Column, Field]], declared: Iterable[Declared], missing: Mapping[str, str]
) -> Iterable[tuple[Declared, str, tuple[str, ...]]]:
    yield Declared(codes={}, missing=missing), "numbers", ()
    if any(len(column.words) > MOST_LABELS for column, _ in columns):
        return
    texts = {label for column, about in columns for label in _labels(column, about)}
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

    A number is what it says, but beyond a set's own codes it is none of its answers, unless a codebook gave it.
    """
    codes, declared = _folded(coding.codes), _folded(coding.missing)
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
            yield value, "", not (about.coded or lowest <= value <= highest)
        else:
            reason = missing.get(label, "") if word else ""
            yield np.nan, reason, bool(word) and not reason


def _labels(column: Column, about: Field) -> set[str]:
    """The answers as the respondent saw them, empty cells and those that are no answer set aside."""
    used = {word for word in column.words if word and word not in about.missing}
    offered = {label for code, label in about.labels.items() if code not in about.missing}
    return {about.labels.get(_whole(word), about.labels.get(word, word)) for word in used} | (
        offered if used else set()
    )


def _whole(word: str) -> str:
    found = WHOLE.fullmatch(word)
    return found[1] if found else word


def _place(word: str) -> int:
    whole = _whole(word)
    return int(whole) if NUMBER.fullmatch(whole) and whole.isdigit() and len(whole) < 4 else 0


def _folded(table: Mapping[str, Value]) -> dict[str, Value]:
    return {normalised(text): value for text, value in table.items()}
