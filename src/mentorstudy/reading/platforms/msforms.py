"""Microsoft Forms: the workbook of responses, of forms and of quizzes."""

import re
from dataclasses import replace

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Field, Grid, Kind
from mentorstudy.reading.headers import distinct, headed
from mentorstudy.reading.platforms.headings import constant, key, plain, stamped, told
from mentorstudy.reading.table import Table

ID, STARTED, COMPLETED, EMAIL, NAME = range(5)  # places of the columns that every file begins with
STARTS = {
    "start time",
    "startzeit",
    "heure de début",
    "hora de inicio",
    "hora de início",
    "ora di inizio",
    "begintijd",
}
AFTER_NAME = {"last modified time"}
SCORES = {"total points", "quiz feedback"}
SCORED = re.compile(  # other languages' words for points and feedback are from memory
    "(points|punkte|punten|punti|puntos|pontos|feedback|commentaires|comentarios|comentários|commenti) [-–] "
    "(?P<question>.+)",
    re.IGNORECASE,
)
AGAIN = re.compile(r"(?P<header>.*\D)(?P<number>[2-9]|[1-9][0-9]+)")
NOBODY = {"anonymous", "anonym", "anonyme", "anónimo", "anônimo", "anonimo", "anoniem"}
SEPARATOR = ";"
CLOCK = (
    "Start time and Completion time stand on a clock that the file does not name. "
    'Write time_zone = "..." for this file in plan.toml.'
)


def is_msforms(grid: Grid) -> bool:
    """True where the columns begin with an ID, two times and an address, whatever their language."""
    if grid.named or len(grid.columns) <= NAME:
        return False
    heads = [key(cell) for cell in grid.row(0)]
    if heads[ID] != "id" or not stamped(grid, STARTED) or not stamped(grid, COMPLETED):
        return False
    said = told(grid.columns[EMAIL], 1)
    addresses = all("@" in word or word.casefold() in NOBODY for word in said)
    return heads[STARTED] in STARTS or (bool(said) and addresses)


def read_msforms(grid: Grid, settings: File) -> Table:
    """The responses; cells with several answers, which all end in a semicolon, as lists."""
    if not is_msforms(grid):
        raise DataError(
            f"{grid.file}: the columns do not begin with ID, Start time, Completion time, Email and Name. Download "
            'the workbook again under Responses, or write format = "table" for this file in plan.toml.'
        )
    heads = [plain(cell) or f"Column {place}" for place, cell in enumerate(grid.row(0), start=1)]
    names = distinct(heads)
    fields = [_field(grid, place, heads) for place in range(len(heads))]
    table = headed(grid, list(zip(names, fields, strict=True)), header_rows=1)
    nobody = {word for word in table.columns[names[EMAIL]].words if word.casefold() in NOBODY}
    notes = [] if settings.time_zone else [CLOCK]
    columns = dict(table.columns)
    if nobody:
        column = columns[names[EMAIL]]
        columns[names[EMAIL]] = _blanked(column, nobody)
        notes.append(f"{int(column.among(nobody).sum())} of {len(table.rows)} responses name nobody (anonymous).")
    columns |= {name: _unended(columns[name]) for name, about in table.fields.items() if about.kind == "list"}
    places = {"response": ID, "started_at": STARTED, "submitted_at": COMPLETED}
    response = {word: replace(columns[names[place]], name=word) for word, place in places.items()}
    response["finished"] = constant("finished", "1", len(table.rows))
    quiz = any(about.kind == "score" for about in fields)
    return replace(
        table,
        columns=columns,
        platform="Microsoft Forms",
        variant="quiz" if quiz else "form",
        response=response,
        notes=(*table.notes, *notes),
    )


def _field(grid: Grid, place: int, heads: list[str]) -> Field:
    head = heads[place]
    wording = head
    again = AGAIN.fullmatch(head)
    if again and again["header"] in heads[:place]:
        wording = again["header"]
    about = Field(source=grid.row(0)[place], place=place + 1, wording=wording)
    if kind := _kind(place, heads):
        return replace(about, kind=kind)
    about = replace(about, question=head)
    ends = [word.endswith(SEPARATOR) for word in told(grid.columns[place], 1)]
    if not any(ends):
        return about
    return replace(about, kind="list" if all(ends) else "answer", separator=SEPARATOR)


def _kind(place: int, heads: list[str]) -> Kind | None:
    """What a column is that holds no answers."""
    if place in (EMAIL, NAME):
        return "personal"
    head = heads[place]
    if place <= COMPLETED or head.casefold() in AFTER_NAME:
        return "meta"
    scored = SCORED.fullmatch(head)
    if head.casefold() in SCORES or (scored and scored["question"] in heads[:place]):
        return "score"
    return "meta" if head.casefold() == "grade posted time" else None


def _blanked(column: Column, words: set[str]) -> Column:
    return replace(column, words=tuple("" if word in words else word for word in column.words))


def _unended(column: Column) -> Column:
    return replace(column, words=tuple(word.removesuffix(SEPARATOR) for word in column.words))
