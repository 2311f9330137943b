"""Whole walks: the published numbers of the real study, and what must not change them."""

import pytest

import mentorstudy as kit
from mentorstudy.estimating.difference import EVER, TOOK_PART, TOOK_PART_OR_NOT_OFFERED
from mentorstudy.nouns.errors import DataError

ILLINOIS = "data/illinois-workplace"


def walked(folder, cohort):
    study = kit.read_study(folder)
    exports = kit.read_cohort(study, cohort)
    people = kit.assemble(study, exports, kit.score(study, exports))
    return study, people, kit.estimate(study, people)


@pytest.fixture(scope="module")
def illinois(request):
    return walked(request.config.rootpath / ILLINOIS, "2016")[2]


def by_method(estimates, outcome):
    found = estimates.of(outcome)
    return {e.method: e for e in (found.primary, *found.others) if e.contrast == "risk_difference"}


# Jones, Molitor and Reif (2019), table 4: printed to three decimals, leaving turned into staying.
PUBLISHED = [
    ("staying", TOOK_PART, 0.080, 0.011, 3300),
    ("staying", "complier", 0.022, 0.018, 4834),
    ("promotion", TOOK_PART, 0.019, 0.014, 2840),
    ("promotion", "complier", -0.006, 0.022, 4146),
]
# The same rows in R (tests/reference/illinois): lm with HC2 and ivreg with HC1.
IN_R = [
    ("staying", "difference", 0.0125095808146648, 0.00996785430485818, 4834),
    ("staying", TOOK_PART_OR_NOT_OFFERED, 0.0635081317432353, None, 4834),
    ("staying", "complier", 0.0223385371690442, 0.0177779130002985, 4834),
    ("staying_longer", "difference", -0.00215637469874673, 0.0124277837045765, 4834),
    ("promotion", "difference", -0.00340735068912773, 0.0127739817278889, 4146),
    ("satisfaction", "difference", -0.0251506428060808, 0.0174928077340124, 3564),
]


@pytest.mark.parametrize(("outcome", "method", "value", "error", "n"), PUBLISHED)
def test_the_published_numbers_come_out(illinois, outcome, method, value, error, n):
    found = by_method(illinois, outcome)[method]
    assert round(found.value, 3) == value
    assert round(found.std_error, 3) == error
    assert found.mentored + found.unmentored == n


@pytest.mark.parametrize(("outcome", "method", "value", "error", "n"), IN_R)
def test_r_s_numbers_come_out(illinois, outcome, method, value, error, n):
    found = by_method(illinois, outcome)[method]
    assert found.value == pytest.approx(value, rel=1e-8)
    if error is not None:
        assert found.std_error == pytest.approx(error, rel=1e-8)
    assert found.mentored + found.unmentored == n


def test_the_naive_figure_and_the_draw_disagree(illinois):
    found = by_method(illinois, "staying")
    assert found[TOOK_PART].low > 0 > found["difference"].low


def numbers(estimates):
    return {
        (e.outcome, e.method, e.contrast): (e.value, e.std_error)
        for found in estimates.outcomes
        for e in (found.primary, *found.others)
    }


def test_the_order_of_rows_and_columns_changes_nothing(small):
    before = numbers(walked(small.folder, "first")[2])

    def shuffled(text):
        head, *rows = text.splitlines()
        return "\n".join([head, *sorted(rows, key=lambda row: row[::-1])]) + "\n"

    def turned(text):
        return "\n".join(",".join(line.split(",")[::-1]) for line in text.splitlines()) + "\n"

    for name in ("hr.csv", "survey_T0.csv", "survey_T12.csv", "matches.csv"):
        small.change(name, shuffled)
        small.change(name, turned)
    after = numbers(walked(small.folder, "first")[2])
    assert after.keys() == before.keys()
    for key, (value, error) in before.items():
        assert after[key] == pytest.approx((value, error), rel=1e-9, abs=1e-12), key


def test_each_design_has_its_primary_and_the_naive_beside_it(small):
    estimates = walked(small.folder, "first")[2]
    retention, zeal = estimates.of("retention"), estimates.of("zeal")
    assert retention.primary.method == "weighted"
    assert {e.contrast for e in retention.others if e.method == "weighted"} == {"risk_ratio", "months_retained"}
    assert {e.method for e in retention.others} == {"weighted", "outcome model", "difference", EVER}
    assert zeal.primary.method == "adjusted"
    assert {e.method for e in zeal.others} == {"adjusted", "difference", EVER}
    assert retention.curve[0].share == 1.0
    assert {point.at for point in retention.curve} == set(map(float, range(13)))


def test_the_curve_ends_at_the_primary_s_levels(small):
    retention = walked(small.folder, "first")[2].of("retention")
    last = {point.arm: point.share for point in retention.curve if point.at == 12}
    assert last["mentored"] == pytest.approx(retention.primary.level_mentored, rel=1e-12)
    assert last["unmentored"] == pytest.approx(retention.primary.level_unmentored, rel=1e-12)


def test_nothing_that_varies_is_no_number(small):
    small.change("hr.csv", lambda text: "\n".join(_stays(line) for line in text.splitlines()) + "\n")
    found = walked(small.folder, "first")[2].of("retention")
    assert found.primary is None
    assert "everybody seen has the same value" in found.problem


def _stays(line):
    cells = line.split(",")
    return line if cells[0] == "employee_id" else ",".join([*cells[:2], "", "", *cells[4:]])


def test_groups_told_fully_apart_are_no_number(small):
    matched = {line.split(",")[0] for line in small.path("matches.csv").read_text().splitlines()[1:]}
    small.change("plan.toml", lambda text: text.replace('"grade", "zeal@T0"', '"grade", "chosen"'))

    def chosen(line):
        person = line.split(",")[0]
        return f"{line},chosen" if person == "employee_id" else f"{line},{int(person in matched)}"

    small.change("hr.csv", lambda text: "\n".join(chosen(line) for line in text.splitlines()) + "\n")
    found = walked(small.folder, "first")[2].of("retention")
    assert found.primary is None
    assert "fully apart" in found.problem


def test_clusters_widen_what_they_should(small):
    """People who share a manager are made alike; every error that allows for it grows, and the counts stay."""
    alone = numbers(walked(small.folder, "first")[2])
    small.change(
        "plan.toml",
        lambda text: text.replace("[outcomes.retention]", '[clusters]\nsite = "both"\n\n[outcomes.retention]'),
    )
    # Ten sites whose people stay or leave together.
    small.change("hr.csv", lambda text: "\n".join(_sited(line) for line in text.splitlines()) + "\n")
    together = numbers(walked(small.folder, "first")[2])
    assert together.keys() == alone.keys()
    for method in ("weighted", "outcome model", "difference"):
        key = ("retention", method, "risk_difference")
        assert together[key][1] != pytest.approx(alone[key][1], rel=1e-3), method
    key = ("zeal", "adjusted", "points")
    assert together[key][0] == pytest.approx(alone[key][0], rel=1e-9)
    assert together[key][1] != pytest.approx(alone[key][1], rel=1e-3)


def _sited(line):
    cells = line.split(",")
    return line if cells[0] == "employee_id" else ",".join([*cells[:5], f"s{int(cells[0]) % 10}"])


def test_a_person_to_a_cluster_is_no_cluster(small):
    """CR2 of clusters of one grows each group's variance by size / (size - 1), as its own scatter does."""
    plain = walked(small.folder, "first")[2].of("retention").primary
    small.change(
        "plan.toml",
        lambda text: text.replace("[outcomes.retention]", '[clusters]\nown = "both"\n\n[outcomes.retention]'),
    )
    small.change(
        "hr.csv",
        lambda text: (
            "\n".join(f"{line},{'own' if 'hire' in line else line[:5]}" for line in text.splitlines()) + "\n"
        ),
    )
    clustered = walked(small.folder, "first")[2].of("retention").primary
    grown = [(n / (n - 1)) ** 0.5 for n in (plain.mentored, plain.unmentored)]
    assert min(grown) < clustered.std_error / plain.std_error < max(grown)
    assert clustered.df is not None


def test_a_covariate_that_nobody_has_is_named(small):
    small.change("plan.toml", lambda text: text.replace('"grade", "zeal@T0"', '"tenure_months"'))
    small.change("hr.csv", lambda text: "\n".join(_unhired(line) for line in text.splitlines()) + "\n")
    with pytest.raises(DataError, match=r"hr\.csv: no day of hire \(hired_on\) .* take tenure_months out"):
        walked(small.folder, "first")


def _unhired(line):
    cells = line.split(",")
    return line if cells[0] == "employee_id" else ",".join([cells[0], "", *cells[2:]])
