"""Kobo and other ODK servers: labels or XML names as headers, groups as paths, boxes in one column or in several."""

from dataclasses import replace

import numpy as np

from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Field, Grid, Kind
from mentorstudy.reading.headers import distinct, headed
from mentorstudy.reading.platforms.apostrophes import without_apostrophes
from mentorstudy.reading.platforms.kobo_boxes import LEFT, TICKED, Asked, asked
from mentorstudy.reading.platforms.kobo_paths import without_groups
from mentorstudy.reading.table import Table

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


def is_kobo(grid: Grid) -> bool:
    """True where the server's own columns stand at the end."""
    return len(TOLD_BY & set(grid.row(0))) >= 2


def read_kobo(grid: Grid, _: File) -> Table:
    """One row a submission. Boxes stay unknown where the whole question was left blank."""
    headers = [" ".join(header.split()) for header in grid.row(0)]
    own = META | PERSONAL
    found = asked(grid, headers, own)
    names, fields = _told(headers, grid.row(0), found)
    table = headed(grid, list(zip(distinct(names), fields, strict=True)), header_rows=1)
    table = _boxes(without_apostrophes(_without_summaries(table, found)))
    by_name = {about.source.strip(): name for name, about in table.fields.items()}
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
        variant="labels" if any(" " in header for header in headers if header not in own) else "XML names",
        response=response | {"finished": done},
        zone="UTC",  # of _submission_time; start and end carry their own offset
        notes=(*table.notes, *_assumed(found)),
    )


def _told(headers: list[str], sources: list[str], found: Asked) -> tuple[list[str], list[Field]]:
    """Each column's name, without the path of its groups, and what the header says of it.

    Columns that may be boxes keep their question's name, so that those of two questions do not become one.
    """
    box_of = {box: question.header for question in found.questions for box in question.boxes}
    doubtful = {header: group for group in found.doubtful for header in headers if header.startswith(f"{group}/")}
    above = [*(question.header for question in found.questions), *found.doubtful]
    apart = META | PERSONAL | box_of.keys() | doubtful.keys() | set(above)
    plain = [header for header in headers if header not in apart]
    pathless = without_groups([*above, *plain])
    short = dict(zip([*above, *plain], [*distinct(pathless[: len(above)]), *pathless[len(above) :]], strict=True))
    names: list[str] = []
    fields: list[Field] = []
    for place, (header, source) in enumerate(zip(headers, sources, strict=True), start=1):
        kind: Kind = "meta" if header in META else "personal" if header in PERSONAL else "answer"
        about = Field(source=source, place=place, kind=kind)
        if question := box_of.get(header):
            choice, asks = header[len(question) + 1 :], short[question]
            wording = asks if " " in asks else ""
            about = replace(
                about, kind="choice", wording=wording, part=choice if wording else "", question=asks, choice=choice
            )
            name = f"{asks}/{choice}"
        elif group := doubtful.get(header):
            name = f"{short[group]}{header[len(group) :]}"
        else:
            name = short.get(header, header)
        if about.kind == "answer" and " " in name:
            about = replace(about, wording=name)
        names.append(name)
        fields.append(about)
    return names, fields


def _without_summaries(table: Table, found: Asked) -> Table:
    """The table less the summaries of questions whose boxes are read, which is noted."""
    summaries = {question.header for question in found.questions if question.summary}
    left = [name for name, about in table.fields.items() if " ".join(about.source.split()) in summaries]
    if not left:
        return table
    places = ", ".join(str(table.fields[name].place) for name in left)
    said = (
        f"Column{'s' if len(left) > 1 else ''} {places} gather{'' if len(left) > 1 else 's'} in one cell what stands "
        "also in one column a box; the boxes are read."
    )
    return replace(table.less(left), notes=(*table.notes, said))


def _assumed(found: Asked) -> list[str]:
    """What was taken for boxes without a summary to prove it, and what was not."""
    boxes = [question.header for question in found.questions if not question.summary]
    mend = 'Export select-many questions as "both", with their summary, to be sure.'
    said = []
    if boxes:
        said.append(
            f"The columns of 0 and 1 under {', '.join(boxes)} are filled together and never all 0, so they are read "
            f"as boxes of one question. {mend}"
        )
    if found.doubtful:
        said.append(
            f"The columns of 0 and 1 under {', '.join(found.doubtful)} do not fit together as boxes of one question, "
            f"so they are read as questions of their own. {mend}"
        )
    return said


def _boxes(table: Table) -> Table:
    columns = dict(table.columns)
    for name, about in table.fields.items():
        if about.kind == "choice":
            words = tuple("1" if word in TICKED else "0" if word in LEFT else "" for word in columns[name].words)
            columns[name] = replace(columns[name], words=words)
    return replace(table, columns=columns)
