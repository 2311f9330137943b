"""Sharing: which columns share their answers, so that what one label means shows from all of them."""

from collections.abc import Iterator, Sequence

from mentorstudy.reading.coding.catalogue import normalised, points
from mentorstudy.reading.table import Table


def sharing(table: Table, names: Sequence[str]) -> Iterator[list[str]]:
    """The columns of one question together; of others, those that share answers which the catalogue knows.

    A column that a file beside it has coded stands alone: what its codes mean is known, and need not be the same.
    """
    coded = [name for name in names if table.fields[name].coded]
    yield from ([name] for name in coded)
    names = [name for name in names if name not in coded]
    by_question: dict[str, list[str]] = {}
    for name in names:
        by_question.setdefault(table.fields[name].question or "", []).append(name)
    grids = [columns for question, columns in by_question.items() if question and len(columns) > 1]
    yield from grids
    loose = [name for name in names if not any(name in columns for columns in grids)]
    sets: list[tuple[list[str], set[str]]] = []
    for name in loose:
        texts = {normalised(word) for word in table.columns[name].words if not word.isdigit()} - {""}
        words = texts & points() if texts else texts
        touching = [one for one in sets if one[1] & words]
        merged = (
            [*(column for one in touching for column in one[0]), name],
            words.union(*(one[1] for one in touching)),
        )
        sets = [one for one in sets if one not in touching] + [merged]
    yield from (columns for columns, _ in sets)
