"""Described: what a codebook says of the columns of another file."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mentorstudy.reading.coding.catalogue import normalised, not_answers, set_aside

TAG = re.compile(r"<[a-zA-Z/][^>]*>")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
WHOLE = re.compile(r"[-+]?[0-9]{1,9}(\.0+)?")
USER_MISSING = "user_missing:"
REASONS = {"not_shown", "seen_unanswered", "dont_know", "refused", "not_applicable", "no_answer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One column: the question, its part, what its codes stand for, and which of them are no answer.

    `also` are further labels of the codes, or of the choices, in another language or as respondents saw them;
    `choices` are the options of a question with several answers, by their id, and `separator` is what stands between
    them in a cell; `set_apart` are texts that the tool writes into any field to say why it has no answer.
    """

    wording: str = ""
    translated: tuple[str, ...] = ()  # the question in other languages
    part: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)  # label: code
    missing: Mapping[str, str] = field(default_factory=dict)  # code: reason
    set_apart: Mapping[str, str] = field(default_factory=dict)  # text: reason
    multi: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    separator: str = ","
    numeric: bool = False

    @property
    def answers(self) -> dict[str, str]:
        """The labels of the codes that are answers, by code."""
        return {code: label for code, label in self.labels.items() if code not in self.missing}

    @property
    def coded(self) -> bool:
        """Whether answers have whole numbers for codes."""
        return any(map(WHOLE.fullmatch, self.answers))

    @property
    def answered(self) -> tuple[object, ...]:
        """What two descriptions of one column must have in common."""
        return dict(self.labels), dict(self.missing), dict(self.choices), self.multi, self.numeric

    @property
    def several(self) -> bool:
        """Whether cells hold several answers; a single choice is one box of such a question."""
        return self.multi and len(self.choices) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """The columns a codebook describes, by name; `kind` is what wrote it."""

    kind: str
    columns: Mapping[str, Described]
    notes: tuple[str, ...] = ()
    whole: bool = False  # whether it describes every question of the survey
    loops: bool = False  # whether a question asked again and again has the number of the turn before its name


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
    if text in (None, False):
        return ""
    bare = _without(TAG, ">", _without(COMMENT, "-->", str(text)))
    return " ".join(html.unescape(bare).split())


def _without(form: re.Pattern[str], end: str, text: str) -> str:
    """The text without what begins and ends so; sought only as far as an end is, as each beginning looks for one."""
    last = text.rfind(end) + len(end)
    return form.sub(" ", text[:last]) + text[last:] if last >= len(end) else text


def whole(code: str) -> str:
    """A whole number as it is said, so that 1.0 is 1; anything else as it stands."""
    stripped = code.strip()
    return str(int(float(stripped))) if WHOLE.fullmatch(stripped) else stripped
