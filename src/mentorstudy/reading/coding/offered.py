"""Offered: which texts were answers to choose from, and may be printed; any other may be somebody's own, or a name."""

import re
from collections.abc import Collection

from mentorstudy.reading.coding.catalogue import normalised, not_answers, points

BESIDE = re.compile(r"^[\W_]*[0-9]+[\W_]*|[\W_]*[0-9]+[\W_]*$")  # the digits of "4 - Agree" and "Agree (4)"
WITHIN_NAMES = {"da", "de", "del", "della", "den", "der", "di", "du", "la", "le", "ten", "van", "von", "y", "zu"}
TURNED = re.compile(r"[^\W\d_]+, ?[^\W\d_]+")  # lee, ann
LONGEST_NAME = 5  # words
LONGEST = 200  # signs of an answer to choose; longer texts are somebody's own


def offered(texts: Collection[str], *, declared: bool) -> set[str]:
    """Those of the texts that may be printed: the catalogue's, and where the file declares them, others.

    A file declares the names of people as it does answers: what looks like one is left out, and where half of the
    texts do, so are the rest.
    """
    short = {text for text in texts if len(text) <= LONGEST}
    words = {text for text in short if known(text)}
    others = short - words
    names = {text for text in others if like_a_name(text)}
    return words | (others - names) if declared and 2 * len(names) < len(others) else words


def known(text: str) -> bool:
    """Whether the catalogue has the text, digits beside it set aside, as an answer or as none."""
    forms = (normalised(text), normalised(BESIDE.sub("", text)))
    return any(form in points() or form in not_answers() for form in forms)


def like_a_name(text: str) -> bool:
    """Two words or more that all begin with a capital, but for those that stand within names; or an address."""
    words = BESIDE.sub("", text).replace(",", " ").split()
    own = [word for word in words if word.casefold() not in WITHIN_NAMES]
    capital = all(not word[0].islower() for word in own) and 2 <= len(words) <= LONGEST_NAME and len(own) > 1
    return capital or "@" in text or bool(TURNED.fullmatch(text.strip()))
