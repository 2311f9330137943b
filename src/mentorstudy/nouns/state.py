"""State: what is kept between readings, apart from the data: for its owner alone, and unseen by git."""

import os
import re
import secrets
import shlex
from hashlib import blake2b
from pathlib import Path

from mentorstudy.nouns.errors import MachineError

HOME = "MENTORSTUDY_HOME"  # names another folder for what is kept between readings
NEW, KNOWN = ".new", ".npz"  # of a file's responses: found now, and in the last run
DIGEST = 8  # bytes that stand for a file in the name of what is known of it
ELSEWHERE = f"Set {HOME} to a folder of yours outside the data."


def study_slug(study_folder: Path) -> str:
    """The study's name in the state folder: that of its folder, and a digest of where it lies."""
    place = study_folder.resolve()
    return f"{place.name}-{blake2b(os.fsencode(place), digest_size=4).hexdigest()}"


def private_folder(study_folder: Path, room: str) -> Path:
    """The folder `room` of what is kept between readings: for its owner alone, and unseen by git."""
    told = os.environ.get(HOME, "")
    home = Path(told).expanduser().absolute() if told else study_folder.resolve().parent.parent / ".mentorstudy"
    folder = home / room
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        only_mine(folder, "700")
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise unkept(folder, error) from None
    return folder


def write_private(path: Path, content: bytes | memoryview, *, replacing: bool) -> None:
    """Write a file of mode 600 in one step; one that is there stays as it is unless `replacing`."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replacing:
            draft.replace(path)
        else:
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def only_mine(path: Path, mode: str) -> None:
    """MachineError where anybody else may open it."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise MachineError(
            f"{path}: other people on this machine may open it, and it holds what gives people's ids away. Close "
            f"it: chmod {mode} {shlex.quote(str(path))} - and if that changes nothing, this disk knows no rights. "
            f"{ELSEWHERE}"
        )


def unkept(path: Path, error: OSError) -> MachineError:
    """What to do where the machine does not let anything be kept."""
    return MachineError(f"{path}: cannot be kept here ({error.strerror}). {ELSEWHERE}")


def memory(study_folder: Path, cohort: str, file: str) -> Path:
    """Where what is known of one file lies."""
    name = blake2b(f"{cohort}/{file}".encode(), digest_size=DIGEST).hexdigest()
    return private_folder(study_folder, "exports") / f"{study_slug(study_folder)}-{cohort}-{name}{KNOWN}"


def remember(study_folder: Path, cohort: str) -> None:
    """Make what was found of a cohort's files in a run what the next one is compared with."""
    folder = private_folder(study_folder, "exports")
    ours = re.compile(
        rf"{re.escape(f'{study_slug(study_folder)}-{cohort}-')}[0-9a-f]{{{2 * DIGEST}}}{re.escape(NEW)}"
    )
    for path in filter(lambda one: ours.fullmatch(one.name), list(folder.iterdir())):
        path.replace(path.with_suffix(KNOWN))
