"""Programme: one page over all cohorts of a study, from the evidence that their runs published."""

import tempfile
from pathlib import Path

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.evidence import Evidence, read_evidence
from mentorstudy.nouns.study import PROGRAMME, Study
from mentorstudy.reporting.page import write_programme
from mentorstudy.run.folders import lock_of, machine_told, publish, settle, tidy
from mentorstudy.weighing.pool import pool

NO_REPORT = "it has no report yet, or its last run failed"
OTHER_PLAN = "its report was made under another plan; run it again"


def publish_programme(study: Study, *, reports: Path) -> Path | None:
    """Publish the page over all cohorts that have evidence under the study's present plan; None where none has.

    Raises BusyError while another run writes the reports of this study.
    """
    with machine_told(), lock_of(study.name, reports):
        try:
            found, missing = _evidence(study, reports)
            if not found:
                return None
            staging = Path(tempfile.mkdtemp(prefix=f".staging-{study.name}.", dir=reports))
            staged, published = staging / study.name / PROGRAMME, reports / study.name / PROGRAMME
            write_programme(pool(found, missing), staged)
            settle(staged)
            publish(staged, published)
            return published / "report.html"
        finally:
            tidy(study.name, reports)


def _evidence(study: Study, reports: Path) -> tuple[list[Evidence], dict[str, str]]:
    """What the cohorts' runs published under the present plan, by their days; and the cohorts without, and why."""
    found: list[Evidence] = []
    missing: dict[str, str] = {}
    for label in study.cohorts:
        try:
            evidence = read_evidence(reports / study.name / label / "evidence.json")
        except DataError:
            missing[label] = NO_REPORT
            continue
        if evidence.study.plan_sha256 == study.plan_sha256:
            found.append(evidence)
        else:
            missing[label] = OTHER_PLAN
    found.sort(
        key=lambda evidence: evidence.cohort.start or (evidence.cohort.intake or ("",))[0]
    )  # else as they are
    return found, missing
