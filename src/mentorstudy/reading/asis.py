"""As is: labels that no set knows, so that a file's codes or digits are taken for places as they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mentorstudy.nouns.errors import Fault
from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.direction import runs_contrary
from mentorstudy.reading.coding.scaled import Placed
from mentorstudy.reading.noticed import named
from mentorstudy.reading.shown import MOST_LABELS, codes_lines, offered_in
from mentorstudy.reading.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The labels of one column or several, by their words, each with its place as it stands."""

    places: tuple[tuple[str, float], ...]
    shown: bool

    @property
    def told(self) -> str:
        """The lowest and the highest label, by their words where these may be told."""
        (low, first), (high, last) = self.places[0], self.places[-1]
        if not self.shown:
            return f"{first:g} is the lowest, {last:g} the highest; the words may be people's own and are not shown"
        if first == last:
            return f"{first:g} is labelled '{low}'"
        return (
            f"{first:g} is labelled '{low}', and is the lowest; {last:g} is labelled '{high}', and is the highest"
        )

    def turned(self, scale: Scale) -> str:
        """The lines that place them the other way round."""
        codes = {label: scale.highest + 1 - place for label, place in self.places} if self.shown else {}
        return codes_lines(scale.name, codes)


def as_is(table: Table, scale: Scale, found: Mapping[str, Placed]) -> tuple[list[str], list[str]]:
    """Notes on labels that no set knows, and faults where they look like the scale's responses the other way round."""
    alike: dict[Ends, list[str]] = {}
    contrary: dict[Ends, list[str]] = {}
    for name, placed in found.items():
        if placed.standing:
            told = contrary if runs_contrary(placed.standing, scale) else alike
            told.setdefault(_ends(table, name, placed.standing), []).append(name)
    return (
        [_note(ends, names, scale) for ends, names in alike.items()],
        [_fault(ends, names, scale, table) for ends, names in contrary.items()],
    )


def _fault(ends: Ends, names: Iterable[str], scale: Scale, table: Table) -> str:
    said = (
        f"labels that run the other way than scale {scale.name}, as far as their words tell: {ends.told}. Give each "
        f"its place in plan.toml, such as:\n{ends.turned(scale)}"
    )
    return Fault.of(said, file=table.file, column=named([table.columns[name].name for name in names]))


def _note(ends: Ends, names: Iterable[str], scale: Scale) -> str:
    lines = ends.turned(scale).replace("\n", " ")
    return (
        f"{named(list(names))}: words that no set knows stand beside the codes, which are taken as they stand: "
        f"{ends.told}. If they run the other way, write {lines} in plan.toml"
    )


def _ends(table: Table, name: str, standing: Mapping[str, float]) -> Ends:
    column, about = table.columns[name], table.fields[name]
    texts = {normalised(text): text for text in (*column.words, *about.labels.values())}
    labels = {texts.get(label, label): place for label, place in standing.items()}
    shown = offered_in(table, name).issuperset(labels) and len(labels) <= MOST_LABELS
    return Ends(places=tuple(sorted(labels.items(), key=lambda pair: pair[1])), shown=shown)
