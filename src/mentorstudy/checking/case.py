"""Case: one outcome before the checks; and a check written down."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorstudy.estimating.method import Settings
from mentorstudy.estimating.rows import values_of
from mentorstudy.estimating.weighted import Weighing
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Check
from mentorstudy.nouns.evidence import Measure
from mentorstudy.nouns.few import FEW, is_few
from mentorstudy.nouns.results import Estimated
from mentorstudy.nouns.study import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One outcome of one arm with all that a check may look at; its sample holds that arm and the comparison."""

    study: Study
    sample: Sample
    settings: Settings
    estimated: Estimated
    measures: tuple[Measure, ...]  # of the sample's scales
    weighing: Weighing | None  # where the estimate weights

    @property
    def key(self) -> tuple[str, str]:
        """The outcome and the arm."""
        return self.settings.outcome.name, self.settings.arm

    @property
    def group(self) -> str:
        """What sentences call those set against the comparison."""
        return self.study.group(self.settings.arm, self.sample.name)

    @property
    def linked(self) -> bool:
        """Whether its rows are people; else nobody knows who did not answer."""
        return next(sample.linked for sample in self.study.samples if sample.name == self.sample.name)

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Who has the outcome; in dated records that is everybody."""
        if self.settings.outcome.lasting:
            return np.ones(len(self.sample.people), dtype=bool)
        return ~np.isnan(values_of(self.sample, self.settings.outcome, self.settings.waves))

    def verdict(
        self, name: str, *, value: float | None, threshold: float | None, passed: bool | None, in_words: str
    ) -> Check:
        """A Check on this outcome."""
        return Check(
            outcome=self.settings.outcome.name,
            arm=self.settings.arm,
            name=name,
            passed=passed,
            value=value,
            threshold=threshold,
            in_words=in_words,
        )

    def in_hundred(self, count: int, of: int) -> str:
        """A share in words that gives no small count away, nor all but a small one."""
        if self.tells_of_few(count, of):
            return f"{'all but ' * (count > of - count)}fewer than {FEW} people"
        return f"{100 * count / of:.0f} in 100 people"

    def share(self, count: int, of: int) -> float | None:
        """A share as a check's value; None where it would give a small count away."""
        return None if self.tells_of_few(count, of) else count / of

    def tells_of_few(self, count: int, of: int) -> bool:
        """Whether a count, or what is left of `of` without it, is too small to tell in this study."""
        return self.study.plan.thresholds.counts == "private" and is_few(count, of)


CheckFunction = Callable[[Case], tuple[Check, ...]]
