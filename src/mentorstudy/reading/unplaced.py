"""Unplaced: cells of a scale's items that are none of its answers, and the lines that would make them some."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.missing import MISSING_CODES
from mentorstudy.reading.coding.rare import is_rare
from mentorstudy.reading.coding.scaled import Placed, takes_codes
from mentorstudy.reading.grid import number
from mentorstudy.reading.lettered import lettered
from mentorstudy.reading.outside import Outside, outside
from mentorstudy.reading.shown import MOST_LABELS, codes_lines, missing_pairs, offered_in
from mentorstudy.reading.table import Table

COMMAS = re.compile(r"[-+]?[0-9]{1,3},[0-9]+")
RARE = (
    "All other texts of the column are answers of it, so these are slips, or say why there is none; they look like {}. "
    "Correct them, take their rows out, or write the text and a reason into plan.toml:\n[labels.{}]\n"
    'missing = {{"..." = "no_answer"}}'
)


def unplaced(table: Table, scale: Scale, found: Mapping[str, Placed], codes: Mapping[str, int]) -> list[str]:
    """A fault for each of a scale's columns with texts that are no answers.

    `found` is what they were read as, `codes` what the plan says of the scale's answers already.
    """
    none = outside(table, scale, found)
    return [fault for name in found for fault in _strange(name, table, scale, found, codes, none=none)]


def _strange(
    name: str,
    table: Table,
    scale: Scale,
    every: Mapping[str, Placed],
    codes: Mapping[str, int],
    *,
    none: Outside,
) -> list[str]:
    column, found = table.columns[name], every[name]
    codes_too = f"1 to {scale.highest}, or " if takes_codes(scale) else ""
    said = f"no answer of scale {scale.name}; it has {codes_too}{' | '.join(scale.responses)}. "
    numbers = column.numbers()[found.strange]
    own, looks = np.unique(numbers).tolist(), column.shapes(found.strange)
    if (MISSING_CODES | {*none.codes}).issuperset(own):
        said += none.said(own, looks)
    elif found.untold:
        said = (
            "numbers beside labels, and the labels do not tell which answer each number is. Give all of them the "
            f"place of a response, 1 to {scale.highest}, in plan.toml:\n"
            f"{codes_lines(scale.name, {**codes, **_together(table, scale, every)})}"
        )
    elif any(number(text) % 1 == 0 for text in codes) and ((numbers >= 1) & (numbers <= scale.highest)).any():
        said += (
            f"[labels.{scale.name}] in plan.toml gives the place of each such number to another, so list there all "
            "numbers of the file; where waves count otherwise, recode one of the files."
        )
    elif all(COMMAS.fullmatch(word) for word, odd in zip(column.words, found.odd, strict=True) if odd):
        said += f'They look like {looks}. If commas are decimals, say so for this file under [files]: decimal = ","'
    elif np.isnan(numbers).any():
        said += lettered(table, scale, every, codes) or _to_code(table, scale, name, every)
    else:
        said += _counted_otherwise(table, scale, every, none) or none.said(own, looks)
    return table.fault(found.strange, column.name, said)


def _to_code(table: Table, scale: Scale, name: str, every: Mapping[str, Placed]) -> str:
    """What to write for words that nothing codes: the words themselves only where they were offered.

    Numbers that stand among them are listed too, since words alone would not tell what these are.
    """
    column, about, found = table.columns[name], table.fields[name], every[name]
    odd = [
        about.labels.get(word, word)
        for word, strange in zip(column.words, found.odd, strict=True)
        if strange and np.isnan(number(word))
    ]
    shown = {label for other in every for label in offered_in(table, other)}
    plain = sorted(
        {word for word in column.words if word not in about.labels and number(word) % 1 == 0}, key=number
    )
    if shown.issuperset(odd) and len(odd) + len(plain) <= MOST_LABELS:
        lines, looks = codes_lines(scale.name, dict.fromkeys([*odd, *plain])), ""
    elif is_rare(column, {word for word, strange in zip(column.words, found.odd, strict=True) if strange}):
        return RARE.format(column.shapes(found.strange), scale.name)
    else:
        lines = codes_lines(scale.name, {})
        looks = (
            f"\nThey may be people's own words and are not shown; they look like {column.shapes(found.strange)}."
        )
    return (
        f"If they were answers to choose from, give each the place of the response that it stands for, 1 to "
        f"{scale.highest}, in plan.toml:\n{lines}\nTo those that are no answer a reason under missing there.{looks}"
    )


def _together(table: Table, scale: Scale, every: Mapping[str, Placed]) -> dict[str, float | None]:
    """Labels and the numbers beside them; places only of labels without a code, which no number contradicts."""
    told: dict[str, float | None] = {}
    for name, found in every.items():
        about, shown = table.fields[name], _printable(table, name, scale)
        for word, value in zip(table.columns[name].words, found.value.tolist(), strict=True):
            if word not in about.labels and np.isnan(number(word)) and word in shown and not np.isnan(value):
                told.setdefault(word, value)
        told |= {
            label: None
            for code, label in about.labels.items()
            if label in shown and code not in about.missing and np.isnan(number(label))
        }
    numbers = sorted({word for found in every.values() for word in found.untold}, key=number)
    worded = sorted(told.items(), key=lambda pair: pair[1] or 0)
    return {**dict(worded), **dict.fromkeys(numbers)} if len(worded) + len(numbers) <= MOST_LABELS else {}


def _counted_otherwise(table: Table, scale: Scale, every: Mapping[str, Placed], none: Outside) -> str:
    """What to write where all numbers are a run of as many points as the scale has, or lie within one from 0 on.

    Numbers beside such a run that are written for no answer are told with it.
    """
    names: dict[float, str] = {}
    for name, found in every.items():
        about, shown = table.fields[name], _printable(table, name, scale)
        for word, why in zip(table.columns[name].words, found.why, strict=True):
            value, label = number(word), about.labels.get(word, word)
            if why or not word or value in MISSING_CODES:
                continue
            if np.isnan(value) or (label != word and label not in shown):
                return ""
            names[value] = label if label != word else f"{value:g}"
    aside = none.codes if none.times.keys() - {*none.codes} else []
    run = _run(sorted(names), scale.highest) or _run(sorted(names.keys() - {*aside}), scale.highest)
    if not run:
        return ""
    beside = [code for code in none.codes if code not in run]
    missing = f"\n{missing_pairs(beside)}" if beside else ""
    codes = {names.get(value, f"{value:g}"): place for place, value in enumerate(run, start=1)}
    return (
        f"Where the file counts its responses from {run[0]:g} to {run[-1]:g}, these are answers: write into plan.toml, "
        f"with the places the other way round if {run[0]:g} is the last response:\n{codes_lines(scale.name, codes)}"
        f"{missing}\nElse correct them, or leave unanswered cells empty."
    )


def _run(values: Sequence[float], points: int) -> list[float]:
    """The numbers by which a file would count that many points, if all values are among them; none else."""
    if not values or any(value % 1 for value in values) or points > MOST_LABELS:
        return []
    half = points // 2
    starts = [0, *([-half] if points % 2 else [])]
    if values[-1] - values[0] + 1 == points == len(values):
        starts.append(int(values[0]))
    return next(
        (
            [float(start + at) for at in range(points)]
            for start in starts
            if start <= values[0] and values[-1] < start + points
        ),
        [],
    )


def _printable(table: Table, name: str, scale: Scale) -> set[str]:
    """The texts of a column that may be told: those offered, and the scale's own."""
    responses = {normalised(answer) for answer in scale.responses}
    about = table.fields[name]
    texts = {*table.columns[name].words, *about.labels.values()}
    return offered_in(table, name) | {text for text in texts if normalised(text) in responses}
