"""Digits: codes that stand in the labels themselves, as in "4 - Agree"."""

import re
from collections.abc import Collection

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
LESS = str.maketrans("−–", "--")


def by_digits(labels: Collection[str]) -> Coding | None:
    """Codes from the one number that opens every label, all distinct; None where that is not so.

    Bare numbers count where another label says what its number stands for; answers that are none, and carry no
    number of their own, are set aside.
    """
    reasons = not_answers()
    codes: dict[str, int] = {}
    missing: dict[str, str] = {}
    said: dict[int, str] = {}
    for label in labels:
        if not label.strip():
            continue
        text = label.strip()
        reason = reasons.get(normalised(text))
        if reason:
            missing[label] = reason
            continue
        found = LEADING.fullmatch(text)
        if not found or (not found[2] and COUNTED.match(found[3])):
            return None
        number, rest = int(found[1].translate(LESS)), normalised(found[3].strip(" ()[]"))
        if rest in reasons:
            missing[label] = reasons[rest]
            continue
        if said.setdefault(number, normalised(text)) != normalised(text):
            return None
        codes[label] = number
    worded = [label for label in codes if not label.strip().lstrip("+-−–").isdecimal()]
    if len(said) < 2 or not worded:
        return None
    lowest, highest = min(worded, key=codes.__getitem__), max(worded, key=codes.__getitem__)
    told = f"coded by the digits in the labels: {lowest} = {codes[lowest]}, {highest} = {codes[highest]}"
    return Coding(codes=codes, missing=missing, set_name=SET_NAME, said=(told,))
