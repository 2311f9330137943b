"""The report in a real browser; without one these tests say that they were skipped, and why."""

import sys
from pathlib import Path

import pytest
from chromium import Chromium, found

sys.path.append(str(Path(__file__).parents[1] / "reporting"))  # where evidence is made up

from made_evidence import every_kind, five_outcomes, four_outcomes
from turned_evidence import hostile

from mentorstudy.reporting.page import write_report


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
    }
    return {name: write_report(evidence, tmp_path_factory.mktemp("report")) for name, evidence in made.items()}
