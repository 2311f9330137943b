"""SurveyMonkey's headings: a row of questions over a row of their parts, or one row, or the platform's own codes."""

import re
from dataclasses import dataclass, replace

import numpy as np

from mentorstudy.reading.grid import Field, Grid, Kind
from mentorstudy.reading.platforms.headings import key, only, plain, told
from mentorstudy.reading.platforms.surveymonkey_words import Words, role

EXPANDED = 2  # header rows
OPEN = "open-ended response"
CODED = re.compile(r"(q[0-9]{4})(?:_([0-9]{4}|other))?", re.IGNORECASE)
KINDS: dict[str, Kind] = {"": "answer", "personal": "personal", "custom": "embedded"}  # all other roles are meta
CONTACT = {  # parts of the platform's question for an address
    "name", "company", "address", "address 2", "city/town", "state/province", "zip/postal code", "country",
    "email address", "phone number",
}  # fmt: skip
CONTACTS = 3  # of them make such a question
GENERIC = {"response", OPEN}
IN_WORDS = re.compile(r"other\b.{0,30}(specify|describe|explain).*|([a-z]+ )?comments?:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column's name and what its headings say of it."""

    name: str
    about: Field


def expanded(grid: Grid, words: Words) -> list[Head]:
    """Questions over their parts; an empty cell is the question to its left only over a part of its own."""
    tops, parts = [plain(cell) for cell in grid.row(0)], [plain(cell) for cell in grid.row(1)]
    starts = [bool(top) or not part or part.casefold() in GENERIC for top, part in zip(tops, parts, strict=True)]
    groups = np.cumsum(starts)
    alone = [int((groups == group).sum()) == 1 for group in groups]
    single = [key(part) for part, one in zip(parts, alone, strict=True) if one and part]
    generic = GENERIC | {part for part in single if single.count(part) > 1}  # as in other languages
    heads: list[Head] = []
    question, asked = "", ""
    for place, (top, part, start) in enumerate(zip(tops, parts, starts, strict=True)):
        source = grid.row(0)[place] or grid.row(1)[place]
        if top and not part:
            heads.append(
                Head(name=top, about=Field(source=source, place=place + 1, kind=_kind(top, words), wording=top))
            )
            continue
        question = top or (f"column {place + 1}" if part and start else question)
        if start or top:
            asked = f"{question} ({place + 1})" if any(h.about.wording == question for h in heads) else question
        unsaid = part.casefold() in generic or (alone[place] and not _ticked_alone(grid, place, part))
        label = "" if unsaid else part
        name = f"{question} [{label}]" if label else question if part else ""
        kind: Kind = "text" if label and not alone[place] and IN_WORDS.fullmatch(label) else "answer"
        about = Field(source=source, place=place + 1, kind=kind, wording=question, part=label, question=asked)
        heads.append(Head(name=name, about=about))
    return _contacts(heads)


def condensed(grid: Grid, words: Words) -> list[Head]:
    """One header row: questions, or the platform's own codes for them."""
    heads = []
    for place, cell in enumerate(grid.row(0)):
        name = plain(cell)
        match = CODED.fullmatch(name)
        kind: Kind = "text" if match and match[2] and not match[2].isdigit() else _kind(name, words)
        question, choice = (match[1], match[2] or "") if match else ("", "")
        about = Field(
            source=cell,
            place=place + 1,
            kind=kind,
            wording="" if match else name,
            question=question,
            choice=choice,
        )
        heads.append(Head(name=name, about=about))
    return heads


def headless(grid: Grid, heads: list[Head], rows: int) -> list[str]:
    """A fault for each column that holds cells and has no header; only a first one may number the rows."""
    return [
        f"{grid.file}: column {place + 1} holds cells and has no header. Delete it, or write its question into row "
        f"{grid.rows[0]}."
        for place, head in enumerate(heads)
        if place and not head.name and told(grid.columns[place], rows)
    ]


def _ticked_alone(grid: Grid, place: int, part: str) -> bool:
    """Whether a question of one column is one box: its cells say the box's label."""
    said = told(grid.columns[place], EXPANDED)
    return bool(said) and only(said, part)


def _contacts(heads: list[Head]) -> list[Head]:
    """The heads, a question for an address marked as personal."""
    held = [head.about.question for head in heads if head.about.part.casefold() in CONTACT]
    asked = {question for question in held if held.count(question) >= CONTACTS}
    return [
        replace(head, about=replace(head.about, kind="personal")) if head.about.question in asked else head
        for head in heads
    ]


def _kind(header: str, words: Words) -> Kind:
    return KINDS.get(role(header, words), "meta")
