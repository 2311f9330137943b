"""Make participants.csv of the roles: one row a person and cohort, with how long until what came next.

Run by hand, from anywhere: python data/open-seeds/prepare.py [folder to write to]. The kit never runs it.
"""

import csv
import sys
from pathlib import Path

HERE = Path(__file__).parent
LAST = 8  # the last cohort on record: whoever was not seen in a role again by then may yet be
LEADING = {"mentor", "facilitator", "expert", "organizer"}
NEXT = {  # what may come next: the columns it is told in, and the roles that count (None: any)
    ("cohorts_to_return", "returned"): None,
    ("cohorts_to_mentor", "became_mentor"): {"mentor"},
    ("cohorts_to_lead", "took_lead"): LEADING,
}


def main(folder: Path) -> None:
    """Write the table into `folder`."""
    roles = [(row["person_id"], int(row["cohort"]), row["role"]) for row in _rows("roles.csv")]
    continents = {row["person_id"]: row["continent"] for row in _rows("people.csv")}
    took_part = sorted({(cohort, person) for person, cohort, role in roles if role == "participant"})
    first = {person: cohort for cohort, person in reversed(took_part)}
    table = []
    for cohort, person in took_part:
        row = {
            "person_id": person,
            "cohort": cohort,
            "first_time": int(first[person] == cohort),
            "continent": continents.get(person, ""),
        }
        for (time, happened), counted in NEXT.items():
            later = [
                at for who, at, role in roles if who == person and at > cohort and (not counted or role in counted)
            ]
            row |= {time: min(later, default=LAST) - cohort, happened: int(bool(later))}
        table.append(row)
    with (folder / "participants.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / "raw" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
