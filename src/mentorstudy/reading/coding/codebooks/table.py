"""A codebook of one's own: a table of columns, codes and labels."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.reading.coding.codebooks.described import (
    WHOLE,
    Codebook,
    Described,
    missing_of,
    plain,
    reason_of,
    whole,
)
from mentorstudy.reading.coding.codebooks.pairs import STRONG, UnclearError, is_numeric, pairs_in
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
AS_WRITTEN = re.compile(r"[(\[]?\s?([-+]?[0-9]{1,9}(?:[.,]0+)?)\s?[)\].:]?")  # 5.0, 5,0, 5., (5)
YES, NO = {"yes", "y", "true", "1", "x", "r", "reverse", "reversed", "-"}, {"no", "n", "false", "0", "+"}
PARTED = "Write 1 = Never; 2 = Rarely."
LAYOUT = "Write columns called column, code and label, one answer a row."


def is_table(sheet: Sheet) -> bool:
    """Whether the header names columns and what their codes stand for."""
    labelled = (sheet.has(*NAMES["code"]) and sheet.has(*NAMES["label"])) or sheet.has(*NAMES["labels"])
    return sheet.has(*NAMES["column"]) and labelled


def read_table(sheet: Sheet, name: str) -> Codebook:
    """One answer a row, the column's name given once or in every row; or one column a row with all its labels."""
    columns: dict[str, Described] = {}
    began: dict[str, int] = {}
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
            began.setdefault(column, record.row)
            turned |= {column: None} if _reversed(record, name, column) else {}
        except DataError as error:
            faults += error.faults
            continue
        if record["missing"] and normal(record["missing"]) not in NO:
            said = "" if normal(record["missing"]) in YES else record["missing"]
            stated[column] = stated.get(column, {}) | dict.fromkeys(labels, said)
    exchanged = [column for column, described in columns.items() if _are_exchanged(described.labels)]
    for column, described in columns.items():
        faults += [f"{name}: row {began[column]}: {said}" for said in _unsound(column, described, stated)]
    raise_all(DataError, faults)
    if not columns:
        raise DataError(f"{name}: a header, but not one row. {LAYOUT}")
    for column in exchanged:
        code_of = {label: whole(code) for label, code in columns[column].labels.items()}
        columns[column] = replace(columns[column], labels={code: label for label, code in code_of.items()})
        stated[column] = {code_of[label]: said for label, said in stated.get(column, {}).items()}
    return Codebook(
        kind="table",
        columns={
            column: replace(
                described, missing=missing_of(described.labels) | _reasons(described, stated.get(column, {}))
            )
            for column, described in columns.items()
        },
        notes=(*_told(turned), *_told_exchanged(exchanged)),
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


def _reasons(described: Described, stated: Mapping[str, str]) -> dict[str, str]:
    return {code: reason_of(said, described.labels[code]) for code, said in stated.items()}


def _are_exchanged(labels: Mapping[str, str]) -> bool:
    """Whether numbers stand where labels should and words where codes should, so that each is the other."""
    return len(labels) > 1 and len({*labels.values()}) == len(labels) and all(map(_is_exchanged, labels.items()))


def _is_exchanged(pair: tuple[str, str]) -> bool:
    code, label = pair
    return bool(WHOLE.fullmatch(label)) and not WHOLE.fullmatch(code)


def _unsound(column: str, described: Described, stated: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """What is wrong with all rows of a column together."""
    answers = {code: label for code, label in described.labels.items() if code not in stated.get(column, {})}
    if answers and not any(answers.values()):
        yield f"the codes of {column} have no labels. Write them into a column called label."
    as_usual = any(WHOLE.fullmatch(code) and not WHOLE.fullmatch(label) for code, label in answers.items())
    if as_usual and any(map(_is_exchanged, answers.items())):
        yield f"some codes of {column} are words, with numbers for labels. Write each number as the code of its words."


def _labels(record: Record, name: str) -> tuple[dict[str, str], bool]:
    """The labels of a row by their codes, and whether it says that the column holds numbers."""
    if record["code"]:
        return {_code(record["code"]): plain(record["label"])}, False
    if record["label"]:
        raise DataError(f"{name}: row {record.row}: a label without a code. {LAYOUT}")
    try:
        pairs = pairs_in(record["labels"])
    except UnclearError:
        said = f"labels that are not parted, or their codes are not clear. {PARTED}"
        raise DataError(f"{name}: row {record.row}: {said}") from None
    labels: dict[str, str] = {}
    for written, text in pairs:
        code, label = whole(written), plain(text)
        if labels.setdefault(code, label) != label:
            raise DataError(f"{name}: row {record.row}: the code {code} has two labels. Leave one of them.")
    return labels, any(map(is_numeric, STRONG.split(record["labels"])))


def _code(text: str) -> str:
    """A code without what may stand around a number in a list."""
    written = AS_WRITTEN.fullmatch(text)
    return whole(written[1].replace(",", ".")) if written else whole(text)


def _reversed(record: Record, name: str, column: str) -> bool:
    word = normal(record["reverse"])
    if word and word not in YES | NO:
        raise DataError(f"{name}: row {record.row}: whether {column} is reversed is not clear. Write yes or no.")
    return word in YES


def _told_exchanged(exchanged: Sequence[str]) -> Iterator[str]:
    if exchanged:
        yield (
            f"the codebook has words for codes and numbers for labels of {', '.join(exchanged)}; each number is taken "
            "as the code of its words"
        )


def _told(turned: Iterable[str]) -> Iterable[str]:
    """That reversal is no matter of codes."""
    if turned:
        yield (
            f"the codebook marks {', '.join(turned)} as reversed; its codes are read as written, and a scale turns "
            "its items: write reverse = true for them in the scale's file"
        )
