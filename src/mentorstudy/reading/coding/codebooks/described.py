"""Described: what a codebook says of one column, and codes from it."""

import html
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from mentorstudy.reading.coding.catalogue import Coding, UndecidedError, normalised, not_answers, set_aside

TAG = re.compile(r"<(?:[a-zA-Z/][^>]*|!--.*?--)>", re.DOTALL)
WHOLE = re.compile(r"[-+]?[0-9]{1,9}(\.0+)?")
USER_MISSING = "user_missing:"
REASONS = {"not_shown", "seen_unanswered", "dont_know", "refused", "not_applicable", "no_answer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One column: the question, its part, what its codes stand for, and which of them are no answer.

    `also` are further labels of the codes, in another language or as respondents saw them; `choices` are the
    options of a question with several answers, by their id.
    """

    wording: str = ""
    part: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)  # label: code
    missing: Mapping[str, str] = field(default_factory=dict)  # code: reason
    multi: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    numeric: bool = False
    reverse: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """The columns a codebook describes, by name; `kind` is what wrote it."""

    kind: str
    columns: Mapping[str, Described]
    notes: tuple[str, ...] = ()


def by_codebook(labels: Collection[str], described: Described) -> Coding:
    """Codes of the labels, or of the codes themselves, as the codebook has them; UndecidedError for all it lacks."""
    known = {normalised(label): code for label, code in described.also.items()}
    known |= {normalised(label): code for code, label in described.labels.items()}
    twice = _twice(described.labels.values())
    known = {text: code for text, code in known.items() if text not in twice}
    known |= {code: code for code in described.labels if normalised(code) not in known}
    code_of = {label: known.get(normalised(label), _whole(label)) for label in labels if label.strip()}
    unknown = [
        label
        for label, code in code_of.items()
        if code not in described.labels or not (code in described.missing or WHOLE.fullmatch(code))
    ]
    if unknown:
        raise UndecidedError(unknown=unknown)
    return Coding(
        codes={label: int(float(code)) for label, code in code_of.items() if code not in described.missing},
        missing={label: described.missing[code] for label, code in code_of.items() if code in described.missing},
        set_name="codebook",
    )


def missing_of(labels: Mapping[str, str]) -> dict[str, str]:
    """The codes whose labels say that they are no answer, and why."""
    if all(WHOLE.fullmatch(code) for code in labels):
        aside = set_aside({label: int(float(code)) for code, label in labels.items()})
        return {code: aside[label] for code, label in labels.items() if label in aside}
    reasons = not_answers()
    return {code: reasons[normalised(label)] for code, label in labels.items() if normalised(label) in reasons}


def reason_of(said: str, label: str) -> str:
    """The reason that a codebook's own word for it, or else the label, stands for."""
    word = normalised(said).replace(" ", "_").replace("-", "_")
    if word in REASONS or said.startswith(USER_MISSING):
        return word if word in REASONS else said
    reasons = not_answers()
    return reasons.get(normalised(said)) or reasons.get(normalised(label)) or f"{USER_MISSING}{label or said}"


def plain(text: object) -> str:
    """The text without tags, entities and double spaces."""
    return " ".join(html.unescape(TAG.sub(" ", str(text))).split()) if text not in (None, False) else ""


def _whole(code: str) -> str:
    stripped = code.strip()
    return str(int(float(stripped))) if WHOLE.fullmatch(stripped) else stripped


def _twice(labels: Iterable[str]) -> set[str]:
    texts = [normalised(label) for label in labels]
    return {text for text in texts if texts.count(text) > 1}
