"""Recognising: which tool wrote a file, by its content, and whether that may be what the plan says."""

from collections.abc import Callable

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File, Format
from mentorstudy.reading.grid import Grid
from mentorstudy.reading.platforms.glint import is_glint
from mentorstudy.reading.platforms.googleforms import is_googleforms, is_surely_googleforms
from mentorstudy.reading.platforms.kobo import is_kobo
from mentorstudy.reading.platforms.limesurvey import is_limesurvey
from mentorstudy.reading.platforms.msforms import is_msforms
from mentorstudy.reading.platforms.qualtrics import is_qualtrics, may_be_qualtrics, names_its_responses
from mentorstudy.reading.platforms.redcap import is_redcap, is_surely_redcap
from mentorstudy.reading.platforms.statistics import is_statistics
from mentorstudy.reading.platforms.surveymonkey import is_surely_surveymonkey, is_surveymonkey
from mentorstudy.reading.platforms.typeform import is_typeform

CONTAINERS: dict[str, Format] = {"spss": "spss", "stata": "stata", "parquet": "parquet"}
TOLD_BY: tuple[tuple[Format, Callable[[Grid], bool]], ...] = (  # the first that fits
    ("qualtrics", is_qualtrics),
    ("surveymonkey", is_surveymonkey),
    ("googleforms", is_googleforms),
    ("msforms", is_msforms),
    ("limesurvey", is_limesurvey),
    ("typeform", is_typeform),
    ("redcap", is_redcap),
    ("kobo", is_kobo),
    ("glint", is_glint),
)
MARKS = dict(TOLD_BY)
SURELY = MARKS | {  # where some of a tool's marks may stand in another's file as well, as a column called Timestamp
    "surveymonkey": is_surely_surveymonkey,
    "googleforms": is_surely_googleforms,
    "redcap": is_surely_redcap,
}
UNMARKED: set[Format] = {"redcap", "kobo"}  # which need no marks to be read
LOOKS: dict[Format, str] = {
    "spss": "is an SPSS file, which names its columns itself",
    "stata": "is a Stata file, which names its columns itself",
    "parquet": "is a parquet file, which names its columns itself",
    "qualtrics": "looks like an export of Qualtrics",
    "surveymonkey": "looks like an export of SurveyMonkey",
    "googleforms": "looks like an export of Google Forms",
    "msforms": "looks like an export of Microsoft Forms",
    "limesurvey": "looks like an export of LimeSurvey",
    "typeform": "looks like an export of Typeform",
    "redcap": "looks like an export of REDCap",
    "kobo": "looks like an export of Kobo",
    "glint": "looks like an export of Viva Glint",
    "table": "looks like a plain table",
}


def recognised(grid: Grid) -> Format:
    """The platform whose marks the file bears; a plain table where it bears none."""
    if is_statistics(grid):
        return CONTAINERS[grid.container]
    return next((name for name, is_one in TOLD_BY if is_one(grid)), "table")


def raise_misnamed(grid: Grid, settings: File, found: Format) -> None:
    """DataError where the file is `found` to be of one tool and cannot be of the one that the plan says.

    Read as the other's, its headers would be answers, or its tests and previews would count. What only may be another
    tool's is read as the plan says.
    """
    told = settings.format
    if told in (None, found, "table", "excel") or not _is_wrong(grid, told, found):
        return
    raise DataError(
        f'{grid.file}: the plan says format = "{told}", and it {LOOKS[found]}. Write format = "{found}" for this file '
        f'in plan.toml, or take format = "{told}" out.'
    )


def _is_wrong(grid: Grid, told: Format, found: Format) -> bool:
    if is_statistics(grid):
        return told not in CONTAINERS and not (told == "qualtrics" and may_be_qualtrics(grid))
    return found != "table" and (told in CONTAINERS or not (MARKS[told](grid) or _may_be(grid, told)))


def _may_be(grid: Grid, told: Format) -> bool:
    """Whether a file without a tool's marks may be its all the same, as the plan says: where no other's marks are sure.

    What Qualtrics calls responses and channels stands in no other's file, so that there no other's marks count.
    """
    unsure = not any(is_one(grid) for name, is_one in SURELY.items() if name != told)
    if told == "qualtrics":
        return may_be_qualtrics(grid) and (unsure or names_its_responses(grid))
    return told in UNMARKED and unsure
