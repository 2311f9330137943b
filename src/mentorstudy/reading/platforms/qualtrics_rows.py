"""Rows of Qualtrics' exports: what the platform tells of each response, and rows that are no answers.

The same for the headers of CSV and for the variables of SPSS, Stata and parquet: `names` are the columns that hold
the platform's facts, by the kit's word for each.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns import flow
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File, Left
from mentorstudy.reading.grid import Column
from mentorstudy.reading.platforms.same_response import once
from mentorstudy.reading.table import Table

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
RETAKES, DUPLICATE = "Q_R", "Q_DuplicateRespondent"
OFFSET = re.compile(r".*:.*(Z|[-+][0-9]{2}:?[0-9]{2})")


def with_responses(table: Table, names: Mapping[str, str], settings: File) -> Table:
    """The table with what Qualtrics tells of each response, less the rows that are no answers, which are counted.

    Raises DataError where no row is left.
    """
    table = _answers(replace(table, response=_response(table, names)), names, settings)
    if not len(table.rows):
        told = ", ".join(f"{count} {reason}" for reason, count in table.dropped.items())
        left = ", ".join(f'"{reason}"' for reason in table.dropped if reason in get_args(Left))
        raise DataError(
            f"{table.file}: no answers, only previews and tests or other rows that are none ({told}). Export it "
            f"again, with all responses, or write keep = [{left}] for this file in plan.toml."
        )
    notes = [*_strange(table, names), *_clock(table, names, settings)]
    return replace(table, notes=(*table.notes, *notes))


def _response(table: Table, names: Mapping[str, str]) -> dict[str, Column]:
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


def _answers(table: Table, names: Mapping[str, str], settings: File) -> Table:
    """The table less the rows that are no answers, each counted under one reason."""
    for reason, words in STATUS.items():
        if reason not in settings.keep:
            rows = _among(table, names.get("status", ""), words)
            rows |= _among(table, names.get("channel", ""), CHANNEL.get(reason, set()))
            table = table.without(rows, reason)
    table = once(table, settings)
    gone = np.zeros(len(table.rows), dtype=bool)
    for reason, rows in _again(table, settings).items():
        table = table.without(rows[~gone], reason)
        gone |= rows
    return table


def _among(table: Table, name: str, words: set[str]) -> NDArray[np.bool_]:
    return table.columns[name].among(words) if name in table.columns else np.zeros(len(table.rows), dtype=bool)


def _again(table: Table, settings: File) -> dict[str, NDArray[np.bool_]]:
    """The rows that give way to another answer of the same person, by reason; no row under two.

    Of a response and its retakes one stays: the last that is finished and no duplicate. Where there is none, it is
    the first that is no duplicate. A retake whose original is not among the rows is no duplicate of anything here.
    """
    older, orphans = _retakes(table)
    duplicate = _among(table, DUPLICATE, YES)
    duplicate[orphans] = False
    if "duplicate" in settings.keep:
        duplicate[:] = False
    retaken, unfinished = np.zeros_like(duplicate), np.zeros_like(duplicate)
    finished = _finished(table)
    for chain in _chains(older) if "retaken" not in settings.keep else []:
        standing = [row for row in chain if not duplicate[row]]
        done = [place for place, row in enumerate(standing) if finished[row]]
        stays = done[-1] if done else 0
        retaken[standing[:stays]] = True
        unfinished[standing[stays + 1 :]] = True
    return {"retaken": retaken, "retake not finished": unfinished, "duplicate": duplicate}


def _retakes(table: Table) -> tuple[dict[int, int], list[int]]:
    """Each retake with the row that it was to replace, and the retakes whose original is not here."""
    ids, again = table.response.get("response"), table.columns.get(RETAKES)
    if ids is None or again is None:
        return {}, []
    wanted = {row: again.words[again.codes[row]] for row in np.flatnonzero(~again.blank).tolist()}
    here = {ids.words[ids.codes[row]]: row for row in np.flatnonzero(ids.among(set(wanted.values()))).tolist()}
    older = {row: here[one] for row, one in wanted.items() if one in here and here[one] != row}
    return older, [row for row, one in wanted.items() if one not in here]


def _chains(older: Mapping[int, int]) -> list[list[int]]:
    """The rows of each response with all its retakes, from the first to the last."""
    found: dict[int, list[tuple[int, int]]] = {}
    for row in sorted({*older, *older.values()}):
        back = [row]
        while older.get(back[-1], row) not in back:  # which also ends where damaged ids point in a circle
            back.append(older[back[-1]])
        found.setdefault(back[-1], []).append((len(back), row))
    return [[row for _, row in sorted(members)] for members in found.values()]


def _finished(table: Table) -> NDArray[np.bool_]:
    """False where the file tells that a response was not finished, in words or by its progress."""
    progress, finished = table.response.get("progress"), table.response.get("finished")
    short = progress.numbers() < 100 if progress else np.zeros(len(table.rows), dtype=bool)
    return finished.among({"1"}) | (finished.blank & ~short) if finished else ~short


def _strange(table: Table, names: Mapping[str, str]) -> list[str]:
    """A note where the text of a status is in a language not known here: spam would be kept."""
    if "status" not in names:
        return []
    status = table.columns[names["status"]]
    words = ANSWERED | ORIGIN.keys() | {word for known in STATUS.values() for word in known}
    strange = int((~status.among(words) & ~status.blank).sum())
    if not strange:
        return []
    return [
        f"{table.file}: column {status.name} holds words not known here in {flow.about(strange)} rows; previews and "
        "tests were told by their channel, but spam and imported responses among them count as answers. Export it in "
        "English to be sure, or leave them out by [[exclude]]."
    ]


def _clock(table: Table, names: Mapping[str, str], settings: File) -> list[str]:
    """A note where times stand on a clock that neither the file nor the plan names."""
    times = [names[word] for word in ("started_at", "submitted_at") if word in names]
    local = [
        name for name in times if not all(OFFSET.fullmatch(word) for word in table.columns[name].words if word)
    ]
    if not local or table.zone or settings.time_zone:
        return []
    stand = "stand" if len(local) > 1 else "stands"
    return [
        f"{' and '.join(local)} {stand} on a clock that the file does not name. Write "
        'time_zone = "..." for this file in plan.toml.'
    ]
