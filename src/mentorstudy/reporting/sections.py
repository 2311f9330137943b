"""Sections: the order of the report."""

from mentorstudy.reporting import auditor, executive, researcher
from mentorstudy.reporting.blocks import SectionFunction

SECTIONS: tuple[SectionFunction, ...] = (
    executive.answers,
    executive.who_and_when,
    executive.not_told,
    executive.more,
    executive.reading,
    researcher.estimates,
    researcher.flow,
    researcher.staying,
    researcher.balance,
    researcher.attrition,
    researcher.measures,
    researcher.checks,
    researcher.trust,
    researcher.thresholds,
    auditor.plan,
    auditor.inputs,
    auditor.suppressed,
    auditor.kit,
)
