"""Impersonal: columns that tell who somebody is, marked, and left unread."""

from collections.abc import Collection
from dataclasses import replace

from mentorstudy.reading.coding.personal import personal
from mentorstudy.reading.table import Table

MAY_BE = {"answer", "text", "embedded", "meta", "list"}


def marked(table: Table) -> Table:
    """The table, every column that tells of a person marked as such, by its header, its question or its cells."""
    fields = dict(table.fields)
    ours = {id(column.words) for column in table.response.values()}
    for name, column in table.columns.items():
        about = fields[name]
        if about.kind in MAY_BE and id(column.words) not in ours and personal(name, about.wording, column.words):
            fields[name] = replace(about, kind="personal")
    return replace(table, fields=fields)


def impersonal(table: Table, *, ids: Collection[str]) -> Table:
    """The table without its personal columns, but for those that are `ids` and become pseudonyms."""
    kinds = {
        name: personal(name, about.wording, table.columns[name].words) or "personal data"
        for name, about in marked(table).fields.items()
        if about.kind == "personal" and name not in ids
    }
    if not kinds:
        return table
    said = f"{table.file}: columns that tell of persons were left unread: {', '.join(kinds)}."
    return replace(table.less(kinds), personal=kinds, notes=(*table.notes, said))
