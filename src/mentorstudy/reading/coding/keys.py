"""Keys: a study's secret, kept apart from its data, and an e-mail address in the one form that is hashed."""

import os
import secrets
import shlex
import unicodedata
from hashlib import blake2b
from pathlib import Path

from mentorstudy.nouns.cleaning import as_id
from mentorstudy.nouns.errors import MachineError

HOME = "MENTORSTUDY_HOME"  # names another folder for what is kept between readings
BYTES = 32  # of a key
ELSEWHERE = f"Set {HOME} to a folder of yours outside the data."


def study_key(study_folder: Path) -> bytes:
    """The study's 32 secret bytes, made at the first asking; who deletes the file makes the study anonymous.

    Raises MachineError where they cannot be kept, where others can read them, and where some are lost.
    """
    path = private_folder(study_folder, "keys") / f"{study_slug(study_folder)}.key"
    try:
        if not path.exists():
            _make(path)
        _only_mine(path, "600")
        key = path.read_bytes()
    except OSError as error:
        raise _unkept(path, error) from None
    if len(key) != BYTES:
        raise MachineError(
            f"{path}: {len(key)} bytes, where a key has {BYTES}. Put back the whole file; if there is none, take "
            f"this one away, and no later export can be compared with earlier ones: rm {shlex.quote(str(path))}"
        )
    return key


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
        _only_mine(folder, "700")
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise _unkept(folder, error) from None
    return folder


def write_private(path: Path, content: bytes, *, replacing: bool) -> None:
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


def canonical_email(text: str) -> str:
    """An address as all spellings of it are hashed: no unseen signs, NFKC, lower case, its host in ASCII.

    A text that is no address comes back in the same small letters.
    """
    plain = as_id(unicodedata.normalize("NFKC", text)).lower()
    name, at, host = plain.rpartition("@")
    if not at:
        return plain
    try:
        host = host.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        host = host.rstrip(".")
    return f"{name}@{host}"


def _make(path: Path) -> None:
    """Make the key, unless another process is quicker: then its key holds for both."""
    try:
        write_private(path, secrets.token_bytes(BYTES), replacing=False)
    except FileExistsError:
        return


def _only_mine(path: Path, mode: str) -> None:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise MachineError(
            f"{path}: other people on this machine may open it, and it holds what gives people's ids away. Close "
            f"it: chmod {mode} {shlex.quote(str(path))} - and if that changes nothing, this disk knows no rights. "
            f"{ELSEWHERE}"
        )


def _unkept(path: Path, error: OSError) -> MachineError:
    return MachineError(f"{path}: cannot be kept here ({error.strerror}). {ELSEWHERE}")
