"""LimeSurvey's boxes: columns of one question whose cells say only yes, no or nothing."""

from dataclasses import replace

import numpy as np

from mentorstudy.reading.grid import Column
from mentorstudy.reading.platforms.headings import told
from mentorstudy.reading.table import Table

NOT_ASKED = "N/A"
TICKED = {"Y", "Yes", "Ja", "Oui", "Sí", "Si", "Sì", "Sim", "Tak"}
LEFT = {"N", "No", "Nein", "Non", "Não", "Nee", "Nej", "Nie"}
WORDS = ("", "0", "1")


def boxed(table: Table) -> tuple[Table, bool]:
    """The table with its boxes as such, and whether any is ticked by a code.

    A box without a word is left where another of its question is ticked or something is written under "other";
    else nothing tells whether it was seen.
    """
    groups: dict[str, list[str]] = {}
    for name, about in table.fields.items():
        if about.kind == "answer" and about.choice:
            groups.setdefault(about.question, []).append(name)
    cells: dict[str, Column] = {}
    fields = dict(table.fields)
    short = False
    for question, names in groups.items():
        said = set().union(*(told(table.columns[name], 0) for name in names))
        if not said & TICKED or said - TICKED - LEFT - {NOT_ASKED}:
            for name in names:
                fields[name] = replace(fields[name], choice="")
            continue
        short |= "Y" in said
        ticks = [table.columns[name].among(TICKED) for name in names]
        texts = [name for name, about in fields.items() if about.question == question and about.kind == "text"]
        seen = np.logical_or.reduce([*ticks, *(~table.columns[name].among({"", NOT_ASKED}) for name in texts)])
        for name, tick in zip(names, ticks, strict=True):
            column = table.columns[name]
            left = column.among(LEFT) | (column.blank & seen)
            codes = np.where(tick, 2, np.where(left, 1, 0)).astype(np.int32)
            cells[name] = replace(column, codes=codes, words=WORDS)
            hidden = {"": "not_shown"} if NOT_ASKED in said and not column.blank.any() else {}
            fields[name] = replace(fields[name], kind="choice", missing=hidden)
    return replace(table, columns=table.columns | cells, fields=fields), short
