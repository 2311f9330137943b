"""Scale and Item: an instrument, its rule and its source."""

from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.written import Written, did_you_mean, read_toml, validated


class Item(Written):
    """One question: the column's name, the wording, and whether agreement means less of the construct."""

    name: str
    text: str
    reverse: bool = False


class Scale(Written):
    """One instrument: items answered on the same `responses`, coded 1 to their number from first to last."""

    name: str
    label: str
    source: str
    licence: str
    instead_of: list[str] = Field(default_factory=list)
    score: Literal["mean", "sum"] = "mean"
    min_answered: float = Field(default=0.5, gt=0, le=1)  # share of items
    direction: Literal["higher is better", "lower is better"] = "higher is better"
    responses: list[str] = Field(min_length=2)
    items: list[Item] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_and_answers_are_distinct(self) -> Self:
        names = [item.name for item in self.items]
        if len(set(names)) < len(names):
            raise ValueError("two items have the same name; a column can be only one of them")
        if len({answer.casefold() for answer in self.responses}) < len(self.responses):
            raise ValueError("two responses have the same wording; a text could mean either")
        return self

    @cached_property
    def item_names(self) -> tuple[str, ...]:
        """The items' column names, in order."""
        return tuple(item.name for item in self.items)

    @property
    def highest(self) -> int:
        """The highest code; the lowest is 1."""
        return len(self.responses)

    @property
    def good(self) -> int:
        """+1 where a higher score is better, -1 where a lower one is."""
        return 1 if self.direction == "higher is better" else -1


def read_scale(path: str | Path) -> Scale:
    """One scale from its TOML file; PlanError tells all that is wrong in it."""
    path = Path(path)
    scale = validated(Scale, read_toml(path), path)
    if scale.name != path.stem:
        raise PlanError(f"{path}: name is {scale.name}, and the file is called {path.stem}. Call both the same.")
    return scale


def shipped_scales() -> list[Scale]:
    """The library's scales, by name."""
    with resources.as_file(resources.files("mentorstudy") / "library" / "scales") as library:
        return [read_scale(path) for path in sorted(library.glob("*.toml"))]


def find_scale(name: str, study_folder: Path, *, named_by: str = "") -> Scale:
    """The study's own scale of that name, else the library's; PlanError tells which key of the plan names it."""
    own = study_folder / "scales" / f"{name}.toml"
    if own.is_file():
        return read_scale(own)
    with resources.as_file(resources.files("mentorstudy") / "library" / "scales") as library:
        shipped = library / f"{name}.toml"
        if shipped.is_file():
            return read_scale(shipped)
        known = sorted(path.stem for folder in (library, own.parent) for path in folder.glob("*.toml"))
    key = f"{named_by}: " if named_by else ""
    raise PlanError(
        f"{study_folder / 'plan.toml'}: {key}there is no scale {name}. {did_you_mean(name, known)} "
        f"An instrument of your own is one file, {own}."
    )
