"""Together: an item's answers coded in each of its places by themselves, or by what all of them say."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from mentorstudy.reading.coding.answers import alone
from mentorstudy.reading.coding.values import Declared, Group
from mentorstudy.reading.place import Place
from mentorstudy.reading.read import Read


def one_by_one(places: Sequence[Place], sets: Sequence[Declared], own: Declared) -> list[Read | None]:
    """Each place coded by itself, else by what all of them say together; None where neither is enough."""
    alones = [_alone(place, sets, own) for place in places]
    if all(alones):
        return alones
    return [one or other for one, other in zip(alones, all_together(places, sets, own), strict=True)]


def _alone(place: Place, sets: Sequence[Declared], own: Declared) -> Read | None:
    """The place coded with the columns that share its answers in the file, else by itself."""
    group, at = alone(place.pairs, sets, own), place.at
    if group is None and len(place.names) > 1:
        group, at = alone([place.own], sets, own), 0
    return Read(place=place, coded=group.found[at], by=group.by, own=own, said=group.said) if group else None


def all_together(places: Sequence[Place], sets: Sequence[Declared], own: Declared) -> list[Read | None]:
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
