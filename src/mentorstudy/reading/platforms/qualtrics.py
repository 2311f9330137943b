"""Qualtrics: exports with one to three header rows, and rows that are no answers."""

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns import flow
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Grid
from mentorstudy.reading.platforms.qualtrics_headers import Headers, form, read_headers
from mentorstudy.reading.table import Table, headed

STATUS = {  # as text and as number
    "preview": {"Survey Preview", "1"},
    "test": {"Survey Test", "2"},
    "spam": {"Spam", "8"},
}
CHANNEL = {"preview": {"preview"}, "test": {"test"}}  # the same words in every language
ORIGIN = {"Imported": "imported", "4": "imported", "Offline Response": "offline", "16": "offline"}
ANSWERED = {
    "0",
    "IP Address",
    "IP-Adresse",
    "Adresse IP",
    "Dirección IP",
    "IP-adres",
    "Indirizzo IP",
    "Endereço IP",
}
YES = {"1", "true", "True", "TRUE", "Wahr", "Vrai", "Verdadero", "Waar", "Vero", "Verdadeiro"}
NO = {"0", "false", "False", "FALSE", "Falsch", "Faux", "Falso", "Onwaar"}
SEEN = "-99"
NUMBERS = re.compile(r"-?[0-9]+(,-?[0-9]+)*")


def is_qualtrics(grid: Grid) -> bool:
    """True where the first rows are those of one of Qualtrics' exports."""
    return not grid.named and form(grid) != ""


def read_qualtrics(grid: Grid, settings: File) -> Table:
    """The responses; previews, tests, spam, duplicates and retaken ones are left out and counted."""
    if not is_qualtrics(grid):
        raise DataError(
            f"{grid.file}: row 3 holds no Qualtrics import ids. Export it again as CSV with all three header rows, "
            'or write format = "table" for this file in plan.toml.'
        )
    headers = read_headers(grid, form(grid))
    table = headed(grid, headers.fields, header_rows=headers.rows)
    names = {word: headers.fields[place][0] for word, place in headers.told.items()}
    table = replace(
        _boxes(_seen(_lists(table, headers), names), headers),
        platform="qualtrics",
        variant=headers.variant,
        zone=headers.zone or table.zone,
        response=_response(table, names),
    )
    table = _answers(table, names, settings)
    if "status" in names:
        table = _known(table, table.columns[names["status"]])
    if not len(table.rows):
        told = ", ".join(f"{count} {reason}" for reason, count in table.dropped.items())
        left = ", ".join(f'"{reason}"' for reason in table.dropped if reason != "blank")
        raise DataError(
            f"{grid.file}: no answers, only previews and tests or other rows that are none ({told}). Export it "
            f"again, with all responses, or write keep = [{left}] for this file in plan.toml."
        )
    return table


def _answers(table: Table, names: dict[str, str], settings: File) -> Table:
    """The table less the rows that are no answers, each counted under one reason."""
    for reason in ("preview", "test", "spam", "retaken", "duplicate"):
        if reason in settings.keep:
            continue
        rows = np.zeros(len(table.rows), dtype=bool)
        for fact, words in (("status", STATUS), ("channel", CHANNEL)):
            if fact in names and reason in words:
                rows |= table.columns[names[fact]].among(words[reason])
        ids = table.response.get("response")
        if reason == "retaken" and ids and "Q_R" in table.columns:
            again = table.columns["Q_R"]
            rows |= ids.among(set(np.array(again.words, dtype=object)[np.unique(again.codes)]) - {""})
        if reason == "duplicate":
            if "Q_DuplicateRespondent" in table.columns:
                rows |= table.columns["Q_DuplicateRespondent"].among(YES)
            if ids:
                _, last = np.unique(ids.codes[::-1], return_index=True)
                later = np.ones(len(rows), dtype=bool)
                later[len(rows) - 1 - last] = False
                rows |= later & ~ids.blank
        table = table.without(rows, reason)
    return table


def _known(table: Table, status: Column) -> Table:
    """The table, with a note where the text of a status is in a language not known here: spam would be kept."""
    words = ANSWERED | ORIGIN.keys() | {word for known in STATUS.values() for word in known}
    strange = int((~status.among(words) & ~status.blank).sum())
    if not strange:
        return table
    said = (
        f"{table.file}: column {status.name} holds words not known here in {flow.about(strange)} rows; previews and "
        "tests were told by their channel, but spam and imported responses among them count as answers. Export it in "
        "English to be sure, or leave them out by [[exclude]]."
    )
    return replace(table, notes=(*table.notes, said))


def _response(table: Table, names: dict[str, str]) -> dict[str, Column]:
    """What the platform tells of each response, under the kit's words."""
    told: dict[str, Column] = {
        str(word): replace(table.columns[names[word]], name=word)
        for word in ("response", "person", "started_at", "submitted_at", "seconds", "progress")
        if word in names
    }
    if "finished" in names:
        column = table.columns[names["finished"]]
        words = tuple("1" if word in YES else "0" if word in NO else "" for word in column.words)
        told["finished"] = replace(column, name="finished", words=words)
    if "status" in names:
        column = table.columns[names["status"]]
        told["origin"] = replace(
            column, name="origin", words=tuple(ORIGIN.get(word, "real") for word in column.words)
        )
    if "language" in names:
        column = table.columns[names["language"]]
        told["language"] = replace(column, name="language", words=tuple(word.lower() for word in column.words))
    return told


def _lists(table: Table, headers: Headers) -> Table:
    """Questions with several answers in a cell: numbers, or labels that also stand alone, with commas between."""
    fields = dict(table.fields)
    for name, about in table.fields.items():
        if about.kind != "answer":
            continue
        words = _words(table.columns[name])
        joined = [re.split(r",(?=\S)", word) for word in words if re.search(r",\S", word)]
        coded = all(map(NUMBERS.fullmatch, words))
        spoken = headers.rows == 3 and all(words & set(parts) for parts in joined)
        if joined and (coded or spoken):
            fields[name] = replace(about, kind="list", separator=",")
    return replace(table, fields=fields)


def _seen(table: Table, names: dict[str, str]) -> Table:
    """-99 as seen and left, where a numeric export writes it among the codes of a question."""
    asked = [name for name, about in table.fields.items() if about.kind in ("answer", "choice", "list")]
    words = {name: _words(table.columns[name]) for name in asked}
    holding = [name for name in asked if SEEN in words[name] and all(map(NUMBERS.fullmatch, words[name]))]
    numeric = "status" in names and all(word.isdigit() for word in _words(table.columns[names["status"]]))
    if not numeric or not holding:
        return table
    rule = {SEEN: "seen_unanswered"}
    asked += [name for name, about in table.fields.items() if about.kind == "text"]
    fields = dict(table.fields) | {name: replace(table.fields[name], missing=rule) for name in asked}
    note = f"{SEEN} is read as seen and not answered; it stands among the codes of {', '.join(holding[:3])}."
    return replace(table, fields=fields, notes=(*table.notes, note))


def _boxes(table: Table, headers: Headers) -> Table:
    """Boxes as "1" ticked and "0" left; "" in rows where no box of the question is ticked."""
    groups: dict[str, list[str]] = {}
    for (name, _), group in zip(headers.fields, headers.groups, strict=True):
        if name and group:
            groups.setdefault(group, []).append(name)
    columns, fields = dict(table.columns), dict(table.fields)
    for members in groups.values():
        ticked = np.array([~columns[name].among({"", SEEN, "0"}) for name in members])
        if not all(fields[name].kind == "choice" for name in members) and not _ticks(table, members, ticked):
            continue
        known = ticked.any(axis=0) | np.array([columns[name].among({"0"}) for name in members]).any(axis=0)
        for name, on in zip(members, ticked, strict=True):
            codes = np.where(on, 1, np.where(known, 0, 2)).astype(np.int32)
            columns[name] = Column(name=name, codes=codes, words=("0", "1", ""))
            number = fields[name].choice or re.split(r"[_ ]", name)[-1]
            fields[name] = replace(fields[name], kind="choice", choice=number, missing={})
    return replace(table, columns=columns, fields=fields)


def _ticks(table: Table, members: list[str], ticked: NDArray[np.bool_]) -> bool:
    """Whether columns look like boxes: one word each, all 1 or each its own, and some left where others are ticked."""
    words = [_words(table.columns[name]) - {SEEN, "0"} for name in members]
    if len(members) < 2 or any(len(own) > 1 for own in words):
        return False
    said = [word for own in words for word in own]
    alike = set(said) == {"1"} or (len(set(said)) == len(said) > 1 and not any(map(NUMBERS.fullmatch, said)))
    return alike and bool((ticked.any(axis=0) & ~ticked.all(axis=0)).any())


def _words(column: Column) -> set[str]:
    """The distinct texts that stand in cells."""
    return {column.words[code] for code in np.unique(column.codes)} - {""}
