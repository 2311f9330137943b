"""Figures."""

from mentorstudy.nouns.evidence import Evidence, Finding
from mentorstudy.reporting.blocks import Chart


def difference_plot(evidence: Evidence, findings: tuple[Finding, ...]) -> Chart | None:
    """One row per outcome."""
    return None


def staying_curve(evidence: Evidence, finding: Finding) -> Chart:
    """Steps."""
    return Chart(name="staying-" + finding.outcome, title=finding.label, alt="", wide="", narrow="")


def love_plot(evidence: Evidence) -> Chart | None:
    """Before and after."""
    return None
