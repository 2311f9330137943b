"""Read: one file's answers to a question, with what they are coded by and how far they go."""

from dataclasses import dataclass, field

import numpy as np

from mentorstudy.reading.coding.apart import highest_point, times_of
from mentorstudy.reading.coding.bridged import BESIDE_DIGITS
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.digits import SET_NAME
from mentorstudy.reading.coding.values import Coded, Declared
from mentorstudy.reading.grid import number
from mentorstudy.reading.place import Place

NUMBERS = ("numbers", "the file's codes")


@dataclass(slots=True, kw_only=True)
class Read:
    """One file's answers to the question, and by what they are coded ("" where nothing knows them all)."""

    place: Place
    coded: Coded
    by: str
    own: Declared
    said: tuple[str, ...] = ()
    faults: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """By what they are coded, numbers with labels and without being one."""
        return NUMBERS[0] if self.by in NUMBERS else self.by

    @property
    def codes(self) -> dict[str, float]:
        """The code of each answer in words, digits beside them set aside."""
        about, words = self.place.about, zip(self.place.column.words, self.coded.value.tolist(), strict=True)
        told = {about.labels.get(word, word): value for word, value in words if not np.isnan(value)}
        if self.kind == NUMBERS[0]:
            told |= {label: number(code) for code, label in about.labels.items() if code not in about.missing}
        plain = {
            BESIDE_DIGITS.sub("", label) if self.by == SET_NAME else label: value for label, value in told.items()
        }
        return {normalised(label): value for label, value in plain.items() if np.isnan(number(label or "0"))}

    @property
    def times(self) -> dict[float, int]:
        """How often each number stands."""
        return times_of(self.place.column, self.coded.value.tolist())

    @property
    def offered(self) -> tuple[float, ...]:
        """The first and the last number that the file has a label for, those of no answer set aside.

        None where it labels fewer than two, or where its answers lie beyond: then they are not the ends.
        """
        none = {normalised(text) for text in self.own.missing}
        codes = {
            number(code)
            for code, label in self.place.about.labels.items()
            if code not in self.place.about.missing and not {normalised(code), normalised(label)} & none
        }
        found = sorted(code for code in codes if not np.isnan(code))
        if len(found) < 2 or not all(found[0] <= value <= found[-1] for value in self.times):
            return ()
        return found[0], found[-1]

    @property
    def span(self) -> tuple[float, ...]:
        """The first and the last number that the file offers, else those of a whole run from 1 on."""
        if self.kind != NUMBERS[0] and self.by != SET_NAME:
            return ()
        top = highest_point(self.times)
        return self.offered or ((1, top) if top else ())

    @property
    def from_zero(self) -> tuple[float, ...]:
        """The first and the last number of a whole run from 0 on, which may be a scale's or how often something was."""
        if self.span or self.kind != NUMBERS[0]:
            return ()
        points = highest_point({value + 1: n for value, n in self.times.items()})
        return (0, points - 1) if points else ()

    @property
    def ends(self) -> tuple[float, ...]:
        """The first and the last number, where the answers are a whole run or the file offers one."""
        return self.span or self.from_zero
