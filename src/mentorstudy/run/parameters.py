"""Parameters: what a notebook may be told, read from its own cell before anything runs."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mentorstudy.nouns.errors import PlanError, raise_all


def checked(notebook: Path, parameters: Mapping[str, str]) -> dict[str, str]:
    """`parameters` if the notebook has every one of them, each a text; PlanError with all faults where not.

    papermill itself only warns about a name it does not know, and runs the notebook's own values instead.
    """
    known = _names(notebook)
    has = f"it has {', '.join(known)}" if known else "it has none"
    faults = [f"{notebook.name} has no parameter {name}; {has}." for name in parameters if name not in known]
    faults += [
        f"{notebook.name}: parameter {name} is {type(value).__name__}; write it as text, in quotes."
        for name, value in parameters.items()
        if not isinstance(value, str)
    ]
    raise_all(PlanError, faults)
    return dict(parameters)


def _names(notebook: Path) -> list[str]:
    """The names that stand alone left of an = in the cells tagged `parameters`."""
    try:
        cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
        statements = [line for cell in tagged for line in ast.parse("".join(cell["source"])).body]
    except (ValueError, KeyError, SyntaxError):
        raise PlanError(f"{notebook}: not a notebook with a readable cell of parameters.") from None
    targets = [target for line in statements if isinstance(line, ast.Assign) for target in line.targets]
    return [target.id for target in targets if isinstance(target, ast.Name)]
