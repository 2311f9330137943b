"""Typeform: the older and the newer form of its CSV; boxes are columns headed by their choice."""

import re
from dataclasses import replace

import numpy as np

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Field, Grid, Kind
from mentorstudy.reading.headers import distinct, headed, raise_twice
from mentorstudy.reading.platforms.apostrophes import without_apostrophes
from mentorstudy.reading.platforms.headings import either, key, only, plain, told
from mentorstudy.reading.platforms.same_response import once
from mentorstudy.reading.platforms.surveymonkey_boxes import TICKED_THERE
from mentorstudy.reading.table import Table

ID, STARTED, SUBMITTED, NETWORK = "#", "start date (utc)", "submit date (utc)", "network id"
KIND, STAGE = "response type", "stage date (utc)"
OWN = {STARTED, SUBMITTED, KIND, STAGE, "tags", "ending"}
RESPONSE = {ID, STARTED, SUBMITTED, STAGE}  # no question is called so, so of two nobody can tell which it is
STARRED = re.compile(r"(?<!\w)([*_]+)(?=\S)(.+?)(?<=\S)\1(?!\w)")
HIDDEN = re.compile(r"[a-z][a-z0-9_]*")  # how a hidden field may be called
OTHER = "Other"
FINISHED = {"completed": "1", "partial": "0", "started": "0"}
WORDS = ("", "0", "1")


def is_typeform(grid: Grid) -> bool:
    """True where # comes first and the platform's own times and network id are there."""
    if grid.named:
        return False
    heads = [key(cell) for cell in grid.row(0)]
    return heads[0] == ID and SUBMITTED in heads and (NETWORK in heads or STARTED in heads)


def read_typeform(grid: Grid, settings: File) -> Table:
    """The responses; a choice of a question with several answers is a box of its own.

    Which boxes belong together is not in the file: neighbours do, up to the next column that is none.
    """
    if not is_typeform(grid):
        raise DataError(
            f"{grid.file}: the columns #, Start Date (UTC) and Submit Date (UTC) are not there. Export the responses "
            'again as CSV, or write format = "table" for this file in plan.toml.'
        )
    heads = [title(cell) for cell in grid.row(0)]
    raise_twice(grid, [head for head in heads if key(head) in RESPONSE])
    names = distinct(heads)
    kinds = _kinds(grid, heads)
    places = {key(cell): name for cell, name in zip(grid.row(0), names, strict=True)}
    boxes = _boxes(grid, heads, kinds)
    fields = [
        (
            name,
            Field(
                source=grid.row(0)[place],
                place=place + 1,
                kind=kinds[place],
                wording=heads[place],
                question=name if kinds[place] == "answer" else "",
            ),
        )
        for place, name in enumerate(names)
    ]
    table = without_apostrophes(headed(grid, fields, header_rows=1))
    for run in boxes:
        table = _boxed(table, [names[place] for place in run])
    notes = list(table.notes)
    if boxes:
        count = sum(about.kind == "choice" for about in table.fields.values())
        notes.append(
            f"{count} columns are boxes of {len(boxes)} question{'s' if len(boxes) > 1 else ''}, whose "
            "wording is not in the file; boxes side by side are taken for one question's."
        )
    newer = KIND in places
    table = replace(
        table,
        platform="Typeform",
        variant="with response type" if newer else "without response type",
        zone="UTC",
        response=_response(table, places),
        notes=tuple(notes),
    )
    return once(table, settings)


def title(text: str) -> str:
    """A header without tags and the signs that mark bold or italic words."""
    return STARRED.sub(r"\2", plain(text))


def _kinds(grid: Grid, heads: list[str]) -> list[Kind]:
    """What each column is; hidden fields stand between the questions and the platform's own columns."""
    kinds = [_kind(key(cell)) for cell in grid.row(0)]
    last = next((place for place, kind in enumerate(kinds) if place and kind != "answer"), len(kinds))
    while last > 1 and HIDDEN.fullmatch(heads[last - 1]):
        last -= 1
        kinds[last] = "score" if heads[last] == "score" else "embedded"
    return kinds


def _kind(head: str) -> Kind:
    if head == NETWORK:
        return "personal"  # a hash of the address
    return "meta" if head == ID or head in OWN else "answer"


def _boxes(grid: Grid, heads: list[str], kinds: list[Kind]) -> list[list[int]]:
    """The places of the boxes, those of one question together.

    A box holds its header and nothing else. A choice that nobody ticked is a box where it stands between two that
    somebody did; a column called Other beside them is what was written there.
    """
    own = [kind != "answer" for kind in kinds]
    said = [told(column, 1) for column in grid.columns]
    runs: list[list[int]] = []
    for place, (head, words) in enumerate(zip(heads, said, strict=True)):
        if own[place] or not words or not only(words, head):
            continue
        between = range(runs[-1][-1] + 1, place) if runs else range(0)
        if runs and all(not own[other] and not said[other] for other in between):
            runs[-1] += [*between, place]
        else:
            runs.append([place])
    for run in runs:
        if heads[run[-1] + 1 : run[-1] + 2] == [OTHER]:
            run.append(run[-1] + 1)
    return runs


def _boxed(table: Table, names: list[str]) -> Table:
    """The table with the columns of one run as boxes; "" where no box of the row is ticked.

    What is written under Other stays as text, and gets a box of its own beside it.
    """
    columns = [table.columns[name] for name in names]
    filled = [~column.blank for column in columns]
    answered = np.logical_or.reduce(filled)
    cells: dict[str, Column] = {}
    fields = dict(table.fields)
    for name, column, full in zip(names, columns, filled, strict=True):
        label = fields[name].wording
        about = replace(fields[name], wording="", part=label, question=names[0], choice=label)
        if label == OTHER and told(column, 0) - {OTHER}:
            fields[name] = replace(about, kind="text")
            box = f"{name} {TICKED_THERE}"
        else:
            box = name
        codes = np.where(full, 2, np.where(answered, 1, 0)).astype(np.int32)
        cells[box] = replace(column, name=box, codes=codes, words=WORDS)
        fields[box] = replace(about, kind="choice")
    return replace(table, columns=table.columns | cells, fields=fields)


def _response(table: Table, places: dict[str, str]) -> dict[str, Column]:
    """What the file tells of each response; without a response type, the day of submission tells what is finished."""
    told_by = {"response": ID, "started_at": STARTED, "submitted_at": SUBMITTED}
    response = {
        word: replace(table.columns[places[head]], name=word) for word, head in told_by.items() if head in places
    }
    if STAGE in places:  # who did not finish acted last then
        response["submitted_at"] = either(response["submitted_at"], table.columns[places[STAGE]])
    if KIND in places:
        kind = table.columns[places[KIND]]
        words = tuple(FINISHED.get(word.lower(), "") for word in kind.words)
        response["finished"] = replace(kind, name="finished", words=words)
    else:
        sent = table.columns[places[SUBMITTED]]
        response["finished"] = replace(
            sent, name="finished", words=tuple("1" if word else "0" for word in sent.words)
        )
    return response
