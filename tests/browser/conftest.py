"""The report in a real browser; without one these tests say that they were skipped, and why."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from chromium import Chromium, found

sys.path.append(str(Path(__file__).parents[1] / "reporting"))  # where evidence is made up

from made_evidence import every_kind, five_outcomes, four_outcomes
from test_more_groups import alone, over_waves, three_arms
from turned_evidence import hostile

from mentorstudy.reporting.page import write_programme, write_report
from mentorstudy.weighing.pool import pool


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    program = found()
    if program is None:
        pytest.skip("no Chromium on this machine: the report was not looked at in a browser")
    chromium = Chromium(program, tmp_path_factory.mktemp("profile"))
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """Written reports by name."""
    made = {
        "four": four_outcomes(),
        "five": five_outcomes(),
        "every kind": every_kind(),
        "hostile": hostile(every_kind()),
        "groups": replace(three_arms(), findings=(*three_arms().findings, replace(over_waves(), outcome="waves"))),
        "alone": alone(),
    }
    written = {name: write_report(evidence, tmp_path_factory.mktemp("report")) for name, evidence in made.items()}
    cohorts = pool([alone("first"), alone("second")], {"third": "it has no report yet"})
    return written | {"programme": write_programme(cohorts, tmp_path_factory.mktemp("report"))}
