"""Known: the library's words that tell of persons, and those that make a text no name."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The words of the library: headers and whom they are of, and those that make a text a name or none."""

    kinds: dict[str, str]  # a header's letters, and what it tells
    around: frozenset[str]
    roles: frozenset[tuple[str, ...]]
    calls: frozenset[str]
    counted: frozenset[str]
    particles: frozenset[str]  # in small letters
    titles: frozenset[str]
    beside: frozenset[str]  # titles, and what else stands beside a name and is no part of it
    not_names: frozenset[str]


@cache
def known() -> Known:
    """The library's words, read once."""
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
        titles=words("titles"),
        beside=words("titles") | words("degrees"),
        not_names=words("not_names"),
    )


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters without accents, CamelCase and signs taken apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    if not apart.isascii():
        signs = unicodedata.normalize("NFKD", apart)
        apart = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", apart.casefold())
