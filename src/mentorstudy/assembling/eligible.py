"""Eligible: who meets the plan's conditions."""

import pandas as pd

from mentorstudy.nouns.condition import Condition
from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.few import values_told
from mentorstudy.nouns.study import Study


def meets(condition: Condition, people: pd.DataFrame, study: Study) -> pd.Series:
    """Who meets a condition; a value is met by the same text, and by the same number however it is written."""
    column = people[condition.column]
    if condition.at_least is not None or condition.at_most is not None:
        if not pd.api.types.is_numeric_dtype(column):
            raise PlanError(
                f"{_place(study)}: {condition.column} holds text, and at_least and at_most need numbers. Use is or in."
            )
        return column >= condition.at_least if condition.at_least is not None else column <= condition.at_most
    wanted = condition.in_ if condition.in_ is not None else [condition.is_]
    numbers = pd.to_numeric(column.astype(object), errors="coerce")
    asked = pd.to_numeric(pd.Series(wanted, dtype=object), errors="coerce").dropna()
    return column.astype(str).isin([str(value) for value in wanted]) | numbers.isin(asked.astype(float))


def somebody_meets(condition: Condition, before: pd.DataFrame, after: pd.DataFrame, study: Study) -> None:
    """PlanError where a condition leaves nobody of those who met the ones before it."""
    if len(after) or not len(before):
        return
    values = before[condition.column].dropna()
    shown = values.map(lambda value: f"{value:g}" if isinstance(value, float) else str(value)).astype(object)
    told = values_told(shown.value_counts().to_dict(), study.plan.thresholds.min_group)
    raise PlanError(
        f"{_place(study)}: {condition.in_words}: nobody meets it. Among those it is asked of, column "
        f"{condition.column} holds {told}. Write what the file says."
    )


def _place(study: Study) -> str:
    return f"{study.folder / 'plan.toml'}: exposure.eligible"
