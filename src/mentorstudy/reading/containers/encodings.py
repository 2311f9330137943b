"""Encodings: which one a text is in, judged by the letters that come out."""

import codecs
import re

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MARK = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
SINGLE_BYTE = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "iso8859_15": "Latin-9",
    "cp1250": "Windows-1250",
    "iso8859_2": "Latin-2",
}
JUDGED = 20_000  # odd bytes looked at
SHOWN = 6  # letters shown of what was read
COMMON = frozenset("äöüßéèêëàâáãíìîïóòôõúùûñçåæøœœäąćęłńśźżčďěňřšťůžýőű")
PUNCTUATION = frozenset("’‘‚“”„–—…€£«»°§·•½¼¾²³±\u00a0")
STRANGE = frozenset("\ufffd")
MULTI_BYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
ODD = re.compile(rb"[\x80-\xff]")


def utf16_without_mark(head: bytes) -> str:
    """The name of the UTF-16 form whose zero bytes stand at every other place; "" where they do not."""
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > 0.4 * len(head[1::2]) and even < 0.05 * len(head[::2]) + 1:
        return "utf-16-le"
    if even > 0.4 * len(head[::2]) and odd < 0.05 * len(head[1::2]) + 1:
        return "utf-16-be"
    return ""


def utf16_form(head: bytes) -> str:
    """The name of the UTF-16 form that a text begins in, with a mark or without; "" where it is in none."""
    return "utf-16" if head.startswith(UTF16) else utf16_without_mark(head)


def as_utf8(head: bytes) -> bytes:
    """The first bytes of a text in UTF-8 and without a mark, to look for what it begins with."""
    form = utf16_form(head)
    return head.decode(form, "ignore").encode() if form else head.removeprefix(codecs.BOM_UTF8)


def stray(raw: bytes) -> bool:
    """Whether odd bytes stand among letters that are well written in UTF-8, so that two encodings are mixed."""
    return MULTI_BYTE.search(raw) is not None


def single_byte(raw: bytes) -> str:
    """The single-byte encoding that makes words of the odd bytes; "" where none does."""
    places = [found.start() for _, found in zip(range(JUDGED), ODD.finditer(raw), strict=False)]
    scores = {name: sum(_score(raw, place, name) for place in places) for name in SINGLE_BYTE}
    best = max(scores, key=lambda name: scores[name])  # the first where several are as good
    return best if scores[best] > 0 else ""


def another(encoding: str) -> str:
    """An encoding to try where a text is not in this one."""
    return next(name for name in SINGLE_BYTE if codecs.lookup(name).name != codecs.lookup(encoding).name)


def letters(text: str) -> str:
    """The first letters beyond the plain alphabet that came out, for a reader to judge by."""
    return ", ".join(list(dict.fromkeys(sign for sign in text if ord(sign) > 127 and sign.isalpha()))[:SHOWN])


def _score(raw: bytes, place: int, encoding: str) -> float:
    """How much sense one byte makes between its neighbours."""
    before, sign, after = (
        raw[at : at + 1].decode(encoding, "replace") for at in (max(place - 1, 0), place, place + 1)
    )
    if sign in STRANGE or (ord(sign) < 160 and ord(sign) > 126):
        return -5
    inside = before.isalpha() and after.isalpha()
    if not sign.isalpha():
        return 1 if sign in PUNCTUATION and not (inside and sign != "’") else -2 if inside else -1
    if not any(near.isascii() and near.isalpha() for near in (before, after)):
        return -1
    if sign.isupper() and before.islower():
        return -2
    return (2 if sign.islower() else 1.5) if sign.lower() in COMMON else 0.5
