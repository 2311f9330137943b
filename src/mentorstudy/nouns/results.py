"""Estimates and Checks: what the estimators found, and what the checks made of it."""

from dataclasses import dataclass, field
from itertools import chain

import pandas as pd

from mentorstudy.nouns.estimate import Check, Estimate
from mentorstudy.nouns.evidence import Attrition, Balance, Contact, CurvePoint, Measure
from mentorstudy.nouns.few import smallest_group, tells_of_few
from mentorstudy.nouns.flow import about


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """One outcome of one arm: its primary estimate, the others beside it, the curve; or why there is no number."""

    outcome: str
    arm: str
    primary: Estimate | None
    others: tuple[Estimate, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    problem: str = ""  # a sentence, where `primary` is None
    weighted: bool = False  # the primary weighs people, so balance is judged as weighted


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """What was estimated, outcome by outcome and arm by arm, in the plan's order."""

    outcomes: tuple[Estimated, ...]
    min_group: int  # fewer people in a group than this are not shown
    private: bool  # nor, in a private study, what tells of a count of 1 to 4

    def of(self, outcome: str, arm: str = "") -> Estimated:
        """The estimates of one outcome, of one arm: the first where none is named."""
        return next(found for found in self.outcomes if found.outcome == outcome and arm in ("", found.arm))

    def __repr__(self) -> str:
        """All estimates as a table, primary ones first within their outcome."""
        return as_frame(self).to_string(index=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeBalance:
    """How far the groups differed on one covariate, among those with the outcome, as estimated."""

    outcome: str
    arm: str
    covariate: str
    difference: float | None  # standardised; None where it cannot be computed


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """The checks, and the tables they were read from."""

    checks: tuple[Check, ...]
    balance: tuple[Balance, ...]
    baseline: tuple[OutcomeBalance, ...]
    measures: tuple[Measure, ...]
    contact: tuple[Contact, ...]
    attrition: dict[tuple[str, str], tuple[Attrition, ...]]  # by outcome and arm
    left_out: dict[tuple[str, str], tuple[tuple[str, str], ...]] = field(default_factory=dict)  # covariate, why

    def of(self, outcome: str, arm: str = "") -> tuple[Check, ...]:
        """The checks that concern one outcome: of one arm, or of all where none is named."""
        return tuple(check for check in self.checks if check.outcome == outcome and arm in ("", check.arm))

    def baseline_of(self, outcome: str, arm: str) -> tuple[OutcomeBalance, ...]:
        """How far apart the two groups of one outcome and arm stood before."""
        return tuple(row for row in self.baseline if (row.outcome, row.arm) == (outcome, arm))

    def __repr__(self) -> str:
        """All checks as a table."""
        return as_frame(self).to_string(index=False)


def as_frame(results: Estimates | Checks) -> pd.DataFrame:
    """A table to look at: one row an estimate, or one row a check; counts rounded, small groups left out."""
    if isinstance(results, Checks):
        columns = ["outcome", "name", "passed", "value", "threshold", "in_words"]
        rows = [[getattr(check, column) for column in columns] for check in results.checks]
        return pd.DataFrame(rows, columns=columns)
    by_outcome = [([o.primary] if o.primary else []) + list(o.others) for o in results.outcomes]
    telling = [results.private and any(map(tells_of_few, found)) for found in by_outcome]
    found = chain.from_iterable(found for found, tells in zip(by_outcome, telling, strict=True) if not tells)
    shown = [e for e in found if smallest_group(e) >= results.min_group]
    several = len({found.arm for found in results.outcomes}) > 1
    columns = [
        "outcome",
        *(["arm"] if several else []),
        "method",
        "contrast",
        "at",
        "value",
        "std_error",
        "low",
        "high",
    ]
    table = pd.DataFrame([[getattr(e, column) for column in columns] for e in shown], columns=columns).round(3)
    table = table.assign(mentored=[about(e.mentored or 0) for e in shown])
    if any(e.unmentored for e in shown):
        table = table.assign(unmentored=[about(e.unmentored or 0) for e in shown])
    return table
