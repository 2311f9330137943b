"""Table: a grid whose headers are read, and how headers become names."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.condition import Exclusion
from mentorstudy.nouns.errors import DataError, Fault
from mentorstudy.nouns.written import did_you_mean, near
from mentorstudy.reading.grid import Column, Field, in_plan
from mentorstudy.reading.headless import Judged, judged, like_cells

NO_HEADERS = (
    "Its first row looks like data, so the file seems to have no header row. Write the columns' names into row 1."
)
MAY_BE_DATA = "Its first row may be a record and not the columns' names, so it is not shown."
IN_DOUBT = (
    f"{MAY_BE_DATA} If it is one, write the names into a row above it; else name columns as they stand there."
)
BLANK = "blank"
CALLED = {"qualtrics": "Qualtrics", "spss": "SPSS", "stata": "Stata"}  # in what a reader sees
PEOPLE = {"person", "mentor", "manager"}  # the kit's words whose column becomes a keyed pseudonym
OF_SURVEYS = {"person", "wave", "answered_on"}  # what is no item in a survey
NUMBERED = re.compile(r"[0-9]+\D*$")
ANONYMOUS = "(a row, nobody known)"


RESPONSE = frozenset(  # what platforms tell of a response; each is a column of `Table.response`
    {
        "response",  # its id
        "person",  # the id that links people, where the platform has a place for one
        "started_at",
        "submitted_at",
        "seconds",
        "finished",  # "1" or "0"
        "progress",  # 0 to 100
        "origin",  # "real", "imported" or "offline"
        "language",
        "wave",  # an event or instance
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """What one file holds of an exclusion that names it: the rows where its column is as written, by their number."""

    named: Exclusion
    unknown: str = ""  # the file has no such column, and what it has instead
    rows: tuple[int, ...] = ()
    cells: tuple[Column, ...] = ()  # of the rows left out, every column of the file in its order

    @property
    def works(self) -> bool:
        """Whether a row is left out by it."""
        return self.named.row in self.rows if self.named.row else bool(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A grid whose headers are read: named columns, and the file's row number of each record.

    `response` holds what the platform tells of each response under the kit's own words, written one way for all
    platforms; a file of no platform has none. Rows of the file = `rows` + `merged` + the sum of `dropped`.
    """

    file: str
    sha256: str
    columns: dict[str, Column]
    rows: NDArray[np.int64]
    fields: Mapping[str, Field]  # one for each of `columns`
    dropped: dict[str, int]
    merged: int = 0  # rows of the file that became part of another
    platform: str = "table"
    variant: str = ""  # which of the platform's forms, in words
    header_rows: int = 1
    response: dict[str, Column] = field(default_factory=dict)
    zone: str = ""  # of clock times without an offset, where the file says so
    notes: tuple[str, ...] = ()  # what was noticed and is no fault
    personal: Mapping[str, str] = field(default_factory=dict)  # columns that were left unread, and what they tell
    excluded: tuple[Excluded, ...] = ()  # one for each exclusion of the plan that names the file
    written: bool = False  # whether cells are as somebody wrote them, and not a program's own numbers
    untold: bool | None = None  # whether no name may be told, where that was judged by all the columns

    @property
    def headless(self) -> bool:
        """Whether a cell of the first row may be data, so that no name of a column is to be told."""
        if self.untold is not None:
            return self.untold
        return self._names_are != "headers"

    def with_names(self) -> "Table":
        """The table, its columns called by their places where a name may be data; DataError where all names are."""
        if (found := self._names_are) == "record":
            raise DataError(f"{self.file}: {NO_HEADERS}")
        return self._by_place() if found == "in doubt" else replace(self, untold=False)

    def told(self, names: Iterable[str]) -> list[str]:
        """The names as they may be told: those of columns whose names may be data are their places."""
        return [str(self.fields[name].place) for name in names] if self.headless else list(names)

    def nearly_same(self) -> list[str]:
        """A note for each set of names that differ only in capital letters, spaces or forms of letters."""
        alike: dict[str, list[str]] = {}
        for name in self.columns:
            alike.setdefault(_plain(name).casefold(), []).append(name)
        return [
            f"columns {' and '.join(self.told(same))} differ only in capital letters, spaces or forms of letters; the "
            "plan means the one that is written as it writes it. If one of them is not meant to be there, take it out."
            for same in alike.values()
            if len(same) > 1
        ]

    def offered(self) -> list[str]:
        """The names to offer where another is not there; without those that may be cells."""
        if self.platform != "table":
            return list(self.columns)
        odd = like_cells(list(self.columns), list(self.columns.values()))
        return [name for name in self.columns if name not in odd]

    @property
    def _names_are(self) -> Judged:
        return judged(list(self.columns), list(self.columns.values())) if self.platform == "table" else "headers"

    def _by_place(self) -> "Table":
        called = {name: f"column {about.place}" for name, about in self.fields.items()}
        return replace(
            self,
            columns={called[name]: replace(column, name=called[name]) for name, column in self.columns.items()},
            fields={called[name]: replace(about, source="", wording="") for name, about in self.fields.items()},
            notes=(*self.notes, f"{self.file}: {IN_DOUBT}"),
            untold=True,
        )

    @property
    def height(self) -> int:
        """Rows of the file below its headers."""
        return len(self.rows) + self.merged + sum(self.dropped.values())

    @property
    def read_as(self) -> str:
        """What the file was taken for."""
        name = CALLED.get(self.platform, self.platform)
        return f"{name}, {self.variant}" if self.variant else name

    def header(self, column: Column) -> str:
        """What the file calls a column that tells of the response, where it is one of its own.

        Of two that hold the same, as where nobody took a minute, the end is the later one.
        """
        own = [
            name
            for name, one in self.columns.items()
            if len(one.words) == len(column.words)
            and one.words == column.words
            and np.array_equal(one.codes, column.codes)
        ]
        if not own or column.name in self.columns:
            return column.name
        return own[-1] if column.name == "submitted_at" else own[0]

    def find(self, name: str) -> str:
        """The column meant by `name`: its own name, else the only one so headed or so asked; "" where none is."""
        if name in self.columns:
            return name
        wanted = _plain(name)
        for told in (_names, _headers, _questions):
            found = [column for column in self.columns if wanted in told(column, self.fields[column])]
            if found:
                return found[0] if len(found) == 1 else ""
        return ""

    def column(
        self, name: str, *, role: str, word: str, others: Sequence[str] = (), taken: Collection[str] = ()
    ) -> Column:
        """The column of that name; DataError with the nearest names and where it is declared.

        `others` are the further names that the plan has for it, as files of other waves call it; `taken` what it calls
        other columns, which this one cannot be.
        """
        if found := self.find(name):
            return self.columns[found]
        if name in self.personal:
            own = word if word in PEOPLE else "person"
            raise DataError(
                f"{self.file}: column {name} tells of a person ({self.personal[name]}), so it is read only as an id. "
                f"Take it out here, or {in_plan(f'columns.{role}', f'{own} = {json.dumps(name, ensure_ascii=False)}')}"
            )
        if self.headless:
            raise DataError(
                f"{self.file}: no column {name}. {NO_HEADERS if self._names_are == 'record' else IN_DOUBT}"
            )
        table = "items" if role == "survey" and word not in OF_SURVEYS else f"columns.{role}"
        listed = json.dumps([name, *others, "..."], ensure_ascii=False)
        names = listed if role == "survey" or others else '"..."'  # other waves keep the name they have
        mend = f"If the file calls it otherwise, {in_plan(table, f'{word} = {names}')}"
        if word == "person" and self.personal:
            personal = ", ".join(self.personal)
            mend = f"It may be one of those left unread because they tell of persons: {personal}. {mend}"
        named, elsewhere = [name, *others], set(map(self.find, taken))
        free = [one for one in self.offered() if one not in elsewhere]
        known = [one for one in free if _stem(one) in map(_stem, named)] or free  # of the same question
        meant = next((one for one in named if near(one, known)), name)
        raise DataError(f"{self.file}: no column {' or '.join(named)}. {did_you_mean(meant, known)} {mend}")

    def without(self, rows: NDArray[np.bool_], reason: str) -> "Table":
        """The table less the `rows` marked, which are counted under `reason`."""
        if not rows.any():
            return self
        kept = ~rows
        return replace(
            self,
            columns={name: column.taken(kept) for name, column in self.columns.items()},
            response={word: column.taken(kept) for word, column in self.response.items()},
            rows=self.rows[kept],
            dropped=self.dropped | {reason: self.dropped.get(reason, 0) + int(rows.sum())},
        )

    def less(self, names: Collection[str]) -> "Table":
        """The table without the columns named."""
        kept = {name: column for name, column in self.columns.items() if name not in names}
        return replace(self, columns=kept, fields={name: self.fields[name] for name in kept})

    def anonymous(self) -> "Table":
        """The table with a column in which every row is somebody of their own."""
        rows = np.arange(len(self.rows), dtype=np.int32)
        own = Column(name=ANONYMOUS, codes=rows, words=tuple(f"{self.file}, row {row}" for row in self.rows))
        fields = {**self.fields, ANONYMOUS: Field(source="", place=0, kind="meta")}
        return replace(self, columns=self.columns | {ANONYMOUS: own}, fields=fields)

    def fault(self, rows: NDArray[np.bool_], column: str, said: str) -> list[str]:
        """One sentence that names the file, the column and the first rows marked; none where none is."""
        where = self.rows[rows]
        return [Fault.of(said, file=self.file, rows=where.tolist(), column=column)] if len(where) else []


def _stem(name: str) -> str:
    """The name less its last number and what follows it, which one question's columns share: Q2[SQ of Q2[SQ003]."""
    return NUMBERED.sub("", name).casefold()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _names(name: str, _: Field) -> set[str]:
    return {_plain(name)}


def _headers(_: str, about: Field) -> set[str]:
    return {_plain(about.source)} - {""}


def _questions(_: str, about: Field) -> set[str]:
    return {_plain(about.part), _plain(about.wording)} - {""}
