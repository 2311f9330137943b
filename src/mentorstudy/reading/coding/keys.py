"""Keys: a study's secret, kept apart from its data."""

import secrets
import shlex
from pathlib import Path

from mentorstudy.nouns.errors import MachineError
from mentorstudy.nouns.state import only_mine, private_folder, study_slug, unkept, write_private

BYTES = 32  # of a key


def study_key(study_folder: Path) -> bytes:
    """The study's 32 secret bytes, made at the first asking; who deletes the file makes the study anonymous.

    Raises MachineError where they cannot be kept, where others can read them, and where some are lost.
    """
    path = private_folder(study_folder, "keys") / f"{study_slug(study_folder)}.key"
    try:
        if not path.exists():
            _make(path)
        only_mine(path, "600")
        key = path.read_bytes()
    except OSError as error:
        raise unkept(path, error) from None
    if len(key) != BYTES:
        raise MachineError(
            f"{path}: {len(key)} bytes, where a key has {BYTES}. Put back the whole file; if there is none, take "
            f"this one away, and no later export can be compared with earlier ones: rm {shlex.quote(str(path))}"
        )
    return key


def _make(path: Path) -> None:
    """Make the key, unless another process is quicker: then its key holds for both."""
    try:
        write_private(path, secrets.token_bytes(BYTES), replacing=False)
    except FileExistsError:
        return
