"""Seen: -99, which numeric exports of Qualtrics write where a question was seen and left."""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table

SEEN = "-99"
NUMBERS = re.compile(r"-?[0-9]+(,-?[0-9]+)*")


def with_seen(table: Table, names: Mapping[str, str]) -> Table:
    """The table, -99 as seen and left in every question, where a numeric export writes it for one of them.

    That is among the codes of a question, or in a cell for words of one's own.
    """
    kinds = {name: about.kind for name, about in table.fields.items() if name in table.columns}
    asked = [name for name, kind in kinds.items() if kind in ("answer", "choice", "list", "text")]
    holding = [
        name
        for name in asked
        if SEEN in table.columns[name].words and (kinds[name] == "text" or numeric(table.columns[name]))
    ]
    if not holding or "status" not in names or not all(map(str.isdigit, said(table.columns[names["status"]]))):
        return table
    fields = dict(table.fields)
    for name in asked:  # what the file itself says of a code goes before the rule of the platform
        fields[name] = replace(fields[name], missing={SEEN: "seen_unanswered", **fields[name].missing})
    listed = ", ".join(holding[:3])
    note = f"{SEEN} is read as seen and not answered; it stands among the answers to {listed}."
    return replace(table, fields=fields, notes=(*table.notes, note))


def numeric(column: Column) -> bool:
    """Whether cells hold whole numbers, or several with commas between, and nothing else."""
    return all(map(NUMBERS.fullmatch, said(column)))


def said(column: Column) -> set[str]:
    """The distinct texts that stand in cells."""
    return {column.words[code] for code in np.unique(column.codes)} - {""}
