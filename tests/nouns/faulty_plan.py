"""Small changes that make the small study's plan faulty, and what is told of them."""

import re

import pytest

from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.study import read_study


def told(small, *changes, name="plan.toml"):
    for old, new in changes:
        small.change(name, lambda text, old=old, new=new: text.replace(old, new))
    with pytest.raises(PlanError) as caught:
        read_study(small.folder)
    return str(caught.value)


def drawn(small):
    """The same study as a trial: arms in the records, no matches."""
    arms = '[arms]\ntreated = "1"\ncomparison = "0"\n[assignment]\ndocumented = true\ncompromised = false\n'
    plan = small.path("plan.toml").read_text()
    before, _, after = plan.partition("[exposure]")
    plan = before + arms + after[after.index("[outcomes") :]
    plan = plan.replace("fixed-match", "randomised").replace('matches = "matches.csv"\n', "")
    plan = re.sub(r"\[columns\.matches\][^[]*", "", plan).replace('exit_reason = "', 'arm = "arm"\nexit_reason = "')
    small.path("plan.toml").write_text(plan)
    rows = small.path("hr.csv").read_text().splitlines()
    drawn = [f"{row},{at % 2}" for at, row in enumerate(rows[1:])]
    small.path("hr.csv").write_text("\n".join([f"{rows[0]},arm", *drawn]) + "\n")
    return small


def another(small, name, *lines):
    return told(small, ("[outcomes.zeal]", "\n".join([f"[outcomes.{name}]", *lines, "[outcomes.zeal]"])))


ZEAL = ('kind = "scale"', 'scale = "zeal"', 'role = "secondary"', "smallest_effect = 0.3")
