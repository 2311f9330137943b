"""Ids: what spreadsheets make of them, and whether two files write the same ones."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from mentorstudy.nouns.plan import Role
from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table

SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+[0-9]+")
KEPT = 15  # digits of a number in a workbook
WHOLE = 2**53  # beyond it a workbook's numbers lie apart by two and more
MANY, MANY_IN = 5, 0.05  # rows, and share of rows, that no slip of the hand explains


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The persons of one file as it writes them; they live no longer than the reading."""

    sample: str
    role: Role
    wave: str  # "" where the file speaks of no one wave
    table: Table
    persons: Column


def _without_zeros(word: str) -> str:
    return word.lstrip("0")


def _without_decimals(word: str) -> str:
    return word.removesuffix(".0")


def _as_far_as_kept(word: str) -> str:
    return word[:KEPT] if word.isdecimal() else word


WRITTEN: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("only the leading zeros differ", _without_zeros),
    ("only capital letters differ", str.casefold),
    ("only a .0 at the end differs", _without_decimals),
    (
        "only leading zeros, capital letters or a .0 at the end differ",
        lambda word: _without_zeros(_without_decimals(word.casefold())),
    ),
    (f"only digits after the {KEPT}th differ, and of a number a workbook keeps no more", _as_far_as_kept),
)


def is_scientific(word: str) -> bool:
    """Whether an id was written as a power of ten, its last digits gone."""
    return SCIENTIFIC.fullmatch(word) is not None


def _as_numbers(ids: Column) -> bool:
    """Whether all ids are such as are left of long ones that a workbook held as numbers; few others are so."""
    words = {word for word in ids.words if word}
    return bool(words) and all(
        word.isdecimal()
        and len(word) > KEPT
        and (not word[KEPT:].strip("0") or (int(word) > WHOLE and int(float(word)) == int(word)))
        for word in words
    )


def written_otherwise(files: Iterable[Listed]) -> Iterator[str]:
    """A fault for each file whose ids would be found among the people, were they written as there."""
    files = tuple(files)
    for file in files:
        people = [other for other in files if other.role == "people" and other.sample == file.sample]
        if file.role == "people" or not people:
            continue
        known = {word for other in people for word in other.persons.words}
        rounded = any(_as_numbers(one.persons) for one in (file, *people))
        for said, loosely in WRITTEN:
            if loosely is _as_far_as_kept and not rounded:
                continue
            loose = {loosely(word) for word in known}
            found = np.array(
                [word not in known and loosely(word) in loose for word in file.persons.words], dtype=bool
            )
            rows = found[file.persons.codes]
            if rows.sum() >= MANY or rows.sum() > MANY_IN * len(rows):
                names = ", ".join(other.table.file for other in people)
                widths = {len(word) for word in known if word}
                mend = "Export the column as text in both files."
                if loosely is _without_zeros and len(widths) == 1 and all(map(str.isdigit, known - {""})):
                    mend = f"{mend[:-1]}, or write [identity] width = {widths.pop()} in plan.toml."
                if loosely is _as_far_as_kept:
                    mend = "Those digits are lost: export again from the source, the ids as text, or as CSV."
                yield from file.table.fault(
                    rows,
                    file.persons.name,
                    f"ids that {names} writes otherwise: {said}, so nobody is linked by them. {mend}",
                )
                break


def of_nobody(files: Iterable[Listed]) -> Iterator[str]:
    """A fault for each file of which not one id is among the people."""
    files = tuple(files)
    for file in files:
        people = [other for other in files if other.role == "people" and other.sample == file.sample]
        known = {word for other in people for word in other.persons.words}
        if file.role == "people" or not people or not any(file.persons.words) or known & {*file.persons.words}:
            continue
        all_rows = np.ones(len(file.persons.codes), dtype=bool)
        ours = people[0].persons
        yield (
            f"{file.table.file}: column {file.persons.name}: not one of its ids is among those of "
            f"{', '.join(other.table.file for other in people)}, so nobody is linked. They look like "
            f"{file.persons.shapes(all_rows)}, and there like {ours.shapes(np.ones(len(ours.codes), dtype=bool))} (9 a "
            "digit, a a letter). Is it a file of another cohort, or another column's ids?"
        )
