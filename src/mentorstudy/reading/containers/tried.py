"""Tried: whether a library gets through a file at all, seen where its fall takes nothing with it."""

import subprocess
import sys

ENDED = (0, 1)  # as Python ends by itself, with an exception or without; a process that was ended says otherwise
LONGEST = 60  # seconds


def survived(code: str, *arguments: str) -> bool:
    """Whether Python gets through the code in a process of its own, if only by raising an exception.

    Readers written in C fall with the whole program over some damaged files, which nothing within it can catch.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", code, *arguments], capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode in ENDED
