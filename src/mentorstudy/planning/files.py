"""Files: a drawn cohort as a personnel system and a survey tool would export it."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.scale import Scale
from mentorstudy.planning.people import REASONS, YEAR, Drawn

DAYS_A_YEAR = 365
DAYS_A_MONTH = 365.25 / 12
CODES = {  # reason of leaving: codes of the personnel system, and their shares
    "voluntary": (("RES", "RET-EARLY"), (0.93, 0.07)),
    "involuntary": (("RED", "DIS"), (0.55, 0.45)),
    "administrative": (("EOC", "RETIRE"), (0.6, 0.4)),
}
DEPARTMENTS = ("Care", "Digital", "Estates", "Finance", "Legal", "Operations", "People", "Sales")
BLANK = 0.01  # share of items skipped by somebody who answers
OPEN_DAYS = 14  # a survey is open
MINUTES = (30, 45, 60)
SECONDS = (5.0, 0.35)  # of answering: mean and SD of the logarithm
ZONE = "Europe/London"  # of the clocks of surveys
META = {  # Qualtrics' own columns: wording and import id
    "StartDate": ("Start Date", "startDate"),
    "EndDate": ("End Date", "endDate"),
    "Status": ("Response Type", "status"),
    "Progress": ("Progress", "progress"),
    "Duration (in seconds)": ("Duration (in seconds)", "duration"),
    "Finished": ("Finished", "finished"),
    "RecordedDate": ("Recorded Date", "recordedDate"),
    "ResponseId": ("Response ID", "_recordId"),
    "ExternalReference": ("External Data Reference", "externalDataReference"),
    "DistributionChannel": ("Distribution Channel", "distributionChannel"),
    "UserLanguage": ("User Language", "userLanguage"),
}
NOT_ANSWERS = ("Survey Preview", "Survey Preview", "Survey Test", "Spam", "Spam", "Spam")
STEM = "How far do you agree with each statement?"

Row = Sequence[object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Drawn people with what only files know: ids as text, and days in place of months."""

    people: Drawn
    ids: Sequence[str]
    mentor_ids: Sequence[str]
    hired: Sequence[date]
    left: Sequence[date | None]
    contract: str
    start: date


def hired_and_left(
    people: Drawn, start: date, snapshot: date, rng: np.random.Generator
) -> tuple[list[date], list[date | None]]:
    """Days of hire and of leaving up to the snapshot; month m is any day of the m-th twelfth of a year.

    Month 12 ends 365 days after the start, the last whole day of twelve months of 30.4375 days.
    """
    spare = rng.integers(0, 30, len(people.tenure))
    before = np.ceil(people.tenure * DAYS_A_MONTH).astype(int) + spare
    first = (people.exit_month - 1) * DAYS_A_YEAR // YEAR + 1
    last = people.exit_month * DAYS_A_YEAR // YEAR
    after = np.minimum(rng.integers(first, last + 1), 100 * DAYS_A_YEAR)
    leaving = [start + timedelta(days=int(days)) for days in after]
    return (
        [start - timedelta(days=int(days)) for days in before],
        [day if day <= snapshot else None for day in leaving],
    )


def write_hr(path: Path, staff: Sequence[Staff], rng: np.random.Generator) -> None:
    """One row a person, in the order of their ids."""
    rows: list[Row] = []
    for group in staff:
        people = group.people
        codes = [CODES[REASONS[reason]] for reason in people.exit_reason]
        reasons = [str(rng.choice(words, p=shares)) for words, shares in codes]
        ratings = np.clip(np.round(3 + 0.8 * people.performance), 1, 5).astype(int)
        rows += [
            (
                group.ids[i],
                group.hired[i],
                group.left[i] or "",
                reasons[i] if group.left[i] else "",
                DEPARTMENTS[people.department[i]],
                people.grade[i],
                f"M{people.manager[i]:03d}",
                ratings[i],
                group.contract,
            )
            for i in range(len(group.ids))
        ]
    header = (
        "employee_id",
        "hire_date",
        "termination_date",
        "term_reason",
        "department",
        "grade",
        "manager_id",
        "performance",
        "contract",
    )
    _write(path, [header], sorted(rows, key=lambda row: str(row[0])))


def write_matches(path: Path, staff: Staff) -> None:
    """Everybody matched, on the day of the start, also the few whom no mentor then meets."""
    people = staff.people
    # A mentor whose match came to nothing has no other mentee.
    n = len(staff.ids)
    number = np.where(people.mentor < 0, n + np.arange(n), people.mentor).tolist()
    rows = [
        (staff.ids[i], staff.mentor_ids[number[i]], staff.start) for i in np.flatnonzero(people.matched).tolist()
    ]
    _write(path, [("mentee_id", "mentor_id", "match_date")], sorted(rows))


def write_meetings(path: Path, staff: Staff, rng: np.random.Generator) -> None:
    """Every meeting of the matched; informal mentors write no record."""
    people = staff.people
    held = np.where(people.matched[:, None], people.meetings, 0)
    person, month = (np.repeat(index, held.ravel()) for index in np.indices(held.shape).reshape(2, -1))
    day = month * DAYS_A_YEAR // YEAR + rng.integers(1, 29, len(month))
    minutes = rng.choice(MINUTES, len(month))
    rows = [
        (staff.ids[i], staff.start + timedelta(days=days), length)
        for i, days, length in zip(person.tolist(), day.tolist(), minutes.tolist(), strict=True)
    ]
    _write(path, [("mentee_id", "date", "minutes")], sorted(rows))


def write_survey(
    path: Path,
    staff: Sequence[Staff],
    scales: Mapping[str, Scale],
    *,
    wave: str,
    opened: date,
    rng: np.random.Generator,
) -> None:
    """One wave as Qualtrics exports it: three header rows, texts, and a few rows that are no answers."""
    meta = {
        name: json.dumps(
            {"ImportId": key} | ({"timeZone": ZONE} if name.endswith("Date") else {}), separators=(",", ":")
        )
        for name, (_, key) in META.items()
    }
    items = [
        (item.name, f"{STEM} - {item.text}", f'{{"ImportId":"QID{question}_{place}"}}')
        for question, scale in enumerate(scales.values(), start=1)
        for place, item in enumerate(scale.items, start=1)
    ]
    headers = [
        (*META, *(name for name, _, _ in items)),
        (*(wording for wording, _ in META.values()), *(wording for _, wording, _ in items)),
        (*meta.values(), *(key for _, _, key in items)),
    ]
    texts: list[tuple[str, str, list[str]]] = []
    for group in staff:
        answered = group.people.answered[wave]
        # The survey goes to whoever is still there, whatever the reason others left for.
        closed = opened + timedelta(days=OPEN_DAYS)
        here = [left is None or left > closed for left in group.left]
        by_scale = [_texts(group.people.answers[wave][name], scale, rng) for name, scale in scales.items()]
        cells = np.concatenate(by_scale, axis=1).tolist()
        texts += [("IP Address", group.ids[i], cells[i]) for i in np.flatnonzero(answered & here).tolist()]
    nothing = [""] * len(items)
    texts += [(status, "", nothing) for status in NOT_ANSWERS]
    rows: list[Row] = []
    for status, person, cells in texts:
        begun = datetime.combine(opened, datetime.min.time()) + timedelta(
            seconds=int(rng.integers(8 * 3600, 18 * 3600)), days=int(rng.integers(0, OPEN_DAYS))
        )
        seconds = int(np.exp(rng.normal(*SECONDS)))
        ended = begun + timedelta(seconds=seconds)
        number = "R_" + "".join(rng.choice(list("0123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"), 15))
        channel = "preview" if status == "Survey Preview" else "email"
        head = (begun, ended, status, 100, seconds, "True", ended, number, person, channel, "EN")
        rows.append((*head, *cells))
    _write(path, headers, sorted(rows, key=lambda row: (row[0], row[7])))


def write_cohort(path: Path, *, start: date, closes: date, snapshot: date) -> None:
    """The few facts of a cohort."""
    path.write_text(
        f"intake = [{start}, {closes}]\nstart = {start}\nsnapshot = {snapshot}\n", encoding="utf-8", newline="\n"
    )


def _texts(codes: NDArray[np.int8], scale: Scale, rng: np.random.Generator) -> NDArray[np.str_]:
    """Answer texts (n, k), begun with a capital as surveys show them; a few left empty."""
    words = np.array(["", *(answer.capitalize() for answer in scale.responses)])
    return words[np.where(rng.random(codes.shape) < BLANK, 0, codes)]


def _write(path: Path, headers: Iterable[Row], rows: Iterable[Row]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([*headers, *rows])
    # Bytes, so that a file is the same on every system.
    path.write_bytes(out.getvalue().encode())
