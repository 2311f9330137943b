"""Digits: codes that stand in the labels themselves, as in "4 - Agree" and "Agree (4)"."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from itertools import count, pairwise, takewhile
from math import gcd

from mentorstudy.reading.coding.catalogue import Coding, normalised, not_answers, points
from mentorstudy.reading.coding.missing import EITHER, MISSING_CODES

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
# A number at the end of words without another: "Agree (4)", and "Agree = 4" or "Agree - 4", but not COVID-19.
BRACKETED = re.compile(r"([^0-9]*[^\W\d_][^0-9]*?)\s*[(\[]\s*([-+−–]?[0-9]{1,3})\s*[)\]]")
SIGNED = re.compile(r"([^0-9]*[^\W\d_][^0-9]*?)(?:\s*[=:]|\s+[–—-](?=\s))\s*([-+−–]?[0-9]{1,3})")
LESS = str.maketrans("−–", "--")
UNSEEN = 1  # points of a run of numbers that nobody may have chosen
STEPS = {2, 3, 5, 10, 20, 25, 50}  # between the points of scales such as 0, 25, 50, 75, 100
LONGEST = 400  # signs of a label; a longer text is no answer to choose, and slow to match from its end
OFTEN_NONE = {7, 8, 9}  # where questionnaires put "don't know" and "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A label's number and its words; `marked` where a sign stands between them."""

    number: int
    words: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Labels that all carry a number in the same place; `missing` are those that are no answer, with the reason."""

    parts: dict[str, Parts]
    missing: dict[str, str]
    aside: set[int]  # the numbers of those that are no answer
    opening: bool  # whether the numbers stand in front

    @property
    def numbers(self) -> list[int]:
        """The different numbers, ascending."""
        return sorted({parts.number for parts in self.parts.values()})

    @property
    def worded(self) -> list[str]:
        """The labels that say what their number stands for, by their numbers."""
        return sorted(
            (label for label, parts in self.parts.items() if parts.words),
            key=lambda label: self.parts[label].number,
        )

    @property
    def are_codes(self) -> bool:
        """Whether the numbers are those of a scale, and none of them that of a refusal in words of its own."""
        return (
            bool(self.worded)
            and _is_run(self.numbers)
            and _is_scale(list(self.parts.values()))
            and (self._are_known or self._none_is_apart)
        )

    @property
    def _are_known(self) -> bool:
        """Whether the catalogue knows the words of all labels that have some as answers, the two ends among them."""
        ends = [self.parts[label].number for label in (self.worded[0], self.worded[-1])]
        known = all(self.parts[label].words in points() for label in self.worded)
        return known and ends == [self.numbers[0], self.numbers[-1]]

    @property
    def _none_is_apart(self) -> bool:
        """Whether the numbers follow one another, or stand evenly apart as those of scales do.

        Where a mark parts numbers from their words in front of them, one may lack, but none beside an end: what
        stands beyond it may be no answer.
        """
        lowest, highest = self.numbers[0], self.numbers[-1]
        marked = self.opening and all(parts.marked for parts in self.parts.values() if parts.words)
        if (lowest < 0 and lowest != -highest) or (lowest > 1 and not marked):
            return False
        seen = set(self.numbers) | {number for number in self.aside if lowest < number < highest}
        step = gcd(*(number - lowest for number in seen))
        lacking = set(range(lowest, highest, step)) - seen
        if step > 1:
            return step in STEPS and len(seen) > 2 and not lacking and lowest in {0, 1, step, -highest}
        above = {number for number in seen if lacking and number > max(lacking)}
        below = seen - above
        enough = (len(below) > 1 or below == {1}) and len(above) > 1
        return not lacking or (marked and len(lacking) <= UNSEEN and enough and not above <= OFTEN_NONE)


def by_digits(labels: Collection[str]) -> Coding | None:
    """Codes from the one number that opens every label, or closes it, all distinct; None where that is not so.

    Bare numbers count where another label says what its number stands for; answers that are none, and carry no
    number of their own, are set aside. The numbers must be a run, as of a scale: house numbers are none, and a number
    that stands apart, as 9 beside 1 to 5, is hardly an answer.
    """
    for found in _readings(labels):
        if found.are_codes:
            codes = {label: parts.number for label, parts in found.parts.items()}
            lowest, highest = found.worded[0], found.worded[-1]
            told = f"coded by the digits in the labels: {lowest} = {codes[lowest]}, {highest} = {codes[highest]}"
            return Coding(codes=codes, missing=found.missing, set_name=SET_NAME, said=(told,))
    return None


def why_not(labels: Collection[str]) -> str:
    """Why labels that all carry a number are not coded by it, none of their words told; "" for other labels."""
    readings = [found for found in _readings(labels) if found.worded and len(found.numbers) > 1]
    if not readings or any(found.are_codes for found in readings):
        return ""
    numbers = readings[0].numbers
    first = 0 if 0 in numbers else 1
    run = list(takewhile(numbers.__contains__, count(first)))
    apart = sorted(set(numbers).difference(run))
    if (
        len(run) > 1 and apart and set(apart) <= EITHER | MISSING_CODES
    ):  # other numbers may be anything, and private
        told = " and ".join(map(str, apart))
        return f"{told} in the labels stand{'s' * (len(apart) == 1)} apart from {run[0]} to {run[-1]}"
    return "the numbers in the labels are not those of a scale"


def _readings(labels: Collection[str]) -> list[Numbered]:
    """The labels read with their numbers in front, in brackets at the end, and after a sign at the end."""
    forms = (_opening, partial(_closing, BRACKETED), partial(_closing, SIGNED))
    return [found for form in forms if (found := _read(labels, form))]


def _read(labels: Collection[str], parted: Callable[[str], Parts | None]) -> Numbered | None:
    reasons = not_answers()
    every: dict[str, Parts] = {}
    missing: dict[str, str] = {}
    aside: set[int] = set()
    said: dict[int, str] = {}
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
            aside.add(parts.number)
            continue
        if said.setdefault(parts.number, normalised(text)) != normalised(text):
            return None
        every[label] = parts
    return Numbered(parts=every, missing=missing, aside=aside, opening=parted is _opening) if every else None


def _opening(text: str) -> Parts | None:
    found = LEADING.fullmatch(text)
    if not found or (not found[2] and COUNTED.match(found[3])):
        return None
    words = normalised(found[3].strip(" ()[]"))
    return Parts(
        number=int(found[1].translate(LESS)), words=words, marked=bool(found[2]) or found[3].lstrip()[:1] in "(["
    )


def _closing(form: re.Pattern[str], text: str) -> Parts | None:
    if re.fullmatch("[0-9]{1,3}", text):
        return Parts(number=int(text), words="", marked=True)
    found = form.fullmatch(text) if len(text) <= LONGEST else None
    return Parts(number=int(found[2].translate(LESS)), words=normalised(found[1]), marked=True) if found else None


def _is_run(numbers: list[int]) -> bool:
    """Whether the numbers are evenly spaced, but for a point that nobody chose."""
    apart = [after - before for before, after in pairwise(numbers)]
    return len(numbers) > 1 and (numbers[-1] - numbers[0]) // gcd(*apart) + 1 - len(numbers) <= UNSEEN


def _is_scale(labels: list[Parts]) -> bool:
    """Whether no two labels say the same, as Team 1 and Team 2 do, and bare numbers begin where scales do."""
    words = [words for _, words in {(label.number, label.words) for label in labels} if words]
    numbers = [label.number for label in labels]
    begins = min(numbers) in (0, 1) or min(numbers) == -max(numbers)
    return len(set(words)) == len(words) and (begins or all(label.marked or not label.words for label in labels))
