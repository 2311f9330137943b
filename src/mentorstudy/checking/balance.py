"""Balance: were the groups alike before anything happened?"""

from collections.abc import Iterable

import numpy as np

from mentorstudy.checking.case import Case
from mentorstudy.estimating.method import RARE, covariates
from mentorstudy.nouns.estimate import Check
from mentorstudy.nouns.evidence import Balance
from mentorstudy.nouns.results import OutcomeBalance
from mentorstudy.numerics.balance import standardised_differences
from mentorstudy.numerics.linear import independent_columns

ALIKE, ADJUSTABLE = 0.05, 0.25  # What Works Clearinghouse: alike; unlike but adjustable; beyond repair


def compared(case: Case) -> tuple[str, ...]:
    """What the groups are compared on: what is adjusted for, and what the plan only describes."""
    return tuple(dict.fromkeys([*case.settings.adjust_for, *case.study.plan.describe]))


def baseline(case: Case) -> tuple[OutcomeBalance, ...]:
    """The standardised difference of each covariate among those with the outcome, weighted where it weights."""
    after = _differences(case, weighted=case.estimated.weighted, seen=case.seen)
    return tuple(
        OutcomeBalance(outcome=case.settings.outcome.name, arm=case.settings.arm, covariate=name, difference=value)
        for name, value in after.items()
    )


def before_and_after(case: Case) -> tuple[Balance, ...]:
    """Each covariate among all who began, raw, and as the weights leave it where the estimate weights."""
    everybody = np.ones(len(case.sample.people), dtype=bool)
    before = _differences(case, weighted=False, seen=everybody)
    after = _differences(case, weighted=True, seen=everybody) if case.estimated.weighted else {}
    return tuple(
        Balance(
            sample=case.sample.name,
            covariate=name,
            before=value,
            after=after.get(name),
            arm=case.settings.arm,
        )
        for name, value in before.items()
    )


def check_baseline(case: Case, rows: Iterable[OutcomeBalance]) -> tuple[Check, ...]:
    """Whether the largest of the differences is one that adjusting can be trusted with."""
    found = [(abs(row.difference), row.covariate) for row in rows if row.difference is not None]
    if not found:
        words = "Nothing was known of the groups from before, so nobody can say whether they were alike."
        return (case.verdict("alike before", value=None, threshold=ADJUSTABLE, passed=None, in_words=words),)
    worst, covariate = max(found)
    alike = sum(value <= ADJUSTABLE for value, _ in found)
    words = (
        f"{alike} of {len(found)} measures from before differ by at most {ADJUSTABLE} standard deviations"
        f"{' once weighted' if case.estimated.weighted else ''}; the largest difference is {worst:.2f} ({covariate})."
    )
    wished = case.study.plan.thresholds.imbalance
    close = sum(value <= wished for value, _ in found)
    closer = (
        f"{close} of {len(found)} measures from before differ by at most the {wished:g} that the plan wishes for."
    )
    return (
        case.verdict("alike before", value=worst, threshold=ADJUSTABLE, passed=worst <= ADJUSTABLE, in_words=words),
        case.verdict("as close as planned", value=worst, threshold=wished, passed=worst <= wished, in_words=closer),
    )


def left_out(case: Case) -> tuple[tuple[str, str], ...]:
    """Each covariate the plan names that tells nothing here, and why."""
    known = covariates(case.sample, case.settings.adjust_for, missing=case.settings.missing)
    matrix = known.matrix[~np.isnan(known.matrix).any(axis=1)]
    kept = independent_columns(np.column_stack([np.ones(len(matrix)), matrix]))[1:]
    telling = {name for name, keeps in zip(known.of, kept, strict=True) if keeps}
    described = covariates(case.sample, tuple(case.study.plan.describe), missing="complete")
    telling |= set(described.of) - described.constant - set(known.missing)
    return tuple(
        (
            name,
            "it is the same for everybody"
            if name in known.constant | described.constant
            else "others say the same"
            if name in known.of
            else f"it has no value that {RARE} people share",
        )
        for name in compared(case)
        if name not in telling
    )


def _differences(case: Case, *, weighted: bool, seen: np.ndarray) -> dict[str, float | None]:
    known = covariates(case.sample, compared(case), missing="complete")
    mentored = case.sample.mentored.to_numpy()
    weights = np.ones(len(mentored))
    if weighted and (found := case.weighing):
        weights = np.where(found.whole, 0.0, np.nan)
        weights[found.whole] = found.weights
    differences: dict[str, float | None] = {}
    for name in compared(case):
        if name in known.constant:  # alike by what it is, not by how the groups came about
            continue
        columns = [index for index, of in enumerate(known.of) if of == name]  # not known of the same people
        matrix = known.matrix[:, columns]
        rows = seen & ~np.isnan(matrix).any(axis=1) & ~np.isnan(weights)
        values = standardised_differences(matrix[rows], mentored[rows], weights[rows] if weighted else None)
        for index, value in zip(columns, values, strict=True):
            differences[known.names[index]] = float(value) if np.isfinite(value) else None
    return differences
