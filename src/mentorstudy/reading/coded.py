"""Coded: one survey file in its normal form, every column of it, with no plan needed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_bytes

import numpy as np
import pandas as pd
import pyarrow

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.nouns.export import Export
from mentorstudy.nouns.file import File
from mentorstudy.nouns.flow import Ledger
from mentorstudy.nouns.item import Item
from mentorstudy.reading.boxes import expanded
from mentorstudy.reading.coding.answers import alone
from mentorstudy.reading.coding.keys import BYTES
from mentorstudy.reading.coding.values import Coded, Declared, Group
from mentorstudy.reading.containers.threads import side_by_side
from mentorstudy.reading.dated import date_faults, moments_in
from mentorstudy.reading.files import read_file
from mentorstudy.reading.grid import Column, Field, block
from mentorstudy.reading.noticed import coding_notes
from mentorstudy.reading.records import pseudonyms
from mentorstudy.reading.sharing import sharing
from mentorstudy.reading.table import Table
from mentorstudy.reading.texts import Texts

MOSTLY_APART = 0.5  # different texts among the rows, from where categories are no saving
MOST_ANSWERS = 40  # different texts of a question that offers answers
IDS = ("response", "person")
MOMENTS = ("started_at", "submitted_at")
NUMBERS = ("seconds", "progress")
TWICE = "times of the hour that clocks show twice in autumn; the file does not say which."
NEVER = "times of the hour that clocks leave out in spring."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Columns that share their answers, and how they were coded; `group` is None where they are words."""

    columns: tuple[str, ...]
    group: Group | None


def read_survey(
    path: str | Path,
    settings: File | None = None,
    *,
    key: bytes = b"",
    person: str = "",
    declared: Iterable[Declared] = (),
    items: Iterable[Item] = (),
    no_dates: Collection[str] = (),
) -> Export:
    """One survey file, coded: what its tool says of each response, then every column that names nobody.

    Answers are whole numbers where the file, its labels or the catalogue give codes, boxes are true or false, words
    of one's own are categories; `reasons` says why an answer is missing where that is known. The tool's own ids, and
    those of the column that `person` names, are pseudonyms under `key`; without one, under a key of this reading
    alone. `declared` are sets of answers that the file cannot code itself, `items` questions whose several answers
    stand in one cell, `no_dates` words that stand for no time. Raises DataError with every fault of the file.
    """
    place = Path(path)
    settings = settings or File(path=place.name)
    table = read_file(place, place.name, settings, ids=[person] if person else ())
    if person:
        own = table.column(person, role="survey", word="person")
        table = replace(table.less([own.name]), response=table.response | {"person": own})
    for item in items:
        for name in filter(None, map(table.find, item.column)):
            table = expanded(table, name, item.choices, item.separator or table.fields[name].separator or ",")
    rows, faults, said = responses(table, settings, key or token_bytes(BYTES), no_dates)
    raise_all(DataError, faults)
    every = [*groups(table, tuple(declared))]
    noticed = coding_notes(table.file, {asked.columns: asked.group for asked in every if asked.group})
    coded = {
        name: one
        for asked in every
        if asked.group
        for name, one in zip(asked.columns, asked.group.found, strict=True)
    }
    masks = dict(zip(coded, block(len(coded), len(table.rows), bool), strict=True))

    def cells(name: str) -> tuple[object, pd.Categorical | None]:
        if name in coded:
            return coded[name].whole(masks[name]), coded[name].reasons
        return _plain(table.columns[name], table.fields[name])

    asked = {name for one in every for name in one.columns}
    names = [name for name in table.columns if name in asked]
    found = dict(zip(names, side_by_side(cells, names), strict=True))
    answers = {name: values for name, (values, _) in found.items()}
    reasons = {name: why for name, (_, why) in found.items() if why is not None}
    index = pd.Index(table.rows, name="row", copy=False)
    return Export(
        sample="",
        role="survey",
        wave="",
        rows=pd.DataFrame({**rows, **answers}, index=index, copy=False),
        reasons=pd.DataFrame(reasons, index=index, copy=False),
        ledger=Ledger(
            file=place.name,
            sha256=table.sha256,
            rows=table.height,
            kept=len(table.rows),
            dropped=dict(sorted(table.dropped.items())),
            merged=table.merged,
            read_as=table.read_as,
            notes=(*table.notes, *said, *noticed),
        ),
    )


def responses(
    table: Table, settings: File, key: bytes, no_dates: Collection[str] = ()
) -> tuple[dict[str, object], list[str], list[str]]:
    """What the platform tells of each response, typed; the faults of its dates, and what is to be told of them."""
    found: dict[str, object] = {}
    faults: list[str] = []
    said: list[str] = []
    for word, column in table.response.items():
        if word in IDS:
            found[word] = pseudonyms(column.as_ids(), key)
        elif word in MOMENTS:
            read = moments_in(column, table, settings, no_dates)
            when = pd.Series(read.values[column.codes])
            found[word] = (
                when if read.naive else when.dt.tz_localize("UTC")
            ).array  # a Series would move to its index
            said += [
                str(fault)
                for mask, why in ((read.doubled, TWICE), (read.skipped, NEVER))
                for fault in table.fault(mask[column.codes], table.header(column), why)
            ]
            faults += date_faults(read, column, table, settings, no_dates)
        elif word in NUMBERS:
            found[word] = column.numbers()
        elif word == "finished":
            found[word] = _boxes(column)
        else:
            found[word] = column.texts()
    return found, faults, said


def groups(table: Table, declared: Sequence[Declared] = ()) -> Iterator[Asked]:
    """The columns of answers, those together that share them, and how each group is coded."""
    left = [name for name, about in table.fields.items() if name in table.columns and about.kind == "answer"]
    few = [name for name in left if len(table.columns[name].words) <= MOST_ANSWERS]
    for names in sharing(table, few):
        group = alone([(table.columns[name], table.fields[name]) for name in names], declared)
        if group is None and len(names) > 1:
            yield from (_single(table, name, declared) for name in names)
        else:
            yield Asked(columns=tuple(names), group=group)
    yield from (_single(table, name, declared) for name in left if len(table.columns[name].words) > MOST_ANSWERS)
    others = ("choice", "list", "text", "score", "embedded", "quality")
    for name, about in table.fields.items():
        if name in table.columns and about.kind in others:
            yield Asked(columns=(name,), group=None)


def _single(table: Table, name: str, declared: Sequence[Declared]) -> Asked:
    return Asked(columns=(name,), group=alone([(table.columns[name], table.fields[name])], declared))


def _plain(column: Column, about: Field) -> tuple[object, pd.Categorical | None]:
    """A column that is not coded, true or false for a box, else its words; and why cells are none, where told."""
    why = tuple(about.missing.get(word, "") for word in column.words) if about.missing else ()
    reasons = None
    if any(why):
        none = np.full(len(why), np.nan)
        reasons = Coded(codes=column.codes, value=none, why=why, odd=np.zeros(len(why), dtype=bool)).reasons
        words = tuple("" if reason else word for word, reason in zip(column.words, why, strict=True))
        column = replace(column, words=words)
    return _boxes(column) if about.kind == "choice" else _texts(column), reasons


def _texts(column: Column) -> object:
    """The cells as categories, or as text where nearly all differ."""
    if len(column.words) < len(column.codes) * MOSTLY_APART:
        return column.texts()
    if isinstance(column.words, Texts):
        lying, codes = column.words.lying, column.codes
        as_they_lie = np.array_equal(codes, np.arange(len(lying), dtype=codes.dtype))
        return pd.array(lying if as_they_lie else lying.take(pyarrow.array(codes)), dtype="str")
    words = pyarrow.array([word or None for word in column.words], pyarrow.string())
    return pd.array(pyarrow.DictionaryArray.from_arrays(column.codes, words).cast(pyarrow.string()), dtype="str")


def _boxes(column: Column) -> object:
    return pd.arrays.BooleanArray(column.among({"1"}), ~column.among({"0", "1"}))
