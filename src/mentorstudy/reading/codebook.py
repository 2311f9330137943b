"""Codebook: what a file beside the survey says of its columns, and a numeric export of the same responses."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from mentorstudy.nouns.errors import DataError, Fault, raise_all
from mentorstudy.reading.boxes import expanded
from mentorstudy.reading.coding.catalogue import Coding, UndecidedError
from mentorstudy.reading.coding.codebook import read_codebook
from mentorstudy.reading.coding.codebooks.described import WHOLE, Codebook, Described, by_codebook
from mentorstudy.reading.coding.twin import TwinError, learnt, same_responses
from mentorstudy.reading.grid import Column, Field
from mentorstudy.reading.sharing import sharing
from mentorstudy.reading.table import Table


def described(table: Table, raw: bytes, label: str) -> Table:
    """The table, its columns as the codebook describes them: cells are codes, each with its label.

    Raises DataError where the file is no codebook, or none of its columns is here.
    """
    book = read_codebook(raw, label)
    known = {found: about for name, about in book.columns.items() if (found := table.find(name))}
    if not known:
        raise DataError(
            f"{label}: it describes {len(book.columns)} columns, and {table.file} has none of them. Put the codebook "
            "of this survey beside it, or take the key codebook out."
        )
    unread: list[str] = []
    for name, about in known.items():
        if about.multi and about.choices and table.fields[name].kind in ("answer", "list"):
            table = expanded(table, name, about.choices, table.fields[name].separator or ",")
            continue
        try:
            table = _with(table, name, by_codebook(table.columns[name].words, about), about)
        except UndecidedError as error:
            if about.labels:
                unread.append(f"{name} ({len(error.unknown)} texts)")
    return replace(table, notes=(*table.notes, *book.notes, *_told(table, book, unread)))


def learnt_from(table: Table, numeric: Table) -> Table:
    """The table, its labels made the codes that the numeric export of the same responses gives them."""
    if "response" not in table.response or "response" not in numeric.response:
        raise DataError(
            f"{numeric.file}: labels are learnt from an export whose responses have ids, and here one of the two has "
            "none. Give the codes under [labels] in plan.toml instead."
        )
    same = same_responses(table.response["response"], numeric.response["response"])
    faults: list[str] = []
    names = [
        name
        for name, about in table.fields.items()
        if about.kind == "answer"
        and name in table.columns
        and name in numeric.columns
        and _codes_for(table.columns[name], numeric.columns[name])
    ]
    for group in sharing(table, names):
        try:
            pairs = [(table.columns[name], numeric.columns[name]) for name in group]
            coding = learnt(pairs, same, rows=table.rows)
        except TwinError as error:
            faults += [
                Fault.of(f"against {numeric.file}: {said}", file=table.file, column=group[0])
                for said in error.conflicts
            ]
            continue
        for name in group:
            table = _with(table, name, coding, Described())
    raise_all(DataError, faults)
    return table


def _codes_for(texts: Column, numbers: Column) -> bool:
    """Whether the second column holds codes where the first holds labels; words of one's own are the same in both."""
    codes = {word for word in numbers.words if word}
    return bool(codes) and codes != {word for word in texts.words if word} and all(map(WHOLE.fullmatch, codes))


def _with(table: Table, name: str, coding: Coding, about: Described) -> Table:
    """The table with one column's labels made codes."""
    column, field = table.columns[name], table.fields[name]
    words = tuple(str(coding.codes[word]) if word in coding.codes else word for word in column.words)
    labels = {str(code): label for label, code in coding.codes.items() if label != str(code)}
    new = replace(
        field,
        wording=field.wording or about.wording,
        part=field.part or about.part,
        labels={**labels, **_answers(about), **field.labels},
        missing={**about.missing, **coding.missing, **field.missing},
    )
    return _replaced(table, name, replace(column, words=words), new)


def _answers(about: Described) -> Mapping[str, str]:
    return {code: label for code, label in about.labels.items() if code not in about.missing}


def _replaced(table: Table, name: str, column: Column, field: Field) -> Table:
    return replace(table, columns={**table.columns, name: column}, fields={**table.fields, name: field})


def _told(table: Table, book: Codebook, unread: list[str]) -> Iterable[str]:
    if unread:
        listed = ", ".join(unread)
        yield f"{table.file}: texts that the codebook ({book.kind}) does not know, left as they are: {listed}."


def is_codebook(path: Path) -> bool:
    """Whether the file can only be a codebook by its name."""
    return path.suffix.casefold() in (".qsf", ".json", ".xlsx", ".xlsm")
