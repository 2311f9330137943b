"""Specification: an analysis as somebody printed it."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from mentorstudy.nouns.written import Written


class Covariate(Written):
    """A column of a published analysis, taken as it is or on the logarithm."""

    column: str
    log: bool = False


def _a_bare_column_is_a_covariate(column: Any) -> Any:
    return {"column": column} if isinstance(column, str) else column


class Specification(Written):
    """An analysis as somebody printed it, run beside the kit's own."""

    outcome: str
    source: str = Field(min_length=1)
    rows: Literal["all waves", "follow-up"] = "follow-up"  # all waves: baseline rows kept, in no arm there
    adjust_for: list[Annotated[Covariate, BeforeValidator(_a_bare_column_is_a_covariate)]] = Field(
        default_factory=list
    )
    wave_dummies: bool = False
    interactions: bool = False
    errors: Literal["classical", "HC0", "HC1", "HC2", "HC3", "CR0", "CR1", "CR1S", "CR2"] = Field(
        description="It says which standard errors were printed: classical, HC0 to HC3, CR0, CR1, CR1S or CR2."
    )
    cluster: str = ""
    each_wave: bool = False

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.errors.startswith("CR") != bool(self.cluster):
            raise ValueError(
                f'errors = "{self.errors}" and cluster go together: CR needs one, the others have none'
            )
        if self.each_wave and (self.wave_dummies or self.rows == "all waves"):
            raise ValueError(
                "each_wave looks at one wave at a time, so it has no wave dummies and no baseline rows"
            )
        return self
