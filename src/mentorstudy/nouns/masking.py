"""Masking: how a cell is told that may be somebody's name or own words."""

import re

LONGEST_SHAPE = 24  # signs
LONGEST_NAME = 5  # words
LONGEST_WORD = 30  # signs of a code or a label; longer texts are somebody's own
MOST_WORDS = 3  # of a code or a label
BESIDE = re.compile(r"^[\W_]*[0-9]+[\W_]*|[\W_]*[0-9]+[\W_]*$")  # the digits of "4 - Agree" and "Agree (4)"
WITHIN_NAMES = {"da", "de", "del", "della", "den", "der", "di", "du", "la", "le", "ten", "van", "von", "y", "zu"}
TURNED = re.compile(r"[^\W\d_]+, ?[^\W\d_]+")  # lee, ann


def masked(word: str) -> str:
    """How a text looks, 9 for a digit and a for a letter: what may be told of a cell."""
    return "".join("9" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in word[:LONGEST_SHAPE])


def like_a_name(text: str) -> bool:
    """Two words or more that all begin with a capital, but for those that stand within names; or an address."""
    words = BESIDE.sub("", text).replace(",", " ").split()
    words = [word for word in words if any(map(str.isalpha, word))]
    own = [word for word in words if word.casefold() not in WITHIN_NAMES]
    capital = all(not word[0].islower() for word in own) and 2 <= len(words) <= LONGEST_NAME and len(own) > 1
    return capital or "@" in text or bool(TURNED.fullmatch(text.strip()))


def may_be_own(text: str) -> bool:
    """Whether a text may be somebody's name or own words: longer than codes and labels are, or like a name."""
    return len(text) > LONGEST_WORD or len(text.split()) > MOST_WORDS or like_a_name(text)
