"""Unchosen: whether a number that counts was an answer in a place where nobody gave it."""

from collections.abc import Collection, Sequence

import numpy as np

from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.differing import ranged_otherwise
from mentorstudy.reading.grid import number
from mentorstudy.reading.read import Read


def may_be_unchosen(read: Sequence[Read], has: Sequence[bool], asked: Collection[float]) -> list[bool]:
    """Whether each place may lack the numbers asked for because nobody chose them; `has` tells which hold one.

    They lie between the numbers of the place, or all of these between those of a place that has or spans one. What
    goes further is read where another place has one, unless it goes over another whole range, as a scale does that
    is keyed from 0 on and not from 1.
    """
    ends = [_ends(one, asked) for one in read]
    spans = [
        own
        for own, one in zip(ends, has, strict=True)
        if own and (one or any(own[0] <= at <= own[1] for at in asked))
    ]
    holding = [one for one, own, held in zip(read, ends, has, strict=True) if own and held]
    return [
        bool(own)
        and (
            any(low <= own[0] and own[-1] <= high for low, high in spans)
            or (bool(holding) and ranged_otherwise(one, holding) is None)
        )
        for one, own in zip(read, ends, strict=True)
    ]


def _ends(one: Read, asked: Collection[float]) -> tuple[float, ...]:
    """The lowest and the highest number of a place, given or labelled; none where it has words of its own.

    Nor where its file labels a number asked for: the plan names that answer by its label.
    """
    about, none = one.place.about, {normalised(text) for text in one.own.missing}
    labelled = {
        number(code)
        for code, label in about.labels.items()
        if code not in about.missing and normalised(label) not in none
    }
    if labelled & set(asked) or set(one.place.labels) - set(about.labels.values()):
        return ()
    found = sorted(value for value in {*one.times, *labelled} if not np.isnan(value))
    return (found[0], found[-1]) if found else ()
