"""LimeSurvey's headings: what a column is, from its code, its text or both."""

import re
from collections import Counter

from mentorstudy.reading.grid import Field, Grid, Kind
from mentorstudy.reading.headers import distinct
from mentorstudy.reading.platforms.headings import key, plain

CODED = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9_]*(\[[^][]*\])*)(?P<dot>\.\s+(?P<text>\S.*))?", re.DOTALL)
META = {"id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "interviewtime"}
PERSONAL = {"ipaddr", "refurl", "firstname", "lastname", "email"}
TEXTS = {
    "response id": "id", "date submitted": "submitdate", "last page": "lastpage", "start language": "startlanguage",
    "seed": "seed", "access code": "token", "token": "token", "date started": "startdate",
    "date last action": "datestamp", "ip address": "ipaddr", "referrer url": "refurl", "first name": "firstname",
    "last name": "lastname", "email address": "email", "total time": "interviewtime",
}  # fmt: skip
TIMING = re.compile(r"(interviewtime|(group|question)time[0-9]*)(\. .*)?", re.IGNORECASE | re.DOTALL)
TIMING_TEXT = re.compile(r"(total time|(group|question) time: .*)", re.IGNORECASE | re.DOTALL)
ATTRIBUTE = re.compile(r"attribute_?[0-9]+(\. .*)?", re.IGNORECASE | re.DOTALL)
OTHER, COMMENT = "other", "comment"
CODES, BOTH, WORDED = "codes", "codes and text", "text"


def code_of(header: str) -> str:
    """The platform's own name of one of its own columns, however it is headed; "" for all else."""
    match = CODED.fullmatch(header)
    code = match["code"] if match else ""
    return code if code in META | PERSONAL else TEXTS.get(key(header), "")


def heading(grid: Grid) -> str:
    """Which of the heading forms the export has."""
    first = grid.row(0)[0]
    return CODES if first == "id" else BOTH if first.startswith("id.") else WORDED


def fields_of(grid: Grid, form: str) -> list[tuple[str, Field]]:
    """The name and what is known of each column."""
    cells = grid.row(0)
    coded = [_coded(cell, place) for place, cell in enumerate(cells, start=1)]
    made = _worded(cells) if form == WORDED else coded
    names = distinct([name for name, _ in made])
    return [(name, about) for name, (_, about) in zip(names, made, strict=True)]


def _coded(header: str, place: int) -> tuple[str, Field]:
    match = CODED.fullmatch(header)
    if match is None:
        text = plain(header)
        return text, Field(source=header, place=place, wording=text, question=text)
    code, text = match["code"], plain(match["text"] or "")
    root, *inner = re.split(r"[][]+", code.rstrip("]"))
    kind = _own(code, header) or _written(inner)
    wording, part = parted(text, len(inner)) if inner else (text, "")
    return code, Field(
        source=header,
        place=place,
        kind=kind,
        wording=wording,
        part=part,
        question=root if kind in ("answer", "text") else "",
        choice=inner[0] if inner else "",
    )


def _own(code: str, header: str) -> Kind | None:
    if TIMING.fullmatch(header) or TIMING_TEXT.fullmatch(header):
        return "timing"
    if code in PERSONAL or ATTRIBUTE.fullmatch(header):
        return "personal"
    return "meta" if code in META else None


def _written(inner: list[str]) -> Kind:
    """Whether a column of a question is what was written beside its answers."""
    last = inner[-1] if inner else ""
    if last == "filecount":
        return "meta"
    return "text" if last == OTHER or last.endswith(COMMENT) else "answer"


def _worded(cells: list[str]) -> list[tuple[str, Field]]:
    texts = [plain(cell) for cell in cells]
    stems = Counter(parted(text, 1)[0] for text in texts if parted(text, 1)[1])
    made = []
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True), start=1):
        wording, part = parted(text, 1)
        shared = bool(part) and (stems[wording] > 1 or wording in texts)
        if shared and parted(text, 2)[0] != wording:  # a row and its scale or column
            wording, part = parted(text, 2)
        kind = _own(code_of(cell), cell) or ("text" if shared and part.casefold() in (OTHER, COMMENT) else "answer")
        about = Field(
            source=cell,
            place=place,
            kind=kind,
            wording=wording if shared else text,
            part=part if shared else "",
            question=(wording if shared else text) if kind in ("answer", "text") else "",
            choice=part if shared else "",
        )
        made.append((text, about))
    return made


def parted(text: str, count: int) -> tuple[str, str]:
    """A text less up to `count` last brackets that touch, and what they hold; brackets may hold brackets."""
    parts: list[str] = []
    while len(parts) < count and text.endswith("]"):
        depth, start = 0, len(text)
        while start and (depth or start == len(text)):
            start -= 1
            depth += (text[start] == "]") - (text[start] == "[")
        if depth or not text[:start].strip():
            break
        parts.insert(0, text[start + 1 : -1].strip())
        text = text[:start]
    return text.strip(), ", ".join(parts)
