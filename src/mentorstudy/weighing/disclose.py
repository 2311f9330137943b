"""Disclose: groups too small to show are hidden before anything is saved."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import (
    Attrition,
    Contact,
    CurvePoint,
    Evidence,
    Finding,
    InputFile,
    Measure,
    Suppressed,
)
from mentorstudy.nouns.few import FEW, is_few, smallest_group, tells_of_few
from mentorstudy.nouns.flow import Step
from mentorstudy.weighing.coarse import as_printed, coarse_balance
from mentorstudy.weighing.near import Told, few_between, told_apart, without_counts, without_near
from mentorstudy.weighing.sentence import hidden

FEW_RULE = f"a count of 1 to {FEW - 1}, or what would give it away"


def disclose(evidence: Evidence, *, min_group: int, private: bool) -> Evidence:
    """The evidence without any figure about fewer than `min_group` people, nor in a private study a small count.

    What was hidden is listed by place, rule and number of cells, never by value.
    """
    flow = _merged(evidence.flow) if private else evidence.flow
    told = told_apart(evidence, flow) if private else {}
    findings = [_finding(finding, min_group, private) for finding in evidence.findings]
    if private:
        findings = [(as_printed(without_near(evidence, finding, told)), hid) for finding, hid in findings]
    measures = [_measure(row, min_group, private, told) for row in evidence.measures]
    inputs = tuple(_file(file) if private else file for file in evidence.provenance.inputs)
    group_rule = f"fewer than {min_group} people"
    listed = [
        *(
            Suppressed(where=finding.label, rule=rule, cells=cells)
            for finding, hid in findings
            for rule, cells in hid.items()
            if cells
        ),
        Suppressed(where="measures", rule=group_rule, cells=sum(hid for _, hid in measures)),
        Suppressed(where="flow", rule=FEW_RULE, cells=len(evidence.flow) - len(flow)),
        Suppressed(
            where="rows of files",
            rule=FEW_RULE,
            cells=sum(count is None for file in inputs for count in (file.kept, *file.dropped.values())),
        ),
    ]
    return replace(
        evidence,
        findings=tuple(finding for finding, _ in findings),
        measures=tuple(measure for measure, _ in measures),
        flow=flow,
        balance=tuple(map(coarse_balance, evidence.balance)) if private else evidence.balance,
        contact=tuple(_contact(row, min_group, private) for row in evidence.contact),
        provenance=replace(evidence.provenance, inputs=inputs),
        suppressed=tuple(row for row in listed if row.cells),
    )


def _finding(finding: Finding, min_group: int, private: bool) -> tuple[Finding, dict[str, int]]:
    group_rule = f"fewer than {min_group} people"
    primary = finding.primary
    if primary is None:
        return replace(finding, attrition=_attrition(finding.attrition, min_group, private)), {}
    small = _too_small(primary, min_group)
    # The crude shares beside a weighted estimate would give its counts away, so one small count hides all.
    telling = private and any(tells_of_few(found) for found in (primary, *finding.others))
    if small or telling:
        rule = group_rule if small else FEW_RULE
        cells = 1 + len(finding.others) + len(finding.curve)
        gone = replace(
            finding,
            primary=None,
            others=(),
            checks=(),
            curve=(),
            attrition=(),
            state="hidden",
            sentence=hidden(min_group),
            people_needed=None,
        )
        return gone, {rule: cells}
    others = tuple(found for found in finding.others if not _too_small(found, min_group))
    if private:
        near = [found for found in others if few_between(found, primary)]
        few_unseen = any(is_few(row.seen or 0, row.began or 0) for row in finding.attrition)
        telling_methods = ("complier",) * any(found.method.startswith("naive") for found in near)
        telling_methods += ("bounds",) * few_unseen
        others = tuple(f for f in others if f not in near and not f.method.startswith(telling_methods or ("\0",)))
    attrition = _attrition(finding.attrition, min_group, private)
    curve = _coarse(finding.curve, min_group, private)
    if any(row.seen is None for row in attrition):
        primary, others = without_counts(primary), tuple(map(without_counts, others))
    shown = replace(finding, primary=primary, others=others, attrition=attrition, curve=curve)
    return shown, {
        group_rule: len(finding.others) - len(others),
        FEW_RULE: len(finding.curve) - len(curve) + sum(row.seen is None for row in attrition),
    }


def _too_small(found: Estimate, min_group: int) -> bool:
    return smallest_group(found) < min_group


def _attrition(rows: Iterable[Attrition], min_group: int, private: bool) -> tuple[Attrition, ...]:
    return tuple(
        replace(row, seen=None) if _hides(row.began or 0, row.seen or 0, min_group, private) else row
        for row in rows
    )


def _hides(began: int, seen: int, min_group: int, private: bool) -> bool:
    return seen < min_group or (private and is_few(began - seen, began))


def _coarse(points: tuple[CurvePoint, ...], min_group: int, private: bool) -> tuple[CurvePoint, ...]:
    """The curve at the times between which, in both groups, nobody or at least five came off it.

    Two times closer than that would tell of one person's leaving; the horizon always stays.
    """
    if not private or not points:
        return tuple(point for point in points if (point.at_risk or 0) >= min_group)
    at_risk = {
        arm: {point.at: point.at_risk or 0 for point in group}
        for arm, group in groupby(points, key=lambda point: point.arm)
    }
    times = sorted({point.at for point in points})

    def far_enough(one: float, other: float) -> bool:
        gone = [abs(counts[one] - counts[other]) for counts in at_risk.values()]
        return all(count == 0 or count >= FEW for count in gone)

    kept = [times[-1]]
    for time in reversed(times[:-1]):
        if far_enough(time, kept[-1]) and far_enough(time, times[0]):
            kept.append(time)
    large = {time for time in kept if all(counts[time] >= min_group for counts in at_risk.values())}
    return tuple(point for point in points if point.at in large)


def _measure(measure: Measure, min_group: int, private: bool, told: Told) -> tuple[Measure, int]:
    """The measure without what speaks of few: all of it, its count, or the share at the top."""
    n = measure.n or 0
    if n < min_group:
        gone = replace(
            measure, n=None, alpha=None, alpha_low=None, alpha_high=None, omega=None, ceiling=None, notes=()
        )
        return gone, 1
    if not private:
        return measure, 0
    alphas = (measure.alpha, measure.alpha_low, measure.alpha_high, measure.omega)
    coarse = [None if value is None else round(value, 2) for value in alphas]
    few_at_top = measure.ceiling is not None and is_few(round(measure.ceiling * n), n)
    near = any(n not in counts for (_, group), counts in told.items() if group == measure.group)
    shown = replace(
        measure,
        n=None if near else n,
        alpha=coarse[0],
        alpha_low=coarse[1],
        alpha_high=coarse[2],
        omega=coarse[3],
        ceiling=None if few_at_top or measure.ceiling is None else round(measure.ceiling, 2),
        notes=tuple(note for note in measure.notes if not (few_at_top and "at the top" in note)),
    )
    return shown, int(near) + int(few_at_top)


def _contact(row: Contact, min_group: int, private: bool) -> Contact:
    asked, met = row.asked or 0, round((row.share or 0.0) * (row.asked or 0))
    if asked < min_group or (private and is_few(met, asked)):
        return replace(row, asked=None, share=None, low=None, high=None)
    return row


def _merged(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The flow with every step that lost 1 to 4 people of a group told together with the next one."""
    merged: list[Step] = []
    for _, group in groupby(steps, key=lambda step: step.sample):
        kept: list[Step] = []
        reasons: list[str] = []
        for step in group:
            reasons += [step.why] if step.why else []
            if not kept or not _few_lost(kept[-1], step):
                kept.append(replace(step, why="; ".join(reasons)))
                reasons = []
        merged += kept
    return tuple(merged)


def _few_lost(before: Step, after: Step) -> bool:
    lost = [(one or 0) - (other or 0) for one, other in zip(before.counts, after.counts, strict=True)]
    return any(0 < count < FEW for count in lost)


def _file(file: InputFile) -> InputFile:
    """The file's rows with small reasons hidden, and with them the sums that would give them away."""
    few = {reason for reason, count in file.dropped.items() if count is not None and 0 < count < FEW}
    if not few:
        return file
    return replace(
        file,
        rows=None,
        kept=None,
        dropped={reason: None if reason in few else count for reason, count in file.dropped.items()},
    )
