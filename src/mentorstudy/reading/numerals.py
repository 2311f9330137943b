"""Numerals: how a column of a file writes its numbers, and where only the reader can tell what they are."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, as_in, number
from mentorstudy.reading.table import Table

MOSTLY = 0.8  # of the filled cells
MANY = 10  # different texts
HALF = 0.5
GROUPS = " If these are names of groups, put a letter before each of them."
SHORT_LESS = re.compile("[0-9]{1,2}-")  # a grade such as 2-, and no number with its minus behind it
APART = " '’\u00a0\u2009\u202f"  # signs between thousands that are no decimal sign
LESS = str.maketrans("−–", "--")
WHOLE = re.compile(r"[-+]?[0-9]+")
THREE = {sign: re.compile(rf"[-+]?[1-9][0-9]{{0,2}}\{sign}[0-9]{{3}}") for sign in ".,"}
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(\.[0-9]+)?")
NOTHING_ELSE = re.compile(r",[0-9]{3}[.,]")  # behind such commas thousands end
EARLY = re.compile(r"(?:1899|190[0-4])-[0-9]{2}-[0-9]{2}(?:[T ].*)?")  # where spreadsheets begin to count days
IN_BRACKETS = re.compile(r"\(.*[0-9].*\)")


def as_numbers(
    table: Table, column: Column, settings: File, *, measured: bool
) -> tuple[Column, list[str], list[str]]:
    """The column, its numbers plain ones, with its faults and notes; those of odd cells only where it is `measured`."""
    plain = plainly_written(column, settings.decimal)
    faults, notes = unclear(table, plain, settings), []
    if plain is not column:
        notes.append(
            f"numbers like {column.shapes(np.isnan(column.numbers()) & ~column.blank)} were read as plain ones."
        )
    if measured:
        faults += half_numbers(table, plain, settings)
        notes += like_numbers(plain)
    return plain, faults, [f"{table.file}: column {column.name}: {note}" for note in notes]


def plainly_written(column: Column, decimal: str) -> Column:
    """The column with 45 000.50, 45'000.50, $45,000.50 and 12.50- as plain numbers, if all filled cells are such.

    A currency must be the same in all of them, and commas can only stand between thousands.
    """
    if not np.isnan(column.numbers()[~column.blank]).any():
        return column
    bare = _without_currency([word.translate(LESS) for word in column.words])
    proven = decimal == "." and any(map(NOTHING_ELSE.search, bare))
    told = [_plain(word, decimal, commas=proven) if word else "" for word in bare]
    return column if None in told else replace(column, words=tuple(word or "" for word in told))


def unclear(table: Table, column: Column, settings: File) -> list[str]:
    """A fault where whole numbers stand beside others that all have three decimals, or thousands parted by points."""
    if not table.written or "decimal" in settings.model_fields_set or not _threes(column, "."):
        return []
    odd = column.among({word for word in column.words if "." in word})
    return table.fault(
        odd,
        column.name,
        "whole numbers beside others like 9.999, which may be thousands or decimals. If points part thousands and "
        f"commas decimals, say so under [files] in plan.toml, {as_in(settings.path, 'decimal', ',')}; if they are "
        f"decimals, {as_in(settings.path, 'decimal', '.')}.",
    )


def told_as_decimals(columns: Iterable[Column]) -> list[str]:
    """A note on the columns whose commas, as the plan has them, are decimal ones and look like thousands."""
    names = [column.name for column in columns if _threes(column, ",")]
    if not names:
        return []
    return [
        f"read with decimal commas, as the plan says: numbers like 9,999 beside whole ones in {', '.join(names)}. If "
        "their commas part thousands, write these numbers without them."
    ]


def half_numbers(table: Table, column: Column, settings: File) -> list[str]:
    """A fault where a column is numbers but for a few cells, or numbers written so that they are read as words."""
    odd = ~column.blank & np.isnan(column.numbers())
    if not odd.any():
        return []
    otherwise = np.array([_is_number_otherwise(word) for word in column.words])[column.codes]
    numbers = int((~column.blank & (~odd | otherwise)).sum())
    if numbers < MOSTLY * (~column.blank).sum():
        return []
    return table.fault(
        odd,
        column.name,
        f"no number, in a column of numbers; it looks like {column.shapes(odd)} (9 a digit, a a letter). "
        f"{mend(column, odd, settings)}{GROUPS * (not _early(column, odd))}",
    )


def mend(column: Column, odd: NDArray[np.bool_], settings: File) -> str:
    """How to write the numbers of the rows marked, or what to say of them in the plan."""
    if _early(column, odd):
        return (
            "These are dates of about 1900, as a workbook shows small numbers in cells that are formatted as dates. "
            "Format the column as numbers there."
        )
    words = _words(column, odd)
    commas = as_in(settings.path, "decimal", ",")
    said = "Write numbers as 1234.5 and leave unknown cells empty."
    if any(map(IN_BRACKETS.fullmatch, words)):
        said += " Write what is below nought with a minus in front."
    if settings.decimal == "," or not any("," in word for word in words):
        return said
    bare = [word for word in _without_currency(list(words)) if "," in word]
    if all(map(THREE[","].fullmatch, bare)):
        return (
            f"{said} If these commas part thousands, leave them out; only if they part decimals, say so, {commas}."
        )
    return f"{said} If the file writes decimal commas, say so, {commas}."


def like_numbers(column: Column) -> list[str]:
    """A note on a column of mostly different texts that are full of digits; none for any other."""
    words = {word for word in column.words if word}
    filled = int((~column.blank).sum())
    odd = {word for word in words if np.isnan(number(word)) and _is_full_of_digits(word)}
    if len(odd) < MANY or len(odd) < HALF * len(words) or len(words) < HALF * filled:
        return []
    return [
        f"{len(words)} different texts full of digits, like {column.shapes(column.among(odd))} (9 a digit, a a "
        "letter), are no numbers, so each is a group of its own. If they are amounts, write them as 1234.5."
    ]


def _words(column: Column, rows: NDArray[np.bool_]) -> set[str]:
    return {column.words[code] for code in np.unique(column.codes[rows]).tolist()}


def _early(column: Column, rows: NDArray[np.bool_]) -> bool:
    """Whether any of the rows holds a date of the years in which spreadsheets begin to count days."""
    return any(map(EARLY.fullmatch, _words(column, rows)))


def _threes(column: Column, sign: str) -> bool:
    """Whether all are whole numbers or ones of one to three digits, the sign and three digits, and some of each."""
    first = next(filter(None, column.words), "")
    if sign not in "".join(column.words) or not _otherwise().fullmatch(first):
        return False
    threes = wholes = 0
    for word in filter(None, _without_currency(list(column.words))):
        if THREE[sign].fullmatch(word):
            threes += 1
        elif WHOLE.fullmatch(word):
            wholes += 1
        else:
            return False
    return bool(threes and wholes)


def _without_currency(words: list[str]) -> list[str]:
    """The texts without the currency that all filled ones share."""
    found = [_money().fullmatch(word) for word in words]
    beside = {(one["before"], one["after"]) for word, one in zip(words, found, strict=True) if word and one}
    if len(beside) != 1 or beside == {(None, None)}:
        return words
    return [
        f"{one['minus']}{one['amount']}{one['behind']}" if one and word else word
        for word, one in zip(words, found, strict=True)
    ]


def _plain(word: str, decimal: str, *, commas: bool) -> str | None:
    """The number with a decimal point alone; None where it is none."""
    minus, text = (word[0], word[1:].lstrip()) if word[:1] in "+-" else ("", word)
    if text.endswith("-"):
        if minus or SHORT_LESS.fullmatch(text):
            return None
        minus, text = "-", text[:-1].rstrip()
    if commas and GROUPED.fullmatch(text):
        return f"{minus}{text.replace(',', '')}"
    found = _amount(decimal).fullmatch(text)
    if not found:
        return None
    whole = "".join(filter(str.isdigit, found["whole"]))
    return f"{minus}{whole}{'.' + found['part'] if found['part'] else ''}"


@cache
def _amount(decimal: str) -> re.Pattern[str]:
    apart = APART + ("." if decimal == "," else "")
    return re.compile(
        rf"(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?P<sign>[{apart}])[0-9]{{3}}(?:(?P=sign)[0-9]{{3}})*)"
        rf"(?:\{decimal}(?P<part>[0-9]+))?"
    )


@cache
def _currencies() -> str:
    file = resources.files("mentorstudy") / "library" / "numerals.toml"
    known = tomllib.loads(file.read_text(encoding="utf-8"))
    return "|".join(re.escape(one) for one in sorted([*known["signs"], *known["codes"]], key=len, reverse=True))


@cache
def _money() -> re.Pattern[str]:
    money = _currencies()
    return re.compile(
        rf"(?P<minus>[-+]?)\s*(?P<before>{money})?\s*(?P<amount>[-+]?[0-9](?:.*[0-9])?)(?P<behind>-?)\s*(?P<after>{money})?"
    )


@cache
def _otherwise() -> re.Pattern[str]:
    money = f"(?:{_currencies()})"
    return re.compile(
        rf"\(?\s*[-+−–]?\s*{money}?\s*[-+−–]?([0-9]+|[0-9]{{1,3}}([.,{APART}][0-9]{{3}})+)([.,][0-9]+)?\s?(%|{money})?-?\s*\)?"
    )


def _is_number_otherwise(word: str) -> bool:
    found = _otherwise().fullmatch(word) or EARLY.fullmatch(word)
    return found is not None and not SHORT_LESS.fullmatch(word)


def _is_full_of_digits(word: str) -> bool:
    return sum(map(str.isdigit, word)) > HALF * sum(map(str.isalnum, word)) > 0
