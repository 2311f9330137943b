"""Missing data codes of REDCap: what stands in a field to say why it has no answer, and what that makes of boxes."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from mentorstudy.reading.coding.missing import OF_REDCAP
from mentorstudy.reading.grid import Column, Field, number
from mentorstudy.reading.noticed import named
from mentorstudy.reading.platforms.redcap_forms import TICKED, Rows
from mentorstudy.reading.table import Table

OWN = {"UNK", "ASKU", "NASK", "NAVU"}  # these tell a box as one; NA, MSK or INV may be a choice of any question
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")


def with_reasons(table: Table) -> Table:
    """The table, each missing data code among numbers or days with its reason; boxes that are codes make others none.

    Among words it stays one: NA may be a department.
    """
    fields = dict(table.fields)
    found: dict[str, list[str]] = {}
    for name, column in table.columns.items():
        if fields[name].kind == "answer" and (codes := _codes_in(column.words)):
            fields[name] = replace(fields[name], missing={**fields[name].missing, **_reasons(codes)})
            for code in codes:
                found.setdefault(code, []).append(name)
    told = [f"{code} in {named(names)}" for code, names in sorted(found.items())]
    said = f"{table.file}: missing data codes are no answers: {'; '.join(told)}."
    return replace(table, fields=fields, notes=(*table.notes, said) if told else table.notes)


def _codes_in(words: Collection[str]) -> list[str]:
    """The missing data codes among the words of a column whose others are numbers or days; none in other columns."""
    codes = [word for word in words if word in OF_REDCAP]
    others = {*words} - {*codes, ""} if codes else set()
    plain = all(DAY.fullmatch(word) or not np.isnan(number(word)) for word in others)
    return codes if others and plain else []


def boxes_read(table: Table) -> Table:
    """Boxes as ticked, left, or not known where no box of the question is ticked, or one that is a code instead."""
    questions: dict[str, list[str]] = {}
    for name, about in table.fields.items():
        if about.kind == "choice":
            questions.setdefault(about.question, []).append(name)
    columns, fields = dict(table.columns), dict(table.fields)
    gone: list[str] = []
    for names in questions.values():
        ticks = {name: table.columns[name].among(TICKED) for name in names}
        reasons = _codes_of(ticks, fields)
        boxes = {name: rows for name, rows in ticks.items() if name not in reasons}
        known = np.logical_or.reduce([*boxes.values()])
        for name, ticked in boxes.items():
            codes = np.where(known, ticked.astype(np.int8), 2).astype(np.int8)
            words = ["0", "1", ""]
            for box, code in reasons.items():
                codes[ticks[box]] = len(words)
                words.append(code)
            columns[name] = Column(name=name, codes=codes, words=tuple(words))
            fields[name] = replace(fields[name], missing=_reasons(reasons.values()))
        gone += reasons
        for name in reasons:
            columns[name] = Column(name=name, codes=ticks[name].astype(np.int8), words=("0", "1"))
            fields[name] = replace(fields[name], kind="meta", question="", choice="")
    said = (
        f"{table.file}: {named(gone)}: no choice but a missing data code; where it is ticked, others are not known."
    )
    return replace(table, columns=columns, fields=fields, notes=(*table.notes, said) if gone else table.notes)


def _codes_of(ticks: Mapping[str, Rows], fields: Mapping[str, Field]) -> dict[str, str]:
    """The boxes of a question that are missing data codes, behind its others and never ticked beside one of them."""
    last = [name for name in ticks if fields[name].choice.upper() in OF_REDCAP]
    codes = {name: fields[name].choice.upper() for name in last}
    boxes = [name for name in ticks if name not in codes]
    if not boxes or not OWN & {*codes.values()} or [*ticks][-len(codes) :] != last:
        return {}
    ticked = np.sum([ticks[name] for name in last], axis=0)
    others = np.logical_or.reduce([ticks[name] for name in boxes])
    return codes if not (ticked > 1).any() and not (others & (ticked > 0)).any() else {}


def _reasons(codes: Collection[str]) -> dict[str, str]:
    return {code: OF_REDCAP[code][1] for code in codes}
