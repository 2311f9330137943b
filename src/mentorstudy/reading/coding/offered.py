"""Offered: which texts were answers to choose from, and may be printed; any other may be somebody's own, or a name."""

from collections.abc import Collection, Mapping

from mentorstudy.nouns.masking import BESIDE, like_a_name
from mentorstudy.reading.coding.catalogue import normalised, not_answers, points
from mentorstudy.reading.coding.names import like_a_first_name, like_one_word

LONGEST = 200  # signs of an answer to choose; longer texts are somebody's own
MANY = 5  # rows of an answer that was offered; of most first names in a list there are fewer
LIST = 3  # first names, from here on


def offered(
    texts: Collection[str], *, declared: bool, rows: Mapping[str, int] | None = None, of_people: bool = False
) -> set[str]:
    """Those of the texts that may be printed: the catalogue's, and where the file declares them, others.

    A file declares the names of people as it does answers: what looks like one is left out, and where half of the
    texts do, so are the rest. Under a header `of_people` every single word may be one: a surname, a login, initials.
    Elsewhere words are that look like a given name, a login or a name in Han, where they stand in few `rows` each.
    """
    short = {text for text in texts if len(text) <= LONGEST}
    words = {text for text in short if known(text)}
    others = short - words
    if not declared or not others:
        return words
    names = {text for text in others if like_a_name(text)}
    called = {text for text in others if (like_one_word if of_people else like_a_first_name)(text)}
    if of_people or _few_share(called, rows or {}):
        names |= called
    return words | (others - names) if 2 * len(names) < len(others) else words


def _few_share(texts: Collection[str], rows: Mapping[str, int]) -> bool:
    """Whether the texts are a list of which most stand in few rows, as people do and answers seldom."""
    seldom = sum(rows.get(text, 0) < MANY for text in texts)
    return len(texts) >= LIST and 2 * seldom > len(texts)


def known(text: str) -> bool:
    """Whether the catalogue has the text, digits beside it set aside, as an answer or as none."""
    forms = (normalised(text), normalised(BESIDE.sub("", text)))
    return any(form in points() or form in not_answers() for form in forms)
