"""File: where a file lies, and what it cannot say of itself."""

from typing import Any, Literal

from pydantic import Field

from mentorstudy.nouns.written import Written

Format = Literal[
    "table",
    "excel",
    "qualtrics",
    "surveymonkey",
    "googleforms",
    "msforms",
    "limesurvey",
    "redcap",
    "kobo",
    "typeform",
    "spss",
    "stata",
    "parquet",
    "glint",
]
Order = Literal["day first", "month first", "year first"]
Left = Literal[  # rows that platforms keep and studies do not
    "preview",
    "test",
    "spam",
    "duplicate",
    "retaken",  # and retakes not finished: all rows of one response
]


class File(Written):
    """One file of a plan: its path under the cohort's folder; all else may be left to the file's content."""

    path: str
    optional: bool = False  # some cohorts have none
    format: Format | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    decimal: Literal[",", "."] = "."
    date_order: Order | None = None
    short_years: bool = False  # years of two digits
    serials: Literal["1900", "1904"] | None = None  # days as a spreadsheet numbers them
    time_zone: str | None = None  # of clock times without an offset, as in "Europe/Zurich"
    wave: Literal["pattern", "column", "suffix"] | None = (
        None  # what tells it: file's name, column, ends of headers
    )
    waves: dict[str, str] = Field(default_factory=dict)  # the file's word for a wave = the plan's
    codebook: str | None = None  # beside the file: codes, or the numeric export of the same responses
    keep: list[Left] = Field(default_factory=list)


def a_bare_path_is_a_file(file: Any) -> Any:
    """A path as the table it is short for."""
    return {"path": file} if isinstance(file, str) else file
