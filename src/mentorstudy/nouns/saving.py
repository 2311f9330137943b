"""Saving: a file is there whole, or as it was before."""

import os
from pathlib import Path


def save_whole(path: Path, text: str) -> Path:
    """Write `text` into a neighbour first, then in place by one rename; the path."""
    neighbour = path.with_name(f".{path.name}.part")
    with neighbour.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    neighbour.replace(path)
    return path
