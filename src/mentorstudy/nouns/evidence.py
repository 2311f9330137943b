"""Evidence: what a cohort taught. From here on there are no people."""

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.estimate import Check, Estimate
from mentorstudy.nouns.flow import Step
from mentorstudy.nouns.overclaim import Tier
from mentorstudy.nouns.saving import save_whole
from mentorstudy.nouns.wording import Wording

SCHEMA = 1

Arm = Literal["mentored", "unmentored"]
State = Literal["better", "some", "unclear", "little", "worse", "described", "hidden", "not estimable"]

ARMS: tuple[Arm, Arm] = ("mentored", "unmentored")


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFacts:
    """Which study this is, and the digest of the plan it followed."""

    name: str
    title: str
    question: str
    design: str
    plan_sha256: str
    locked_on: str | None = None
    deviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortFacts:
    """Which cohort, and its dates (ISO days; None in a study without dates)."""

    label: str
    intake: tuple[str, str] | None
    start: str | None
    snapshot: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What sentences call things."""

    programme: str
    people: str
    treated: str
    comparison: str
    arms: dict[str, str] = field(default_factory=dict)  # each arm set against the comparison: what it is called
    samples: dict[str, str] = field(default_factory=dict)  # those that call their people otherwise

    def of(self, arm: str) -> str:
        """What sentences call one group; the treated one where the study has no other."""
        return self.arms.get(arm, self.treated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How well one scale measured in one group (mentored, unmentored, or the label of another arm) at one wave."""

    scale: str
    label: str
    wave: str
    group: str
    n: int | None
    items: int
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    omega: float | None
    ceiling: float | None  # share of people at the top of the scale
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimand:
    """What is estimated: for whom, which two courses of action, by when; and the same in one sentence."""

    population: str
    contrast: str
    horizon_months: float | None
    in_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """Share of an arm still employed `at` months after time zero."""

    arm: Arm
    at: float
    share: float
    low: float
    high: float
    at_risk: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attrition:
    """How many of an arm began and how many were seen at one wave."""

    wave: str
    arm: Arm
    began: int | None
    seen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How many of an arm were asked at one wave whether they still met their mentor, and the share who did."""

    sample: str
    arm: str
    wave: str
    asked: int | None
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One outcome of one arm: its number, the numbers beside it, the doubt, the tier, and what may be said.

    `people_needed` is how many people a group would need for the range to be as narrow as the smallest
    effect that matters; None where there is no number.
    """

    outcome: str
    arm: str  # the group set against the comparison
    label: str
    kind: str
    role: str
    sample: str
    unit: str
    smallest_effect: float | None  # None in a single group
    estimand: Estimand
    primary: Estimate | None  # None where hidden or not estimable
    others: tuple[Estimate, ...]
    checks: tuple[Check, ...]
    curve: tuple[CurvePoint, ...]
    attrition: tuple[Attrition, ...]
    tier: Tier
    reasons: tuple[str, ...]
    state: State
    sentence: str
    people_needed: int | None = None
    time_unit: str = "months"  # what the curve's times are counted in


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Standardised difference of one covariate before anything happened: raw, and as the weights leave it."""

    sample: str
    covariate: str
    before: float | None
    after: float | None
    arm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """What was hidden: where, by which rule, how many cells; never the values."""

    where: str
    rule: str
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One input file and the fate of its rows; None is a count too small to show."""

    file: str
    sha256: str
    rows: int | None
    kept: int | None
    dropped: dict[str, int | None]
    merged: int | None = 0  # rows that became part of another
    read_as: str = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the numbers come from."""

    inputs: tuple[InputFile, ...]
    seed: int | None
    package: str
    python: str
    packages: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything the report says about one cohort, and nothing about any person."""

    study: StudyFacts
    cohort: CohortFacts
    words: Words
    flow: tuple[Step, ...]
    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    balance: tuple[Balance, ...]
    suppressed: tuple[Suppressed, ...]
    provenance: Provenance
    thresholds: dict[str, float | str]
    contact: tuple[Contact, ...] = ()
    wordings: tuple[Wording, ...] = ()
    waves: dict[str, float] = field(default_factory=dict)  # months since the start, where the files tell
    practices: tuple[str, ...] = ()
    mentors: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def compares(self) -> bool:
        """Whether there is a group to set the others against."""
        return self.study.design != "single-group"

    def title_of(self, finding: Finding) -> str:
        """The outcome's label; with its group where several are set against the comparison."""
        several = len({other.arm for other in self.findings}) > 1
        return f"{finding.label}: {self.words.of(finding.arm)}" if several else finding.label

    def wave(self, name: str) -> str:
        """A wave as a reader knows it: with its month where the files tell."""
        return f"wave {name} (month {self.waves[name]:g})" if name in self.waves else name

    def save(self, path: str | Path) -> Path:
        """Write evidence.json, all of it or nothing: into a neighbour first, then in place by one rename."""
        text = json.dumps(plain_json({"schema": SCHEMA, **asdict(self)}), indent=1, ensure_ascii=False)
        return save_whole(Path(path), text + "\n")

    def __repr__(self) -> str:
        """The findings, one a line; the whole of it is in evidence.json."""
        lines = [f"Evidence: {self.study.title}, cohort {self.cohort.label}"]
        lines += [f"  {f.label}: {f.tier}. {f.sentence}" for f in self.findings]
        return "\n".join(lines)


def read_evidence(path: str | Path) -> Evidence:
    """Read evidence.json back into the noun it was saved from; DataError where it is not one."""
    path = Path(path)
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw.pop("schema", None) != SCHEMA:
            raise DataError(f"{path.name}: not evidence of schema {SCHEMA}. Run the cohort again.")
        return TypeAdapter(Evidence).validate_python(raw)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, ValidationError, AttributeError) as error:
        raise DataError(f"{path.name}: not readable as evidence. Run the cohort again.") from error


def plain_json(value: Any) -> Any:
    """JSON knows no infinity and no not-a-number: both become null."""
    if isinstance(value, dict):
        return {key: plain_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain_json(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
