"""Export: one file as it came, and Exports: all files of one cohort."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from mentorstudy.nouns.flow import Ledger, about
from mentorstudy.nouns.plan import CohortFile, Role
from mentorstudy.nouns.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One file after reading: coded, typed, people as keyed pseudonyms.

    `rows` has one row a record, indexed by its row in the file; the kit's words (person, hired_on, ...) come
    first, then the file's own columns. Answers to items are small integers, missing where not answered; an item
    that is an outcome of its own is a number: 1 or 0 where the plan says which answers count.
    `reasons` has the items' columns, row for row: why an answer is missing, where that is known.
    `wordings` holds the questions as this file put them, where the plan says which columns they stand in.
    `left_out` are the people whose match in this file the plan leaves out by name, `other_waves` the words of its
    column of waves that are none of the plan, with their rows, which were counted out.
    """

    sample: str
    role: Role
    wave: str  # "" where the file speaks of no one wave
    rows: pd.DataFrame
    reasons: pd.DataFrame = field(default_factory=pd.DataFrame)
    wordings: tuple[Wording, ...] = ()
    left_out: frozenset[str] = frozenset()
    other_waves: Mapping[str, int] = field(default_factory=dict)
    ledger: Ledger

    def with_notes(self, said: Iterable[str]) -> "Export":
        """The same, with more that was noticed of the file."""
        notes = (*self.ledger.notes, *(f"{self.ledger.file}: {text}" for text in said))
        return replace(self, ledger=replace(self.ledger, notes=notes))

    def __repr__(self) -> str:
        """Counts and columns; no row of it."""
        dropped = "".join(f", {about(n)} left out ({reason})" for reason, n in self.ledger.dropped.items())
        wave = f", wave {self.wave}" if self.wave else ""
        told = (
            f"{self.ledger.file} ({self.role}{wave}): {about(self.ledger.kept)} rows{dropped}; "
            f"{len(self.rows.columns)} columns"
        )
        return "\n    ".join([told, *self.ledger.notes])


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """All files of one cohort, read together so that one person has one pseudonym in all of them."""

    label: str
    facts: CohortFile
    files: tuple[Export, ...]

    def of(self, sample: str, role: Role) -> tuple[Export, ...]:
        """The files of one role in one sample, in the plan's order."""
        return tuple(file for file in self.files if (file.sample, file.role) == (sample, role))

    def __repr__(self) -> str:
        """One line a file."""
        return "\n".join([f"Files of cohort {self.label}", *(f"  {file!r}" for file in self.files)])
