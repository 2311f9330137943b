"""Alike: the codes of one question in all files of a cohort, by one set of answers or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from mentorstudy.reading.coding.answers import as_declared
from mentorstudy.reading.coding.catalogue import Coding, UndecidedError, by_catalogue, normalised, points
from mentorstudy.reading.coding.declared import within
from mentorstudy.reading.coding.missing import MISSING_CODES
from mentorstudy.reading.coding.values import Coded, Declared
from mentorstudy.reading.differing import ordered, tell_differences
from mentorstudy.reading.grid import number
from mentorstudy.reading.place import Place
from mentorstudy.reading.read import NUMBERS, Read
from mentorstudy.reading.shown import MOST_LABELS, codes_lines
from mentorstudy.reading.suspected import suspected
from mentorstudy.reading.together import one_by_one


def coded_alike(
    item: str,
    places: Sequence[Place],
    own: Declared,
    lent: Mapping[str, Declared],
    waves: Sequence[Collection[str]],
) -> list[Read]:
    """The codes of an item in each of its places; `waves` are those of each outcome that it is.

    Each file is coded by itself; where one does not say enough, by what all of them say together. The faults tell of
    texts that nothing knows, of files that would give the same words other codes, of other ranges, and of numbers that
    look like the code of a missing answer.
    """
    sets = list(lent.values())
    coded = one_by_one(places, sets, own)
    if not all(coded):
        beside = _beside_codes(item, places, sets, own)
        coded = [one or other for one, other in zip(coded, beside, strict=True)]
    read = [one or _unlisted(place, own) for one, place in zip(coded, places, strict=True)]
    unknown = [one for one in read if not one.by]
    if unknown and own.codes:
        _tell_lacking(item, unknown)
    elif unknown:
        _tell_texts(item, unknown, _ready(item, places, own))
    known = [one for one in read if one.by]
    if not own.codes:
        _tell_missing(item, known)
        tell_differences(item, [one for one in known if one.times and not one.faults], sets, waves)
    return read


def _beside_codes(item: str, places: Sequence[Place], sets: Sequence[Declared], own: Declared) -> list[Read | None]:
    """The places as they are coded without the codes of missing answers among their words, and faults for these."""
    odd = [{word for word in place.column.words if number(word) in MISSING_CODES} for place in places]
    none = {word: "no_answer" for words in odd for word in words}
    if not none:
        return [None] * len(places)
    found = one_by_one(places, sets, replace(own, missing={**none, **own.missing}))
    for one, words in zip(found, odd, strict=True):
        if one:
            values = [
                number(word) if word in words - own.missing.keys() else np.nan for word in one.place.column.words
            ]
            one.faults += suspected(item, [(one.place, values)], worded=True)[0]
    return found


def _unlisted(place: Place, own: Declared) -> Read:
    """A place whose texts not all are known: by its own set where it has one, else its numbers."""
    found = as_declared(*place.own, own)
    if own.codes:
        return Read(place=place, coded=found, by="", own=own)
    value = np.array([number(word) for word in place.column.words])
    odd = found.odd & np.isnan(value)
    found = Coded(codes=found.codes, value=np.where(found.odd, value, found.value), why=found.why, odd=odd)
    return Read(place=place, coded=found, by="" if odd.any() else NUMBERS[0], own=own)


def _tell_lacking(item: str, read: Sequence[Read]) -> None:
    """A fault in each place for the texts that its own set lacks."""
    for one in read:
        place, about = one.place, one.place.about
        words = zip(place.column.words, one.coded.odd, strict=True)
        lacking = [about.labels.get(word, word) for word, odd in words if odd]
        listed = {normalised(text) for text in one.own.codes}
        beside = [word for word in (*lacking, *place.beside_words) if normalised(word) not in listed]
        worded = [text for text in lacking if np.isnan(number(text))]
        told = dict.fromkeys(beside) if place.shown.issuperset(worded) else {}
        said = f"a text that is none of the answers under [labels.{item}] in plan.toml. Write it there too"
        said += f", as in:\n{codes_lines(item, {**one.own.codes, **told})}" if told else "."
        one.faults += place.table.fault(one.coded.strange, place.column.name, said)


def _tell_texts(item: str, read: Sequence[Read], ready: str) -> None:
    """A fault in each place for the texts that no set knows, with the lines to paste where these are `ready`."""
    for one in read:
        column, strange = one.place.column, one.coded.strange
        lines = ready or (
            f":\n{codes_lines(item, {})}\nIts texts may be people's own and are not shown; they look like "
            f"{column.shapes(strange)}."
        )
        said = (
            "an answer that is no number and stands in no label set. Name the answers that count, as in "
            f"yes = [...], or give all of them a code in plan.toml{lines}"
        )
        one.faults += one.place.table.fault(strange, column.name, said)


def _ready(item: str, places: Sequence[Place], own: Declared) -> str:
    """The lines to paste: by the sets of the catalogue that the answers may be of, else with the codes left open.

    Numbers that stand among words are listed too: the words' codes alone would not tell what these are. "" where texts
    may be people's own.
    """
    aside = {normalised(text) for text in own.missing}
    labels = [label for place in places for label in place.labels if not aside or normalised(label) not in aside]
    beside = dict.fromkeys(word for place in places for word in place.beside_words if word not in own.missing)
    if all(normalised(label) in points() for label in labels):
        try:
            sets = [by_catalogue(labels)]
        except UndecidedError as error:
            sets = [one for name in error.candidates if (one := _within(labels, name))]
        if sets:
            every = [(one.set_name, codes_lines(item, {**ordered(one.codes), **beside})) for one in sets]
            told = "\nor ".join(f"as {name}:\n{lines}" for name, lines in every)
            return f", {told}"
    if len({*labels, *beside}) <= MOST_LABELS and {label for place in places for label in place.shown}.issuperset(
        labels
    ):
        return f":\n{codes_lines(item, dict.fromkeys([*labels, *beside]))}"
    return ""


def _within(labels: Sequence[str], name: str) -> Coding | None:
    try:
        return within(labels, name)
    except UndecidedError:
        return None


def _tell_missing(item: str, read: Sequence[Read]) -> None:
    """A fault in each place with a number that looks like the code of a missing answer in all of them together."""
    numbers = [one for one in read if one.kind == NUMBERS[0]]
    found = suspected(item, [(one.place, one.coded.value.tolist()) for one in numbers])
    for one, faults in zip(numbers, found, strict=True):
        one.faults += faults
