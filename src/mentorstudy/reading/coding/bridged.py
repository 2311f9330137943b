"""Bridged: a file's words for a scale's responses, where they are other words than the scale's."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.catalogue import Coding, UndecidedError, normalised
from mentorstudy.reading.coding.declared import set_of, within
from mentorstudy.reading.coding.digits import by_digits

BESIDE_DIGITS = re.compile(r"^[\W_]*[0-9]+[\W_]*|[\W_]*[0-9]+[\W_]*$")
LETTERED = re.compile(r"([A-Za-z_]{1,3})([0-9]{1,2})")  # a platform's own answer codes: A3, v3


def bridged(texts: Collection[str], scale: Scale) -> Coding | None:
    """Other words for the scale's responses: with digits beside them, lettered, or of the same set of the catalogue."""
    if numbered := by_digits(texts):
        return _placed(numbered, scale)
    if lettered := _lettered(texts):
        return lettered if all(1 <= code <= scale.highest for code in lettered.codes.values()) else None
    return of_its_set(texts, scale)


def of_its_set(texts: Collection[str], scale: Scale) -> Coding | None:
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
    known = by_words(numbered.codes, scale)
    pairs = [(numbered.codes[label], at) for label, at in known.items()] or [(0, 0)]
    for turn, said in ((1, "counted from another number"), (-1, "counted from the other end")):
        first = pairs[0][1] - turn * pairs[0][0]
        codes = {label: first + turn * digit for label, digit in numbered.codes.items()}
        if all(first + turn * digit == at for digit, at in pairs) and all(
            1 <= code <= scale.highest for code in codes.values()
        ):
            told = _told(numbered.codes) if codes == numbered.codes else _moved(numbered.codes, codes, said)
            return replace(numbered, codes=codes, said=(told,))
    return None


def by_words(labels: Collection[str], scale: Scale) -> dict[str, int]:
    """The places of labels with digits by the words beside these, where the scale or its set knows them."""
    words = {label: BESIDE_DIGITS.sub("", label.strip()) for label in labels}
    place = {normalised(answer): code for code, answer in enumerate(scale.responses, start=1)}
    known = {label: place[normalised(word)] for label, word in words.items() if normalised(word) in place}
    if not known and (of_set := of_its_set({word for word in words.values() if word}, scale)):
        known = {label: of_set.codes[word] for label, word in words.items() if word in of_set.codes}
    return known


def _told(digits: Mapping[str, int]) -> str:
    """Which digits; the words beside them may be somebody's own."""
    return f"coded by the digits in the labels, {min(digits.values())} to {max(digits.values())}"


def _moved(digits: Mapping[str, int], codes: Mapping[str, int], said: str) -> str:
    lowest, highest = min(codes, key=codes.__getitem__), max(codes, key=codes.__getitem__)
    return (
        f"the digits in the labels are {said}, and placed by the words beside them: the file's {digits[lowest]} = "
        f"{codes[lowest]}, its {digits[highest]} = {codes[highest]}"
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
