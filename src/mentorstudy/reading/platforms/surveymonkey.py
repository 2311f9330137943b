"""SurveyMonkey: expanded and condensed files, and those whose columns are called q0004_0001."""

import re
from dataclasses import dataclass, replace

import numpy as np

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Field, Grid, Kind, number
from mentorstudy.reading.platforms.headings import key, only, plain, stamped, told
from mentorstudy.reading.platforms.same_response import once
from mentorstudy.reading.platforms.surveymonkey_boxes import boxed
from mentorstudy.reading.platforms.surveymonkey_words import ENGLISH, Words, is_first, language, role, short
from mentorstudy.reading.table import Table, distinct, headed

EXPANDED = 2  # header rows
CODED = re.compile(r"(q[0-9]{4})(?:_([0-9]{4}|other))?", re.IGNORECASE)
KINDS: dict[str, Kind] = {"": "answer", "personal": "personal", "custom": "embedded"}  # all other roles are meta
LONG = 8  # digits of a respondent's number, at least
CLOCKS = 2  # columns of times that stand beside it
CONTACT = {  # parts of the platform's question for an address
    "name", "company", "address", "address 2", "city/town", "state/province", "zip/postal code", "country",
    "email address", "phone number",
}  # fmt: skip
CONTACTS = 3  # of them make such a question
OPEN = "open-ended response"
GENERIC = {"response", OPEN}
IN_WORDS = re.compile(r"other\b.{0,30}(specify|describe|explain).*|([a-z]+ )?comments?:?", re.IGNORECASE)
WHOLE = re.compile(r"[0-9]+")
KEPT = 15  # digits of a number that a spreadsheet keeps
CLOCK = (
    "Start Date and End Date stand on the clock of the SurveyMonkey account, which the file does not name. Write "
    'time_zone = "..." for this file in plan.toml.'
)
MONTHS = (
    "SurveyMonkey writes the month before the day in CSV. Where the days of a file do not tell, write "
    'date_order = "month first" for it in plan.toml.'
)
RESPONSE = ("response", "started_at", "submitted_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    name: str
    about: Field


def is_surveymonkey(grid: Grid) -> bool:
    """True where a column holds respondents' numbers, or columns are called as in q0004_0001.

    True as well for what only has the shape of an expanded file, in a language not known here: `read_surveymonkey` asks
    to be told, lest a plain table take the second row of headers for a respondent.
    """
    if grid.named or grid.height < EXPANDED:
        return False
    heads = [plain(cell) for cell in grid.row(0)]
    if (place := _named_id(heads)) is not None:
        below = [grid.columns[place].words[code] for code in grid.columns[place].codes[1 : EXPANDED + 1]]
        generic = not grid.row(1)[place] and not GENERIC.isdisjoint(map(key, grid.row(1)))
        beside = place == 0 or any(role(head, language(heads)) == "meta" for head in heads)
        if generic or (beside and any(map(_numeric, below))):
            return True
    parts = [match for match in map(CODED.fullmatch, heads) if match and match[2]]
    own = {role(head, ENGLISH) for head in heads} & {"meta", *RESPONSE}
    return bool(parts and own) or _says_response(grid) or _shaped_id(grid) is not None


def read_surveymonkey(grid: Grid, settings: File) -> Table:
    """The responses; a question's boxes as "1", "0" and, where nothing of it is ticked, not known.

    Of two rows with one Respondent ID one stands. Raises DataError where ids lost their digits in a spreadsheet, where
    a column with answers has no header, and where only the shape tells that a file is SurveyMonkey's and the plan does
    not say so.
    """
    if not is_surveymonkey(grid):
        raise DataError(
            f"{grid.file}: there is no Respondent ID. Export it again under Analyze results, Save as, "
            'Individual responses, or write format = "table" for this file in plan.toml.'
        )
    heads = [plain(cell) for cell in grid.row(0)]
    words = language(heads)
    place = _named_id(heads)
    if place is None:
        place = _shaped_id(grid)
        if place is not None and not _says_response(grid) and settings.format != "surveymonkey":
            raise DataError(
                f"{grid.file}: two rows of headers, as SurveyMonkey writes them, in a language not known here. Write "
                'format = "surveymonkey" for this file in plan.toml if it is, or format = "table" if row '
                f"{grid.rows[1]} is a record."
            )
        if place is not None:
            words = words | {"response": words["response"] | {short(heads[place])}}
    two = _says_response(grid) or (not grid.row(1)[place or 0] and any(grid.row(1)))
    rows = EXPANDED if two else 1
    told_heads = _expanded(grid, words) if rows == EXPANDED else _condensed(grid, words)
    raise_all(DataError, _headless(grid, told_heads, rows))
    names = distinct([head.name for head in told_heads])
    fields = [(name, head.about) for name, head in zip(names, told_heads, strict=True)]
    coded = any(head.about.choice for head in told_heads)
    variant = "expanded" if rows == EXPANDED else "coded names" if coded else "condensed"
    table = replace(headed(grid, fields, header_rows=rows), platform="SurveyMonkey", variant=variant)
    table = _named(table, settings, words)
    raise_all(DataError, _ids_lost(table))
    table = once(table, settings)
    for question in dict.fromkeys(about.question for about in table.fields.values()):
        if question:
            table = boxed(table, [name for name, about in table.fields.items() if about.question == question])
    return table


def _named_id(heads: list[str]) -> int | None:
    """The place of the column that is called Respondent ID, in one of the languages known."""
    words = language(heads)
    return next((place for place, head in enumerate(heads) if role(head, words) == "response"), None)


def _says_response(grid: Grid) -> bool:
    """Whether the second row holds what SurveyMonkey writes under questions of one column."""
    second = [key(cell) for cell in grid.row(1)]
    return OPEN in second or second.count("response") > 1


def _shaped_id(grid: Grid) -> int | None:
    """The place of the respondents' numbers in an expanded file whose words are not known, told by its shape.

    The second row says nothing over the number and two columns of times, all of which stand before the questions, and
    holds words, no numbers, over those.
    """
    second = [plain(cell) for cell in grid.row(1)]
    first = next((place for place, cell in enumerate(second) if cell), 0)
    clocks = [place for place in range(first) if stamped(grid, place)]
    asked = [cell for cell in second[first:] if cell]
    if len(clocks) < CLOCKS or not asked or any(map(_numeric, asked)):
        return None
    return next((place for place in range(first) if _numbers_of_respondents(grid.columns[place])), None)


def _numbers_of_respondents(column: Column) -> bool:
    """Whether every cell below two header rows is a long number."""
    words = told(column, EXPANDED)
    filled = not column.blank[EXPANDED:].any()
    return bool(words) and filled and all(WHOLE.fullmatch(word) and len(word) >= LONG for word in words)


def _kind(header: str, words: Words) -> Kind:
    return KINDS.get(role(header, words), "meta")


def _expanded(grid: Grid, words: Words) -> list[_Head]:
    """Questions over their parts; an empty cell is the question to its left only over a part of its own."""
    tops, parts = [plain(cell) for cell in grid.row(0)], [plain(cell) for cell in grid.row(1)]
    starts = [bool(top) or not part or part.casefold() in GENERIC for top, part in zip(tops, parts, strict=True)]
    groups = np.cumsum(starts)
    alone = [int((groups == group).sum()) == 1 for group in groups]
    single = [key(part) for part, one in zip(parts, alone, strict=True) if one and part]
    generic = GENERIC | {part for part in single if single.count(part) > 1}  # as in other languages
    heads: list[_Head] = []
    question, asked = "", ""
    for place, (top, part, start) in enumerate(zip(tops, parts, starts, strict=True)):
        source = grid.row(0)[place] or grid.row(1)[place]
        if top and not part:
            heads.append(
                _Head(name=top, about=Field(source=source, place=place + 1, kind=_kind(top, words), wording=top))
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
        heads.append(_Head(name=name, about=about))
    return _contacts(heads)


def _ticked_alone(grid: Grid, place: int, part: str) -> bool:
    """Whether a question of one column is one box: its cells say the box's label."""
    said = told(grid.columns[place], EXPANDED)
    return bool(said) and only(said, part)


def _contacts(heads: list[_Head]) -> list[_Head]:
    """The heads, a question for an address marked as personal."""
    held = [head.about.question for head in heads if head.about.part.casefold() in CONTACT]
    asked = {question for question in held if held.count(question) >= CONTACTS}
    return [
        replace(head, about=replace(head.about, kind="personal")) if head.about.question in asked else head
        for head in heads
    ]


def _condensed(grid: Grid, words: Words) -> list[_Head]:
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


def _named(table: Table, settings: File, words: Words) -> Table:
    """The table with what it tells of each response."""
    own = {name: role(name, words) for name, about in table.fields.items() if about.kind in ("meta", "embedded")}
    first = {one: name for name, one in reversed(own.items())}
    response = {word: replace(table.columns[first[word]], name=word) for word in RESPONSE if word in first}
    if "response" in response:
        response["response"] = response["response"].as_ids()
    custom = [name for name, one in own.items() if one == "custom" and is_first(name)]
    if custom and not table.columns[custom[0]].blank.all():
        response["person"] = replace(table.columns[custom[0]], name="person")
    clock = "submitted_at" in response
    notes = [CLOCK] if clock and not settings.time_zone else []
    if clock and not settings.date_order and any("/" in word for word in response["submitted_at"].words):
        notes.append(MONTHS)
    return replace(table, response=response, notes=(*table.notes, *notes))


def _ids_lost(table: Table) -> list[str]:
    """Faults of respondents' numbers that a spreadsheet rounded."""
    if "response" not in table.response:
        return []
    column = table.response["response"]
    words = told(column, 0)
    lost = {word for word in words if not WHOLE.fullmatch(word) and _numeric(word)}
    long = {word for word in words if WHOLE.fullmatch(word) and len(word) > KEPT}
    if len(long) > 1 and all(_rounded(word) for word in long):
        lost |= long
    said = (
        f"ids like {column.shapes(column.among(lost))} were rounded by a spreadsheet, which keeps {KEPT} digits. "
        "Export the file again, and do not open and save it before it is read."
    )
    return table.fault(column.among(lost), "Respondent ID", said)


def _numeric(word: str) -> bool:
    return not np.isnan(number(word.replace(",", ".")))


def _rounded(word: str) -> bool:
    return not word[KEPT:].strip("0") or (len(word) > KEPT + 1 and int(float(word)) == int(word))
