"""Guard: what happens when somebody stops a run: at once while cells run, and never halfway through tidying."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Self

from mentorstudy.run.kernel import Kernel

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(KeyboardInterrupt):
    """The run was asked to stop. A KeyboardInterrupt, because event loops let only that one through."""


class Guard:
    """Turns the first request to stop into `Interrupted`: at once where that is safe, else at the next `check`."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.fired = False
        self.kernel: Kernel | None = None
        self._stoppable = False

    def __enter__(self) -> Self:
        """From here on, requests to stop come to this guard."""
        for stop in STOPS:
            signal.signal(stop, self._stop)
        return self

    def __exit__(self, *_: object) -> None:
        """From here on they come too late: all that is left is to tell how it ended."""
        for stop in STOPS:
            signal.signal(stop, signal.SIG_IGN)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        if self.fired:
            return
        self.fired = True
        if self.kernel:  # should the exception be lost in somebody's `except`, the run fails all the same
            self.kernel.kill()
        if self._stoppable:
            raise Interrupted

    def check(self) -> None:
        """Raise what was held back."""
        if self.fired:
            raise Interrupted

    @contextmanager
    def stoppable(self) -> Iterator[None]:
        """A block that a request to stop ends at once, wherever it stands; for what takes long."""
        self._stoppable = True
        try:
            self.check()
            yield
        finally:
            self._stoppable = False
