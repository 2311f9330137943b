"""Once: the columns of a codebook, of which no second place may say other answers than the first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mentorstudy.reading.coding.codebooks.described import Described


@dataclass(slots=True)
class Once:
    """Columns as they are described so far, and where each of them was first."""

    columns: dict[str, Described] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, found: Mapping[str, Described] | Iterable[tuple[str, Described]], place: str) -> dict[str, str]:
        """Keep those that are new, and tell where else the others are that say other answers here than there."""
        elsewhere: dict[str, str] = {}
        for column, described in dict(found).items():
            if self.columns.setdefault(column, described).answered != described.answered:
                elsewhere[column] = self.first[column]
            self.first.setdefault(column, place)
        return elsewhere
