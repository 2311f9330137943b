"""Bad input, one row each: what arrives, and whether it is refused with its place and mend, or read with a note."""

import os
import re

import openpyxl
import pytest

from mentorstudy import assemble, examine, read_cohort, read_study, score


def edited(small, file, change):
    path = small.path(file)
    path.write_bytes(change(path.read_bytes()))


def cell(file, row, column, value):
    """A change of one cell; rows as a spreadsheet counts them."""

    def change(small):
        lines = small.path(file).read_text().splitlines()
        cells = lines[row - 1].split(",")
        cells[lines[0].split(",").index(column)] = value
        lines[row - 1] = ",".join(cells)
        small.path(file).write_text("\n".join(lines) + "\n")

    return change


def column(file, name, value):
    """A change of every cell of a column, by row."""

    def change(small):
        head, *rows = small.path(file).read_text().splitlines()
        place = head.split(",").index(name)
        made = []
        for at, row in enumerate(rows):
            cells = row.split(",")
            cells[place] = value(cells[place], at)
            made.append(",".join(cells))
        small.path(file).write_text("\n".join([head, *made]) + "\n")

    return change


def replaced(file, old, new, times=-1):
    return lambda small: edited(small, file, lambda raw: raw.replace(old, new, times))


def appended(file, line):
    return lambda small: edited(small, file, lambda raw: raw + line)


def with_column(file, name, value):
    def change(small):
        head, *rows = small.path(file).read_text().splitlines()
        small.path(file).write_text("\n".join([f"{head},{name}", *(f"{row},{value}" for row in rows)]) + "\n")

    return change


def a_workbook(small):
    book = openpyxl.Workbook()
    for line in small.path("hr.csv").read_text().splitlines():
        book.active.append(line.split(","))
    book.save(small.path("hr.csv"))


def a_device(small):
    path = small.path("hr.csv")
    path.unlink()
    os.mkfifo(path)


def numbered(small):
    head, *rows = small.path("hr.csv").read_text().splitlines()
    made = [f",{head}", *(f"{at},{row}" for at, row in enumerate(rows))]
    small.path("hr.csv").write_text("\n".join(made) + "\n")


def gone_at_once(small):
    """Somebody whom no match names is hired and leaves on one day."""
    matched = small.path("matches.csv").read_text()
    rows = small.path("hr.csv").read_text().splitlines()
    row = next(at for at, line in enumerate(rows, start=1) if at > 1 and line.split(",")[0] not in matched)
    cell("hr.csv", row, "hire_date", "2024-01-01")(small)
    cell("hr.csv", row, "termination_date", "2024-01-01")(small)


ZURICH = "Zürich".encode("cp1252")
REFUSED = {
    "mixed encodings": (
        lambda small: edited(
            small, "hr.csv", lambda raw: raw.replace(b"Leeds", "Zürich".encode(), 1).replace(b"Leeds", ZURICH, 1)
        ),
        r"first/hr\.csv: row \d+, column \d: a byte that is not UTF-8, in a file that is UTF-8 elsewhere",
    ),
    "NUL bytes": (
        replaced("hr.csv", b"Leeds", b"Le\0eds", 1),
        r"first/hr\.csv: row \d+, column \d: a NUL character",
    ),
    "a cut last line": (
        lambda small: edited(small, "hr.csv", lambda raw: raw.rstrip()[:-12]),
        r"first/hr\.csv: row \d+: \d cells where the header has 6. If it is the last row, the download was cut",
    ),
    "an empty file": (lambda small: small.path("hr.csv").write_bytes(b""), r"first/hr\.csv: the file is empty"),
    "a login page": (
        lambda small: small.path("hr.csv").write_text("<!DOCTYPE html><html><form><input></form></html>"),
        "a web page was saved instead of the export. Log in",
    ),
    "a missing column": (
        replaced("survey_T0.csv", b"z2", b"z2_", 1),
        r"first/survey_T0\.csv: no column z2. Did you mean z2_\?",
    ),
    "ids as powers of ten": (
        column("hr.csv", "employee_id", lambda cell, at: "1.23E+15" if at < 3 else cell),
        r"first/hr\.csv: row 2, 3, 4, column employee_id: an id that a spreadsheet rounded",
    ),
    "ids without their zeros": (
        column("survey_T0.csv", "id", lambda cell, at: cell.lstrip("0")),
        "only the leading zeros differ, so nobody is linked by them",
    ),
    "a blank id": (cell("hr.csv", 5, "employee_id", ""), r"first/hr\.csv: row 5, column employee_id: no person id"),
    "nobody of one wave in the records": (
        column("survey_T12.csv", "id", lambda cell, at: f"X{at}"),
        r"first/survey_T12\.csv: column id: not one of its ids is among those of first/hr\.csv.* look like a9",
    ),
    "an exit before the hire": (
        cell("hr.csv", 2, "termination_date", "1999-01-01"),
        r"first/hr\.csv: row 2, column termination_date: an exit before the hire",
    ),
    "days of two orders": (
        column("hr.csv", "hire_date", lambda cell, at: "03/04/2021"),
        r'every date can be day first and month first.*date_order = "day first"',
    ),
    "days that mean none": (
        column("hr.csv", "termination_date", lambda cell, at: cell or "9999-12-31"),
        r'(?s)words that usually stand for "no date": 9999-12-31.*\[placeholders\]\ndates = \["9999-12-31"\]',
    ),
    "days with and without an offset": (
        column("hr.csv", "hire_date", lambda cell, at: f"{cell}T08:00:00Z" if at % 2 else f"{cell}T08:00:00"),
        "some times tell how far from UTC they are and others do not",
    ),
    "an undeclared code of missing answers": (
        column("survey_T0.csv", "z1", lambda cell, at: "-99" if at < 10 else cell),
        r'(?s)column z1: no answer of scale zeal.*-99 looks like the code of a missing answer.*\{"-99" = "no_answer"\}',
    ),
    "answers that are no numbers": (
        column("survey_T0.csv", "z1", lambda cell, at: ["nan", "inf", "1e309", "9" * 40][at] if at < 4 else cell),
        r"first/survey_T0\.csv: row 2, 3, 4, 5, column z1: no answer of scale zeal",
    ),
    "seven points on a scale of five": (
        column("survey_T12.csv", "z1", lambda cell, at: str(at % 7 + 1)),
        r"first/survey_T12\.csv: row .*column z1: no answer of scale zeal; it has 1 to 5",
    ),
    "an endless device": (a_device, r"first/hr\.csv: not a regular file"),
    "a formula for a day": (
        cell("hr.csv", 3, "hire_date", "=TODAY()"),
        r"first/hr\.csv: row 3, column hire_date: no date; they look like =aaaaa\(\)",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_place_and_mend(small, case):
    change, said = REFUSED[case]
    change(small)
    [cohort] = examine(read_study(small.folder)).cohorts
    assert cohort.exit_code in (3, 4)
    told = "\n".join(cohort.faults)
    assert re.search(said, told), told
    assert len(told) < 4000


READ = {
    "another encoding": (replaced("hr.csv", b"Leeds", ZURICH, 1), "was read as Windows-1252 (letters found: ü)"),
    "a workbook called csv": (a_workbook, ""),
    "an index without a name": (numbered, "column 1 has no name and is left out"),
    "a total below": (appended("hr.csv", b"Total,,,,3,\n"), "sums, not people"),
    "two answers in a wave": (
        lambda small: edited(small, "survey_T0.csv", lambda raw: raw + raw.splitlines()[1] + b"\n"),
        "another answer of the same person",
    ),
    "columns called like Python's words": (with_column("hr.csv", "class", "x"), ""),
    "columns called like the kit's own": (with_column("survey_T0.csv", "mentored", "1"), ""),
    "markup in a unit": (replaced("hr.csv", b"Leeds", b"<script>alert(1)</script>"), ""),
    "signs that cannot be seen in ids": (
        column("survey_T0.csv", "id", lambda cell, at: f"\u200b{cell}\u202e" if at < 5 else cell),
        "",
    ),
    "hired and gone on one day": (gone_at_once, ""),
    "the same answer throughout": (column("survey_T0.csv", "z1", lambda cell, at: "3"), ""),
}


@pytest.mark.parametrize("case", READ)
def test_read_with_a_note_where_it_matters(small, case):
    change, said = READ[case]
    change(small)
    study = read_study(small.folder)
    exports = read_cohort(study, small.cohort)
    people = assemble(study, exports, score(study, exports))
    told = [text for ledger in people.ledgers for text in (*ledger.notes, *ledger.dropped)]
    assert any(said in text for text in told) or not said
    assert len(people.samples[0].people) > 100
