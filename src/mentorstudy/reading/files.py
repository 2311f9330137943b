"""Files: one file, from its path to a table of named columns, whatever tool wrote it."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from mentorstudy.nouns.cleaning import spelled
from mentorstudy.nouns.condition import Exclusion
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File, Format
from mentorstudy.nouns.identity import Identity
from mentorstudy.reading.codebook import described, is_codebook
from mentorstudy.reading.containers.guard import guarded
from mentorstudy.reading.containers.memory import within
from mentorstudy.reading.containers.opening import ZIP, open_grid
from mentorstudy.reading.excluding import without
from mentorstudy.reading.grid import AS_THEY_ARE, Column, Field, Grid
from mentorstudy.reading.impersonal import impersonal
from mentorstudy.reading.numerals import told_as_decimals
from mentorstudy.reading.numeric import learnt_from
from mentorstudy.reading.platforms.glint import read_glint
from mentorstudy.reading.platforms.googleforms import read_googleforms
from mentorstudy.reading.platforms.kobo import read_kobo
from mentorstudy.reading.platforms.limesurvey import read_limesurvey
from mentorstudy.reading.platforms.msforms import read_msforms
from mentorstudy.reading.platforms.plain import read_table
from mentorstudy.reading.platforms.qualtrics import read_qualtrics
from mentorstudy.reading.platforms.redcap import read_redcap
from mentorstudy.reading.platforms.statistics import is_statistics, read_statistics
from mentorstudy.reading.platforms.surveymonkey import read_surveymonkey
from mentorstudy.reading.platforms.typeform import read_typeform
from mentorstudy.reading.recognising import CONTAINERS, LOOKS, raise_misnamed, recognised
from mentorstudy.reading.table import Table
from mentorstudy.reading.unseen import unseen
from mentorstudy.reading.wavewords import as_the_plan_has_them

COMMA_NUMBER = re.compile(r"[-+]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?")

WRITTEN = {"csv", "page"}  # containers whose numbers are texts

Reader = Callable[[Grid, File], Table]

READERS: dict[Format, Reader] = {
    "qualtrics": read_qualtrics,
    "surveymonkey": read_surveymonkey,
    "googleforms": read_googleforms,
    "msforms": read_msforms,
    "limesurvey": read_limesurvey,
    "typeform": read_typeform,
    "glint": read_glint,
    "redcap": read_redcap,
    "kobo": read_kobo,
    "spss": read_statistics,
    "stata": read_statistics,
    "parquet": read_statistics,
    "table": read_table,
    "excel": read_table,
}


def read_file(
    path: Path,
    label: str,
    settings: File,
    *,
    exclude: Iterable[Exclusion] = (),
    written: Identity = AS_THEY_ARE,
    ids: Collection[str] = (),
) -> Table:
    """The records of one file; `label` is what messages call it.

    The platform is recognised by content unless `settings` names it; rows that the plan leaves out by name, ids
    compared as `written`, are counted under their reason. Columns that tell who somebody is are left unread,
    but for `ids`.
    """
    with within(label):
        return _read_file(path, label, settings, exclude=exclude, written=written, ids=ids)


def _read_file(
    path: Path, label: str, settings: File, *, exclude: Iterable[Exclusion], written: Identity, ids: Collection[str]
) -> Table:
    grid = open_grid(path, label, settings)
    named = [one for one in exclude if one.fits(label)]
    table = without(grid, settings, named, written=written, told_as=told_as) if named else told_as(grid, settings)
    if settings.codebook:
        table = _with_codebook(
            table, there(path.parent, settings.codebook), settings, home=path.absolute().parent.parent
        )
    if settings.decimal == ",":
        table = with_points(table)
    table = replace(impersonal(noticed(grid, table), ids=ids), written=grid.container in WRITTEN)
    notes = (note if note.startswith(table.file) else f"{table.file}: {note}" for note in table.notes)
    return replace(table, notes=tuple(notes))


def noticed(grid: Grid, table: Table) -> Table:
    """The table with notes on its cells and names as they stood in the file."""
    return replace(table, notes=(*table.notes, *unseen(grid, table), *table.nearly_same()))


def told_as(grid: Grid, settings: File) -> Table:
    """The grid read as what it is, or as what `settings` says it is, if it can be."""
    found = recognised(grid)
    raise_misnamed(grid, settings, found)
    plain = settings.format in CONTAINERS and not is_statistics(grid)
    table = (read_table if plain else READERS[settings.format or found])(grid, settings)
    named = table.platform == found and settings.format not in CONTAINERS  # a platform's own, for that program
    as_it_stands = settings.format in ("table", "excel")
    if (
        settings.format not in (None, found)
        and not named
        and not (as_it_stands and found in {"table", *CONTAINERS})
    ):
        said = f'{grid.file}: the plan says format = "{settings.format}", and it {LOOKS[found]}.'
        said += " Rows that tool adds, of headers or of tests, count as answers." if as_it_stands else ""
        table = replace(table, notes=(*table.notes, said))
    return table


def there(folder: Path, name: str) -> Path:
    """The file of that name, in whichever spelling the disk has it."""
    paths = [folder / one for one in spelled(name)]
    return next((path for path in paths if path.exists()), paths[0])


def _with_codebook(table: Table, path: Path, settings: File, *, home: Path) -> Table:
    """The table as a codebook describes it, or as the numeric export of the same responses tells."""
    if not path.is_file() or not path.resolve().is_relative_to(home.resolve()):
        raise DataError(
            f"{table.file}: there is no codebook {settings.codebook} in its folder or the one above. Put it there, or "
            "name the right one."
        )
    if not is_codebook(path):
        grid = open_grid(path, path.name, File(path=path.name))
        if recognised(grid) != "table":
            numeric = told_as(grid, File(path=path.name, keep=settings.keep))
            return learnt_from(table, numeric)
    raw = path.read_bytes()
    if raw.startswith(ZIP):
        guarded(raw, path.name)
    return described(table, raw, path.name)


def with_points(table: Table) -> Table:
    """The table, numbers with a decimal comma written with a point and without those between thousands.

    Only in columns that hold nothing else.
    """
    columns = dict(table.columns)
    notes = () if table.headless else told_as_decimals(columns.values())
    for name, column in columns.items():
        grouped = any("," in word or "." in word for word in column.words)
        if grouped and all(COMMA_NUMBER.fullmatch(word) for word in column.words if word):
            words = tuple(word.replace(".", "").replace(",", ".") for word in column.words)
            columns[name] = replace(column, words=words)
    return replace(table, columns=columns, notes=(*table.notes, *notes))


def with_response(
    table: Table, mapping: Mapping[str, str], waves: Mapping[str, str], known: Collection[str]
) -> Table:
    """The table with the platform's own person and wave as columns, where the plan maps neither to another.

    Words for a wave become the plan's, where `waves` or the waves `known` have them.
    """
    own: dict[str, Column] = {
        word: replace(table.response[word], name=word)
        for word in ("person", "wave")
        if word in table.response and word not in mapping and word not in table.columns
    }
    if (waves or known) and (name := mapping.get("wave", "wave")) in (columns := table.columns | own):
        own[name] = replace(columns[name], words=as_the_plan_has_them(columns[name].words, waves, known))
    fields: dict[str, Field] = {word: Field(source=word, place=0, kind="meta") for word in own}
    return replace(table, columns=table.columns | own, fields={**table.fields, **fields})
