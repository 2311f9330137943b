"""Plan: what a user writes in plan.toml and cohort.toml, as strict tables."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from mentorstudy.nouns.condition import Condition, Exclusion
from mentorstudy.nouns.file import File, a_bare_path_is_a_file
from mentorstudy.nouns.identity import Identity
from mentorstudy.nouns.item import Item, Labels, a_bare_column_is_an_item, a_bare_name_is_a_list
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.specification import Specification
from mentorstudy.nouns.written import Written, slug

Role = Literal["people", "matches", "meetings", "survey", "waves"]


class ArmWords(Written):
    """What sentences call one of several groups set against the comparison, and what it was given."""

    programme: str
    treated: str


class WordsTable(Written):
    """What sentences call things."""

    programme: str = "the mentoring programme"
    people: str = "employees"
    treated: str = "employees matched with a mentor"
    comparison: str = "employees without one"
    arms: dict[str, ArmWords] = Field(default_factory=dict)  # for the arms besides the treated one


Files = dict[Role, Annotated[File, BeforeValidator(a_bare_path_is_a_file)]]
Names = Annotated[list[str], BeforeValidator(a_bare_name_is_a_list), Field(min_length=1)]
Columns = dict[Role, dict[str, Names]]  # per file: the kit's word = the file's column, or what waves call it


class SampleTable(Written):
    """Rows that may be linked with one another, and with no others; `linked` = false: not even that."""

    linked: bool = True
    called: str = ""  # what sentences call its people, where not as the plan's [words] do
    files: Files = Field(min_length=1)
    columns: Columns = Field(default_factory=dict)


class Exposure(Written):
    """What sets the two groups apart, and the day from which both are followed."""

    treated: str
    comparison: str = ""  # none in a single group
    time_zero: Literal["start"] | None = None
    eligible: list[Condition] = Field(
        description="It says who could have been matched; write eligible = [] where everybody could."
    )


class Arms(Written):
    """How the file calls the groups; each but the comparison is set against it, none are pooled."""

    comparison: str
    treated: str
    others: list[str] = Field(default_factory=list)

    @property
    def named(self) -> tuple[str, ...]:
        """Every label an arm column may hold, the comparison last."""
        return (self.treated, *self.others, self.comparison)

    @model_validator(mode="after")
    def _each_is_named_once(self) -> Self:
        if len({arm.casefold() for arm in self.named}) < len(self.named):
            raise ValueError("two arms are called the same; a person is drawn into one of them")
        return self


class Assignment(Written):
    """What a rating must know of the draw."""

    documented: bool
    compromised: bool


class Waves(Written):
    """Which value of the wave column is the one before."""

    baseline: str
    follow_up: list[str] = Field(min_length=1)


class Placeholders(Written):
    """What files write where they mean nothing."""

    dates: list[str] = Field(default_factory=list)


class Thresholds(Written):
    """Where lines are drawn; each has a default that suits most studies."""

    min_group: int = Field(default=10, ge=5, le=50)
    imbalance: float = Field(default=0.10, gt=0, le=0.25)
    attrition: Literal["cautious", "optimistic"] = "cautious"
    alpha: float = Field(default=0.05, gt=0, lt=0.5)
    counts: Literal["private", "public"] = "private"


class Plan(Written):
    """plan.toml: the same for every cohort."""

    name: str
    title: str = Field(min_length=1)
    question: str = Field(min_length=1)
    design: Literal["randomised", "fixed-match", "single-group"] = Field(
        description="It decides what may be said: randomised (drawn by lot), fixed-match (matched on one day, not by "
        "lot) or single-group (nobody to set beside those who took part)."
    )
    horizon_months: float | None = Field(default=None, gt=0)
    adjust_for: list[str] = Field(default_factory=list)
    describe: list[str] = Field(default_factory=list)  # balance is shown for these, nothing is adjusted for them
    missing: Literal["indicator", "complete"] = "indicator"
    words: WordsTable = Field(default_factory=WordsTable)
    files: Files = Field(default_factory=dict)
    columns: Columns = Field(default_factory=dict)
    samples: dict[str, SampleTable] = Field(default_factory=dict)
    exit_reasons: dict[Literal["voluntary", "involuntary", "administrative"], list[str]] | None = None
    exposure: Exposure | None = None
    arms: Arms | None = None
    assignment: Assignment | None = None
    waves: Waves | None = None
    clusters: dict[str, Literal["both", "treated only"]] = Field(default_factory=dict)
    items: dict[str, Annotated[Item, BeforeValidator(a_bare_column_is_an_item)]] = Field(default_factory=dict)
    labels: dict[str, Labels] = Field(default_factory=dict)
    identity: Identity = Field(default_factory=Identity)
    placeholders: Placeholders = Field(default_factory=Placeholders)
    exclude: list[Exclusion] = Field(default_factory=list)
    outcomes: dict[str, Outcome] = Field(min_length=1)
    specifications: dict[str, Specification] = Field(default_factory=dict)
    thresholds: Thresholds = Field(default_factory=Thresholds)

    @field_validator("name")
    @classmethod
    def _name_is_a_slug(cls, name: str) -> str:
        return slug(name)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = []
        if bool(self.files) == bool(self.samples):
            faults.append("write either [files] or [samples.<name>.files], so that each outcome has its rows")
        if not any(outcome.role == "primary" for outcome in self.outcomes.values()):
            faults.append('no outcome has role = "primary"; the study must stand on at least one')
        faults += self._compared()
        if self.design == "randomised" and self.arms is None:
            faults.append("[arms] is missing; it says how the arm column calls the two groups")
        if self.design == "randomised" and self.assignment is None:
            faults.append(
                "[assignment] is missing; a draw that is not documented, or was compromised, is worth less"
            )
        for name, outcome in self.outcomes.items():
            dated = outcome.kind == "exit" or (outcome.kind == "event" and not outcome.time)
            if dated and (outcome.horizon_months or self.horizon_months) is None:
                faults.append(
                    f"outcomes.{name}: horizon_months is missing; a share kept means nothing without by when"
                )
            if outcome.smallest_effect is None and self.design != "single-group":
                faults.append(
                    f"outcomes.{name}.smallest_effect is missing. It is the smallest difference anybody would act on; "
                    "without it no result can be called small. For shares of people write 0.03 for 3 in 100"
                )
        for name, specification in self.specifications.items():
            if specification.outcome not in self.outcomes:
                faults.append(f"specifications.{name}: there is no outcome {specification.outcome}")
        others = self.arms.others if self.arms else []
        for arm in self.words.arms:
            if arm not in others:
                faults.append(f"words.arms.{arm}: [arms] names no such group among others")
        faults += [
            f"words.arms.{arm} is missing; it says what sentences call this group"
            for arm in others
            if arm not in self.words.arms
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _compared(self) -> list[str]:
        """What the design needs to be said of its groups."""
        if self.design == "single-group":
            return self._alone()
        faults = [
            f"outcomes.{name}: time and happened are read of a single group so far. Where groups are compared, use "
            'kind = "exit" with dates, or a column of 1 and 0 with horizon_months'
            for name, outcome in self.outcomes.items()
            if outcome.time
        ]
        if self.design == "randomised":
            return faults
        exposure = self.exposure
        if exposure is None:
            return [*faults, "[exposure] is missing; it says who counts as treated, and from which day"]
        if not exposure.comparison:
            faults.append("exposure.comparison is missing; it says what the others are: not matched")
        if exposure.time_zero is None:
            faults.append(
                "exposure.time_zero is missing. It is the day follow-up starts, the same for both groups; without it "
                'people count as mentored for time in which they could not have left. Write "start", and the day in '
                "cohort.toml"
            )
        return faults

    def _alone(self) -> list[str]:
        """What cannot be said of one group."""
        if self.exposure is None:
            return ["[exposure] is missing; it says what everybody took part in, and who is eligible"]
        faults = [
            f"outcomes.{name}: log tells a ratio of two groups, and there is one. Take it out"
            for name, outcome in self.outcomes.items()
            if outcome.log
        ]
        if self.exposure.comparison:
            faults.append("exposure.comparison: a single group is set beside nobody. Take the key out")
        return faults


class CohortFile(Written):
    """cohort.toml: the few facts that change."""

    intake: tuple[date, date] | None = None
    snapshot: date | None = None
    start: date | None = None
    label_in_files: Names = Field(
        default_factory=list
    )  # what a column of cohorts calls this one, where not as the folder

    @field_validator("intake", mode="before")
    @classmethod
    def _two_days(cls, days: Any) -> Any:
        if not isinstance(days, list | tuple) or len(days) != 2:
            raise ValueError(
                "write two days, the first and the last, as in [2025-09-01, 2025-09-26]; twice the same where the "
                "intake is open for one day"
            )
        return tuple(days)

    @model_validator(mode="after")
    def _days_are_in_order(self) -> Self:
        if self.intake and self.intake[1] < self.intake[0]:
            raise ValueError(f"intake ends on {self.intake[1]}, before it begins on {self.intake[0]}")
        if self.start and self.snapshot and self.snapshot <= self.start:
            raise ValueError(
                f"snapshot {self.snapshot} is not after the start on {self.start}; nobody could be followed. Set "
                "snapshot to the last day the HR data speak of"
            )
        if self.intake and self.snapshot and self.snapshot <= self.intake[1]:
            raise ValueError(
                f"snapshot {self.snapshot} lies before the intake ends on {self.intake[1]}; nobody could be "
                "followed. Set snapshot to the last day the HR data speak of"
            )
        return self
