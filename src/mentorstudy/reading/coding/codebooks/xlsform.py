"""XLSForm: the workbook of KoboToolbox, ODK and SurveyCTO, with its sheets survey and choices."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.nouns.written import did_you_mean
from mentorstudy.reading.coding.codebooks.described import Codebook, Described, missing_of, plain
from mentorstudy.reading.coding.codebooks.once import Once
from mentorstudy.reading.coding.codebooks.sheet import Record, Sheet

LABEL = re.compile(r"label(?:::?(.+))?")
SELECT = re.compile(
    r"(select_one|select_multiple|select one|select multiple|rank)(?:_from_file)?\s+(\S+)(\s+or_other)?"
)
NUMBERS = {"integer", "int", "decimal", "range"}
NO_ANSWERS = re.compile(r"(begin|end)[ _]|note$|start$|end$|today$|deviceid$|username$|audit$|hidden$")
OTHER = "other"

Choices = dict[str, tuple[str, dict[str, str]]]  # code: its label, and its labels in other languages


def is_xlsform(sheets: Mapping[str, Sheet]) -> bool:
    """Whether the workbook has the sheets of a form."""
    survey = sheets.get("survey")
    return survey is not None and survey.has("type") and survey.has("name")


def read_xlsform(sheets: Mapping[str, Sheet], name: str) -> Codebook:
    """A column for each question, and for each box of a select_multiple."""
    default = _default_language(sheets.get("settings"))
    lists = _lists(sheets["choices"], name, default) if "choices" in sheets else {}
    once = Once()
    notes: list[str] = []
    faults: list[str] = []
    survey = sheets["survey"]
    labels = _label_columns(survey, default)
    for record in survey.records({"type": ["type"], "name": ["name", "value"], **labels}):
        kind = " ".join(record["type"].split())
        if not kind or not record["name"] or NO_ANSWERS.match(kind.lower()):
            continue
        select = SELECT.fullmatch(kind)
        wording, *translated = [plain(record[own]) for own in labels] or [""]
        asked = Described(wording=wording, translated=tuple(filter(None, translated)))
        if select and select[2] not in lists:
            if select[2].startswith("${") or "." in select[2]:
                notes.append(f"{record['name']} takes its choices from elsewhere, so its labels are not known")
            else:
                faults.append(
                    f"{name}: sheet survey, row {record.row}: {record['name']} has the list {select[2]}, which the "
                    f"sheet choices does not hold. {did_you_mean(select[2], list(lists))}"
                )
            continue
        own = {record["name"]: replace(asked, numeric=kind.lower() in NUMBERS)}
        found = _select(record["name"], select, lists[select[2]], asked) if select else own
        if twice := once.add(found, f"row {record.row}"):
            faults.append(
                f"{name}: sheet survey, row {record.row}: {record['name']} has other answers here than in "
                f"{min(twice.values())}. Give each question a name of its own, or leave one of the two."
            )
    raise_all(DataError, faults)
    return Codebook(kind="XLSForm", columns=once.columns, notes=tuple(notes), whole=True)


def _select(
    column: str, select: re.Match[str], listed: Choices, asked: Described
) -> Iterator[tuple[str, Described]]:
    labels = {code: label for code, (label, _) in listed.items()}
    if select[3]:
        labels.setdefault(OTHER, "Other")
        yield f"{column}_other", Described(wording=asked.wording, part=labels[OTHER])
    also = {word: code for code, (label, others) in listed.items() for word in others.values() if word != label}
    if select[1].replace(" ", "_") == "select_one":
        yield column, replace(asked, labels=labels, also=also, missing=missing_of(labels))
        return
    yield column, replace(asked, multi=True, choices=labels, also=also, separator=" ")
    for code, label in labels.items():
        yield f"{column}/{code}", replace(asked, part=label, multi=True, choices={code: label})


def _lists(sheet: Sheet, name: str, default: str) -> dict[str, Choices]:
    labels = _label_columns(sheet, default)
    names = {"list": ["list_name", "list name"], "code": ["name", "value"], **labels}
    lists: dict[str, Choices] = {}
    faults: list[str] = []
    for record in sheet.records(names):
        if not record["list"]:
            continue
        if not record["code"]:
            faults.append(f"{name}: sheet choices, row {record.row}: a choice without a name. Give it its code.")
            continue
        written = {own: plain(record[own]) for own in labels}
        label = next(iter(written.values()), "") or record["code"]
        others = {own: word for own, word in written.items() if word}
        known = lists.setdefault(record["list"], {}).setdefault(record["code"], (label, others))
        if known[0] != label:
            faults.append(
                f"{name}: sheet choices, row {record.row}: {record['code']} is in the list {record['list']} twice, "
                "with two labels. Give each choice a name of its own."
            )
    raise_all(DataError, faults)
    return lists


def _label_columns(sheet: Sheet, default: str) -> dict[str, list[str]]:
    """The header's label columns, the default language or the one without a language first."""
    found = {column: match[1] or "" for column in sheet.header if (match := LABEL.fullmatch(column))}
    ordered = sorted(found, key=lambda column: (found[column].strip() != default, found[column] != ""))
    return {column: [column] for column in ordered}


def _default_language(settings: Sheet | None) -> str:
    if settings is None:
        return ""
    first: Record | None = next(settings.records({"default": ["default_language"]}), None)
    return first["default"].lower() if first else ""
