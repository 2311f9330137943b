"""Inside: what runs in the kernel's own process: the libraries loaded early, and an end with its parent."""
# ruff: noqa: PLC0415
# mypy: allow-untyped-calls

import contextlib
import os
import shutil
import signal
import sys
import threading

import mentorstudy


def end_with_parent(scratch: str) -> None:
    """Wait until the runner lets go of standard input, even by being killed; then end, children included."""
    while os.read(0, 1024):
        pass
    shutil.rmtree(scratch, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def main(connection: str, scratch: str, lock: int) -> None:
    """Serve cells over the sockets that `connection` names.

    The lock of the study is held here as well, so that nobody tidies up while this process still writes.
    """
    os.set_inheritable(lock, False)
    threading.Thread(target=end_with_parent, args=(scratch,), daemon=True).start()
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(["-f", connection, "--IPKernelApp.ignore_cwd=True", "--HistoryManager.enabled=False"])
    for name in mentorstudy.__all__:
        with contextlib.suppress(ImportError):  # told by the cell that needs it, in a step with a name
            getattr(mentorstudy, name)
    app.start()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
