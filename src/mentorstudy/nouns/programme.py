"""Programme: what all cohorts of a study taught so far, side by side."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from mentorstudy.nouns.evidence import SCHEMA, CurvePoint, Evidence, Finding, plain_json
from mentorstudy.nouns.saving import save_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledCurve:
    """The curve of one outcome over the people of all cohorts that tell how many were followed at each time."""

    outcome: str
    label: str
    group: str  # what its people are called
    time_unit: str
    cohorts: tuple[str, ...]
    people: int
    happened: int
    points: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The evidence of every cohort under one plan, in order; `missing` says which have none, and why."""

    cohorts: tuple[Evidence, ...]
    missing: dict[str, str]
    pooled: tuple[PooledCurve, ...]

    @property
    def first(self) -> Evidence:
        """Any cohort, for what all of them share: the study, its words, its lines."""
        return self.cohorts[0]

    def of(self, outcome: str, arm: str) -> tuple[tuple[str, Finding], ...]:
        """The finding of one outcome and arm in each cohort, by the cohort's label."""
        return tuple(
            (evidence.cohort.label, finding)
            for evidence in self.cohorts
            for finding in evidence.findings
            if (finding.outcome, finding.arm) == (outcome, arm)
        )

    def save(self, path: str | Path) -> Path:
        """Write evidence.json of the programme: its cohorts by label, and what was pooled; all of it or nothing."""
        told = {
            "schema": SCHEMA,
            "study": asdict(self.first.study),
            "cohorts": [evidence.cohort.label for evidence in self.cohorts],
            "missing": self.missing,
            "pooled": [asdict(curve) for curve in self.pooled],
            "findings": [
                {"cohort": evidence.cohort.label, **asdict(finding)}
                for evidence in self.cohorts
                for finding in evidence.findings
            ],
        }
        return save_whole(Path(path), json.dumps(plain_json(told), indent=1, ensure_ascii=False) + "\n")
