"""Items: the answers to questions, from the columns the plan names for them, whatever they were called that year."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.nouns.item import Item
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.plan import Plan
from mentorstudy.nouns.scale import Scale
from mentorstudy.nouns.study import Study
from mentorstudy.nouns.wording import Wording
from mentorstudy.reading.coding.answers import NOTHING, Coded, Declared, alone, on_scale, takes_codes
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.missing import MISSING_CODES, REPEATED
from mentorstudy.reading.grid import Column, number
from mentorstudy.reading.table import Table
from mentorstudy.reading.ticked import ticked

UNLISTED = (
    "an answer that is no number and stands in no label set. Name the answers that count, as in yes = [...], or give "
    "all of them a code under [labels.<name>]."
)


@dataclass(slots=True)
class Answers:
    """What was found of a file's items: codes, the reason of each missing answer, faults and notes."""

    codes: dict[str, pd.Series] = field(default_factory=dict)
    reasons: dict[str, pd.Categorical] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, item: str, found: Coded, *, whole: bool) -> None:
        """One item's answers; `whole` where they are places in a list."""
        self.codes[item] = pd.Series(found.whole if whole else found.numbers)
        self.reasons[item] = found.reasons


def item_answers(
    study: Study, table: Table, *, sample: str, wave: str, rows: pd.Index
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[str, ...]]:
    """The codes of every item that the plan asks of this wave, and why an answer is missing, by the `rows` of the file.

    Raises DataError with all faults at once; notes say what was coded how, where the plan does not.
    """
    found = Answers()
    for scale in _asked(study, wave):
        _read_scale(study, table, scale, found)
    for outcome in _outcomes(study, sample, wave):
        try:
            column = _column(table, study.plan, outcome.item)
        except DataError as error:
            found.faults += error.faults
            continue
        coded, said = _alone(column, table, outcome=outcome, plan=study.plan)
        found.faults += said
        found.add(outcome.item, coded, whole=False)
    raise_all(DataError, found.faults)
    codes = {item: series.set_axis(rows) for item, series in found.codes.items()}
    reasons = pd.DataFrame(found.reasons, index=rows)
    return pd.DataFrame(codes, index=rows), reasons, tuple(found.notes)


def wordings(study: Study, table: Table, *, sample: str, wave: str) -> tuple[Wording, ...]:
    """How the file put the questions for which the plan names columns."""
    asked = [item for scale in _asked(study, wave) for item in scale.item_names]
    asked += [outcome.item for outcome in _outcomes(study, sample, wave)]
    told = []
    for item in asked:
        if item in study.plan.items:
            column = _column(table, study.plan, item).name
            about = table.fields[column]
            words = " - ".join(text for text in (about.wording, about.part) if text) or column
            told.append(Wording(sample=sample, item=item, wave=wave, asked=words))
    return tuple(told)


def _outcomes(study: Study, sample: str, wave: str) -> Iterable[Outcome]:
    for outcome in study.outcomes:
        if outcome.kind == "item" and outcome.sample == sample and (not wave or wave in outcome.waves):
            yield outcome


def _asked(study: Study, wave: str) -> list[Scale]:
    """The scales asked at a wave: as outcomes, and as covariates; all of them where the file has a wave column."""
    return [scale for name, scale in study.scales.items() if not wave or (name, wave) in study.asked]


def _read_scale(study: Study, table: Table, scale: Scale, found: Answers) -> None:
    """All items of one scale together: what their labels mean shows only from all of them."""
    columns: dict[str, Column] = {}
    faults: list[str] = []
    for item in scale.item_names:
        try:
            columns[item] = _column(table, study.plan, item)
        except DataError as error:
            faults += error.faults
    absent = [item for item in scale.item_names if item not in columns]
    if len(absent) > 1 and len(faults) == len(absent) and not table.headless:
        faults = [_absent(table, scale, absent)]
    found.faults += faults
    pairs = [(column, table.fields[column.name]) for column in columns.values()]
    coded, said = on_scale(pairs, scale, _declared(study.plan, scale.name))
    for (item, column), one in zip(columns.items(), coded, strict=True):
        found.faults += _strange(column, table, one, scale)
        found.add(item, one, whole=True)
    found.notes += [f"{table.file}: scale {scale.name}: {note}." for note in said]


def _absent(table: Table, scale: Scale, absent: Sequence[str]) -> str:
    """One message for several items, with the lines to paste; filled in where the file asks the same question."""
    asked = {
        normalised(text): name
        for name, about in table.fields.items()
        for text in (about.part, about.wording, name)
        if text and name in table.columns
    }
    lines = [
        f"{item.name} = {json.dumps(asked.get(normalised(item.text), '...'), ensure_ascii=False)}"
        for item in scale.items
        if item.name in absent
    ]
    return (
        f"{table.file}: no columns {', '.join(absent)} of scale {scale.name}. If the file calls them otherwise, write "
        "into plan.toml:\n[items]\n" + "\n".join(lines)
    )


def _column(table: Table, plan: Plan, item: str) -> Column:
    """The item's column: the one of its names that this file has."""
    names = plan.items[item].column if item in plan.items else [item]
    present = list(dict.fromkeys(found for name in names if (found := table.find(name))))
    if len(present) > 1:
        raise DataError(
            f"{table.file}: columns {' and '.join(present)} are both item {item}, by [items] in plan.toml. A question "
            "stands in one column of a file: keep the right one there."
        )
    return table.column(present[0] if present else names[0], role="survey", word=item)


def _declared(plan: Plan, name: str) -> Declared:
    """What the plan says of the answers of one scale or item: under [labels.<its name>]."""
    labels = plan.labels.get(name)
    return Declared(codes=labels.codes, missing=labels.missing) if labels else NOTHING


def _strange(column: Column, table: Table, found: Coded, scale: Scale) -> list[str]:
    codes_too = f"1 to {scale.highest}, or " if takes_codes(scale) else ""
    said = f"no answer of scale {scale.name}; it has {codes_too}{' | '.join(scale.responses)}. "
    numbers = column.numbers()[found.strange]
    codes, times = np.unique(numbers[~np.isnan(numbers)], return_counts=True)
    told = [f"{code:g}" for code, n in zip(codes, times, strict=True) if code in MISSING_CODES and n >= REPEATED]
    if told and len(numbers) == times[[f"{code:g}" in told for code in codes]].sum():
        lines = ", ".join(f'"{code}" = "no_answer"' for code in told)
        said += (
            f"{' and '.join(told)} look{'s' if len(told) == 1 else ''} like the code of a missing answer; if so, write "
            f"[labels.{scale.name}] missing = {{{lines}}} in plan.toml."
        )
    else:
        said += "Leave unanswered cells empty."
    return table.fault(found.strange, column.name, said)


def _alone(column: Column, table: Table, *, outcome: Outcome, plan: Plan) -> tuple[Coded, list[str]]:
    """1 and 0 where the plan says which answers count; else the number given, or its label's code."""
    about = table.fields[column.name]
    if outcome.yes:
        return ticked(column, table, plan.items.get(outcome.item, Item(column=[outcome.item])), outcome.yes), []
    own = _declared(plan, outcome.item)
    others = [Declared(codes=labels.codes, missing=labels.missing) for labels in plan.labels.values()]
    if group := alone([(column, about)], [own, *others] if own is not NOTHING else others):
        return group.found[0], []
    value = np.array([number(word) for word in column.words])
    odd = np.isnan(value) & np.array([word != "" for word in column.words])
    found = Coded(codes=column.codes, value=value, why=("",) * len(value), odd=odd)
    return found, table.fault(found.strange, column.name, UNLISTED)
