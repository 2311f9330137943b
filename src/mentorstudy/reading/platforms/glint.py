"""Viva Glint: items headed by their wording, each followed by columns about its comment; employees' attributes."""

from dataclasses import replace

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Field, Grid, Kind, in_plan
from mentorstudy.reading.headers import distinct, headed
from mentorstudy.reading.platforms.headings import key, plain
from mentorstudy.reading.table import Table

DONE, SENT = "survey cycle completion date", "survey cycle sent date"
PERSONAL = {"first name", "last name", "email", "manager id"}
STATUS = "status"
CYCLES = {"survey cycle", "survey cycle name", "survey cycle title", "cycle", "cycle name"}
EMPLOYEES = (
    "exid", "employee id", "emp id", "employee_id", "emp_id", "employeeid", "empid", "external id", "user id",
    "unique employee id",
)  # fmt: skip
ABOUT: tuple[tuple[str, Kind], ...] = (  # the longer before those they end in
    ("_SENSITIVE_COMMENT_FLAG", "quality"),
    ("_COMMENT_SENTIMENT", "quality"),
    ("_COMMENT_TOPICS", "text"),
    ("_COMMENT", "text"),
)


def is_glint(grid: Grid) -> bool:
    """True where a survey cycle's completion has a date and an item a column about its comment."""
    if grid.named:
        return False
    heads = [cell.strip() for cell in grid.row(0)]
    return DONE in map(key, heads) and any(kind and stem in heads for stem, kind in map(_stem, heads))


def read_glint(grid: Grid, settings: File) -> Table:
    """The responses; columns that have no comment beside them are known only as far as their place tells."""
    if not is_glint(grid):
        raise DataError(
            f"{grid.file}: no Survey Cycle Completion Date, or no item with a _COMMENT column. Export the raw survey "
            'responses again, or write format = "table" for this file in plan.toml.'
        )
    heads = [plain(cell) for cell in grid.row(0)]
    names = distinct(heads)
    fields = list(zip(names, _fields(grid, heads), strict=True))
    table = headed(grid, fields, header_rows=1)
    own = {key(head): name for head, name in zip(heads, names, strict=True)}
    response = {
        word: replace(table.columns[own[head]], name=word)
        for word, head in _places(own).items()
        if not table.columns[own[head]].blank.all()
    }
    done = table.columns[own[DONE]]
    response["finished"] = replace(done, name="finished", words=tuple("1" if word else "0" for word in done.words))
    notes = list(table.notes)
    if "person" not in response:
        notes.append(
            "No column is called as an employee's id usually is. Where there is one, "
            + in_plan("columns.survey", 'person = "..."')
        )
    if not settings.time_zone:
        notes.append(
            'The file names no time zone. If the time of day matters, write time_zone = "..." in plan.toml.'
        )
    return replace(
        table,
        platform="Viva Glint",
        variant="raw survey responses",
        response=response,
        notes=tuple(notes),
    )


def _stem(head: str) -> tuple[str, Kind | None]:
    """The item a column is about and how; else the column itself."""
    for suffix, kind in ABOUT:
        if head.endswith(suffix) and head != suffix:
            return head.removesuffix(suffix), kind
    return head, None


def _places(own: dict[str, str]) -> dict[str, str]:
    """The header, as compared, of each word told of the response."""
    employee = next((head for head in EMPLOYEES if head in own), "")
    cycle = next((head for head in own if head in CYCLES), "")
    places = {"person": employee, "submitted_at": DONE, "wave": cycle}
    return {word: head for word, head in places.items() if head in own}


def _fields(grid: Grid, heads: list[str]) -> list[Field]:
    """What each column is: items come first, and what is known of the employee from the first of its own columns."""
    own = [_own(key(head)) for head in heads]
    first = next((place for place, kind in enumerate(own) if kind), len(heads))
    commented = {stem for stem, kind in map(_stem, heads) if kind}
    made = []
    for place, head in enumerate(heads):
        stem, beside = _stem(head)
        item = place < first or head in commented
        kind = beside or own[place] or ("answer" if item else "embedded")
        made.append(
            Field(
                source=grid.row(0)[place],
                place=place + 1,
                kind=kind,
                wording=stem,
                part=head.removeprefix(f"{stem}_") if beside else "",
                question=stem if beside or kind == "answer" else "",
            )
        )
    return made


def _own(head: str) -> Kind | None:
    """What one of the platform's own columns is."""
    if head in PERSONAL:
        return "personal"
    return "meta" if head in {DONE, SENT, STATUS, *CYCLES, *EMPLOYEES} else None
