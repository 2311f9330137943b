"""The example that ships is what its function and seed make, and its README says what the kit finds."""

import csv
import importlib.util
import json
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from mentorstudy import assemble, check, estimate, read_cohort, read_study, score, simulate, weigh
from mentorstudy.nouns.scale import find_scale
from mentorstudy.planning.example import COHORTS, MANY, SEED, example_truth, write_example
from mentorstudy.planning.world import TRAITS, World

EXAMPLE = Path(__file__).parents[2] / "data" / "example"
SCALES = {name: find_scale(name, EXAMPLE) for name in TRAITS}
SCORES = ("confidence", "leadership_readiness", "turnover_intention", "facilities")


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def records(path: Path) -> list[dict[str, str]]:
    header, *rows = rows_of(path)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def found():
    """Checks and evidence of each cohort, by the kit's own road."""
    study = read_study(EXAMPLE)
    results = {}
    for label in study.cohorts:
        exports = read_cohort(study, label)
        people = assemble(study, exports, score(study, exports))
        estimates = estimate(study, people)
        checks = check(study, people, estimates)
        results[label] = (checks, weigh(study, people, estimates, checks))
    return results


@pytest.fixture
def made(tmp_path):
    simulate(tmp_path, world=World(), scales=SCALES, n=400, start=date(2024, 9, 2), seed=3, first_id=41)
    return tmp_path


def test_the_shipped_files_are_made_again_byte_for_byte(tmp_path):
    write_example(tmp_path)
    shipped = {path.relative_to(EXAMPLE) for path in EXAMPLE.glob("*/*")}
    assert {path.relative_to(tmp_path) for path in tmp_path.glob("*/*")} == shipped
    for path in sorted(shipped):
        assert (tmp_path / path).read_bytes() == (EXAMPLE / path).read_bytes(), path


def test_truth_json_holds_to_monte_carlo_error():
    told = json.loads((EXAMPLE / "truth.json").read_text())
    assert (told["people"], told["seed"]) == (MANY, SEED)
    n = 60_000
    again = example_truth(EXAMPLE, n=n, seed=SEED + 1)
    # Both arms hold the same people, so only those whom the match moves add error: under 4 in 100.
    assert again.difference == pytest.approx(told["difference"], abs=4 * np.sqrt(0.04 / n))
    assert again.kept_unmatched == pytest.approx(told["kept_unmatched"], abs=4 * np.sqrt(0.17 * 0.83 / n))
    assert again.months == pytest.approx(told["months"], abs=4 * 2 / np.sqrt(n))
    assert again.ratio == pytest.approx(told["kept_matched"] / told["kept_unmatched"], abs=4 * np.sqrt(0.06 / n))
    for name, points in again.points.items():
        assert points == pytest.approx(told["points"][name], abs=4 * 0.4 / np.sqrt(n)), name
        # In SD of scores of .7 points and more.
        assert again.standardised[name] == pytest.approx(told["standardised"][name], abs=4 * 0.6 / np.sqrt(n)), name
    assert told["points"]["facilities"] == told["standardised"]["facilities"] == 0


def test_a_match_is_worth_the_mentoring_it_adds():
    told = json.loads((EXAMPLE / "truth.json").read_text())
    world, mentoring = World(), told["mentoring"]
    added = world.uptake - world.informal
    # Two draws of the same size and seed, each with its own Monte Carlo error.
    assert told["difference"] == pytest.approx(added * mentoring["difference"], abs=4 * np.sqrt(2 * 0.04 / MANY))
    for name in SCORES:
        wanted = added * mentoring["points"][name]
        assert told["points"][name] == pytest.approx(wanted, abs=4 * 0.4 * np.sqrt(2 / MANY)), name


def test_the_search_for_the_seed_still_finds_it():
    place = Path(__file__).parents[2] / "bench" / "pick_seed.py"
    found = importlib.util.spec_from_file_location("pick_seed", place)
    search = importlib.util.module_from_spec(found)
    found.loader.exec_module(search)
    told = json.loads((EXAMPLE / "truth.json").read_text())
    assert search.fits(SEED, {"retention": told["difference"], **told["points"]})


def test_the_first_two_cohorts_are_alike_and_the_third_is_not(found):
    *mild, strong = COHORTS
    for label in mild:
        checks, evidence = found[label]
        assert max(abs(row.difference) for row in checks.baseline) <= 0.25
        assert {finding.tier for finding in evidence.findings} == {"Moderate"}
    checks, evidence = found[strong]
    differences = {(row.outcome, row.covariate): row.difference for row in checks.baseline}
    assert differences["confidence", "confidence@T0"] > 0.25
    tiers = {finding.outcome: finding.tier for finding in evidence.findings}
    assert tiers["confidence"] == "Limited"


def test_no_primary_estimate_is_far_from_the_truth(found):
    told = json.loads((EXAMPLE / "truth.json").read_text())
    truth = {"retention": told["difference"], **told["points"]}
    for label, (_, evidence) in found.items():
        for finding in evidence.findings:
            if finding.role == "primary":
                away = abs(finding.primary.value - truth[finding.outcome])
                assert away <= 2 * finding.primary.std_error, (label, finding.outcome)
            if finding.role == "negative control":
                assert finding.primary.low <= 0 <= finding.primary.high, label


def test_the_readme_says_what_the_kit_finds(found):
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    assert f"seed {SEED}" in readme
    assert readme.endswith(table(found))
    apart = {
        label: {row.covariate: row.before for row in found[label][1].balance if abs(row.before) > 0.25}
        for label in list(COHORTS)[:2]
    }
    assert {label: {*rows} for label, rows in apart.items()} == {
        "2024-autumn": {"confidence@T0", "turnover_intention@T0"},
        "2025-spring": {"leadership_readiness@T0"},
    }
    for rows in apart.values():
        assert all(f"({before:.2f})".replace("0.", ".") in readme for before in rows.values())


def table(found) -> str:
    told = json.loads((EXAMPLE / "truth.json").read_text())
    lines = [f"| | truth | {' | '.join(COHORTS)} |", "|---|---|" + "---|" * len(COHORTS)]
    for name in ("retention", *SCORES):
        scale, digits = (100, 1) if name == "retention" else (1, 2)
        truth = told["difference"] if name == "retention" else told["points"][name]
        cells = []
        for label in COHORTS:
            finding = next(finding for finding in found[label][1].findings if finding.outcome == name)
            value, low, high = (
                f"{number * scale:+.{digits}f}"
                for number in (finding.primary.value, finding.primary.low, finding.primary.high)
            )
            cells.append(f"{value} ({low} to {high}; {finding.tier})")
        label = found["2024-autumn"][1].findings[["retention", *SCORES].index(name)].label
        lines.append(f"| {label} | {truth * scale:+.{digits}f} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for place, seed in (("a", 1), ("b", 1), ("c", 2)):
        simulate(tmp_path / place, world=World(), scales=SCALES, n=150, start=date(2025, 3, 3), seed=seed)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name
    assert (tmp_path / "a" / "hr.csv").read_bytes() != (tmp_path / "c" / "hr.csv").read_bytes()


def test_surveys_have_three_headers_texts_and_rows_that_are_no_answers(made):
    names, wording, imports, *rows = rows_of(made / "survey_T0.csv")
    assert all("ImportId" in cell and json.loads(cell) for cell in imports)
    assert wording[names.index("cf1")].endswith(SCALES["confidence"].items[0].text)
    answers = {row[names.index("fa3")] for row in rows}
    assert answers == {"", *(text.capitalize() for text in SCALES["facilities"].responses)}
    statuses = [row[names.index("Status")] for row in rows]
    assert {"Survey Preview", "Survey Test", "Spam"} < set(statuses)
    ids = [row[names.index("ExternalReference")] for row in rows]
    assert all((status == "IP Address") == bool(number) for status, number in zip(statuses, ids, strict=True))
    assert not {"RecipientEmail", "RecipientLastName", "IPAddress"} & set(names)


def test_ids_are_texts_with_leading_zeros_and_belong_together(made):
    people = {row["employee_id"] for row in records(made / "hr.csv")}
    matches = records(made / "matches.csv")
    assert len(people) == 400 + 24
    assert all(re.fullmatch(r"0[0-9]{4}", number) for number in people)
    mentees, mentors = {row["mentee_id"] for row in matches}, {row["mentor_id"] for row in matches}
    assert mentees < people
    assert not mentors & people
    assert {row["mentee_id"] for row in records(made / "meetings.csv")} < mentees
    assert len(matches) == round(0.45 * 400)


def test_days_agree_with_one_another(made):
    start, end = "2024-09-02", "2025-10-17"
    left = {row["employee_id"]: row["termination_date"] or "9999" for row in records(made / "hr.csv")}
    for row in records(made / "hr.csv"):
        assert row["hire_date"] < start
        assert bool(row["termination_date"]) == bool(row["term_reason"])
        if row["termination_date"]:
            assert start < row["termination_date"] <= end
    for row in records(made / "meetings.csv"):
        assert start < row["date"] < left[row["mentee_id"]]
    names, _, _, *rows = rows_of(made / "survey_T12.csv")
    for row in rows:
        number = row[names.index("ExternalReference")]
        assert not number or row[names.index("RecordedDate")][:10] < left[number]


def test_reasons_and_contracts_are_all_there(made):
    rows = records(made / "hr.csv")
    reasons = [row["term_reason"] for row in rows if row["term_reason"]]
    assert set(reasons) <= {"RES", "RET-EARLY", "RED", "DIS", "EOC", "RETIRE"}
    assert reasons.count("RES") > len(reasons) / 2
    assert sum(row["contract"] == "fixed-term" for row in rows) == 12
    new = [row for row in rows if row["hire_date"] > "2024-04-01"]
    assert len(new) == 12
