"""Ids: what spreadsheets make of them, and whether two files write the same ones."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.flow import about
from mentorstudy.nouns.identity import Identity
from mentorstudy.nouns.masking import masked
from mentorstudy.nouns.plan import Role
from mentorstudy.reading.grid import Column, in_plan
from mentorstudy.reading.otherwise import (
    ROUNDED,
    WRITTEN,
    Way,
    are_rounded,
    before_most,
    found_loosely,
    width_that_links,
    without_zeros,
)
from mentorstudy.reading.table import Table

SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+[0-9]+")
ONE_BY_CASE = (
    'ids that differ by capital letters alone, of which case = "ignore" under [identity] in plan.toml makes one '
    "person. Take that line out, or write in every file ids that differ by more; if they are one person, keep one row."
)
ALIKE = "Write ids alike in both files, all with it or all without."
LETTERS = "(9 a digit, a a letter)"
WHOSE = "Is it a file of another cohort, or another column's ids?"
MANY, MANY_IN = 5, 0.05  # rows, and share of rows, that no slip of the hand explains


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The persons of one file as it writes them; they live no longer than the reading."""

    sample: str
    role: Role
    wave: str  # "" where the file speaks of no one wave
    table: Table
    persons: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One file beside the people of its sample: which of its ids are nobody's there."""

    file: Listed
    people: Sequence[Listed]
    known: set[str]
    lost: set[str]

    @property
    def there(self) -> str:
        """What a message calls the files of the people."""
        return ", ".join(one.table.file for one in self.people)

    def looks(self, words: set[str]) -> str:
        """How some of its ids look, and those of the people."""
        ours, theirs = self.file.persons, self.people[0].persons
        every = np.ones(len(theirs.codes), dtype=bool)
        return f"They look like {ours.shapes(ours.among(words))}, and there like {theirs.shapes(every)} {LETTERS}"


def is_scientific(word: str) -> bool:
    """Whether an id was written as a power of ten, its last digits gone."""
    return SCIENTIFIC.fullmatch(word) is not None


def one_by_case(column: Column | None, written: Identity) -> NDArray[np.bool_] | None:
    """The rows of people whose ids are several before capital letters are set aside; None where they are not."""
    if column is None or written.case != "ignore":
        return None
    apart = column.as_ids(written.model_copy(update={"case": "keep"}))
    ids, spellings = column.as_ids(written), dict[str, set[str]]()
    for word, one in zip(apart.words, ids.words, strict=True):
        spellings.setdefault(one, set()).add(word)
    return ids.among({one for one, words in spellings.items() if one and len(words) > 1})


def written_otherwise(files: Iterable[Listed]) -> Iterator[str]:
    """A fault for each file whose ids would be found among the people, were they written as there."""
    for met in _met(files):
        file = met.file
        for said, loosely, mend in _ways(met) if met.lost else ():
            found = found_loosely([*met.lost], met.known, loosely)
            rows = file.persons.among(found)
            if rows.sum() >= MANY or rows.sum() > MANY_IN * len(rows):
                length = width_that_links(found, met.known) if loosely is without_zeros else 0
                width = f" Or {in_plan('identity', f'width = {length}')}" if length else ""
                yield from file.table.fault(
                    rows,
                    file.persons.name,
                    f"ids that {met.there} writes otherwise: {said}, so nobody is linked by them. {mend}{width}",
                )
                break


def of_nobody(files: Iterable[Listed]) -> Iterator[str]:
    """A fault for each file of which not one id is among the people."""
    for met in _met(files):
        words = {*met.file.persons.words} - {""}
        if not words or met.lost != words:
            continue
        yield (
            f"{met.file.table.file}: column {met.file.persons.name}: not one of its ids is among those of {met.there}, "
            f"so nobody is linked. {met.looks(met.lost)}. {_prefix(met, words) or WHOSE}"
        )


def nearly(files: Iterable[Listed]) -> Iterator[list[str]]:
    """Of each file what is to be told of ids that are nobody's, and nearly somebody's."""
    files = tuple(files)
    met = {id(one.file): one for one in _met(files)}
    for file in files:
        yield [*_nearly(met[id(file)])] if id(file) in met else []


def _nearly(met: Met) -> Iterator[str]:
    left = set(met.lost)
    for said, loosely, mend in _ways(met):
        found = found_loosely([*left], met.known, loosely) if left else set()
        left -= found
        if found:
            yield _told(met, found, f" and would be somebody's: {said}", mend)
    if left and (mend := _prefix(met, left)):
        yield _told(met, left, "", mend)


def _ways(met: Met) -> tuple[Way, ...]:
    """How ids may be written otherwise; digits beyond those of a number count where a file's ids lost them."""
    return (
        (*WRITTEN, ROUNDED) if any(are_rounded(one.persons.words) for one in (met.file, *met.people)) else WRITTEN
    )


def _told(met: Met, words: set[str], said: str, mend: str) -> str:
    persons = met.file.persons
    rows = about(int(persons.among(words).sum()))
    return (
        f"column {persons.name}: in {rows} rows are ids of nobody in {met.there}{said}. {met.looks(words)}. {mend}"
    )


def _prefix(met: Met, words: set[str]) -> str:
    """What to do where ids of one of the two files have something before them that the other lacks; else nothing."""
    if before := before_most(words, met.known):
        return f"Most of them are there without the {masked(before)} before them. {ALIKE}"
    if before := before_most(met.known, words):
        return f"Most of those there are here without the {masked(before)} before them. {ALIKE}"
    return ""


def _met(files: Iterable[Listed]) -> Iterator[Met]:
    """Each file that is to be linked with people, beside these."""
    files = tuple(files)
    for file in files:
        people = [other for other in files if other.role == "people" and other.sample == file.sample]
        if file.role == "people" or not people:
            continue
        known = {word for other in people for word in other.persons.words} - {""}
        yield Met(file=file, people=people, known=known, lost={*file.persons.words} - known - {""})
