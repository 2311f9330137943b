"""Blocks: what a section of the report is made of; the template draws each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal

from mentorstudy.nouns.evidence import Evidence
from mentorstudy.nouns.overclaim import Tier

Part = Literal["executive", "researcher", "auditor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One outcome's name, where a section goes outcome by outcome."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """One paragraph."""

    kind: ClassVar[str] = "prose"
    text: str
    quiet: bool = False  # a note rather than a statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of sentences."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names with their values."""

    kind: ClassVar[str] = "facts"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What may be said of one outcome, how far it can be trusted, and the main reason."""

    label: str
    role: str
    tier: Tier | None  # None where no number is shown
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All outcomes, good news and bad in the same frame."""

    kind: ClassVar[str] = "answers"
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's heading, and what kind of thing stands in it."""

    name: str
    number: bool = False
    digest: bool = False  # a long word that may break anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; the first cell is its heading. `mark` says what kind of row it is ("main", "naive", or "")."""

    cells: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a caption."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One step of the flow: who is still in by group, and who was lost on the way to it."""

    step: str
    counts: tuple[str, ...]
    lost: tuple[str, ...]  # none at the first step
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """The flow of one sample, a lane for each group."""

    kind: ClassVar[str] = "lanes"
    caption: str
    groups: tuple[str, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing for wide pages and one for narrow ones; `alt` says in words what both show."""

    kind: ClassVar[str] = "chart"
    name: str  # unique on the page
    caption: str
    alt: str
    wide: str  # SVG
    narrow: str
    note: str = ""


Block = Heading | Prose | Bullets | Facts | Answers | Table | Lanes | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section; without blocks it is left out whole."""

    name: str  # the anchor
    title: str
    part: Part
    blocks: tuple[Block, ...]
    wide: bool = False  # over the whole page, before what stands side by side


SectionFunction = Callable[[Evidence], Section]
