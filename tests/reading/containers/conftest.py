"""Files that would fill a machine's memory, each read in a process of its own."""

import json
import subprocess
import sys

import pytest

# Loads the library once and forks for every file. A fork's highest memory counts from its beginning, without the some
# 50 MB of the library's files that a fresh process would show. Only Linux tells of memory.
READER = """
import json, os, signal, sys, time, traceback
from pathlib import Path
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.opening import open_grid

def told(path):
    before = time.monotonic()
    try:
        said = f"read {len(open_grid(path, path.name, File(path=path.name)).rows)}"
    except DataError as error:
        said = str(error)
    taken = time.monotonic() - before
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peak = [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")]
    return [said, *(peak or [0]), taken]

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        try:
            print(json.dumps(told(Path(line.rstrip("\\n")))), flush=True)
        except BaseException:
            traceback.print_exc()
        os._exit(0)
    os.waitpid(child, 0)
    print("", flush=True)
"""


@pytest.fixture(scope="session")
def opened_apart():
    """What is said of a file, the most memory in MB that it took to say it, and the seconds."""
    with subprocess.Popen(
        [sys.executable, "-c", READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:

        def opened(path):
            reader.stdin.write(f"{path}\n")
            reader.stdin.flush()
            told = reader.stdout.readline().strip()
            assert told, f"{path}: no answer in time, or none at all"
            assert reader.stdout.readline() == "\n"
            return json.loads(told)

        yield opened
        reader.stdin.close()
