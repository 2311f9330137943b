"""Kernel: a process that runs cells, started before the libraries that talk to it are loaded."""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

SOCKETS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
LONGEST = 80  # a socket's path may have about 100 characters
NOT_FOR_KERNELS = ("PYTHONSTARTUP", "JPY_SESSION_NAME")
# A study's matrices are small: more threads make it slower, and the last digits depend on the machine.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """A kernel process that nobody has talked to yet, and the private folder of its sockets."""

    process: subprocess.Popen[bytes]
    scratch: Path
    connection: Any  # the shape jupyter_client reads

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def kill(self) -> None:
        """End the process and all it started; safe in a signal handler, and more than once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def __enter__(self) -> Self:
        """The kernel, for as long as the block lasts."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no process and no socket behind."""
        self.kill()
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()
        shutil.rmtree(self.scratch, ignore_errors=True)


def start_kernel(*, owner: Path, lock: int, log: IO[bytes]) -> Kernel:
    """Start a kernel whose messages go over sockets in a folder that only this user can open.

    `owner` is the folder of reports whose `lock` the caller holds: sockets that a killed run of the same owner
    left are removed first. Standard input is the thread that ties the kernel's life to ours.
    """
    prefix = f"ms-{hashlib.sha256(os.fsencode(owner.absolute())).hexdigest()[:12]}."
    room = _short_room(prefix)
    for left in room.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=prefix, dir=room))  # mode 700
    connection = {
        **{name: number for number, name in enumerate(SOCKETS, start=1)},
        "ip": str(scratch / "k"),
        "transport": "ipc",
        "key": secrets.token_hex(32),
        "signature_scheme": "hmac-sha256",
        "kernel_name": "python3",
    }
    (scratch / "c.json").write_text(json.dumps(connection), encoding="utf-8")
    environment = ONE_THREAD | {key: value for key, value in os.environ.items() if key not in NOT_FOR_KERNELS}
    environment |= {"MPLBACKEND": "agg", "IPYTHONDIR": str(scratch / "i"), "JPY_PARENT_PID": str(os.getpid())}
    command = [sys.executable, "-P", "-m", "mentorstudy.run.inside", str(scratch / "c.json"), str(scratch)]
    process = subprocess.Popen(
        [*command, str(lock)],
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=log,
        env=environment,
        start_new_session=True,  # a Ctrl-C at the terminal reaches the runner alone
        pass_fds=(lock,),
    )
    return Kernel(process=process, scratch=scratch, connection=connection)


def _short_room(prefix: str) -> Path:
    """The folder for temporary files, or /tmp where that is too long for a socket's path."""
    room = Path(tempfile.gettempdir())
    return room if len(str(room / prefix)) < LONGEST else Path("/tmp")
