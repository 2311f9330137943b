"""Plain: what a value is, and what should stand there instead, in words that name no type."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

WANTED = {
    "string_type": "a text, in quotes",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list, in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
    "date_type": "a day, as in 2025-09-01",
    "date_from_datetime_inexact": "a day, as in 2025-09-01",
    "finite_number": "a number with an end",
    "string_too_long": "one sign",
}
NUMBERS = ("float_type", "int_type")
KINDS = ("str", "int", "float", "bool")  # of which one value may be any
LIMITS = {
    "greater_than": ("gt", "a number above {}"),
    "greater_than_equal": ("ge", "{} or more"),
    "less_than": ("lt", "a number below {}"),
    "less_than_equal": ("le", "{} or less"),
    "too_short": ("min_length", "at least {}"),
}


def in_plain_words(steps: list[str], kind: str, value: Any, context: Mapping[str, Any]) -> str:
    """One sentence on the value at `steps` of a file; "" where this kind of fault has none."""
    if "files" in steps[:3] and isinstance(value, list):
        where = ".".join(step for step in steps if step != "path")
        return (
            f"{where} is a list, and lists of files are not read yet. Name one file, or a pattern as survey_*.csv."
        )
    if "files" in steps[:3] and kind in ("string_type", "model_type"):
        return f"{'.'.join(steps)} is {_told(value)}; write the name of a file, in quotes."
    if steps[-1] in KINDS and kind in WANTED:
        return f"{'.'.join(steps[:-1])} is {_told(value)}; write a text, a number, or true or false."
    place = ".".join(steps)
    if kind in LIMITS:
        limit, wanted = LIMITS[kind]
        found = f"is {_told(value)}" if kind != "too_short" else f"has {len(value)}"
        return f"{place} {found}; write {wanted.format(f'{context[limit]:g}')}."
    if kind not in WANTED:
        return ""
    wanted = WANTED[kind]
    if isinstance(value, str) and kind == "date_type":
        wanted = f"{wanted}, without quotes"
    if isinstance(value, str) and kind in NUMBERS and value.strip("-").replace(".", "", 1).isdecimal():
        wanted = f"{wanted}, without quotes"
    return f"{place} is {_told(value)}; write {wanted}."


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'the text "{value}"'
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, datetime):
        return f"{value}, a day with a time"
    return f"the day {value}" if isinstance(value, date) else str(value)
