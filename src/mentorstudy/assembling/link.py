"""Link: who is in which group, and which rows belong to whom, by keyed pseudonym."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from mentorstudy.assembling.oddmatches import odd_matches
from mentorstudy.nouns.errors import DataError, raise_all, rows_told
from mentorstudy.nouns.export import Export, Exports
from mentorstudy.nouns.flow import Ledger
from mentorstudy.nouns.study import Study

UNKNOWN = "of nobody in the records"
OUTSIDE = "outside the intake"
LEFT_OUT = "of people who are not studied"
SELF = "mentor and mentee are the same person"


def listed_people(exports: Exports, sample: str) -> pd.DataFrame:
    """One row a person, indexed by pseudonym: the records, or else who is named in the file of waves.

    Raises DataError where one person stands in two files, or in two groups.
    """
    records = exports.of(sample, "people")
    if records:
        people = pd.concat([export.rows for export in records]).set_index("person")
        if twice := int(people.index.duplicated().sum()):
            files = ", ".join(export.ledger.file for export in records)
            raise DataError(
                f"{files}: {twice} people stand in more than one of these files. Keep one row a person."
            )
        return people
    tables = [export.rows for export in exports.of(sample, "waves") + exports.of(sample, "survey")]
    if not tables:  # the plan calls these files optional, and this cohort has none
        return pd.DataFrame(index=pd.Index([], name="person", dtype=str))
    rows = pd.concat(tables)
    facts = [column for column in rows if column not in ("person", "wave", "months")]
    if "arm" in rows:
        arms = rows.groupby("person", observed=True)["arm"].nunique()
        if (arms > 1).any():
            file = exports.of(sample, "waves")[0].ledger.file
            raise DataError(
                f"{file}: {int((arms > 1).sum())} people stand in two groups. A person is drawn once: correct "
                "the arm."
            )
    return rows.groupby("person", sort=False)[facts].first()


def with_clusters(people: pd.DataFrame, study: Study, exports: Exports, sample: str) -> pd.DataFrame:
    """The people, each without a cluster as a cluster of one; DataError where the plan says that both groups have some.

    Without it two people of whom nothing is known would count as alike, or as strangers, by accident.
    """
    for name, groups in study.plan.clusters.items():
        if name not in people:
            continue
        blank = people[name].isna()
        if groups == "both" and blank.any():
            raise DataError(
                f"cohort {exports.label}, sample {sample}: {int(blank.sum())} people are in no {name}, by which "
                f"[clusters] groups them. Fill it in at one wave; if only the mentored have one, write {name} = "
                '"treated only".'
            )
        people = people.assign(**{name: people[name].astype(str).where(~blank, people.index.to_series())})
    return people


def with_matches(people: pd.DataFrame, study: Study, exports: Exports, sample: str) -> pd.DataFrame:
    """The people with `arm`, `mentored`, `ever`, their mentor, and the days from the start to their match.

    Who has no match but one that the plan leaves out was matched all the same, on a day that nothing tells.
    """
    facts = exports.facts
    raise_all(DataError, list(_while_not_employed(people, exports, sample)))
    matches = pd.concat([export.rows for export in exports.of(sample, "matches")])
    matches = matches[matches["person"] != matches["mentor"]].sort_values("matched_on", kind="stable")
    first = matches[in_intake(matches, exports)].drop_duplicates("person").set_index("person")
    if first.index.intersection(people.index).empty:
        files = ", ".join(export.ledger.file for export in exports.of(sample, "matches"))
        raise DataError(
            f"{files}: nobody in the records is matched while the intake is open. Check intake in cohort.toml, and "
            "that both files write the same ids."
        )
    mentor = first["mentor"].reindex(people.index)
    delay = (first["matched_on"] - pd.Timestamp(facts.start)).dt.days.reindex(people.index)
    # An unmatched person is a cluster of one, so that only mentors' circles count as clusters.
    (treated,) = study.arms
    left_out = frozenset().union(*(export.left_out for export in exports.of(sample, "matches")))
    matched = mentor.notna() | people.index.isin(left_out)
    return people.assign(
        arm=matched.map({True: treated, False: ""}),
        mentored=matched,
        ever=people.index.isin(matches["person"]) | people.index.isin(left_out),
        mentor=mentor.fillna(pd.Series(people.index, index=people.index)),
        match_delay=delay,
    )


def _while_not_employed(people: pd.DataFrame, exports: Exports, sample: str) -> Iterator[str]:
    """A fault for each file with matches in the intake on a day on which the mentee was not employed."""
    for export in exports.of(sample, "matches"):
        rows = export.rows[in_intake(export.rows, exports)]
        for word, said in (("exit_on", "after the mentee left"), ("hired_on", "before the mentee was hired")):
            if word not in people:
                continue
            day = pd.Series(rows["person"].map(people[word]).to_numpy(), index=rows.index)
            wrong = rows["matched_on"] > day if word == "exit_on" else rows["matched_on"] < day
            if wrong.any():
                yield (
                    f"{export.ledger.file}: row {rows_told(list(rows.index[wrong]))}: a match {said}, by the records. "
                    "Correct one of the days, or take the row out."
                )


def with_arms(people: pd.DataFrame, study: Study, exports: Exports) -> pd.DataFrame:
    """The people with `mentored` as drawn, and `ever` as they took part, where the files tell.

    Empty in the comparison means: was not offered, did not take part. Raises DataError where it is empty for some
    of those offered.
    """
    arms = people["arm"].astype(str)
    mentored = arms.isin(study.arms)
    took_part = people["took_part"] if "took_part" in people else pd.Series(float("nan"), index=people.index)
    unknown = int(took_part[mentored].isna().sum())
    if 0 < unknown < mentored.sum():
        raise DataError(
            f"cohort {exports.label}: took_part is empty for {unknown} of those offered a place. Write 1 or 0 for "
            "everybody who was offered a place, or leave the column out of the plan."
        )
    return people.assign(arm=arms, mentored=mentored, took_part=took_part, ever=took_part == 1)


def in_intake(matches: pd.DataFrame, exports: Exports) -> pd.Series:
    """True where a match was made while the cohort's intake was open."""
    first, last = exports.facts.intake or (None, None)
    return matches["matched_on"].between(pd.Timestamp(first), pd.Timestamp(last))


def strangers(exports: Exports, sample: str, known: pd.Index) -> tuple[int, int]:
    """How many matches were made in the intake, and how many of them are of nobody in the records."""
    tables = [export.rows for export in exports.of(sample, "matches")]
    if not tables:
        return 0, 0
    matches = pd.concat(tables)
    matches = matches[(matches["person"] != matches["mentor"]) & in_intake(matches, exports)]
    return len(matches), int((~matches["person"].isin(known)).sum())


def settled(export: Export, exports: Exports, known: pd.Index, studied: pd.Index) -> Ledger:
    """The file's ledger after linking: rows of nobody known, of people not studied, and matches that are none."""
    if export.role == "people":
        return export.ledger.dropping(LEFT_OUT, int((~export.rows["person"].isin(studied)).sum()))
    ledger, rows = export.ledger, export.rows
    if export.role == "matches":
        notes = (f"{ledger.file}: {said}." for said in odd_matches(rows, known))
        ledger = replace(ledger, notes=(*ledger.notes, *notes))
        alone = rows["person"] == rows["mentor"]
        ledger, rows = ledger.dropping(SELF, int(alone.sum())), rows[~alone]
        inside = in_intake(rows, exports)
        ledger, rows = ledger.dropping(OUTSIDE, int((~inside).sum())), rows[inside]
    unknown = ~rows["person"].isin(known)
    ledger, rows = ledger.dropping(UNKNOWN, int(unknown.sum())), rows[~unknown]
    return ledger.dropping(LEFT_OUT, int((~rows["person"].isin(studied)).sum()))
