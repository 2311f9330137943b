"""Sharing: which columns share their answers, so that what one label means shows from all of them."""

from collections.abc import Iterator, Sequence

from mentorstudy.reading.coding.catalogue import normalised, points
from mentorstudy.reading.table import Table


def sharing(table: Table, names: Sequence[str]) -> Iterator[list[str]]:
    """The columns of one question together; of others, those that share answers which the catalogue knows.

    A column that a file beside it has coded stands alone: what its codes mean is known, and need not be the same.
    """
    coded = {name: None for name in names if table.fields[name].coded}
    yield from ([name] for name in coded)
    names = [name for name in names if name not in coded]
    by_question: dict[str, list[str]] = {}
    for name in names:
        by_question.setdefault(table.fields[name].question or "", []).append(name)
    grids = [columns for question, columns in by_question.items() if question and len(columns) > 1]
    yield from grids
    together = {name for columns in grids for name in columns}
    loose = [name for name in names if name not in together]
    sets: dict[int, tuple[list[str], set[str]]] = {}
    holder: dict[str, int] = {}  # by answer: its set, of which there is but one
    for place, name in enumerate(loose):
        texts = {normalised(word) for word in table.columns[name].words if not word.isdigit()} - {""}
        words = texts & points() if texts else texts
        touching = [sets.pop(at) for at in sorted({holder[word] for word in words if word in holder})]
        columns, shared = touching[0] if touching else ([], set())
        for others, more in touching[1:]:
            columns += others
            shared |= more
        columns.append(name)
        shared |= words
        holder |= dict.fromkeys(shared, place)
        sets[place] = columns, shared
    yield from (columns for columns, _ in sets.values())
