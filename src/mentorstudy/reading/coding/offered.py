"""Offered: which texts were answers to choose from, and may be printed; any other may be somebody's own, or a name."""

from collections.abc import Collection

from mentorstudy.nouns.masking import BESIDE, like_a_name
from mentorstudy.reading.coding.catalogue import normalised, not_answers, points

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
