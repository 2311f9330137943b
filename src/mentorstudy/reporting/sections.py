"""Sections: the order of the report."""

from mentorstudy.reporting import auditor, doubts, executive, researcher
from mentorstudy.reporting.blocks import SectionFunction

SECTIONS: tuple[SectionFunction, ...] = (
    executive.answers,
    executive.differences,
    executive.who_and_when,
    executive.not_told,
    executive.more,
    executive.reading,
    researcher.estimates,
    researcher.flow,
    researcher.staying,
    doubts.balance,
    doubts.attrition,
    doubts.contact,
    doubts.measures,
    doubts.wordings,
    doubts.checks,
    doubts.trust,
    auditor.plan,
    auditor.thresholds,
    auditor.inputs,
    auditor.suppressed,
    auditor.kit,
)
