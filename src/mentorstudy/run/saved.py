"""Saved: the executed notebook as a reader may have it: the user's own values, and no place on this machine."""
# mypy: allow-untyped-calls

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from papermill.translators import translate_parameters

import mentorstudy

CELL_FILE = re.compile(r"[^\s'\"]*ipykernel_\d+/\d+\.py")


def as_text(notes: NotebookNode, *, shown: Mapping[str, str], staging: Path, reports: str) -> str:
    """The notebook as JSON; `shown` are the parameters to print, `reports` is printed for the staging folder."""
    notes.metadata.pop("papermill", None)
    for cell in notes.cells:
        cell.metadata.pop("papermill", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"  # papermill draws a new one each time
            cell.source = translate_parameters("python3", "python", dict(shown), "Parameters")
        elif cell.cell_type == "code":
            cell.outputs = _without(_places(staging, reports), cell.outputs)
    return nbformat.writes(notes) + "\n"


def _places(staging: Path, reports: str) -> list[tuple[re.Pattern[str], str]]:
    """What an output may show of this machine, longest first, and what stands there instead."""
    package = Path(mentorstudy.__file__).parent
    places = {
        str(staging): reports,
        str(staging.absolute()): reports,
        str(package): package.name,
        sys.prefix: "python",
        sys.base_prefix: "python",
        str(Path.home()): "~",
        os.getcwd(): ".",
    }
    longest_first = sorted((place for place in places if len(place) > 1), key=len, reverse=True)
    # not inside a word: a picture's base64 may hold any short path by chance
    return [(re.compile(rf"(?<![\w+/=.-]){re.escape(place)}(?![\w-])"), places[place]) for place in longest_first]


def _without(places: list[tuple[re.Pattern[str], str]], value: Any) -> Any:
    """`value` with every text in it cleared of `places`."""
    if isinstance(value, dict):
        return type(value)({key: _without(places, inner) for key, inner in value.items()})
    if isinstance(value, list):
        return [_without(places, inner) for inner in value]
    if not isinstance(value, str):
        return value
    value = CELL_FILE.sub("cell", value)
    for place, instead in places:
        value = place.sub(instead, value)
    return value
