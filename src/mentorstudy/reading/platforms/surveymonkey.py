"""SurveyMonkey: expanded and condensed files, and those whose columns are called q0004_0001."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Field, Grid, Kind, number
from mentorstudy.reading.platforms.boxes import boxes
from mentorstudy.reading.platforms.headings import key, plain, told
from mentorstudy.reading.table import Table, distinct, headed

EXPANDED = 2  # header rows
ID = re.compile(r"respondent ?id")
CODED = re.compile(r"(q[0-9]{4})(?:_([0-9]{4}|other))?", re.IGNORECASE)
CUSTOM = re.compile(r"custom(data)?[0-9]*")
META = {"respondentid", "collectorid", "startdate", "enddate", "datecreated", "datemodified"}
PERSONAL = {"ipaddress", "emailaddress", "email", "firstname", "lastname"}
CONTACT = {  # parts of the platform's question for an address
    "name", "company", "address", "address 2", "city/town", "state/province", "zip/postal code", "country",
    "email address", "phone number",
}  # fmt: skip
CONTACTS = 3  # of them make such a question
GENERIC = {"response", "open-ended response"}
IN_WORDS = re.compile(r"(other|comments?)\b.*(:|specify|describe|explain).*|comments?", re.IGNORECASE)
NOT_SELECTED = {"Not selected", "Not Selected"}
NOT_ASKED = {"NA", "N/A", "No answer"}  # beside "Not selected"
WRITTEN = 2  # columns with words at the end of a question with boxes: "other" and a comment
WHOLE = re.compile(r"[0-9]+")
KEPT = 15  # digits of a number that a spreadsheet keeps
CLOCK = (
    "Start Date and End Date stand on the clock of the SurveyMonkey account, which the file does not name, and in "
    'CSV the month comes first. Write time_zone = "..." for this file in plan.toml.'
)
RESPONSE = {"respondentid": "response", "startdate": "started_at", "enddate": "submitted_at"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    name: str
    about: Field


def is_surveymonkey(grid: Grid) -> bool:
    """True where the first column holds respondents' numbers, or columns are called as in q0004_0001."""
    if grid.named or grid.height < EXPANDED:
        return False
    heads = [plain(cell) for cell in grid.row(0)]
    if ID.fullmatch(heads[0].casefold()):
        below = [grid.columns[0].words[code] for code in grid.columns[0].codes[1 : EXPANDED + 1]]
        return any(not np.isnan(number(cell)) for cell in below)
    shorts = {_short(head) for head in heads}
    parts = [match for match in map(CODED.fullmatch, heads) if match and match[2]]
    return bool(parts) and not shorts.isdisjoint(META)


def read_surveymonkey(grid: Grid, settings: File) -> Table:
    """The responses; a question's boxes as "1", "0" and, where nothing of it is ticked, not known.

    Raises DataError where ids lost their digits in a spreadsheet, and where a column with answers has no header.
    """
    if not is_surveymonkey(grid):
        raise DataError(
            f"{grid.file}: the first column is no Respondent ID. Export it again under Analyze results, Save as, "
            'Individual responses, or write format = "table" for this file in plan.toml.'
        )
    rows = EXPANDED if not grid.row(1)[0] and any(grid.row(1)) else 1
    heads = _expanded(grid) if rows == EXPANDED else _condensed(grid)
    raise_all(DataError, _headless(grid, heads, rows))
    names = distinct([head.name for head in heads])
    fields = [(name, head.about) for name, head in zip(names, heads, strict=True)]
    coded = any(head.about.choice for head in heads)
    variant = "expanded" if rows == EXPANDED else "coded names" if coded else "condensed"
    table = replace(headed(grid, fields, header_rows=rows), platform="SurveyMonkey", variant=variant)
    table = _named(table, settings)
    raise_all(DataError, _ids_lost(table))
    for question in dict.fromkeys(about.question for about in table.fields.values()):
        if question:
            table = _boxed(table, [name for name, about in table.fields.items() if about.question == question])
    return table


def _short(header: str) -> str:
    return re.sub(r"[ _]+", "", header.casefold())


def _kind(header: str) -> Kind:
    short = _short(header)
    if short in PERSONAL:
        return "personal"
    if CUSTOM.fullmatch(short):
        return "embedded"
    return "meta" if short in META else "answer"


def _expanded(grid: Grid) -> list[_Head]:
    """Questions over their parts; an empty cell is the question to its left only over a part of its own."""
    tops, parts = [plain(cell) for cell in grid.row(0)], [plain(cell) for cell in grid.row(1)]
    starts = [bool(top) or not part or part.casefold() in GENERIC for top, part in zip(tops, parts, strict=True)]
    groups = np.cumsum(starts)
    alone = [int((groups == group).sum()) == 1 for group in groups]
    single = [key(part) for part, one in zip(parts, alone, strict=True) if one and part]
    generic = GENERIC | {part for part in single if single.count(part) > 1}  # as in other languages
    heads: list[_Head] = []
    question = ""
    for place, (top, part, start) in enumerate(zip(tops, parts, starts, strict=True)):
        source = grid.row(0)[place] or grid.row(1)[place]
        if top and not part:
            heads.append(_Head(name=top, about=Field(source=source, place=place + 1, kind=_kind(top), wording=top)))
            continue
        question = top or (f"column {place + 1}" if part and start else question)
        said = {plain(word) for word in told(grid.columns[place], EXPANDED)}
        unsaid = part.casefold() in generic or (alone[place] and said != {part})
        label = "" if unsaid else part
        name = f"{question} [{label}]" if label else question if part else ""
        kind: Kind = "text" if label and not alone[place] and IN_WORDS.fullmatch(label) else "answer"
        about = Field(source=source, place=place + 1, kind=kind, wording=question, part=label, question=question)
        heads.append(_Head(name=name, about=about))
    return _contacts(heads)


def _contacts(heads: list[_Head]) -> list[_Head]:
    """The heads, a question for an address marked as personal."""
    held = [head.about.question for head in heads if head.about.part.casefold() in CONTACT]
    asked = {question for question in held if held.count(question) >= CONTACTS}
    return [
        replace(head, about=replace(head.about, kind="personal")) if head.about.question in asked else head
        for head in heads
    ]


def _condensed(grid: Grid) -> list[_Head]:
    """One header row: questions, or the platform's own codes for them."""
    heads = []
    for place, cell in enumerate(grid.row(0)):
        name = plain(cell)
        match = CODED.fullmatch(name)
        kind: Kind = "text" if match and match[2] and not match[2].isdigit() else _kind(name)
        question, choice = (match[1], match[2] or "") if match else ("", "")
        about = Field(
            source=cell,
            place=place + 1,
            kind=kind,
            wording="" if match else name,
            question=question,
            choice=choice,
        )
        heads.append(_Head(name=name, about=about))
    return heads


def _headless(grid: Grid, heads: list[_Head], rows: int) -> list[str]:
    """A fault for each column that holds cells and has no header; only a first one may number the rows."""
    return [
        f"{grid.file}: column {place + 1} holds cells and has no header. Delete it, or write its question into row "
        f"{grid.rows[0]}."
        for place, head in enumerate(heads)
        if place and not head.name and told(grid.columns[place], rows)
    ]


def _named(table: Table, settings: File) -> Table:
    """The table with what it tells of each response."""
    metas = {_short(name): column for name, column in table.columns.items() if table.fields[name].kind == "meta"}
    response = {word: replace(metas[short], name=word) for short, word in RESPONSE.items() if short in metas}
    if "response" in response:
        response["response"] = response["response"].as_ids()
    custom = [column for name, column in table.columns.items() if _short(name) in {"customdata1", "custom1"}]
    if custom and not custom[0].blank.all():
        response["person"] = replace(custom[0], name="person")
    clock = "started_at" in response or "submitted_at" in response
    notes = (CLOCK,) if clock and not settings.time_zone else ()
    return replace(table, response=response, notes=(*table.notes, *notes))


def _ids_lost(table: Table) -> list[str]:
    """Faults of respondents' numbers that a spreadsheet rounded."""
    if "response" not in table.response:
        return []
    column = table.response["response"]
    words = told(column, 0)
    lost = {word for word in words if not WHOLE.fullmatch(word) and not np.isnan(number(word.replace(",", ".")))}
    long = {word for word in words if WHOLE.fullmatch(word) and len(word) > KEPT}
    if len(long) > 1 and all(_rounded(word) for word in long):
        lost |= long
    said = (
        f"ids like {column.shapes(column.among(lost))} were rounded by a spreadsheet, which keeps {KEPT} digits. "
        "Export the file again, and do not open and save it before it is read."
    )
    return table.fault(column.among(lost), "Respondent ID", said)


def _rounded(word: str) -> bool:
    return not word[KEPT:].strip("0") or (len(word) > KEPT + 1 and int(float(word)) == int(word))


def _boxed(table: Table, names: list[str]) -> Table:
    """The table with the columns of one question as boxes, where their cells show that they are."""
    columns = [table.columns[name] for name in names]
    said = [told(column, 0) for column in columns]
    explicit = any(not words.isdisjoint(NOT_SELECTED) for words in said)
    ticks = [words - NOT_SELECTED - NOT_ASKED for words in said] if explicit else said
    parts = [table.fields[name] for name in names]
    count = sum(1 for about in parts if about.kind == "answer")  # columns in words stand at the end
    numbered = False
    if explicit:
        count = _first(len(words) <= 1 for words in ticks[:count])
    elif any(about.part == "" for about in parts):
        return table
    else:
        by_label = [
            {plain(word) for word in words} <= {about.part} for words, about in zip(ticks, parts, strict=True)
        ]
        by_place = [words <= {str(place)} for place, words in enumerate(ticks, start=1)]
        numbered = not any(
            words for words, fits in zip(ticks[:count], by_label[:count], strict=True) if fits and words
        )
        count = _first((by_place if numbered else by_label)[:count])
    if not any(ticks[:count]) or len(names) - count > WRITTEN:
        return table
    if numbered and not _some_left(columns[:count]):
        return table
    beside = np.logical_or.reduce([~column.blank for column in columns[count:]], initial=False)
    made = boxes(
        columns[:count],
        ticks=ticks[:count],
        lefts=NOT_SELECTED if explicit else set(),
        beside=np.broadcast_to(beside & (not explicit), len(table.rows)),
    )
    fields = {
        name: replace(
            about,
            kind="choice",
            part=about.part or next(iter(words), ""),
            choice=about.choice or (str(place) if numbered else about.part),
        )
        for place, (name, about, words) in enumerate(zip(names[:count], parts, ticks, strict=False), start=1)
    }
    texts = {name: replace(about, kind="text") for name, about in zip(names[count:], parts[count:], strict=True)}
    variant = f"{table.variant}, numbers" if numbered and "numbers" not in table.variant else table.variant
    return replace(
        table,
        columns=table.columns | dict(zip(names, made, strict=False)),
        fields={**table.fields, **fields, **texts},
        variant=variant,
    )


def _first(fits: Iterable[bool]) -> int:
    """How many of the first fit without a break."""
    count = 0
    for fit in fits:
        if not fit:
            break
        count += 1
    return count


def _some_left(columns: list[Column]) -> bool:
    """Whether some row ticks some and leaves some; else the numbers may as well be ranks or grades."""
    filled = np.array([~column.blank for column in columns])
    return len(columns) > 1 and bool((filled.any(axis=0) & ~filled.all(axis=0)).any())
