"""Qualtrics' exports to SPSS, and what was made of them in Stata and parquet: variables instead of header rows."""

from dataclasses import replace

from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Grid
from mentorstudy.reading.headers import with_headers
from mentorstudy.reading.platforms.qualtrics_headers import OWN, kind_of
from mentorstudy.reading.platforms.qualtrics_rows import with_responses
from mentorstudy.reading.platforms.qualtrics_seen import with_seen
from mentorstudy.reading.table import Table


def read_named(grid: Grid, settings: File) -> Table:
    """The responses under the file's own names, labels and reasons, less the rows that are no answers."""
    table = with_headers(grid)
    names: dict[str, str] = {}
    fields = dict(table.fields)
    for name, about in table.fields.items():
        fact = OWN.get(name.casefold(), "")
        if fact:
            names.setdefault(fact, name)
        if about.kind == "answer":
            fields[name] = replace(about, kind=kind_of(name, fact=fact))
    table = replace(table, platform=grid.container, variant="exported by Qualtrics", fields=fields)
    return with_responses(with_seen(table, names), names, settings)
