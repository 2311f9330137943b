"""Waves follow one another as the plan has them: a later one that was answered before an earlier one is told."""

from datetime import datetime, timedelta

import pytest

import mentorstudy as kit
from mentorstudy.nouns.errors import DataError

HEAD = "StartDate,EndDate,Status,Progress,Finished,RecordedDate,ResponseId,id,z1,z2,z3"
DAYS = {"T0": "2025-01-{:02d} 08:00:00", "T12": "2026-01-{:02d} 08:00:00"}


def with_moments(small, days=DAYS, *, more=""):
    """Both surveys as Qualtrics exports with one header row, answered on some days of a month."""
    for wave, pattern in days.items():
        path = small.path(f"survey_{wave}.csv")
        rows = []
        for at, row in enumerate(path.read_text().splitlines()[1:]):
            day = pattern.format(1 + at % 28)
            rows.append(
                f"{day},{day},IP Address,100,True,{day},R_{wave.zfill(9)}{at:06d},{row}{more and more + wave}"
            )
        path.write_text("\n".join([HEAD + (more and ",wave"), *rows]) + "\n")


def read(small):
    return kit.read_cohort(kit.read_study(small.folder), "first")


def exchanged(small):
    one, other = small.path("survey_T0.csv"), small.path("survey_T12.csv")
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def test_exports_under_one_another_s_names(small):
    with_moments(small)
    assert len(read(small).files) == 5
    exchanged(small)
    with pytest.raises(DataError) as caught:
        read(small)
    [fault] = caught.value.faults
    assert fault.startswith(
        "first/survey_T12.csv: the responses of wave T12 were handed in 365 days before those of wave T0 in "
        "first/survey_T0.csv, by the median of those who answered both, and the plan has T12 follow T0."
    )
    assert "exchange the files' names" in fault


def test_waves_of_a_column_in_one_file(small):
    with_moments(small, {"T0": DAYS["T12"], "T12": DAYS["T0"]}, more=",")
    both = small.path("survey_T12.csv")
    text = small.path("survey_T0.csv").read_text() + both.read_text().partition("\n")[2]
    small.path("survey_T0.csv").unlink()
    both.rename(both.with_name("both.csv")).write_text(text)
    small.change("plan.toml", lambda plan: plan.replace("survey_*.csv", "both.csv"))
    with pytest.raises(
        DataError, match=r"first/both\.csv: the responses of wave T12 were handed in 365 days before"
    ):
        read(small)


@pytest.mark.parametrize("days", [{"T0": DAYS["T0"], "T12": DAYS["T0"]}, {"T12": DAYS["T0"]}])
def test_waves_of_one_time_or_without_moments_pass(small, days):
    with_moments(small, days)
    assert len(read(small).files) == 5


def with_days(small, days):
    """Both surveys, each person's answered on the day told for the number that their id is; on None they gave none."""
    for wave, day_of in days.items():
        path = small.path(f"survey_{wave}.csv")
        rows = []
        for row in path.read_text().splitlines()[1:]:
            at = int(row.partition(",")[0])
            if (day := day_of(at)) is not None:
                moment = f"{datetime(2025, 1, 6, 8) + timedelta(days=day)}"
                rows.append(f"{moment},{moment},IP Address,100,True,{moment},R_{wave.zfill(9)}{at:06d},{row}")
        path.write_text("\n".join([HEAD, *rows]) + "\n")


@pytest.mark.parametrize("first", [20, 5])
def test_people_who_enrolled_later_do_not_turn_the_waves_round(small, first):
    with_days(
        small,
        {"T0": lambda at: 500 if at >= first else at % 7, "T12": lambda at: None if at >= first else 365 + at % 7},
    )
    assert len(read(small).files) == 5


def test_exports_exchanged_are_told_where_people_enrolled_over_years(small):
    with_days(small, {"T0": lambda at: 20 * at, "T12": lambda at: 20 * at + 365 if at < 60 else None})
    assert len(read(small).files) == 5
    exchanged(small)
    with pytest.raises(DataError, match=r"365 days before .* by the median of those who answered both, and"):
        read(small)


@pytest.mark.parametrize(("days", "told"), [(365, True), (20, False)])
def test_waves_of_other_people_are_told_only_where_they_lie_apart(small, days, told):
    with_days(small, {"T0": lambda at: days + at if at % 2 else None, "T12": lambda at: None if at % 2 else at})
    if told:
        with pytest.raises(DataError, match=r"340 days before .* by their medians, and"):
            read(small)
    else:
        assert len(read(small).files) == 5


def test_waves_of_one_sitting_have_one_clock(small):
    """The people who came last gave no second answers, so the medians of the waves differ and nothing is wrong."""
    with_moments(small)
    first, second = (small.path(f"survey_{wave}.csv").read_text().splitlines() for wave in DAYS)
    head = f"{HEAD[:-9]},{','.join(f'{item}_{wave}' for wave in DAYS for item in ('z1', 'z2', 'z3'))}"
    now = {row.split(",")[7]: row.split(",")[8:] for row in second[1:]}
    rows = [row.split(",") for row in first[1:]]
    rows = [row + (now.get(row[7], [""] * 3) if row[0] < "2025-01-15" else [""] * 3) for row in rows]
    (small.folder / "first" / "wide.csv").write_text("\n".join([head, *map(",".join, rows)]) + "\n")
    small.change("plan.toml", lambda plan: plan.replace('"survey_*.csv"', '{path = "wide.csv", wave = "suffix"}'))
    assert len(read(small).files) == 5
