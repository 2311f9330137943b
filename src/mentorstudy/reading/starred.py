"""Starred: the pattern that the names of several files fit, its star standing for the wave."""

import re
from collections.abc import Sequence
from itertools import takewhile

LAST_WORD = re.compile(r"(?:[0-9]+-)*[A-Za-z0-9]*\Z")  # a wave is a word or a date, not the end of one
FIRST_WORD = re.compile(r"\A[A-Za-z0-9]*(?:-[0-9]+)*")


def starred(names: Sequence[str]) -> str:
    """The pattern; "" where nothing but their ending is common to them, for such a pattern takes other files too."""
    start = LAST_WORD.sub("", _shared(names))
    end = FIRST_WORD.sub("", _shared([name[::-1] for name in names])[::-1])
    own = start or end.rpartition(".")[0]
    return f"{start}*{end}" if own and len(start) + len(end) < min(map(len, names)) else ""


def _shared(names: Sequence[str]) -> str:
    """The signs that all names begin with."""
    same = takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    return "".join(signs[0] for signs in same)
