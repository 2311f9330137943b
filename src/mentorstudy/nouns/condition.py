"""Condition and Exclusion: rows told by one column and one thing it must be."""

import re
from typing import Self

from pydantic import Field, model_validator

from mentorstudy.nouns.written import Written

LIKE_AN_ID = re.compile(r"(?=.*[0-9@])\S{4,}")  # or an address; words may be anything, "test" too


class Condition(Written):
    """Who is eligible: one column, and one thing it must be."""

    column: str
    is_: str | int | float | bool | None = Field(default=None, alias="is")
    in_: list[str | int | float] | None = Field(default=None, alias="in")
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        asked = self.model_fields_set - {"column"}
        if len(asked) != 1:
            raise ValueError("a condition has a column and one of is, in, at_least, at_most")
        return self

    @property
    def in_words(self) -> str:
        """The condition as the flow prints it."""
        return f"{self.column.replace('_', ' ')} {self._said()[0]}"

    @property
    def otherwise(self) -> str:
        """Why somebody does not meet it."""
        return f"{self.column.replace('_', ' ')} {self._said()[1]}, or not known"

    def _said(self) -> tuple[str, str]:
        if self.in_ is not None:
            listed = ", ".join(map(str, self.in_))
            return f"one of {listed}", f"none of {listed}"
        if self.at_least is not None:
            return f"at least {self.at_least:g}", f"below {self.at_least:g}"
        if self.at_most is not None:
            return f"at most {self.at_most:g}", f"above {self.at_most:g}"
        return f"is {self.is_}", f"is not {self.is_}"


class Place(Written):
    """The cells of one column that hold one text."""

    column: str
    is_: str = Field(alias="is")


class Exclusion(Written):
    """Rows of one file that are left out by name, so that one fault holds nobody else up; counted and printed.

    `row`, a row's number in the file, tells one of several rows that `where` fits.
    """

    file: str
    where: Place
    row: int | None = Field(default=None, ge=1)
    why: str = Field(min_length=1)

    @model_validator(mode="after")
    def _names_nobody(self) -> Self:
        cell = self.where.is_.strip()
        if LIKE_AN_ID.fullmatch(cell) and re.search(rf"(?<!\w){re.escape(cell)}(?!\w)", self.why):
            raise ValueError("why repeats the id, and is printed in every report: say it without")
        return self

    def fits(self, name: str) -> bool:
        """Whether the file of that name is meant, folders as far as written; * is any signs, all else itself."""
        wanted, parts = self.file.split("/"), name.split("/")
        return len(wanted) <= len(parts) and all(
            re.fullmatch(".*".join(map(re.escape, want.split("*"))), part, re.DOTALL)
            for want, part in zip(reversed(wanted), reversed(parts), strict=False)
        )
