"""Kobo's headers: the paths of groups before a question, which are no part of its name."""

import re
from collections.abc import Sequence

SLASH = re.compile(r"(?<=\S)/(?=\S)")
FEWEST = 2  # questions by which a group of labels is known


def without_groups(headers: Sequence[str]) -> list[str]:
    """The headers without the path of their groups.

    Names hold no spaces: there each slash parts a group from what is in it. The words of a question may hold one
    too: there a group is what several headers share, up to a slash that has no space around it and is followed,
    in one of them at least, by a word that could begin a question.
    """
    if not any(" " in header for header in headers):
        return [header.rpartition("/")[2] for header in headers]
    groups = _groups(headers)
    return [
        header[max((at for at in _ends(header) if header[: at - 1] in groups), default=0) :] for header in headers
    ]


def _groups(headers: Sequence[str]) -> set[str]:
    inside: dict[str, list[str]] = {}
    for header in headers:
        for at in _ends(header):
            inside.setdefault(header[: at - 1], []).append(header[at:])
    return {
        group
        for group, rest in inside.items()
        if len(rest) >= FEWEST and not all(text[0].islower() for text in rest)
    }


def _ends(header: str) -> list[int]:
    """The places after the slashes that may end a path."""
    return [slash.end() for slash in SLASH.finditer(header)]
