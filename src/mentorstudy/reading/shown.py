"""Shown: what may be printed of a file's answers, and the lines of a plan made of it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np

from mentorstudy.reading.coding.offered import offered
from mentorstudy.reading.coding.personal import heads_people
from mentorstudy.reading.table import Table

MOST_LABELS = 12  # shown of one column
MOST_ALONE = 11  # labels that a file gives one column alone, as 0 to 10 have; more are places, units or people


def offered_in(table: Table, name: str) -> set[str]:
    """The labels of a column that may be printed: the catalogue's, and those that the file gives as answers.

    It does so by labels of its own, few or those of another column too, and by a question whose columns hold exactly
    the same answers, as those of a grid do.
    """
    about, column = table.fields[name], table.columns[name]
    words = set(column.words) - {""}
    labels, own = set(about.labels.values()), words - about.labels.keys()
    others = [other for other in table.columns if other != name]
    declared = len(labels) <= MOST_ALONE or any(table.fields[other].labels == about.labels for other in others)
    grid = [other for other in others if table.fields[other].question == about.question] if about.question else []
    shared = len(own) <= MOST_LABELS and any(set(table.columns[other].words) - {""} == words for other in grid)
    rows: Counter[str] = Counter()
    for word, times in zip(column.words, np.bincount(column.codes, minlength=len(column.words)), strict=True):
        rows[about.labels.get(word, word)] += int(times)
    people = heads_people(name, about.wording)
    return offered(labels, declared=declared, rows=rows, of_people=people) | offered(
        own, declared=shared, rows=rows, of_people=people
    )


def quoted(text: str) -> str:
    """The text as it stands between the quotation marks of TOML."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def head(name: str) -> str:
    """The table that tells of the answers called `name`."""
    return f"labels.{_key(name)}"


def codes_lines(name: str, codes: Mapping[str, float | None]) -> str:
    """A label set to paste, with the codes that are known, and dots where only the reader knows."""
    told = ", ".join(
        f'"{quoted(label)}" = {"..." if code is None else f"{code:g}"}' for label, code in codes.items()
    )
    return f"[{head(name)}]\ncodes = {{{told or '...'}}}"


def missing_lines(name: str, codes: Iterable[float]) -> str:
    """The lines that declare numbers to be no answers."""
    return f"[{head(name)}]\n{missing_pairs(codes)}"


def missing_pairs(codes: Iterable[float]) -> str:
    """The line of a label set that says which numbers are no answers."""
    return none_line(f"{code:g}" for code in codes)


def none_line(texts: Iterable[str]) -> str:
    """The same of texts that may be told."""
    told = ", ".join(f'"{text}" = "no_answer"' for text in texts)
    return f"missing = {{{told}}}"


def several_lines(name: str, column: str | list[str], separator: str) -> str:
    """The lines that declare the cells of an item to hold several answers."""
    return f'[items.{_key(name)}]\ncolumn = {json.dumps(column, ensure_ascii=False)}\nseparator = "{separator}"'


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else f'"{quoted(name)}"'
