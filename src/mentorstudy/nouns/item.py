"""Item: where one question stands in a file; and sets of answers with their codes."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from mentorstudy.nouns.written import Written


def a_bare_name_is_a_list(names: Any) -> Any:
    """One name as the list it is short for."""
    return [names] if isinstance(names, str) else names


class Item(Written):
    """Where one question stands in a file: its column, or the columns it had while its wording changed.

    Where several answers may be given, `choices` names them (the kit's word = the answer as the file writes it), and
    `separator` parts those that stand in one cell.
    """

    column: Annotated[list[str], BeforeValidator(a_bare_name_is_a_list), Field(min_length=1)]
    choices: dict[str, str] = Field(default_factory=dict)
    separator: str = ""


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
