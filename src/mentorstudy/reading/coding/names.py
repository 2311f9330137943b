"""Names: texts that are names of persons, told by how they look and by the given names within them."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from mentorstudy.nouns.masking import BESIDE
from mentorstudy.reading.coding.catalogue import normalised, not_answers, points
from mentorstudy.reading.coding.known import known, plain_words
from mentorstudy.reading.coding.looks import ENOUGH, HALF, MOST, share

DRAWN = 200  # cells that tell of all
FEW = 5  # first names alone, from here on; fewer may be products or rooms
MANY = 20  # texts; of so many a third with a given name is enough, which no list of firms or books has
THIRD = 1 / 3
LONGEST = 100  # signs of a name, or of several
MOST_PARTS = 4
FIRST_NAME = re.compile(r"[^\W\d_]{2,}([-'’][^\W\d_]+)?")
ONE_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
LOGIN = re.compile(r"[a-z]+[._][a-z]+[0-9]*|[a-z]{3,}[0-9]{1,3}")
IN_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
GLANCE = re.compile(r"(?:[0-9]{3,}[\s:–-]+)?[^\W\d_][^\d_]{2}")  # how a name may begin
SEVERAL = re.compile(r"\s*[;|/&\n]\s*|\s+(?:and|und|et|en)\s+")
ASIDE = re.compile(r"^[0-9]{3,}[\s:–-]+|\s*[(\[][^()\[\]]*[)\]]$|[\s,:#–-]+[0-9]{3,}$")  # an id, a place of work


def are_names(words: Sequence[str]) -> bool:
    """Whether most of the texts look like full names, as those below the header of a role may."""
    told = [word for word in words if normalised(word) not in not_answers()]
    return share(told, lambda word: all(is_name(one) for one in SEVERAL.split(word)), MOST)


def hold_names(words: Sequence[str]) -> bool:
    """Whether most of the texts look like names and many of them hold a given name that is known.

    Three full names with one are enough; first names alone must be five, and most of the texts.
    """
    drawn = words[:: 1 + len(words) // DRAWN]
    if not share(drawn, _may_be_named, THIRD):
        return False
    likely = {word for word in drawn if _may_be_named(word)}
    if len(likely) < FEW and sum(" " in word for word in likely) < ENOUGH:
        return False
    full = {word for word in likely if _is_full(word)}
    called = {word for word in full if _is_called(word)}
    first = {word for word in likely - full if all(map(_is_given, SEVERAL.split(word)))}
    if len(called) < ENOUGH and len(called) + len(first) < FEW:
        return False
    told = [word for word in drawn if normalised(word) not in not_answers()]
    given = called | first
    least = THIRD if len(told) >= MANY else HALF
    return share(told, (full | first).__contains__, MOST) and share(told, given.__contains__, least)


def is_name(word: str) -> bool:
    """Whether a text looks like a person's full name: two to four words in capitals, and none of a unit or a job."""
    return _looks_full(word) and normalised(ASIDE.sub("", word)) not in points()


def like_a_first_name(text: str) -> bool:
    """One word that begins with a capital, or a login or a name in Han; none of a unit, a job or an answer.

    Digits beside it are set aside.
    """
    bare = BESIDE.sub("", text)
    one = FIRST_NAME.fullmatch(bare) is not None and bare[0].isupper() and not bare.isupper()
    return (one or LOGIN.fullmatch(text) is not None or IN_HAN.fullmatch(bare) is not None) and like_one_word(text)


def like_one_word(text: str) -> bool:
    """One word in any letters, dots and strokes within it, digits beside it set aside; no unit, job or answer."""
    bare = BESIDE.sub("", text)
    return ONE_WORD.fullmatch(bare) is not None and known().not_names.isdisjoint(plain_words(bare))


def _may_be_named(word: str) -> bool:
    """Whether a text may be a name or several, at a glance."""
    if len(word) > LONGEST or not GLANCE.match(word):
        return False
    apart = word.split()
    if 2 * sum(part[0].islower() for part in apart) > len(apart):
        return False
    return all(_looks_full(one) or _looks_first(one) for one in SEVERAL.split(word))


def _is_full(word: str) -> bool:
    return all(map(_looks_full, SEVERAL.split(word))) and _things().isdisjoint(_pieces(word))


def _is_called(word: str) -> bool:
    """Whether a full name begins with a title of persons or holds a given name that is known."""
    first = word.partition(" ")[0]
    return _is_title(first) or not _given().isdisjoint(_pieces(ASIDE.sub("", word)))


def _is_given(word: str) -> bool:
    """Whether a single word is a given name that is known."""
    bare = ASIDE.sub("", word)
    return _looks_first(bare) and not _given().isdisjoint(_pieces(bare))


def _looks_first(word: str) -> bool:
    bare = ASIDE.sub("", word)
    one = bare[:1].isupper() and len(bare) > 2 and FIRST_NAME.fullmatch(bare) is not None
    return one and known().not_names.isdisjoint(plain_words(bare))


def _looks_full(word: str) -> bool:
    """Whether a text has the parts of a full name or follows a title; or is three such texts or more, with commas."""
    library = known()
    text = ASIDE.sub("", word if word.isascii() else unicodedata.normalize("NFC", word))
    if "," in text:
        commas = [one for one in text.split(",") if not library.beside.issuperset(map(_bare, one.split()))]
        if len(commas) > 2:
            return all(map(_looks_full, commas))
        text = " ".join(commas)
    written = [part for part in text.split() if part not in library.particles]
    if not all(_is_part_of_name(part) or _bare(part) in library.beside for part in written):
        return False
    parts = [part for part in written if _bare(part) not in library.beside]
    return (
        len(parts) >= (1 if parts and _is_title(written[0]) else 2)
        and len([part for part in parts if part.casefold() not in library.particles]) <= MOST_PARTS
        and any(len(part.rstrip(".")) > 2 for part in parts)
        and library.not_names.isdisjoint(map(_bare, parts))
    )


def _is_title(part: str) -> bool:
    return _bare(part) in known().titles and not part.isupper()  # MS Word


def _is_part_of_name(part: str) -> bool:
    bare = part.removeprefix("d'").removeprefix("d’")
    return bare[:1].isupper() and all(sign.isalpha() or sign in "'’.-" for sign in bare)


def _bare(part: str) -> str:
    return "".join(plain_words(part))


def _pieces(text: str) -> Iterator[str]:
    """The words of a text, those with a hyphen whole and in parts."""
    for part in text.split():
        pieces = plain_words(part)
        yield from pieces
        yield "".join(pieces)


def _given() -> frozenset[str]:
    return _library()["names"]


def _things() -> frozenset[str]:
    return _library()["things"]


@cache
def _library() -> dict[str, frozenset[str]]:
    """The given names and the words of things, read where cells look like names, and once."""
    file = resources.files("mentorstudy") / "library" / "first_names.toml"
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    return {part: frozenset(" ".join(written[part].values()).split()) for part in ("names", "things")}
