"""Items: the answers to questions, from the columns the plan names for them, whatever they were called that year."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.plan import Plan
from mentorstudy.nouns.scale import Scale
from mentorstudy.nouns.study import Study
from mentorstudy.nouns.wording import Wording
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.scaled import Placed, on_scale
from mentorstudy.reading.coding.values import Coded
from mentorstudy.reading.ends import contrary_ends, told_ends
from mentorstudy.reading.labelled import declared_of, over
from mentorstudy.reading.moved import moved
from mentorstudy.reading.table import Table
from mentorstudy.reading.unanswered import Said, unanswered
from mentorstudy.reading.unplaced import unplaced


@dataclass(slots=True)
class Answers:
    """What was found of a file's items: codes, the reason of each missing answer, faults and notes."""

    codes: dict[str, pd.Series] = field(default_factory=dict)
    reasons: dict[str, pd.Categorical] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, item: str, found: Coded) -> None:
        """One item's answers."""
        self.codes[item] = pd.Series(found.whole())
        self.reasons[item] = found.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The items of a scale by their columns in one file, and the `codes` that the plan gives to the scale's answers."""

    columns: Mapping[str, Placed]
    codes: Mapping[str, int]
    notes: Sequence[str]
    faults: Sequence[str]


def item_answers(
    study: Study, table: Table, *, wave: str, rows: pd.Index
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """The codes of all items of the scales asked at this wave, and why an answer is missing, by the `rows` of the file.

    Then notes of what was coded how, where the plan does not say, and all faults; with any, some items are not there.
    """
    found = Answers()
    for scale in scales_asked(study, wave):
        _read_scale(study, table, scale, found)
    codes = {item: series.set_axis(rows) for item, series in found.codes.items()}
    reasons = pd.DataFrame(found.reasons, index=rows)
    return pd.DataFrame(codes, index=rows), reasons, tuple(found.notes), tuple(found.faults)


def wordings(study: Study, table: Table, *, sample: str, wave: str) -> tuple[Wording, ...]:
    """How the file put the questions for which the plan names columns."""
    asked = [item for scale in scales_asked(study, wave) for item in scale.item_names]
    asked += [outcome.item for outcome in _outcomes(study, sample, wave)]
    told = []
    for item in asked:
        if item in study.plan.items and (column := table.find(_present(table, study.plan, item))):
            about = table.fields[column]
            words = " - ".join(text for text in (about.wording, about.part) if text) or column
            told.append(Wording(sample=sample, item=item, wave=wave, asked=words))
    return tuple(told)


def item_columns(study: Study) -> list[str]:
    """What files call the columns of all items of scales, and of those that are outcomes."""
    items = [item for scale in study.scales.values() for item in scale.item_names]
    items += [outcome.item for outcome in study.outcomes if outcome.item]
    return [name for item in items for name in names_of(study.plan, item)]


def _outcomes(study: Study, sample: str, wave: str) -> Iterable[Outcome]:
    for outcome in study.outcomes:
        if outcome.kind == "item" and outcome.sample == sample and (not wave or wave in outcome.waves):
            yield outcome


def scales_asked(study: Study, wave: str) -> list[Scale]:
    """The scales asked at a wave: as outcomes, and as covariates; all of them where the file has a wave column."""
    return [scale for name, scale in study.scales.items() if not wave or (name, wave) in study.asked]


def _read_scale(study: Study, table: Table, scale: Scale, found: Answers) -> None:
    """All items of one scale together: what their labels mean shows only from all of them."""
    names: dict[str, str] = {}
    faults: list[str] = []
    for item in scale.item_names:
        try:
            names[item] = column_named(table, study.plan, item, beside=scale.item_names)
        except DataError as error:
            faults += error.faults
    absent = [item for item in scale.item_names if item not in names]
    asked = _asks(table)
    elsewhere = len(absent) > 1 or any(
        normalised(item.text) in asked for item in scale.items if item.name in absent
    )
    if absent and elsewhere and len(faults) == len(absent) and not table.headless:
        faults = [_absent(study.plan, table, scale, absent)]
    found.faults += faults
    placed = placed_in(study, table, scale, names)
    found.faults += placed.faults
    for item, one in zip(names, placed.columns.values(), strict=True):
        found.add(item, one)
    found.faults += unplaced(table, scale, placed.columns, placed.codes)
    notes = [
        *placed.notes,
        *told_ends(table, scale, placed.columns),
        *moved(table, scale, placed.columns, placed.codes),
    ]
    stop = {note: "" if note.endswith("}") else "." for note in notes}  # none behind a line to paste
    found.notes += [f"{table.file}: scale {scale.name}: {note}{stop[note]}" for note in notes]


def placed_in(study: Study, table: Table, scale: Scale, names: Mapping[str, str]) -> Items:
    """The answers to the items of a scale that have columns here, `names` by item, coded together."""
    shared, said = declared_of(study, {scale.name}, [])
    declared = []
    for item, name in names.items():
        own, told = declared_of(study, {item, *names_of(study.plan, item)}, [(table, name)])
        declared.append(over(shared, own))
        said += told
    pairs = [(table.columns[name], table.fields[name]) for name in names.values()]
    coded, notes = on_scale(pairs, scale, declared)
    sets = zip(pairs, declared, coded, strict=True)
    read = [Said(column=column, about=about, declared=own.missing, coded=one) for (column, about), own, one in sets]
    columns = dict(zip(names.values(), coded, strict=True))
    notes = (*notes, *unanswered(scale.name, read))
    faults = [*said, *contrary_ends(table, scale, columns)]
    return Items(columns=columns, codes=shared.codes, notes=notes, faults=faults)


def _absent(plan: Plan, table: Table, scale: Scale, absent: Sequence[str]) -> str:
    """One message for several items, with the lines to paste; filled in where the file asks the same question.

    The names that other files have stay in them.
    """
    asked = _asks(table)
    lines, called = [], []
    for item in scale.items:
        if item.name in absent:
            own, meant = names_of(plan, item.name), asked.get(normalised(item.text), "...")
            lines.append(f"{item.name} = {json.dumps([*own, meant], ensure_ascii=False)}")
            called.append(item.name if own == [item.name] else f"{' or '.join(own)} ({item.name})")
    them = "them" if len(absent) > 1 else "it"
    filled = " Where a name is filled in last, its column has the question's wording."
    known = any(normalised(item.text) in asked for item in scale.items if item.name in absent)
    return (
        f"{table.file}: no column{'s' * (len(absent) > 1)} {', '.join(called)} of scale {scale.name}.{filled * known} "
        f"If the file calls {them} otherwise, write into plan.toml:\n[items]\n" + "\n".join(lines)
    )


def _asks(table: Table) -> dict[str, str]:
    """The questions of the file, each with its column; none that several columns ask."""
    columns: dict[str, set[str]] = {}
    for name, about in table.fields.items():
        for text in (about.part, about.wording, name):
            if text and name in table.columns:
                columns.setdefault(normalised(text), set()).add(name)
    return {text: name for text, names in columns.items() if len(names) == 1 for name in names}


def column_named(table: Table, plan: Plan, item: str, *, beside: Iterable[str] = ()) -> str:
    """The item's column: the one of its names that this file has; DataError where that is none, or several.

    None of those that the plan takes for other items, and for the items `beside` it, is offered in its place.
    """
    names = names_of(plan, item)
    present = list(dict.fromkeys(found for name in names if (found := table.find(name))))
    if len(present) > 1:
        raise DataError(
            f"{table.file}: columns {' and '.join(present)} are both item {item}, by [items] in plan.toml. A question "
            "stands in one column of a file: keep the right one there."
        )
    if not present:
        taken = {name for other in {*plan.items, *beside} - {item} for name in names_of(plan, other)}
        table.column(names[0], role="survey", word=item, others=names[1:], taken=taken)
    return present[0]


def names_of(plan: Plan, item: str) -> list[str]:
    """What files call the item's column."""
    return plan.items[item].column if item in plan.items else [item]


def _present(table: Table, plan: Plan, item: str) -> str:
    return next((name for name in names_of(plan, item) if table.find(name)), "")
