"""Item: where one question stands in a file; and sets of answers with their codes."""

from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from mentorstudy.nouns.written import Written


class Item(Written):
    """Where one question stands in a file: its column, or the columns it had while its wording changed.

    Where several answers may be given, `choices` names them (the kit's word = the answer as the file writes it), and
    `separator` parts those that stand in one cell.
    """

    column: list[str] = Field(min_length=1)
    choices: dict[str, str] = Field(default_factory=dict)
    separator: str = ""

    @field_validator("column", mode="before")
    @classmethod
    def _a_bare_column_is_a_list(cls, column: Any) -> Any:
        return [column] if isinstance(column, str) else column


def a_bare_column_is_an_item(item: Any) -> Any:
    """A name, or a list of them, as the table it is short for."""
    return {"column": item} if isinstance(item, str | list) else item


class Labels(Written):
    """A set of answers and their codes; without codes, texts that are no answer wherever they stand."""

    codes: dict[str, int] = Field(default_factory=dict)
    missing: dict[str, str] = Field(default_factory=dict)  # an answer that is none, and why

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if len(self.codes) == 1 or not (self.codes or self.missing):
            raise ValueError(f"codes has {len(self.codes)}; write at least 2, or only missing = {{...}}")
        return self
