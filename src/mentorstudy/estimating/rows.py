"""Rows: where an outcome was seen, one row a person, or one a person and wave."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.outcome import Outcome

FEWEST = 5  # in a group, for a difference with any scatter to it

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """An outcome's values (r,), whose they are (places among the people) and when (places among the waves).

    `clusters` says which rows are alike: the plan's cluster of each, or the person where there are several waves;
    None where every row stands alone.
    """

    y: Floats
    person: Places
    wave: Places
    clusters: NDArray[np.object_] | None

    def taken(self, chosen: Bools) -> "Rows":
        """The rows marked."""
        clusters = None if self.clusters is None else self.clusters[chosen]
        return Rows(y=self.y[chosen], person=self.person[chosen], wave=self.wave[chosen], clusters=clusters)

    def people_in(self, one: Bools, other: Bools) -> tuple[int, int]:
        """How many people stand behind the rows of two groups."""
        return len(np.unique(self.person[one])), len(np.unique(self.person[other]))


def panel_of(sample: Sample, outcome: Outcome, waves: tuple[str, ...]) -> Floats:
    """The outcome of everybody (n, waves), nan where it was not seen; for shares 1 is the good end.

    One column for what stands in the records. Raises DataError where a logarithm or a rate cannot be taken.
    """
    return np.column_stack([_at(sample, outcome, wave) for wave in waves or ("",)])


def values_of(sample: Sample, outcome: Outcome, waves: tuple[str, ...]) -> Floats:
    """One value a person (n,): the mean over the waves in which they were seen."""
    panel = panel_of(sample, outcome, waves)
    seen = ~np.isnan(panel)
    return np.where(seen.any(axis=1), np.nansum(panel, axis=1) / np.maximum(seen.sum(axis=1), 1), np.nan)


def seen_rows(sample: Sample, outcome: Outcome, waves: tuple[str, ...], cluster: str | None) -> Rows:
    """The rows in which the outcome was seen, person by person."""
    panel = panel_of(sample, outcome, waves)
    person, wave = np.nonzero(~np.isnan(panel))
    clusters = clusters_of(sample, cluster)
    if clusters is None and panel.shape[1] > 1:
        clusters = np.arange(len(panel)).astype(object)
    return Rows(
        y=panel[person, wave], person=person, wave=wave, clusters=None if clusters is None else clusters[person]
    )


def problem_with(sample: Sample, outcome: Outcome, waves: tuple[str, ...], cluster: str | None) -> str:
    """Why there can be no number: too few seen in a group, or nothing that varies; "" where there can be."""
    if outcome.kind == "exit":
        left = sample.spells["left"].to_numpy(dtype=bool)
        months = sample.spells["months"].to_numpy(dtype=float)
        y = (left & (months <= (outcome.horizon_months or 0))).astype(float)
    else:
        y = values_of(sample, outcome, waves)
    mentored = sample.mentored.to_numpy()
    seen = ~np.isnan(y)
    if min(counted(mentored[seen])) < FEWEST:
        return "too few people were seen in one of the groups."
    if np.ptp(y[seen]) == 0:
        return "everybody seen has the same value, so the groups cannot differ."
    if cluster is not None:
        held = sample.people[cluster].to_numpy(dtype=object)[seen]
        if min(len(set(held[group])) for group in (mentored[seen], ~mentored[seen])) < 2:
            return f"one of the groups lies in a single {cluster}, so the two cannot be told apart."
    return ""


def clusters_of(sample: Sample, cluster: str | None) -> NDArray[np.object_] | None:
    """The cluster of each person, or None where the plan names none."""
    return None if cluster is None else sample.people[cluster].to_numpy(dtype=object)


def counted(mentored: Bools) -> tuple[int, int]:
    """How many are mentored, and how many are not."""
    return int(mentored.sum()), int((~mentored).sum())


def _at(sample: Sample, outcome: Outcome, wave: str) -> Floats:
    if outcome.kind in ("scale", "item"):
        column = outcome.scale or outcome.item
        known = column in sample.waves
        return sample.at_wave(column, wave).to_numpy() if known else np.full(len(sample.people), np.nan)
    column = (
        sample.at_wave(outcome.column, wave).to_numpy()
        if wave
        else sample.people[outcome.column].to_numpy(dtype=float)
    )
    if outcome.kind == "event":
        return np.where(np.isnan(column), np.nan, (column == outcome.good).astype(float))
    if outcome.per:
        per = sample.at_wave(outcome.per, wave).to_numpy()
        _above_zero(per[~np.isnan(column)], outcome, f"{outcome.column} is divided by {outcome.per}", wave)
        column = column / per
    if outcome.log:
        _above_zero(column, outcome, f"log = true takes the logarithm of {outcome.column}", wave)
        column = np.log(column)
    return column


def _above_zero(values: Floats, outcome: Outcome, why: str, wave: str) -> None:
    if wrong := int((values <= 0).sum()):
        raise DataError(
            f"outcomes.{outcome.name}: {why}, so it must lie above zero, and at wave {wave} {wrong} values do not. "
            "Leave unknown ones empty, or take the key out of the plan."
        )
