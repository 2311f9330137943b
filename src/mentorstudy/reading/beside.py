"""Beside: which columns of a file a codebook beside it describes, and what it lacks of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mentorstudy.nouns.errors import DataError, rows_told
from mentorstudy.nouns.written import near
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.codebooks.cells import Known, of_two
from mentorstudy.reading.coding.codebooks.described import Codebook, Described
from mentorstudy.reading.table import Table

TURN = re.compile(r"[0-9]+_(.+)")  # of a loop, before the name of its question
NAMED = 4  # columns in one note
LOOKED_AT = 50  # names for which near ones are looked up


@dataclass(slots=True, kw_only=True)
class Lacking:
    """What a codebook does not say of the columns that it describes, column by column."""

    kind: str
    unknown: dict[str, set[str]] = field(default_factory=dict)  # texts that it does not have
    wordless: dict[str, set[str]] = field(default_factory=dict)  # answers without a number, among those with one
    doubled: list[str] = field(default_factory=list)  # labels of several codes

    def add(self, name: str, known: Known, about: Described) -> None:
        """Keep what is to be told of one column."""
        unknown = set(known.unknown)
        for label, codes in of_two(about).items():
            if same := {text for text in unknown if normalised(text) == normalised(label)}:
                self.doubled.append(f"{label} of {name} for the codes {' and '.join(codes)}")
                unknown -= same
        if unknown:
            self.unknown[name] = unknown
        if known.labels and about.coded:
            self.wordless[name] = set(known.labels)

    def told(self, table: Table) -> Iterator[str]:
        """Sentences: texts by their columns and rows, labels of the codebook by their words."""
        if self.unknown:
            yield (
                f"{table.file}: texts that the codebook ({self.kind}) does not know, left as they are: "
                f"{_rows(table, self.unknown)}. Add them to it, or list them with their codes under "
                f'[labels."{next(iter(self.unknown))}"] in plan.toml.'
            )
        if self.wordless:
            yield (
                f"{table.file}: answers that have no number in the codebook ({self.kind}), left as words: "
                f"{_rows(table, self.wordless)}."
            )
        if self.doubled:
            yield (
                f"{table.file}: labels that stand for several codes in the codebook ({self.kind}), left as they are: "
                f"{'; '.join(self.doubled)}. Give each code a label of its own."
            )


def met(table: Table, book: Codebook, label: str) -> dict[str, Described]:
    """The file's columns that the codebook describes: by their names, by turns of a loop, by the words asked.

    Raises DataError where it describes none of them, with names that come near.
    """
    found = {name: about for name, about in book.columns.items() if name in table.columns}
    for matches in (_headed, _in_another_case, *((_turns,) if book.loops else ()), _asked):
        found |= {column: about for column, about in matches(table, book, found) if column not in found}
    if not found:
        names = list(book.columns)[:LOOKED_AT]
        nearest = sorted({one for name in names for one in near(name, list(table.columns))})[:NAMED]
        meant = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        raise DataError(
            f"{label}: it describes {len(book.columns)} columns, and {table.file} has none of them.{meant} Put the "
            "codebook of this survey beside it, or take the key codebook out."
        )
    return found


def not_described(table: Table, book: Codebook, found: dict[str, Described]) -> Iterator[str]:
    """That a codebook which describes the whole survey lacks some of its answers."""
    lacking = [
        name
        for name, about in table.fields.items()
        if about.kind in ("answer", "list") and name in table.columns and name not in found
    ]
    if book.whole and lacking:
        more = f" and {len(lacking) - NAMED} more" if len(lacking) > NAMED else ""
        yield (
            f"{table.file}: columns that the codebook ({book.kind}) does not describe: {', '.join(lacking[:NAMED])}"
            f"{more}."
        )


def _headed(table: Table, book: Codebook, _: dict[str, Described]) -> Iterator[tuple[str, Described]]:
    """Columns that are called so in the file's header, or ask so, and have another name here."""
    return ((column, about) for name, about in book.columns.items() if (column := table.find(name)))


def _in_another_case(table: Table, book: Codebook, found: dict[str, Described]) -> Iterator[tuple[str, Described]]:
    columns: dict[str, list[str]] = {}
    for column in table.columns.keys() - found.keys():
        columns.setdefault(column.casefold(), []).append(column)
    names = [name.casefold() for name in book.columns]
    for name, about in book.columns.items():
        same = columns.get(name.casefold(), [])
        if len(same) == 1 and names.count(name.casefold()) == 1:
            yield same[0], about


def _turns(table: Table, book: Codebook, found: dict[str, Described]) -> Iterator[tuple[str, Described]]:
    for column in table.columns:
        turn = TURN.fullmatch(column)
        if column not in found and turn and turn[1] in book.columns:
            yield column, book.columns[turn[1]]


def _asked(table: Table, book: Codebook, found: dict[str, Described]) -> Iterator[tuple[str, Described]]:
    """Columns whose headers are the words of a question that the codebook has once."""
    met_already = {id(about) for about in found.values()}
    asked: dict[str, list[Described]] = {}
    for about in book.columns.values():
        for words in {about.wording, *about.translated} - {""} if not about.part else ():
            asked.setdefault(words, []).append(about)
    for words, questions in asked.items():
        if len(questions) == 1 and id(questions[0]) not in met_already and (column := table.find(words)):
            yield column, questions[0]


def _rows(table: Table, texts: Mapping[str, set[str]]) -> str:
    return ", ".join(
        f"{name} (row {rows_told(table.rows[table.columns[name].among(words)].tolist())})"
        for name, words in texts.items()
    )
