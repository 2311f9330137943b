"""Outside: numbers that are no point of a scale: codes of missing answers, or points of a longer scale."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mentorstudy.nouns.flow import about as roughly
from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.apart import Times, times_of
from mentorstudy.reading.coding.missing import EITHER, MISSING_CODES, REPEATED
from mentorstudy.reading.coding.scaled import Placed
from mentorstudy.reading.grid import number
from mentorstudy.reading.shown import MOST_LABELS, missing_lines
from mentorstudy.reading.table import Table

EMPTY = "Correct them, or leave unanswered cells empty."
NOBODYS = MISSING_CODES | {-1, -2}  # told of a single cell too, since nobody answers so


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """How often each number stands in a scale's columns of one file that is none of its points."""

    scale: Scale
    times: Times

    @property
    def beyond(self) -> list[float]:
        """Those that follow the scale's last point one by one, as the points of a longer scale do."""
        found: list[float] = []
        while (point := float(self.scale.highest + len(found) + 1)) in self.times:
            found.append(point)
        return found

    @property
    def codes(self) -> list[float]:
        """Those that are written for no answer.

        Of points beyond the last only where all of them are: 8 above seven points may be no answer or an eighth point,
        6 and 7 above five are points.
        """
        points = set() if EITHER.issuperset(self.beyond) else {*self.beyond}
        return sorted(self._told & (MISSING_CODES | EITHER) - points)

    def said(self, numbers: Iterable[float], looks: str) -> str:
        """What the numbers of one column may be, and what to write; `looks` is how its cells look."""
        own = sorted({*numbers})
        codes = [value for value in own if value in self.codes]
        points = [value for value in own if value in self.beyond]
        others = [value for value in own if value not in {*codes, *points}]
        parts = [self._missing(codes)] if codes else []
        parts += [self._longer(points, doubted=set(points) <= set(codes))] if points else []
        parts += [self._others(others, looks)] if others else []
        return "\n".join(parts)

    @property
    def _told(self) -> set[float]:
        """The numbers that are no single person's."""
        return {value for value, n in self.times.items() if n >= REPEATED or value in NOBODYS}

    def _counted(self, values: Iterable[float]) -> str:
        counts = {f"{value:g} ": roughly(self.times[value]) for value in values if value in self._told}
        told = [f"{name * (len(counts) > 1)}in {n} cells" for name, n in counts.items()]
        return f" ({' and '.join(told)} of the scale)" if told else ""

    def _missing(self, codes: Sequence[float]) -> str:
        return (
            f"{_listed(codes)} look{'s' * (len(codes) == 1)} like the code of a missing answer{self._counted(codes)}; "
            f"if so, write into plan.toml:\n{missing_lines(self.scale.name, self.codes)}"
        )

    def _longer(self, points: Sequence[float], *, doubted: bool) -> str:
        last = f"{self.beyond[-1]:g}"
        return (
            f"{'If these are answers, they' if doubted else 'Answers'} reach {last} on a scale of 1 to "
            f"{self.scale.highest}{'' if doubted else self._counted(points)}, and nothing is rescaled. Where the "
            f"question has {last} points at all waves, list {last} responses in scales/{self.scale.name}.toml; where "
            "it has them in this file alone, its wave cannot be compared with others: take it out of the plan; where "
            "another question stands in the column, name the right one under [items]."
        )

    def _others(self, values: Sequence[float], looks: str) -> str:
        if not self._told.issuperset(values) or len(values) > MOST_LABELS:
            return f"They look like {looks} (9 a digit). {EMPTY}"
        are = "is" if len(values) == 1 else "are"
        said = f"{_listed(values)} {are} no point of it{self._counted(values)}. {EMPTY}"
        whole = [value for value in values if value % 1 == 0]
        if not whole:
            return said
        lines = missing_lines(self.scale.name, sorted({*self.codes, *whole}))
        return f"{said} If it stands for no answer, write into plan.toml:\n{lines}"


def outside(table: Table, scale: Scale, every: Mapping[str, Placed]) -> Outside:
    """The numbers among the texts that are no answers of a scale, in all of its columns."""
    times: dict[float, int] = {}
    for name, found in every.items():
        column = table.columns[name]
        values = [
            number(word) if odd else np.nan for word, odd in zip(column.words, found.odd.tolist(), strict=True)
        ]
        for value, n in times_of(column, values).items():
            times[value] = times.get(value, 0) + n
    return Outside(scale=scale, times=times)


def _listed(values: Sequence[float]) -> str:
    return " and ".join(f"{value:g}" for value in values)
