"""Progress: named steps on standard error, one line each."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

WIDTH = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Says what is going on; a quiet one says nothing but faults."""

    quiet: bool = False

    def say(self, text: str) -> None:
        """One line, unless quiet."""
        if not self.quiet:
            print(text, file=sys.stderr, flush=True)

    @contextmanager
    def step(self, number: int, of: int, name: str) -> Iterator[None]:
        """A line for the step that runs in this block: at a terminal when it begins, completed when it ends."""
        began, told = time.monotonic(), f" [{number}/{of}] {name:<{WIDTH}}"
        live = not self.quiet and sys.stderr.isatty()
        if live:
            print(told, end="", file=sys.stderr, flush=True)
        try:
            yield
        except BaseException:
            if live:
                print(file=sys.stderr)
            raise
        self.say(f"\r{told}" * live + told * (not live) + f"{time.monotonic() - began:6.1f} s")
