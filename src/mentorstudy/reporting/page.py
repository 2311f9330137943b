"""Page: the evidence as one self-contained file."""

from importlib import resources
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from mentorstudy.nouns.evidence import Evidence
from mentorstudy.nouns.programme import Programme
from mentorstudy.nouns.saving import save_whole
from mentorstudy.reporting.blocks import Section
from mentorstudy.reporting.programme import PROGRAMME
from mentorstudy.reporting.sections import SECTIONS

PARTS = {"researcher": "For researchers", "auditor": "For auditors"}


def write_report(evidence: Evidence, folder: str | Path) -> Path:
    """Write report.html and evidence.json into `folder`, each all or nothing; the report's path."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text = page(evidence)
    evidence.save(folder / "evidence.json")
    return save_whole(folder / "report.html", text)


def write_programme(programme: Programme, folder: str | Path) -> Path:
    """Write report.html and evidence.json of all cohorts into `folder`, each all or nothing; the report's path."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text = programme_page(programme)
    programme.save(folder / "evidence.json")
    return save_whole(folder / "report.html", text)


def page(evidence: Evidence) -> str:
    """The whole report as HTML: no script, no request, the same bytes for the same evidence."""
    made = [function(evidence) for function in SECTIONS]
    kicker = ("Evidence report", evidence.cohort.label)
    return _rendered(evidence, f"{evidence.study.title}, {evidence.cohort.label}", kicker, made)


def programme_page(programme: Programme) -> str:
    """All cohorts on one page, as HTML of the same make."""
    made = [function(programme) for function in PROGRAMME]
    labels = [evidence.cohort.label for evidence in programme.cohorts]
    kicker = ("All cohorts so far", f"{labels[0]} to {labels[-1]}" if len(labels) > 1 else labels[0])
    return _rendered(programme.first, f"{programme.first.study.title}, all cohorts", kicker, made)


def _rendered(evidence: Evidence, title: str, kicker: tuple[str, str], made: list[Section]) -> str:
    room = resources.files("mentorstudy.reporting")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((room / "template.html").read_text(encoding="utf-8"))
    sections = [section for section in made if section.blocks]
    text = template.render(
        evidence=evidence,
        title=title,
        kicker=kicker,
        style=Markup((room / "style.css").read_text(encoding="utf-8")),
        executive=[section for section in sections if section.part == "executive"],
        parts=[
            (name, called, held)
            for name, called in PARTS.items()
            if (held := [section for section in sections if section.part == name])
        ],
    )
    return text.lstrip()
