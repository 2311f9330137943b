"""Cohort and Sample: the people, in three tables."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from mentorstudy.nouns.flow import Flow, Ledger, about
from mentorstudy.nouns.plan import CohortFile
from mentorstudy.nouns.wording import Wording

CONTACT = "(in contact with the mentor)"  # a column of the waves that no item or metric can be called


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Rows that may be linked with one another.

    `people` has one row a person, indexed by pseudonym: `arm` (the label of their group at time zero), `mentored`
    (bool: in a group that is set against the comparison), `ever`
    (bool: mentored at any time the files know), `took_part` (1, 0, missing where not offered), clusters and what
    was known at time zero. `spells` has one row a person studied with dates: `months` employed since
    time zero, `left` (bool: ended by an exit, else censored), `why`. `waves` has one row a person and wave,
    and `answers` the keyed answers behind its scores, row for row. Of the `matches` made in the
    intake `strangers` are of nobody in the records.
    """

    name: str
    people: pd.DataFrame
    spells: pd.DataFrame
    waves: pd.DataFrame
    answers: pd.DataFrame
    items: Mapping[str, tuple[str, ...]]
    matches: int = 0
    strangers: int = 0

    @property
    def mentored(self) -> pd.Series:
        """The arm at time zero, by person."""
        return self.people["mentored"]

    def between(self, arm: str) -> "Sample":
        """The people of one arm and of the comparison; everything else as it is."""
        return self.of(~self.mentored | (self.people["arm"] == arm))

    def of(self, rows: pd.Series) -> "Sample":
        """Those of the people whom `rows` marks; everything else as it is."""
        people = self.people[rows]
        ours = self.waves["person"].isin(people.index).to_numpy()
        return replace(
            self,
            people=people,
            spells=self.spells.loc[self.spells.index.intersection(people.index, sort=False)],
            waves=self.waves[ours].reset_index(drop=True),
            answers=self.answers[ours].reset_index(drop=True),
        )

    def at_wave(self, column: str, wave: str) -> pd.Series:
        """One column of one wave, by person, for everybody; missing where the person was not seen."""
        rows = self.waves[self.waves["wave"] == wave]
        # A survey and a table of values may each hold a row of one person and wave.
        return rows.set_index("person")[column].dropna().astype(float).reindex(self.people.index)

    def __repr__(self) -> str:
        """How many people, by arm; no row of them."""
        mentored = int(self.mentored.sum())
        others = f" mentored, {about(len(self.people) - mentored)} not" if mentored < len(self.people) else ""
        return (
            f"Sample {self.name}: {about(mentored)}{others}; "
            f"{'with' if len(self.spells) else 'without'} dates, {self.waves['wave'].nunique()} waves"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """The people of one cohort, who was left out and why, and the fate of every row."""

    label: str
    facts: CohortFile
    samples: tuple[Sample, ...]
    flow: Flow
    ledgers: tuple[Ledger, ...]
    wordings: tuple[Wording, ...] = ()

    def sample(self, name: str) -> Sample:
        """The sample of that name."""
        return next(sample for sample in self.samples if sample.name == name)

    def __repr__(self) -> str:
        """The flow: people still in after each step, by arm."""
        lines = [f"Cohort {self.label}", *(f"  {sample!r}" for sample in self.samples)]
        for step in self.flow.steps:
            told = [f"{about(count or 0)} {arm}" for arm, count in step.others.items()]
            told += [f"{about(step.unmentored or 0)} not"] if step.unmentored else []
            others = ", ".join([" mentored", *told]) if told else ""
            why = f" ({step.why})" if step.why else ""
            lines.append(f"  {step.sample}, {step.step}: {about(step.mentored or 0)}{others}{why}")
        return "\n".join(lines)
