"""Engine: papermill, strictly: a kernel that was started before, steps with names, failures told in a line."""
# mypy: allow-untyped-calls

import ast
import logging
import re
import time
from collections.abc import Mapping
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbclient.util import run_sync
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.execute import execute_notebook

from mentorstudy.nouns import errors
from mentorstudy.nouns.errors import MachineError, StudyError
from mentorstudy.run.folders import FULL, NO_SPACE
from mentorstudy.run.kernel import Kernel
from mentorstudy.run.progress import Progress

PYTHON = {"kernel_name": "python3", "language": "python"}
OURS = {kind.__name__: kind for kind in (*StudyError.__subclasses__(), StudyError)}
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
LISTEN = 0.1  # seconds between two looks at whether a silent kernel still lives
SLOW_START = 120  # seconds for a kernel to load its libraries on a cold and busy machine
SLOW_OUTPUT = 120  # and for a cell's last output to arrive
END = "(get_ipython().execution_count, __import__('hashlib').sha256(open({!r}, 'rb').read()).hexdigest())"
NOTES = "[note for file in exports.files for note in file.ledger.notes]"  # of the files that the notebook read
KIND = "[kind.__module__ for kind in type(__import__('sys').last_value).__mro__]"


class StepError(StudyError):
    """A step failed by our own fault; `traceback` may hold values and belongs in the log only."""

    def __init__(self, step: str, kind: str, traceback: str = "") -> None:
        """Say the step and the kind of error, never its text: that may hold somebody's answer."""
        super().__init__(f"internal error in step {step}: {kind}.")
        self.traceback = COLOURS.sub("", traceback)


class _Client(AsyncKernelClient):
    """Takes the process's word for whether the kernel lives, not a heartbeat's."""

    kernel: Kernel

    async def _async_is_alive(self) -> bool:
        return self.kernel.alive

    is_alive = _async_is_alive

    async def ready(self) -> None:
        """Wait until the kernel answers and its output is heard, or is dead."""
        deadline = time.monotonic() + SLOW_START
        self.kernel_info()
        for next_message in (self.get_shell_msg, self.get_iopub_msg):
            while True:
                try:
                    await next_message(timeout=LISTEN)
                    break
                except Empty:
                    if not self.kernel.alive or time.monotonic() > deadline:
                        raise DeadKernelError("no answer") from None


class _Started:
    """As much of a kernel manager as nbclient asks for when it is handed a client."""

    has_kernel = True


class _Cells(PapermillNotebookClient):
    """Runs every cell, or says which one failed and how."""

    evidence: Path
    progress: Progress
    step = "starting"

    def papermill_execute_cells(self) -> None:
        """Run all cells; then have the kernel itself tell how many it ran and what evidence they wrote."""
        cells = [cell for cell in self.nb.cells if cell.cell_type == "code" and cell.source.strip()]
        steps = [cell for cell in cells if "step" in cell.metadata]
        for index, cell in enumerate(self.nb.cells):
            if cell in steps:
                self.step = str(cell.metadata["step"])
                number = next(at for at, step in enumerate(steps, start=1) if step is cell)
                with self.progress.step(number, len(steps), self.step):
                    self._run(cell, index)
            elif cell in cells:
                self.step = f"cell {index + 1}"
                self._run(cell, index)
        for note in self._ask(NOTES) or ():
            self.progress.say(f"note: {note}")
        ran, digest = self._ask(END.format(str(self.evidence))) or (0, "")
        if ran != len(cells) + 1:  # the kernel counts from 1, and stands at the next
            raise StepError("the end", "not every cell ran")
        self.nb.metadata["evidence_sha256"] = digest

    def _run(self, cell: NotebookNode, index: int) -> None:
        try:
            self.execute_cell(cell, index)
        except CellExecutionError as error:
            raise self._told(error) from None

    def _told(self, error: CellExecutionError) -> StudyError:
        """What went wrong, for the person at the keyboard; only our own errors' texts are safe to show."""
        if error.ename in OURS and errors.__name__ in (self._ask(KIND) or ()):
            return OURS[error.ename](error.evalue)
        if error.ename == "MemoryError":
            return MachineError(f"Step {self.step} ran out of memory. Close other programs and run again.")
        if error.ename == "OSError" and error.evalue.startswith(tuple(f"[Errno {n}]" for n in NO_SPACE)):
            return MachineError(FULL)
        return StepError(self.step, error.ename, error.traceback)

    def _ask(self, expression: str) -> Any:
        """The kernel's value of `expression`, a literal; None where it has none."""
        assert self.kc is not None
        while True:
            asked = self.kc.execute("pass", silent=True, user_expressions={"answer": expression})
            reply = (self.wait_for_reply(asked) or {"content": {"status": "none"}})["content"]
            if reply["status"] != "aborted":  # a kernel drops what comes in right after a failed cell
                break
            time.sleep(0.01)
        answer = reply.get("user_expressions", {}).get("answer", {})
        return ast.literal_eval(answer["data"]["text/plain"]) if answer.get("status") == "ok" else None


class _Strict(Engine):
    """Papermill's way to run a notebook on a kernel that is already there."""

    @classmethod
    def execute_managed_notebook(  # type: ignore[override]
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        kernel: Kernel,
        evidence: Path,
        progress: Progress,
        **_: Any,
    ) -> None:
        cells = _Cells(
            nb_man,
            km=_Started(),
            kernel_name=kernel_name,
            force_raise_errors=True,
            record_timing=False,
            iopub_timeout=SLOW_OUTPUT,
        )
        cells.evidence, cells.progress = evidence, progress
        client = _Client()
        client.load_connection_info(kernel.connection)
        client.kernel, cells.kc = kernel, client
        client.start_channels(stdin=False)  # nobody sits there to answer a cell's input()
        try:
            run_sync(client.ready)()
            cells.execute()
        except DeadKernelError:
            raise MachineError(
                f"The kernel died in step {cells.step}, often for lack of memory. Close other programs and run "
                "again."
            ) from None
        finally:
            client.stop_channels()


def execute(
    notebook: Path, parameters: Mapping[str, str], *, kernel: Kernel, evidence: Path, progress: Progress
) -> tuple[NotebookNode, str]:
    """The notebook as run, and the digest that the kernel saw of the `evidence` its last cell wrote.

    Raises what a cell raised if that was a StudyError, MachineError for a kernel that died, StepError for all
    else. Nothing is written; that papermill calls a cell completed is not believed.
    """
    for chatty in ("papermill", "traitlets", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.CRITICAL + 1)
    papermill_engines.register("mentorstudy", _Strict)
    notes = execute_notebook(
        str(notebook),
        None,
        dict(parameters),
        engine_name="mentorstudy",
        progress_bar=False,
        kernel=kernel,
        evidence=evidence,
        progress=progress,
        **PYTHON,
    )
    return notes, notes.metadata.pop("evidence_sha256")
