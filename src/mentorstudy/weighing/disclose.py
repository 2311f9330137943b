"""Disclose: groups too small to show are hidden before anything is saved."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import (
    Attrition,
    CurvePoint,
    Evidence,
    Finding,
    Suppressed,
)
from mentorstudy.nouns.few import FEW, smallest_group, tells_of_few
from mentorstudy.weighing import tables, telling
from mentorstudy.weighing.sentence import hidden

FEW_RULE = f"a count of 1 to {FEW - 1}, or what would give it away"
NEARLY = 1e-9


def disclose(evidence: Evidence, *, min_group: int, private: bool) -> Evidence:
    """The evidence without any figure about fewer than `min_group` people, nor in a private study a small count.

    What was hidden is listed by place, rule and number of cells, never by value.
    """
    given = evidence.findings
    late = telling.horizons_apart(given) if private else set()
    full = telling.nearly_all_seen(given) if private else set()
    side = telling.seen_apart(given) if private else None
    people = _people(evidence)
    findings = []
    for place, finding in enumerate(given):
        seen = _attrition(finding.attrition, min_group)
        if side is not None:
            seen = telling.seen_hidden(finding, seen, full, side)
        began = people.get((finding.sample, finding.arm)) if private else None
        if place in late:
            findings.append(_gone(finding, min_group, FEW_RULE))
        else:
            findings.append(_finding(finding, seen, began, min_group, private))
    shown = tuple(finding for finding, _ in findings)
    if private:
        shown = telling.missing_apart(shown, {place: sum(counts) for place, counts in people.items()})
    measures = tables.measures(evidence, full, min_group, private)
    flow = tables.merged(evidence.flow) if private else evidence.flow
    inputs = tuple(tables.file(file) if private else file for file in evidence.provenance.inputs)
    contact = tuple(tables.contact(row, people, min_group, private) for row in evidence.contact)
    group_rule = f"fewer than {min_group} people"
    listed = [
        *(
            Suppressed(where=finding.label, rule=rule, cells=cells)
            for finding, hid in findings
            for rule, cells in hid.items()
            if cells
        ),
        Suppressed(where="measures", rule=group_rule, cells=sum(hid for _, hid in measures)),
        Suppressed(where="contact", rule=FEW_RULE, cells=sum(row.share is None for row in contact)),
        Suppressed(where="flow", rule=FEW_RULE, cells=len(evidence.flow) - len(flow)),
        Suppressed(
            where="rows of files",
            rule=FEW_RULE,
            cells=sum(
                count is None for file in inputs for count in (file.rows, file.merged, *file.dropped.values())
            ),
        ),
    ]
    return replace(
        evidence,
        findings=shown,
        measures=tuple(measure for measure, _ in measures),
        flow=flow,
        contact=contact,
        provenance=replace(evidence.provenance, inputs=inputs),
        suppressed=tuple(row for row in listed if row.cells),
    )


def _people(evidence: Evidence) -> dict[tuple[str, str], tuple[int, int]]:
    """How many of each arm and of its comparison are studied, by sample and arm."""
    arms = list(dict.fromkeys(finding.arm for finding in evidence.findings))
    last = {step.sample: step for step in evidence.flow}
    return {
        (sample, arm): (
            (step.mentored if arm == arms[0] else step.others.get(arm, 0)) or 0,
            step.unmentored or 0,
        )
        for sample, step in last.items()
        for arm in arms
    }


def _gone(finding: Finding, min_group: int, rule: str) -> tuple[Finding, dict[str, int]]:
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
    return gone, {rule: 1 + len(finding.others) + len(finding.curve)}


def _finding(
    finding: Finding,
    attrition: tuple[Attrition, ...],
    began: tuple[int, int] | None,
    min_group: int,
    private: bool,
) -> tuple[Finding, dict[str, int]]:
    group_rule = f"fewer than {min_group} people"
    primary = finding.primary
    if primary is None:
        return replace(finding, attrition=attrition), {}
    if _too_small(primary, min_group):
        return _gone(finding, min_group, group_rule)
    # The crude shares beside a weighted estimate would give its counts away, so one small count hides all.
    if private and any(tells_of_few(found) for found in (primary, *finding.others)):
        return _gone(finding, min_group, FEW_RULE)
    large = tuple(found for found in finding.others if not _too_small(found, min_group))
    others, curve = large, _coarse(finding.curve, min_group, private)
    checks, needed = finding.checks, finding.people_needed
    if private:
        others = telling.nested_told(primary, others)
        if finding.curve and telling.few_censored(finding):
            primary, others = telling.in_print(primary), tuple(map(telling.in_print, others))
            curve = telling.points_in_print(curve)
    waves = {row.wave for row in attrition if row.seen is None}
    of_waves = {row.wave for row in attrition}

    def at_hidden(found: Estimate) -> bool:
        return found.at in waves or (bool(waves) and found.at not in of_waves)

    if waves:
        checks = telling.without_figure(checks, telling.OF_SEEN if at_hidden(primary) else telling.OF_BEFORE)
    if _left_out(primary, began):
        checks, needed = telling.without_figure(checks, telling.OF_WHOLE), None

    def veiled(found: Estimate) -> Estimate | None:
        return telling.veiled(found) if at_hidden(found) or _left_out(found, began) else found

    others = tuple(one for one in map(veiled, others) if one is not None)
    main = veiled(primary)
    if main is None:
        return _gone(finding, min_group, FEW_RULE)
    if main.mentored is None:
        needed = None
    shown = replace(
        finding,
        primary=main,
        others=others,
        attrition=attrition,
        curve=curve,
        checks=checks,
        people_needed=needed,
    )
    return shown, {
        group_rule: len(finding.others) - len(large),
        FEW_RULE: len(large)
        - len(others)
        + len(finding.curve)
        - len(curve)
        + sum(row.seen is None for row in attrition),
    }


def _left_out(found: Estimate, began: tuple[int, int] | None) -> bool:
    """Whether few of those who began are not behind a figure of a group set against another."""
    if began is None or found.mentored is None or found.unmentored is None or not found.unmentored:
        return False
    # Who took part is another group than who began, told apart where the figures are set side by side.
    if found.method.startswith("naive"):
        return False
    return telling.few_between(found.mentored, began[0]) or telling.few_between(found.unmentored, began[1])


def _too_small(found: Estimate, min_group: int) -> bool:
    return smallest_group(found) < min_group


def _attrition(rows: Iterable[Attrition], min_group: int) -> tuple[Attrition, ...]:
    return tuple(replace(row, seen=None) if (row.seen or 0) < min_group else row for row in rows)


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
    shares = {
        arm: {point.at: point.share for point in group}
        for arm, group in groupby(points, key=lambda point: point.arm)
    }
    times = sorted({point.at for point in points})

    def far_enough(one: float, other: float) -> bool:
        gone = [float(abs(counts[one] - counts[other])) for counts in at_risk.values()]
        gone += [abs(found[one] - found[other]) * at_risk[arm].get(times[0], 0) for arm, found in shares.items()]
        return all(count < NEARLY or count > FEW - NEARLY for count in gone)

    kept = [times[-1]]
    for time in reversed(times[:-1]):
        if far_enough(time, kept[-1]) and far_enough(time, times[0]):
            kept.append(time)
    large = {time for time in kept if all(counts[time] >= min_group for counts in at_risk.values())}
    return tuple(point for point in points if point.at in large)
