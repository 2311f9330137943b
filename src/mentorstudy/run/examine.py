"""Examine: everything that is wrong with a study's files, at once, before anything is estimated."""

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import mentorstudy
from mentorstudy.assembling.link import in_intake
from mentorstudy.nouns.errors import Fault, StudyError
from mentorstudy.nouns.export import Exports
from mentorstudy.nouns.flow import Ledger, about
from mentorstudy.nouns.inspection import as_note, in_columns, told
from mentorstudy.nouns.notebook import as_list, as_table, as_text
from mentorstudy.nouns.study import Study

HEAD = ("File", "Rows", "Column", "What to do")
SHOWN = 10  # faults of one kind; the rest are counted
READ = "Files that could be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One cohort: what became of its files' rows, and its faults; `people` is the flow in words.

    Where there are faults, `ledgers` are of the files that could be read, before anybody was linked.
    """

    cohort: str
    ledgers: tuple[Ledger, ...]
    faults: tuple[Fault, ...]
    people: str
    exit_code: int

    def __repr__(self) -> str:
        """The faults as a table, or the flow; then what became of each file's rows, and what was noticed."""
        parts = [self.title, *([in_columns([HEAD, *_rows(self.faults)])] if self.faults else [])]
        parts += [READ] * bool(self.faults and self.ledgers) + [_files(self)] * bool(self.ledgers)
        return "\n".join([*parts, *map(as_note, self.notes)])

    @property
    def title(self) -> str:
        """How many faults there are, or the flow."""
        return f"Cohort {self.cohort}: {len(self.faults)} to mend" if self.faults else self.people

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noticed in the files and is no fault."""
        return tuple(note for ledger in self.ledgers for note in ledger.notes)

    def as_html(self) -> str:
        """The same for a notebook, every text as text."""
        parts = [as_text(self.title)]
        parts += [as_table(HEAD, _rows(self.faults))] if self.faults else []
        if self.ledgers:
            parts += [as_text(READ)] * bool(self.faults) + [f"<pre>{html.escape(_files(self))}</pre>"]
        parts.append(as_list(self.notes))
        return "".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What `mentorstudy check` tells of a study: no outcome, and no distribution of anything."""

    study: str
    cohorts: tuple[Examined, ...]
    notes: tuple[str, ...] = ()  # what shows only from several cohorts

    @property
    def exit_code(self) -> int:
        """How the worst cohort went."""
        return max(one.exit_code for one in self.cohorts)

    def as_json(self) -> dict[str, Any]:
        """The same for another program."""
        return {
            "schema": 1,
            "study": self.study,
            "cohorts": [
                {
                    "cohort": one.cohort,
                    "files": [asdict(ledger) for ledger in one.ledgers],
                    "faults": [told(fault) for fault in one.faults],
                }
                for one in self.cohorts
            ],
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        """Cohort by cohort, and what shows only from several."""
        return "\n\n".join([*map(repr, self.cohorts), *(f"note: {note}" for note in self.notes)])

    def _repr_html_(self) -> str:
        """The same in a notebook."""
        return "".join([*(one.as_html() for one in self.cohorts), as_list(self.notes)])


def examine(
    study: Study | str | Path, cohorts: Sequence[str] = (), *, tell: Callable[[str], object] | None = None
) -> Examination:
    """Read and link the files of the cohorts named, or of all, and keep every fault; nothing is estimated.

    `study` is a study, or the path of its folder. `tell` is handed a line before each cohort, for those who wait.
    """
    study = study if isinstance(study, Study) else mentorstudy.read_study(study)
    found = []
    matched: dict[str, frozenset[str]] = {}
    for cohort in cohorts or study.cohorts:
        if tell:
            tell(f"{study.name}, {cohort}: reading its files")
        one, matched[cohort] = _examined(study, cohort)
        found.append(one)
    return Examination(study=study.name, cohorts=tuple(found), notes=tuple(_twice(matched)))


def _twice(matched: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """A note for every two cohorts that have matches of the same people, who are in neither alone."""
    for first, second in combinations(matched, 2):
        if both := len(matched[first] & matched[second]):
            yield (
                f"{about(both)} people are matched in {first} and in {second}, and count in each: what the first match "
                "did is in the second cohort's figures, and over all cohorts they stand twice. If a match belongs to "
                "one of the two alone, take it out of the other's file."
            )


def _examined(study: Study, cohort: str) -> tuple[Examined, frozenset[str]]:
    """What was found in one cohort, and the pseudonyms of those matched in it, which stay in here."""
    ledgers: tuple[Ledger, ...] = ()
    try:
        exports = mentorstudy.read_cohort(study, cohort)
        ledgers = tuple(file.ledger for file in exports.files)
        people = mentorstudy.assemble(study, exports, mentorstudy.score(study, exports))
    except StudyError as error:
        found = Examined(
            cohort=cohort,
            ledgers=ledgers or error.ledgers,
            faults=error.faults,
            people="",
            exit_code=error.exit_code,
        )
        return found, frozenset()
    found = Examined(cohort=cohort, ledgers=people.ledgers, faults=(), people=repr(people), exit_code=0)
    return found, _matched(exports)


def _matched(exports: Exports) -> frozenset[str]:
    """Those matched within the intake who are in the cohort's records; a file may hold the matches of all cohorts."""
    known = {one for file in exports.files if file.role == "people" for one in file.rows["person"]}
    return frozenset(
        one
        for file in exports.files
        if file.role == "matches"
        for one in file.rows.loc[in_intake(file.rows, exports), "person"]
        if one in known
    )


def _rows(faults: Sequence[Fault]) -> list[tuple[str, str, str, str]]:
    """A row for each of the first faults of a kind, and one that counts the others."""
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.file, fault.said), []).append(fault)
    rows = []
    for same in kinds.values():
        rows += [(one.file, _numbers(one.rows), one.column, one.said) for one in same[:SHOWN]]
        if len(same) > SHOWN:
            rows.append((same[0].file, "", "", f"... {len(same)} of this kind in all"))
    return rows


def _numbers(rows: Sequence[int]) -> str:
    more = f" ... {len(rows):,} in all" if len(rows) > SHOWN else ""
    return ", ".join(map(str, rows[:SHOWN])) + more


def _files(one: Examined) -> str:
    rows = [("file", "read as", "rows", "kept", "left out")]
    for ledger in one.ledgers:
        dropped = [f"{count:,} {why}" for why, count in ledger.dropped.items()]
        dropped += [f"{ledger.merged:,} made part of another row"] if ledger.merged else []
        rows.append(
            (ledger.file, ledger.read_as, f"{ledger.rows:,}", f"{ledger.kept:,}", ", ".join(dropped) or "-")
        )
    return in_columns(rows)
