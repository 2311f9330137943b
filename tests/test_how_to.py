"""Every block of the how-to pages, done in order, as somebody would who follows them, in a copy of the tree."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from test_house import HOUSE, tracked

PAGES = sorted((HOUSE / "docs" / "how-to").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)( part| add)?\n(.*?)^```", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"`([\w./-]+\.(?:toml|csv|py))`[^`]*$")


@pytest.fixture
def copy(tmp_path) -> Path:
    """The data and notebooks of the tree, with a command that runs this very environment."""
    for path in [*tracked("data/*"), *tracked("notebooks/*")]:
        place = tmp_path / path.relative_to(HOUSE)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    command = tmp_path / ".venv" / "bin" / "mentorstudy"
    command.write_text(f"#!{sys.executable}\nfrom mentorstudy.cli import main\nmain()\n")
    command.chmod(0o755)
    return tmp_path


def test_there_are_pages():
    assert {page.stem for page in PAGES} == {"own-study", "add-a-cohort", "own-scale", "read-the-report"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_the_page_says_works(page, copy):
    text, told = page.read_text(), ""
    for block in BLOCK.finditer(text):
        kind, manner, body = block.groups()
        before = text[: block.start()].rstrip()
        if kind == "sh":
            told = done(body, copy)
        elif kind == "python":
            ran = subprocess.run(
                [sys.executable, "-c", body], cwd=copy, capture_output=True, text=True, check=False
            )
            assert ran.returncode == 0, ran.stderr
            told = ran.stdout
        elif kind == "text":
            for line in body.strip().splitlines():
                assert line in told, told
        elif kind == "toml" and manner == " part":
            assert "=" in body  # a part of a plan, shown and not written anywhere
        else:
            assert kind == "toml", f"{page.name}: nobody runs a block of {kind}"
            name = NAMED.search(before)
            assert name, f"{page.name}: no file is named before {body[:40]!r}"
            file = copy / name[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text((file.read_text() if manner == " add" else "") + "\n" * (manner == " add") + body)


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
