"""Looks: what the cells of a column are by how they look: addresses, numbers, places, devices."""

import ipaddress
import re
from collections.abc import Callable, Sequence

from mentorstudy.reading.coding.known import known

NEARLY_ALL = 0.8  # of the cells looked at; the rest are "none", "-" and slips
HALF = 0.5
MOST = 0.6  # of them, where the header or the wealth of the pattern speaks too
ENOUGH = 3  # different phone numbers or streets, to be told from one odd code
HANDLES = 6  # different ones; fewer may be places of work (@home, @office)
WRITTEN_OUT = 0.1  # share of phone numbers with + or spaces that vouches for those without
WORDY = 100  # signs; a longer header asks something
DEVICES = re.compile(r"device|phone|client|cookie|browser|visitor|machine|install|handset|tablet|gerat|appareil")
EMAIL = re.compile(r"(?:.{0,80}<)?[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]{2,}>?")
PHONE = re.compile(
    r"\+[1-9][0-9 ()./-]{6,22}|00[1-9][0-9]{0,2}[ /-][0-9 ()./-]{5,20}|\(?0[1-9][0-9]{1,4}\)?[ /-][0-9 /-]{5,16}|"
    r"(\+?1[ .-])?(\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[0-9]{3}[ .-][0-9]{4}"
)
UNSPACED = re.compile(r"0[1-9][0-9]{7,10}")
LONG_NUMBER = re.compile(r"[0-9]{9,13}(\.0)?")
PORT = re.compile(r"(?:([0-9.]{7,15})|\[([0-9a-f:.%]+)\])(?::[0-9]{1,5})?", re.IGNORECASE)
PAIR = re.compile(r"[\[(]?(-?[0-9]{1,3}\.[0-9]{3,})[,; ]\s*(-?[0-9]{1,3}\.[0-9]{3,})([,; ]\s*-?[0-9.]+){0,2}[\])]?")
DEVICE = re.compile(
    r"(collect|ee\.[a-z.-]+):\S+|([0-9A-F]{2}[:-]){5}[0-9A-F]{2}|([0-9A-F]{4}\.){2}[0-9A-F]{4}", re.IGNORECASE
)
UUID = re.compile(r"\{?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?", re.IGNORECASE)
AGENT = re.compile(r"Mozilla/[0-9].*|.*\b(AppleWebKit|Gecko|Opera)/[0-9].*")
PROFILE = re.compile(
    r"(https?://)?(?:(?:[a-z]+\.)?(?:linkedin\.com/(?:in|pub)|xing\.com/(?:profile|people)|researchgate\.net/profile)/\S+|"
    r"(?:www\.)?(?:twitter|x|instagram|github)\.com/[\w.-]+/?|(?:orcid\.org/)?0000-000[0-9]-[0-9]{4}-[0-9]{3}[0-9X])",
    re.IGNORECASE,
)
HANDLE = re.compile(r"@\w[\w.-]{1,38}(@[\w.-]+)?")
IMEI = re.compile(r"[0-9]{15}")
IDENTITY = re.compile(  # of the US, Switzerland and the UK
    r"(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}|756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}|"
    r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?([0-9]{2} ?){3}[A-D]"
)
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
STREET = re.compile(  # of English street words only those that no label of an answer ends in, or else in capitals
    r"""((flat|apt\.?|apartment|unit|suite)\ \w+,?\ )?[0-9]{1,5}\ ?[a-z]?,?\ (\w[\w'’.-]*\ ){1,4}
        (street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|terrace|crescent|highway|parkway|(?-i:Drive|Dr|Court))\b.*
    |[0-9]{1,4}\ ?(bis|ter|[a-d])?,?\ (rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai|route|
        square)\ [^\W\d_].*
    |([0-9]{4,5}\ [^\W\d_][\w.\ -]{1,40},\ )?[^\W\d_][\w'’.\ -]{2,60}?(stra(ss|ß)e|str\.?|gasse|weg|
        platz|allee|damm|chaussee|straat|laan|plein|gracht|kade|singel|dreef|dijk|
        \b(ring|ufer|markt))\ [0-9]{1,4}\ ?[a-z]?\b.*
    |(calle|c/|avenida|avda\.?|av\.|plaza|paseo|camino|carretera|ronda|travesía)\ ?[^\W\d_].*[ ,][0-9]{1,4}\b.*""",
    re.IGNORECASE | re.VERBOSE,
)

TOWN = re.compile(r", ?([A-Z]{1,2}-)?[0-9]{4,5} [^\W\d_]{2}")  # behind a street


def by_content(header: Sequence[str], words: Sequence[str]) -> str:
    """What most of the words are, or ""; the words of the header say what long numbers may be."""
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
        if share(words, check, NEARLY_ALL):
            return kind
    if _are_streets(words):
        return "postal address"
    if len(words) < ENOUGH:
        return ""
    several: dict[str, Callable[[str], bool]] = {
        "profile or handle": lambda word: len(words) >= HANDLES and bool(HANDLE.fullmatch(word)),
        "identity number": lambda word: bool(IDENTITY.fullmatch(word)),
        "device id": _is_imei,
    }
    for kind, check in several.items():
        if share(words, check, MOST if kind == "profile or handle" else NEARLY_ALL):
            return kind
    return "phone number" if _are_phones(header, words) else ""


def _are_streets(words: Sequence[str]) -> bool:
    """Whether most are a street and a number; one name with many numbers may as well be a room's, but for a town's."""
    if not share(words, _is_street, MOST):
        return False
    return (
        share(words, lambda word: bool(TOWN.search(word)), MOST)
        or len({re.sub("[0-9]+", "", word) for word in words if _is_street(word)}) >= ENOUGH
    )


def _are_phones(header: Sequence[str], words: Sequence[str]) -> bool:
    """Whether nearly all are phone numbers; bare digits only where the header or other cells say what they are."""
    if share(words, lambda word: _is_phone(word) or bool(UNSPACED.fullmatch(word)), NEARLY_ALL) and share(
        words, _is_phone, WRITTEN_OUT
    ):
        return True
    library = known()
    hinted = not library.calls.isdisjoint(header) and library.counted.isdisjoint(header)
    return hinted and share(words, lambda word: _is_phone(word) or bool(LONG_NUMBER.fullmatch(word)), NEARLY_ALL)


def share(words: Sequence[str], check: Callable[[str], bool], least: float) -> bool:
    """Whether at least that share of the words passes; where too many fail, the rest are not looked at."""
    may_fail = len(words) - least * len(words)
    failed = 0
    for word in words:
        failed += not check(word)
        if failed > may_fail + 1e-9:
            return False
    return bool(words)


def _is_street(word: str) -> bool:
    return " " in word and len(word) <= WORDY and STREET.fullmatch(word) is not None


def _is_iban(word: str) -> bool:
    text = word.replace(" ", "").upper()
    return bool(IBAN.fullmatch(text)) and int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def _is_imei(word: str) -> bool:
    """Whether 15 digits end in the one that the others give."""
    if not IMEI.fullmatch(word):
        return False
    doubled = (int(sign) * (1 + at % 2) for at, sign in enumerate(word))
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0


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
    if not PHONE.fullmatch(word):
        return False
    return (8 if word.startswith("+") else 10) <= sum(sign.isdigit() for sign in word) <= 15


def _is_place(word: str) -> bool:
    found = PAIR.fullmatch(word)
    return found is not None and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180
