"""Folders: one run at a time, staged beside the reports, published in one step, tidied after a kill."""

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from mentorstudy.nouns.errors import BusyError, MachineError

PATIENCE = 0.3  # seconds for the kernel of a killed run to notice and let go
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FULL = "The disk is full. Make room and run again."
NO_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h


@contextmanager
def lock_of(study: str, reports: Path) -> Iterator[int]:
    """Hold the only right to write the reports of `study`; the open lock file, for the kernel to hold too.

    The system frees the lock when its last holder ends, however it ends. BusyError where somebody else has it.
    """
    path, deadline = reports / f".lock-{study}", time.monotonic() + PATIENCE
    while True:
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(held), os.stat(path)):  # not one that was just taken away
                break
        except FileNotFoundError:
            pass
        except BlockingIOError:
            if time.monotonic() > deadline:
                told = _holder(held)
                os.close(held)
                raise BusyError(
                    f"{study}: another run{told} is writing these reports. Try again when it has ended."
                ) from None
            time.sleep(0.05)
        os.close(held)
    try:
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "started": datetime.now().isoformat()}
        os.ftruncate(held, 0)
        os.pwrite(held, json.dumps(holder).encode(), 0)
        yield held
    finally:
        path.unlink(missing_ok=True)
        os.close(held)


def _holder(held: int) -> str:
    try:
        holder = json.loads(os.pread(held, 1000, 0))
        started = datetime.fromisoformat(holder["started"]).strftime("%H:%M:%S on %d %B")
        return f" (process {holder['pid']} on {holder['host']}, started {started})"
    except (ValueError, KeyError, TypeError):  # it has the lock and is just about to write who it is
        return ", just started,"


def tidy(study: str, reports: Path) -> None:
    """Put right what a stopped run of `study` left: staged folders go, a report on its way out comes back."""
    for left in reports.glob(f".staging-{study}.*"):
        shutil.rmtree(left, ignore_errors=True)
    for old in reports.glob(f".old-{study}.*"):
        published = reports / study / old.name.removeprefix(f".old-{study}.")
        if published.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(published)
    logs = reports / ".logs" / study
    for log in logs.glob("*.log"):
        if not log.stat().st_size:
            log.unlink()
    remove_if_empty(logs, logs.parent)


def settle(folder: Path) -> None:
    """Have every file and folder below `folder` on the disk, not only in memory."""
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def publish(staged: Path, published: Path) -> None:
    """Let `staged` stand where `published` stood, in one step; the earlier folder ends up in its place.

    A kill at any instant leaves the earlier report or the new one, under its name or (where the file system
    cannot exchange two folders) under a name from which `tidy` brings it back.
    """
    published.parent.mkdir(parents=True, exist_ok=True)
    if not published.exists():
        staged.rename(published)
    elif not _exchange(staged, published):
        old = published.parent.parent / f".old-{published.parent.name}.{published.name}"
        published.rename(old)
        staged.rename(published)
        shutil.rmtree(old, ignore_errors=True)
    _sync(published.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; False where the system or the file system cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number))


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def machine_told() -> Iterator[None]:
    """Say in one line what the machine refused: space, or the right to write."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_SPACE:
            raise MachineError(FULL) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise MachineError(f"{error.filename}: no right to write here. Name another --reports.") from error
        if error.errno in (errno.EEXIST, errno.ENOTDIR) and error.filename:
            raise MachineError(
                f"{error.filename}: a file stands where a folder of reports is to be. Name another --reports."
            ) from error
        raise


def remove_if_empty(*folders: Path) -> None:
    """Take away the folders that hold nothing; innermost first."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
