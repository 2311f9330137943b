"""Boxes: a column of several answers in one cell, made one column for each answer that was offered."""

from collections.abc import Mapping
from dataclasses import replace

from mentorstudy.reading.coding.choices import split_choices
from mentorstudy.reading.grid import Column, Field
from mentorstudy.reading.table import Table


def expanded(table: Table, name: str, choices: Mapping[str, str], separator: str) -> Table:
    """The table with one box for each of `choices` (id: label) after column `name`, and one for what else was written.

    A cell may hold the labels or the ids. A row without any answer leaves all its boxes unknown; a cell that says why
    stands in each of them, so that the reason is kept.
    """
    column, about = table.columns[name], table.fields[name]
    unanswered = about.missing.keys() - {*choices, *choices.values()}
    words = [word for word in column.words if word and word not in unanswered]
    by_id = bool(words) and all(set(_pieces(word, separator)) <= set(choices) for word in words)
    offered = {key: (key if by_id else label) for key, label in choices.items()}
    given = [
        (set[str](), "") if word in unanswered else split_choices(word, tuple(offered.values()), separator)
        for word in column.words
    ]
    boxes: dict[str, tuple[Column, Field]] = {}
    for key, text in offered.items():
        cells = tuple(
            word if not word or word in unanswered else "1" if text in chosen else "0"
            for word, (chosen, _) in zip(column.words, given, strict=True)
        )
        box = f"{name}_{key}"
        boxes[box] = (
            Column(name=box, codes=column.codes, words=cells),
            replace(about, kind="choice", part=choices[key], choice=key, question=about.question or name),
        )
    if any(rest for _, rest in given) and not by_id:
        other = f"{name}_TEXT"
        texts = Column(name=other, codes=column.codes, words=tuple(rest for _, rest in given))
        boxes[other] = (texts, replace(about, kind="text", question=about.question or name))
    columns: dict[str, Column] = {}
    fields: dict[str, Field] = {}
    for each, one in table.columns.items():
        columns[each], fields[each] = one, table.fields[each]
        if each == name:
            columns |= {box: made for box, (made, _) in boxes.items()}
            fields |= {box: told for box, (_, told) in boxes.items()}
    fields[name] = replace(about, kind="list", separator=separator)
    return replace(table, columns=columns, fields=fields)


def _pieces(word: str, separator: str) -> list[str]:
    sign = separator.strip() or separator
    return [piece.strip() for piece in word.split(sign) if piece.strip()]
