"""A codebook of one's own: a table of columns, codes and labels."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.reading.coding.codebooks.described import (
    Codebook,
    Described,
    missing_of,
    plain,
    reason_of,
    whole,
)
from mentorstudy.reading.coding.codebooks.sheet import Record, Sheet

NAMES = {
    "column": ("column", "variable", "variable name", "variable_name", "column name", "column_name", "field", "item"),
    "code": ("code", "value", "numeric code", "numeric value", "codes"),
    "label": ("label", "value label", "value_label", "answer", "response", "code label", "meaning"),
    "labels": ("labels", "value labels", "value_labels", "values", "levels", "choices", "response options"),
    "missing": ("missing", "reason", "missing reason", "missing_reason"),
    "wording": ("wording", "question", "question text", "variable label", "variable_label", "item text", "description"),
    "reverse": ("reverse", "reversed", "reverse scored", "reverse-scored", "reverse coded"),
}  # fmt: skip
CODE = r"[-+]?[0-9]{1,9}(?:\.0+)?"
DASHED = re.compile(rf"\s*({CODE})\s+[-–—]\s+(.+)", re.DOTALL)
PAIR = re.compile(r"([^=:,]+?)\s*[=:,]\s*(.+)", re.DOTALL)
PARTED = re.compile(rf"[;|\n]|,(?=\s*(?:{CODE}\s*[=:]|[^\s=:,;|]+\s*=))")  # a comma only before a code
PARTED_DASHED = re.compile(rf"[;|\n]|,(?=\s*{CODE}\s+[-–—]\s)")
WITHIN = re.compile(r"(?:^|[\s,])[-+]?[0-9]{1,9}\s*=|,\s*[-+]?[0-9]{1,9}\s*,")  # a code that no sign parts off
NUMBERS = re.compile(
    r"[-+]?[0-9.]+\s*(?:-|–|—|to|bis|\.\.+)\s*[-+]?[0-9.]+|numeric|numbers?|integer", re.IGNORECASE
)
WORDS = re.compile(r"(free |open )?text|open|string|date", re.IGNORECASE)
YES, NO = {"yes", "y", "true", "1", "x", "r", "reverse", "reversed", "-"}, {"no", "n", "false", "0", "+"}
LAYOUT = "Write columns called column, code and label, one answer a row."


def is_table(sheet: Sheet) -> bool:
    """Whether the header names columns and what their codes stand for."""
    labelled = (sheet.has(*NAMES["code"]) and sheet.has(*NAMES["label"])) or sheet.has(*NAMES["labels"])
    return sheet.has(*NAMES["column"]) and labelled


def read_table(sheet: Sheet, name: str) -> Codebook:
    """One answer a row, the column's name given once or in every row; or one column a row with all its labels."""
    columns: dict[str, Described] = {}
    stated: dict[str, dict[str, str]] = {}
    turned: dict[str, None] = {}
    faults: list[str] = []
    column = ""
    for record in sheet.records(NAMES):
        column = record["column"] or column
        if not column:
            faults.append(f"{name}: row {record.row}: an answer before any column. {LAYOUT}")
            continue
        try:
            labels, numeric = _labels(record, name)
            known = _with(columns.get(column, Described()), record, labels, name, column)
            columns[column] = replace(known, numeric=known.numeric or numeric)
            turned |= {column: None} if _reversed(record, name, column) else {}
        except DataError as error:
            faults += error.faults
            continue
        if record["missing"] and normal(record["missing"]) not in NO:
            said = "" if normal(record["missing"]) in YES else record["missing"]
            reasons = {code: reason_of(said, label) for code, label in labels.items()}
            stated[column] = stated.get(column, {}) | reasons
    raise_all(DataError, faults)
    if not columns:
        raise DataError(f"{name}: a header, but not one row. {LAYOUT}")
    return Codebook(
        kind="table",
        columns={
            column: replace(described, missing=missing_of(described.labels) | stated.get(column, {}))
            for column, described in columns.items()
        },
        notes=tuple(_told(turned)),
    )


def normal(word: str) -> str:
    """A yes or no as it is compared."""
    return word.strip().lower()


def _with(known: Described, record: Record, labels: Mapping[str, str], name: str, column: str) -> Described:
    for code, label in labels.items():
        if known.labels.get(code, label) != label:
            raise DataError(
                f"{name}: row {record.row}: the code {code} of {column} has two labels. Leave one of them."
            )
    return replace(
        known,
        labels=dict(known.labels) | dict(labels),
        wording=known.wording or plain(record["wording"]),
    )


def _labels(record: Record, name: str) -> tuple[dict[str, str], bool]:
    """The labels of a row by their codes, and whether it says that the column holds numbers."""
    if record["code"]:
        return {whole(record["code"]): plain(record["label"])}, False
    if record["label"]:
        raise DataError(f"{name}: row {record.row}: a label without a code. {LAYOUT}")
    labels: dict[str, str] = {}
    numeric = False
    parted = PARTED_DASHED if DASHED.match(record["labels"]) else PARTED
    parts = [part.strip() for part in parted.split(record["labels"]) if part.strip()]
    for part in parts:
        if NUMBERS.fullmatch(part) or WORDS.fullmatch(part):
            numeric |= bool(NUMBERS.fullmatch(part))
            continue
        pair = DASHED.fullmatch(part) or PAIR.fullmatch(part)
        if not pair or (len(parts) == 1 and WITHIN.search(pair[2])):
            raise DataError(f"{name}: row {record.row}: labels that are not parted. Write 1 = Never; 2 = Rarely.")
        code, label = whole(pair[1]), plain(pair[2])
        if labels.setdefault(code, label) != label:
            raise DataError(f"{name}: row {record.row}: the code {code} has two labels. Leave one of them.")
    return labels, numeric


def _reversed(record: Record, name: str, column: str) -> bool:
    word = normal(record["reverse"])
    if word and word not in YES | NO:
        raise DataError(f"{name}: row {record.row}: whether {column} is reversed is not clear. Write yes or no.")
    return word in YES


def _told(turned: Iterable[str]) -> Iterable[str]:
    """That reversal is no matter of codes."""
    if turned:
        yield (
            f"the codebook marks {', '.join(turned)} as reversed; its codes are read as written, and a scale turns "
            "its items: write reverse = true for them in the scale's file"
        )
