"""Roles: what a table is to a study, and its columns in the kit's words, by headers that say so alone."""

import tomllib
from functools import cache
from importlib import resources

from mentorstudy.nouns.plan import Role
from mentorstudy.reading.coding.known import plain_words
from mentorstudy.reading.table import Table

OF_ROLE: dict[Role, tuple[str, ...]] = {  # the kit's words for columns that only such a file has
    "people": ("hired_on", "exit_on"),
    "meetings": ("held_on", "minutes"),
    "matches": ("matched_on", "mentor"),
}
ALONE = {"hired_on", "exit_on", "held_on", "matched_on"}  # that tell it; the others do beside a person's id


def headed(table: Table) -> dict[str, str]:
    """By the kit's word, the one column whose header says it; a word that two headers say is left out."""
    found: dict[str, list[str]] = {}
    for name, about in table.fields.items():
        if word := _words().get(tuple(plain_words(about.source or name))):
            found.setdefault(word, []).append(name)
    return {word: names[0] for word, names in found.items() if len(names) == 1}


def role_of(table: Table) -> Role:
    """What the table is to a study, by the columns that only such a file has; else a survey, as all tools' exports."""
    said = {} if table.response else headed(table)
    telling = {word for word in said if word in ALONE or "person" in said}
    return next((role for role, words in OF_ROLE.items() if telling.intersection(words)), "survey")


@cache
def _words() -> dict[tuple[str, ...], str]:
    file = resources.files("mentorstudy") / "library" / "roles.toml"
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        tuple(plain_words(text)): word
        for word, languages in written.items()
        if word != "source"
        for texts in languages.values()
        for text in texts
    }
