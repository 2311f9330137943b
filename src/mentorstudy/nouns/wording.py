"""Wording: one question as one file put it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words in which an item was asked in one file of a cohort."""

    sample: str
    item: str
    wave: str  # "" where the file speaks of no one wave
    asked: str
