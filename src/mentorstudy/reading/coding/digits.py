"""Digits: codes that stand in the labels themselves, as in "4 - Agree" and "Agree (4)"."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import pairwise
from math import gcd

from mentorstudy.reading.coding.catalogue import Coding, normalised, not_answers

SET_NAME = "digits in the labels"
# A number that opens the label and is not part of a longer one, of a range, an amount or an ordinal.
LEADING = re.compile(
    r"[(\[]?\s*([-+−–]?[0-9]{1,3})(\s*[)\]:=.–—-]+|(?=[\s(\[])|$)(?!\s*[:=.–—-]*\s*[0-9])(.*)", re.DOTALL
)
COUNTED = re.compile(  # 2 hours, 3 times or 5 years are amounts, and 10 or more a range
    r"\s*(%|to\b|or\b|and\b|bis\b|oder\b|und\b|à\b|ou\b|o\b|of\b|von\b|"
    r"(more|less|fewer|mehr|weniger|second|minute|hour|day|week|month|year|time|point|people|person|mentor|meeting|"
    r"sekunde|minute|stunde|tag|woche|monat|jahr|mal\b|person|treffen|heure|jour|semaine|mois|an\b|ans\b|année|fois|"
    r"hora|día|semana|mes|año|vez|veces|uur|dag|maand|jaar|keer))",
    re.IGNORECASE,
)
TRAILING = re.compile(  # "Agree (4)", "Agree = 4", "Agree - 4": a number at the end of words without another
    r"([^0-9]*[^\W\d_][^0-9]*?)\s*(?:[(\[]\s*([-+−–]?[0-9]{1,3})\s*[)\]]|[=:–—-]\s*([0-9]{1,3}))"
)
LESS = str.maketrans("−–", "--")
UNSEEN = 1  # points of a run of numbers that nobody may have chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A label's number and its words; `marked` where a sign stands between them."""

    number: int
    words: str
    marked: bool


def by_digits(labels: Collection[str]) -> Coding | None:
    """Codes from the one number that opens every label, or closes it, all distinct; None where that is not so.

    Bare numbers count where another label says what its number stands for; answers that are none, and carry no
    number of their own, are set aside. The numbers must be a run, as of a scale: house numbers are none, and a number
    that stands apart, as 9 beside 1 to 5, is hardly an answer.
    """
    return _coded(labels, _opening) or _coded(labels, _closing)


def _coded(labels: Collection[str], parted: Callable[[str], Parts | None]) -> Coding | None:
    reasons = not_answers()
    codes: dict[str, int] = {}
    missing: dict[str, str] = {}
    said: dict[int, str] = {}
    every: list[Parts] = []
    for label in filter(str.strip, labels):
        text = label.strip()
        if reason := reasons.get(normalised(text)):
            missing[label] = reason
            continue
        parts = parted(text)
        if not parts:
            return None
        if parts.words in reasons:
            missing[label] = reasons[parts.words]
            continue
        if said.setdefault(parts.number, normalised(text)) != normalised(text):
            return None
        codes[label] = parts.number
        every.append(parts)
    worded = [label for label in codes if not label.strip().lstrip("+-−–").isdecimal()]
    if not worded or not _is_run(sorted(said)) or not _is_scale(every):
        return None
    lowest, highest = min(worded, key=codes.__getitem__), max(worded, key=codes.__getitem__)
    told = f"coded by the digits in the labels: {lowest} = {codes[lowest]}, {highest} = {codes[highest]}"
    return Coding(codes=codes, missing=missing, set_name=SET_NAME, said=(told,))


def _opening(text: str) -> Parts | None:
    found = LEADING.fullmatch(text)
    if not found or (not found[2] and COUNTED.match(found[3])):
        return None
    words = normalised(found[3].strip(" ()[]"))
    return Parts(
        number=int(found[1].translate(LESS)), words=words, marked=bool(found[2]) or found[3].lstrip()[:1] in "(["
    )


def _closing(text: str) -> Parts | None:
    if re.fullmatch("[0-9]{1,3}", text):
        return Parts(number=int(text), words="", marked=True)
    found = TRAILING.fullmatch(text)
    if not found:
        return None
    return Parts(number=int((found[2] or found[3]).translate(LESS)), words=normalised(found[1]), marked=True)


def _is_run(numbers: list[int]) -> bool:
    """Whether the numbers are evenly spaced, but for a point that nobody chose."""
    apart = [after - before for before, after in pairwise(numbers)]
    return len(numbers) > 1 and (numbers[-1] - numbers[0]) // gcd(*apart) + 1 - len(numbers) <= UNSEEN


def _is_scale(labels: list[Parts]) -> bool:
    """Whether no two labels say the same, as Team 1 and Team 2 do, and bare numbers begin where scales do."""
    words = [label.words for label in labels if label.words]
    numbers = [label.number for label in labels]
    begins = min(numbers) in (0, 1) or min(numbers) == -max(numbers)
    return len(set(words)) == len(words) and (begins or all(label.marked or not label.words for label in labels))
