"""Heading: the words that head columns, and are no answers."""

import tomllib
from functools import cache
from importlib import resources

from mentorstudy.reading.coding.known import plain_words
from mentorstudy.reading.coding.personal import heads_personal

LONGEST = 5  # words of such a header; more ask something


def is_heading(text: str) -> bool:
    """Whether a text is made of nothing but words that head columns, as employee_id, Start date or E-Mail are."""
    words = [word for word in plain_words(text) if not word.isdigit()]
    if not 0 < len(words) <= LONGEST:
        return False
    return set(words) <= _words() or heads_personal(text)


@cache
def _words() -> frozenset[str]:
    file = resources.files("mentorstudy") / "library" / "headers.toml"
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    return frozenset(word for texts in written["words"].values() for text in texts for word in plain_words(text))
