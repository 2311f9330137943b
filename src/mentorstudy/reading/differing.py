"""Differing: places that give one answer two codes, or go over other ranges."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from mentorstudy.nouns.errors import Fault
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.values import NOTHING, Declared
from mentorstudy.reading.read import Read
from mentorstudy.reading.shown import MOST_LABELS, codes_lines, quoted
from mentorstudy.reading.together import all_together

ONE_SET = "Where every one of these answers could be chosen each time, write into plan.toml:\n{lines}\nElse {mend}"
TAKE_OUT = "the waves cannot be compared: take one out of waves."


def tell_differences(
    item: str, read: Sequence[Read], sets: Sequence[Declared], waves: Sequence[Collection[str]]
) -> None:
    """A fault in each place that codes other than one before it does; `waves` are those of each of its outcomes."""
    for at, one in enumerate(read):
        other = next((before for before in read[:at] if _other_codes(one, before)), None)
        ranged = _ranged_otherwise(one, read[:at])
        if other:
            lines = codes_lines(item, _of_all(read, sets))
            said = (
                f"item {item} is coded by {one.by} {one.place.here}, and by {other.by} in {other.place.where}: one "
                f"answer would have two codes. {ONE_SET.format(lines=lines, mend=_mend(item, one, waves))}"
            )
            if any(not place.shown.issuperset(place.labels) for place in (one.place, other.place)):
                said += " Other texts may be people's own and are not shown: they belong among the codes too."
        elif ranged:
            (low, high), (first, last) = one.ends, ranged.ends
            lines = codes_lines(item, _points([low, high, first, last]))
            said = (
                f"item {item} goes from {low:g} to {high:g} {one.place.here}, and from {first:g} to {last:g} in "
                f"{ranged.place.where}. "
                f"{ONE_SET.format(lines=lines, mend=_mend(item, one, waves))}"
            )
        else:
            continue
        one.faults.append(Fault.of(said, file=one.place.table.file, column=one.place.column.name))


def _mend(item: str, one: Read, waves: Sequence[Collection[str]]) -> str:
    """What to do where the answers were others: a wave may be taken out where every outcome at it has one more."""
    if any(all(len(own) > 1 for own in waves if wave in own) for wave in set().union(*waves)):
        return TAKE_OUT
    if any(len(own) > 1 for own in waves):
        return "the waves cannot be compared."
    name, column = quoted(f"{item}_2"), quoted(one.place.name)
    return (
        "the outcomes cannot share the item: write another for the one of these answers, as in "
        f'item = "{name}", and under [items]\n"{name}" = "{column}"'
    )


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
    together = [one for one in all_together([one.place for one in read], sets, NOTHING) if one]
    codes: dict[str, float | None] = {}
    for one in together or read:
        known = one.codes
        for label in one.place.shown_labels:
            code = known.get(normalised(label))
            codes[label] = code if codes.get(label, code) == code else None
    return ordered(codes)


def ordered(codes: Mapping[str, float | None]) -> dict[str, float | None]:
    """The codes in their order, labels without one last."""
    return dict(sorted(codes.items(), key=lambda pair: (pair[1] is None, pair[1] or 0)))
