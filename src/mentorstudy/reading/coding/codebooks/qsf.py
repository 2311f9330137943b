"""Qualtrics: the survey file (.qsf), which tells tags, choices and recode values."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.coding.codebooks.described import USER_MISSING, Codebook, Described, missing_of, plain

SEVERAL = {"MAVR", "MAHR", "MACOL", "MSB"}
NUMBERS = {"Slider", "CS", "RO"}
NO_ANSWERS = {"DB", "Timing", "Meta", "Captcha", "FileUpload", "Signature"}
EXPORT = "In Qualtrics: Tools, Import/Export, Export Survey."

Payload = Mapping[str, Any]


def read_qsf(raw: bytes, name: str) -> Codebook:
    """Columns as a download names them; a question in the trash describes none."""
    try:
        written = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        row = getattr(error, "lineno", 1)
        raise DataError(f"{name}: row {row}: JSON that cannot be read; the file is damaged. {EXPORT}") from None
    elements = written.get("SurveyElements") if isinstance(written, dict) else None
    if not isinstance(elements, list):
        raise DataError(f"{name}: JSON, but no survey of Qualtrics: SurveyElements is not in it. {EXPORT}")
    trash = _trash(elements)
    columns: dict[str, Described] = {}
    twice: set[str] = set()
    for element in elements:
        payload = element.get("Payload") if isinstance(element, dict) and element.get("Element") == "SQ" else None
        if not isinstance(payload, dict) or element.get("PrimaryAttribute") in trash:
            continue
        for column, described in _question(payload, str(payload.get("DataExportTag") or "")):
            if columns.setdefault(column, described) != described:
                twice.add(column)
    if not columns:
        raise DataError(f"{name}: a survey of Qualtrics without questions. {EXPORT}")
    notes = tuple(
        f"two questions are tagged {column}, so what the survey file says of it is not used"
        for column in sorted(twice)
    )
    return Codebook(
        kind="Qualtrics survey file",
        columns={column: described for column, described in columns.items() if column not in twice},
        notes=notes,
        whole=True,
        loops=True,
    )


def _trash(elements: list[Any]) -> set[str]:
    """The ids of questions taken out of the survey, which the file keeps."""
    ids: set[str] = set()
    for element in elements:
        if isinstance(element, dict) and element.get("Element") == "BL":
            for _, block in _items(element.get("Payload")):
                if block.get("Type") == "Trash":
                    ids |= {str(one.get("QuestionID")) for _, one in _items(block.get("BlockElements"))}
    return ids


def _question(payload: Payload, tag: str) -> Iterator[tuple[str, Described]]:
    kind, selector = str(payload.get("QuestionType")), str(payload.get("Selector"))
    wording = plain(payload.get("QuestionText"))
    if not tag or kind in NO_ANSWERS:
        return
    if kind == "SBS":
        for number, sub in _items(payload.get("AdditionalQuestions")):
            yield from _question(
                {"QuestionType": "Matrix", **sub}, str(sub.get("DataExportTag") or f"{tag}#{number}")
            )
    elif kind == "Matrix":
        yield from _matrix(payload, tag, wording)
    elif kind == "MC" and selector in SEVERAL:
        yield from _boxes(payload, tag, wording, part="")
    elif kind == "MC":
        yield tag, _single(payload, wording, part="", choices="Choices")
        yield from _others(payload, tag, wording)
    elif kind in NUMBERS or selector == "FORM":
        for row, choice in _items(payload.get("Choices")):
            part = plain(choice.get("Display"))
            yield _row_tag(payload, tag, row), Described(wording=wording, part=part, numeric=kind in NUMBERS)
    else:
        settings = dict(_items(payload.get("Validation"))).get("Settings", {})
        yield tag, Described(wording=wording, numeric=settings.get("ContentType") == "ValidNumber")


def _matrix(payload: Payload, tag: str, wording: str) -> Iterator[tuple[str, Described]]:
    several = payload.get("SubSelector") == "MultipleAnswer"
    words = payload.get("Selector") in ("TE", "CS")
    for row, choice in _items(payload.get("Choices")):
        column, part = _row_tag(payload, tag, row), plain(choice.get("Display"))
        if several:
            yield from _boxes(payload, column, wording, part=part)
        elif words:
            for answer, _ in _items(payload.get("Answers")):
                numeric = payload.get("Selector") == "CS"
                yield f"{column}_{answer}", Described(wording=wording, part=part, numeric=numeric)
        else:
            yield column, _single(payload, wording, part=part, choices="Answers")
        if choice.get("TextEntry"):
            yield f"{column}_TEXT", Described(wording=wording, part=part)


def _single(payload: Payload, wording: str, *, part: str, choices: str) -> Described:
    """One answer of several; exports in words write the variable name where there is one."""
    code_of, named = _recoded(payload), dict(_texts(payload.get("VariableNaming")))
    kept = [
        (code_of.get(id_, id_), id_, plain(choice.get("Display"))) for id_, choice in _items(payload.get(choices))
    ]
    labels = {code: named.get(id_) or shown for code, id_, shown in kept}
    unused = {id_ for id_, word in _texts(payload.get("AnalyzeChoices")) if word == "No"}
    out = {code: f"{USER_MISSING}{labels[code]}" for code, id_, _ in kept if id_ in unused}
    return Described(
        wording=wording,
        part=part,
        labels=labels,
        also={shown: code for code, id_, shown in kept if shown and named.get(id_, shown) != shown},
        missing=out | missing_of(labels) | missing_of({code: shown for code, _, shown in kept}),
    )


def _boxes(payload: Payload, tag: str, wording: str, *, part: str) -> Iterator[tuple[str, Described]]:
    """Several answers of one question: one cell, or a column for each."""
    code_of = _recoded(payload)
    options = payload.get("Answers" if payload.get("QuestionType") == "Matrix" else "Choices")
    choices = {code_of.get(id_, id_): plain(choice.get("Display")) for id_, choice in _items(options)}
    yield tag, Described(wording=wording, part=part, multi=True, choices=choices)
    for code, label in choices.items():
        yield f"{tag}_{code}", Described(wording=wording, part=part, multi=True, choices={code: label})
    if not part:
        yield from _others(payload, tag, wording)


def _others(payload: Payload, tag: str, wording: str) -> Iterator[tuple[str, Described]]:
    code_of = _recoded(payload)
    for id_, choice in _items(payload.get("Choices")):
        if choice.get("TextEntry"):
            part = plain(choice.get("Display"))
            yield f"{tag}_{code_of.get(id_, id_)}_TEXT", Described(wording=wording, part=part)


def _row_tag(payload: Payload, tag: str, row: str) -> str:
    tags = payload.get("ChoiceDataExportTags")
    own = tags.get(row) if isinstance(tags, dict) else None
    return str(own) if own else f"{tag}_{row}"


def _recoded(payload: Payload) -> dict[str, str]:
    return dict(_texts(payload.get("RecodeValues")))


def _items(value: Any) -> Iterator[tuple[str, Payload]]:
    """Ids with what they hold; where the ids count from 0 the file may hold a plain list."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return ((str(id_), one) for id_, one in pairs if isinstance(one, dict))


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return ((str(id_), str(one)) for id_, one in pairs if isinstance(one, str | int | float))
