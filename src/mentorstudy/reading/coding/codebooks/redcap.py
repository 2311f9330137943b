"""REDCap: the data dictionary, one field a row."""

import re
from collections.abc import Iterator, Mapping

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.reading.coding.codebooks.described import Codebook, Described, missing_of, plain
from mentorstudy.reading.coding.codebooks.once import Once
from mentorstudy.reading.coding.codebooks.sheet import Record, Sheet
from mentorstudy.reading.coding.missing import OF_REDCAP

# As downloaded from the designer, and as the API names the same columns.
NAMES = {
    "name": ("variable / field name", "field_name"),
    "form": ("form name", "form_name"),
    "type": ("field type", "field_type"),
    "label": ("field label", "field_label"),
    "choices": ("choices, calculations, or slider labels", "select_choices_or_calculations"),
    "validation": ("text validation type or show slider number", "text_validation_type_or_show_slider_number"),
}
FIXED = {"yesno": {"1": "Yes", "0": "No"}, "truefalse": {"1": "True", "0": "False"}}
# The dictionary's own words for a field's type, found in those of the designer: Multiple Choice - Radio Buttons.
TYPES = {"radio": "radio", "dropdown": "radio", "select": "radio", "checkbox": "checkbox"}
TYPES |= {fixed: fixed for fixed in FIXED}
NO_CHOICES = {
    "calc",
    "slider",
    "sql",
    "file",
    "descriptive",
}  # what they have in the column of choices is other text
CODED = re.compile(r"\s*[-+]?\w+\s*,")
SEMICOLONS = re.compile(r"[;\n]\s*[-+]?[0-9]{1,9}\s*,")
COMPLETE = {"0": "Incomplete", "1": "Unverified", "2": "Complete"}
NUMBER = re.compile(r"number|integer")


def is_redcap(sheet: Sheet) -> bool:
    """Whether the header is that of a data dictionary."""
    return sheet.has(*NAMES["name"]) and sheet.has(*NAMES["type"])


def read_redcap(sheet: Sheet, name: str) -> Codebook:
    """A column for each field, box of a checkbox, and form's state."""
    once = Once()
    faults: list[str] = []
    for record in sheet.records(NAMES):
        try:
            twice = once.add(_field(record, name), f"row {record.row}")
        except DataError as error:
            faults += error.faults
            continue
        if twice:
            faults.append(
                f"{name}: row {record.row}: {record['name']} has other answers here than in {min(twice.values())}. "
                "Leave one of the two rows."
            )
    raise_all(DataError, faults)
    return Codebook(kind="REDCap data dictionary", columns=once.columns, whole=True)


def _field(record: Record, name: str) -> Iterator[tuple[str, Described]]:
    field, kind, wording = record["name"], _kind(record), plain(record["label"])
    if record["form"]:
        yield f"{record['form']}_complete", Described(labels=COMPLETE)
    if not field or kind == "descriptive":
        return
    if kind == "checkbox":
        choices = _choices(record, name)
        yield field, Described(wording=wording, multi=True, choices=choices)
        for code, label in choices.items():
            column = f"{field}___{re.sub('[^a-z0-9]', '_', code.lower())}"
            yield column, Described(wording=wording, part=label, multi=True, choices={code: label})
    elif kind == "radio" or kind in FIXED:
        labels = FIXED.get(kind) or _choices(record, name)
        yield (
            field,
            Described(wording=wording, labels=labels, missing=missing_of(labels), set_apart=_of_project(labels)),
        )
    elif kind not in NO_CHOICES and sum(map(bool, map(CODED.match, record["choices"].split("|")))) > 1:
        raise DataError(
            f"{name}: row {record.row}: {field} has choices, and no field of its type has. Write radio, dropdown or "
            "checkbox as its type, or take the choices out."
        )
    else:
        numeric = kind in {"calc", "slider"} or bool(NUMBER.match(record["validation"]))
        yield field, Described(wording=wording, numeric=numeric, set_apart=_of_project({}) if numeric else {})


def _kind(record: Record) -> str:
    said = re.sub(r"[^a-z]", "", record["type"].lower())
    return next((kind for word, kind in TYPES.items() if word in said), said)


def _of_project(labels: Mapping[str, str]) -> dict[str, str]:
    """The platform's missing data codes and their labels, with which any field may be filled: no dictionary has them.

    Those that are choices of the field are left out.
    """
    choices = {*labels, *labels.values()}
    return {text: why for code, (label, why) in OF_REDCAP.items() for text in (code, label) if text not in choices}


def _choices(record: Record, name: str) -> dict[str, str]:
    choices: dict[str, str] = {}
    for choice in filter(str.strip, record["choices"].split("|")):
        code, comma, label = (part.strip() for part in choice.partition(","))
        if not (code and comma) or SEMICOLONS.search(label):
            raise DataError(
                f"{name}: row {record.row}: a choice of {record['name']} has no code of its own. Write each as "
                "1, Never and part them by |."
            )
        if choices.setdefault(code, plain(label)) != plain(label):
            raise DataError(f"{name}: row {record.row}: two choices of {record['name']} have the code {code}.")
    if not choices:
        raise DataError(f"{name}: row {record.row}: {record['name']} is a {record['type']} without choices.")
    return choices
