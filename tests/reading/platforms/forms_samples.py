"""What the tests of the three form tools share: samples opened, cells as lists, and the truth of the twins."""

import csv
import json
from pathlib import Path

from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.opening import open_grid

EXPORTS = Path(__file__).parents[1] / "exports"
TWINS = EXPORTS / "same-survey"
TRUTH = json.loads((TWINS / "truth_T0.json").read_text(encoding="utf-8"))
TOPICS = "What did you and your mentor talk about? Select all that apply."
DECLARED = File(path="", time_zone="America/Denver", date_order="month first")


def opened(path, **settings):
    return open_grid(path, path.name, File(path=path.name, **settings))


def written(folder, rows, name="a.csv"):
    """A grid of rows written as CSV."""
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return opened(path, delimiter=",")


def cells(table, name):
    column = table.columns[name]
    return list(column.mapped(column.words))


def answers(word, truth=TRUTH["responses"]):
    """What the twins' people answered to one item, in words; "" for what they did not answer."""
    about = next(column for column in TRUTH["columns"] if column["name"] == word)
    said = []
    for response in truth:
        value = response[word]
        labels = about["value_labels"]
        if value is None:
            said.append("Don't know" if response.get("_missing_reason", {}).get(word) == "dont_know" else "")
        else:
            said.append(labels[str(value)] if labels else f"{value:g}" if isinstance(value, float | int) else value)
    return said


def boxes(word, truth=TRUTH["responses"]):
    return [{True: "1", False: "0", None: ""}[response[word]] for response in truth]


def submitted():
    """The responses of a tool that keeps only what was submitted."""
    return [response for response in TRUTH["responses"] if response["finished"]]


def questions(grids):
    """The twins' items by the header that asks them; `grids` for tools that write a grid's question as well."""
    named = {}
    for about in TRUTH["columns"]:
        if about["type"] == "bool" or about["name"] == "topic_text":
            continue
        question = " ".join(about["question"].split())
        row = about["sub"]
        named[(f"{question} [{row}]" if grids else row) if row else question] = about["name"]
    return named
