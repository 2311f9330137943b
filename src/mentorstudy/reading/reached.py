"""Reached: waves at which nobody goes as far on a scale as at another, as if fewer answers had been offered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.export import Export
from mentorstudy.nouns.scale import Scale
from mentorstudy.nouns.study import Study

UNLIKELY = 0.001  # chance that nobody of a wave goes further, if as many did as at the other


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reach:
    """The highest answer of each person to any item of a scale, at one wave of a file."""

    file: int
    wave: str
    highest: NDArray[np.float64]

    def beyond(self, other: "_Reach") -> float:
        """The share of people at the other wave who go further than anybody here."""
        return float((other.highest > self.highest.max()).mean())

    def falls_short_of(self, other: "_Reach") -> bool:
        """Whether so many here would hardly all have stayed below what the other reaches."""
        return (1 - self.beyond(other)) ** len(self.highest) < UNLIKELY


def with_reach(study: Study, files: Sequence[Export]) -> list[Export]:
    """The files, with a note of each wave whose answers to a scale end below those of another wave.

    A scale of seven answers takes the numbers 1 to 5 as its first five places, and only the other wave tells that
    they may be all there were.
    """
    noted = list(files)
    for (name, scale), sample in product(study.scales.items(), study.samples):
        waves = {wave for asked, wave in study.asked if asked == name}
        least = study.plan.thresholds.min_group
        reaches = [
            one for one in _reaches(scale, sample.name, files) if one.wave in waves and len(one.highest) >= least
        ]
        for one in reaches:
            far = max(reaches, key=one.beyond)
            if one.falls_short_of(far):
                noted[one.file] = noted[one.file].with_notes([_said(name, one, far)])
    return noted


def _reaches(scale: Scale, sample: str, files: Sequence[Export]) -> Iterator[_Reach]:
    for at, file in enumerate(files):
        items = [item for item in scale.item_names if item in file.rows]
        if file.role == "survey" and file.sample == sample and items:
            columns = (file.rows[item].to_numpy(dtype=float, na_value=np.nan) for item in items)
            highest = reduce(np.fmax, columns)
            told = (
                file.rows["wave"].astype(str).to_numpy()
                if "wave" in file.rows
                else np.full(len(highest), file.wave)
            )
            for wave in dict.fromkeys(pd.unique(told).tolist()):
                own = highest[told == wave]
                yield _Reach(file=at, wave=wave, highest=own[~np.isnan(own)])


def _said(scale: str, short: _Reach, far: _Reach) -> str:
    return (
        f"scale {scale}: no answer at wave {short.wave} is above {short.highest.max():.0f}, and at wave {far.wave} "
        f"they go up to {far.highest.max():.0f}. If fewer answers were offered at {short.wave}, the waves cannot be "
        "compared: take it out of the waves of this outcome."
    )
