"""Every block of the how-to pages, done in order, as somebody would who follows them, in a copy of the tree."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from mentorstudy.nouns.evidence import State, Tier
from test_house import HOUSE, tracked

PAGES = sorted((HOUSE / "docs" / "how-to").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)( add)?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"`([\w./-]+\.(?:toml|csv|py))`[^`]*:$")
WRITTEN = {"toml", "csv", "python"}  # to the file that the paragraph before names


@pytest.fixture
def copy(tmp_path) -> Path:
    """The data and notebooks of the tree, with a command that runs this very environment."""
    for path in [*tracked("data/*"), *tracked("notebooks/*")]:
        place = tmp_path / path.relative_to(HOUSE)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for tool, code in (("mentorstudy", '-c "from mentorstudy.cli import main; main()"'), ("python", "")):
        command = tmp_path / ".venv" / "bin" / tool
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {code} "$@"\n')
        command.chmod(0o755)
    return tmp_path


def test_there_are_pages():
    assert {page.stem for page in PAGES} == {"own-study", "add-a-cohort", "own-scale", "read-the-report"}


def test_every_state_and_tier_is_explained_and_no_other():
    text = (HOUSE / "docs" / "how-to" / "read-the-report.md").read_text()
    tables = [re.findall(r"^\| ([\w ]+) \|", table, re.MULTILINE) for table in text.split("\n\n")]
    first = {table[0]: set(table[1:]) for table in tables if table}
    assert first["state"] == set(get_args(State))
    assert first["tier"] == set(get_args(Tier))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_block_of_the_page_is_passed_over(page):
    text = page.read_text()
    assert len(re.findall("```|~~~", text)) == 2 * len(BLOCK.findall(text)), "a block no test would run"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_the_page_says_works(page, copy):
    text, told = page.read_text(), ""
    for block in BLOCK.finditer(text):
        kind, add, body = block.groups()
        # The paragraph before, so that a file named further up is not taken for this block's.
        named = NAMED.search(text[: block.start()].rstrip().rpartition("\n\n")[2])
        if kind == "sh":
            told = done(body, copy)
        elif kind == "text":
            lines = body.strip().splitlines()
            assert lines, f"{page.name}: output without a line"
            for line in lines:
                assert line in told, told
        elif kind in WRITTEN and named:
            written(copy / named[1], body, add=bool(add))
        elif kind == "python":
            ran = subprocess.run(
                [sys.executable, "-c", body], cwd=copy, capture_output=True, text=True, check=False
            )
            assert ran.returncode == 0, ran.stderr
            told = ran.stdout
        else:
            pytest.fail(f"{page.name}: nobody runs this block of {kind}: {body[:40]!r}")


def written(file: Path, body: str, *, add: bool) -> None:
    """The block in its file; what is added comes after what stands there."""
    assert file.exists() or not add, f"{file.name}: nothing there to add to"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{file.read_text()}\n{body}" if add else body)


def done(commands: str, folder: Path) -> str:
    """What the commands print, one after the other; one that begins with ! must fail."""
    told = ""
    for command in commands.strip().splitlines():
        ran = subprocess.run(
            command.removeprefix("! "),
            shell=True,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert (ran.returncode != 0) == command.startswith("! "), ran.stderr
        assert "internal error" not in ran.stderr
        told += ran.stdout + ran.stderr
    return told
