"""Items: the answers to questions, from the columns the plan names for them, whatever they were called that year."""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.nouns.item import Item, Labels
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.plan import Plan
from mentorstudy.nouns.scale import Scale
from mentorstudy.nouns.study import Study
from mentorstudy.nouns.wording import Wording
from mentorstudy.reading.coding.scales import coded, takes_codes
from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table

UNLISTED = (
    "an answer that is no number and stands in no label set. Name the answers that count, as in yes = [...], or give "
    "all of them a code under [labels.<name>]."
)

Found = tuple[pd.Series, list[str]]


def item_answers(study: Study, table: Table, *, sample: str, wave: str, rows: pd.Index) -> pd.DataFrame:
    """The codes of every item that the plan asks of this wave, by the `rows` of the file; all faults at once."""
    faults: list[str] = []
    answers: dict[str, pd.Series] = {}
    for item, code in _wanted(study, sample, wave):
        try:
            column = _column(table, study.plan, item)
        except DataError as error:
            faults += error.faults
            continue
        codes, said = code(column, table)
        answers[item] = codes.set_axis(rows)
        faults += said
    raise_all(DataError, faults)
    return pd.DataFrame(answers, index=rows)


def wordings(study: Study, table: Table, *, sample: str, wave: str) -> tuple[Wording, ...]:
    """How the file put the questions for which the plan names columns."""
    asked = [item for item, _ in _wanted(study, sample, wave) if item in study.plan.items]
    columns = {item: _column(table, study.plan, item).name for item in asked}
    return tuple(
        Wording(sample=sample, item=item, wave=wave, asked=(table.fields[name].wording or name))
        for item, name in columns.items()
    )


def _wanted(study: Study, sample: str, wave: str) -> Iterable[tuple[str, Callable[[Column, Table], Found]]]:
    """Each item with what makes codes of its column."""
    for scale in _asked(study, wave):
        for item in scale.item_names:
            yield item, partial(_on_scale, scale=scale)
    for outcome in study.outcomes:
        if outcome.kind == "item" and outcome.sample == sample and (not wave or wave in outcome.waves):
            yield outcome.item, partial(_alone, outcome=outcome, plan=study.plan)


def _asked(study: Study, wave: str) -> list[Scale]:
    """The scales asked at a wave: as outcomes, and as covariates; all of them where the file has a wave column."""
    pairs = {(outcome.scale, at) for outcome in study.outcomes for at in outcome.waves}
    covariates = [name for outcome in study.outcomes for name in study.adjust_for(outcome)]
    pairs |= {(scale, at) for scale, _, at in (name.partition("@") for name in covariates) if at}
    return [scale for name, scale in study.scales.items() if not wave or (name, wave) in pairs]


def _column(table: Table, plan: Plan, item: str) -> Column:
    """The item's column: the one of its names that this file has."""
    names = plan.items[item].column if item in plan.items else [item]
    present = [name for name in names if name in table.columns]
    if len(present) > 1:
        raise DataError(
            f"{table.file}: columns {' and '.join(present)} are both item {item}, by [items] in plan.toml. A question "
            "stands in one column of a file: keep the right one there."
        )
    return table.column(present[0] if present else names[0], role="survey", word=item)


def _on_scale(column: Column, table: Table, *, scale: Scale) -> Found:
    codes, strange = coded(column, scale)
    codes_too = f"1 to {scale.highest}, or " if takes_codes(scale) else ""
    return codes, table.fault(
        strange,
        column.name,
        f"no answer of scale {scale.name}; it has {codes_too}{' | '.join(scale.responses)}. "
        "Leave unanswered cells empty.",
    )


def _alone(column: Column, table: Table, *, outcome: Outcome, plan: Plan) -> Found:
    """1 and 0 where the plan says which answers count; else the number given, or its label's code."""
    if outcome.yes:
        separator = plan.items.get(outcome.item, Item(column=[outcome.item])).separator
        wanted = [answer.casefold() for answer in outcome.yes]
        of_word = [float(_counts(word.casefold(), wanted, separator)) if word else np.nan for word in column.words]
        return pd.Series(np.array(of_word)[column.codes]), []
    numbers = column.numbers()
    strange = ~column.blank & np.isnan(numbers)
    for labels in plan.labels.values() if strange.any() else ():
        codes, unknown = _labelled(column, labels)
        if not unknown.any():
            return pd.Series(codes), []
    return pd.Series(numbers), table.fault(strange, column.name, UNLISTED)


def _counts(word: str, wanted: list[str], separator: str) -> bool:
    """Whether one of the answers wanted was given, alone or among others."""
    if not separator:
        return word in wanted
    return any(f"{separator}{answer}{separator}" in f"{separator}{word}{separator}" for answer in wanted)


def _labelled(column: Column, labels: Labels) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    codes = {text.casefold(): float(code) for text, code in labels.codes.items()}
    codes |= dict.fromkeys((text.casefold() for text in labels.missing), np.nan) | {"": np.nan}
    known = np.array([word.casefold() in codes for word in column.words])
    of_word = np.array([codes.get(word.casefold(), np.nan) for word in column.words])
    return of_word[column.codes], ~known[column.codes]
