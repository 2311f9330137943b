"""Cells: what the cells of a column stand for by the codebook, be they its codes or its labels."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Literal

from mentorstudy.reading.coding.catalogue import normalised, not_answers
from mentorstudy.reading.coding.codebooks.described import WHOLE, Described, whole
from mentorstudy.reading.grid import number

Held = Literal["codes", "labels"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The texts of a column, each in one of these, and what it stands for: a code, a label, a reason, or nothing.

    `labels` are those of answers whose codes are no whole numbers.
    """

    codes: Mapping[str, int]
    labels: Mapping[str, str]
    missing: Mapping[str, str]
    unknown: tuple[str, ...]


def by_codebook(texts: Iterable[str], described: Described, held: Held | None = None) -> Known:
    """What the codebook says of each text; `held` is what the column holds, where a text may be code and label.

    A text that it lacks is no answer if the catalogue says so; it is an answer as it stands where the codebook lists
    no answers, or where it is a number and the codebook asks for one or lists lower and higher ones, as of a scale
    whose ends alone have labels; else it is unknown.
    """
    if not described.labels and not described.numeric:
        return Known(codes={}, labels={}, missing={}, unknown=())
    codes, labels = _codes(described), _labels(described)
    known = codes | labels if held == "labels" else labels | codes
    answers = described.answers
    reasons = not_answers()
    coded: dict[str, int] = {}
    worded: dict[str, str] = {}
    missing: dict[str, str] = {}
    unknown: list[str] = []
    for text in filter(str.strip, texts):
        code = known.get(_as_code(text), known.get(normalised(text)))
        if code is None:
            known_reason = reasons.get(normalised(text)) if answers or described.numeric else None
            if reason := described.set_apart.get(text) or known_reason:
                missing[text] = reason
            elif not _is_answer(text, described):
                unknown.append(text)
        elif code in described.missing:
            missing[text] = described.missing[code]
        elif WHOLE.fullmatch(code):
            coded[text] = int(float(code))
        else:
            worded[text] = answers[code]
    return Known(codes=coded, labels=worded, missing=missing, unknown=tuple(unknown))


def held_in(texts: Iterable[str], described: Described) -> set[Held]:
    """Which of codes and labels the texts must be, by those that can be only one of them."""
    codes, labels = _codes(described), _labels(described)
    found: set[Held] = set()
    for text in filter(str.strip, texts):
        code, label = _as_code(text) in codes, normalised(text) in labels
        if code != label:
            found.add("codes" if code else "labels")
    return found


def may_be_both(texts: Iterable[str], described: Described) -> bool:
    """Whether a text is the code of one answer and the label of another."""
    codes, labels = _codes(described), _labels(described)
    return any(
        codes.get(_as_code(text), label) != label for text in texts if (label := labels.get(normalised(text)))
    )


def of_two(described: Described) -> dict[str, list[str]]:
    """Labels that stand for several codes, and so for none; with the codes."""
    codes: dict[str, list[str]] = {}
    for code, label in described.labels.items():
        codes.setdefault(normalised(label), []).append(code)
    return {described.labels[several[0]]: several for label, several in codes.items() if label and len(several) > 1}


def _codes(described: Described) -> dict[str, str]:
    return {_as_code(code): code for code in described.labels}


def _labels(described: Described) -> dict[str, str]:
    labels = {normalised(label): code for label, code in described.also.items()}
    labels |= {normalised(label): code for code, label in described.labels.items()}
    twice = {normalised(label) for label in of_two(described)}
    return {label: code for label, code in labels.items() if label and label not in twice}


def _as_code(text: str) -> str:
    return normalised(whole(text))


def _is_answer(text: str, described: Described) -> bool:
    """Whether a text that the codebook does not list is an answer as it stands."""
    ends: Collection[float] = [float(code) for code in described.answers if WHOLE.fullmatch(code)]
    if described.numeric:
        return not isnan(number(text.replace(",", ".")))
    if not described.answers:
        return True
    return bool(ends) and min(ends) < number(text) < max(ends)
