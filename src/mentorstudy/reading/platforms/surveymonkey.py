"""SurveyMonkey: expanded and condensed files, and those whose columns are called q0004_0001."""

from dataclasses import replace

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Grid
from mentorstudy.reading.headers import distinct, headed
from mentorstudy.reading.platforms.headings import key, plain
from mentorstudy.reading.platforms.same_response import once
from mentorstudy.reading.platforms.surveymonkey_boxes import boxed
from mentorstudy.reading.platforms.surveymonkey_headings import (
    CODED,
    EXPANDED,
    GENERIC,
    OPEN,
    condensed,
    expanded,
    headless,
)
from mentorstudy.reading.platforms.surveymonkey_ids import ids_lost, named_id, numeric, shaped_id
from mentorstudy.reading.platforms.surveymonkey_words import DAYS, ENGLISH, Words, is_first, language, role, short
from mentorstudy.reading.table import Table

CLOCK = (
    "Start Date and End Date stand on the clock of the SurveyMonkey account, which the file does not name. Write "
    'time_zone = "..." for this file in plan.toml.'
)
MONTHS = (
    "SurveyMonkey writes the month before the day in CSV. Where the days of a file do not tell, write "
    'date_order = "month first" for it in plan.toml.'
)
RESPONSE = ("response", "started_at", "submitted_at")


def is_surveymonkey(grid: Grid) -> bool:
    """True where a column holds respondents' numbers, or columns are called as in q0004_0001.

    True as well for what only has the shape of an expanded file, in a language not known here: `read_surveymonkey` asks
    to be told, lest a plain table take the second row of headers for a respondent.
    """
    if grid.named or grid.height < EXPANDED:
        return False
    heads = [plain(cell) for cell in grid.row(0)]
    if (place := named_id(heads)) is not None:
        below = [grid.columns[place].words[code] for code in grid.columns[place].codes[1 : EXPANDED + 1]]
        beside = place == 0 or any(role(head, language(heads)) == "meta" for head in heads)
        if _is_generic(grid, place) or (beside and any(map(numeric, below))):
            return True
    return _is_shaped(grid, heads)


def is_surely_surveymonkey(grid: Grid) -> bool:
    """True where more tells than a column of respondents' numbers, which others have too, as well as days beside it."""
    if not is_surveymonkey(grid):
        return False
    heads = [plain(cell) for cell in grid.row(0)]
    words, place = language(heads), named_id(heads)
    collected = any(role(head, words) == "meta" and short(head) not in DAYS for head in heads)
    return collected or _is_shaped(grid, heads) or (place is not None and _is_generic(grid, place))


def _is_generic(grid: Grid, place: int) -> bool:
    """Whether the second row says nothing under the respondents' number, and under questions what is said of all."""
    return not grid.row(1)[place] and not GENERIC.isdisjoint(map(key, grid.row(1)))


def _is_shaped(grid: Grid, heads: list[str]) -> bool:
    """Whether columns are called by code, or two rows of headers are such as SurveyMonkey writes."""
    parts = [match for match in map(CODED.fullmatch, heads) if match and match[2]]
    own = {role(head, ENGLISH) for head in heads} & {"meta", *RESPONSE}
    return bool(parts and own) or _says_response(grid) or shaped_id(grid) is not None


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
    place = named_id(heads)
    if place is None:
        place = shaped_id(grid)
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
    told_heads = expanded(grid, words) if rows == EXPANDED else condensed(grid, words)
    raise_all(DataError, headless(grid, told_heads, rows))
    names = distinct([head.name for head in told_heads])
    fields = [(name, head.about) for name, head in zip(names, told_heads, strict=True)]
    coded = any(head.about.choice for head in told_heads)
    variant = "expanded" if rows == EXPANDED else "coded names" if coded else "condensed"
    table = replace(headed(grid, fields, header_rows=rows), platform="SurveyMonkey", variant=variant)
    table = _named(table, settings, words)
    raise_all(DataError, ids_lost(table))
    table = once(table, settings)
    for question in dict.fromkeys(about.question for about in table.fields.values()):
        if question:
            table = boxed(table, [name for name, about in table.fields.items() if about.question == question])
    return table


def _says_response(grid: Grid) -> bool:
    """Whether the second row holds what SurveyMonkey writes under questions of one column."""
    second = [key(cell) for cell in grid.row(1)]
    return OPEN in second or second.count("response") > 1


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
