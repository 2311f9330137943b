"""Impersonal: columns that tell who somebody is, marked, and left unread."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from mentorstudy.nouns.flow import about as rounded
from mentorstudy.reading.coding.personal import LOOKED_AT, personal, some
from mentorstudy.reading.table import Table

MAY_BE = {"answer", "text", "embedded", "meta", "list"}
SHORTEST = 12  # signs of a text with a phone number in it
READ = 20_000  # signs of a text, some ten pages, that are looked at
EMAIL_WITHIN = re.compile(r"[^@\s<>(),;:]{1,64}@[^@\s<>(),;:]{1,200}\.[a-z]{2,}", re.IGNORECASE)
PHONE_WITHIN = re.compile(  # with the sign of a country, or parted as no date, moment, year or sum is
    r"(?<![\w.,/-])(\+[1-9]([ ()./-]{0,2}[0-9]){8,13}|\(?0[1-9][0-9]{1,4}\)?[ /-]{1,3}[0-9]([ /-]?[0-9]){4,9}|"
    r"0[1-9][0-9]{8,10}|0[1-9]([ .][0-9]{2}){4}|(\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[.-])[0-9]{3}[.-][0-9]{4})(?![\w/-])"
)


def marked(table: Table) -> Table:
    """The table, every column that tells of a person marked as such, by its header, its question or its cells.

    Texts that hold an address or a number among other words stay, and a note says so.
    """
    fields = dict(table.fields)
    ours = {id(column.words) for column in table.response.values()}
    notes: list[str] = []
    for name, column in table.columns.items():
        about = fields[name]
        if about.kind not in MAY_BE or id(column.words) in ours:
            continue
        if personal(name, about.wording, column.words):
            fields[name] = replace(about, kind="personal")
        elif found := contacts_within(column.words):
            notes.append(_told(table, name, found))
    return replace(table, fields=fields, notes=(*table.notes, *notes))


def impersonal(table: Table, *, ids: Collection[str]) -> Table:
    """The table without its personal columns, but for those that are `ids` and become pseudonyms."""
    table = marked(table)
    kinds = {
        name: personal(name, about.wording, table.columns[name].words) or "personal data"
        for name, about in table.fields.items()
        if about.kind == "personal" and name not in ids
    }
    if not kinds:
        return table
    said = f"{table.file}: columns that tell of persons were left unread: {', '.join(table.told(kinds))}."
    return replace(table.less(kinds), personal=kinds, notes=(*table.notes, said), untold=table.headless)


def contacts_within(words: Sequence[str]) -> set[str]:
    """Those of the texts looked at that hold an e-mail address or a phone number, each looked at as far as READ."""
    starts = {word: word[:READ] for word in some(words)}
    return {
        word
        for word, start in starts.items()
        if ("@" in start and EMAIL_WITHIN.search(start))
        or (len(start) >= SHORTEST and " " in start and PHONE_WITHIN.search(start) and any(map(str.isalpha, start)))
    }


def _told(table: Table, name: str, found: set[str]) -> str:
    column, [called] = table.columns[name], table.told([name])
    where = "some of its texts"
    if len(column.words) <= LOOKED_AT:
        rows = column.among(found | {"'" + word for word in found})  # as a sheet may mark them
        where = f"its texts in {rounded(int(rows.sum()))} rows"
    return (
        f"{table.file}: column {called} holds e-mail addresses or phone numbers within {where}; they are kept as text "
        "and never printed. Take them out or leave the column out of the plan."
    )
