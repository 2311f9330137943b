"""Waves follow one another as the plan has them: a later one that was answered before an earlier one is told."""

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
        "first/survey_T0.csv, by their medians, and the plan has T12 follow T0."
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
