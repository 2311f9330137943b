"""Codebook: what a file beside the survey says of its columns."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from mentorstudy.nouns.errors import DataError, Fault, raise_all
from mentorstudy.reading.beside import Lacking, met, not_described
from mentorstudy.reading.boxes import expanded
from mentorstudy.reading.coding.answers import NUMBER
from mentorstudy.reading.coding.codebook import read_codebook
from mentorstudy.reading.coding.codebooks.cells import Held, Known, by_codebook, held_in, may_be_both
from mentorstudy.reading.coding.codebooks.described import Described, whole
from mentorstudy.reading.shown import MOST_LABELS
from mentorstudy.reading.table import Table

NUMERIC = {"0", "1", ""}  # of Finished where Qualtrics exports numbers; else it is True and False in some language


def described(table: Table, raw: bytes, label: str) -> Table:
    """The table, its columns as the codebook describes them: cells are codes, each with its label.

    Raises DataError where the file is no codebook, where none of its columns is here, and where cells may be codes
    and labels.
    """
    book = read_codebook(raw, label)
    found = met(table, book, label)
    held = _held(table, found, label)
    table = replace(table, notes=(*table.notes, *book.notes, *not_described(table, book, found)))
    lacking = Lacking(kind=book.kind)
    faults: list[str] = []
    for name, about in found.items():
        if about.several and table.fields[name].kind in ("answer", "list"):
            separator = table.fields[name].separator or about.separator
            table = expanded(table, name, about.choices, separator, also=about.also, complete=True)
            continue
        known = by_codebook(table.columns[name].words, about, held.get(name))
        faults += _of_other_numbers(table, name, known, about, label)
        table = _with(table, name, known, about)
        lacking.add(name, known, about)
    raise_all(DataError, faults)
    return replace(table, notes=(*table.notes, *lacking.told(table)))


def with_codes(table: Table, name: str, codes: Mapping[str, int], missing: Mapping[str, str]) -> Table:
    """The table, the labels of one column made codes, with which nothing else may compete."""
    column, about = table.columns[name], table.fields[name]
    words = tuple(str(codes[word]) if word in codes else word for word in column.words)
    labels = {str(code): label for label, code in codes.items() if label != str(code)}
    new = replace(about, labels={**labels, **about.labels}, missing={**missing, **about.missing}, coded=True)
    return replace(
        table,
        columns={**table.columns, name: replace(column, words=words)},
        fields={**table.fields, name: new},
    )


def _with(table: Table, name: str, known: Known, about: Described) -> Table:
    """The table with one column as the codebook has it: its labels, reasons and wording, and its codes if it has any.

    Where the answers have no numbers they stay words, with their labels, and other means may code them.
    """
    field = table.fields[name]
    answers = {whole(code): label for code, label in about.answers.items()}
    missing = {whole(code): reason for code, reason in about.missing.items()}
    field = replace(
        field,
        wording=field.wording or about.wording,
        part=field.part or about.part,
        labels={**known.labels, **answers, **field.labels},
        missing={**missing, **known.missing, **field.missing},
    )
    table = replace(table, fields={**table.fields, name: field})
    return with_codes(table, name, known.codes, {}) if about.coded else table


def _of_other_numbers(table: Table, name: str, known: Known, about: Described, label: str) -> Iterator[str]:
    """That most numbers of a column are none of its codes, so these are not its, or not read as they were meant."""
    column = table.columns[name]
    numbers = {word for word in column.words if NUMBER.fullmatch(word) and word not in known.missing}
    strange = numbers & {*known.unknown}
    several = len(about.answers) > 1 or not about.coded  # a single number with a label may be of amounts
    if about.answers and several and 2 * int(column.among(strange).sum()) > int(column.among(numbers).sum()):
        yield Fault.of(
            f"most of its numbers are none of the codes that {label} gives it, {_codes_told(about)}. Put the codes "
            "that the file holds into the codebook, one answer a row in columns called column, code and label; where "
            "the numbers are amounts, a range such as 0-99 in a column called labels.",
            file=table.file,
            column=name,
        )


def _codes_told(about: Described) -> str:
    codes = list(about.answers)
    return ", ".join(codes[:MOST_LABELS]) + " and others" * (len(codes) > MOST_LABELS)


def _held(table: Table, found: Mapping[str, Described], label: str) -> dict[str, Held]:
    """Whether columns whose labels are numbers hold these or the codes: by their own cells, else by the file's others.

    Raises DataError where neither tells.
    """
    words = {name: table.columns[name].words for name, about in found.items() if about.labels}
    own = {name: held_in(texts, found[name]) for name, texts in words.items()}
    file = set[Held]().union(*own.values())
    file = file if len(file) == 1 else _by_finished(table)
    held: dict[str, Held] = {}
    faults: list[str] = []
    for name in (name for name, texts in words.items() if may_be_both(texts, found[name])):
        told = own[name] or file
        if len(told) == 1:
            [held[name]] = told
            continue
        said = (
            f"a cell may be one answer's code and another's label by {label}, and nothing tells which. If the file "
            "holds codes, write each label in words (0 = 0 points); if it holds labels, give each the code it says."
        )
        faults.append(Fault.of(said, file=table.file, column=name))
    raise_all(DataError, faults)
    return held


def _by_finished(table: Table) -> set[Held]:
    """What a whole file of Qualtrics holds, by the platform's own column."""
    finished = next((name for name in table.columns if name.casefold() == "finished"), "")
    if table.platform != "qualtrics" or not finished:
        return set()
    return {"codes" if set(table.columns[finished].words) <= NUMERIC else "labels"}


def is_codebook(path: Path) -> bool:
    """Whether the file can only be a codebook by its name."""
    return path.suffix.casefold() in (".qsf", ".json", ".xlsx", ".xlsm")
