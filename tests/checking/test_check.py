"""The checks: the published boundary, balance by hand, and each check able to fail."""

import numpy as np
import pytest

import mentorstudy as kit
from mentorstudy.checking.attrition import boundary
from mentorstudy.numerics.balance import standardised_differences


def checked(small):
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, "first")
    people = kit.assemble(study, exports, kit.score(study, exports))
    return kit.check(study, people, kit.estimate(study, people))


def of(checks, outcome, name):
    return next(check for check in checks.of(outcome) if check.name == name)


@pytest.mark.parametrize(
    ("overall", "cautious", "optimistic"),
    # Every fifth row of the What Works Clearinghouse boundary, in people of 100.
    [
        (0, 5.7, 10.0),
        (10, 6.3, 10.9),
        (20, 5.4, 10.0),
        (30, 4.1, 8.2),
        (40, 2.6, 6.0),
        (50, 1.0, 3.7),
        (57, 0.0, 2.1),
    ],
)
def test_the_boundary_is_the_published_one(overall, cautious, optimistic):
    assert boundary(overall / 100, "cautious") == pytest.approx(cautious / 100)
    assert boundary(overall / 100, "optimistic") == pytest.approx(optimistic / 100)


def test_the_boundary_is_drawn_between_whole_percents_and_ends():
    assert boundary(0.305, "cautious") == pytest.approx(
        (boundary(0.30, "cautious") + boundary(0.31, "cautious")) / 2
    )
    assert boundary(0.65, "cautious") == 0.0
    assert boundary(0.99, "optimistic") == 0.0


def test_more_loss_in_one_group_is_above_the_line(small):
    matched = {line.split(",")[0] for line in small.path("matches.csv").read_text().splitlines()[1:]}
    assert of(checked(small), "zeal", "attrition").threshold > 0
    rows = small.path("survey_T12.csv").read_text().splitlines()
    lost = [row for row in rows if row.split(",")[0] in matched][::2]
    small.change("survey_T12.csv", lambda text: "\n".join(row for row in rows if row not in lost) + "\n")
    check = of(checked(small), "zeal", "attrition")
    assert check.passed is False
    assert "above the cautious line" in check.in_words


def test_attrition_counts_those_who_began_and_were_seen(small):
    rows = checked(small).attrition["zeal", "matched"]
    assert {(row.wave, row.arm) for row in rows} == {
        (wave, arm) for wave in ("T0", "T12") for arm in ("mentored", "unmentored")
    }
    assert all(row.seen < row.began for row in rows)


def test_balance_is_hedges_g_by_hand():
    rng = np.random.default_rng(3)
    x, treated = rng.normal(size=50), np.arange(50) < 20
    a, b = x[treated], x[~treated]
    pooled = np.sqrt((19 * a.var(ddof=1) + 29 * b.var(ddof=1)) / 48)
    expected = (1 - 3 / (4 * 50 - 9)) * (a.mean() - b.mean()) / pooled
    assert standardised_differences(x[:, None], treated)[0] == pytest.approx(expected, rel=1e-12)


def test_a_column_that_never_varies_is_alike_or_beyond_measure():
    treated = np.arange(10) < 5
    assert standardised_differences(np.ones((10, 1)), treated)[0] == 0
    assert np.isinf(standardised_differences(treated[:, None].astype(float), treated)[0])


def test_weighting_brings_the_groups_together(small):
    rows = [row for row in checked(small).balance if row.after is not None]
    assert {row.covariate for row in rows} == {"grade", "zeal@T0"}
    assert sum(abs(row.after) for row in rows) < sum(abs(row.before) for row in rows)


def test_a_group_of_keen_people_fails_equivalence(small):
    rows = [line.split(",") for line in small.path("survey_T0.csv").read_text().splitlines()[1:]]
    keen = [row[0] for row in rows if int(row[1]) + int(row[2]) - int(row[3]) >= 5]
    matches = "\n".join(f"{person},90001,2025-01-06" for person in keen)
    small.change("matches.csv", lambda text: text.splitlines()[0] + "\n" + matches + "\n")
    check = of(checked(small), "zeal", "alike before")
    assert check.passed is False
    assert "(zeal@T0)" in check.in_words


def test_a_flipped_key_is_told(small):
    path = small.folder / "scales" / "zeal.toml"
    path.write_text(path.read_text().replace("reverse = true\n", ""))
    checks = checked(small)
    assert any("z3 runs against its scale" in note for measure in checks.measures for note in measure.notes)
    assert of(checks, "zeal", "reliability").passed is False


def test_reliability_is_told_by_group_and_wave(small):
    measures = checked(small).measures
    assert {(measure.wave, measure.group) for measure in measures} == {
        (wave, arm) for wave in ("T0", "T12") for arm in ("mentored", "unmentored")
    }
    for measure in measures:
        assert measure.alpha_low < measure.alpha < measure.alpha_high
        assert 0.5 < measure.omega < 1


def test_matches_long_after_the_start_are_told(small):
    small.change("cohort.toml", lambda text: text.replace("2025-01-31", "2025-06-30"))
    small.change("matches.csv", lambda text: text.replace("2025-01-06", "2025-05-06", 30))
    check = of(checked(small), "retention", "matched at the start")
    assert check.passed is False
    assert "would count in the other group" in check.in_words


@pytest.mark.parametrize(("strange", "told"), [(0, False), (4, False), (5, True), (40, True)])
def test_matches_of_nobody_in_the_records_are_told(small, strange, told):
    with small.path("matches.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"8{number:04d},90001,2025-01-06\n" for number in range(strange))
    found = [check for check in checked(small).of("retention") if check.name == "matches linked"]
    assert bool(found) is told
    if told:
        assert found[0].passed is False
        assert "are of nobody in the records" in found[0].in_words


def test_meetings_that_nobody_held_are_told(small):
    assert of(checked(small), "retention", "meetings held").passed is True
    small.change("meetings.csv", lambda text: "\n".join(text.splitlines()[:20]) + "\n")
    assert of(checked(small), "retention", "meetings held").passed is False


def test_few_people_are_not_counted_in_words(small):
    rows = small.path("hr.csv").read_text().splitlines()
    cells = rows[9].split(",")
    small.change("hr.csv", lambda text: text.replace(rows[9], ",".join([*cells[:4], "", *cells[5:]])))
    small.change("plan.toml", lambda text: text.replace('{column = "grade", at_least = 2}', ""))
    small.change("plan.toml", lambda text: text.replace('"grade", "zeal@T0"', '"grade"'))
    check = of(checked(small), "retention", "missing covariates")
    assert "fewer than 5 people" in check.in_words


def test_a_study_by_lot_has_no_weights_to_check(request):
    study = kit.read_study(request.config.rootpath / "data" / "illinois-workplace")
    exports = kit.read_cohort(study, "2016")
    people = kit.assemble(study, exports, kit.score(study, exports))
    checks = kit.check(study, people, kit.estimate(study, people))
    names = {check.name for check in checks.checks}
    assert "overlap" not in names
    assert {row.covariate for row in checks.balance} >= {"male", "white"}
    assert of(checks, "satisfaction", "attrition").passed is True


def with_column(small, name, values):
    """The study with one more column among the people, adjusted for."""
    rows = small.path("hr.csv").read_text().splitlines()
    more = [f"{row},{value}" for row, value in zip(rows[1:], values, strict=True)]
    small.change("hr.csv", lambda _: "\n".join([f"{rows[0]},{name}", *more]) + "\n")
    small.change(
        "plan.toml", lambda text: text.replace('adjust_for = ["grade"', f'adjust_for = ["{name}", "grade"')
    )


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([7] * 240, "it is the same for everybody"),
        (["HQ"] * 240, "it is the same for everybody"),
        ([f"c{number // 2}" for number in range(240)], "it has no value that 10 people share"),
    ],
)
def test_a_column_that_tells_nothing_is_no_measure_and_is_named(small, values, why):
    before = {row.covariate for row in checked(small).balance}
    with_column(small, "place", values)
    checks = checked(small)
    assert checks.left_out["retention", "matched"] == (("place", why),)
    assert {row.covariate for row in checks.balance} == before
    assert "of 2 measures" in of(checks, "retention", "alike before").in_words


def test_a_column_that_repeats_another_is_named(small):
    grades = [row.split(",")[4] for row in small.path("hr.csv").read_text().splitlines()[1:]]
    with_column(small, "pay", [10 * int(grade) for grade in grades])
    assert checked(small).left_out["zeal", "matched"] == (("grade", "others say the same"),)


def test_what_is_left_out_is_among_the_reasons(small):
    with_column(small, "place", ["HQ"] * 240)
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, "first")
    people = kit.assemble(study, exports, kit.score(study, exports))
    estimates = kit.estimate(study, people)
    evidence = kit.weigh(study, people, estimates, kit.check(study, people, estimates))
    for finding in evidence.findings:
        assert finding.reasons[-1] == "place was left out, as it is the same for everybody"


def test_nothing_known_but_what_is_the_same_for_everybody(small):
    with_column(small, "place", ["HQ"] * 240)
    small.change("plan.toml", lambda text: text.replace('"place", "grade", "zeal@T0"', '"place"'))
    checks = checked(small)
    assert of(checks, "retention", "alike before").passed is None
    assert checks.left_out["retention", "matched"] == (("place", "it is the same for everybody"),)
