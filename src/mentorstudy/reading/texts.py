"""Texts: many different ones, as they lie in memory, each a Python string only when it is looked at."""

from collections.abc import Iterator, Sequence
from typing import overload

import pyarrow
from pyarrow import compute

GLANCE = 1_000  # made strings at a time: whoever looks through them mostly stops at the first


class Texts(Sequence[str]):
    """A million ids take half a second as Python strings and nobody looks at most of them; none is missing or empty."""

    def __init__(self, lying: pyarrow.Array) -> None:
        """Texts of an Arrow array without nulls and empty texts."""
        self.lying = lying

    def __len__(self) -> int:
        """How many."""
        return len(self.lying)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        """One of them, or some."""
        return tuple(self.lying[at].to_pylist()) if isinstance(at, slice) else str(self.lying[at])

    def __iter__(self) -> Iterator[str]:
        """All of them, in their order."""
        for first in range(0, len(self.lying), GLANCE):
            yield from self.lying.slice(first, GLANCE).to_pylist()

    def __contains__(self, word: object) -> bool:
        """Whether it is among them."""
        return bool(word) and isinstance(word, str) and compute.index(self.lying, word).as_py() >= 0

    def index(self, word: str, start: int = 0, stop: int | None = None) -> int:
        """Where the text stands first; ValueError where it does not."""
        found = compute.index(self.lying, word, start=start, end=stop).as_py() if word else -1
        if found < 0:
            raise ValueError("no such text")
        return int(found)
