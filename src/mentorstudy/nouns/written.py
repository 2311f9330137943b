"""Written: the manners shared by everything a user writes in TOML, and the words for what is wrong in it."""

import difflib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import PlanError, raise_all
from mentorstudy.nouns.plain import in_plain_words

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")  # names some systems keep for themselves
PASTED = (  # what the parser says, and the mend
    ("Cannot declare .* twice", "The table stands in the file already: put these lines below its first head."),
    ("Cannot overwrite a value", "The name stands in its table already: keep one of the two lines."),
    ("Expected newline or end of", "The head of a table and each of its names need a line of their own."),
)
SIGNS = {"delimiter", "separator"}  # keys whose text may be a space

W = TypeVar("W", bound="Written")


class Written(BaseModel):
    """A strict, frozen table: an unknown key is an error, a number is never taken for a text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; PlanError with the line where it cannot be read."""
    try:
        return {
            cleaned(key): _cleaned(table)
            for key, table in tomllib.loads(path.read_text(encoding="utf-8-sig")).items()
        }
    except FileNotFoundError:
        raise PlanError(f"{path}: there is no such file.") from None
    except UnicodeDecodeError:
        raise PlanError(f"{path}: not UTF-8 text. Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"{path}: not readable as TOML: {error}.{_pasted_wrongly(str(error))}") from None


def _pasted_wrongly(said: str) -> str:
    """How to mend what comes of pasting lines where others stand already, or without a line break."""
    return next((f" {mend}" for pattern, mend in PASTED if re.search(pattern, said)), "")


def _cleaned(value: Any) -> Any:
    """Every text of a table without signs that cannot be seen."""
    if isinstance(value, dict):
        return {cleaned(key): _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return cleaned(value) if isinstance(value, str) else value


def validated(model: type[W], raw: dict[str, Any], path: Path) -> W:
    """`raw` as `model`; a PlanError that tells every fault of the file with its key and the mend."""
    faults = list(_empty(raw))
    try:
        table = model.model_validate(raw)
    except ValidationError as error:
        details = [detail for detail in error.errors() if detail["type"] != "string_too_short"]
        faults += [_in_words(detail, model) for detail in details]
    raise_all(PlanError, [f"{path}: {fault}" for fault in dict.fromkeys(faults)])
    return table


def _empty(value: Any, place: str = "") -> Iterator[str]:
    """A fault for each text of which nothing can be read."""
    if isinstance(value, dict):
        if any(not key.strip() for key in value):
            yield f"{place or 'the file'}: a name in it is empty. Write it, or take it out."
        for key, inner in value.items():
            yield from _empty(inner, f"{place}.{key}".strip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _empty(inner, place)
    elif isinstance(value, str) and not value.strip() and (not value or place.rpartition(".")[2] not in SIGNS):
        yield f"{place} is empty. Write it, or take it out."


def slug(name: str) -> str:
    """`name` if it can be a folder everywhere; ValueError with the rule where it cannot."""
    if not SLUG.fullmatch(name) or DEVICES.fullmatch(name):
        raise ValueError(
            "a study or cohort name has 1 to 64 lower-case letters, digits, - or _, begins with a letter or "
            "digit, and is no device name such as con or nul"
        )
    return name


def did_you_mean(word: str, known: list[str]) -> str:
    """A closing sentence that offers the nearest known words, or lists them."""
    if words := near(word, known):
        return f"Did you mean {' or '.join(words)}?"
    return f"Known here: {', '.join(sorted(known))}." if known else "There is none."


def near(word: str, known: list[str]) -> list[str]:
    """The known words nearest to `word`, whatever their case; the same word in another case alone."""
    cases: dict[str, list[str]] = {}
    for one in dict.fromkeys(known):
        cases.setdefault(one.casefold(), []).append(one)
    folded = word.casefold()
    found = [folded] if folded in cases else difflib.get_close_matches(folded, list(cases), n=2)
    return [one for key in found for one in cases[key]]


def _in_words(detail: ErrorDetails, model: type[BaseModel]) -> str:
    steps = [str(step) for step in detail["loc"] if "[" not in str(step)]
    place, kind = ".".join(steps), detail["type"]
    if kind == "extra_forbidden":
        known = sorted({field for table in _tables_at(model, steps[:-1]) for field in _keys(table)})
        return f"unknown key {place}. {did_you_mean(steps[-1], known)}"
    if kind == "missing":
        return f"{place} is missing. {_why(model, steps)}".rstrip()
    if kind == "literal_error":
        return f"{place} cannot be {detail['input']!r}; it can be {detail['ctx']['expected']}."
    if plain := steps and in_plain_words(steps, kind, detail["input"], detail.get("ctx", {})):
        return plain
    said = detail["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{place}: {said}." if place else f"{said}."


def _tables_at(model: type[BaseModel], steps: list[str]) -> list[type[BaseModel]]:
    """The tables that may stand where `steps` lead to from the file's top."""
    kinds: list[Any] = [model]
    for step in steps:
        inner: list[Any] = []
        for kind in kinds:
            for table in _tables(kind):
                inner += [
                    field.annotation for name, field in table.model_fields.items() if step in (name, field.alias)
                ]
            inner += _values(kind)
        kinds = inner
    return [table for kind in kinds for table in _tables(kind)]


def _tables(kind: Any) -> list[type[BaseModel]]:
    """The tables that a value of this kind may be."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return (
        [] if get_origin(kind) in (dict, list) else [table for inner in get_args(kind) for table in _tables(inner)]
    )


def _values(kind: Any) -> list[Any]:
    """What the values of a dict or a list may be, or of those that `kind` may be."""
    if get_origin(kind) in (dict, list):
        return [get_args(kind)[-1]]
    return [value for inner in get_args(kind) for value in _values(inner)]


def _keys(table: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in table.model_fields.items()]


def _why(model: type[BaseModel], steps: list[str]) -> str:
    """What a field without default decides, as its description says."""
    for table in _tables_at(model, steps[:-1]):
        for name, field in table.model_fields.items():
            if steps[-1] in (name, field.alias) and field.description:
                return field.description
    return ""
