"""Proposed: the lines of a plan that would read files, with nothing in them that somebody wrote."""

from collections.abc import Sequence

import numpy as np

from mentorstudy.nouns.plan import Role
from mentorstudy.nouns.scale import shipped_scales
from mentorstudy.reading.coded import Asked
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.dated import of_two_orders
from mentorstudy.reading.grid import Column
from mentorstudy.reading.roles import OF_ROLE, headed, role_of
from mentorstudy.reading.shown import MOST_LABELS, offered_in, quoted
from mentorstudy.reading.starred import starred
from mentorstudy.reading.suffixes import wave_endings
from mentorstudy.reading.table import Table

MUST: dict[Role, tuple[str, ...]] = {"meetings": ("held_on",), "matches": ("matched_on", "mentor")}  # be named
MANY = 5  # rows in which each text stands before a column is taken for a question with answers to choose from


def proposed_plan(files: Sequence[tuple[str, Table, Sequence[Asked]]]) -> str:
    """Lines to paste: the files, who is who, where the library's questions stand, and label sets to fill in.

    `files` are each one's name, its table, and its questions. Surveys are taken for one survey's, the first for all.
    """
    of_role: dict[Role, list[tuple[str, Table, Sequence[Asked]]]] = {}
    for file in files:
        of_role.setdefault(role_of(file[1]), []).append(file)
    records = {role: (name, table) for role in OF_ROLE if role in of_role for name, table, _ in of_role[role][:1]}
    lines = ["[files]", *(f'{role} = "{name}"' for role, (name, _) in records.items()), ""] if records else []
    for role, (_, table) in records.items():
        said = headed(table)
        own = [
            f'{word} = "{quoted(said.get(word, "..."))}"'
            for word in OF_ROLE[role]
            if word in said or word in MUST.get(role, ())
        ]
        lines += [f"[columns.{role}]", _person(table), *own, ""]
    if surveys := of_role.get("survey"):
        lines += _survey([name for name, *_ in surveys], *surveys[0][1:])
    return "\n".join(lines).rstrip() + "\n"


def _survey(names: Sequence[str], table: Table, asked: Sequence[Asked]) -> list[str]:
    """The lines of a survey, in one file or in one for each wave."""
    pattern = names[0] if len(names) == 1 else starred(names)
    rename = "   # name the files of all waves alike, as in survey_T0, survey_T12, and take them by survey_*"
    lines = ["[files.survey]", f'path = "{pattern or names[0]}"{"" if pattern else rename}']
    if ends := wave_endings(table):
        lines.append(
            f'wave = "suffix"   # headers end in {", ".join(ends)}; where the plan calls them otherwise, waves = ...'
        )
    if of_two_orders(table):
        lines.append('date_order = "..."   # "day first" or "month first": its days can be read either way')
    if "wave" in table.response and (words := sorted({word for word in table.response["wave"].words if word})):
        told = ", ".join(f'"{quoted(word)}" = ...' for word in words[:MOST_LABELS])
        lines.append(f"# waves = {{{told}}}   # the file's words for waves; where the plan calls them otherwise")
    if {"started_at", "submitted_at"} & table.response.keys() and not table.zone:
        lines.append('# time_zone = "Europe/Zurich"   # of the clock times, where their days matter')
    lines += ["", "[columns.survey]", _person(table)]
    wave = "" if "wave" in table.response or ends or len(names) > 1 else headed(table).get("wave", "")
    lines += [f'wave = "{quoted(wave)}"'] if wave else []
    items = _items(table)
    lines += ["", "[items]", *items] if items else []
    for group in asked:
        if wave not in group.columns:
            lines += _labels(table, group)
    return lines


def _person(table: Table) -> str:
    """The line that says which column holds the ids: the tool's own, where it has one with ids in it."""
    own = table.response.get("person")
    if own is None or own.blank.all():
        if said := headed(table).get("person"):
            return f'person = "{quoted(said)}"'
        empty = "; the tool's own place for an id is empty" if own else ""
        return f'person = "..."   # the column whose ids the HR records have too{empty}'
    name = next((name for name, column in table.columns.items() if _same(column, own)), "person")
    return f'# person = "{quoted(name)}"   # the tool\'s own place for an id; taken unless you name another'


def _same(column: Column, other: Column) -> bool:
    return column.words == other.words and np.array_equal(column.codes, other.codes)


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
    return ["", f'# [labels."{quoted(name)}"]   # {why}', "# codes = {...}"]
