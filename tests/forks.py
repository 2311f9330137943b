"""Code tried in forks of one process that has loaded the readers of SPSS and Stata, which each trial alone would load.

A fork that falls takes as little with it as a process of its own.
"""

import json
import subprocess
import sys

from mentorstudy.reading.containers.tried import ENDED, LONGEST

TRIER = """
import json, os, pandas, pyreadstat, signal, sys  # pandas: the reader loads it only when it reads
for line in sys.stdin:
    code, arguments, longest = json.loads(line)
    child = os.fork()
    if child == 0:
        signal.alarm(longest)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.argv = ["-c", *arguments]
        try:
            exec(code, {})
        except BaseException:
            os._exit(1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Forks:
    """What stands in for `survived`; its process starts when it is first asked."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def survived(self, code: str, *arguments: str) -> bool:
        self.process = self.process or subprocess.Popen(
            [sys.executable, "-I", "-c", TRIER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([code, arguments, LONGEST]) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline()) in ENDED

    def close(self) -> None:
        if self.process:
            self.process.communicate()
