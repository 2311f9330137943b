"""Outcome: one thing mentoring might change, as the plan writes it down."""

from typing import Literal, Self

from pydantic import Field, model_validator

from mentorstudy.nouns.written import Written

Kind = Literal["exit", "event", "scale", "item", "metric"]

NEEDS: dict[str, tuple[str, ...]] = {
    "exit": (),
    "event": (),
    "scale": ("scale", "waves"),
    "item": ("item",),
    "metric": ("column", "unit", "waves"),
}
TAKES: dict[str, set[str]] = {
    "exit": set(),
    "event": {"column", "good", "wave", "time", "happened", "time_unit", "horizon"},
    "scale": {"scale", "waves"},
    "item": {"item", "waves", "yes"},
    "metric": {"column", "unit", "waves", "per", "log", "good"},
}
SHARED = {"kind", "role", "smallest_effect", "label", "horizon_months", "adjust_for", "sample", "name"}


class Outcome(Written):
    """One row of the plan's outcomes.

    `smallest_effect` is in people as a share (exit, event), in points of the scale, in the metric's own unit, or
    for a metric on the logarithm as a share more or less: below it nobody would act. Without a comparison group
    there is none.
    """

    kind: Kind = Field(description="It says how the outcome is read: exit, event, scale, item or metric.")
    role: Literal["primary", "secondary", "negative control"] = Field(
        description="It says whether the study stands on this outcome; decide before looking."
    )
    smallest_effect: float | None = Field(default=None, gt=0)
    label: str = ""
    horizon_months: float | None = Field(default=None, gt=0)
    adjust_for: list[str] | None = None
    sample: str = "people"
    column: str = ""
    good: Literal[0, 1] = 1  # 0: not having it, or less of it, is the better end
    wave: str = ""
    time: str = ""  # how long until it happened, or until the person was last known
    happened: str = ""  # 1 where it did
    time_unit: str = "months"
    horizon: float | None = Field(default=None, gt=0)  # in `time_unit`
    scale: str = ""
    item: str = ""
    yes: list[str] = Field(default_factory=list)  # the answers that count; none: codes are averaged
    waves: list[str] = Field(default_factory=list)
    unit: str = ""
    per: str = ""  # the column of the time or work that a metric is counted over
    log: bool = False
    name: str = ""  # the table's own name, filled in by the plan

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        if lacking := [key for key in NEEDS[self.kind] if not getattr(self, key)]:
            raise ValueError(f"an outcome of kind {self.kind} needs {' and '.join(lacking)}")
        if foreign := self.model_fields_set - SHARED - TAKES[self.kind]:
            raise ValueError(f"an outcome of kind {self.kind} has no {' and no '.join(sorted(foreign))}")
        if self.kind == "scale" and len(self.waves) != 2:
            raise ValueError('waves names two: before and after, as in waves = ["T0", "T12"]')
        if self.kind == "event" and bool(self.column) == bool(self.time and self.happened):
            raise ValueError("an outcome of kind event needs column, or time and happened")
        if self.time and self.horizon is None:
            raise ValueError(
                "horizon is missing; a share of those to whom it happened means nothing without by when"
            )
        if len(set(self.waves)) < len(self.waves):
            raise ValueError("waves names one wave twice; write each once, the one before first")
        return self

    @property
    def before(self) -> str:
        """The wave before anything happened ("" where the outcome has none)."""
        return self.waves[0] if len(self.waves) > 1 else ""

    @property
    def afters(self) -> tuple[str, ...]:
        """The waves the outcome is read at (none where it stands in the records)."""
        return tuple(self.waves[1:] or self.waves) or ((self.wave,) if self.wave else ())

    @property
    def lasting(self) -> bool:
        """Whether it is told by how long it took."""
        return self.kind == "exit" or bool(self.time)

    @property
    def by_when(self) -> tuple[float | None, str]:
        """The horizon and what it is counted in."""
        return (self.horizon, self.time_unit) if self.time else (self.horizon_months, "months")

    @property
    def is_share(self) -> bool:
        """Whether it is told as people in 100."""
        return self.kind in ("exit", "event") or bool(self.yes)

    @property
    def earlier(self) -> str:
        """The outcome's own earlier value as a covariate ("" where it has none)."""
        return f"{self.scale or self.item or self.column}@{self.before}" if self.before else ""
