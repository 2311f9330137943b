"""Proposed: the lines of a plan that would read files, with nothing in them that somebody wrote."""

import re
from collections.abc import Sequence
from itertools import takewhile

import numpy as np

from mentorstudy.nouns.scale import shipped_scales
from mentorstudy.reading.coded import Asked
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.grid import Column
from mentorstudy.reading.shown import MOST_LABELS, offered_in, quoted
from mentorstudy.reading.suffixes import wave_endings
from mentorstudy.reading.table import Table

MANY = 5  # rows in which each text stands before a column is taken for a question with answers to choose from


def proposed_plan(names: Sequence[str], table: Table, asked: Sequence[Asked]) -> str:
    """Lines to paste: the files, who is who, where the library's questions stand, and label sets to fill in."""
    lines = ["[files.survey]", f'path = "{_pattern(names)}"']
    if ends := wave_endings(table):
        lines.append(
            f'wave = "suffix"   # headers end in {", ".join(ends)}; where the plan calls them otherwise, waves = ...'
        )
    if {"started_at", "submitted_at"} & table.response.keys() and not table.zone:
        lines.append('# time_zone = "Europe/Zurich"   # of the clock times, where their days matter')
    lines += ["", "[columns.survey]"]
    lines.append(_person(table))
    items = _items(table)
    lines += ["", "[items]", *items] if items else []
    for group in asked:
        lines += _labels(table, group)
    return "\n".join(lines) + "\n"


def _person(table: Table) -> str:
    """The line that says which column holds the ids: the tool's own, where it has one with ids in it."""
    own = table.response.get("person")
    if own is None or own.blank.all():
        empty = "; the tool's own place for an id is empty" if own else ""
        return f'person = "..."   # the column whose ids the HR records have too{empty}'
    name = next((name for name, column in table.columns.items() if _same(column, own)), "person")
    return f'# person = "{quoted(name)}"   # the tool\'s own place for an id; taken unless you name another'


def _same(column: Column, other: Column) -> bool:
    return column.words == other.words and np.array_equal(column.codes, other.codes)


def _pattern(names: Sequence[str]) -> str:
    """One name, or the pattern that all of them fit, its star standing for the wave."""
    start = re.sub(r"[A-Za-z0-9]+$", "", _shared(names))  # a wave is a word, not the end of one
    end = _shared([name[::-1] for name in names])[::-1]
    if len(names) == 1 or not (start or end):
        return names[0]
    return f"{start}*{end}" if len(start) + len(end) <= min(map(len, names)) else names[0]


def _shared(names: Sequence[str]) -> str:
    """The signs that all names begin with."""
    same = takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    return "".join(signs[0] for signs in same)


def _items(table: Table) -> list[str]:
    """Where the questions of the library's scales stand in the file, by their wording."""
    asked = {
        normalised(text): name
        for name, about in table.fields.items()
        for text in (about.wording, about.part, name)
        if text and about.kind == "answer"
    }
    return [
        f'{item.name} = "{quoted(asked[normalised(item.text)])}"   # scale {scale.name}'
        for scale in shipped_scales()
        for item in scale.items
        if normalised(item.text) in asked
    ]


def _labels(table: Table, asked: Asked) -> list[str]:
    """A label set to fill in, for a question whose answers nothing codes; its texts only where they were offered.

    That many people share a text does not say so: they share a manager too.
    """
    name = asked.columns[0]
    column, about = table.columns[name], table.fields[name]
    if asked.group or about.kind != "answer" or len(column.words) > MOST_LABELS + 1:
        return []
    labels = list(dict.fromkeys(about.labels.get(word, word) for word in column.words if word))
    if not 2 <= len(labels) <= MOST_LABELS:
        return []
    if offered_in(table, name).issuperset(labels):
        codes = ", ".join(f'"{quoted(label)}" = ...' for label in labels)
        return ["", f'[labels."{quoted(name)}"]', f"codes = {{{codes}}}"]
    counts = np.bincount(column.codes, minlength=len(column.words)).tolist()
    if min(times for word, times in zip(column.words, counts, strict=True) if word) < MANY:
        return []
    why = f"nothing codes its {len(labels)} different texts, and they are not shown; look at the file"
    return ["", f'# [labels."{quoted(name)}"] codes = {{...}}   # {why}']
