"""Kobo and other ODK servers: labels or XML names as headers, groups as paths, boxes in one column or in several."""

from dataclasses import replace

import numpy as np

from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Field, Grid, Kind
from mentorstudy.reading.platforms.apostrophes import without_apostrophes
from mentorstudy.reading.table import Table, distinct, headed

META = {
    "start",
    "end",
    "today",
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_tags",
}
META |= {
    "__version__",
    "_version_",
    "_index",
    "_parent_index",
    "_parent_table_name",
    "meta/instanceID",
    "formhub/uuid",
}
PERSONAL = {"username", "deviceid", "subscriberid", "simserial", "simid", "phonenumber", "email", "_submitted_by"}
PERSONAL |= {"_geolocation", "_location_latitude", "_location_longitude", "audit", "background-audio"}
TOLD_BY = {"_uuid", "_submission_time", "_index"}
TICKED, LEFT = {"1", "True", "TRUE", "true"}, {"0", "False", "FALSE", "false"}


def is_kobo(grid: Grid) -> bool:
    """True where the server's own columns stand at the end."""
    return len(TOLD_BY & set(grid.row(0))) >= 2


def read_kobo(grid: Grid, _: File) -> Table:
    """One row a submission. Boxes stay unknown where the whole question was left blank."""
    headers = [" ".join(header.split()) for header in grid.row(0)]
    questions = _several(headers)
    names = distinct([_name(header, questions) for header in headers])
    fields = [
        (name, _field(header, grid.row(0)[place - 1], place, questions))
        for place, (name, header) in enumerate(zip(names, headers, strict=True), start=1)
    ]
    table = headed(grid, fields, header_rows=1)
    table = _boxes(without_apostrophes(table))
    by_name = {about.source.strip(): name for name, about in table.fields.items()}
    labelled = any(" " in header.rpartition("/")[2] for header in headers if header not in META | PERSONAL)
    response: dict[str, Column] = {}
    for word, source in (("response", "_uuid"), ("started_at", "start"), ("submitted_at", "end")):
        if source in by_name:
            response[word] = table.columns[by_name[source]]
    if "submitted_at" not in response and "_submission_time" in by_name:
        response["submitted_at"] = table.columns[by_name["_submission_time"]]
    done = Column(name="finished", codes=np.zeros(len(table.rows), dtype=np.int8), words=("1",))
    return replace(
        table,
        platform="Kobo",
        variant="labels" if labelled else "XML names",
        response=response | {"finished": done},
        zone="UTC",  # of _submission_time; start and end carry their own offset
    )


def _several(headers: list[str]) -> dict[str, list[str]]:
    """Questions with a column for each of their boxes: header of the question, and those of its boxes."""
    found: dict[str, list[str]] = {}
    for header in headers:
        boxes = [other for other in headers if other.startswith(f"{header}/")]
        if boxes and header not in META:
            found[header] = boxes
    return found


def _name(header: str, questions: dict[str, list[str]]) -> str:
    """The header without the path of its groups; "" for a summary whose boxes stand beside it."""
    if header in questions:
        return ""
    for question in questions:
        if header.startswith(f"{question}/"):
            return f"{question.rpartition('/')[2]}/{header[len(question) + 1 :]}"
    return header.rpartition("/")[2] if header not in META | PERSONAL else header


def _field(header: str, source: str, place: int, questions: dict[str, list[str]]) -> Field:
    own = header.rpartition("/")[2]
    kind: Kind = "meta" if header in META else "personal" if header in PERSONAL else "answer"
    for question in questions:
        if header.startswith(f"{question}/"):
            choice = header[len(question) + 1 :]
            asked = question.rpartition("/")[2]
            wording = asked if " " in asked else ""
            part = choice if wording else ""
            return Field(
                source=source,
                place=place,
                kind="choice",
                wording=wording,
                part=part,
                question=asked,
                choice=choice,
            )
    return Field(source=source, place=place, kind=kind, wording=own if " " in own and kind == "answer" else "")


def _boxes(table: Table) -> Table:
    columns = dict(table.columns)
    for name, about in table.fields.items():
        if about.kind == "choice":
            words = tuple("1" if word in TICKED else "0" if word in LEFT else "" for word in columns[name].words)
            columns[name] = replace(columns[name], words=words)
    return replace(table, columns=columns)
