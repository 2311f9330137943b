"""Cleaning: signs that show nothing and can steer a terminal, a page or a comparison."""

import re
import unicodedata

# Controls but for line feed and tab, and marks of direction, width and order that show nothing. What joins two
# letters or keeps them apart (U+200C, U+200D) stays: some scripts and names are not written without it.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
IN_NO_ID = re.compile(r"[\s\u200c\u200d]+")


def cleaned(text: str) -> str:
    """The text without signs that cannot be seen, its letters and accents composed (NFC), as a Mac parts them."""
    shown = UNSEEN.sub("", text)
    return shown if shown.isascii() else unicodedata.normalize("NFC", shown)


def spelled(text: str) -> tuple[str, ...]:
    """The text as the plan reads it, and as a disk may have it: letters and accents apart."""
    return tuple(dict.fromkeys((text, unicodedata.normalize("NFD", text))))


def unseen_in(text: str) -> str:
    """The signs that `cleaned` takes out of a text, but for the ends of lines."""
    return "".join(UNSEEN.findall(text)).replace("\r", "")


def as_id(text: str) -> str:
    """An id without anything that cannot be seen in it, spaces of any kind included, digits of full width plain."""
    if text.isascii() and text.isprintable() and " " not in text:  # as nearly all ids are, a million of them too
        return text
    return IN_NO_ID.sub("", cleaned(unicodedata.normalize("NFKC", text)))


def as_address(text: str) -> str:
    """An address as all spellings of it are hashed: no unseen signs, NFKC, lower case, its host in ASCII.

    A text that is no address comes back in the same small letters.
    """
    plain = as_id(text).lower()
    name, at, host = plain.rpartition("@")
    if not at:
        return plain
    try:
        host = host.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        host = host.rstrip(".")
    return f"{name}@{host}"
