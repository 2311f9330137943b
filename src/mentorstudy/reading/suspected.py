"""Suspected: numbers that look like the codes of missing answers in all files of a question together."""

from collections.abc import Collection, Sequence

import numpy as np

from mentorstudy.reading.coding.apart import like_missing, times_of
from mentorstudy.reading.coding.missing import MISSING_CODES
from mentorstudy.reading.place import Place
from mentorstudy.reading.shown import missing_lines


def suspected(
    item: str,
    answers: Sequence[tuple[Place, Sequence[float]]],
    *,
    known: Collection[float] = (),
    worded: bool = False,
) -> list[list[str]]:
    """The faults of each place, whose texts stand for these numbers, nan where for none; `known` are answers.

    Where answers are `worded`, numbers that can be such codes are apart without any others.
    """
    times: dict[float, int] = {}
    for place, values in answers:
        for value, n in times_of(place.column, values).items():
            times[value] = times.get(value, 0) + n
    found = sorted(times) if worded and times.keys() <= MISSING_CODES else like_missing(times)
    codes = [code for code in found if code not in known]
    told = " and ".join(f"{code:g}" for code in codes)
    said = (
        f"{told} look{'s' * (len(codes) == 1)} like the code of a missing answer. If so, write into plan.toml:\n"
        f"{missing_lines(item, codes)}\nIf it is an answer, give all answers their codes under [labels.{item}]."
    )
    return [
        place.table.fault(np.isin(values, codes)[place.column.codes], place.column.name, said)
        for place, values in answers
    ]
