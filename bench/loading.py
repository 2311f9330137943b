"""A survey of a million people and sixty items from file to coded Export, beside what its peers take with defaults.

The file is hashed, its rows are checked, labels become codes and reasons; the peers only read. Every reading is a
process of its own, readings are interleaved, and medians compared; the floor in memory is the highest point of each.
Files read in less than a second are read more often, until the quickest tool has read for two seconds: what the system
takes for its pages is as long as such a reading, and as different from one to the next as all else.
What a tool imports is not counted, of none of them.
Promise: at most 3 times the fastest peer, and less memory than pandas.

    python bench/loading.py [--rows N] [--runs N] [--into FILE.md]
"""

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import numpy as np
import pyarrow
from pyarrow import csv, parquet

ITEMS, GOAL = 60, 3.0
ENOUGH = 2.0  # seconds of the quickest tool, in all
LABELS = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree", ""]
KINDS = {
    "CSV of codes": "codes.csv",
    "CSV of labels": "labels.csv",
    "parquet": "codes.parquet",
    "SPSS": "codes.sav",
}
READ = {
    "mentorstudy": "import psutil, pyreadstat\nfrom mentorstudy.reading.coded import read_survey",
    "pandas": "import pandas",
    "pyarrow": "from pyarrow import csv, parquet",
    "polars": "import polars",
    "pyreadstat": "import pyreadstat",
}
CALLS = {  # a peer's own way, with nothing set
    ("pandas", ".csv"): "pandas.read_csv(path)",
    ("pandas", ".parquet"): "pandas.read_parquet(path)",
    ("pandas", ".sav"): "pandas.read_spss(path)",
    ("pyarrow", ".csv"): "csv.read_csv(path)",
    ("pyarrow", ".parquet"): "parquet.read_table(path)",
    ("polars", ".csv"): "polars.read_csv(path)",
    ("polars", ".parquet"): "polars.read_parquet(path)",
    ("pyreadstat", ".sav"): "pyreadstat.read_sav(path)",
}
MEASURED = """
import sys, time
path = sys.argv[1]
{imports}
began = time.perf_counter()
found = {call}
taken = time.perf_counter() - began
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # ru_maxrss is inherited
print(taken, int(peak.split()[1]) / 1024)
"""


def made(folder: Path, rows: int) -> None:
    """The same answers as codes and as labels, one in six missing; ids with leading zeros."""
    draw = np.random.default_rng(20260301)
    ids = pyarrow.array([f"{person:08d}" for person in range(rows)])
    codes, labels = {"person": ids}, {"person": ids}
    for item in range(ITEMS):
        answers = draw.integers(0, len(LABELS), rows)
        codes[f"q{item + 1}"] = pyarrow.array((answers + 1).astype(np.int8), mask=answers == len(LABELS) - 1)
        words = pyarrow.DictionaryArray.from_arrays(answers.astype(np.int32), pyarrow.array(LABELS))
        labels[f"q{item + 1}"] = words.cast(pyarrow.string())
    csv.write_csv(pyarrow.table(codes), folder / "codes.csv")
    csv.write_csv(pyarrow.table(labels), folder / "labels.csv")
    parquet.write_table(pyarrow.table(codes), folder / "codes.parquet")
    write = (
        "import sys, pandas, pyreadstat\n"
        "frame = pandas.read_parquet(sys.argv[1])\n"
        "frame['person'] = frame['person'].astype(object)\n"
        "pyreadstat.write_sav(frame, sys.argv[2])\n"
    )
    subprocess.run(
        [sys.executable, "-c", write, str(folder / "codes.parquet"), str(folder / "codes.sav")], check=True
    )


def measured(tool: str, path: Path, person: str = "") -> tuple[float, float]:
    """Seconds and megabytes of one reading in a process of its own; `person` is the column of ids, where named."""
    call = CALLS.get((tool, path.suffix), f"read_survey(path, person={person!r})")
    script = MEASURED.format(imports=READ[tool], call=call)
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def compared(path: Path, runs: int) -> dict[str, tuple[float, float]]:
    """Each tool's median seconds and highest megabytes; the tools take turns, `runs` or more."""
    tools = ["mentorstudy", *(tool for tool, suffix in CALLS if suffix == path.suffix)]
    found: dict[str, list[tuple[float, float]]] = {tool: [] for tool in tools}
    read = 0.0
    while len(found["mentorstudy"]) < runs or read < ENOUGH:
        for tool in tools:
            found[tool].append(measured(tool, path))
        read += min(taken[-1][0] for taken in found.values())
    return {
        tool: (statistics.median(seconds for seconds, _ in taken), max(memory for _, memory in taken))
        for tool, taken in found.items()
    }


def table(folder: Path, rows: int, runs: int) -> tuple[str, bool]:
    """The Markdown table, and whether every promise holds."""
    lines = [
        f"| {rows:,} x {ITEMS} | mentorstudy | fastest peer | ratio | memory | pandas' memory |",
        "|---|---|---|---|---|---|",
    ]
    kept = True
    for kind, name in KINDS.items():
        found = compared(folder / name, runs)
        ours = found.pop("mentorstudy")
        fastest = min(found, key=lambda tool: found[tool][0])
        ratio = ours[0] / found[fastest][0]
        kept &= ratio <= GOAL and ours[1] < found["pandas"][1]
        lines.append(
            f"| {kind} | {ours[0]:.2f} s | {found[fastest][0]:.2f} s ({fastest}) | {ratio:.1f} | {ours[1]:,.0f} MB | "
            f"{found['pandas'][1]:,.0f} MB |"
        )
    return "\n".join(lines), kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--into", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ms-bench.") as name:
        folder = Path(name)
        sizes = {}
        for rows in (max(asked.rows // 10, 1), asked.rows):
            made(folder, rows)
            if rows == asked.rows:
                told, kept = table(folder, rows, asked.runs)
            sizes[rows] = measured("mentorstudy", folder / "labels.csv")[0]
        plain, named = (
            statistics.median(measured("mentorstudy", folder / "codes.csv", person)[0] for _ in range(asked.runs))
            for person in ("", "person")
        )
    small, large = sizes.values()
    versions = ", ".join(
        f"{name} {metadata.version(name)}" for name in ("pandas", "pyarrow", "polars", "pyreadstat")
    )
    text = (
        f"{told}\n\nTen times the rows of labels take {large / small:.1f} times as long; the ids, named, become keyed "
        f"pseudonyms in {named - plain:.1f} s more. Python {platform.python_version()}, {versions}; medians of "
        f"{asked.runs} or more, one process each, in turns.\n"
    )
    print(text)
    if asked.into:
        asked.into.write_text(text, encoding="utf-8")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
