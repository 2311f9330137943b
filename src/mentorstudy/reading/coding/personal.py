"""Personal: columns that tell who somebody is, by their headers and by what their cells look like."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from mentorstudy.nouns.masking import LONGEST_SHAPE, masked
from mentorstudy.reading.coding.known import known, plain_words
from mentorstudy.reading.coding.looks import HALF, WORDY, by_content, share
from mentorstudy.reading.coding.names import are_names, hold_names, is_name

SHAPES = 3  # told of a column's cells
LOOKED_AT = 1_000  # distinct cells

DIGITS = {"phone number": 5, "identity number": 5, "bank account": 5, "date of birth": 1}  # at least, of a cell
LETTERED = {"name", "profile or handle"}
LONGEST_ROLE = 5  # words: who do you report to
ENDINGS = {"in", "innen", "r", "rn", "n", "e", "a", "s"}  # Mentor/in, Vorgesetzte/r, manager's
ANSWERS = re.compile(  # a ticked box that happens to be called so
    r"-?[0-9]{1,2}|yes|no|ja|nein|nee|oui|non|si|true|false|wahr|falsch|(un)?checked|(not )?(selected|ticked)|[xyn]"
)
NUMBERED = re.compile("[tw]?[0-9]{1,2}")  # mentor_2, first_name_T0


def personal(name: str, wording: str, words: Sequence[str]) -> str:
    """What a column tells of a person, or "": by its header, its wording, and its distinct words.

    Of headers only those count that say nothing else: "Your e-mail address", never "How often do you e-mail?".
    """
    looked_at = some(words)
    of_persons = False
    for header, part in _headers(name, wording):
        kind, role = _named(header)
        if kind and (kind == "name" or not part) and _fits(kind, header, looked_at):
            return kind
        of_persons |= role and not part
    if all(len(word) <= 3 and word.isdigit() for word in looked_at):  # codes, as in most columns
        return ""
    if of_persons and are_names(looked_at):
        return "name"
    found = by_content(plain_words(f"{name} {wording}"), looked_at)
    return found or ("name" if hold_names(looked_at) else "")


def named_as_they_are(name: str, words: Sequence[str]) -> bool:
    """Whether a column's name is a person's as most of its words are, and no header of names."""
    return is_name(name) and _named(name) == ("", False) and are_names(words)


def heads_people(name: str, wording: str) -> bool:
    """Whether a header or its wording says nothing but that people or their names stand below."""
    told = [(_named(header), part) for header, part in _headers(name, wording)]
    return any(kind == "name" or (role and not part) for (kind, role), part in told)


def heads_personal(header: str) -> bool:
    """Whether a header says nothing but what is told of a person; a role alone may be an answer."""
    return bool(_named(header)[0])


def some(words: Sequence[str]) -> list[str]:
    """The filled ones of the words, evenly drawn where there are many, without the sign by which sheets mark a text."""
    step = max(1, -(-len(words) // LOOKED_AT))
    return [word.removeprefix("'") for word in words[::step] if word]


def looks_of(words: Iterable[str], *, plain: bool = False) -> str:
    """The first few different looks of the words; where `plain`, words that belong to nobody, the words."""
    looks = dict.fromkeys(word[:LONGEST_SHAPE] if plain else masked(word) for word in islice(words, LOOKED_AT))
    return ", ".join(islice(looks, SHAPES))


def _headers(name: str, wording: str) -> Iterator[tuple[str, bool]]:
    """Every text that may say what the column is, and whether it is but a part of a question."""
    whole = [name, wording, name.rpartition("/")[2]]
    code, dot, text = name.partition(". ")
    if dot:
        whole += [code, text]
    parts = [text[text.rfind("[") + 1 : -1] for text in (name, wording) if text.endswith("]")]
    parts += [text.rpartition(" - ")[2] for text in (name, wording) if " - " in text]
    for part, texts in ((False, whole), (True, parts)):
        yield from ((text, part) for text in dict.fromkeys(texts) if 0 < len(text) <= WORDY)


def _named(header: str) -> tuple[str, bool]:
    """The kind of personal data that a header names, or ""; and whether it names nothing but a person's role."""
    library = known()
    words = plain_words(header)
    while words and re.fullmatch(r"q?[0-9]+", words[0]):
        words = words[1:]
    others = _without_roles(words, library.roles)
    bare = [word for word in words if word not in library.around]
    rest = [word for word in others if word not in library.around]
    kind = next((library.kinds[key] for key in map("".join, (words, bare, rest)) if key in library.kinds), "")
    if not kind and rest and NUMBERED.fullmatch(rest[-1]):
        rest.pop()
        kind = "name" if library.kinds.get("".join(rest)) == "name" else ""  # lat_1 to lat_5 may be items
    if not kind and words and re.fullmatch("(gps|geo|location|position)?(latitude|longitude)", words[-1]):
        kind = "coordinates" if len(words) <= 3 else ""
    return kind, not rest and len(others) < len(words)


def _without_roles(words: Sequence[str], roles: frozenset[tuple[str, ...]]) -> list[str]:
    rest: list[str] = []
    at = 0
    while at < len(words):
        length = next((n for n in range(LONGEST_ROLE, 0, -1) if tuple(words[at : at + n]) in roles), 0)
        rest += words[at : at + 1] if not length else []
        at += length or 1
        while length and at < len(words) and words[at] in ENDINGS:
            at += 1
    return rest


def _fits(kind: str, header: str, words: Sequence[str]) -> bool:
    """Whether the cells may be such a thing; a column without cells is what its header says."""
    if not words or kind == "coordinates":
        return True
    own = header.casefold().strip()
    if all(ANSWERS.fullmatch(word.casefold()) or word.casefold() == own for word in words):
        return False
    if kind == "e-mail address":
        return any("@" in word for word in words)
    if kind == "IP address":
        return any("." in word or ":" in word for word in words)
    if kind in DIGITS:
        return share(words, lambda word: sum(sign.isdigit() for sign in word) >= DIGITS[kind], HALF)
    return kind not in LETTERED or share(words, lambda word: any(sign.isalpha() for sign in word), HALF)
