"""Alike: the codes of one question in all files of a cohort, by one set of answers or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from mentorstudy.nouns.errors import Fault
from mentorstudy.reading.coding.answers import alone, as_declared
from mentorstudy.reading.coding.catalogue import Coding, UndecidedError, by_catalogue, normalised
from mentorstudy.reading.coding.declared import within
from mentorstudy.reading.coding.missing import MISSING_CODES
from mentorstudy.reading.coding.values import NOTHING, Coded, Declared, Group
from mentorstudy.reading.grid import number
from mentorstudy.reading.place import Place
from mentorstudy.reading.read import NUMBERS, Read
from mentorstudy.reading.shown import MOST_LABELS, codes_lines
from mentorstudy.reading.suspected import suspected

ONE_SET = (
    "Where every one of these answers could be chosen each time, write into plan.toml:\n{lines}\nElse the waves "
    "cannot be compared: take one out of waves."
)


def coded_alike(item: str, places: Sequence[Place], own: Declared, lent: Mapping[str, Declared]) -> list[Read]:
    """The codes of an item in each of its places.

    Each file is coded by itself; where one does not say enough, by what all of them say together. The faults tell of
    texts that nothing knows, of files that would give the same words other codes, of other ranges, and of numbers that
    look like the code of a missing answer.
    """
    sets = list(lent.values())
    coded = _coded(places, sets, own)
    if not all(coded):
        beside = _beside_codes(item, places, sets, own)
        coded = [one or other for one, other in zip(coded, beside, strict=True)]
    read = [one or _unlisted(item, place, places, own) for one, place in zip(coded, places, strict=True)]
    known = [one for one in read if one.by]
    if not own.codes:
        _tell_missing(item, known)
        _tell_differences(item, [one for one in known if one.times and not one.faults], sets)
    return read


def _coded(places: Sequence[Place], sets: Sequence[Declared], own: Declared) -> list[Read | None]:
    """Each place coded by itself, else by what all of them say together; None where neither is enough."""
    alones = [_alone(place, sets, own) for place in places]
    if all(alones):
        return alones
    return [one or other for one, other in zip(alones, _together(places, sets, own), strict=True)]


def _beside_codes(item: str, places: Sequence[Place], sets: Sequence[Declared], own: Declared) -> list[Read | None]:
    """The places as they are coded without the codes of missing answers among their words, and faults for these."""
    odd = [{word for word in place.column.words if number(word) in MISSING_CODES} for place in places]
    none = {word: "no_answer" for words in odd for word in words}
    if not none:
        return [None] * len(places)
    found = _coded(places, sets, replace(own, missing={**none, **own.missing}))
    for one, words in zip(found, odd, strict=True):
        if one:
            values = [
                number(word) if word in words - own.missing.keys() else np.nan for word in one.place.column.words
            ]
            one.faults += suspected(item, [(one.place, values)], worded=True)[0]
    return found


def lenders(read: Iterable[Read], own: Declared, lent: Mapping[str, Declared]) -> set[str]:
    """The names of the sets that code any of the places."""
    places = [one.place for one in read if one.by == "the plan" and not own.codes]
    return {name for name, one in lent.items() for place in places if _is_coded(alone([place.own], [one]))}


def lender(places: Sequence[Place], lent: Mapping[str, Declared]) -> str:
    """The name of the first set that all answers of the places are in, "" where none is."""
    pairs = [place.own for place in places]
    return next((name for name, one in lent.items() if pairs and _is_coded(alone(pairs, [one]))), "")


def _is_coded(group: Group | None) -> bool:
    return group is not None and group.by == "the plan"


def _alone(place: Place, sets: Sequence[Declared], own: Declared) -> Read | None:
    """The place coded with the columns that share its answers in the file, else by itself."""
    group, at = alone(place.pairs, sets, own), place.at
    if group is None and len(place.names) > 1:
        group, at = alone([place.own], sets, own), 0
    return Read(place=place, coded=group.found[at], by=group.by, own=own, said=group.said) if group else None


def _together(places: Sequence[Place], sets: Sequence[Declared], own: Declared) -> list[Read | None]:
    """The places coded by what all of them say together."""
    for pairs, at in (
        ([pair for place in places for pair in place.pairs], [place.at for place in places]),
        ([place.own for place in places], [0] * len(places)),
    ):
        if group := alone(pairs, sets, own):
            sizes = [len(place.names) if len(pairs) > len(places) else 1 for place in places]
            starts = np.cumsum([0, *sizes[:-1]]).tolist()
            return [
                Read(place=place, coded=group.found[start + own_at], by=group.by, own=own, said=group.said)
                for place, start, own_at in zip(places, starts, at, strict=True)
            ]
    return [None] * len(places)


def _unlisted(item: str, place: Place, places: Sequence[Place], own: Declared) -> Read:
    """The numbers of a place, and a fault for its other texts; by its own set, where it has one."""
    column, about = place.own
    found = as_declared(column, about, own)
    if own.codes:
        lacking = [about.labels.get(word, word) for word, odd in zip(column.words, found.odd, strict=True) if odd]
        told = dict.fromkeys(lacking) if place.shown.issuperset(lacking) else {}
        said = f"a text that is none of the answers under [labels.{item}] in plan.toml. Write it there too"
        said += f", as in:\n{codes_lines(item, {**own.codes, **told})}" if told else "."
        return Read(
            place=place, coded=found, by="", own=own, faults=place.table.fault(found.strange, column.name, said)
        )
    value = np.array([number(word) for word in column.words])
    odd = found.odd & np.isnan(value)
    found = Coded(codes=column.codes, value=np.where(found.odd, value, found.value), why=found.why, odd=odd)
    if not odd.any():
        return Read(place=place, coded=found, by=NUMBERS[0], own=own)
    said = (
        "an answer that is no number and stands in no label set. Name the answers that count, as in yes = [...], or "
        f"give all of them a code in plan.toml{_ready(item, places, own, column.shapes(found.strange))}"
    )
    return Read(
        place=place, coded=found, by="", own=own, faults=place.table.fault(found.strange, column.name, said)
    )


def _ready(item: str, places: Sequence[Place], own: Declared, looks: str) -> str:
    """The lines to paste: by the sets of the catalogue that the answers may be of, else with the codes left open."""
    aside = {normalised(text) for text in own.missing}
    labels = [label for place in places for label in place.labels if normalised(label) not in aside]
    try:
        sets = [by_catalogue(labels)]
    except UndecidedError as error:
        sets = [one for name in error.candidates if (one := _within(labels, name))]
    if sets:
        told = "\nor ".join(f"as {one.set_name}:\n{codes_lines(item, _ordered(one.codes))}" for one in sets)
        return f", {told}"
    shown = {label for place in places for label in place.shown}
    if shown.issuperset(labels) and len(set(labels)) <= MOST_LABELS:
        return f":\n{codes_lines(item, dict.fromkeys(labels))}"
    return f":\n{codes_lines(item, {})}\nIts texts may be people's own and are not shown; they look like {looks}."


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


def _tell_differences(item: str, read: Sequence[Read], sets: Sequence[Declared]) -> None:
    """A fault in each place that codes other than one before it does."""
    for at, one in enumerate(read):
        other = next((before for before in read[:at] if _other_codes(one, before)), None)
        ranged = _ranged_otherwise(one, read[:at])
        if other:
            lines = codes_lines(item, _of_all(read, sets))
            said = (
                f"item {item} is coded by {one.by} {one.place.here}, and by {other.by} in {other.place.where}: one "
                f"answer would have two codes. {ONE_SET.format(lines=lines)}"
            )
            if any(not place.shown.issuperset(place.labels) for place in (one.place, other.place)):
                said += " Other texts may be people's own and are not shown: they belong among the codes too."
        elif ranged:
            (low, high), (first, last) = one.ends, ranged.ends
            said = (
                f"item {item} goes from {low:g} to {high:g} {one.place.here}, and from {first:g} to {last:g} in "
                f"{ranged.place.where}. "
                f"{ONE_SET.format(lines=codes_lines(item, _points([low, high, first, last])))}"
            )
        else:
            continue
        one.faults.append(Fault.of(said, file=one.place.table.file, column=one.place.column.name))


def _other_codes(one: Read, other: Read) -> bool:
    """Whether they give a label that they share two codes, or share none and are coded by different means."""
    here, there = one.codes, other.codes
    shared = here.keys() & there.keys()
    return any(here[label] != there[label] for label in shared) or (one.kind != other.kind and not shared)


def _ranged_otherwise(one: Read, before: Sequence[Read]) -> Read | None:
    """Of those before, the first that shows its range, or that goes from 0 on, where it has another range than one."""
    ranged = [next((other for other in before if other.span), None)]
    ranged += [next((other for other in before if other.from_zero), None)]
    return next((other for other in ranged if other and _other_range(one, other)), None)


def _other_range(one: Read, other: Read) -> bool:
    """Whether both show their range, and these differ; a run within what a file offers is part of it.

    A run from 0 on may be how often something was, so it is a scale's only beside one of as many points from 1 on.
    """
    here, there = one.ends, other.ends
    if not here or not there or here == there:
        return False
    if one.offered or other.offered:
        (low, high), (first, last) = (here, there) if one.offered else (there, here)
        return bool(one.offered and other.offered) or not low <= first <= last <= high
    if one.from_zero or other.from_zero:
        return here[1] - here[0] == there[1] - there[0]
    return True


def _points(ends: Sequence[float]) -> dict[str, float | None]:
    """All points from the lowest end to the highest, each its own code; none where they are too many to list."""
    if max(ends) - min(ends) >= MOST_LABELS:
        return {}
    return {f"{point:g}": point for point in np.arange(min(ends), max(ends) + 1).tolist()}


def _of_all(read: Sequence[Read], sets: Sequence[Declared]) -> dict[str, float | None]:
    """The codes of the answers that may be told: as all places say together, else as each does, none if they differ."""
    together = [one for one in _together([one.place for one in read], sets, NOTHING) if one]
    codes: dict[str, float | None] = {}
    for one in together or read:
        for label in one.place.labels:
            if label in one.place.shown:
                code = one.codes.get(normalised(label))
                codes[label] = code if codes.get(label, code) == code else None
    return _ordered(codes)


def _ordered(codes: Mapping[str, float | None]) -> dict[str, float | None]:
    return dict(sorted(codes.items(), key=lambda pair: (pair[1] is None, pair[1] or 0)))
