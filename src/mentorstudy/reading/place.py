"""Place: where one question stands in one file, and the columns that share its answers there."""

from dataclasses import dataclass

from mentorstudy.reading.coded import MOST_ANSWERS
from mentorstudy.reading.coding.answers import NUMBER
from mentorstudy.reading.coding.catalogue import normalised, not_answers
from mentorstudy.reading.grid import Column, Field, number
from mentorstudy.reading.sharing import sharing
from mentorstudy.reading.shown import offered_in
from mentorstudy.reading.table import Table

Pair = tuple[Column, Field]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A question's column, and those that are coded with it; `name` is the column's in the table."""

    table: Table
    name: str
    names: tuple[str, ...]
    wave: str = ""  # where the rows are those of one wave of a file that holds several

    @property
    def here(self) -> str:
        """What a message calls it where the file and the column are told."""
        return f"here at wave {self.wave}" if self.wave else "here"

    @property
    def where(self) -> str:
        """What a message of another place calls it."""
        return f"{self.table.file} at wave {self.wave}" if self.wave else self.table.file

    @property
    def column(self) -> Column:
        """The question's own column."""
        return self.table.columns[self.name]

    @property
    def about(self) -> Field:
        """What the file says of it."""
        return self.table.fields[self.name]

    @property
    def own(self) -> Pair:
        """The column, and what the file says of it."""
        return self.column, self.about

    @property
    def pairs(self) -> list[Pair]:
        """All columns that are coded together, and what the file says of them."""
        return [(self.table.columns[name], self.table.fields[name]) for name in self.names]

    @property
    def at(self) -> int:
        """Which of the columns is the question's own."""
        return self.names.index(self.name)

    @property
    def siblings(self) -> list[tuple[Table, str]]:
        """The columns of the same question, itself among them."""
        grid = [name for name in self.names if self.about.question and self._question(name) == self.about.question]
        return [(self.table, name) for name in {self.name: None, **dict.fromkeys(grid)}]

    @property
    def labels(self) -> list[str]:
        """The answers in words that the file gives or offers, those that are none set aside."""
        told = [self.about.labels.get(word, word) for word in self.column.words if word not in self.about.missing]
        offered = [label for code, label in self.about.labels.items() if code not in self.about.missing]
        return [
            label
            for label in dict.fromkeys([*told, *offered])
            if label and normalised(label) not in not_answers() and not NUMBER.fullmatch(label)
        ]

    @property
    def beside_words(self) -> list[str]:
        """The whole numbers among cells that are words, to neither of which the file gives a code."""
        cells = [word for word in self.column.words if word and word not in self.about.labels]
        numbers = [word for word in cells if NUMBER.fullmatch(word) and number(word) % 1 == 0]
        return sorted(numbers, key=number) if len(numbers) < len(cells) else []

    @property
    def shown(self) -> set[str]:
        """Those that may be printed."""
        return offered_in(self.table, self.name)

    @property
    def shown_labels(self) -> list[str]:
        """The answers in words that may be printed."""
        shown = self.shown
        return [label for label in self.labels if label in shown]

    def _question(self, name: str) -> str:
        return self.table.fields[name].question


def place_of(table: Table, name: str) -> Place:
    """The column with those that share its answers, as they are coded without a plan."""
    few = [
        one
        for one, about in table.fields.items()
        if one in table.columns and about.kind == "answer" and len(table.columns[one].words) <= MOST_ANSWERS
    ]
    together = next((names for names in sharing(table, few) if name in names), [name])
    return Place(table=table, name=name, names=tuple(together))
