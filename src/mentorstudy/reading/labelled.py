"""Labelled: what the plan says of a question's answers under [labels], by the names that the question has."""

from collections.abc import Iterable, Iterator

from mentorstudy.nouns.plan import Plan
from mentorstudy.nouns.study import Study
from mentorstudy.nouns.written import did_you_mean
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.values import Declared
from mentorstudy.reading.table import Table


def declared_of(
    study: Study, names: Iterable[str], columns: Iterable[tuple[Table, str]]
) -> tuple[Declared, list[str]]:
    """All that the plan says of answers under one of `names`, or under a name of one of the `columns`.

    Where two of its tables contradict each other, the fault tells so.
    """
    codes: dict[str, int] = {}
    missing: dict[str, str] = {}
    said: dict[str, tuple[str, object]] = {}
    faults: list[str] = []
    for name in _named(study.plan, set(names), list(columns)):
        labels = study.plan.labels[name]
        for text, means in [*labels.codes.items(), *labels.missing.items()]:
            first, earlier = said.setdefault(normalised(text), (name, means))
            if earlier != means:
                faults.append(
                    f"{study.folder / 'plan.toml'}: [labels] {first} and {name} are the same question's answers, and "
                    f"{text} is {earlier} in one and {means} in the other. Keep one of the two."
                )
        codes |= labels.codes
        missing |= labels.missing
    return Declared(codes=codes, missing=missing), faults


def over(shared: Declared, own: Declared) -> Declared:
    """What holds for one of several questions that share a set: the set, and over it what is declared for it alone."""
    texts = {normalised(text) for text in (*own.codes, *own.missing)}
    codes = {text: code for text, code in shared.codes.items() if normalised(text) not in texts}
    missing = {text: reason for text, reason in shared.missing.items() if normalised(text) not in texts}
    return Declared(codes={**codes, **own.codes}, missing={**missing, **own.missing})


def lent(plan: Plan, taken: set[str]) -> dict[str, Declared]:
    """The sets of answers under names of their own: they hold for any question whose answers are all in one."""
    return {
        name: Declared(codes=labels.codes, missing=labels.missing)
        for name, labels in plan.labels.items()
        if labels.codes and name not in taken
    }


def taken_names(study: Study, tables: Iterable[Table]) -> set[str]:
    """The names under [labels] that are a scale's, an item's or a column's."""
    plan, tables = study.plan, list(tables)
    known = {*study.scales, *(item for scale in study.scales.values() for item in scale.item_names)}
    known |= {outcome.item for outcome in study.outcomes} | {
        column for item in plan.items.values() for column in item.column
    }
    return {name for name in plan.labels if name in known or any(table.find(name) for table in tables)}


def of_nothing(study: Study, names: Iterable[str]) -> Iterator[str]:
    """What is wrong with each table under [labels] that names nothing, and has coded nothing."""
    known = [*study.scales, *(item for scale in study.scales.values() for item in scale.item_names)]
    known += [outcome.item for outcome in study.outcomes if outcome.item]
    for name in names:
        yield (
            f"labels.{name}: no scale, item or column is called so, and no answers are all in this set. "
            f"{did_you_mean(name, known)} Name what it holds for, or take it out."
        )


def _named(plan: Plan, names: set[str], columns: list[tuple[Table, str]]) -> list[str]:
    """The tables under [labels] that are called by one of the names, or by a column, its header or its question."""
    return [
        name
        for name in plan.labels
        if name in names or any(table.find(name) == column for table, column in columns)
    ]
