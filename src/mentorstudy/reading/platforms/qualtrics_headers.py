"""Headers of Qualtrics exports: which form a file has, and what its header rows say of each column."""

import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from mentorstudy.reading.grid import Field, Grid, Kind
from mentorstudy.reading.headers import distinct

LEGACY = [f"V{number}" for number in range(1, 11)]
SEVERAL = 3  # of the platform's own names beside the response's id, which no other tool gives together
OLD_IDS = re.compile(r"\{'ImportId': '(.*)'\}")
QUESTION = re.compile(r"((?:[0-9]+_)?QID[0-9]+)(.*)")
SELECTED = "Selected Choice"
OWN = {  # the platform's own names of columns and variables, in lower case, and the kit's word for each
    "startdate": "started_at",
    "enddate": "submitted_at",
    "status": "status",
    "progress": "progress",
    "duration (in seconds)": "seconds",
    "duration__in_seconds_": "seconds",  # in SPSS
    "finished": "finished",
    "recordeddate": "recorded",
    "responseid": "response",
    "responseset": "set",
    "externaldatareference": "person",
    "externalreference": "person",
    "distributionchannel": "channel",
    "userlanguage": "language",
}
TAGS = {
    "_recordid": "ResponseId",
    "duration": "Duration (in seconds)",
    "externaldatareference": "ExternalReference",
}
META = OWN | {"duration": "seconds", "_recordid": "response", "responsesetid": "set"}  # import ids, likewise
PERSONAL = re.compile(r"(panel-)?(ipaddress|recipient.*|(location-)?location.*|name|emailaddress)")
ROLES: list[tuple[re.Pattern[str], Kind]] = [
    (re.compile(r"SC[0-9]+|SC_.*"), "score"),
    (re.compile(r"Q_.*"), "quality"),
    (re.compile(r".*_DO(_.*)?"), "order"),
    (re.compile(r".*_(First[ _]Click|Last[ _]Click|Page[ _]Submit|Click[ _]Count)"), "timing"),
    (re.compile(r".*(_NPS_GROUP| - Topics|Sentiment.*)"), "embedded"),
    (re.compile(r".*_TEXT"), "text"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """What the header rows say: columns in the file's order, and the place of what the platform tells."""

    variant: str
    rows: int
    fields: list[tuple[str, Field]]
    groups: list[str]  # the question whose boxes a column may be; "" for none
    told: dict[str, int]  # the platform's facts by their place
    zone: str = ""
    notes: tuple[str, ...] = ()


def form(grid: Grid) -> str:
    """Which form of Qualtrics' exports the first rows show; "" for none."""
    if not grid.height:
        return ""
    first = grid.row(0)
    if at := _row_of_ids(grid):
        return "current" if any(cell.startswith('{"') for cell in grid.row(at)) else "2016"
    if grid.height > 1 and first[:10] == LEGACY and {"ResponseID", "StartDate"} <= set(grid.row(1)[:10]):
        return "legacy"
    return "one header row" if bears_its_names(first) else ""


def _row_of_ids(grid: Grid) -> int:
    """The place of the row of import ids: the third, or the second where somebody took tags or labels out; else 0."""
    return next((at for at in (1, 2) if at < grid.height and any("ImportId" in cell for cell in grid.row(at))), 0)


def named_by_it(names: Iterable[str]) -> set[str]:
    """What of a response is told by columns of these names, if they are Qualtrics'."""
    return {OWN[name.casefold()] for name in names if name.casefold() in OWN}


def bears_its_names(names: Iterable[str]) -> bool:
    """Whether the names are those that Qualtrics gives, in whatever order: a response's id and several more."""
    own = named_by_it(names)
    return "response" in own and len(own - {"response", "person", "set"}) >= SEVERAL


def read_headers(grid: Grid, variant: str) -> Headers:
    """The columns' names, kinds and wordings from one to three header rows."""
    tags = [" ".join(cell.split()) for cell in grid.row(0)]
    at = _row_of_ids(grid) if variant in ("current", "2016") else 0
    rows = at + 1 if at else 2 if variant == "legacy" else 1
    labels = grid.row(at - 1 if at else 1) if rows > 1 else [""] * len(tags)
    ids = [_import_id(cell) for cell in grid.row(at)] if at else [{} for _ in tags]
    names: list[str] = []
    for tag, label, known in zip(tags, labels, ids, strict=True):
        names.append(label if variant == "legacy" and tag in LEGACY else tag or _tag(known.get("ImportId", "")))
    names = distinct(names)
    fields: list[tuple[str, Field]] = []
    groups: list[str] = []
    told: dict[str, int] = {}
    for place, (name, tag, label, known) in enumerate(zip(names, tags, labels, ids, strict=True)):
        key = known.get("ImportId", "")
        own = known.get("choiceId", "")
        fact = META.get(key.lower()) or OWN.get(name.lower(), "")
        if fact:
            told.setdefault(fact, place)
        kind = kind_of(name, fact=fact, key=key, own=own)
        wording, part = (
            _parts(label, legacy=variant != "current") if kind in ("answer", "choice", "text") else (label, "")
        )
        match = QUESTION.fullmatch(key)
        stem = re.sub(r"_-?[0-9]+$", "", tag)
        question = match[1] if match else wording or stem
        if own:
            group = key
        elif variant == "current":  # which tells boxes from the rows of grids and form fields
            group = ""
        elif match:
            group = re.sub(r"[-_][^-_]+$", "", key) if match[2] else ""
        else:
            group = f"{stem} {wording}" if stem != tag else ""
        fields.append(
            (
                name,
                Field(
                    source=grid.row(0)[place],
                    place=place + 1,
                    kind=kind,
                    wording=wording,
                    part=part,
                    question=question if kind in ("answer", "choice", "text") else "",
                    choice=own,
                ),
            )
        )
        groups.append(group if kind in ("answer", "choice") else "")
    zones = {known["timeZone"] for known in ids if known.get("timeZone")}
    zone = zones.pop() if len(zones) == 1 else ""
    said = [
        f"column {place} has no name in row 1 and is read as {name}, by its import id in row {rows}."
        for place, (tag, name) in enumerate(zip(tags, names, strict=True), start=1)
        if name and not tag
    ]
    return Headers(
        variant=variant,
        rows=rows,
        fields=fields,
        groups=groups,
        told=told,
        zone="UTC" if zone == "Z" else zone,
        notes=tuple(f"{grid.file}: {one}" for one in said),
    )


def _tag(key: str) -> str:
    """What Qualtrics calls the column of an import id, where it is one of its own; else the id as it stands."""
    return TAGS.get(key.lower(), key if QUESTION.fullmatch(key) else f"{key[:1].upper()}{key[1:]}")


def _import_id(cell: str) -> dict[str, str]:
    if old := OLD_IDS.fullmatch(cell):
        return {"ImportId": old[1]}
    try:
        known = json.loads(cell)
    except ValueError:
        return {}
    return {key: str(value) for key, value in known.items()} if isinstance(known, dict) else {}


def kind_of(name: str, *, fact: str, key: str = "", own: str = "") -> Kind:
    """What a column holds, by its name, the fact it tells, its import id and the box that it is."""
    if fact:
        return "meta"
    if PERSONAL.fullmatch(key.lower()) or PERSONAL.fullmatch(name.lower()):
        return "personal"
    for pattern, kind in ROLES:
        if pattern.fullmatch(name):
            return kind
    if key and not QUESTION.fullmatch(key):
        return "embedded"
    if own:
        return "choice"
    return "text" if key.endswith("_TEXT") else "answer"


def _parts(label: str, *, legacy: bool) -> tuple[str, str]:
    """The question and the part of it that one column asks; the part is empty where the label has none."""
    text = html.unescape(re.sub(r"<[^<>]+>", "", label)).replace("\xa0", " ")
    joint = "-" if legacy else " - "
    before, selected, after = text.partition(f"{joint}{SELECTED}")
    if selected:
        return before, " ".join(after.removeprefix(joint).split())
    before, _, after = text.rpartition(joint) if not legacy else _after_sentence(text)
    return (before, " ".join(after.split())) if before else (text, "")


def _after_sentence(text: str) -> tuple[str, str, str]:
    """A hyphen without spaces joins question and part; one between two small letters belongs to a word."""
    found = list(re.finditer(r"(?<=\S)-(?=[A-Z0-9])", text))
    return (text[: found[0].start()], "-", text[found[0].end() :]) if found else ("", "", text)
