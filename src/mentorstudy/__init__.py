"""Measures what mentoring does to retention, confidence and leadership readiness.

The front door: the names a notebook uses. Each is loaded when first asked for, so that the command line answers
at once.
"""

from importlib import import_module
from typing import Any

ROOMS = {
    "read_study": "nouns.study",
    "read_cohort": "reading.cohort",
    "score": "scoring.score",
    "assemble": "assembling.assemble",
    "estimate": "estimating.estimate",
    "check": "checking.check",
    "weigh": "weighing.weigh",
    "write_report": "reporting.page",
    "read_evidence": "nouns.evidence",
    "read_scale": "nouns.scale",
    "as_frame": "nouns.results",
    "simulate": "planning.simulate",
    "inspect_files": "reading.inspect",
    "read_survey": "reading.coded",
    "examine": "run.examine",
}

__all__ = list(ROOMS)


def __getattr__(name: str) -> Any:
    """The named thing, from its room."""
    if name not in ROOMS:
        raise AttributeError(f"mentorstudy has no {name}; it has {', '.join(ROOMS)}")
    return getattr(import_module(f"mentorstudy.{ROOMS[name]}"), name)


def __dir__() -> list[str]:
    """The names behind the front door."""
    return list(ROOMS)
