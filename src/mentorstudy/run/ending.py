"""Ending: how the run of one cohort ended, and how that is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WITHHELD, USAGE, INTERRUPTED, OUR_FAULT = 1, 2, 7, 70
TOLD = ("outcome", "label", "tier", "state", "sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A published report with its findings, or a message and the exit code it stands for."""

    cohort: str
    exit_code: int = 0
    report: Path | None = None
    message: str = ""
    findings: Sequence[Mapping[str, Any]] = ()

    def as_json(self) -> dict[str, Any]:
        """The ending for a program that reads it."""
        return {
            "cohort": self.cohort,
            "exit_code": self.exit_code,
            "report": self.report and self.report.as_posix(),
            "message": self.message,
            "findings": [{key: finding[key] for key in TOLD} for finding in self.findings],
        }
