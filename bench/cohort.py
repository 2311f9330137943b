"""One cohort from command to end, against the least a notebook of this kind can cost; and how fast --help is.

The floor is the time from process start to the end of a kernel that imported pandas, statsmodels.api and
seaborn, its messages over ipc. Runs are interleaved and the medians compared. Promise: at most 1.5 times.

    python bench/cohort.py [STUDY [COHORT]]
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS, GOAL, HELP_GOAL = 5, 1.5, 0.5
MENTORSTUDY = str(Path(sys.executable).with_name("mentorstudy"))
FLOOR = """
import sys
from jupyter_client import KernelManager
kernel = KernelManager(transport="ipc", connection_file=sys.argv[1] + "/k.json")
kernel.start_kernel()
client = kernel.blocking_client()
client.start_channels()
client.wait_for_ready(timeout=60)
reply = client.execute_interactive("import pandas, statsmodels.api, seaborn")
assert reply["content"]["status"] == "ok"
client.stop_channels()
kernel.shutdown_kernel(now=True)
"""


def seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def main(study: str = "data/example", cohort: str = "") -> None:
    chosen = cohort or sorted(file.parent.name for file in Path(study).glob("*/cohort.toml"))[0]
    with tempfile.TemporaryDirectory(prefix="ms-bench.") as folder:
        commands = {
            "floor": [sys.executable, "-c", FLOOR, folder],
            "run": [MENTORSTUDY, "run", study, "--cohort", chosen, "--reports", folder],
            "help": [MENTORSTUDY, "--help"],
        }
        for command in commands.values():  # once, for warm files
            seconds(command)
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                taken[name].append(seconds(command))
    median = {name: statistics.median(times) for name, times in taken.items()}
    for name, times in taken.items():
        print(f"{name:6} {median[name]:5.2f} s   ({min(times):.2f} to {max(times):.2f})")
    print(f"run / floor  {median['run'] / median['floor']:.2f}   (goal: at most {GOAL})")
    print(f"--help       {median['help']:.2f} s (goal: under {HELP_GOAL})")
    sys.exit(median["run"] > GOAL * median["floor"] or median["help"] > HELP_GOAL)


if __name__ == "__main__":
    main(*sys.argv[1:])
