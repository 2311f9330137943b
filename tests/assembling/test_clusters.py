"""Clusters: nobody is grouped with others of whom nothing is known either."""

import pytest

import mentorstudy as kit
from mentorstudy.nouns.errors import DataError


def teams(small, values, groups):
    rows = small.path("hr.csv").read_text().splitlines()
    more = [f"{row},{values[at % len(values)]}" for at, row in enumerate(rows[1:])]
    small.change("hr.csv", lambda _: "\n".join([f"{rows[0]},team", *more]) + "\n")
    small.change("plan.toml", lambda text: f'{text}\n[clusters]\nteam = "{groups}"\n')
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, "first")
    return study, kit.assemble(study, exports, kit.score(study, exports))


@pytest.mark.parametrize("values", [["a", "b", ""], ["1", "2", ""], [""]])
def test_people_without_a_cluster_are_told_where_both_groups_have_one(small, values):
    with pytest.raises(DataError, match=r"hr\.csv: row .* column team: people in no team, by which \[clusters\]"):
        teams(small, values, "both")


@pytest.mark.parametrize("values", [["a", "b", "c", "d", ""], ["1", "2", "3", "4", ""]])
def test_people_without_a_cluster_are_clusters_of_one(small, values):
    study, cohort = teams(small, values, "treated only")
    people = cohort.samples[0].people
    blank = people["team"] == people.index
    assert blank.sum() == people["team"].nunique() - 4
    assert kit.estimate(study, cohort).of("retention").primary.std_error > 0
