"""Personal: columns that tell who somebody is, by their headers and by what their cells look like."""

import ipaddress
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice

from mentorstudy.nouns.masking import BESIDE, LONGEST_SHAPE, masked
from mentorstudy.reading.coding.catalogue import normalised, not_answers, points

SHAPES = 3  # told of a column's cells
LOOKED_AT = 1_000  # distinct cells
NEARLY_ALL = 0.8  # of the cells looked at; the rest are "none", "-" and slips
MOST = 0.6  # of them, where the header or the wealth of the pattern speaks too
HALF = 0.5
ENOUGH = 3  # different phone numbers or streets, to be told from one odd code
WRITTEN_OUT = 0.1  # share of phone numbers with + or spaces that vouches for those without
WORDY = 100  # signs; a longer header asks something

DIGITS = {"phone number": 5, "identity number": 5, "bank account": 5, "date of birth": 1}  # at least, of a cell
LETTERED = {"name", "profile or handle"}
LONGEST_ROLE = 5  # words: who do you report to
ENDINGS = {"in", "innen", "r", "rn", "n", "e", "a", "s"}  # Mentor/in, Vorgesetzte/r, manager's
DEVICES = re.compile(r"device|phone|client|cookie|browser|visitor|machine|install|handset|tablet|gerat|appareil")
ANSWERS = re.compile(  # a ticked box that happens to be called so
    r"-?[0-9]{1,2}|yes|no|ja|nein|nee|oui|non|si|true|false|wahr|falsch|(un)?checked|(not )?(selected|ticked)|[xyn]"
)
EMAIL = re.compile(r"(?:.{0,80}<)?[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]{2,}>?")
PHONE = re.compile(
    r"\+[1-9][0-9 ()./-]{6,22}|00[1-9][0-9]{0,2}[ /-][0-9 ()./-]{5,20}|\(?0[1-9][0-9]{1,4}\)?[ /-][0-9 /-]{5,16}|"
    r"(\+?1[ .-])?(\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[0-9]{3}[ .-][0-9]{4}"
)
UNSPACED = re.compile(r"0[1-9][0-9]{7,10}")
LONG_NUMBER = re.compile(r"[0-9]{9,13}(\.0)?")
PORT = re.compile(r"(?:([0-9.]{7,15})|\[([0-9a-f:.%]+)\])(?::[0-9]{1,5})?", re.IGNORECASE)
NUMBERED = re.compile("[tw]?[0-9]{1,2}")  # mentor_2, first_name_T0
PAIR = re.compile(r"[\[(]?(-?[0-9]{1,3}\.[0-9]{3,})[,; ]\s*(-?[0-9]{1,3}\.[0-9]{3,})([,; ]\s*-?[0-9.]+){0,2}[\])]?")
DEVICE = re.compile(r"(collect|ee\.[a-z.-]+):\S+|([0-9A-F]{2}[:-]){5}[0-9A-F]{2}", re.IGNORECASE)
UUID = re.compile(r"\{?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?", re.IGNORECASE)
AGENT = re.compile(r"Mozilla/[0-9].*|.*\b(AppleWebKit|Gecko|Opera)/[0-9].*")
PROFILE = re.compile(r"(https?://)?([a-z]+\.)?(linkedin\.com/(in|pub)|xing\.com/profile)/\S+", re.IGNORECASE)
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
STREET = re.compile(  # of English street words only those that no label of an answer ends in, or else in capitals
    r"""((flat|apt\.?|apartment|unit|suite)\ \w+,?\ )?[0-9]{1,5}\ ?[a-z]?,?\ (\w[\w'’.-]*\ ){1,4}
        (street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|terrace|crescent|highway|parkway|(?-i:Drive|Dr|Court))\b.*
    |[0-9]{1,4}\ ?(bis|ter|[a-d])?,?\ (rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai)\ [^\W\d_].*
    |[^\W\d_][\w'’.\ -]{2,60}?(stra(ss|ß)e|str\.?|gasse|weg|platz|allee|damm|chaussee|straat|laan|plein|gracht|kade|
        singel|dreef|\b(ring|ufer))\ [0-9]{1,4}\ ?[a-z]?\b.*
    |(calle|c/|avenida|avda\.?|av\.|plaza|paseo|camino|carretera|ronda|travesía)\ ?[^\W\d_].*[ ,][0-9]{1,4}\b.*""",
    re.IGNORECASE | re.VERBOSE,
)
FIRST_NAME = re.compile(r"[^\W\d_]{2,}([-'’][^\W\d_]+)?")
SEVERAL = re.compile(r"\s*[;|\n]\s*")
ASIDE = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The words of the library: headers and whom they are of, and those that make a text a name or none."""

    kinds: dict[str, str]  # a header's letters, and what it tells
    around: frozenset[str]
    roles: frozenset[tuple[str, ...]]
    calls: frozenset[str]
    counted: frozenset[str]
    particles: frozenset[str]  # in small letters
    not_names: frozenset[str]


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
    return (
        "name" if of_persons and _are_names(looked_at) else _by_content(plain_words(f"{name} {wording}"), looked_at)
    )


def named_as_they_are(name: str, words: Sequence[str]) -> bool:
    """Whether a column's name is a person's as most of its words are, and no header of names."""
    return _is_name(name) and _named(name) == ("", False) and _are_names(words)


def heads_people(name: str, wording: str) -> bool:
    """Whether a header or its wording says nothing but that people or their names stand below."""
    told = [(_named(header), part) for header, part in _headers(name, wording)]
    return any(kind == "name" or (role and not part) for (kind, role), part in told)


def heads_personal(header: str) -> bool:
    """Whether a header says nothing but what is told of a person; a role alone may be an answer."""
    return bool(_named(header)[0])


def like_a_first_name(text: str) -> bool:
    """One word that begins with a capital, digits beside it set aside; none of a unit, a job or an answer."""
    bare = BESIDE.sub("", text)
    one = FIRST_NAME.fullmatch(bare) is not None and bare[0].isupper() and not bare.isupper()
    return one and _known().not_names.isdisjoint(plain_words(bare))


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


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters without accents, CamelCase and signs taken apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    if not apart.isascii():
        signs = unicodedata.normalize("NFKD", apart)
        apart = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", apart.casefold())


@cache
def _known() -> Known:
    file = resources.files("mentorstudy") / "library" / "personal.toml"
    written = tomllib.loads(file.read_text(encoding="utf-8"))

    def words(part: str) -> frozenset[str]:
        return frozenset(word for texts in written[part].values() for text in texts for word in plain_words(text))

    roles = {tuple(plain_words(text)) for texts in written["roles"].values() for text in texts}
    return Known(
        kinds={
            "".join(plain_words(text)): kind
            for kind, languages in written["headers"].items()
            for texts in languages.values()
            for text in texts
        },
        around=words("around"),
        roles=frozenset(roles | {(*role[:-1], f"{role[-1]}s") for role in roles}),
        calls=words("calls"),
        counted=words("counted"),
        particles=words("particles"),
        not_names=words("not_names"),
    )


def _named(header: str) -> tuple[str, bool]:
    """The kind of personal data that a header names, or ""; and whether it names nothing but a person's role."""
    known = _known()
    words = plain_words(header)
    while words and re.fullmatch(r"q?[0-9]+", words[0]):
        words = words[1:]
    others = _without_roles(words, known.roles)
    bare = [word for word in words if word not in known.around]
    rest = [word for word in others if word not in known.around]
    kind = next((known.kinds[key] for key in map("".join, (words, bare, rest)) if key in known.kinds), "")
    if not kind and rest and NUMBERED.fullmatch(rest[-1]):
        rest.pop()
        kind = "name" if known.kinds.get("".join(rest)) == "name" else ""  # lat_1 to lat_5 may be items
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
        return _share(words, lambda word: sum(sign.isdigit() for sign in word) >= DIGITS[kind], HALF)
    return kind not in LETTERED or _share(words, lambda word: any(sign.isalpha() for sign in word), HALF)


def _are_names(words: Sequence[str]) -> bool:
    told = [word for word in words if normalised(word) not in not_answers()]
    return _share(told, lambda word: all(map(_is_name, SEVERAL.split(word))), MOST)


def _by_content(header: Sequence[str], words: Sequence[str]) -> str:
    device = any(map(DEVICES.search, header))
    checks: dict[str, Callable[[str], bool]] = {
        "e-mail address": lambda word: bool(EMAIL.fullmatch(word)),
        "IP address": _is_ip,
        "user agent": lambda word: bool(AGENT.fullmatch(word)),
        "coordinates": _is_place,
        "device id": lambda word: bool(DEVICE.fullmatch(word) or (device and UUID.fullmatch(word))),
        "profile or handle": lambda word: bool(PROFILE.fullmatch(word)),
        "bank account": _is_iban,
    }
    for kind, check in checks.items():
        if _share(words, check, NEARLY_ALL):
            return kind
    if _are_streets(words):
        return "postal address"
    return "phone number" if len(words) >= ENOUGH and _are_phones(header, words) else ""


def _share(words: Sequence[str], check: Callable[[str], bool], least: float) -> bool:
    """Whether at least that share of the words passes; where too many fail, the rest are not looked at."""
    may_fail = len(words) - least * len(words)
    failed = 0
    for word in words:
        failed += not check(word)
        if failed > may_fail + 1e-9:
            return False
    return bool(words)


def _are_streets(words: Sequence[str]) -> bool:
    """Whether most are a street and a number; one name with many numbers may as well be a room's."""
    if not _share(words, _is_street, MOST):
        return False
    return len({re.sub("[0-9]+", "", word) for word in words if _is_street(word)}) >= ENOUGH


def _are_phones(header: Sequence[str], words: Sequence[str]) -> bool:
    """Whether nearly all are phone numbers; bare digits only where the header or other cells say what they are."""
    if _share(words, lambda word: _is_phone(word) or bool(UNSPACED.fullmatch(word)), NEARLY_ALL) and _share(
        words, _is_phone, WRITTEN_OUT
    ):
        return True
    known = _known()
    hinted = not known.calls.isdisjoint(header) and known.counted.isdisjoint(header)
    return hinted and _share(words, lambda word: _is_phone(word) or bool(LONG_NUMBER.fullmatch(word)), NEARLY_ALL)


def _is_name(word: str) -> bool:
    """Whether a text looks like a person's full name: two to four words in capitals, and none of a unit or a job."""
    known = _known()
    text = ASIDE.sub("", unicodedata.normalize("NFC", word))
    parts = [part for part in text.replace(",", " ", 1).split() if part not in known.particles]
    return (
        2 <= len(parts) <= 4
        and all(map(_is_part_of_name, parts))
        and any(len(part.rstrip(".")) > 2 for part in parts)
        and known.not_names.isdisjoint("".join(plain_words(part)) for part in parts)
        and normalised(text) not in points()
    )


def _is_part_of_name(part: str) -> bool:
    bare = part.removeprefix("d'").removeprefix("d’")
    return bare[:1].isupper() and all(sign.isalpha() or sign in "'’.-" for sign in bare)


def _is_street(word: str) -> bool:
    return " " in word and len(word) <= WORDY and STREET.fullmatch(word) is not None


def _is_iban(word: str) -> bool:
    text = word.replace(" ", "").upper()
    return bool(IBAN.fullmatch(text)) and int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def _is_ip(word: str) -> bool:
    if not (word.count(".") == 3 or word.count(":") >= 2) or word.endswith(".0.0.0"):  # so end versions of browsers
        return False
    with_port = PORT.fullmatch(word)
    try:
        ipaddress.ip_address(((with_port and (with_port[1] or with_port[2])) or word).partition("%")[0])
    except ValueError:
        return False
    return True


def _is_phone(word: str) -> bool:
    digits = sum(sign.isdigit() for sign in word)
    return bool(PHONE.fullmatch(word)) and (8 if word.startswith("+") else 10) <= digits <= 15


def _is_place(word: str) -> bool:
    found = PAIR.fullmatch(word)
    return found is not None and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180
