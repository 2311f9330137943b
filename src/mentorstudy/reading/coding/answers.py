"""Answers: the texts of a column to values, and to the reason where there is none."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.catalogue import Coding, UndecidedError, by_catalogue, normalised, not_answers
from mentorstudy.reading.coding.declared import set_of, within
from mentorstudy.reading.coding.digits import by_digits
from mentorstudy.reading.grid import Column, Field, number, spread

Value = TypeVar("Value")

MOST_LABELS = 60  # of a question that offers answers; more are words of one's own
SAFE = 2**53  # beyond it not every whole number can be told from its neighbour
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?")  # 007 is a name, not a number
WHOLE = re.compile(r"([-+]?(?:0|[1-9][0-9]*))\.0*")  # as spreadsheets write columns with gaps
BESIDE_DIGITS = re.compile(r"^[\W_]*[0-9]+[\W_]*|[\W_]*[0-9]+[\W_]*$")
LETTERED = re.compile(r"([A-Za-z_]{1,3})([0-9]{1,2})")  # a platform's own answer codes: A3, v3


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What the distinct texts of one column stand for, spread over its rows only when asked.

    By text: `value` (nan where it is none), `why` it is none ("" where it is one, or nothing says), and `odd` where
    it is neither.
    """

    codes: NDArray[np.integer]
    value: NDArray[np.float64]
    why: tuple[str, ...]
    odd: NDArray[np.bool_]

    @property
    def strange(self) -> NDArray[np.bool_]:
        """The rows whose text is neither an answer nor a known reason for none."""
        return spread(self.odd, self.codes)

    @property
    def reasons(self) -> pd.Categorical:
        """Why a row has no answer; missing where it has one, or nothing says."""
        known = sorted({reason for reason in self.why if reason})
        if not known:  # the usual case, and nothing to hold a million times
            return pd.Categorical.from_codes(np.broadcast_to(np.int8(-1), len(self.codes)), [], validate=False)
        place = np.array([known.index(reason) if reason else -1 for reason in self.why], dtype=np.int8)
        return pd.Categorical.from_codes(spread(place, self.codes), categories=known, validate=False)

    @property
    def numbers(self) -> NDArray[np.float64]:
        """The values as numbers, nan where there is none."""
        return self.value[self.codes]

    @property
    def whole(self) -> pd.array:
        """The values in the smallest integers that hold them, else as numbers; missing where there is none."""
        none = np.isnan(self.value)
        filled = np.where(none, 0, self.value)
        if (filled % 1).any() or np.abs(filled).max(initial=0) > SAFE:
            return pd.array(self.numbers, dtype="Float64")
        small = filled.astype(np.min_scalar_type(-int(np.abs(filled).max(initial=0)) - 1))
        return pd.arrays.IntegerArray(spread(small, self.codes), spread(none, self.codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The columns of questions that share their answers, coded together, and by what."""

    found: tuple[Coded, ...]
    by: str  # "numbers", "the file's codes", "the plan", "digits in the labels", or a set of the catalogue
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the plan says of a set of answers: text to code, text to reason."""

    codes: Mapping[str, int]
    missing: Mapping[str, str]


NOTHING = Declared(codes={}, missing={})


def on_scale(
    columns: Sequence[tuple[Column, Field]], scale: Scale, declared: Sequence[Declared] = ()
) -> tuple[list[Coded], tuple[str, ...]]:
    """The codes of all items of a scale, 1 to the number of its responses; and what is to be told of how.

    Each text is, in this order: a code or a reason that the plan declares for its column (`declared`, one of each);
    one of the scale's responses; the place of one, where numbers can only be places; a reason that the file or the
    catalogue knows. Where none of the texts is a response, they are coded by the catalogue if it knows both them and
    the responses as the same set, or by the digits in them.
    """
    responses = {normalised(answer): code for code, answer in enumerate(scale.responses, start=1)}
    declares = [(_folded(one.codes), _folded(one.missing)) for one in declared or [NOTHING] * len(columns)]
    said = {
        text
        for (column, about), (own, reasons) in zip(columns, declares, strict=True)
        for text in _labels(column, about)
        if normalised(text) not in own | reasons | not_answers()
    }
    learnt = None if all(normalised(text) in responses or _place(text) for text in said) else _bridged(said, scale)
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
        if label in codes:
            yield codes[label], "", False
        elif known := declared.get(normalised(word)) or declared.get(label) or about.missing.get(word):
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


def _bridged(texts: Collection[str], scale: Scale) -> Coding | None:
    """Other words for the scale's responses: with digits beside them, lettered, or of the same set of the catalogue."""
    if numbered := by_digits(texts):
        return _placed(numbered, scale)
    if lettered := _lettered(texts):
        return lettered if all(1 <= code <= scale.highest for code in lettered.codes.values()) else None
    return _of_its_set(texts, scale)


def _of_its_set(texts: Collection[str], scale: Scale) -> Coding | None:
    """The places of texts that are, with the scale's responses, points of one set of the catalogue."""
    name = set_of(scale.responses)
    try:
        theirs, ours = (within(texts, name), within(scale.responses, name)) if name else (None, None)
    except UndecidedError:
        return None
    if not theirs or not ours:
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


def _placed(numbered: Coding, scale: Scale) -> Coding | None:
    """Labels with digits as places of the scale, by the words beside the digits where the scale knows any of them.

    A file may count from 0, or from the other end: "1 = Strongly agree" is the scale's last place if the plan's scale
    ends there. Digits whose words say nothing to the scale are places as they stand.
    """
    words = {label: BESIDE_DIGITS.sub("", label.strip()) for label in numbered.codes}
    place = {normalised(answer): code for code, answer in enumerate(scale.responses, start=1)}
    known = {label: place[normalised(word)] for label, word in words.items() if normalised(word) in place}
    if not known and (of_set := _of_its_set({word for word in words.values() if word}, scale)):
        known = {label: of_set.codes[word] for label, word in words.items() if word in of_set.codes}
    pairs = [(numbered.codes[label], at) for label, at in known.items()] or [(0, 0)]
    for turn, said in ((1, "counted from another number"), (-1, "counted from the other end")):
        first = pairs[0][1] - turn * pairs[0][0]
        codes = {label: first + turn * digit for label, digit in numbered.codes.items()}
        if all(first + turn * digit == at for digit, at in pairs) and all(
            1 <= code <= scale.highest for code in codes.values()
        ):
            same = codes == numbered.codes
            return numbered if same else replace(numbered, codes=codes, said=(_moved(codes, said),))
    return None


def _moved(codes: Mapping[str, int], said: str) -> str:
    lowest, highest = min(codes, key=codes.__getitem__), max(codes, key=codes.__getitem__)
    return (
        f"the digits in the labels are {said}, and placed by the words beside them: "
        f"{lowest} = {codes[lowest]}, {highest} = {codes[highest]}"
    )


def _lettered(texts: Collection[str]) -> Coding | None:
    found = [match for text in texts if (match := LETTERED.fullmatch(text))]
    if len(found) < len(texts) or len({match[1] for match in found}) != 1:
        return None
    codes = {match[0]: int(match[2]) for match in found}
    told = ", ".join(f"{text} = {code}" for text, code in sorted(codes.items()))
    said = (
        f"the tool's own codes are taken as places, {told}; see in the tool that {min(codes)} is the first answer"
    )
    return Coding(codes=codes, missing={}, set_name="", said=(said,))


def _whole(word: str) -> str:
    found = WHOLE.fullmatch(word)
    return found[1] if found else word


def _place(word: str) -> int:
    whole = _whole(word)
    return int(whole) if NUMBER.fullmatch(whole) and whole.isdigit() and len(whole) < 4 else 0


def _folded(table: Mapping[str, Value]) -> dict[str, Value]:
    return {normalised(text): value for text, value in table.items()}
