"""Suspected: numbers that look like the codes of missing answers in all files of a question together."""

from collections.abc import Collection, Sequence

import numpy as np

from mentorstudy.reading.coding.apart import like_missing, times_of
from mentorstudy.reading.place import Place
from mentorstudy.reading.shown import missing_lines


def suspected(
    item: str, answers: Sequence[tuple[Place, Sequence[float]]], *, known: Collection[float] = ()
) -> list[list[str]]:
    """The faults of each place, whose texts stand for these numbers, nan where for none; `known` are answers."""
    times: dict[float, int] = {}
    for place, values in answers:
        for value, n in times_of(place.column, values).items():
            times[value] = times.get(value, 0) + n
    codes = [code for code in like_missing(times) if code not in known]
    told = " and ".join(f"{code:g}" for code in codes)
    said = (
        f"{told} look{'s' * (len(codes) == 1)} like the code of a missing answer. If so, write into plan.toml:\n"
        f"{missing_lines(item, codes)}\nIf it is an answer, give all answers their codes under [labels.{item}]."
    )
    return [
        place.table.fault(np.isin(values, codes)[place.column.codes], place.column.name, said)
        for place, values in answers
    ]
