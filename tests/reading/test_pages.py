"""The pages on survey tools: what they tell to paste is a plan the kit reads."""

import re
import tomllib
from pathlib import Path

import pytest

from mentorstudy.nouns.condition import Exclusion
from mentorstudy.nouns.file import File
from mentorstudy.nouns.item import Item, Labels
from mentorstudy.reading.files import READERS

FOLDER = Path(__file__).parents[2] / "docs" / "platforms"
BLOCK = re.compile(r"```toml\n(.*?)```", re.DOTALL)
PASTED = [(page.name, block) for page in sorted(FOLDER.glob("*.md")) for block in BLOCK.findall(page.read_text())]


@pytest.mark.parametrize(("page", "block"), PASTED, ids=[name for name, _ in PASTED])
def test_what_a_page_tells_to_paste_can_be_read(page, block):
    plan = tomllib.loads(block)
    assert set(plan) <= {"files", "columns", "labels", "items", "placeholders", "exclude", "identity", "waves"}, (
        page
    )
    for settings in plan.get("files", {}).values():
        if isinstance(settings, dict):
            File.model_validate(settings)
    for labels in plan.get("labels", {}).values():
        Labels.model_validate(labels)
    for item in plan.get("items", {}).values():
        Item.model_validate({"column": item} if isinstance(item, str | list) else item)
    for one in plan.get("exclude", []):
        Exclusion.model_validate(one)


def test_every_format_has_its_page():
    text = " ".join(page.read_text() for page in FOLDER.glob("*.md")).casefold().replace(" ", "")
    for name in READERS:
        assert name in text, name
