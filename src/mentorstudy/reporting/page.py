"""Page: the evidence as one self-contained file."""

import os
from importlib import resources
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from mentorstudy.nouns.evidence import Evidence
from mentorstudy.reporting.sections import SECTIONS

PARTS = {"researcher": "For researchers", "auditor": "For auditors"}


def write_report(evidence: Evidence, folder: str | Path) -> Path:
    """Write report.html and evidence.json into `folder`, each all or nothing; the report's path."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text = page(evidence)
    evidence.save(folder / "evidence.json")
    path = folder / "report.html"
    neighbour = path.with_name(f".{path.name}.part")
    with neighbour.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    neighbour.replace(path)
    return path


def page(evidence: Evidence) -> str:
    """The whole report as HTML: no script, no request, the same bytes for the same evidence."""
    room = resources.files("mentorstudy.reporting")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((room / "template.html").read_text(encoding="utf-8"))
    made = [section for section in (function(evidence) for function in SECTIONS) if section.blocks]
    text = template.render(
        evidence=evidence,
        style=Markup((room / "style.css").read_text(encoding="utf-8")),
        executive=[section for section in made if section.part == "executive"],
        parts=[
            (name, title, sections)
            for name, title in PARTS.items()
            if (sections := [section for section in made if section.part == name])
        ],
    )
    return text.lstrip()
