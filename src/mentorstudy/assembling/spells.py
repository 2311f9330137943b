"""Spells: dates to time employed since time zero, and whether it ended by leaving."""

from datetime import date

import pandas as pd

from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.study import Study

DAYS_A_MONTH = 365.25 / 12


def months_between(first: pd.Timestamp | pd.Series, last: pd.Timestamp | pd.Series) -> pd.Series:
    """Months of 30.4375 days from `first` to `last`."""
    return (last - first).dt.days / DAYS_A_MONTH


def spells(people: pd.DataFrame, study: Study, *, start: date, snapshot: date) -> pd.DataFrame:
    """One row a person: months employed since `start`, whether they left, and why; no row without dates.

    Who is still employed on the snapshot day, or leaves later, is censored there; so is, on the day itself,
    who leaves for a reason the plan calls administrative.
    """
    if "exit_on" not in people:
        return pd.DataFrame({"months": [], "left": [], "why": []}, index=people.index[:0])
    last_day = pd.Timestamp(snapshot)
    gone = people["exit_on"].notna() & (people["exit_on"] <= last_day)
    kinds = {code: kind for kind, codes in (study.plan.exit_reasons or {}).items() for code in codes}
    why = (
        people["exit_reason"].astype(object).map(kinds)
        if "exit_reason" in people
        else pd.Series(index=people.index)
    )
    why = why.astype(object).where(gone, "still employed").fillna("no reason given")
    return pd.DataFrame(
        {
            "months": months_between(pd.Timestamp(start), people["exit_on"].where(gone, last_day)),
            "left": gone & (why != "administrative"),
            "why": why,
        },
        index=people.index,
    )


def horizon_is_reached(study: Study, *, label: str, start: date, snapshot: date) -> None:
    """PlanError where the records end before an outcome's horizon."""
    followed = (snapshot - start).days / DAYS_A_MONTH
    for outcome in study.outcomes:
        if outcome.kind == "exit" and followed < (outcome.horizon_months or 0):
            raise PlanError(
                f"{study.folder / label / 'cohort.toml'}: the HR data end {followed:.1f} months after the start, "
                f"and {outcome.name} looks {outcome.horizon_months:g} months ahead. Wait for a later extract, or "
                "shorten horizon_months in the plan for all cohorts."
            )
