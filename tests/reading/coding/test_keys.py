"""Keys: one study, one secret, for its owner alone; one address, one spelling."""

import os
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mentorstudy.nouns.cleaning import as_address
from mentorstudy.nouns.errors import MachineError
from mentorstudy.nouns.state import write_private
from mentorstudy.reading.coding.keys import study_key


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("MENTORSTUDY_HOME")
    folder = tmp_path / "root" / "data" / "acme"
    folder.mkdir(parents=True)
    return folder


def the_key(study: Path) -> Path:
    [path] = (study.parent.parent / ".mentorstudy" / "keys").glob("acme-????????.key")
    return path


def test_a_key_is_made_once_and_lies_beside_the_data(study):
    key = study_key(study)
    assert len(key) == 32
    assert study_key(study) == key == the_key(study).read_bytes()
    assert study_key(study / ".." / "acme") == key
    assert not list(study.parent.rglob("*.key"))


def test_two_studies_have_two_keys_even_under_one_name(study, tmp_path, monkeypatch):
    monkeypatch.setenv("MENTORSTUDY_HOME", str(tmp_path / "home"))
    other = tmp_path / "else" / "acme"
    other.mkdir(parents=True)
    assert study_key(study) != study_key(other)
    assert len(list((tmp_path / "home" / "keys").glob("acme-*.key"))) == 2


def test_nobody_else_can_open_it_and_git_does_not_see_it(study):
    old = os.umask(0)
    try:
        study_key(study)
    finally:
        os.umask(old)
    path = the_key(study)
    assert [stat.S_IMODE(place.stat().st_mode) for place in (path, path.parent, path.parent.parent)] == [
        0o600,
        0o700,
        0o700,
    ]
    root = study.parent.parent
    subprocess.run(["git", "init", "-q", root], check=True)
    seen = subprocess.run(["git", "-C", root, "status", "--porcelain", "-uall"], check=True, capture_output=True)
    assert seen.stdout == b""


def test_a_home_of_ones_own_gets_no_gitignore(study, tmp_path, monkeypatch):
    home = tmp_path / "mine"
    home.mkdir(mode=0o755)
    monkeypatch.setenv("MENTORSTUDY_HOME", str(home))
    study_key(study)
    assert [path.name for path in home.iterdir()] == ["keys"]


@pytest.mark.parametrize(("place", "mode"), [("key", "600"), ("folder", "700")])
def test_too_open_is_told_with_the_command_that_closes_it(study, place, mode):
    key = study_key(study)
    path = the_key(study) if place == "key" else the_key(study).parent
    path.chmod(0o755)
    with pytest.raises(MachineError, match=f"other people.*chmod {mode} ") as told:
        study_key(study)
    command = str(told.value).partition("Close it: ")[2].partition(" - ")[0]
    subprocess.run(command, shell=True, check=True)
    assert study_key(study) == key


def test_a_truncated_key_is_told_and_kept(study):
    key = study_key(study)
    the_key(study).write_bytes(key[:5])
    with pytest.raises(MachineError, match=r"5 bytes, where a key has 32.*rm /"):
        study_key(study)
    assert the_key(study).read_bytes() == key[:5]


def test_where_nothing_can_be_kept_the_variable_is_named(study, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MENTORSTUDY_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(MachineError, match=r"cannot be kept here.*Set MENTORSTUDY_HOME to a folder"):
        study_key(study)


def test_a_disk_without_rights_to_write_is_told(study, monkeypatch):
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    study_key(study)
    the_key(study).unlink()
    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(MachineError, match=r"Permission denied.*Set MENTORSTUDY_HOME"):
        study_key(study)


def test_readings_that_begin_at_once_get_one_key(study):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(study_key, [study] * 16))
    assert len(keys) == 1
    assert len(list(the_key(study).parent.iterdir())) == 2  # the key and .gitignore: no draft stays


def test_a_slower_process_takes_the_key_that_is_there(tmp_path):
    path = tmp_path / "one.key"
    write_private(path, b"first", replacing=False)
    with pytest.raises(FileExistsError):
        write_private(path, b"second", replacing=False)
    assert path.read_bytes() == b"first"
    write_private(path, b"third", replacing=True)
    assert [(place.name, place.read_bytes()) for place in tmp_path.iterdir()] == [("one.key", b"third")]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (" Ada@Example.ORG ", "ada@example.org"),
        ("ada\u200b@example.org", "ada@example.org"),
        ("ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ada@example.org"),
        ("ada@example.org.", "ada@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("Ada+tag@example.org", "ada+tag@example.org"),
        ("a@b..c", "a@b..c"),
        ("Strauß@example.org", "strauß@example.org"),
        ("No Address", "noaddress"),
        ("", ""),
    ],
)
def test_all_spellings_of_an_address_are_one(written, canonical):
    assert as_address(written) == canonical
    assert as_address(canonical) == canonical
